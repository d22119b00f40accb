//! `baseline(t)`: the figure a target starts from.

use super::Builtin;
use crate::bound::{Reason, ReasonKind};
use crate::value::{Kind, Value};

/// The function.
pub(super) const BASELINE: Builtin = Builtin {
    name: "baseline",
    parameters: &[&[Kind::Figure]],
    result: Kind::Figure,
    doc: "The baseline of a target: the latest of its row before its year.",
    example: "require t no weaker than baseline(t)",
    call: |facts, arguments| match arguments {
        [Value::Figure(target)] => match facts.figure(*target).baseline() {
            Some(baseline) => Value::Figure(baseline),
            None => Value::unknown(Reason::new(ReasonKind::BaselineMissing)),
        },
        _ => Value::unknown(Reason::new(ReasonKind::NoBaseline)),
    },
};
