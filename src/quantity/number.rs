//! Exact rational numbers: what a plan prints is a decimal, what a rule computes may be a fraction.
//!
//! `num_rational` keeps `1 / 3 * 3 = 1`, which no decimal type does, and its comparison cannot overflow.
//! Every operation that could overflow says so instead of rounding.

use std::cmp::Ordering;
use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Serialize};

/// Digits a written number may have: more would overflow when scaled by a unit.
const MAX_DIGITS: usize = 18;

/// Decimal places shown where a fraction has no finite decimal form.
const SHOWN_PLACES: u32 = 4;

/// An exact number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number(Ratio<i128>);

/// Numerator and denominator of a number where both are short: what plans print always is, and products of two such
/// cannot overflow. The division that long ones need costs more than all the rest of a comparison.
fn short(number: Ratio<i128>) -> Option<(i64, i64)> {
    let numerator = i64::try_from(*number.numer()).ok()?;
    let denominator = i64::try_from(*number.denom()).ok()?;
    Some((numerator, denominator))
}

/// The greatest number that divides both; the other where one is zero.
const fn common(a: i64, b: i64) -> u64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A short fraction in its lowest terms.
fn reduced(numerator: i128, denominator: i128) -> Ratio<i128> {
    match (i64::try_from(numerator), i64::try_from(denominator)) {
        (Ok(n), Ok(d)) => {
            let divisor = i128::from(common(n, d).max(1));
            Ratio::new_raw(numerator / divisor, denominator / divisor)
        }
        _ => Ratio::new(numerator, denominator),
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (short(self.0), short(other.0)) {
            (Some((a, b)), Some((c, d))) => {
                let wide = |x: i64, y: i64| i128::from(x) * i128::from(y);
                wide(a, d).cmp(&wide(c, b))
            }
            _ => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Number {
    /// 0
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// 1
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// A whole number.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self(Ratio::from_integer(i128::from(value)))
    }

    /// The number as a whole one, where it is that and fits.
    #[must_use]
    pub fn as_integer(self) -> Option<i64> {
        let whole = self.0.is_integer().then(|| *self.0.numer())?;
        i64::try_from(whole).ok()
    }

    /// A power of ten, positive or negative; within ±30.
    #[must_use]
    pub fn power_of_ten(exponent: i32) -> Self {
        let power = 10_i128.pow(exponent.unsigned_abs().min(30));
        if exponent < 0 {
            Self(Ratio::new(1, power))
        } else {
            Self(Ratio::from_integer(power))
        }
    }

    /// Reads `-?digits(.digits)?` with at most 18 digits: nothing else, no exponent, no separators.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return None;
        }
        if whole.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        let numerator: i128 = format!("{whole}{fraction}").parse().ok()?;
        let numerator = if negative { -numerator } else { numerator };
        let places = u32::try_from(fraction.len()).ok()?;
        Some(Self(Ratio::new(numerator, 10_i128.pow(places))))
    }

    /// Sum, `None` where it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if let (Some((a, b)), Some((c, d))) = (short(self.0), short(other.0))
            && b == d
        {
            return Some(Self(reduced(i128::from(a) + i128::from(c), i128::from(b))));
        }
        self.0.checked_add(&other.0).map(Self)
    }

    /// Difference, `None` where it does not fit.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// Product, `None` where it does not fit.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        if let (Some((a, b)), Some((c, d))) = (short(self.0), short(other.0)) {
            // Each is in its lowest terms: only across can anything cancel out.
            let (left, right) = (i128::from(common(a, d)), i128::from(common(c, b)));
            let (a, b, c, d) = (i128::from(a), i128::from(b), i128::from(c), i128::from(d));
            let numerator = (a / left) * (c / right);
            let denominator = (b / right) * (d / left);
            return Some(Self(Ratio::new_raw(numerator, denominator)));
        }
        self.0.checked_mul(&other.0).map(Self)
    }

    /// Quotient, `None` where it does not fit or `other` is zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        if other.0.is_zero() {
            return None;
        }
        self.0.checked_div(&other.0).map(Self)
    }

    /// A whole power, `None` where it does not fit.
    #[must_use]
    pub fn power(self, exponent: u32) -> Option<Self> {
        (0..exponent).try_fold(Self::ONE, |product, _| product.times(self))
    }

    /// The number with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The number without its sign.
    #[must_use]
    pub fn absolute(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// The decimal form with exactly so many places, rounded half away from zero.
    #[must_use]
    pub fn to_places(self, places: u32) -> String {
        let scale = 10_i128.pow(places.min(18));
        let Some(scaled) = self.0.checked_mul(&Ratio::from_integer(scale)) else {
            return format!("{}/{}", self.0.numer(), self.0.denom());
        };
        let rounded = scaled.round().to_integer();
        let digits = rounded.unsigned_abs().to_string();
        let width = places as usize;
        let padded = format!("{digits:0>least$}", least = width + 1);
        let (whole, fraction) = padded.split_at(padded.len() - width);
        let sign = if rounded < 0 { "-" } else { "" };
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// About as much, for drawing: nothing is decided by it.
    #[must_use]
    pub fn approximate(self) -> f64 {
        let parts = self.0.numer().to_f64().zip(self.0.denom().to_f64());
        parts.map_or(f64::NAN, |(numerator, denominator)| numerator / denominator)
    }

    /// Decimal places of the finite decimal form; `None` where there is none within 18 places.
    #[must_use]
    pub fn places(self) -> Option<u32> {
        (0..=18).find(|places| 10_i128.pow(*places) % self.0.denom() == 0)
    }
}

impl fmt::Display for Number {
    /// The finite decimal form where there is one, else four places with trailing zeros cut.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(places) = self.places() {
            formatter.write_str(&self.to_places(places))
        } else {
            let text = self.to_places(SHOWN_PLACES);
            let cut = text.trim_end_matches('0').trim_end_matches('.');
            formatter.write_str(cut)
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}
