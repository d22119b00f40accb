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
        let mut entities = Vec::new();
        let primary = about(rule, frame, facts, &mut entities);
        Self { entities, primary }
    }
}

/// What a check is about, in memory that another one has left; and its primary place.
pub(super) fn about(
    rule: &TypedRule,
    frame: &[Value],
    facts: &Facts,
    entities: &mut Vec<Value>,
) -> Option<Span> {
    entities.clear();
    let labels = rule.labels.iter();
    entities.extend(labels.map(|label| value(entity(&label.of), frame, facts)));
    let mut labelled = rule.labels.iter().zip(entities.iter());
    let first = labelled.find_map(|(label, of)| entity_place(&label.of, of, facts));
    first.or_else(|| {
        // Who should be shown did not answer: whoever asked is shown.
        let (of, span) = outermost(frame, facts)?;
        entities.insert(0, of.clone());
        Some(span)
    })
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
    entity_place(of, &value(entity(of), frame, facts), facts)
}

/// The same of a label's entity.
fn entity_place(label: &Code, of: &Value, facts: &Facts) -> Option<Span> {
    let column = match label {
        Code::Column(_, column) => column.place,
        _ => None,
    };
    let own = column.and_then(|find| find(facts, of));
    own.or_else(|| place(facts, of))
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
