//! Who answers to whom, kept at hand: superiors' targets found once for all that answer to the same ones, and the plans
//! of the regions directly below.

use super::index::Starts;
use super::{Facts, FigureId, PlanId};

/// By superior plan and indicator, its target of the usual base, where it has one only.
#[derive(Debug, Default)]
pub(super) struct Onlys {
    /// Each plan's row, [`NONE`] for one that nobody answers to.
    rows: Vec<u32>,
    /// Row by row, indicator by indicator: a figure, or one of the two below.
    targets: Vec<u32>,
}

/// No target at all.
const NONE: u32 = u32::MAX;

/// Several, of which the year decides, or which is the strictest.
const SEVERAL: u32 = u32::MAX - 1;

/// A plan of a region directly below, or that there is none.
#[derive(Clone, Copy, Debug)]
struct Below {
    plan: Option<PlanId>,
    /// Whether it is the region's last.
    last: bool,
}

/// By plan, the comparable plans of the regions directly below, in the table's order.
#[derive(Debug, Default)]
pub(super) struct AllBelow {
    starts: Starts,
    plans: Vec<Below>,
}

impl Facts {
    /// Puts what [`superiors`](Self::superiors) gives into a list.
    #[inline]
    pub fn list_superiors(&self, target: FigureId, list: &mut Vec<FigureId>) {
        list.clear();
        if self.packed(target).marks.has_rest() {
            list.extend(self.superiors(target));
            return;
        }
        let figure = self.figure(target);
        if !figure.own {
            return;
        }
        let onlys = self.made.onlys.get_or_init(|| self.all_onlys());
        let indicators = self.catalogue.len();
        for plan in self.superior_plans(figure.plan) {
            let row = onlys
                .rows
                .get(plan.0 as usize)
                .map_or(0, |row| *row as usize);
            let only = onlys
                .targets
                .get(row * indicators + figure.indicator.index());
            list.extend(match only.copied().unwrap_or(SEVERAL) {
                NONE => None,
                SEVERAL => self.strictest(&figure, None, *plan),
                only => Some(FigureId(only)).filter(|only| self.year_of(*only) <= figure.year),
            });
        }
    }

    fn all_onlys(&self) -> Onlys {
        let mut onlys = Onlys {
            rows: vec![NONE; self.plans.len()],
            targets: Vec::new(),
        };
        for plan in &self.superiors {
            let Some(row) = onlys.rows.get_mut(plan.0 as usize) else {
                continue;
            };
            if *row == NONE {
                let count = onlys.targets.len() / self.catalogue.len().max(1);
                *row = u32::try_from(count).unwrap_or(NONE);
                onlys.targets.extend(self.onlys_of(*plan));
            }
        }
        onlys
    }

    /// By indicator, a plan's only target.
    fn onlys_of(&self, plan: PlanId) -> Vec<u32> {
        let mut onlys = vec![NONE; self.catalogue.len()];
        let targets = self
            .figures_of(plan)
            .filter(|id| self.is_target(*id, None, |_| true));
        for id in targets {
            if let Some(only) = onlys.get_mut(self.indicator_of(id).index()) {
                *only = if *only == NONE { id.0 } else { SEVERAL };
            }
        }
        onlys
    }

    /// Finds the targets anew of a plan that was read again.
    pub(super) fn find_onlys(&mut self, plan: PlanId) {
        let onlys = self.onlys_of(plan);
        let Some(Onlys { rows, targets }) = self.made.onlys.get_mut() else {
            return;
        };
        let row = rows.get(plan.0 as usize).filter(|row| **row != NONE);
        let first = row.map(|row| *row as usize * onlys.len());
        let places = first.and_then(|first| targets.get_mut(first..first + onlys.len()));
        if let Some(places) = places {
            places.copy_from_slice(&onlys);
        }
    }

    /// [`children`](Self::children) without reasons, until the taker has enough; gives whether it never had.
    pub fn children_say(
        &self,
        target: FigureId,
        take: &mut dyn FnMut(Option<FigureId>) -> bool,
    ) -> bool {
        let figure = self.figure(target);
        let basis = figure.basis();
        let below = self.made.below.get_or_init(|| self.all_below());
        let mut silent = true;
        let plans = below.starts.slice(figure.plan.0 as usize, &below.plans);
        plans.iter().all(|below| {
            let figures = below
                .plan
                .map_or(&[][..], |plan| self.figures_of_by(plan, figure.indicator));
            for id in figures {
                if self.is_target(*id, basis, |year| year == figure.year) {
                    silent = false;
                    if !take(Some(*id)) {
                        return false;
                    }
                }
            }
            let nobody = below.last && silent;
            silent |= below.last;
            !nobody || take(None)
        })
    }

    fn all_below(&self) -> AllBelow {
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
