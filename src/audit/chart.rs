//! The common axis of an indicator's figures, and where on it each bound lies.

use crate::bound::Bound;
use crate::quantity::Number;

/// The figures of an indicator need a logarithmic axis from this ratio of the greatest to the least on.
const WIDE: f64 = 50.0;

/// An axis, from 0 at its left end to 1 at its right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Whether it is logarithmic: a nation's totals beside a county's.
    pub is_logarithmic: bool,
    /// Round values, each with its place.
    pub ticks: Vec<(f64, String)>,
    low: f64,
    high: f64,
}

/// A bound on an axis: from where to where, each end's place; no place where it has no end on that side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// The ends of a bound in an indicator's unit, whose factor this is; nothing where it has none.
pub(super) fn ends(bound: &Bound, factor: Number) -> Option<(Option<f64>, Option<f64>)> {
    let scaled = bound.times(Number::ONE.over(factor)?)?;
    let value = |edge: crate::bound::Edge| edge.value.approximate();
    let ends = (scaled.low.map(value), scaled.high.map(value));
    (ends != (None, None)).then_some(ends)
}

impl Axis {
    /// An axis that has room for some values.
    pub(super) fn new(values: &[f64]) -> Option<Self> {
        let least = values.iter().copied().reduce(f64::min)?;
        let most = values.iter().copied().reduce(f64::max)?;
        let is_logarithmic = least > 0.0 && most / least >= WIDE;
        let (low, high) = if is_logarithmic {
            (least.log10().floor(), most.log10().ceil())
        } else {
            let room = if most > least {
                (most - least) * 0.12
            } else {
                (most.abs() * 0.1).max(1.0)
            };
            (least - room, most + room)
        };
        let mut axis = Self {
            is_logarithmic,
            ticks: Vec::new(),
            low,
            high,
        };
        axis.ticks = axis.round_values();
        Some(axis)
    }

    /// A value's place.
    pub(super) fn place(&self, value: f64) -> f64 {
        let value = if self.is_logarithmic {
            value.max(f64::MIN_POSITIVE).log10()
        } else {
            value
        };
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub(super) fn span(&self, (low, high): (Option<f64>, Option<f64>)) -> Extent {
        Extent {
            low: low.map(|low| self.place(low)),
            high: high.map(|high| self.place(high)),
        }
    }

    /// Three to six values a reader knows where to look for.
    fn round_values(&self) -> Vec<(f64, String)> {
        let width = self.high - self.low;
        let step = if self.is_logarithmic {
            (width / 5.0).ceil().max(1.0)
        } else {
            round_step(width / 4.0)
        };
        let first = (self.low / step).ceil();
        let at = (0..8_i32).map(|number| (first + f64::from(number)) * step);
        let within = at.take_while(|value| *value <= self.high + step * 1e-9);
        within
            .map(|value| {
                let place = (value - self.low) / width;
                let text = if self.is_logarithmic {
                    plain(10_f64.powf(value), 10_f64.powf(value))
                } else {
                    plain(value, step)
                };
                (place, text)
            })
            .collect()
    }
}

/// 1, 2 or 5 times a power of ten, not below what is asked for.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    let fits = |step: &f64| *step >= least * (1.0 - 1e-9);
    steps.into_iter().find(fits).unwrap_or(power * 10.0)
}

/// A value with as many places as a step needs; great ones in 万 would need a language: they are grouped in threes.
fn plain(value: f64, step: f64) -> String {
    let places = (0..6).find(|places| {
        let scaled = step * 10_f64.powi(*places);
        (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0) && scaled >= 1.0 - 1e-9
    });
    let places = usize::try_from(places.unwrap_or(0)).unwrap_or(0);
    // What rounds to nothing is no negative nothing.
    let value = if value.abs() < step * 1e-9 {
        0.0
    } else {
        value
    };
    format!("{value:.places$}")
}
