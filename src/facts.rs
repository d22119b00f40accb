//! The fact store: every figure of every plan with its bound, and the indexes that rules ask by.

mod build;
mod figure;
mod hierarchy;
mod index;
mod meaning;
mod prose;

use rustc_hash::FxHashMap;

pub use build::build;
pub use figure::{
    EntryId, Figure, FigureId, FigureKind, FigureValue, Origin, RowFact, RowId, Section,
    StatisticId,
};
pub use hierarchy::Member;

use index::{ByPlan, Sorted};

use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::{IndicatorRow, Plan, Statistic};
use crate::region::{RegionId, Regions};

/// A plan's number in [`Facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlanId(pub(crate) u32);

/// All that rules may ask of.
#[derive(Debug)]
pub struct Facts {
    /// The region hierarchy.
    pub regions: Regions,
    /// The indicator catalogue.
    pub catalogue: Catalogue,
    plans: Vec<Plan>,
    rows: Vec<RowFact>,
    statistics: Vec<Statistic>,
    figures: Vec<Figure>,
    plans_of: FxHashMap<RegionId, Vec<PlanId>>,
    figures_of: ByPlan,
    rows_of: ByPlan,
    sorted: Sorted,
    sorted_targets: Sorted,
    figures_by: FxHashMap<IndicatorId, Vec<FigureId>>,
}

impl Facts {
    /// The plan of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn plan(&self, id: PlanId) -> &Plan {
        &self.plans[id.0 as usize]
    }

    /// The figure of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn figure(&self, id: FigureId) -> &Figure {
        &self.figures[id.0 as usize]
    }

    /// The table row of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn row(&self, id: RowId) -> RowFact {
        self.rows[id.0 as usize]
    }

    /// The row as its plan has it.
    #[must_use]
    pub fn row_of(&self, id: RowId) -> Option<&IndicatorRow> {
        let fact = self.row(id);
        self.plan(fact.plan).rows.get(fact.position)
    }

    /// The official figure of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn statistic(&self, id: StatisticId) -> &Statistic {
        &self.statistics[id.0 as usize]
    }

    /// Every official figure, in the table's order.
    pub fn statistics(&self) -> impl Iterator<Item = StatisticId> + use<> {
        (0..u32::try_from(self.statistics.len()).unwrap_or(0)).map(StatisticId)
    }

    /// How many entries a section of a plan has.
    #[must_use]
    pub fn section_len(&self, plan: PlanId, section: Section) -> usize {
        let plan = self.plan(plan);
        match section {
            Section::Changes => plan.changes.len(),
            Section::Rosters => plan.rosters.len(),
            Section::Counts => plan.counts.len(),
            Section::Commitments => plan.commitments.len(),
            Section::Tasks => plan.tasks.len(),
        }
    }

    /// The entries of a section of a plan, in printed order.
    pub fn entries_of(
        &self,
        plan: PlanId,
        section: Section,
    ) -> impl Iterator<Item = EntryId> + use<> {
        (0..self.section_len(plan, section)).map(move |position| EntryId {
            section,
            plan,
            position,
        })
    }

    /// Every plan, in the order of loading.
    pub fn plans(&self) -> impl Iterator<Item = PlanId> + use<> {
        (0..u32::try_from(self.plans.len()).unwrap_or(0)).map(PlanId)
    }

    /// Every figure, plan by plan in printed order.
    pub fn figures(&self) -> impl Iterator<Item = FigureId> + use<> {
        (0..u32::try_from(self.figures.len()).unwrap_or(0)).map(FigureId)
    }

    /// Every table row, plan by plan in printed order.
    pub fn rows(&self) -> impl Iterator<Item = RowId> + use<> {
        (0..u32::try_from(self.rows.len()).unwrap_or(0)).map(RowId)
    }

    /// A plan's figures, in printed order.
    pub fn figures_of(&self, plan: PlanId) -> impl Iterator<Item = FigureId> + use<> {
        let range = self.figures_of.range(plan.0 as usize, self.figures.len());
        range.map(|at| FigureId(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// A plan's table rows, in printed order.
    pub fn rows_of(&self, plan: PlanId) -> impl Iterator<Item = RowId> + use<> {
        let range = self.rows_of.range(plan.0 as usize, self.rows.len());
        range.map(|at| RowId(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// The plans of a region, in the order of loading.
    #[must_use]
    pub fn plans_of(&self, region: RegionId) -> &[PlanId] {
        self.plans_of.get(&region).map_or(&[], Vec::as_slice)
    }

    /// A plan's own targets of an indicator, in printed order.
    #[must_use]
    pub fn targets_of(&self, plan: PlanId, indicator: IndicatorId) -> &[FigureId] {
        let of = |id| self.figure(id);
        self.sorted_targets.get(plan.0 as usize, indicator, of)
    }

    /// Every figure of an indicator, plan by plan in printed order.
    #[must_use]
    pub fn figures_by(&self, indicator: IndicatorId) -> &[FigureId] {
        self.figures_by.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// A plan's figures of an indicator, in printed order.
    #[must_use]
    pub fn figures_of_by(&self, plan: PlanId, indicator: IndicatorId) -> &[FigureId] {
        let of = |id| self.figure(id);
        self.sorted.get(plan.0 as usize, indicator, of)
    }

    /// How many figures there are.
    #[must_use]
    pub const fn figure_count(&self) -> usize {
        self.figures.len()
    }

    /// How many targets there are: what the summary calls targets.
    #[must_use]
    pub fn target_count(&self) -> usize {
        let targets = self.figures.iter();
        targets.filter(|figure| figure.is_target()).count()
    }
}
