//! Expressions over a frame of values. An unknown part makes the whole unknown, with its reasons, unless Kleene's
//! logic decides without it.

use super::aggregate::aggregate;
use super::compute::{agrees, arithmetic, between, compare, negative, no_weaker, within};
use super::set::{answers, set, subset, texts};
use crate::bound::{Reason, ReasonKind, Truth};
use crate::facts::Facts;
use crate::language::Language;
use crate::resolve::{Code, Formula, Template};
use crate::value::{Value, show};

/// The value of an expression.
#[must_use]
pub fn value(code: &Code, frame: &[Value], facts: &Facts) -> Value {
    match code {
        Code::Constant(constant) => constant.clone(),
        Code::Slot(slot) => frame.get(*slot).cloned().unwrap_or_else(unsaid),
        Code::Column(of, column) => match value(of, frame, facts) {
            Value::Unknown(reasons) => Value::Unknown(reasons),
            of => column.value(facts, &of),
        },
        Code::Call(builtin, arguments) => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                match value(argument, frame, facts) {
                    Value::Unknown(reasons) => return Value::Unknown(reasons),
                    known => values.push(known),
                }
            }
            (builtin.call)(facts, &values)
        }
        Code::Text(template) => Value::Text(text(template, frame, facts, Language::Chinese)),
        Code::If(condition, yes, no) => match truth(condition, frame, facts) {
            Truth::True => value(yes, frame, facts),
            Truth::False => value(no, frame, facts),
            Truth::Unknown(reasons) => Value::Unknown(reasons),
        },
        Code::Aggregate(code) => aggregate(code, frame, facts),
        Code::With(parts, body) => {
            let mut inner = frame.to_vec();
            for (slot, part) in parts {
                let part = value(part, frame, facts);
                if let Some(place) = inner.get_mut(*slot) {
                    *place = part;
                }
            }
            value(body, &inner, facts)
        }
        Code::Table(table) => Value::List(table.all(facts)),
        Code::Answers(relation, of) => match value(of, frame, facts) {
            Value::Unknown(reasons) => Value::Unknown(reasons),
            of => answers(facts, relation, &of),
        },
        Code::Set(operator, left, right) => set(
            *operator,
            value(left, frame, facts),
            value(right, frame, facts),
        ),
        Code::Negative(of) => negative(value(of, frame, facts)),
        Code::Arithmetic(operator, left, right) => {
            let sides = (value(left, frame, facts), value(right, frame, facts));
            arithmetic(*operator, sides.0, sides.1)
        }
        _ => Value::Truth(truth(code, frame, facts)),
    }
}

/// The truth of an expression.
#[must_use]
pub fn truth(code: &Code, frame: &[Value], facts: &Facts) -> Truth {
    let of = |code: &Code| value(code, frame, facts);
    match code {
        Code::Not(inner) => truth(inner, frame, facts).not(),
        Code::All(parts) => {
            let parts = parts.iter().map(|part| truth(part, frame, facts));
            fold(parts, Truth::True, &Truth::False, Truth::and)
        }
        Code::Any(parts) => {
            let parts = parts.iter().map(|part| truth(part, frame, facts));
            fold(parts, Truth::False, &Truth::True, Truth::or)
        }
        Code::Implies(left, right) => match truth(left, frame, facts) {
            Truth::False => Truth::True,
            left => left.implies(truth(right, frame, facts)),
        },
        Code::Compare(order, left, right) => compare(facts, &of(left), *order, &of(right)),
        Code::Same(left, right) => same(&of(left), &of(right)),
        Code::NoWeaker(left, right) => no_weaker(facts, &of(left), &of(right)),
        Code::Within(left, right) => within(facts, &of(left), &of(right)),
        Code::Between(of_, low, high) => between(facts, &of(of_), &of(low), &of(high)),
        Code::Agrees(left, right) => agrees(facts, &of(left), &of(right)),
        Code::Subset(left, right) => subset(of(left), of(right)),
        Code::StartsWith(left, right) => texts(&of(left), &of(right), |a, b| a.starts_with(b)),
        Code::Contains(left, right) => texts(&of(left), &of(right), |a, b| a.contains(b)),
        Code::In(item, list) => match (of(item), of(list)) {
            (Value::Unknown(reasons), _) | (_, Value::Unknown(reasons)) => Truth::Unknown(reasons),
            (item, Value::List(list)) => list.contains(&item).into(),
            _ => unsaid().into_truth(),
        },
        Code::Test(inner, test) => match of(inner) {
            Value::Unknown(reasons) if !test.of_unknown => Truth::Unknown(reasons),
            asked => (test.ask)(facts, &asked),
        },
        Code::IsIndicator(inner, indicator) => match of(inner) {
            Value::Indicator(found) => (found == *indicator).into(),
            other => other.into_truth(),
        },
        _ => of(code).into_truth(),
    }
}

/// Stops at the first value that decides.
fn fold(
    parts: impl Iterator<Item = Truth>,
    start: Truth,
    decides: &Truth,
    join: fn(Truth, Truth) -> Truth,
) -> Truth {
    let mut all = start;
    for part in parts {
        all = join(all, part);
        if all == *decides {
            return all;
        }
    }
    all
}

fn same(left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Unknown(one), Value::Unknown(more)) => {
            Truth::Unknown(one.clone().with(more.clone()))
        }
        (Value::Unknown(reasons), _) | (_, Value::Unknown(reasons)) => {
            Truth::Unknown(reasons.clone())
        }
        _ => (left == right).into(),
    }
}

fn unsaid() -> Value {
    Value::unknown(Reason::new(ReasonKind::NotSaid))
}

/// A text with its holes filled.
#[must_use]
pub fn text(template: &Template, frame: &[Value], facts: &Facts, language: Language) -> String {
    let mut whole = String::new();
    for part in &template.0 {
        match part {
            Formula::Plain(plain) => whole.push_str(plain),
            Formula::Hole(code) => whole.push_str(&hole(code, frame, facts, language)),
        }
    }
    whole
}

/// A hole filled; a text within it is in the same language.
fn hole(code: &Code, frame: &[Value], facts: &Facts, language: Language) -> String {
    match code {
        Code::Text(template) => text(template, frame, facts, language),
        Code::If(condition, yes, no) => match truth(condition, frame, facts) {
            Truth::True => hole(yes, frame, facts, language),
            Truth::False => hole(no, frame, facts, language),
            Truth::Unknown(reasons) => show(&Value::Unknown(reasons), facts, language),
        },
        _ => show(&value(code, frame, facts), facts, language),
    }
}
