//! Exact rational numbers: what a plan prints is a decimal, what a rule computes may be a fraction.
//!
//! `num_rational` keeps `1 / 3 * 3 = 1`, which no decimal type does, and its comparison cannot overflow.
//! Every operation that could overflow says so instead of rounding.

use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};

/// Digits a written number may have: more would overflow when scaled by a unit.
const MAX_DIGITS: usize = 18;

/// Decimal places shown where a fraction has no finite decimal form.
const SHOWN_PLACES: u32 = 4;

/// An exact number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Ratio<i128>);

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
        self.0.checked_add(&other.0).map(Self)
    }

    /// Difference, `None` where it does not fit.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(&other.0).map(Self)
    }

    /// Product, `None` where it does not fit.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
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
