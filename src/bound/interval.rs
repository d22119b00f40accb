//! Intervals with open and closed ends, and the blur of a rounded figure.

use serde::{Deserialize, Serialize};

use crate::quantity::Number;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// Where it ends.
    pub value: Number,
    /// Whether the end belongs to the interval.
    pub closed: bool,
}

impl Edge {
    /// An end that belongs to the interval.
    #[must_use]
    pub const fn closed(value: Number) -> Self {
        Self {
            value,
            closed: true,
        }
    }

    /// An end that does not.
    #[must_use]
    pub const fn open(value: Number) -> Self {
        Self {
            value,
            closed: false,
        }
    }
}

/// The outcomes that a value allows.
///
/// `27左右` says one number that rounds to 27: `[26.5, 27.5)` with a blur of 1. An end of a blurred
/// bound lies anywhere in the blur's width inward from where it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// The lower end; `None` where there is no limit.
    pub low: Option<Edge>,
    /// The upper end; `None` where there is no limit.
    pub high: Option<Edge>,
    /// How uncertain the ends are; zero for an exact value.
    pub blur: Number,
}

/// A point between outcomes, ordered: just below a number, at it, just above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    pub(super) value: Number,
    pub(super) side: i8,
}

impl Bound {
    /// Exactly one number.
    #[must_use]
    pub const fn point(value: Number) -> Self {
        let edge = Some(Edge::closed(value));
        Self::new(edge, edge)
    }

    /// An exact interval.
    #[must_use]
    pub const fn new(low: Option<Edge>, high: Option<Edge>) -> Self {
        Self {
            low,
            high,
            blur: Number::ZERO,
        }
    }

    /// One number, of which only this much is known; `None` where it does not fit.
    #[must_use]
    pub fn one_between(low: Number, high: Number) -> Option<Self> {
        Some(Self {
            low: Some(Edge::closed(low)),
            high: Some(Edge::closed(high)),
            blur: high.minus(low)?,
        })
    }

    /// All numbers from `value` up, itself included.
    #[must_use]
    pub const fn at_least(value: Number) -> Self {
        Self::new(Some(Edge::closed(value)), None)
    }

    /// All numbers up to `value`, itself included.
    #[must_use]
    pub const fn at_most(value: Number) -> Self {
        Self::new(None, Some(Edge::closed(value)))
    }

    /// The number, where the bound is exactly one.
    #[must_use]
    pub fn as_point(&self) -> Option<Number> {
        let (low, high) = (self.low?, self.high?);
        let one = low == high && low.closed && self.is_exact();
        one.then_some(low.value)
    }

    /// Whether no end is blurred.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.blur == Number::ZERO
    }

    /// The sum of an outcome of each; `None` where it does not fit.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        Some(Self {
            low: both(self.low, other.low, Number::plus).ok()?,
            high: both(self.high, other.high, Number::plus).ok()?,
            blur: self.blur.plus(other.blur)?,
        })
    }

    /// The bound mirrored at zero.
    #[must_use]
    pub fn negated(&self) -> Self {
        let turn = |edge: Edge| Edge {
            value: edge.value.negated(),
            closed: edge.closed,
        };
        Self {
            low: self.high.map(turn),
            high: self.low.map(turn),
            blur: self.blur,
        }
    }

    /// Every outcome times a number; `None` where it does not fit.
    #[must_use]
    pub fn times(&self, factor: Number) -> Option<Self> {
        if factor.is_negative() {
            return self.negated().times(factor.negated());
        }
        let scaled = |edge: Option<Edge>| match edge {
            None => Ok::<_, TooLarge>(None),
            Some(edge) => {
                let value = edge.value.times(factor).ok_or(TooLarge)?;
                Ok(Some(Edge { value, ..edge }))
            }
        };
        Some(Self {
            low: scaled(self.low).ok()?,
            high: scaled(self.high).ok()?,
            blur: self.blur.times(factor)?,
        })
    }

    /// One number not below zero over another above it, each known as far as its bound says; `None` where a bound is
    /// no such number, or the result does not fit.
    #[must_use]
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        let (low, high) = self.as_one()?;
        let (least, most) = divisor.as_one()?;
        if low.is_negative() || least <= Number::ZERO {
            return None;
        }
        Self::one_between(low.over(most)?, high.over(least)?)
    }

    /// The least and the greatest that one number may be.
    fn as_one(&self) -> Option<(Number, Number)> {
        let (low, high) = (self.low?.value, self.high?.value);
        let one = low == high || high.minus(low)? <= self.blur;
        one.then_some((low, high))
    }

    /// Where the lower end may lie, from lowest to highest; `None` where there is no limit.
    pub(super) fn low_cuts(&self) -> Option<(Cut, Cut)> {
        let edge = self.low?;
        let lowest = Cut {
            value: edge.value,
            side: i8::from(!edge.closed),
        };
        let highest = if self.is_exact() {
            lowest
        } else {
            let value = edge.value.plus(self.blur).unwrap_or(edge.value);
            Cut { value, side: -1 }
        };
        Some((lowest, highest))
    }

    /// Where the upper end may lie, from lowest to highest; `None` where there is no limit.
    pub(super) fn high_cuts(&self) -> Option<(Cut, Cut)> {
        let edge = self.high?;
        let highest = Cut {
            value: edge.value,
            side: -i8::from(!edge.closed),
        };
        let lowest = if self.is_exact() {
            highest
        } else {
            let value = edge.value.minus(self.blur).unwrap_or(edge.value);
            Cut { value, side: 0 }
        };
        Some((lowest, highest))
    }
}

/// A number grew beyond what is computed exactly.
struct TooLarge;

fn both(
    one: Option<Edge>,
    other: Option<Edge>,
    join: fn(Number, Number) -> Option<Number>,
) -> Result<Option<Edge>, TooLarge> {
    let (Some(one), Some(other)) = (one, other) else {
        return Ok(None);
    };
    Ok(Some(Edge {
        value: join(one.value, other.value).ok_or(TooLarge)?,
        closed: one.closed && other.closed,
    }))
}
