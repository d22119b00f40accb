//! One figure of a plan, whatever part of the plan it comes from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::packed::{FAR_ROW, Marks, NO_ROW, Packed, Placed};
use super::{Facts, PlanId};
use crate::bound::{Bound, Compact, Reason};
use crate::catalogue::IndicatorId;
use crate::model::{FigureKind, Nature};
use crate::notation::{Form, Reading};
use crate::pack::Fixed;
use crate::quantity::UnitUse;
use crate::region::RegionId;
use crate::source::{SourceId, Span};

/// A figure's number in the fact store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FigureId(pub(crate) u32);

/// A table row's number in the fact store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowId(pub(crate) u32);

/// A section of a plan beside its table and its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId {
    /// The section.
    pub section: Section,
    /// The plan.
    pub plan: PlanId,
    /// Its place in the section.
    pub position: u32,
}

/// An official figure's number in the fact store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatisticId(pub(crate) u32);

impl Fixed<4> for FigureId {
    fn put(&self) -> [u8; 4] {
        self.0.put()
    }

    fn get(bytes: &[u8; 4]) -> Self {
        Self(u32::get(bytes))
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FigureValue {
    /// Whose value it is.
    pub indicator: IndicatorId,
    /// As printed; empty where there is none.
    pub printed: String,
    /// The unit of the row.
    pub unit: UnitUse,
    /// As read; `None` where it could not be.
    pub reading: Option<Arc<Reading>>,
    /// What it promises or states, in the base of the dimension, or why that is unknown.
    pub bound: Result<Bound, Reason>,
    /// The same in a form that compares quickly, where it has one.
    pub compact: Option<Compact>,
}

impl FigureValue {
    /// Whether a value is given; `None` where the source lost the cell or it cannot be read.
    #[must_use]
    pub fn is_given(&self) -> Option<bool> {
        match self.reading.as_ref().map(|reading| &reading.form) {
            None | Some(Form::Lost) => None,
            Some(Form::NotGiven) => Some(false),
            Some(_) => Some(true),
        }
    }
}

/// A kind of figures that rules run over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureSet {
    /// A plan's own targets.
    Targets,
    /// A plan's own baselines.
    Baselines,
    /// What a plan's prose says.
    Claims,
    /// What was measured since.
    Observations,
    /// Every figure.
    All,
}

impl FigureSet {
    /// Whether a figure is one of them.
    #[inline]
    pub(super) fn holds(self, figure: Packed) -> bool {
        const OWN: u8 = Marks::OWN | Marks::LISTED;
        let (marks, is_of_kind) = match self {
            Self::Targets => (OWN, figure.is_target()),
            Self::Baselines => (OWN, figure.kind() == FigureKind::Baseline),
            Self::Claims => (Marks::PROSE, true),
            Self::Observations => (Marks::MONITORING, true),
            Self::All => (0, true),
        };
        is_of_kind && figure.marks.of(marks | Marks::GONE) == marks
    }
}

/// What few figures have.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Rest {
    /// Whose figure it is, if not the plan's own region's.
    pub region: Option<RegionId>,
    pub basis: Option<String>,
    pub ordinal: u32,
    /// The file it stands in, if not the one its plan begins in.
    pub source: Option<SourceId>,
    /// What a change in a figure outside the table may start from.
    pub baselines: Vec<FigureId>,
    /// Its row, where it has too many before it in its plan.
    pub row: Option<RowId>,
}

/// One figure.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'f> {
    /// Its number.
    pub id: FigureId,
    /// What it is.
    pub kind: FigureKind,
    /// Where it stands.
    pub origin: Origin,
    /// The plan.
    pub plan: PlanId,
    /// The indicator.
    pub indicator: IndicatorId,
    /// The year it is for.
    pub year: i32,
    /// Whether it is of the plan's own region.
    pub own: bool,
    /// Whether it is one of the plan's targets or baselines: what the table says, and what the prose says of an
    /// indicator that the table does not have for that year and base.
    pub listed: bool,
    /// What it obliges to, where printed.
    pub nature: Option<Nature>,
    /// Its value.
    pub value: &'f FigureValue,
    facts: &'f Facts,
    packed: Packed,
    placed: Placed,
}

impl<'f> Figure<'f> {
    #[inline]
    pub(super) fn new(
        id: FigureId,
        (packed, placed): (Packed, Placed),
        value: &'f FigureValue,
        facts: &'f Facts,
    ) -> Self {
        Self {
            id,
            kind: packed.kind(),
            origin: packed.marks.origin(),
            plan: facts.plan_of_figure(id),
            indicator: facts.indicator(packed),
            year: packed.year(),
            own: packed.marks.own(),
            listed: packed.marks.listed(),
            nature: packed.marks.nature(),
            value,
            facts,
            packed,
            placed,
        }
    }

    /// The table row, where it stands in one.
    #[must_use]
    pub fn row(&self) -> Option<RowId> {
        match self.placed.row() {
            NO_ROW => None,
            FAR_ROW => self.rest()?.row,
            row => {
                let first = self.facts.first_row(self.id, self.plan).0;
                Some(RowId(first + row))
            }
        }
    }

    fn rest(&self) -> Option<&'f Rest> {
        self.facts.rest(self.id, self.packed)
    }

    /// Whose figure it is.
    #[must_use]
    pub fn region(&self) -> RegionId {
        self.facts.region_of_figure(self.id)
    }

    /// The statistical base, where it is not the usual one.
    #[must_use]
    pub fn basis(&self) -> Option<&'f str> {
        self.facts.basis_of(self.id)
    }

    /// How many figures of the same plan, place, kind, indicator, year, region and base stand before it.
    #[must_use]
    pub fn ordinal(&self) -> u32 {
        self.rest().map_or(0, |rest| rest.ordinal)
    }

    /// The place of the printed value, or of the row's indicator where there is none.
    #[must_use]
    pub fn span(&self) -> Span {
        let (start, length) = self.stands();
        Span {
            source: self.facts.source_of_figure(self.id),
            start,
            end: start + length,
        }
    }

    /// Where it begins in its file, and how long it is.
    pub(super) fn stands(&self) -> (u32, u32) {
        match (self.placed.behind(), self.row()) {
            (Some((behind, length)), Some(row)) => (self.facts.narrow(row).start + behind, length),
            _ => self.facts.apart.get(&self.id).copied().unwrap_or((0, 0)),
        }
    }

    /// What a change in it may start from, by year.
    pub fn baselines(&self) -> impl Iterator<Item = FigureId> + Clone + use<'f> {
        let is_target = self.kind == FigureKind::Target;
        let of_row = self.row().filter(|_| is_target);
        let of_row = of_row.map(|row| self.facts.baselines_of(row));
        let named = self.rest().map_or(&[][..], |rest| &rest.baselines);
        of_row.into_iter().flatten().chain(named.iter().copied())
    }

    /// A target's baseline: the latest before its year, else the last.
    #[must_use]
    pub fn baseline(&self) -> Option<FigureId> {
        self.facts.baseline_of(self.id)
    }

    /// The same, looked for among all.
    pub(super) fn latest_baseline(&self) -> Option<FigureId> {
        let before = |id: &FigureId| self.facts.year_of(*id) < self.year;
        let (last, latest) = self.baselines().fold((None, None), |(_, latest), id| {
            (Some(id), Some(id).filter(before).or(latest))
        });
        latest.or(last)
    }

    /// Whether the plan gives a value; `None` where the source lost the cell or it cannot be read.
    #[must_use]
    pub fn is_given(&self) -> Option<bool> {
        self.value.is_given()
    }
}
