//! From plans to facts: every cell becomes a figure with a bound; what a row leaves out becomes one that is not given.

use rustc_hash::FxHashMap;

use super::{Facts, Figure, FigureId, FigureKind, Origin, PlanId, RowFact, RowId};
use crate::bound::{Bound, Printed, Reason, ReasonKind};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::{
    Claim, ClaimKind, IndicatorRow, Nature, Observation, Plan, Statistic, YearValue,
};
use crate::notation::{Base, Context, Form, Reading, Role, figures, meaning, printed};
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
        targets_of: FxHashMap::default(),
        figures_of: Vec::new(),
        figures_by: FxHashMap::default(),
        rows_of: Vec::new(),
    };
    for plan in plans {
        facts.take(plan);
    }
    facts
}

/// A figure's row-independent parts.
struct Cell<'a> {
    plan: PlanId,
    row: Option<RowId>,
    origin: Origin,
    indicator: IndicatorId,
    own_region: RegionId,
    region: Option<RegionId>,
    basis: Option<&'a str>,
    nature: Option<Nature>,
    unit: UnitUse,
}

/// What a value means, each way it may be asked.
struct Meanings {
    bound: Result<Bound, Reason>,
    stated: Result<Bound, Reason>,
    form: Result<Printed, Reason>,
}

impl Meanings {
    const fn none(kind: ReasonKind) -> Self {
        Self {
            bound: Err(Reason::new(kind)),
            stated: Err(Reason::new(kind)),
            form: Err(Reason::new(kind)),
        }
    }
}

impl Facts {
    fn take(&mut self, plan: Plan) {
        let id = PlanId(u32::try_from(self.plans.len()).unwrap_or(u32::MAX));
        self.figures_of.push(Vec::new());
        self.rows_of.push(Vec::new());
        self.plans_of.entry(plan.region.value).or_default().push(id);
        for (position, row) in plan.rows.iter().enumerate() {
            self.table_row(id, &plan, position, row);
        }
        for claim in &plan.claims {
            self.claim(id, &plan, claim);
        }
        for observation in &plan.observations {
            self.observation(id, &plan, observation);
        }
        self.plans.push(plan);
    }

    fn table_row(&mut self, plan: PlanId, of: &Plan, position: usize, row: &IndicatorRow) {
        let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        let indicator = row.indicator.value;
        self.rows.push(RowFact {
            plan,
            position,
            indicator,
        });
        if let Some(rows) = self.rows_of.last_mut() {
            rows.push(id);
        }
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
            baselines.push(self.take_figure(&cell, FigureKind::Baseline, true, value, None));
        }
        if baselines.is_empty() {
            let value = not_given(of.period.value.from - 1, blank);
            baselines.push(self.take_figure(&cell, FigureKind::Baseline, true, &value, None));
        }
        for value in &row.targets {
            let baseline = self.latest_before(&baselines, value.year);
            self.take_figure(&cell, FigureKind::Target, true, value, baseline);
        }
        if row.targets.is_empty() {
            let value = not_given(of.period.value.to, blank);
            let baseline = baselines.last().copied();
            self.take_figure(&cell, FigureKind::Target, true, &value, baseline);
        }
    }

    /// What the prose says is one of the plan's targets or baselines where no row of that indicator, year and base
    /// says it; in any case it is a figure of its own.
    fn claim(&mut self, plan: PlanId, of: &Plan, claim: &Claim) {
        let kind = match claim.kind {
            ClaimKind::Target => FigureKind::Target,
            ClaimKind::Baseline => FigureKind::Baseline,
            ClaimKind::Actual => FigureKind::Actual,
        };
        let cell = Cell {
            plan,
            row: None,
            origin: Origin::Prose,
            indicator: claim.indicator.value,
            own_region: of.region.value,
            region: claim.region.as_ref().map(|region| region.value),
            basis: claim.basis.as_ref().map(|basis| basis.value.as_str()),
            nature: None,
            unit: claim.unit_use,
        };
        let stated = self.of_indicator(&cell);
        let listed = kind != FigureKind::Actual
            && !stated.iter().any(|id| {
                let figure = self.figure(*id);
                figure.kind == kind && figure.year == claim.value.year
            });
        let baseline = match kind {
            FigureKind::Target => self.baseline_of(&stated, claim.value.year),
            _ => None,
        };
        self.take_figure(&cell, kind, listed, &claim.value, baseline);
    }

    fn observation(&mut self, plan: PlanId, of: &Plan, observation: &Observation) {
        let cell = Cell {
            plan,
            row: None,
            origin: Origin::Monitoring,
            indicator: observation.indicator.value,
            own_region: of.region.value,
            region: observation.region.as_ref().map(|region| region.value),
            basis: observation.basis.as_ref().map(|basis| basis.value.as_str()),
            nature: None,
            unit: observation.unit_use,
        };
        let stated = self.of_indicator(&cell);
        let baseline = self.baseline_of(&stated, observation.value.year);
        self.take_figure(
            &cell,
            FigureKind::Actual,
            false,
            &observation.value,
            baseline,
        );
    }

    /// The plan's own listed figures of a cell's indicator and base so far.
    fn of_indicator(&self, cell: &Cell<'_>) -> Vec<FigureId> {
        let figures = self.figures_of(cell.plan).iter().copied();
        let same = figures.filter(|id| {
            let figure = self.figure(*id);
            figure.own
                && figure.listed
                && figure.indicator == cell.indicator
                && figure.basis.as_deref() == cell.basis
        });
        same.collect()
    }

    fn baseline_of(&self, stated: &[FigureId], year: i32) -> Option<FigureId> {
        let baselines = stated.iter().copied();
        let baselines: Vec<FigureId> = baselines
            .filter(|id| self.figure(*id).kind == FigureKind::Baseline)
            .collect();
        self.latest_before(&baselines, year)
    }

    fn latest_before(&self, baselines: &[FigureId], year: i32) -> Option<FigureId> {
        let mut before = baselines.iter().filter(|id| self.figure(**id).year < year);
        before.next_back().or(baselines.last()).copied()
    }

    fn take_figure(
        &mut self,
        cell: &Cell<'_>,
        kind: FigureKind,
        listed: bool,
        value: &YearValue,
        baseline: Option<FigureId>,
    ) -> FigureId {
        let Meanings {
            bound,
            stated,
            form,
        } = self.meanings(cell, kind, value, baseline);
        let id = FigureId(u32::try_from(self.figures.len()).unwrap_or(u32::MAX));
        let region = cell.region.unwrap_or(cell.own_region);
        let own = region == cell.own_region;
        self.figures.push(Figure {
            kind,
            origin: cell.origin,
            plan: cell.plan,
            row: cell.row,
            indicator: cell.indicator,
            year: value.year,
            region,
            own,
            listed,
            basis: cell.basis.map(str::to_owned),
            nature: cell.nature,
            printed: value.printed.value.clone(),
            span: value.printed.span,
            unit: cell.unit,
            reading: value.reading.clone(),
            bound,
            stated,
            form,
            baseline,
        });
        if let Some(figures) = self.figures_of.get_mut(cell.plan.0 as usize) {
            figures.push(id);
        }
        self.figures_by.entry(cell.indicator).or_default().push(id);
        if kind == FigureKind::Target && own && listed {
            let key = (cell.plan, cell.indicator);
            self.targets_of.entry(key).or_default().push(id);
        }
        id
    }

    fn meanings(
        &self,
        cell: &Cell<'_>,
        kind: FigureKind,
        value: &YearValue,
        baseline: Option<FigureId>,
    ) -> Meanings {
        let units = &self.catalogue.units;
        let indicator = self.catalogue.get(cell.indicator);
        let Some(reading) = &value.reading else {
            return Meanings::none(ReasonKind::Unreadable);
        };
        let base = baseline.map(|id| self.figure(id));
        let context = Context {
            units,
            unit: Some(cell.unit),
            role: match kind {
                FigureKind::Target => Role::Target,
                FigureKind::Baseline | FigureKind::Actual => Role::Actual,
            },
            better: indicator.better,
            year: value.year,
            baseline: base.map(|figure| Base {
                year: figure.year,
                bound: &figure.bound,
            }),
        };
        if units.dimension(cell.unit) != units.dimension(indicator.unit) && has_figures(reading) {
            return Meanings::none(ReasonKind::OtherDimension);
        }
        Meanings {
            bound: meaning(reading, &context),
            stated: figures(reading, &context),
            form: printed(reading, &context),
        }
    }
}

fn has_figures(reading: &Reading) -> bool {
    matches!(reading.form, Form::Value(_) | Form::Change(_) | Form::Full)
}

fn not_given(year: i32, span: Span) -> YearValue {
    YearValue {
        year,
        printed: Spanned::new(String::new(), span),
        reading: Some(Reading {
            form: Form::NotGiven,
            unit: None,
        }),
    }
}
