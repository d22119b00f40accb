//! Kleene's three truth values; the third carries its reasons.

use super::{Reason, Reasons};

/// Holds, does not hold, or could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It could not be decided, and why.
    Unknown(Reasons),
}

impl Truth {
    /// Undecided for one reason.
    #[must_use]
    pub fn unknown(reason: Reason) -> Self {
        Self::Unknown(Reasons::one(reason))
    }

    /// Strong Kleene conjunction; reasons of both sides are kept.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::Unknown(one), Self::Unknown(more)) => Self::Unknown(one.with(more)),
            (Self::Unknown(reasons), _) | (_, Self::Unknown(reasons)) => Self::Unknown(reasons),
            (Self::True, Self::True) => Self::True,
        }
    }

    /// Strong Kleene disjunction; reasons of both sides are kept.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// Material implication.
    #[must_use]
    pub fn implies(self, other: Self) -> Self {
        self.not().or(other)
    }

    /// Negation; what is undecided stays so.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "three-valued, like `and` and `or` beside it"
    )]
    pub fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown(reasons) => Self::Unknown(reasons),
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}
