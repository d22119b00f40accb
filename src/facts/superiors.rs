//! Superiors' targets, kept at hand: found once for all that answer to the same ones, with what these targets come to.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::edge::Edge;
use super::{Facts, FigureId, PlanId};
use crate::catalogue::IndicatorId;

/// By superior plan and indicator, its target of the usual base, where it has one only.
#[derive(Debug, Default)]
pub(super) struct Onlys {
    /// Each plan's row, [`NONE`] for one that nobody answers to.
    rows: Vec<u32>,
    /// By plan, one after another as in [`Facts::superiors`], the rows of those that it answers to.
    pub of_superiors: Vec<u32>,
    /// By indicator, its place in a row; [`NONE`] for one that no superior has a target of.
    pub columns: Vec<u32>,
    /// The places of a row.
    pub width: usize,
    /// Row by row.
    pub targets: Vec<Only>,
    /// By plan, which plans it answers to: plans that answer to the same ones have that in common.
    groups: Vec<u32>,
    /// Of each such group, where its rows stand in `of_superiors`.
    group_rows: Vec<Range<usize>>,
    /// Group by group, in the places of a row, what its targets come to.
    pub strictest: Vec<Strictest>,
}

/// The only target of a plan and an indicator, with all that is asked of it millions of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Only {
    cut: i64,
    /// A figure, or one of the two below.
    pub figure: u32,
    /// The mark of its edge.
    mark: u16,
    pub year: i16,
}

/// What the targets of some plans come to that are each their plan's only one of an indicator: what is no weaker than the
/// strictest of those that can be compared, and of no earlier year than the last, is no weaker than any of these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strictest {
    cut: i64,
    pub count: u16,
    /// How many of them mean nothing that could be compared.
    pub unbounded: u16,
    /// That of no exact edge, where they have none in common.
    mark: u16,
    /// Their last year; [`LATER`] where not each is of one target, or where they are too many.
    pub year: i16,
}

/// No target at all.
pub(super) const NONE: u32 = u32::MAX;

/// Several, of which the year decides, or which is the strictest.
pub(super) const SEVERAL: u32 = u32::MAX - 1;

/// Later than any year.
const LATER: i16 = i16::MAX;

impl Only {
    /// What is not one target.
    const fn not_one(figure: u32) -> Self {
        let Edge { cut, mark } = Edge::INEXACT;
        Self {
            cut,
            figure,
            mark,
            year: LATER,
        }
    }

    #[inline]
    pub const fn edge(&self) -> Edge {
        Edge {
            cut: self.cut,
            mark: self.mark,
        }
    }
}

impl Strictest {
    pub const NOBODY: Self = Self {
        cut: Edge::INEXACT.cut,
        count: 0,
        unbounded: 0,
        mark: Edge::INEXACT.mark,
        year: i16::MIN,
    };

    #[inline]
    pub const fn edge(&self) -> Edge {
        Edge {
            cut: self.cut,
            mark: self.mark,
        }
    }

    /// Takes a target in that is its plan's only one, or what is said of one that has several.
    fn take(&mut self, only: &Only) {
        self.year = self.year.max(only.year);
        let Some(count) = self.count.checked_add(1) else {
            self.year = LATER;
            return;
        };
        let mut edge = only.edge();
        if !edge.is_bounded() {
            self.unbounded += 1;
            edge = self.edge();
        } else if self.unbounded < self.count {
            edge = self.edge().stricter(&edge).unwrap_or(Edge::INEXACT);
        }
        (self.cut, self.mark) = (edge.cut, edge.mark);
        self.count = count;
    }
}

/// Which superiors' targets a rule wants, told once for all that answer to them.
#[derive(Debug)]
pub struct Narrowed {
    /// By place of a target.
    pub(super) wanted: Vec<Option<bool>>,
    /// Of those that are wanted.
    pub(super) strictest: Vec<Strictest>,
}

impl Onlys {
    /// Whom a plan answers to: a row each, and what their targets come to, by their places in a row.
    #[inline]
    pub fn of_group(&self, plan: PlanId) -> Range<usize> {
        let group = self.groups.get(plan.0 as usize);
        let first = group.map_or(0, |group| *group as usize * self.width);
        first..first + self.width
    }

    /// What the targets at a place of some rows come to, of those that are wanted.
    fn strictest(
        &self,
        rows: &Range<usize>,
        at: usize,
        wants: impl Fn(usize) -> Option<bool>,
    ) -> Strictest {
        let rows = self.of_superiors.get(rows.clone()).unwrap_or_default();
        let mut all = Strictest::NOBODY;
        for row in rows {
            let place = *row as usize * self.width + at;
            let Some(only) = self.targets.get(place).filter(|only| only.figure != NONE) else {
                continue;
            };
            match wants(place) {
                Some(true) => all.take(only),
                Some(false) => (),
                None => all.year = LATER,
            }
        }
        all
    }

    /// What the targets of each group come to, of those that are wanted.
    fn all_strictest(&self, wants: impl Fn(usize) -> Option<bool>) -> Vec<Strictest> {
        let columns = 0..self.width;
        let groups = self.group_rows.iter();
        let all = groups.flat_map(|rows| {
            let places = columns.clone();
            places.map(|at| self.strictest(rows, at, &wants))
        });
        all.collect()
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
                let all = self.strictest(rows, *at, |_| Some(true));
                if let Some(place) = self.strictest.get_mut(group * self.width + at) {
                    *place = all;
                }
            }
        }
    }
}

impl Facts {
    pub(super) fn onlys(&self) -> &Onlys {
        self.made.onlys.get_or_init(|| self.all_onlys())
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
        onlys.strictest = onlys.all_strictest(|_| Some(true));
    }

    /// Which targets of superiors are wanted, where that depends on nothing else.
    pub fn narrowed(&self, mut wants: impl FnMut(FigureId) -> Option<bool>) -> Narrowed {
        let onlys = self.onlys();
        let targets = onlys.targets.iter();
        let wanted: Vec<_> = targets
            .map(|only| match only.figure {
                NONE | SEVERAL => None,
                figure => wants(FigureId(figure)),
            })
            .collect();
        let strictest = onlys.all_strictest(|place| wanted.get(place).copied().flatten());
        Narrowed { wanted, strictest }
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
                    let edge = self.edge(packed);
                    Only {
                        cut: edge.cut,
                        figure: id.0,
                        mark: edge.mark,
                        year: i16::try_from(packed.year()).unwrap_or(LATER),
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
