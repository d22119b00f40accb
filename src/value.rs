//! What rules compute with: values at run time, and their kinds before anything runs.

mod atom;
mod kind;
mod show;

pub use atom::{Atom, Held, ManyFigures, Measure, Measuring};
pub use kind::{Kind, Vocabulary, vocabulary};
pub use show::{show, written};

use crate::bound::{Bound, Reason, Reasons, Truth};
use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, FigureId, PlanId, RowId, StatisticId};
use crate::model::Date;
use crate::quantity::{Dimension, Number, UnitUse};
use crate::region::RegionId;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A truth value.
    Truth(Truth),
    /// A quantity or a bound, with its dimension.
    Amount(Box<Amount>),
    /// A plain number.
    Number(Number),
    /// A year.
    Year(i32),
    /// A day, or a month of which the day is not known.
    Date(Date),
    /// A text.
    Text(String),
    /// A region.
    Region(RegionId),
    /// A plan.
    Plan(PlanId),
    /// An indicator.
    Indicator(IndicatorId),
    /// A figure of a plan.
    Figure(FigureId),
    /// A row of a plan's table.
    Row(RowId),
    /// A unit.
    Unit(UnitUse),
    /// An entry of one of a plan's sections.
    Entry(EntryId),
    /// An official figure.
    Statistic(StatisticId),
    /// A word of a vocabulary.
    Word(&'static str),
    /// Several values.
    List(Vec<Value>),
    /// Not known, and why.
    Unknown(Reasons),
}

/// A quantity: one number, or a bound on it, in the base of its dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The number or the bound.
    pub bound: Bound,
    /// The dimension.
    pub dimension: Dimension,
    /// The unit to show it in.
    pub unit: Option<UnitUse>,
    /// Whether it is a difference: shares are then shown in percentage points.
    pub difference: bool,
}

impl From<Amount> for Value {
    fn from(amount: Amount) -> Self {
        Self::Amount(Box::new(amount))
    }
}

impl Value {
    /// Not known for one reason.
    #[must_use]
    pub fn unknown(reason: Reason) -> Self {
        Self::Unknown(Reasons::one(reason))
    }

    /// The truth of it; what is no truth value is not known.
    #[must_use]
    pub fn into_truth(self) -> Truth {
        match self {
            Self::Truth(truth) => truth,
            Self::Unknown(reasons) => Truth::Unknown(reasons),
            _ => Truth::unknown(Reason::new(crate::bound::ReasonKind::NotSaid)),
        }
    }
}
