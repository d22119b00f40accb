//! One figure of a plan, whatever part of the plan it comes from.

use super::PlanId;
use std::sync::Arc;

use crate::bound::{Bound, Reason};
use crate::catalogue::IndicatorId;
use crate::model::Nature;
use crate::notation::Form;
use crate::notation::Reading;
use crate::quantity::UnitUse;
use crate::region::RegionId;
use crate::source::Span;

/// A figure's number in the fact store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureId(pub(crate) u32);

/// A table row's number in the fact store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(pub(crate) u32);

/// A section of a plan beside its table and its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Stated rises and falls.
    Changes,
    /// Named lists.
    Rosters,
    /// Counts of things.
    Counts,
    /// General promises.
    Commitments,
    /// Duties.
    Tasks,
}

/// An entry of a section of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId {
    /// The section.
    pub section: Section,
    /// The plan.
    pub plan: PlanId,
    /// Its place in the section.
    pub position: usize,
}

/// An official figure's number in the fact store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatisticId(pub(crate) u32);

/// A row of a plan's indicator table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowFact {
    /// The plan.
    pub plan: PlanId,
    /// Its place in the plan's table.
    pub position: usize,
    /// The indicator.
    pub indicator: IndicatorId,
    /// How many rows of the same plan, indicator and base stand before it.
    pub ordinal: u32,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureKind {
    /// What the plan promises.
    Target,
    /// What it starts from.
    Baseline,
    /// What was measured, or said to be so.
    Actual,
}

impl FigureKind {
    /// The word of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Actual => "actual",
        }
    }
}

/// Where in the plan a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// In the indicator table.
    Table,
    /// In the prose.
    Prose,
    /// In a monitoring report.
    Monitoring,
}

impl Origin {
    /// The word of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Prose => "prose",
            Self::Monitoring => "monitoring",
        }
    }
}

/// A figure's value: figures that print and mean the same share one, of millions there are a few thousand.
#[derive(Clone, Debug)]
pub struct FigureValue {
    /// As printed; empty where there is none.
    pub printed: String,
    /// The unit of the row.
    pub unit: UnitUse,
    /// As read; `None` where it could not be.
    pub reading: Option<Arc<Reading>>,
    /// What it promises or states, in the base of the dimension, or why that is unknown.
    pub bound: Result<Bound, Reason>,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it is.
    pub kind: FigureKind,
    /// Where it stands.
    pub origin: Origin,
    /// The plan.
    pub plan: PlanId,
    /// The table row, where it stands in one.
    pub row: Option<RowId>,
    /// The indicator.
    pub indicator: IndicatorId,
    /// The year it is for.
    pub year: i32,
    /// Whose figure it is.
    pub region: RegionId,
    /// Whether that is the plan's own region.
    pub own: bool,
    /// Whether it is one of the plan's targets or baselines: what the table says, and what the prose says of an
    /// indicator that the table does not have for that year and base.
    pub listed: bool,
    /// The statistical base, where it is not the usual one.
    pub basis: Option<String>,
    /// How many figures of the same plan, place, kind, indicator, year, region and base stand before it.
    pub ordinal: u32,
    /// What it obliges to, where printed.
    pub nature: Option<Nature>,
    /// Its value.
    pub value: Arc<FigureValue>,
    /// The place of the printed value, or of the row's indicator where there is none.
    pub span: Span,
    /// What a change in it may start from.
    pub baselines: Vec<FigureId>,
    /// A target's baseline.
    pub baseline: Option<FigureId>,
}

impl Figure {
    /// Whether it is one of the plan's own targets.
    #[must_use]
    pub fn is_target(&self) -> bool {
        self.own && self.listed && self.kind == FigureKind::Target
    }

    /// Whether it is one of the plan's own baselines.
    #[must_use]
    pub fn is_baseline(&self) -> bool {
        self.own && self.listed && self.kind == FigureKind::Baseline
    }

    /// Whether the plan gives a value; `None` where the source lost the cell or it cannot be read.
    #[must_use]
    pub fn is_given(&self) -> Option<bool> {
        match self.value.reading.as_ref().map(|reading| &reading.form) {
            None | Some(Form::Lost) => None,
            Some(Form::NotGiven) => Some(false),
            Some(_) => Some(true),
        }
    }
}
