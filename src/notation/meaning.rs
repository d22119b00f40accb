//! A reading's meaning: the bound on the outcome, once direction, baseline and years are known.

use super::change::changed;
use super::reading::{Amount, Form, Keep, Reading, Rounded, Shape, Trend};
use crate::bound::{Better, Bound, Edge, Printed, Reason, ReasonKind};
use crate::language::Said;
use crate::quantity::{Number, UnitUse, Units};

/// What a value stands for in its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A promise: `72` is at least 72 where higher is better.
    Target,
    /// A fact: `72` is exactly 72.
    Actual,
}

/// The baseline a relative value starts from.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    /// Its year.
    pub year: i32,
    /// Its bound in the base of the dimension, or why there is none.
    pub bound: &'a Result<Bound, Reason>,
}

/// All that a reading's meaning depends on.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The known units.
    pub units: &'a Units,
    /// The unit of the row; `None` where there is none, and the value's own counts.
    pub unit: Option<UnitUse>,
    /// Target or fact.
    pub role: Role,
    /// Which way the indicator improves.
    pub better: Better,
    /// The year of the value.
    pub year: i32,
    /// The baselines of the row, by year.
    pub baselines: &'a [Base<'a>],
}

pub(super) type Meaning = Result<Bound, Reason>;

/// The bound on the outcome, in the base of the unit's dimension.
///
/// # Errors
/// The reason, where the value says nothing that could be compared.
pub fn meaning(reading: &Reading, context: &Context<'_>) -> Meaning {
    match &reading.form {
        Form::NotGiven => Err(Reason::new(ReasonKind::NotGiven)),
        Form::Lost => Err(Reason::new(ReasonKind::CellLost)),
        Form::Wording(text) => Err(Reason::about(ReasonKind::Qualitative, Said::same(text))),
        Form::Full if context.is_share() => Ok(Bound::point(Number::ONE)),
        Form::Full => Err(Reason::new(ReasonKind::OtherDimension)),
        Form::Value(amount) => {
            let factor = context.factor(reading)?;
            let bound = fits(interval(amount).and_then(|bound| bound.times(factor)))?;
            Ok(context.promised(amount, bound))
        }
        Form::Change(change) => changed(change, reading, context),
        Form::Keep(keep) => context.base_bound(None).map(|base| kept(*keep, base)),
        Form::Trend(trend) => context
            .base_bound(None)
            .and_then(|base| trended(*trend, base)),
    }
}

/// The printed figures themselves, from the smallest to the largest, in the base of the dimension:
/// what a check for typing errors looks at. `≥72` is 72, `5-6` is 5 to 6, 保持稳定 is where the baseline stood.
///
/// # Errors
/// As [`meaning`].
pub fn figures(reading: &Reading, context: &Context<'_>) -> Meaning {
    let Form::Value(amount) = &reading.form else {
        let actual = Context {
            role: Role::Actual,
            ..*context
        };
        let bound = meaning(reading, &actual)?;
        return Ok(Bound {
            low: bound.low.or(bound.high),
            high: bound.high.or(bound.low),
            ..bound
        });
    };
    let factor = context.factor(reading)?;
    let (low, high) = match amount.shape {
        Shape::Number(figure) | Shape::Ray(_, figure) => (figure.value(), figure.value()),
        Shape::Range(low, high) => (low.value(), high.value()),
        Shape::Ratio(first, second) => {
            let ratio = ratio(first.value(), second.value());
            (ratio, ratio)
        }
    };
    let ends = low.zip(high);
    let bound =
        ends.map(|(low, high)| Bound::new(Some(Edge::closed(low)), Some(Edge::closed(high))));
    fits(bound.and_then(|bound| bound.times(factor)))
}

/// The value by its printed form: what `agrees with` compares.
///
/// # Errors
/// As [`meaning`].
pub fn printed(reading: &Reading, context: &Context<'_>) -> Result<Printed, Reason> {
    let actual = Context {
        role: Role::Actual,
        ..*context
    };
    let bound = meaning(reading, &actual)?;
    let step = match &reading.form {
        Form::Value(amount) => {
            let step = fits(coarsest(amount))?;
            fits(step.times(context.factor(reading)?))?
        }
        _ => Number::ZERO,
    };
    Ok(Printed { bound, step })
}

/// What one of the last printed place is worth, of the coarser figure where there are two.
fn coarsest(amount: &Amount) -> Option<Number> {
    match amount.shape {
        Shape::Number(figure) | Shape::Ray(_, figure) => figure.step(),
        Shape::Range(low, high) => Some(low.step()?.max(high.step()?)),
        Shape::Ratio(first, second) => second.step()?.over(first.value()?),
    }
}

impl Context<'_> {
    /// Whether the value is a share: of the row's unit, where there is one.
    pub(super) fn is_share(&self) -> bool {
        self.unit
            .is_none_or(|unit| self.units.dimension(unit).is_ratio())
    }

    /// What one of the value's digits is in the base of the dimension.
    pub(super) fn factor(&self, reading: &Reading) -> Result<Number, Reason> {
        let unit = match (reading.unit, self.unit) {
            (own, None) => own,
            // 1:1.2 counts no unit: in a row of shares it is 1.2, not 1.2%.
            (None, Some(_)) if is_ratio(&reading.form) && self.is_share() => None,
            (None, Some(_)) if is_ratio(&reading.form) => {
                return Err(Reason::new(ReasonKind::OtherDimension));
            }
            (None, Some(row)) if has_multiple(&reading.form) => Some(UnitUse {
                multiple: Number::ONE,
                ..row
            }),
            (None, row) => row,
            (Some(own), Some(row)) if self.units.dimension(own) == self.units.dimension(row) => {
                Some(own)
            }
            (Some(_), Some(_)) => return Err(Reason::new(ReasonKind::OtherDimension)),
        };
        unit.map_or(Ok(Number::ONE), |unit| fits(self.units.factor(unit)))
    }

    /// The baseline of a year, where one is named; else the latest before the value's own year, or the last there is.
    pub(super) fn base(&self, since: Option<i32>) -> Result<&Base<'_>, Reason> {
        if let Some(year) = since {
            let about = || Said::new(format!("{year}年"), year.to_string());
            let found = self.baselines.iter().find(|base| base.year == year);
            return found.ok_or_else(|| Reason::about(ReasonKind::OtherYear, about()));
        }
        let before = self.baselines.iter().rfind(|base| base.year < self.year);
        before
            .or(self.baselines.last())
            .ok_or(Reason::new(ReasonKind::NoBaseline))
    }

    /// A baseline's bound; an undecided one for its own reason.
    pub(super) fn base_bound(&self, since: Option<i32>) -> Meaning {
        self.base(since)?
            .bound
            .clone()
            .map_err(|reason| match reason.kind {
                ReasonKind::NotGiven => Reason::new(ReasonKind::NoBaseline),
                _ => reason,
            })
    }

    /// A single figure as a target promises a whole side, by direction.
    pub(super) fn promised(&self, amount: &Amount, bound: Bound) -> Bound {
        let single = matches!(amount.shape, Shape::Number(_) | Shape::Ratio(..));
        if self.role == Role::Actual || !single || bound.as_point().is_none() {
            return bound;
        }
        match self.better {
            Better::Higher => Bound {
                high: None,
                ..bound
            },
            Better::Lower => Bound { low: None, ..bound },
            Better::Neither => bound,
        }
    }
}

fn is_ratio(form: &Form) -> bool {
    matches!(form, Form::Value(amount) if matches!(amount.shape, Shape::Ratio(..)))
}

fn has_multiple(form: &Form) -> bool {
    let Form::Value(amount) = form else {
        return false;
    };
    match amount.shape {
        Shape::Number(figure) | Shape::Ray(_, figure) => figure.multiple.0 > 0,
        Shape::Range(first, second) | Shape::Ratio(first, second) => {
            first.multiple.0 > 0 || second.multiple.0 > 0
        }
    }
}

/// The interval of an amount's own digits.
pub(super) fn interval(amount: &Amount) -> Option<Bound> {
    let (bound, step) = match amount.shape {
        Shape::Number(figure) => (Bound::point(figure.value()?), figure.step()?),
        Shape::Ray(side, figure) => {
            let value = figure.value()?;
            let edge = Some(Edge {
                value,
                closed: side.closed,
            });
            let bound = if side.up {
                Bound::new(edge, None)
            } else {
                Bound::new(None, edge)
            };
            (bound, figure.step()?)
        }
        Shape::Range(low, high) => {
            let low_edge = Edge::closed(low.value()?);
            let high_edge = Edge::closed(high.value()?);
            let step = low.step()?.max(high.step()?);
            (Bound::new(Some(low_edge), Some(high_edge)), step)
        }
        Shape::Ratio(first, second) => {
            let value = ratio(first.value(), second.value())?;
            (Bound::point(value), second.step()?.over(first.value()?)?)
        }
    };
    match amount.rounded {
        None => Some(bound),
        Some(rounded) => blurred(bound, step, rounded),
    }
}

/// 27左右 is what rounds to 27; 近90 is what rounds to 90 from below.
fn blurred(bound: Bound, step: Number, rounded: Rounded) -> Option<Bound> {
    let half = step.over(Number::integer(2))?;
    let above = match rounded {
        Rounded::About => half,
        Rounded::Nearly => Number::ZERO,
    };
    let widen = |edge: Option<Edge>, by: Number, closed: bool| match edge {
        None => Some(None),
        Some(edge) => {
            let value = edge.value.plus(by)?;
            Some(Some(Edge { value, closed }))
        }
    };
    Some(Bound {
        low: widen(bound.low, half.negated(), true)?,
        high: widen(bound.high, above, false)?,
        blur: half.plus(above)?,
    })
}

fn ratio(first: Option<Number>, second: Option<Number>) -> Option<Number> {
    second?.over(first?)
}

/// 保持稳定 is the baseline's own bound; 不降低 and 不升高 open it on the side left free.
fn kept(keep: Keep, base: Bound) -> Bound {
    match (keep, base.as_point()) {
        (Keep::NotLower, Some(value)) => Bound::at_least(value),
        (Keep::NotHigher, Some(value)) => Bound::at_most(value),
        _ => base,
    }
}

/// Strictly above or below all that the baseline may have been.
fn trended(trend: Trend, base: Bound) -> Meaning {
    // Of a blurred baseline the outer end is kept: its blur says how far inward it may lie.
    let edge = match (trend, base.is_exact()) {
        (Trend::Up, true) => base.high.or(base.low),
        (Trend::Up, false) => base.low,
        (Trend::Down, true) => base.low.or(base.high),
        (Trend::Down, false) => base.high,
    };
    let strict = edge.map(|edge| Edge::open(edge.value));
    match trend {
        _ if strict.is_none() => Err(Reason::new(ReasonKind::OtherWay)),
        Trend::Up => Ok(Bound {
            low: strict,
            high: None,
            blur: base.blur,
        }),
        Trend::Down => Ok(Bound {
            low: None,
            high: strict,
            blur: base.blur,
        }),
    }
}

pub(super) fn fits<T>(value: Option<T>) -> Result<T, Reason> {
    value.ok_or(Reason::new(ReasonKind::TooLarge))
}
