//! What the columns of a plan's sections share.

use super::not_asked;
use crate::bound::{Better, Bound, Printed, Reason, ReasonKind};
use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts};
use crate::model::{Plan, YearValue};
use crate::notation::{Context, Role, printed};
use crate::quantity::{Dimension, Number, UnitUse};
use crate::region::RegionId;
use crate::source::Spanned;
use crate::value::{Amount, Value};

/// Asks an entry; `find` takes it out of its plan's section.
pub(super) fn ask<'f, T>(
    facts: &'f Facts,
    of: &Value,
    find: fn(&'f Plan, usize) -> Option<&'f T>,
    answer: impl FnOnce(&'f T, EntryId) -> Value,
) -> Value {
    match of {
        Value::Entry(id) => match find(facts.plan(id.plan), id.position as usize) {
            Some(entry) => answer(entry, *id),
            None => not_asked(),
        },
        _ => not_asked(),
    }
}

/// The plan of an entry.
pub(super) fn plan(_: &Facts, of: &Value) -> Value {
    match of {
        Value::Entry(id) => Value::Plan(id.plan),
        _ => not_asked(),
    }
}

/// The position of an entry in its section.
pub(super) fn position(_: &Facts, of: &Value) -> Value {
    match of {
        Value::Entry(id) => Value::Number(Number::integer(id.position.into())),
        _ => not_asked(),
    }
}

/// What an entry need not say.
pub(super) fn said<T>(value: Option<T>, make: impl FnOnce(T) -> Value) -> Value {
    value.map_or_else(|| Value::unknown(Reason::new(ReasonKind::NotSaid)), make)
}

pub(super) fn text(value: Option<&Spanned<String>>) -> Value {
    said(value, |text| Value::Text(text.value.clone()))
}

/// What a document calls the subject of an entry; the subject itself where it is not given.
pub(super) fn named(name: Option<&String>, subject: &Spanned<String>) -> Value {
    Value::Text(name.unwrap_or(&subject.value).clone())
}

/// The region of an entry; the plan's own where it names none.
pub(super) fn region(facts: &Facts, id: EntryId, region: Option<&Spanned<RegionId>>) -> Value {
    let own = facts.plan(id.plan).region.value;
    Value::Region(region.map_or(own, |region| region.value))
}

pub(super) fn indicator(value: Option<&Spanned<IndicatorId>>) -> Value {
    said(value, |indicator| Value::Indicator(indicator.value))
}

pub(super) fn year(value: i32) -> Value {
    // A section may leave the year out; no plan is for the year 0.
    said(Some(value).filter(|year| *year != 0), Value::Year)
}

/// A value of an entry as a fact, by its printed precision, and its unit where it has one.
pub(super) fn measured(
    facts: &Facts,
    value: Option<&YearValue>,
    unit: Option<UnitUse>,
) -> Result<(Printed, Option<UnitUse>), Reason> {
    let value = value.ok_or(Reason::new(ReasonKind::NotGiven))?;
    let reading = value
        .reading
        .as_ref()
        .ok_or(Reason::new(ReasonKind::Unreadable))?;
    let context = Context {
        units: &facts.catalogue.units,
        unit,
        role: Role::Actual,
        better: Better::Neither,
        year: value.year,
        baselines: &[],
    };
    Ok((printed(reading, &context)?, unit.or(reading.unit)))
}

/// A value of an entry as a quantity; a share where it has no unit.
pub(super) fn amount(facts: &Facts, value: Option<&YearValue>, unit: Option<UnitUse>) -> Value {
    quantity(facts, value, unit, |printed| Some(printed.bound))
}

/// What a value of an entry may have been before it was rounded.
pub(super) fn unrounded(facts: &Facts, value: Option<&YearValue>, unit: Option<UnitUse>) -> Value {
    quantity(facts, value, unit, Printed::unrounded)
}

fn quantity(
    facts: &Facts,
    value: Option<&YearValue>,
    unit: Option<UnitUse>,
    bound: fn(&Printed) -> Option<Bound>,
) -> Value {
    let (printed, unit) = match measured(facts, value, unit) {
        Ok(measured) => measured,
        Err(reason) => return Value::unknown(reason),
    };
    let Some(bound) = bound(&printed) else {
        return Value::unknown(Reason::new(ReasonKind::OtherWay));
    };
    let dimension = unit.map(|unit| facts.catalogue.units.dimension(unit).clone());
    Value::from(Amount {
        bound,
        dimension: dimension.unwrap_or_else(Dimension::ratio),
        unit,
        difference: false,
    })
}

/// A list of texts.
pub(super) fn texts(values: &[Spanned<String>]) -> Value {
    Value::List(
        values
            .iter()
            .map(|text| Value::Text(text.value.clone()))
            .collect(),
    )
}
