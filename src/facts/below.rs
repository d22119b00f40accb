//! Who answers to a plan, kept at hand: the plans of the regions directly below.

use std::array;

use super::ranges::Starts;
use super::{Facts, FigureId, PlanId};

/// A plan of a region directly below, or that there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    pub plan: Option<PlanId>,
    /// Whether it is the region's last.
    pub last: bool,
}

/// How many plans are looked up at once.
const AHEAD: usize = 8;

/// By plan, the comparable plans of the regions directly below, in the table's order.
#[derive(Debug, Default)]
pub(super) struct AllBelow {
    starts: Starts,
    plans: Vec<Below>,
}

impl Facts {
    /// [`children`](Self::children) without reasons, until the taker has enough; gives whether it never had.
    pub fn children_say(
        &self,
        target: FigureId,
        take: &mut dyn FnMut(Option<FigureId>) -> bool,
    ) -> bool {
        let packed = self.packed(target);
        let (indicator, year) = (self.indicator(packed), packed.year());
        let rest = self.rest(target, packed);
        let basis = rest.and_then(|rest| rest.basis.as_deref());
        let plans = self.directly_below(self.plan_of_figure(target));
        let mut silent = true;
        // Plans stand far from each other in memory: several are looked up before the first is asked.
        plans.chunks(AHEAD).all(|plans| {
            let listed: [_; AHEAD] = array::from_fn(|at| {
                let plan = plans.get(at).and_then(|below| below.plan);
                plan.map(|plan| self.figures_of_by(plan, indicator))
            });
            plans.iter().zip(listed).all(|(below, figures)| {
                for id in figures.into_iter().flatten() {
                    if self.is_target(id, basis, |own| own == year) {
                        silent = false;
                        if !take(Some(id)) {
                            return false;
                        }
                    }
                }
                let nobody = below.last && silent;
                silent |= below.last;
                !nobody || take(None)
            })
        })
    }

    /// Whether no region is directly below that of a plan.
    #[must_use]
    pub fn has_nobody_below(&self, plan: PlanId) -> bool {
        self.directly_below(plan).is_empty()
    }

    pub(super) fn directly_below(&self, plan: PlanId) -> &[Below] {
        let below = self.all_below();
        below.starts.slice(plan.0 as usize, &below.plans)
    }

    pub(super) fn all_below(&self) -> &AllBelow {
        self.made.below.get_or_init(|| self.find_below())
    }

    fn find_below(&self) -> AllBelow {
        let mut all = AllBelow::default();
        for plan in self.plans() {
            all.starts.begin(all.plans.len());
            for region in self.regions.children(self.region_of(plan)) {
                let first = all.plans.len();
                let plans = self.comparable(plan, *region).map(Some);
                let below = |plan| Below { plan, last: false };
                all.plans.extend(plans.map(below));
                if all.plans.len() == first {
                    all.plans.push(below(None));
                }
                if let Some(last) = all.plans.last_mut() {
                    last.last = true;
                }
            }
        }
        all
    }
}
