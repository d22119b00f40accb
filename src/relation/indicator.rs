//! Columns of indicators.

use super::{Column, not_asked};
use crate::bound::{Reason, ReasonKind};
use crate::catalogue::Indicator;
use crate::facts::Facts;
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "id",
        of: Kind::Indicator,
        kind: Kind::Text,
        doc: "Its id in the catalogue.",
        get: |facts, of| ask(facts, of, |indicator| Value::Text(indicator.id.clone())),
        place: None,
    },
    Column {
        name: "name",
        of: Kind::Indicator,
        kind: Kind::Text,
        doc: "Its Chinese name.",
        get: |facts, of| ask(facts, of, |indicator| Value::Text(indicator.name.clone())),
        place: None,
    },
    Column {
        name: "english",
        of: Kind::Indicator,
        kind: Kind::Text,
        doc: "Its English name.",
        get: |facts, of| {
            ask(facts, of, |indicator| {
                Value::Text(indicator.english.clone())
            })
        },
        place: None,
    },
    Column {
        name: "unit",
        of: Kind::Indicator,
        kind: Kind::Unit,
        doc: "Its own unit.",
        get: |facts, of| ask(facts, of, |indicator| Value::Unit(indicator.unit)),
        place: None,
    },
    Column {
        name: "better",
        of: Kind::Indicator,
        kind: Kind::Word(&vocabulary::BETTER),
        doc: "higher, lower or neither.",
        get: |facts, of| ask(facts, of, |indicator| Value::Word(indicator.better.word())),
        place: None,
    },
    Column {
        name: "domain",
        of: Kind::Indicator,
        kind: Kind::Text,
        doc: "The group it belongs to.",
        get: |facts, of| ask(facts, of, |indicator| Value::Text(indicator.domain.clone())),
        place: None,
    },
    Column {
        name: "aggregate",
        of: Kind::Indicator,
        kind: Kind::Word(&vocabulary::AGGREGATE),
        doc: "sum, mean or none: what children's values do to the parent's.",
        get: |facts, of| {
            ask(facts, of, |indicator| {
                Value::Word(indicator.aggregate.word())
            })
        },
        place: None,
    },
    Column {
        name: "part_of",
        of: Kind::Indicator,
        kind: Kind::Indicator,
        doc: "The indicator that it is a part of; undetermined where it is none.",
        get: |facts, of| {
            ask(facts, of, |indicator| {
                let whole = indicator.part_of.as_deref();
                match whole.and_then(|id| facts.catalogue.find(id)) {
                    Some(whole) => Value::Indicator(whole),
                    None => Value::unknown(Reason::new(ReasonKind::NotInCatalogue)),
                }
            })
        },
        place: None,
    },
];

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Indicator) -> Value) -> Value {
    match of {
        Value::Indicator(indicator) => answer(facts.catalogue.get(*indicator)),
        _ => not_asked(),
    }
}
