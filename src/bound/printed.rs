//! Values as they were printed, and whether two of them say the same.

use super::{Bound, Edge, Truth};
use crate::quantity::Number;

/// A value by its printed form: the outcomes it names, and what one of its last printed place is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The outcomes.
    pub bound: Bound,
    /// What one of the last printed place is worth; zero for an exact value.
    pub step: Number,
}

impl Printed {
    /// A value that was computed, not printed.
    #[must_use]
    pub const fn exact(bound: Bound) -> Self {
        Self {
            bound,
            step: Number::ZERO,
        }
    }

    /// The one number that was rounded to this, as far as it is known; `None` where an end is open or does not fit.
    #[must_use]
    pub fn unrounded(&self) -> Option<Bound> {
        let half = self.step.over(Number::integer(2))?;
        let low = self.bound.low?.value.minus(half)?;
        let high = self.bound.high?.value.plus(half)?;
        Bound::one_between(low, high)
    }
}

/// Whether two printed values say the same.
///
/// Two numbers: equal at the coarser precision (98 and 98.02). Two rays of one direction: equal edges, so that `<7`
/// and `≤4.8` do not agree. A number and a ray or range: the number lies in it. Rounded ones: they overlap.
#[must_use]
pub fn agrees(a: &Printed, b: &Printed) -> Truth {
    if !a.bound.is_exact() || !b.bound.is_exact() {
        return overlap(&a.bound, &b.bound).into();
    }
    let step = a.step.max(b.step);
    let near = |x: Edge, y: Edge| same_at(x.value, y.value, a.step, b.step, step);
    match (a.bound.as_point(), b.bound.as_point()) {
        (Some(x), Some(y)) => same_at(x, y, a.step, b.step, step).into(),
        (Some(_), None) | (None, Some(_)) => overlap(&a.bound, &b.bound).into(),
        (None, None) => {
            let ends = |x: Option<Edge>, y: Option<Edge>| match (x, y) {
                (None, None) => true,
                (Some(x), Some(y)) => near(x, y),
                _ => false,
            };
            (ends(a.bound.low, b.bound.low) && ends(a.bound.high, b.bound.high)).into()
        }
    }
}

/// Whether the finer of two numbers rounds to the coarser one, at the coarser one's last place.
fn same_at(x: Number, y: Number, x_step: Number, y_step: Number, step: Number) -> bool {
    let (coarse, fine) = if x_step >= y_step { (x, y) } else { (y, x) };
    let half = step.over(Number::integer(2));
    let Some((distance, half)) = fine.minus(coarse).zip(half) else {
        return false;
    };
    let below = distance.is_negative();
    let distance = distance.absolute();
    // Halves round away from zero, as by hand.
    distance < half || (distance == half && (step == Number::ZERO || below != coarse.is_negative()))
}

/// Whether some outcome is allowed by both.
fn overlap(a: &Bound, b: &Bound) -> bool {
    let reaches = |low: &Bound, high: &Bound| match (low.low_cuts(), high.high_cuts()) {
        (Some((low, _)), Some((_, high))) => low <= high,
        _ => true,
    };
    reaches(a, b) && reaches(b, a)
}
