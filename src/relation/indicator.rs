//! Columns of indicators.

use super::{Column, not_asked};
use crate::bound::{Reason, ReasonKind};
use crate::catalogue::Indicator;
use crate::facts::Facts;
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "id",
        Kind::Indicator,
        Kind::Text,
        "Its id in the catalogue.",
        |facts, of| ask(facts, of, |indicator| Value::Text(indicator.id.clone())),
    ),
    Column::new(
        "name",
        Kind::Indicator,
        Kind::Text,
        "Its Chinese name.",
        |facts, of| ask(facts, of, |indicator| Value::Text(indicator.name.clone())),
    ),
    Column::new(
        "english",
        Kind::Indicator,
        Kind::Text,
        "Its English name.",
        |facts, of| {
            ask(facts, of, |indicator| {
                Value::Text(indicator.english.clone())
            })
        },
    ),
    Column::new(
        "unit",
        Kind::Indicator,
        Kind::Unit,
        "Its own unit.",
        |facts, of| ask(facts, of, |indicator| Value::Unit(indicator.unit)),
    ),
    Column::new(
        "better",
        Kind::Indicator,
        Kind::Word(&vocabulary::BETTER),
        "higher, lower or neither.",
        |facts, of| ask(facts, of, |indicator| Value::Word(indicator.better.word())),
    ),
    Column::new(
        "domain",
        Kind::Indicator,
        Kind::Text,
        "The group it belongs to.",
        |facts, of| ask(facts, of, |indicator| Value::Text(indicator.domain.clone())),
    ),
    Column::new(
        "aggregate",
        Kind::Indicator,
        Kind::Word(&vocabulary::AGGREGATE),
        "sum, mean or none: what children's values do to the parent's.",
        |facts, of| {
            ask(facts, of, |indicator| {
                Value::Word(indicator.aggregate.word())
            })
        },
    ),
    Column::new(
        "count",
        Kind::Indicator,
        Kind::Text,
        "The subject of the counts that the indicator is the density of; undetermined where it is no density.",
        |facts, of| {
            ask(facts, of, |indicator| match &indicator.count {
                Some(count) => Value::Text(count.clone()),
                None => Value::unknown(Reason::new(ReasonKind::NotInCatalogue)),
            })
        },
    ),
    Column::new(
        "numerator",
        Kind::Indicator,
        Kind::Indicator,
        "The indicator that its formula divides; undetermined where it has none.",
        |facts, of| {
            ask(facts, of, |indicator| {
                let formula = indicator.formula.as_ref();
                named(facts, formula.map(|formula| formula.numerator.as_str()))
            })
        },
    ),
    Column::new(
        "denominator",
        Kind::Indicator,
        Kind::Indicator,
        "The indicator that its formula divides by; undetermined where it has none.",
        |facts, of| {
            ask(facts, of, |indicator| {
                let formula = indicator.formula.as_ref();
                named(facts, formula.map(|formula| formula.denominator.as_str()))
            })
        },
    ),
    Column::new(
        "part_of",
        Kind::Indicator,
        Kind::Indicator,
        "The indicator that it is a part of; undetermined where it is none.",
        |facts, of| {
            ask(facts, of, |indicator| {
                named(facts, indicator.part_of.as_deref())
            })
        },
    ),
];

fn named(facts: &Facts, id: Option<&str>) -> Value {
    match id.and_then(|id| facts.catalogue.find(id)) {
        Some(indicator) => Value::Indicator(indicator),
        None => Value::unknown(Reason::new(ReasonKind::NotInCatalogue)),
    }
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Indicator) -> Value) -> Value {
    match of {
        Value::Indicator(indicator) => answer(facts.catalogue.get(*indicator)),
        _ => not_asked(),
    }
}
