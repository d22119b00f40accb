//! Bounds as whole numbers at a common scale: what plans print fits, and comparing it takes a few instructions.

use serde::{Deserialize, Serialize};

use super::Better;
use super::interval::{Bound, Cut};
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
