//! What plans say of indicators outside their tables, as figures.

use super::build::{Cell, Taking};
use super::{FigureId, FigureKind, Origin, PlanId};
use crate::catalogue::IndicatorId;
use crate::model::{Change, Claim, ClaimKind, Observation, Plan, YearValue};
use crate::quantity::UnitUse;
use crate::region::RegionId;
use crate::source::Spanned;

impl<'a> Cell<'a> {
    /// What the prose says of an indicator; whose figure it is, and on which base.
    fn prose(
        plan: PlanId,
        of: &Plan,
        indicator: IndicatorId,
        unit: UnitUse,
        (region, basis): (Option<&Spanned<RegionId>>, Option<&'a Spanned<String>>),
    ) -> Self {
        Self {
            plan,
            row: None,
            origin: Origin::Prose,
            indicator,
            own_region: of.region.value,
            region: region.map(|region| region.value),
            basis: basis.map(|basis| basis.value.as_str()),
            nature: None,
            unit,
            source: of.id.span.source,
        }
    }
}

impl Taking<'_> {
    /// What the prose says is one of the plan's targets or baselines where no row of that indicator, year and base
    /// says it; in any case it is a figure of its own.
    pub fn claim(&mut self, plan: PlanId, of: &Plan, claim: &Claim) {
        let kind = match claim.kind {
            ClaimKind::Target => FigureKind::Target,
            ClaimKind::Baseline => FigureKind::Baseline,
            ClaimKind::Actual => FigureKind::Actual,
        };
        let cell = Cell::prose(
            plan,
            of,
            claim.indicator.value,
            claim.unit_use,
            (claim.region.as_ref(), claim.basis.as_ref()),
        );
        self.said(&cell, kind, &claim.value);
    }

    /// Both ends of a rise or fall of an indicator are said of it, too: past ones as they were, later ones as targets.
    pub fn change(&mut self, plan: PlanId, of: &Plan, change: &Change) {
        let (Some(indicator), Some(unit)) = (&change.indicator, change.unit_use) else {
            return;
        };
        let from = (change.region.as_ref(), change.basis.as_ref());
        let cell = Cell::prose(plan, of, indicator.value, unit, from);
        for value in change.from.iter().chain(&change.to) {
            let kind = if value.year < of.period.value.from {
                FigureKind::Actual
            } else {
                FigureKind::Target
            };
            self.said(&cell, kind, value);
        }
    }

    fn said(&mut self, cell: &Cell<'_>, kind: FigureKind, value: &YearValue) {
        let stated = self.of_indicator(cell);
        // A row that prints no target at all leaves the word to the prose.
        let says = |id: &FigureId| {
            let figure = self.facts.figure(*id);
            figure.origin == Origin::Table
                && figure.kind == kind
                && figure.year == value.year
                && !figure.value.printed.is_empty()
        };
        let listed = kind != FigureKind::Actual && !stated.iter().any(says);
        let baselines = match kind {
            FigureKind::Target => self.baselines_of(&stated),
            _ => Vec::new(),
        };
        self.take_figure(cell, kind, listed, value, baselines);
    }

    pub fn observation(&mut self, plan: PlanId, of: &Plan, observation: &Observation) {
        let from = (observation.region.as_ref(), observation.basis.as_ref());
        let cell = Cell {
            origin: Origin::Monitoring,
            ..Cell::prose(
                plan,
                of,
                observation.indicator.value,
                observation.unit_use,
                from,
            )
        };
        let stated = self.of_indicator(&cell);
        let baselines = self.baselines_of(&stated);
        self.take_figure(
            &cell,
            FigureKind::Actual,
            false,
            &observation.value,
            baselines,
        );
    }

    /// The plan's own listed figures of a cell's indicator and base so far.
    fn of_indicator(&self, cell: &Cell<'_>) -> Vec<FigureId> {
        let figures = self.facts.figures_of(cell.plan);
        let same = figures.filter(|id| {
            let figure = self.facts.figure(*id);
            figure.own
                && figure.listed
                && figure.indicator == cell.indicator
                && figure.basis() == cell.basis
        });
        same.collect()
    }

    fn baselines_of(&self, stated: &[FigureId]) -> Vec<FigureId> {
        let is_baseline = |id: &FigureId| self.facts.figure(*id).kind == FigureKind::Baseline;
        stated.iter().copied().filter(is_baseline).collect()
    }
}
