//! What would mend a target that is too weak: the other side's guarantee, in the target's unit.

use crate::bound::{Better, Bound};
use crate::eval::value;
use crate::facts::{Facts, FigureId, FigureKind};
use crate::finding::Fix;
use crate::language::Language;
use crate::resolve::{Code, Require};
use crate::source::{Sources, Span};
use crate::value::{Value, written};

/// The fixes of a violated requirement: one where a target is required to be no weaker than a figure.
pub(super) fn fixes(
    require: Option<&Require>,
    frame: &[Value],
    facts: &Facts,
    sources: &Sources,
    language: Language,
) -> Vec<Fix> {
    let Some(Code::NoWeaker(left, right)) = require.map(|require| &require.code) else {
        return Vec::new();
    };
    let sides = (value(left, frame, facts), value(right, frame, facts));
    let (Value::Figure(weak), Value::Figure(strong)) = sides else {
        return Vec::new();
    };
    let title = |value: &str| language.pick("改为 ", "change to ").to_owned() + value;
    let fix = wanted(weak, strong, facts).map(|value| Fix {
        title: title(&value),
        span: facts.figure(weak).span(),
        replacement: quoted(sources, facts.figure(weak).span(), value),
    });
    fix.into_iter().collect()
}

fn wanted(weak: FigureId, strong: FigureId, facts: &Facts) -> Option<String> {
    let (weak, strong) = (facts.figure(weak), facts.figure(strong));
    let bound = strong.value.bound.as_ref().ok()?;
    let side = match facts.catalogue.get(weak.indicator).better {
        Better::Higher => Bound::new(bound.low, None),
        Better::Lower => Bound::new(None, bound.high),
        Better::Neither => return None,
    };
    // What was measured cannot be mended by writing something else.
    let mends =
        weak.kind == FigureKind::Target && !weak.value.printed.is_empty() && bound.is_exact();
    mends
        .then(|| written(&side, weak.value.unit, facts))
        .flatten()
}

/// A value as it is put in place: with quotes of its own where a plan file has none around it.
fn quoted(sources: &Sources, span: Span, value: String) -> String {
    let file = sources.file(span.source);
    let range = span.range();
    let (_, line) = file.line_at(range.start);
    let before = file.slice(line..range.start);
    let quoted = before.ends_with(['"', '\'']) && !file.slice(range).starts_with(['"', '\'']);
    if quoted || file.path.ends_with("csv") {
        value
    } else {
        format!("\"{value}\"")
    }
}
