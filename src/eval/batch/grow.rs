//! Inner loops: of each row come further ones.

use std::mem;
use std::ops::Range;

use super::super::Run;
use super::{Batch, Counts};
use crate::facts::{FigureId, FigureSet, PlanId};
use crate::query::quick::{Figures, Read};
use crate::query::{Access, Given};
use crate::relation::Quick;
use crate::value::Atom;

/// So many rows at once, at most: loops in loops would take any memory. What comes behind them is run the usual way.
const MOST: usize = 1 << 15;

/// So many rows of a plan are many.
const SOME: usize = 8;

/// Rows that come of others.
#[derive(Default)]
pub(super) struct Grown {
    /// Of each the row that it comes of.
    from: Vec<u32>,
    /// Of each the value of its last variable.
    pub values: Vec<FigureId>,
    /// Of each whether what is required surely does not hold; nothing where that is not known of any.
    pub fails: Vec<bool>,
}

impl Grown {
    /// Whether there is room for what comes of another row.
    #[inline]
    pub fn has_room(&self) -> bool {
        self.values.len() < MOST
    }

    /// Notes that what came since comes of a row.
    #[inline]
    pub fn come_of(&mut self, row: u32) {
        self.from.resize(self.values.len(), row);
    }
}

impl Counts {
    /// Rows, and no checks.
    const fn of_rows(rows: u32) -> Self {
        Self {
            rows,
            holds: 0,
            undetermined: 0,
        }
    }
}

impl Batch {
    /// Counts rows that come of a row and need not be looked at, and the checks behind them.
    #[inline]
    pub fn count(&mut self, row: u32, more: Counts) {
        let parent = self.parents.get(row as usize);
        if let Some(counts) = parent.and_then(|parent| self.counts.get_mut(*parent as usize)) {
            counts.rows += more.rows;
            counts.holds += more.holds;
            counts.undetermined += more.undetermined;
        }
    }

    /// Keeps what is known of some rows, each as often as it is named.
    pub fn keep(&mut self, rows: &[u32]) {
        for bound in &self.bound {
            if let Some(column) = self.columns.get_mut(*bound) {
                gather(column, rows, &mut self.room);
            }
        }
        gather(&mut self.parents, rows, &mut self.numbers);
        gather(&mut self.pending, rows, &mut self.numbers);
        gather(&mut self.fails, rows, &mut self.flags);
    }

    /// Puts rows in the place of those that they come of.
    fn spread(&mut self, slot: usize, grown: &Grown) {
        self.keep(&grown.from);
        for parent in &self.parents {
            if let Some(counts) = self.counts.get_mut(*parent as usize) {
                counts.rows += 1;
            }
        }
        let mut column = self.start(slot);
        column.extend_from_slice(&grown.values);
        self.end(slot, column);
        self.fails.clone_from(&grown.fails);
    }
}

/// What stands at some places, in the place of all.
fn gather<T: Copy>(of: &mut Vec<T>, places: &[u32], room: &mut Vec<T>) {
    room.clear();
    if let Some(first) = of.first() {
        let at = |place: &u32| *of.get(*place as usize).unwrap_or(first);
        room.extend(places.iter().map(at));
    }
    mem::swap(of, room);
}

impl<'q> Run<'q> {
    /// Runs a variable over what it runs over of each row.
    pub(super) fn grow(
        &mut self,
        batch: &mut Batch,
        (slot, access): (usize, &'q Access<'q>),
        at: usize,
    ) {
        let mut grown = mem::take(&mut batch.grown);
        grown.from.clear();
        grown.values.clear();
        grown.fails.clear();
        match access {
            Access::Relation(
                relation,
                Given {
                    read: Some(Read::Slot(of)),
                    ..
                },
            ) if batch.bound.contains(of) => match relation.quick {
                Some(Quick::Superiors) => {
                    self.grow_superiors(batch, &mut grown, (slot, *of), at);
                }
                Some(quick) => self.grow_related(batch, &mut grown, *of, quick),
                None => batch.leave_all(),
            },
            Access::Figures(figures, _) => match (&*figures.parts, &figures.by) {
                ([(Read::PlanOf(of), set)], Some(Read::IndicatorOf(like)))
                    if of == like && batch.bound.contains(of) =>
                {
                    let apart = self.query.stages.get(at).and_then(|stage| stage.apart);
                    self.grow_beside(batch, &mut grown, (*of, *set), apart == Some(*of));
                }
                _ => self.grow_figures(batch, &mut grown, figures),
            },
            Access::Entries(of, section, _) => {
                // Figures of one plan stand together.
                let mut without = 0..0;
                for row in 0..batch.parents.len() {
                    let figure = match of {
                        Read::PlanOf(of) => batch.column(*of).and_then(|column| column.get(row)),
                        _ => None,
                    };
                    if figure.is_some_and(|figure| without.contains(&figure.0)) {
                        continue;
                    }
                    self.bind_row(batch, row);
                    match self.scope().read(of) {
                        Ok(Atom::Plan(plan)) if self.facts.section_len(plan, *section) == 0 => {
                            without = self.facts.range_of(plan);
                        }
                        _ => batch.leave(row),
                    }
                }
            }
            _ => batch.leave_all(),
        }
        batch.spread(slot, &grown);
        batch.grown = grown;
    }

    fn grow_related(&self, batch: &mut Batch, grown: &mut Grown, of: usize, quick: Quick) {
        let column = batch.lend(of);
        for (row, figure) in (0..).zip(&column) {
            let all = grown.has_room()
                && quick.each(self.facts, Atom::Figure(*figure), &mut |member| {
                    grown.values.extend(member);
                    member.is_some()
                });
            grown.come_of(row);
            if !all {
                batch.leave(row as usize);
            }
        }
        batch.give_back(of, column);
    }

    /// Of each figure the others of its plan and indicator; where it is surely another one that is wanted, itself is only
    /// counted.
    fn grow_beside(
        &self,
        batch: &mut Batch,
        grown: &mut Grown,
        (of, set): (usize, FigureSet),
        apart: bool,
    ) {
        let facts = self.facts;
        let column = batch.lend(of);
        // Figures of one plan stand together.
        let mut known: Option<(Range<u32>, PlanId, bool)> = None;
        let mut seen = Vec::new();
        for (row, figure) in (0..).zip(&column) {
            if !grown.has_room() {
                batch.leave(row as usize);
                continue;
            }
            let (plan, alone) = match &known {
                Some((own, plan, alone)) if own.contains(&figure.0) => (*plan, *alone),
                _ => {
                    let plan = facts.plan_of_figure(*figure);
                    let own = facts.range_of(plan);
                    // Going through a plan takes as long as looking some of its figures up.
                    let later = column.get(row as usize + SOME);
                    let are_many = later.is_some_and(|later| own.contains(&later.0));
                    let alone = apart && are_many && facts.has_one_of_each(plan, set, &mut seen);
                    known = Some((own, plan, alone));
                    (plan, alone)
                }
            };
            if alone && facts.holds(set, *figure) {
                batch.count(row, Counts::of_rows(1));
                continue;
            }
            let listed = facts.figures_of_by(plan, facts.indicator_of(*figure));
            let mut itself = 0;
            for other in listed.filter(|other| facts.holds(set, *other)) {
                if apart && other == *figure {
                    itself = 1;
                } else {
                    grown.values.push(other);
                }
            }
            batch.count(row, Counts::of_rows(itself));
            grown.come_of(row);
        }
        batch.give_back(of, column);
    }

    fn grow_figures(&mut self, batch: &mut Batch, grown: &mut Grown, figures: &'q Figures<'q>) {
        let facts = self.facts;
        for row in 0..batch.parents.len() {
            if !grown.has_room() {
                batch.leave(row);
                continue;
            }
            self.bind_row(batch, row);
            let scope = self.scope();
            for number in 0..figures.parts.len() {
                let Some(part) = scope.part(figures, number) else {
                    // Nobody knows of which plan.
                    batch.leave(row);
                    break;
                };
                part.each(facts, &mut |figure| {
                    if number == 0 || !scope.stood_before(figures, number, figure) {
                        grown.values.push(figure);
                    }
                    true
                });
            }
            grown.come_of(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }
}
