//! Changes from the baseline: absolute, in points, relative, by the year.

use super::meaning::{Context, Meaning, fits, interval};
use super::reading::{Change, Measure, Reading};
use crate::bound::{Bound, Edge, Reason, ReasonKind};
use crate::quantity::Number;

/// The baseline plus, minus or times the change.
pub(super) fn changed(change: &Change, reading: &Reading, context: &Context<'_>) -> Meaning {
    let base = context.base_bound(change.since)?;
    let years = if change.yearly {
        let from = context.base(change.since)?.year;
        u32::try_from(context.year - from)
            .ok()
            .filter(|years| *years > 0)
            .ok_or(Reason::new(ReasonKind::NotLater))?
    } else {
        1
    };
    let amount = fits(interval(&change.by))?;
    let amount = if change.up { amount } else { amount.negated() };
    let bound = match change.measure {
        Measure::Absolute => {
            let factor = fits(
                context
                    .factor(reading)?
                    .times(Number::integer(years.into())),
            )?;
            amount.times(factor).and_then(|delta| base.plus(&delta))
        }
        Measure::Points | Measure::PerMille => {
            if !context.is_share() {
                return Err(Reason::new(ReasonKind::OtherDimension));
            }
            let power = if change.measure == Measure::Points {
                -2
            } else {
                -3
            };
            let factor = fits(Number::power_of_ten(power).times(Number::integer(years.into())))?;
            amount.times(factor).and_then(|delta| base.plus(&delta))
        }
        Measure::Relative => multiplied(&base, &amount, Number::power_of_ten(-2), years),
        Measure::Times => multiplied(&base, &amount, Number::ONE, years),
        Measure::Doublings => doubled(&base, &amount, years),
    };
    Ok(context.promised(&change.by, fits(bound)?))
}

/// The baseline times (1 + amount), once for every year.
fn multiplied(base: &Bound, amount: &Bound, scale: Number, years: u32) -> Option<Bound> {
    let grown = amount.times(scale)?.plus(&Bound::point(Number::ONE))?;
    let power = |edge: Option<Edge>| match edge {
        None => Some(None),
        Some(edge) => {
            let value = edge.value.power(years)?;
            Some(Some(Edge { value, ..edge }))
        }
    };
    let grown = Bound {
        low: power(grown.low)?,
        high: power(grown.high)?,
        blur: grown.blur,
    };
    product(base, &grown)
}

/// The product of two bounds above zero, or of any with a single number.
fn product(base: &Bound, grown: &Bound) -> Option<Bound> {
    if let Some(factor) = grown.as_point() {
        return base.times(factor);
    }
    if let Some(factor) = base.as_point() {
        return grown.times(factor);
    }
    let positive = |bound: &Bound| bound.low.is_some_and(|edge| edge.value >= Number::ZERO);
    if !positive(base) || !positive(grown) {
        return None;
    }
    let ends = |one: Option<Edge>, other: Option<Edge>| match (one, other) {
        (Some(one), Some(other)) => Some(Edge {
            value: one.value.times(other.value)?,
            closed: one.closed && other.closed,
        }),
        _ => None,
    };
    let (low, high) = (ends(base.low, grown.low), ends(base.high, grown.high));
    let blur = match (low, high) {
        (Some(low), Some(high)) if !grown.is_exact() && !base.is_exact() => {
            high.value.minus(low.value)?
        }
        (Some(low), _) => low.value.times(base.blur.max(grown.blur))?,
        _ => Number::ZERO,
    };
    Some(Bound { low, high, blur })
}

fn doubled(base: &Bound, times: &Bound, years: u32) -> Option<Bound> {
    let times = times.as_point()?;
    let count = (0..=10).find(|count| Number::integer((*count).into()) == times)?;
    let factor = Number::integer(2).power(count * years)?;
    base.times(factor)
}
