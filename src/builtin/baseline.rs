//! `baseline(t)`: the figure a target starts from.

use super::Builtin;
use crate::bound::{Reason, ReasonKind};
use crate::facts::Facts;
use crate::value::{Atom, Held, Kind, ManyFigures, Value};

/// The function.
pub(super) const BASELINE: Builtin = Builtin {
    name: "baseline",
    parameters: &[&[Kind::Figure]],
    result: Kind::Figure,
    doc: "The baseline of a target: the latest of its row before its year.",
    example: "require t no weaker than baseline(t)",
    call: |facts, arguments| match arguments {
        [target] => HELD.value(facts, target),
        _ => Value::unknown(Reason::new(ReasonKind::NoBaseline)),
    },
    held: Some(HELD),
};

const HELD: Held = Held {
    get: |facts, of| match of {
        Atom::Figure(target) => facts.baseline_of(target).map(Atom::Figure),
        _ => None,
    },
    absent: ReasonKind::BaselineMissing,
    figures: Some(ManyFigures {
        get: |facts, of, found| found.extend(of.iter().map(|target| facts.baseline_of(*target))),
        compare: Facts::compare_with_baselines,
    }),
    marked: false,
};
