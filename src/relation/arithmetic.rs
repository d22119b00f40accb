//! What a stated rise or fall says, and what its own two figures give.

use super::entry::measured;
use crate::bound::{Bound, Reason, ReasonKind};
use crate::facts::Facts;
use crate::model::Change;
use crate::notation::{Form, Measure, Rounded, Shape};
use crate::quantity::{Dimension, Number};
use crate::value::{Amount, Value};

/// The rise or fall as stated: what rounds to it, a fall below zero.
pub(super) fn stated(facts: &Facts, change: &Change) -> Value {
    match stated_bound(facts, change) {
        Ok((bound, measure)) => shown(facts, change, bound, measure),
        Err(reason) => Value::unknown(reason),
    }
}

/// The rise or fall that the two figures give, in the measure of the stated one.
pub(super) fn computed(facts: &Facts, change: &Change) -> Value {
    match computed_bound(facts, change) {
        Ok((bound, measure)) => shown(facts, change, bound, measure),
        Err(reason) => Value::unknown(reason),
    }
}

fn shown(facts: &Facts, change: &Change, bound: Bound, measure: Measure) -> Value {
    let units = &facts.catalogue.units;
    let (dimension, unit) = match (measure, change.unit_use) {
        (Measure::Absolute, Some(unit)) => (units.dimension(unit).clone(), Some(unit)),
        _ => (Dimension::ratio(), units.find("%")),
    };
    Value::from(Amount {
        bound,
        dimension,
        unit,
        difference: matches!(
            measure,
            Measure::Points | Measure::PerMille | Measure::Absolute
        ),
    })
}

fn of(change: &Change) -> Result<&crate::notation::Change, Reason> {
    let value = change
        .stated
        .as_ref()
        .ok_or(Reason::new(ReasonKind::NotGiven))?;
    let reading = value
        .reading
        .as_ref()
        .ok_or(Reason::new(ReasonKind::Unreadable))?;
    match &reading.form {
        Form::Change(change) => Ok(change),
        Form::NotGiven => Err(Reason::new(ReasonKind::NotGiven)),
        _ => Err(Reason::new(ReasonKind::Qualitative)),
    }
}

fn stated_bound(facts: &Facts, change: &Change) -> Result<(Bound, Measure), Reason> {
    let said = of(change)?;
    let scale = match said.measure {
        Measure::Points | Measure::Relative => Number::power_of_ten(-2),
        Measure::PerMille => Number::power_of_ten(-3),
        Measure::Times | Measure::Doublings => Number::ONE,
        Measure::Absolute => {
            let factor = change
                .unit_use
                .and_then(|unit| facts.catalogue.units.factor(unit));
            factor.unwrap_or(Number::ONE)
        }
    };
    let bound = stated_interval(&said.by.shape, said.by.rounded, said.measure);
    let bound = bound.and_then(|bound| bound.times(scale));
    let bound = bound.ok_or(Reason::new(ReasonKind::TooLarge))?;
    let bound = if said.up { bound } else { bound.negated() };
    Ok((bound, said.measure))
}

/// The interval of what rounds to the printed figure; a side stays open.
fn stated_interval(shape: &Shape, rounded: Option<Rounded>, measure: Measure) -> Option<Bound> {
    let about = |value: Number, step: Number| -> Option<Bound> {
        let half = step.over(Number::integer(2))?;
        let above = if rounded == Some(Rounded::Nearly) {
            Number::ZERO
        } else {
            half
        };
        Bound::one_between(value.minus(half)?, value.plus(above)?)
    };
    match shape {
        Shape::Number(figure) if measure == Measure::Doublings => {
            let times = (0..=10).find(|count| Number::integer((*count).into()) == figure.number)?;
            let grown = Number::integer(2).power(times)?.minus(Number::ONE)?;
            about(grown, Number::power_of_ten(-1))
        }
        Shape::Number(figure) => about(figure.value()?, figure.step()?),
        Shape::Ray(side, figure) => {
            let around = about(figure.value()?, figure.step()?)?;
            let open = if side.up {
                (around.low, None)
            } else {
                (None, around.high)
            };
            Some(Bound {
                low: open.0,
                high: open.1,
                blur: around.blur,
            })
        }
        Shape::Range(low, high) => {
            let (low, high) = (
                about(low.value()?, low.step()?)?,
                about(high.value()?, high.step()?)?,
            );
            Some(Bound {
                low: low.low,
                high: high.high,
                blur: low.blur.max(high.blur),
            })
        }
        Shape::Ratio(..) => None,
    }
}

fn computed_bound(facts: &Facts, change: &Change) -> Result<(Bound, Measure), Reason> {
    let measure = of(change)?.measure;
    let (from, _) = measured(facts, change.from.as_ref(), change.unit_use)?;
    let (to, _) = measured(facts, change.to.as_ref(), change.unit_use)?;
    let (from, to) = (ends(&from)?, ends(&to)?);
    let bound = match measure {
        Measure::Absolute | Measure::Points | Measure::PerMille => {
            interval(to.0.minus(from.1), to.1.minus(from.0))
        }
        Measure::Relative | Measure::Times | Measure::Doublings => {
            if from.0 <= Number::ZERO {
                return Err(Reason::new(ReasonKind::DividedByZero));
            }
            let grown = |to: Number, from: Number| to.over(from)?.minus(Number::ONE);
            interval(grown(to.0, from.1), grown(to.1, from.0))
        }
    };
    Ok((bound.ok_or(Reason::new(ReasonKind::TooLarge))?, measure))
}

fn interval(low: Option<Number>, high: Option<Number>) -> Option<Bound> {
    Bound::one_between(low?, high?)
}

/// The least and the greatest number that a printed figure may have been before it was rounded.
fn ends(printed: &crate::bound::Printed) -> Result<(Number, Number), Reason> {
    let unrounded = printed.unrounded();
    let ends = unrounded.and_then(|bound| Some((bound.low?.value, bound.high?.value)));
    ends.ok_or(Reason::new(ReasonKind::OtherWay))
}
