//! Who answers to whom, kept at hand: superiors' targets found once for all that answer to the same ones, and the plans
//! of the regions directly below.

use super::ranges::Starts;
use super::weighed::Edge;
use super::{Facts, FigureId, PlanId};

/// By superior plan and indicator, its target of the usual base, where it has one only.
#[derive(Debug, Default)]
pub(super) struct Onlys {
    /// Each plan's row, [`NONE`] for one that nobody answers to.
    rows: Vec<u32>,
    /// By plan, one after another as in [`Facts::superiors`], the rows of those that it answers to.
    of_superiors: Vec<u32>,
    /// Row by row, indicator by indicator.
    targets: Vec<Only>,
}

/// The only target of a plan and an indicator, with all that is asked of it millions of times.
#[derive(Clone, Copy, Debug)]
struct Only {
    edge: Edge,
    /// A figure, or one of the two below.
    figure: u32,
    year: i32,
}

/// No target at all.
const NONE: u32 = u32::MAX;

/// Several, of which the year decides, or which is the strictest.
const SEVERAL: u32 = u32::MAX - 1;

impl Only {
    /// What is not one target.
    const fn not_one(figure: u32) -> Self {
        Self {
            edge: Edge::NONE,
            figure,
            year: i32::MIN,
        }
    }
}

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
        self.list_some_superiors(target, list, |_| true);
    }

    /// Puts those of its [`superiors`](Self::superiors) into a list that a target is not surely no weaker than, and gives
    /// how many the others are.
    #[inline]
    pub fn list_weaker(&self, target: FigureId, list: &mut Vec<FigureId>) -> usize {
        let edge = *self.edge(self.packed(target));
        let mut others = 0;
        self.list_some_superiors(target, list, |only| {
            let holds = edge.is_no_weaker(&only.edge) == Some(true);
            others += usize::from(holds);
            !holds
        });
        others
    }

    /// Puts superiors into a list, of those that are their plan's only target the ones that are wanted.
    #[inline]
    fn list_some_superiors(
        &self,
        target: FigureId,
        list: &mut Vec<FigureId>,
        mut wants: impl FnMut(&Only) -> bool,
    ) {
        list.clear();
        let packed = self.packed(target);
        if packed.marks.has_rest() {
            list.extend(self.superiors(target));
            return;
        }
        if !packed.marks.own() {
            return;
        }
        let plan = self.plan_of_figure(target);
        let onlys = self.made.onlys.get_or_init(|| self.all_onlys());
        let (indicators, indicator) = (self.catalogue.len(), self.indicator(packed).index());
        let range = self
            .superiors_of
            .range(plan.0 as usize, self.superiors.len());
        let rows = onlys.of_superiors.get(range.clone()).unwrap_or(&[]);
        for (at, row) in range.zip(rows) {
            let only = onlys.targets.get(*row as usize * indicators + indicator);
            match only.map_or(SEVERAL, |only| only.figure) {
                NONE => (),
                SEVERAL => {
                    let plan = self.superiors.get(at);
                    let figure = self.figure(target);
                    list.extend(plan.and_then(|plan| self.strictest(&figure, None, *plan)));
                }
                figure => {
                    if only.is_some_and(|only| only.year <= packed.year() && wants(only)) {
                        list.push(FigureId(figure));
                    }
                }
            }
        }
    }

    fn all_onlys(&self) -> Onlys {
        let mut onlys = Onlys {
            rows: vec![NONE; self.plans.len()],
            of_superiors: Vec::with_capacity(self.superiors.len()),
            targets: Vec::new(),
        };
        for plan in &self.superiors {
            let known = onlys.rows.get(plan.0 as usize).copied();
            let row = known.filter(|row| *row != NONE).unwrap_or_else(|| {
                let count = onlys.targets.len() / self.catalogue.len().max(1);
                onlys.targets.extend(self.onlys_of(*plan));
                u32::try_from(count).unwrap_or(NONE)
            });
            if let Some(place) = onlys.rows.get_mut(plan.0 as usize) {
                *place = row;
            }
            onlys.of_superiors.push(row);
        }
        onlys
    }

    /// By indicator, a plan's only target.
    fn onlys_of(&self, plan: PlanId) -> Vec<Only> {
        let mut onlys = vec![Only::not_one(NONE); self.catalogue.len()];
        let targets = self
            .figures_of(plan)
            .filter(|id| self.is_target(*id, None, |_| true));
        for id in targets {
            let packed = self.packed(id);
            if let Some(only) = onlys.get_mut(self.indicator(packed).index()) {
                *only = if only.figure == NONE {
                    Only {
                        edge: *self.edge(packed),
                        figure: id.0,
                        year: packed.year(),
                    }
                } else {
                    Only::not_one(SEVERAL)
                };
            }
        }
        onlys
    }

    /// Finds the targets anew of a plan that was read again.
    pub(super) fn find_onlys(&mut self, plan: PlanId) {
        let onlys = self.onlys_of(plan);
        let Some(Onlys { rows, targets, .. }) = self.made.onlys.get_mut() else {
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
                .map(|plan| self.figures_of_by(plan, figure.indicator));
            for id in figures.into_iter().flatten() {
                if self.is_target(id, basis, |year| year == figure.year) {
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
