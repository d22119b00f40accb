//! Columns of indicators.

use super::{Column, not_asked};
use crate::bound::ReasonKind;
use crate::catalogue::Indicator;
use crate::facts::Facts;
use crate::value::{Atom, Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::held(
        "id",
        Kind::Indicator,
        Kind::Text,
        "Its id in the catalogue.",
        |facts, of| held(facts, of, |indicator| Some(Atom::Text(&indicator.id))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "name",
        Kind::Indicator,
        Kind::Text,
        "Its Chinese name.",
        |facts, of| held(facts, of, |indicator| Some(Atom::Text(&indicator.name))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "english",
        Kind::Indicator,
        Kind::Text,
        "Its English name.",
        |facts, of| held(facts, of, |indicator| Some(Atom::Text(&indicator.english))),
        ReasonKind::NotSaid,
    ),
    Column::new(
        "unit",
        Kind::Indicator,
        Kind::Unit,
        "Its own unit.",
        |facts, of| ask(facts, of, |indicator| Value::Unit(indicator.unit)),
    ),
    Column::held(
        "better",
        Kind::Indicator,
        Kind::Word(&vocabulary::BETTER),
        "higher, lower or neither.",
        |facts, of| {
            held(facts, of, |indicator| {
                Some(Atom::Word(indicator.better.word()))
            })
        },
        ReasonKind::NotSaid,
    ),
    Column::held(
        "domain",
        Kind::Indicator,
        Kind::Text,
        "The group it belongs to.",
        |facts, of| held(facts, of, |indicator| Some(Atom::Text(&indicator.domain))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "aggregate",
        Kind::Indicator,
        Kind::Word(&vocabulary::AGGREGATE),
        "sum, mean or none: what children's values do to the parent's.",
        |facts, of| {
            held(facts, of, |indicator| {
                Some(Atom::Word(indicator.aggregate.word()))
            })
        },
        ReasonKind::NotSaid,
    ),
    Column::held(
        "count",
        Kind::Indicator,
        Kind::Text,
        "The subject of the counts that the indicator is the density of; undetermined where it is no density.",
        |facts, of| {
            held(facts, of, |indicator| {
                indicator.count.as_deref().map(Atom::Text)
            })
        },
        ReasonKind::NotInCatalogue,
    ),
    Column::held(
        "numerator",
        Kind::Indicator,
        Kind::Indicator,
        "The indicator that its formula divides; undetermined where it has none.",
        |facts, of| {
            held(facts, of, |indicator| {
                let formula = indicator.formula.as_ref();
                named(facts, formula.map(|formula| formula.numerator.as_str()))
            })
        },
        ReasonKind::NotInCatalogue,
    ),
    Column::held(
        "denominator",
        Kind::Indicator,
        Kind::Indicator,
        "The indicator that its formula divides by; undetermined where it has none.",
        |facts, of| {
            held(facts, of, |indicator| {
                let formula = indicator.formula.as_ref();
                named(facts, formula.map(|formula| formula.denominator.as_str()))
            })
        },
        ReasonKind::NotInCatalogue,
    ),
    Column::held(
        "part_of",
        Kind::Indicator,
        Kind::Indicator,
        "The indicator that it is a part of; undetermined where it is none.",
        |facts, of| {
            held(facts, of, |indicator| {
                named(facts, indicator.part_of.as_deref())
            })
        },
        ReasonKind::NotInCatalogue,
    ),
];

fn named<'f>(facts: &'f Facts, id: Option<&str>) -> Option<Atom<'f>> {
    let indicator = facts.catalogue.find(id?)?;
    Some(Atom::Indicator(indicator))
}

fn held<'f>(
    facts: &'f Facts,
    of: Atom<'f>,
    answer: impl FnOnce(&'f Indicator) -> Option<Atom<'f>>,
) -> Option<Atom<'f>> {
    match of {
        Atom::Indicator(indicator) => answer(facts.catalogue.get(indicator)),
        _ => None,
    }
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Indicator) -> Value) -> Value {
    match of {
        Value::Indicator(indicator) => answer(facts.catalogue.get(*indicator)),
        _ => not_asked(),
    }
}
