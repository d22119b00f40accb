//! What a check's labels stand at, and what they are about.

use crate::eval::value;
use crate::facts::Facts;
use crate::relation::place;
use crate::resolve::{Code, TypedRule};
use crate::source::Span;
use crate::value::Value;

/// What a check is about, the labels' entities in their order, and its primary place.
pub(super) struct About {
    pub entities: Vec<Value>,
    pub primary: Option<Span>,
}

impl About {
    pub fn new(rule: &TypedRule, frame: &[Value], facts: &Facts) -> Self {
        let labels = rule.labels.iter();
        let mut entities: Vec<Value> = labels
            .map(|label| value(entity(&label.of), frame, facts))
            .collect();
        let labelled = labelled(rule, frame, facts);
        let primary = labelled.or_else(|| {
            // Who should be shown did not answer: whoever asked is shown.
            let (of, span) = outermost(frame, facts)?;
            entities.insert(0, of.clone());
            Some(span)
        });
        Self { entities, primary }
    }
}

/// The primary place: the first label that can be placed, or else whoever asked.
pub(super) fn primary(rule: &TypedRule, frame: &[Value], facts: &Facts) -> Option<Span> {
    labelled(rule, frame, facts).or_else(|| outermost(frame, facts).map(|(_, span)| span))
}

fn labelled(rule: &TypedRule, frame: &[Value], facts: &Facts) -> Option<Span> {
    let mut labels = rule.labels.iter();
    labels.find_map(|label| label_place(&label.of, frame, facts))
}

/// Where the thing of a label stands: the column's own place where it has one, else the entity's.
pub(super) fn label_place(of: &Code, frame: &[Value], facts: &Facts) -> Option<Span> {
    if let Code::Column(inner, column) = of
        && let Some(find) = column.place
    {
        let inner = value(inner, frame, facts);
        return find(facts, &inner).or_else(|| place(facts, &inner));
    }
    place(facts, &value(of, frame, facts))
}

/// The first variable that is bound to something with a place.
pub(super) fn outermost<'f>(frame: &'f [Value], facts: &Facts) -> Option<(&'f Value, Span)> {
    frame.iter().find_map(|of| Some((of, place(facts, of)?)))
}

/// The entity that a label's expression is about: `r` of `r.unit`.
pub(super) fn entity(of: &Code) -> &Code {
    match of {
        Code::Column(inner, column) if column.place.is_some() => inner,
        other => other,
    }
}
