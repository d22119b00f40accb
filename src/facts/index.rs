//! Where a plan's figures and rows are: plans are taken in one after another, so that each one's stand together.

use std::ops::Range;

use super::{Figure, FigureId};
use crate::catalogue::IndicatorId;

/// A list whose entries stand plan by plan.
#[derive(Debug, Default)]
pub(super) struct ByPlan {
    /// Where each plan's entries begin.
    starts: Vec<u32>,
}

impl ByPlan {
    /// Begins a plan's entries, so many being there.
    pub fn begin(&mut self, length: usize) {
        self.starts.push(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// The entries of a plan, of so many in all.
    pub fn range(&self, plan: usize, length: usize) -> Range<usize> {
        let start = |at: usize| self.starts.get(at).map_or(length, |start| *start as usize);
        start(plan)..start(plan + 1)
    }
}

/// Figures by plan, and within a plan by indicator.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    plans: ByPlan,
    figures: Vec<FigureId>,
}

impl Sorted {
    /// Takes the figures of the next plan in, each with its indicator.
    pub fn take(&mut self, mut figures: Vec<(IndicatorId, FigureId)>) {
        self.plans.begin(self.figures.len());
        figures.sort_unstable();
        self.figures.extend(figures.iter().map(|(_, id)| *id));
    }

    /// A plan's figures of an indicator, in printed order.
    pub fn get<'f>(
        &self,
        plan: usize,
        indicator: IndicatorId,
        figure: impl Fn(FigureId) -> &'f Figure,
    ) -> &[FigureId] {
        let range = self.plans.range(plan, self.figures.len());
        let own = self.figures.get(range).unwrap_or(&[]);
        let from = own.partition_point(|id| figure(*id).indicator < indicator);
        let rest = own.get(from..).unwrap_or(&[]);
        let length = rest.partition_point(|id| figure(*id).indicator == indicator);
        rest.get(..length).unwrap_or(&[])
    }
}
