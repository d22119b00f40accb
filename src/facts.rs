//! The fact store: every figure of every plan with its bound, and the indexes that rules ask by.

mod above;
mod baselines;
mod below;
mod build;
mod building;
mod differ;
mod edge;
mod figure;
mod hierarchy;
mod index;
mod layout;
mod likeness;
mod meaning;
mod ordinal;
mod owners;
mod packed;
mod prose;
mod ranges;
mod replace;
mod row;
mod sets;
mod stored;
mod superiors;
mod together;
mod values;
mod weighed;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

pub use crate::model::FigureKind;
pub use above::{Above, Listing, Passed};
pub use building::{Building, Mark, Repeated, build};
pub use figure::{
    EntryId, Figure, FigureId, FigureSet, FigureValue, Origin, RowId, Section, StatisticId,
};
pub use hierarchy::Member;
pub use index::Listed;
pub use likeness::{Alike, Likeness, Recent};
pub use replace::Draft;
pub use sets::Moved;
pub(crate) use stored::Stored;
pub use superiors::Narrowed;
pub use together::{AnyOf, Together};
pub use weighed::{Exact, Field};

use below::AllBelow;
use figure::Rest;
use index::ByIndicator;
use layout::Layouts;
use likeness::Makes;
use owners::Owners;
use packed::{Packed, Placed};
use ranges::{Ranges, Starts};
use row::Narrow;
use serde::{Deserialize, Serialize};
use sets::Sets;
use superiors::Onlys;
use together::Togethers;
use weighed::{Plain, Weighed};

use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::{Period, Plan, Row, RowForm, Statistic};
use crate::region::{RegionId, Regions};
use crate::source::SourceId;

/// A plan's number in [`Facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlanId(pub(crate) u32);

/// What plans are compared by.
#[derive(Clone, Copy, Debug)]
struct Head {
    region: RegionId,
    /// The field's number among those that plans name.
    field: u32,
    period: Period,
    /// The file that the plan begins in.
    source: SourceId,
}

/// All that rules may ask of.
#[derive(Debug)]
pub struct Facts {
    /// The region hierarchy.
    pub regions: Arc<Regions>,
    /// The indicator catalogue.
    pub catalogue: Arc<Catalogue>,
    plans: Vec<Plan>,
    heads: Vec<Head>,
    rows: Vec<Narrow>,
    layouts: Layouts,
    /// The rows that take more.
    wide: FxHashMap<RowId, Row>,
    rows_of: Ranges,
    forms: Vec<Arc<RowForm>>,
    figures: Vec<Packed>,
    /// By figure.
    places: Vec<Placed>,
    owners: Owners,
    /// Where those begin that stand in no row or far from its start, and how long they are.
    apart: FxHashMap<FigureId, (u32, u32)>,
    /// Whether figures may be there that are of no set: of plans that were read again.
    has_gone: bool,
    /// The first figure and the first row of a new reading of a plan, while it stands beside the old one.
    drafted: Option<(FigureId, RowId)>,
    figures_of: Ranges,
    values: Vec<FigureValue>,
    /// By value.
    weighed: Vec<Weighed>,
    /// By value.
    plain: Vec<Plain>,
    rests: FxHashMap<FigureId, Rest>,
    row_ordinals: FxHashMap<RowId, u32>,
    statistics: Vec<Statistic>,
    /// By region.
    plans_of: Vec<Vec<PlanId>>,
    superiors: Vec<PlanId>,
    superiors_of: Starts,
    indexed: ByIndicator,
    made: Made,
}

/// What is made of the rest when a rule first asks for it.
#[derive(Debug, Default)]
struct Made {
    /// By indicator, every figure, of those that were asked for.
    figures_by: OnceLock<Vec<OnceLock<Vec<FigureId>>>>,
    sets: Sets,
    makes: OnceLock<Makes>,
    below: OnceLock<AllBelow>,
    onlys: OnceLock<Onlys>,
    /// By how they are combined.
    together: [OnceLock<Togethers>; 3],
}

impl Facts {
    /// The plan of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn plan(&self, id: PlanId) -> &Plan {
        &self.plans[id.0 as usize]
    }

    /// The region of a plan.
    #[must_use]
    #[inline]
    pub fn region_of(&self, id: PlanId) -> RegionId {
        self.head(id).region
    }

    /// The file that a plan begins in.
    #[must_use]
    pub fn source_of(&self, id: PlanId) -> SourceId {
        self.head(id).source
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    fn head(&self, id: PlanId) -> &Head {
        &self.heads[id.0 as usize]
    }

    /// The figure of a number. Numbers come from this value only.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn figure(&self, id: FigureId) -> Figure<'_> {
        let packed = self.figures[id.0 as usize];
        let both = (packed, self.places[id.0 as usize]);
        Figure::new(id, both, &self.values[packed.value().0 as usize], self)
    }

    fn rest(&self, id: FigureId, packed: Packed) -> Option<&Rest> {
        if packed.marks.has_rest() {
            self.rests.get(&id)
        } else {
            None
        }
    }

    /// The official figure of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn statistic(&self, id: StatisticId) -> &Statistic {
        &self.statistics[id.0 as usize]
    }

    /// Every official figure, in the table's order.
    pub fn statistics(&self) -> impl ExactSizeIterator<Item = StatisticId> + use<> {
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
        let count = u32::try_from(self.section_len(plan, section)).unwrap_or(u32::MAX);
        (0..count).map(move |position| EntryId {
            section,
            plan,
            position,
        })
    }

    /// Every plan, in the order of loading.
    pub fn plans(&self) -> impl ExactSizeIterator<Item = PlanId> + use<> {
        (0..u32::try_from(self.plans.len()).unwrap_or(0)).map(PlanId)
    }

    /// Every place of a figure, plan by plan in printed order; one whose plan was read again is in no set.
    pub fn figures(&self) -> impl Iterator<Item = FigureId> + Clone + use<> {
        (0..u32::try_from(self.figures.len()).unwrap_or(0)).map(FigureId)
    }

    /// A plan's figures, in printed order.
    pub fn figures_of(&self, plan: PlanId) -> impl Iterator<Item = FigureId> + use<> {
        self.range_of(plan).map(FigureId)
    }

    /// The numbers of a plan's figures.
    #[must_use]
    #[inline]
    pub fn range_of(&self, plan: PlanId) -> Range<u32> {
        let range = self.figures_of.range(plan.0 as usize, self.figures.len());
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        number(range.start)..number(range.end)
    }

    /// The plans of a region, in the order of loading.
    #[must_use]
    pub fn plans_of(&self, region: RegionId) -> &[PlanId] {
        let plans = self.plans_of.get(Regions::index(region));
        plans.map_or(&[], Vec::as_slice)
    }

    /// Whether a figure is one of a set.
    #[must_use]
    #[inline]
    pub fn holds(&self, set: FigureSet, id: FigureId) -> bool {
        let figure = self.figures.get(id.0 as usize);
        figure.is_some_and(|figure| set.holds(*figure))
    }

    /// At most how many different values there are, or ways to fill a row.
    #[must_use]
    pub fn said_count(&self) -> usize {
        self.values.len().max(self.forms.len())
    }

    /// A plan's own targets of an indicator, in printed order.
    pub fn targets_of(
        &self,
        plan: PlanId,
        indicator: IndicatorId,
    ) -> impl Iterator<Item = FigureId> + Clone {
        let figures = self.figures_of_by(plan, indicator);
        figures.filter(|id| self.holds(FigureSet::Targets, *id))
    }

    /// Every figure of an indicator, plan by plan in printed order.
    #[must_use]
    pub fn figures_by(&self, indicator: IndicatorId) -> &[FigureId] {
        let all = self.made.figures_by.get_or_init(|| {
            let none = |_| OnceLock::new();
            self.catalogue.all().map(none).collect()
        });
        let of = |plan| self.figures_of_by(plan, indicator);
        let own = all.get(indicator.index());
        own.map_or(&[], |own| {
            own.get_or_init(|| self.plans().flat_map(of).collect())
        })
    }

    /// A plan's figures of an indicator, in printed order.
    #[must_use]
    #[inline]
    pub fn figures_of_by(&self, plan: PlanId, indicator: IndicatorId) -> Listed<'_> {
        self.indexed.get(plan.0 as usize, indicator)
    }

    /// How many figures there are.
    #[must_use]
    pub const fn figure_count(&self) -> usize {
        self.figures.len()
    }

    /// How many targets there are: what the summary calls targets.
    #[must_use]
    pub fn target_count(&self) -> usize {
        let figures = self.figures.iter();
        figures
            .filter(|figure| FigureSet::Targets.holds(**figure))
            .count()
    }
}
