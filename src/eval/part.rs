//! Figures that a plan lists, by the index where only those of one indicator are wanted.

use crate::catalogue::IndicatorId;
use crate::facts::{Facts, FigureId, FigureSet, Listed, PlanId};

/// Figures of a plan.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub plan: PlanId,
    pub set: FigureSet,
    pub by: Option<IndicatorId>,
}

impl Part {
    /// All figures of its indicator, where only those are wanted.
    pub fn listed(self, facts: &Facts) -> Option<Listed<'_>> {
        Some(facts.figures_of_by(self.plan, self.by?))
    }

    /// The figures, in printed order.
    pub fn each(self, facts: &Facts, take: &mut dyn FnMut(FigureId) -> bool) -> bool {
        let mut wanted = |id: FigureId| !facts.holds(self.set, id) || take(id);
        match self.by {
            Some(indicator) => {
                let mut figures = facts.figures_of_by(self.plan, indicator);
                figures.all(&mut wanted)
            }
            None => facts.figures_of(self.plan).all(&mut wanted),
        }
    }
}
