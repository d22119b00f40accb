//! Who answers to whom, kept at hand: superiors' targets found once for all that answer to the same ones, and the plans
//! of the regions directly below.

use std::array;

use super::ranges::Starts;
use super::weighed::Edge;
use super::{Facts, FigureId, PlanId};
use crate::catalogue::IndicatorId;

/// By superior plan and indicator, its target of the usual base, where it has one only.
#[derive(Debug, Default)]
pub(super) struct Onlys {
    /// Each plan's row, [`NONE`] for one that nobody answers to.
    rows: Vec<u32>,
    /// By plan, one after another as in [`Facts::superiors`], the rows of those that it answers to.
    of_superiors: Vec<u32>,
    /// By indicator, its place in a row; [`NONE`] for one that no superior has a target of.
    columns: Vec<u32>,
    /// The places of a row.
    width: usize,
    /// Row by row.
    targets: Vec<Only>,
}

/// Whom a plan's targets answer to.
#[derive(Clone, Copy)]
pub struct Above<'f> {
    facts: &'f Facts,
    onlys: &'f Onlys,
    plans: &'f [PlanId],
    rows: &'f [u32],
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

/// How many plans are looked up at once.
const AHEAD: usize = 8;

/// By plan, the comparable plans of the regions directly below, in the table's order.
#[derive(Debug, Default)]
pub(super) struct AllBelow {
    starts: Starts,
    plans: Vec<Below>,
}

impl Above<'_> {
    /// Adds what [`superiors`](Facts::superiors) gives for a target of the plan to a list.
    #[inline]
    pub fn list(&self, target: FigureId, list: &mut Vec<FigureId>) {
        self.list_some(target, list, |_| true);
    }

    /// Adds those of its [`superiors`](Facts::superiors) to a list that a target of the plan is not surely no weaker than,
    /// and gives how many the others are.
    #[inline]
    pub fn list_weaker(&self, target: FigureId, list: &mut Vec<FigureId>) -> usize {
        let edge = *self.facts.edge(self.facts.packed(target));
        let mut others = 0;
        self.list_some(target, list, |only| {
            let holds = edge.is_no_weaker(&only.edge) == Some(true);
            others += usize::from(holds);
            !holds
        });
        others
    }

    /// Adds superiors to a list, of those that are their plan's only target the ones that are wanted.
    #[inline]
    fn list_some(
        &self,
        target: FigureId,
        list: &mut Vec<FigureId>,
        mut wants: impl FnMut(&Only) -> bool,
    ) {
        let (facts, onlys) = (self.facts, self.onlys);
        let packed = facts.packed(target);
        if packed.marks.has_rest() {
            list.extend(facts.superiors(target));
            return;
        }
        let column = onlys.columns.get(facts.indicator(packed).index());
        let column = column.filter(|column| packed.marks.own() && **column != NONE);
        let Some(column) = column.map(|column| *column as usize) else {
            return;
        };
        for (plan, row) in self.plans.iter().zip(self.rows) {
            let only = onlys.targets.get(*row as usize * onlys.width + column);
            match only.map_or(SEVERAL, |only| only.figure) {
                NONE => (),
                SEVERAL => {
                    let figure = facts.figure(target);
                    list.extend(facts.strictest(&figure, None, *plan));
                }
                figure => {
                    if only.is_some_and(|only| only.year <= packed.year() && wants(only)) {
                        list.push(FigureId(figure));
                    }
                }
            }
        }
    }
}

impl Facts {
    /// Whom a plan's targets answer to.
    #[must_use]
    pub fn above(&self, plan: PlanId) -> Above<'_> {
        let onlys = self.made.onlys.get_or_init(|| self.all_onlys());
        let all = self.superiors.len();
        let range = self.superiors_of.range(plan.0 as usize, all);
        Above {
            facts: self,
            onlys,
            plans: self.superiors.get(range.clone()).unwrap_or(&[]),
            rows: onlys.of_superiors.get(range).unwrap_or(&[]),
        }
    }

    fn all_onlys(&self) -> Onlys {
        let mut onlys = Onlys {
            rows: vec![NONE; self.plans.len()],
            of_superiors: Vec::with_capacity(self.superiors.len()),
            columns: vec![NONE; self.catalogue.len()],
            ..Onlys::default()
        };
        let mut plans = Vec::new();
        for plan in &self.superiors {
            let Some(row) = onlys.rows.get_mut(plan.0 as usize) else {
                continue;
            };
            if *row == NONE {
                *row = u32::try_from(plans.len()).unwrap_or(NONE);
                plans.push(*plan);
            }
            onlys.of_superiors.push(*row);
        }
        let targets = plans.iter().flat_map(|plan| self.plain_targets(*plan));
        for (_, indicator) in targets {
            if let Some(column) = onlys.columns.get_mut(indicator.index())
                && *column == NONE
            {
                *column = u32::try_from(onlys.width).unwrap_or(NONE);
                onlys.width += 1;
            }
        }
        onlys.targets.reserve_exact(plans.len() * onlys.width);
        for plan in plans {
            let row = self.onlys_of(plan, &onlys.columns, onlys.width);
            onlys.targets.extend(row);
        }
        onlys
    }

    /// A plan's targets of the usual base.
    fn plain_targets(&self, plan: PlanId) -> impl Iterator<Item = (FigureId, IndicatorId)> {
        let figures = self.figures_of(plan);
        let targets = figures.filter(|id| self.is_target(*id, None, |_| true));
        targets.map(|id| (id, self.indicator_of(id)))
    }

    /// By their places in a row, a plan's only targets.
    fn onlys_of(&self, plan: PlanId, columns: &[u32], width: usize) -> Vec<Only> {
        let mut onlys = vec![Only::not_one(NONE); width];
        for (id, indicator) in self.plain_targets(plan) {
            let column = columns.get(indicator.index());
            let only = column.and_then(|column| onlys.get_mut(*column as usize));
            if let Some(only) = only {
                let packed = self.packed(id);
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

    /// Finds the targets anew of a plan that was read again; all of them, where it has some of an indicator that no superior
    /// had any of.
    pub(super) fn find_onlys(&mut self, plan: PlanId) {
        let Some(onlys) = self.made.onlys.get() else {
            return;
        };
        let row = onlys.rows.get(plan.0 as usize);
        let Some(row) = row.filter(|row| **row != NONE).map(|row| *row as usize) else {
            return;
        };
        let is_new = |(_, indicator): (FigureId, IndicatorId)| {
            onlys.columns.get(indicator.index()) == Some(&NONE)
        };
        if self.plain_targets(plan).any(is_new) {
            self.made.onlys.take();
            return;
        }
        let found = self.onlys_of(plan, &onlys.columns, onlys.width);
        let first = row * onlys.width;
        let onlys = self.made.onlys.get_mut();
        let places = onlys.and_then(|onlys| onlys.targets.get_mut(first..first + found.len()));
        if let Some(places) = places {
            places.copy_from_slice(&found);
        }
    }

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
        let below = self.made.below.get_or_init(|| self.all_below());
        let mut silent = true;
        let plans = below
            .starts
            .slice(self.plan_of_figure(target).0 as usize, &below.plans);
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
