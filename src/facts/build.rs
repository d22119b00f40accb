//! From plans to facts: every cell becomes a figure with a bound; what a row leaves out becomes one that is not given.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::index::{ByPlan, Sorted};
use super::meaning::{Saying, is_relative};
use super::{Facts, Figure, FigureId, FigureKind, FigureValue, Origin, PlanId, RowFact, RowId};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::{IndicatorRow, Nature, Plan, Statistic, YearValue};
use crate::notation::{Form, Reading, meaning};
use crate::quantity::UnitUse;
use crate::region::{RegionId, Regions};
use crate::source::{Span, Spanned};

/// Builds the fact store.
#[must_use]
pub fn build(
    regions: Regions,
    catalogue: Catalogue,
    plans: Vec<Plan>,
    statistics: Vec<Statistic>,
) -> Facts {
    let mut facts = Facts {
        regions,
        catalogue,
        plans: Vec::new(),
        rows: Vec::new(),
        statistics,
        figures: Vec::new(),
        plans_of: FxHashMap::default(),
        figures_of: ByPlan::default(),
        rows_of: ByPlan::default(),
        sorted: Sorted::default(),
        sorted_targets: Sorted::default(),
        figures_by: FxHashMap::default(),
    };
    // Millions of figures are not moved about while they come in.
    facts.figures.reserve_exact(plans.iter().map(count).sum());
    facts.plans.reserve_exact(plans.len());
    let mut values = Values::default();
    for plan in plans {
        Taking {
            facts: &mut facts,
            values: &mut values,
            figures: FxHashMap::default(),
            rows: FxHashMap::default(),
        }
        .take(plan);
    }
    facts
}

/// How many figures a plan makes.
fn count(plan: &Plan) -> usize {
    let rows = plan.rows.iter();
    let rows: usize = rows
        .map(|row| row.baselines.len().max(1) + row.targets.len().max(1))
        .sum();
    rows + plan.claims.len() + 2 * plan.changes.len() + plan.observations.len()
}

/// A figure's row-independent parts.
pub(super) struct Cell<'a> {
    pub plan: PlanId,
    pub row: Option<RowId>,
    pub origin: Origin,
    pub indicator: IndicatorId,
    pub own_region: RegionId,
    pub region: Option<RegionId>,
    pub basis: Option<&'a str>,
    pub nature: Option<Nature>,
    pub unit: UnitUse,
}

type FigureKey = (
    FigureKind,
    Origin,
    IndicatorId,
    i32,
    RegionId,
    Option<String>,
);

/// The taking in of one plan.
pub(super) struct Taking<'f> {
    pub facts: &'f mut Facts,
    /// How many figures and rows of one name there were.
    figures: FxHashMap<FigureKey, u32>,
    rows: FxHashMap<(IndicatorId, Option<String>), u32>,
    values: &'f mut Values,
}

/// Values that figures share: by what their rows say, then by what is printed.
type Values = FxHashMap<ValueKey, FxHashMap<String, Arc<FigureValue>>>;

/// What a value is read with, and whether it could be.
type ValueKey = (IndicatorId, UnitUse, FigureKind, bool);

impl Taking<'_> {
    fn take(&mut self, plan: Plan) {
        let id = PlanId(u32::try_from(self.facts.plans.len()).unwrap_or(u32::MAX));
        self.facts.figures_of.begin(self.facts.figures.len());
        self.facts.rows_of.begin(self.facts.rows.len());
        self.facts
            .plans_of
            .entry(plan.region.value)
            .or_default()
            .push(id);
        for (position, row) in plan.rows.iter().enumerate() {
            self.table_row(id, &plan, position, row);
        }
        for claim in &plan.claims {
            self.claim(id, &plan, claim);
        }
        for change in &plan.changes {
            self.change(id, &plan, change);
        }
        for observation in &plan.observations {
            self.observation(id, &plan, observation);
        }
        self.facts.plans.push(plan);
        let named = |id| (self.facts.figure(id).indicator, id);
        let own: Vec<(IndicatorId, FigureId)> = self.facts.figures_of(id).map(named).collect();
        let target = |(_, id): &&(IndicatorId, FigureId)| self.facts.figure(*id).is_target();
        let targets = own.iter().filter(target).copied().collect();
        self.facts.sorted.take(own);
        self.facts.sorted_targets.take(targets);
    }

    fn table_row(&mut self, plan: PlanId, of: &Plan, position: usize, row: &IndicatorRow) {
        let id = RowId(u32::try_from(self.facts.rows.len()).unwrap_or(u32::MAX));
        let indicator = row.indicator.value;
        let basis = row.basis.as_ref().map(|basis| basis.value.clone());
        let ordinal = next(self.rows.entry((indicator, basis)).or_default());
        self.facts.rows.push(RowFact {
            plan,
            position,
            indicator,
            ordinal,
        });
        let cell = Cell {
            plan,
            row: Some(id),
            origin: Origin::Table,
            indicator,
            own_region: of.region.value,
            region: row.region.as_ref().map(|region| region.value),
            basis: row.basis.as_ref().map(|basis| basis.value.as_str()),
            nature: row.nature.as_ref().map(|nature| nature.value),
            unit: row.unit_use,
        };
        let blank = row.indicator.span;
        let mut baselines = Vec::new();
        for value in &row.baselines {
            baselines.push(self.take_figure(&cell, FigureKind::Baseline, true, value, &[]));
        }
        if baselines.is_empty() {
            let value = not_given(of.period.value.from - 1, blank, row.spoiled);
            baselines.push(self.take_figure(&cell, FigureKind::Baseline, true, &value, &[]));
        }
        for value in &row.targets {
            self.take_figure(&cell, FigureKind::Target, true, value, &baselines);
        }
        if row.targets.is_empty() {
            let value = not_given(of.period.value.to, blank, row.spoiled);
            self.take_figure(&cell, FigureKind::Target, true, &value, &baselines);
        }
    }

    fn latest_before(&self, baselines: &[FigureId], year: i32) -> Option<FigureId> {
        let mut before = baselines
            .iter()
            .filter(|id| self.facts.figure(**id).year < year);
        before.next_back().or(baselines.last()).copied()
    }

    pub fn take_figure(
        &mut self,
        cell: &Cell<'_>,
        kind: FigureKind,
        listed: bool,
        value: &YearValue,
        baselines: &[FigureId],
    ) -> FigureId {
        let said = self.value(cell, kind, value, baselines);
        let id = FigureId(u32::try_from(self.facts.figures.len()).unwrap_or(u32::MAX));
        let region = cell.region.unwrap_or(cell.own_region);
        let own = region == cell.own_region;
        let key = (
            kind,
            cell.origin,
            cell.indicator,
            value.year,
            region,
            cell.basis.map(str::to_owned),
        );
        let ordinal = next(self.figures.entry(key).or_default());
        self.facts.figures.push(Figure {
            kind,
            origin: cell.origin,
            plan: cell.plan,
            row: cell.row,
            indicator: cell.indicator,
            year: value.year,
            region,
            own,
            listed,
            ordinal,
            basis: cell.basis.map(str::to_owned),
            nature: cell.nature,
            value: said,
            span: value.printed.span,
            baseline: self.latest_before(baselines, value.year),
            baselines: baselines.to_vec(),
        });
        self.facts
            .figures_by
            .entry(cell.indicator)
            .or_default()
            .push(id);
        id
    }

    /// A figure's value; one that depends on nothing but its row is worked out once.
    fn value(
        &mut self,
        cell: &Cell<'_>,
        kind: FigureKind,
        value: &YearValue,
        baselines: &[FigureId],
    ) -> Arc<FigureValue> {
        let (printed, reading) = (&value.printed.value, value.reading.as_ref());
        let key = (cell.indicator, cell.unit, kind, reading.is_some());
        let shares = reading.is_none_or(|reading| !is_relative(reading));
        if shares && let Some(known) = self.values.get(&key).and_then(|known| known.get(printed)) {
            return Arc::clone(known);
        }
        let bound = self.facts.meant(
            &Saying {
                reading: reading.map(Arc::as_ref),
                indicator: cell.indicator,
                unit: cell.unit,
                kind,
                year: value.year,
                baselines,
            },
            meaning,
        );
        let said = Arc::new(FigureValue {
            printed: printed.clone(),
            unit: cell.unit,
            reading: reading.cloned(),
            bound,
        });
        if shares {
            let known = self.values.entry(key).or_default();
            known.insert(printed.clone(), Arc::clone(&said));
        }
        said
    }
}

/// What a row does not give; of a row that could not be read whole, that is not known.
fn not_given(year: i32, span: Span, spoiled: bool) -> YearValue {
    let reading = Reading {
        form: Form::NotGiven,
        unit: None,
    };
    YearValue {
        year,
        printed: Spanned::new(String::new(), span),
        reading: (!spoiled).then(|| reading.into()),
    }
}

/// A count before it goes up by one.
const fn next(count: &mut u32) -> u32 {
    let before = *count;
    *count += 1;
    before
}
