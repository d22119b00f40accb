//! Bounds as whole numbers at a common scale: what plans print fits, and comparing it takes a few instructions.

use serde::{Deserialize, Serialize};

use super::interval::{Bound, Cut};
use super::{Better, Order};
use crate::quantity::Number;

/// Billionths: shares per hundred thousand with four places, and populations of billions, are whole numbers of them.
const SCALE: i64 = 1_000_000_000;

/// A bound whose ends are whole at the common scale.
///
/// A cut is its number times four, and one less or more where it lies just below or above: cuts are ordered as
/// their numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compact {
    low: Option<(i64, i64)>,
    high: Option<(i64, i64)>,
}

impl Compact {
    /// A bound at the common scale; `None` where an end is no whole number there, or too large.
    #[must_use]
    pub fn of(bound: &Bound) -> Option<Self> {
        let both = |cuts: Option<(Cut, Cut)>| match cuts {
            None => Some(None),
            Some((lowest, highest)) => Some(Some((whole(lowest)?, whole(highest)?))),
        };
        Some(Self {
            low: both(bound.low_cuts())?,
            high: both(bound.high_cuts())?,
        })
    }

    /// [`no_weaker`](super::no_weaker), where it decides without a reason to give.
    #[must_use]
    #[inline]
    pub fn no_weaker(&self, other: &Self, better: Better) -> Option<bool> {
        match better {
            Better::Higher => at_least(self.low?, other.low?),
            Better::Lower => at_least(other.high?, self.high?),
            Better::Neither => None,
        }
    }

    /// The guaranteed edge by direction as a number, the greater the better, where it is exactly one: of two
    /// such, the first is [no weaker](Self::no_weaker) than the second where its number is not less.
    #[must_use]
    pub fn guaranteed(&self, better: Better) -> Option<i64> {
        let (lowest, highest) = match better {
            Better::Higher => self.low?,
            Better::Lower => self.high.map(|(lowest, highest)| (-lowest, -highest))?,
            Better::Neither => return None,
        };
        (lowest == highest).then_some(lowest)
    }

    /// [`compare`](super::compare), where it decides without a reason to give.
    #[must_use]
    pub fn compare(&self, order: Order, other: &Self) -> Option<bool> {
        let at_least = |a: &Self, b: &Self| every_at_least(a, b, false);
        let above = |a: &Self, b: &Self| every_at_least(a, b, true);
        match order {
            Order::AtLeast => at_least(self, other),
            Order::Above => above(self, other),
            Order::AtMost => at_least(other, self),
            Order::Below => above(other, self),
            Order::Equal => both(at_least(self, other), at_least(other, self)),
            Order::Unequal => {
                let not = |answer: Option<bool>| answer.map(|holds| !holds);
                not(both(not(above(self, other)), not(above(other, self))))
            }
        }
    }

    /// The guaranteed edge by direction, where it is exactly one number.
    #[must_use]
    #[inline]
    pub fn edge(&self, better: Better) -> Option<Self> {
        let (lowest, highest) = match better {
            Better::Higher => self.low?,
            Better::Lower => self.high?,
            Better::Neither => return self.point().map(|_| *self),
        };
        (lowest == highest).then(|| Self::exactly(Self::number_of(lowest)))
    }

    /// Four times the number of a cut, which lies at most one below or above it.
    #[must_use]
    #[inline]
    pub const fn number_of(cut: i64) -> i64 {
        (cut + 1).div_euclid(4) * 4
    }

    /// The sum of two that are exactly one number each.
    #[must_use]
    #[inline]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        let sum = self.point()?.checked_add(other.point()?)?;
        Some(Self::exactly(sum))
    }

    /// The difference of two that are exactly one number each.
    #[must_use]
    #[inline]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        let difference = self.point()?.checked_sub(other.point()?)?;
        Some(Self::exactly(difference))
    }

    /// This many times one that is exactly one number, where the product is whole at the common scale.
    #[must_use]
    pub fn times(&self, factor: Number) -> Option<Self> {
        let number = Number::integer(self.point()? / 4).times(factor)?;
        Some(Self::exactly(number.as_integer()?.checked_mul(4)?))
    }

    /// What is exactly one number, of which four times is given.
    #[must_use]
    pub const fn exactly(number: i64) -> Self {
        let end = Some((number, number));
        Self {
            low: end,
            high: end,
        }
    }

    /// The cut of a bound that is exactly one number.
    #[inline]
    fn point(&self) -> Option<i64> {
        let (low, high) = (self.low?, self.high?);
        let one = low == high && low.0 == low.1 && low.0 % 4 == 0;
        one.then_some(low.0)
    }
}

#[inline]
fn every_at_least(a: &Compact, b: &Compact, strictly: bool) -> Option<bool> {
    let (Some(low), Some(high)) = (a.low, b.high) else {
        return Some(false);
    };
    if strictly {
        at_least(high, low).map(|holds| !holds)
    } else {
        at_least(low, high)
    }
}

/// Kleene's conjunction.
const fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn whole(cut: Cut) -> Option<i64> {
    let scaled = cut.value.times(Number::integer(SCALE))?.as_integer()?;
    scaled.checked_mul(4)?.checked_add(cut.side.into())
}

#[inline]
const fn at_least(a: (i64, i64), b: (i64, i64)) -> Option<bool> {
    if a.0 >= b.1 {
        Some(true)
    } else if a.1 < b.0 {
        Some(false)
    } else {
        None
    }
}
