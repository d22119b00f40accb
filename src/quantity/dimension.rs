//! Dimensions: products of named bases in which equal bases cancel.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A dimension such as `age`, `bed/person` or, with no base left, `ratio`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dimension(Arc<[(Box<str>, i8)]>);

impl Dimension {
    /// The dimension of shares and rates: `%`, `‰`, `/10万`, `人/千人口`.
    #[must_use]
    pub fn ratio() -> Self {
        Self(Arc::new([]))
    }

    /// Reads `base`, `base*base` or `base/base`, bases in `snake_case`; `ratio` is the empty one.
    /// `None` where the text has another form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut powers = BTreeMap::new();
        for (position, factors) in text.split('/').enumerate() {
            let sign = if position == 0 { 1 } else { -1 };
            for base in factors.split('*') {
                let base = base.trim();
                let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                if base.is_empty() || !base.chars().all(fits) {
                    return None;
                }
                if base != "ratio" {
                    *powers.entry(Box::from(base)).or_insert(0_i8) += sign;
                }
            }
        }
        Some(Self::of(powers))
    }

    fn of(powers: BTreeMap<Box<str>, i8>) -> Self {
        let left = powers.into_iter().filter(|(_, power)| *power != 0);
        Self(left.collect())
    }

    /// The dimension of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.combined(other, 1)
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.combined(other, -1)
    }

    fn combined(&self, other: &Self, sign: i8) -> Self {
        let mut powers: BTreeMap<Box<str>, i8> = self.0.iter().cloned().collect();
        for (base, power) in other.0.iter() {
            let entry = powers.entry(base.clone()).or_insert(0);
            *entry = entry.saturating_add(power.saturating_mul(sign));
        }
        Self::of(powers)
    }

    /// Whether nothing is left after cancelling.
    #[must_use]
    pub fn is_ratio(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_ratio() {
            return formatter.write_str("ratio");
        }
        let bases = |above: bool| -> Vec<&str> {
            let repeated = self.0.iter().flat_map(|(base, power)| {
                let count = if above {
                    *power
                } else {
                    power.saturating_neg()
                };
                std::iter::repeat_n(&**base, usize::try_from(count).unwrap_or(0))
            });
            repeated.collect()
        };
        let (above, below) = (bases(true), bases(false));
        let above = if above.is_empty() {
            "ratio".to_owned()
        } else {
            above.join("*")
        };
        formatter.write_str(&above)?;
        for base in below {
            write!(formatter, "/{base}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Dimension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}
