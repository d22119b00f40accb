//! `gap(a, b)`: how far apart the guaranteed edges of two figures are.

use super::Builtin;
use crate::bound::{Better, Bound, Reason, ReasonKind};
use crate::facts::{Facts, FigureId};
use crate::value::{Amount, Kind, Value};

/// The function.
pub(super) const GAP: Builtin = Builtin {
    name: "gap",
    parameters: &[&[Kind::Figure], &[Kind::Figure]],
    result: Kind::Amount,
    doc: "How far apart the guaranteed edges of two figures are, in the first one's unit.",
    example: "help \"差 {gap(t, s)}\"",
    call: |facts, arguments| match arguments {
        [Value::Figure(a), Value::Figure(b)] => gap(facts, *a, *b),
        _ => Value::unknown(Reason::new(ReasonKind::NotSaid)),
    },
    held: None,
};

fn gap(facts: &Facts, a: FigureId, b: FigureId) -> Value {
    let (a, b) = (facts.figure(a), facts.figure(b));
    let (from, to) = match (&a.value.bound, &b.value.bound) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(reason), _) | (_, Err(reason)) => return Value::unknown(reason.clone()),
    };
    let units = &facts.catalogue.units;
    if units.dimension(a.value.unit) != units.dimension(b.value.unit) {
        return Value::unknown(Reason::new(ReasonKind::MixedDimensions));
    }
    let edge = |bound: &Bound| match facts.catalogue.get(a.indicator).better {
        Better::Higher => bound.low,
        Better::Lower => bound.high,
        Better::Neither => None,
    };
    let ends = edge(from).zip(edge(to));
    let Some((from, to)) = ends else {
        return Value::unknown(Reason::new(ReasonKind::NoDirection));
    };
    match from.value.minus(to.value) {
        Some(difference) => Value::from(Amount {
            bound: Bound::point(difference.absolute()),
            dimension: units.dimension(a.value.unit).clone(),
            unit: Some(a.value.unit),
            difference: true,
        }),
        None => Value::unknown(Reason::new(ReasonKind::TooLarge)),
    }
}
