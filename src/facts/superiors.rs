//! Whom plans answer to, kept at hand: superiors' targets found once for all that answer to the same ones, and what these
//! targets come to.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::packed::Packed;
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
    /// By plan, which plans it answers to: plans that answer to the same ones have that in common.
    groups: Vec<u32>,
    /// Of each such group, where its rows stand in `of_superiors`.
    group_rows: Vec<Range<usize>>,
    /// Group by group, in the places of a row, what its targets come to.
    strictest: Vec<Strictest>,
}

/// Whom a plan's targets answer to.
#[derive(Clone, Copy)]
pub struct Above<'f> {
    facts: &'f Facts,
    onlys: &'f Onlys,
    plans: &'f [PlanId],
    rows: &'f [u32],
    strictest: &'f [Strictest],
}

/// The only target of a plan and an indicator, with all that is asked of it millions of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Only {
    edge: Edge,
    /// A figure, or one of the two below.
    figure: u32,
    year: i32,
}

/// What the targets of some plans come to that are each their plan's only one of an indicator: what is no weaker than the
/// strictest of them, and of no earlier year than the last, is no weaker than any.
#[derive(Clone, Copy, Debug)]
struct Strictest {
    /// None, where one of them takes more than a number, or one of the plans has several.
    edge: Edge,
    /// Their last year.
    year: i32,
    count: u32,
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
        let packed = self.facts.packed(target);
        let edge = *self.facts.edge(packed);
        if let Some(all) = self.strictest_of(packed)
            && (all.count == 0
                || all.year <= packed.year() && edge.is_no_weaker(&all.edge) == Some(true))
        {
            return all.count as usize;
        }
        let mut others = 0;
        self.list_some(target, list, |only| {
            let holds = edge.is_no_weaker(&only.edge) == Some(true);
            others += usize::from(holds);
            !holds
        });
        others
    }

    /// What all superiors' targets come to that a target of the plan answers to.
    #[inline]
    fn strictest_of(&self, packed: Packed) -> Option<&Strictest> {
        let column = self.onlys.columns.get(self.facts.indicator(packed).index());
        let column = column.filter(|_| packed.marks.own() && !packed.marks.has_rest());
        self.strictest.get(*column? as usize)
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

impl Onlys {
    /// What the targets of the plans come to that a plan answers to, by their places in a row.
    fn strictest_of(&self, plan: PlanId) -> &[Strictest] {
        let group = self.groups.get(plan.0 as usize);
        let first = group.map_or(0, |group| *group as usize * self.width);
        let all = self.strictest.get(first..first + self.width);
        all.unwrap_or_default()
    }

    /// What the targets at a place of some rows come to.
    fn strictest(&self, rows: &Range<usize>, at: usize) -> Strictest {
        let rows = self.of_superiors.get(rows.clone()).unwrap_or_default();
        let targets = rows.iter();
        let targets = targets.filter_map(|row| self.targets.get(*row as usize * self.width + at));
        let mut all = Strictest {
            edge: Edge::NONE,
            year: i32::MIN,
            count: 0,
        };
        for only in targets.filter(|only| only.figure != NONE) {
            let edge = if all.count == 0 {
                Some(only.edge)
            } else {
                all.edge.stricter(&only.edge)
            };
            all.edge = edge.unwrap_or(Edge::NONE);
            all.year = all.year.max(only.year);
            all.count += 1;
        }
        all
    }

    /// Puts a row's targets in the place of those that it had.
    fn replace(&mut self, row: usize, found: &[Only]) {
        let first = row * self.width;
        let Some(places) = self.targets.get_mut(first..first + found.len()) else {
            return;
        };
        let changed = places.iter().zip(found).enumerate();
        let changed = changed.filter(|(_, (old, new))| old != new);
        let changed: Vec<usize> = changed.map(|(at, _)| at).collect();
        places.copy_from_slice(found);
        let answers = |rows: &[u32]| rows.iter().any(|own| *own as usize == row);
        for (group, rows) in self.group_rows.iter().enumerate() {
            let own = self.of_superiors.get(rows.clone());
            if !own.is_some_and(answers) {
                continue;
            }
            for at in &changed {
                let all = self.strictest(rows, *at);
                if let Some(place) = self.strictest.get_mut(group * self.width + at) {
                    *place = all;
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
            strictest: onlys.strictest_of(plan),
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
        self.group(&mut onlys);
        onlys
    }

    /// Groups plans by which they answer to, and works out what the targets of these come to.
    fn group(&self, onlys: &mut Onlys) {
        let mut known: FxHashMap<&[u32], u32> = FxHashMap::default();
        for plan in self.plans() {
            let range = self
                .superiors_of
                .range(plan.0 as usize, self.superiors.len());
            let Some(rows) = onlys.of_superiors.get(range.clone()) else {
                continue;
            };
            let next = u32::try_from(onlys.group_rows.len()).unwrap_or(NONE);
            let group = *known.entry(rows).or_insert(next);
            if group == next {
                onlys.group_rows.push(range);
            }
            onlys.groups.push(group);
        }
        let groups = onlys.group_rows.iter();
        let columns = 0..onlys.width;
        let all = groups.flat_map(|rows| columns.clone().map(|at| onlys.strictest(rows, at)));
        onlys.strictest = all.collect();
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
        if let Some(onlys) = self.made.onlys.get_mut() {
            onlys.replace(row, &found);
        }
    }
}
