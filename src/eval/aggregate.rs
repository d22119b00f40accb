//! Aggregates, with Kleene results: who has not said makes the whole undetermined, unless the rest decides.

use super::code::{truth, value};
use super::compute::{arithmetic, compare, whose};
use crate::bound::{Order, Reason, ReasonKind, Reasons, Truth};
use crate::facts::Facts;
use crate::quantity::Number;
use crate::resolve::{AggregateCode, Arithmetic, Code, Source};
use crate::syntax::Aggregate;
use crate::value::Value;

/// What an aggregate makes of its values.
pub(super) fn aggregate(code: &AggregateCode, frame: &[Value], facts: &Facts) -> Value {
    let mut gathered = Gathered {
        code,
        facts,
        frame: frame.to_vec(),
        values: Vec::new(),
        silent: None,
        unknown: None,
    };
    gathered.run(0);
    let Gathered {
        values,
        silent,
        unknown,
        ..
    } = gathered;
    let whole = |silent: Option<Reasons>| {
        let reasons = silent.into_iter().chain(unknown).reduce(Reasons::with);
        reasons.map(Value::Unknown)
    };
    match code.aggregate {
        // Counted is who said something; who did not is no figure to count.
        Aggregate::Count => count(&values),
        Aggregate::Any => truths(values, silent, Truth::False, Truth::or),
        Aggregate::Every => truths(values, silent, Truth::True, Truth::and),
        Aggregate::Sum => whole(silent).unwrap_or_else(|| sum(values)),
        Aggregate::Mean => whole(silent).unwrap_or_else(|| mean(values)),
        Aggregate::Min => whole(silent).unwrap_or_else(|| best(facts, values, Order::Below)),
        Aggregate::Max => whole(silent).unwrap_or_else(|| best(facts, values, Order::Above)),
    }
}

/// A value and its weight.
struct Weighted {
    value: Value,
    weight: Option<Value>,
}

struct Gathered<'g> {
    code: &'g AggregateCode,
    facts: &'g Facts,
    frame: Vec<Value>,
    values: Vec<Weighted>,
    /// Why somebody who should have said something did not.
    silent: Option<Reasons>,
    /// Why a value or a weight is unknown, which makes the whole so: no value is kept from then on.
    unknown: Option<Reasons>,
}

impl Gathered<'_> {
    fn run(&mut self, at: usize) {
        let Some((slot, source, filter)) = self.code.loops.get(at) else {
            return self.take();
        };
        let facts = self.facts;
        match source {
            Source::Table(table) => {
                let all = 0..(table.places)(facts);
                (table.each)(facts, all, &mut |member| {
                    self.member(*slot, filter.as_ref(), member, at);
                });
            }
            Source::List(code) => match value(code, &self.frame, facts) {
                Value::List(members) => {
                    for member in members {
                        self.member(*slot, filter.as_ref(), member, at);
                    }
                }
                Value::Unknown(reasons) => self.silence(reasons),
                _ => (),
            },
            Source::Relation(relation, code) => match value(code, &self.frame, facts) {
                Value::Unknown(reasons) => self.silence(reasons),
                of => (relation.each)(facts, &of, &mut |answer| match answer.value {
                    Ok(member) => self.member(*slot, filter.as_ref(), member, at),
                    Err(reasons) => self.silence(reasons),
                }),
            },
        }
    }

    /// Takes the value of a member.
    fn take(&mut self) {
        let of = |code: &Code| value(code, &self.frame, self.facts);
        let weighted = Weighted {
            value: of(&self.code.value),
            weight: self.code.weight.as_ref().map(of),
        };
        match self.code.aggregate {
            Aggregate::Count => self.values.push(weighted),
            Aggregate::Any | Aggregate::Every => {
                let value = self.told(weighted.value);
                self.values.push(Weighted { value, ..weighted });
            }
            Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max => {
                match (weighted.value, weighted.weight) {
                    (Value::Unknown(reasons), weight) => {
                        self.lacks(reasons, true);
                        if let Some(Value::Unknown(reasons)) = weight {
                            self.lacks(reasons, false);
                        }
                    }
                    (_, Some(Value::Unknown(reasons))) => self.lacks(reasons, false),
                    (value, weight) if self.unknown.is_none() => {
                        self.values.push(Weighted { value, weight });
                    }
                    _ => (),
                }
            }
        }
    }

    /// Something is unknown: whose value it is, is only worked out as long as reasons are kept.
    fn lacks(&mut self, reasons: Reasons, is_value: bool) {
        if self.unknown.as_ref().is_some_and(Reasons::is_full) {
            return;
        }
        let told = match Value::Unknown(reasons) {
            unknown if is_value => self.told(unknown),
            unknown => unknown,
        };
        if let Value::Unknown(reasons) = told {
            self.unknown = Some(match self.unknown.take() {
                None => reasons,
                Some(known) => known.with(reasons),
            });
        }
    }

    /// Goes on with a member, where it is one that is wanted.
    fn member(&mut self, slot: usize, filter: Option<&Code>, member: Value, at: usize) {
        if let Some(place) = self.frame.get_mut(slot) {
            *place = member;
        }
        match filter.map(|filter| truth(filter, &self.frame, self.facts)) {
            None | Some(Truth::True) => self.run(at + 1),
            Some(Truth::False) => (),
            Some(Truth::Unknown(reasons)) => self.silence(reasons),
        }
    }

    /// A value; where it is unknown, whose: of all the members only this one may not have said.
    fn told(&self, value: Value) -> Value {
        let slot = self.code.loops.last().map(|(slot, ..)| *slot);
        match (value, slot.and_then(|slot| self.frame.get(slot))) {
            (Value::Unknown(reasons), Some(Value::Figure(id))) => {
                let figure = self.facts.figure(*id);
                let each = reasons.as_slice().iter();
                let told = each.map(|reason| Reasons::one(whose(self.facts, &figure, reason)));
                Value::Unknown(told.reduce(Reasons::with).unwrap_or(reasons))
            }
            (value, _) => value,
        }
    }

    fn silence(&mut self, reasons: Reasons) {
        self.silent = Some(match self.silent.take() {
            None => reasons,
            Some(known) => known.with(reasons),
        });
    }
}

fn count(values: &[Weighted]) -> Value {
    let number = i64::try_from(values.len()).unwrap_or(i64::MAX);
    Value::Number(Number::integer(number))
}

fn truths(
    values: Vec<Weighted>,
    silent: Option<Reasons>,
    start: Truth,
    join: fn(Truth, Truth) -> Truth,
) -> Value {
    let known = values
        .into_iter()
        .map(|weighted| weighted.value.into_truth());
    let all = known.chain(silent.map(Truth::Unknown)).fold(start, join);
    Value::Truth(all)
}

/// The sum; of nothing, unknown: a region without children is no region whose children promise nothing.
fn sum(values: Vec<Weighted>) -> Value {
    let plain = values.into_iter().map(|weighted| weighted.value);
    let added = |all, value| arithmetic(Arithmetic::Plus, all, value);
    plain.reduce(added).unwrap_or_else(nothing)
}

/// The mean, weighted where weights are given; of nothing, unknown.
fn mean(values: Vec<Weighted>) -> Value {
    let one = || Value::Number(Number::ONE);
    let weight = |weighted: &Weighted| weighted.weight.clone().unwrap_or_else(one);
    let weights: Vec<Weighted> = values
        .iter()
        .map(|weighted| Weighted {
            value: weight(weighted),
            weight: None,
        })
        .collect();
    let products = values.into_iter().map(|weighted| {
        let weight = weight(&weighted);
        Weighted {
            value: arithmetic(Arithmetic::Times, weighted.value, weight),
            weight: None,
        }
    });
    let total = sum(products.collect());
    arithmetic(Arithmetic::Over, total, sum(weights))
}

/// The least or the greatest.
fn best(facts: &Facts, values: Vec<Weighted>, order: Order) -> Value {
    let mut best: Option<Value> = None;
    for Weighted { value, .. } in values {
        best = Some(match best {
            None => value,
            Some(best) => match compare(facts, &value, order, &best) {
                Truth::True => value,
                Truth::False => best,
                Truth::Unknown(reasons) => return Value::Unknown(reasons),
            },
        });
    }
    best.unwrap_or_else(nothing)
}

fn nothing() -> Value {
    Value::unknown(Reason::new(ReasonKind::Nothing))
}
