//! Comparison of bounds: of every outcome, by direction, and by inclusion.

use serde::{Deserialize, Serialize};

use super::interval::{Bound, Cut};
use super::{Reason, ReasonKind, Truth};

/// Which way an indicator improves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Better {
    /// Higher is better: life expectancy.
    Higher,
    /// Lower is better: infant mortality.
    Lower,
    /// Neither is: a share that should fit, not grow.
    Neither,
}

/// An order that can be asked of two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

impl Order {
    /// Whether it holds between two things that are ordered.
    #[must_use]
    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Below => left < right,
            Self::AtMost => left <= right,
            Self::Above => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

/// Whether an order holds between every outcome of `a` and every outcome of `b`.
///
/// `(90, ∞) >= 95` is violated: 91 is allowed. Blurred ends decide only where every number they may be does.
#[must_use]
pub fn compare(a: &Bound, order: Order, b: &Bound) -> Truth {
    match order {
        Order::AtLeast => every_at_least(a, b, false),
        Order::Above => every_at_least(a, b, true),
        Order::AtMost => every_at_least(b, a, false),
        Order::Below => every_at_least(b, a, true),
        Order::Equal => every_at_least(a, b, false).and(every_at_least(b, a, false)),
        Order::Unequal => every_at_least(a, b, true).or(every_at_least(b, a, true)),
    }
}

/// Whether `a` promises no less than `b`.
///
/// The guaranteed edges are compared: lower ends where higher is better, upper ends where lower is
/// better. With no better direction, `a` must lie inside `b`, and a `b` that is one number decides nothing.
#[must_use]
pub fn no_weaker(a: &Bound, b: &Bound, better: Better) -> Truth {
    let other_way = || Truth::unknown(Reason::new(ReasonKind::OtherWay));
    match better {
        Better::Higher => match (a.low_cuts(), b.low_cuts()) {
            (Some(a), Some(b)) => at_least(a, b),
            _ => other_way(),
        },
        Better::Lower => match (a.high_cuts(), b.high_cuts()) {
            (Some(a), Some(b)) => at_least(b, a),
            _ => other_way(),
        },
        Better::Neither if b.as_point().is_some() => {
            Truth::unknown(Reason::new(ReasonKind::NoDirection))
        }
        Better::Neither => within(a, b),
    }
}

/// Whether every outcome of `a` is one of `b`.
#[must_use]
pub fn within(a: &Bound, b: &Bound) -> Truth {
    let low = match (a.low_cuts(), b.low_cuts()) {
        (_, None) => Truth::True,
        (None, Some(_)) => Truth::False,
        (Some(a), Some(b)) => at_least(a, b),
    };
    let high = match (a.high_cuts(), b.high_cuts()) {
        (_, None) => Truth::True,
        (None, Some(_)) => Truth::False,
        (Some(a), Some(b)) => at_least(b, a),
    };
    low.and(high)
}

fn every_at_least(a: &Bound, b: &Bound, strictly: bool) -> Truth {
    let (Some(low), Some(high)) = (a.low_cuts(), b.high_cuts()) else {
        return Truth::False;
    };
    if strictly {
        at_least(high, low).not()
    } else {
        at_least(low, high)
    }
}

/// `a >= b` of two uncertain cuts, each given by the lowest and the highest it may be.
fn at_least(a: (Cut, Cut), b: (Cut, Cut)) -> Truth {
    if a.0 >= b.1 {
        Truth::True
    } else if a.1 < b.0 {
        Truth::False
    } else {
        Truth::unknown(Reason::new(ReasonKind::Approximate))
    }
}
