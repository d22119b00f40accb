//! Guaranteed edges as two numbers: what is compared millions of times.

use super::FigureValue;
use crate::bound::{Better, Compact};
use crate::catalogue::Catalogue;

/// The guaranteed edge of a value, the greater the better: values of one mark that have it exactly compare by it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub cut: i64,
    /// The unit and the direction; where it is not so simple, that of one of the two below.
    pub mark: u16,
}

impl Edge {
    /// That of a value whose edge takes more than a number, or whose unit has too high a number.
    pub const INEXACT: Self = Self {
        cut: 0,
        mark: u16::MAX,
    };

    /// That of a value that means nothing that could be compared.
    const UNBOUNDED: Self = Self {
        cut: 0,
        mark: u16::MAX - 1,
    };

    /// Whether it is one number.
    #[inline]
    pub const fn is_exact(&self) -> bool {
        self.mark < Self::UNBOUNDED.mark
    }

    /// Whether it means something that can be compared at all.
    #[inline]
    pub const fn is_bounded(&self) -> bool {
        self.mark != Self::UNBOUNDED.mark
    }

    /// Whether a value of this edge is no weaker than one of another, where that is told by two numbers.
    #[inline]
    pub fn is_no_weaker(&self, than: &Self) -> Option<bool> {
        let comparable = self.mark == than.mark && self.is_exact();
        comparable.then_some(self.cut >= than.cut)
    }

    /// The stricter of two, where that is told by two numbers.
    pub fn stricter(&self, other: &Self) -> Option<Self> {
        let is_no_weaker = self.is_no_weaker(other)?;
        Some(if is_no_weaker { *self } else { *other })
    }

    /// The number of the edge as [`Compact::exactly`] takes it; `None` where it takes more.
    #[inline]
    pub const fn number(&self) -> Option<i64> {
        match self.mark {
            _ if !self.is_exact() => None,
            mark if mark % 2 == 1 => Some(Compact::number_of(-self.cut)),
            _ => Some(Compact::number_of(self.cut)),
        }
    }

    /// Of a value of an indicator.
    pub fn of(value: &FigureValue, catalogue: &Catalogue) -> Self {
        if value.bound.is_err() {
            return Self::UNBOUNDED;
        }
        let better = catalogue.get(value.indicator).better;
        let cut = value.compact.and_then(|compact| compact.guaranteed(better));
        let mark = u32::from(value.unit.unit).checked_mul(2);
        let mark = mark.map(|mark| mark | u32::from(better == Better::Lower));
        let mark = mark.and_then(|mark| u16::try_from(mark).ok());
        let edge = cut.zip(mark).map(|(cut, mark)| Self { cut, mark });
        edge.filter(Self::is_exact).unwrap_or(Self::INEXACT)
    }
}
