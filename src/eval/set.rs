//! Lists as sets, and texts.

use crate::bound::{Reason, ReasonKind, Reasons, Truth};
use crate::facts::Facts;
use crate::relation::Relation;
use crate::resolve::SetOperator;
use crate::value::Value;

/// The answers of a relation as a list: unknown as a whole where somebody did not answer.
pub(super) fn answers(facts: &Facts, relation: &Relation, of: &Value) -> Value {
    let mut values = Vec::new();
    let mut silent: Option<Reasons> = None;
    (relation.each)(facts, of, &mut |answer| match answer.value {
        Ok(value) => values.push(value),
        Err(reasons) => {
            silent = Some(match silent.take() {
                None => reasons,
                Some(known) => known.with(reasons),
            });
        }
    });
    silent.map_or(Value::List(values), Value::Unknown)
}

/// `union`, `except`, `intersect`; each item once, in the order of the left side.
pub(super) fn set(operator: SetOperator, left: Value, right: Value) -> Value {
    let (left, right) = match pair(left, right) {
        Ok(pair) => pair,
        Err(reasons) => return Value::Unknown(reasons),
    };
    let wanted = |item: &Value| match operator {
        SetOperator::Union => true,
        SetOperator::Except => !right.contains(item),
        SetOperator::Intersect => right.contains(item),
    };
    let mut items: Vec<Value> = Vec::new();
    let more = if operator == SetOperator::Union {
        right.clone()
    } else {
        Vec::new()
    };
    for item in left.into_iter().chain(more) {
        if wanted(&item) && !items.contains(&item) {
            items.push(item);
        }
    }
    Value::List(items)
}

/// Whether every item of the left list is in the right one.
pub(super) fn subset(left: Value, right: Value) -> Truth {
    match pair(left, right) {
        Ok((left, right)) => left.iter().all(|item| right.contains(item)).into(),
        Err(reasons) => Truth::Unknown(reasons),
    }
}

fn pair(left: Value, right: Value) -> Result<(Vec<Value>, Vec<Value>), Reasons> {
    match (left, right) {
        (Value::List(left), Value::List(right)) => Ok((left, right)),
        (Value::Unknown(one), Value::Unknown(more)) => Err(one.with(more)),
        (Value::Unknown(reasons), _) | (_, Value::Unknown(reasons)) => Err(reasons),
        _ => Err(Reasons::one(Reason::new(ReasonKind::NotSaid))),
    }
}

/// A test of two texts.
pub(super) fn texts(left: &Value, right: &Value, test: fn(&str, &str) -> bool) -> Truth {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => test(left, right).into(),
        (Value::Unknown(reasons), _) | (_, Value::Unknown(reasons)) => {
            Truth::Unknown(reasons.clone())
        }
        _ => Truth::unknown(Reason::new(ReasonKind::NotSaid)),
    }
}
