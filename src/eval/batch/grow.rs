//! Inner loops: of each row come further ones.

use std::mem;
use std::ops::Range;

use super::super::Run;
use super::Batch;
use crate::facts::{Above, FigureId};
use crate::query::quick::{self, Figures, Read};
use crate::query::{Access, Given};
use crate::relation::Quick;
use crate::value::Atom;

/// So many rows at once, at most: loops in loops would take any memory. What comes behind them is run the usual way.
const MOST: usize = 1 << 15;

/// Rows that come of others.
#[derive(Default)]
pub(super) struct Grown {
    /// Of each the row that it comes of.
    from: Vec<u32>,
    /// Of each the value of its last variable.
    values: Vec<FigureId>,
}

impl Grown {
    /// Whether there is room for what comes of another row.
    #[inline]
    fn has_room(&self) -> bool {
        self.values.len() < MOST
    }

    /// Notes that what came since comes of a row.
    #[inline]
    fn come_of(&mut self, row: u32) {
        self.from.resize(self.values.len(), row);
    }
}

impl Batch {
    /// Counts rows that come of a row and need not be looked at, and whether a check of each holds.
    #[inline]
    fn count(&mut self, row: u32, rows: usize, hold: bool) {
        let Some(parent) = self.parents.get(row as usize) else {
            return;
        };
        let count = u32::try_from(rows).unwrap_or(u32::MAX);
        add(&mut self.rows, *parent, count);
        if hold {
            add(&mut self.holds, *parent, count);
        }
    }

    /// Puts rows in the place of those that they come of.
    fn spread(&mut self, slot: usize, grown: &Grown) {
        for bound in &self.bound {
            if let Some(column) = self.columns.get_mut(*bound) {
                gather(column, &grown.from, &mut self.room);
            }
        }
        gather(&mut self.parents, &grown.from, &mut self.numbers);
        for parent in &self.parents {
            add(&mut self.rows, *parent, 1);
        }
        let mut column = self.start(slot);
        column.extend_from_slice(&grown.values);
        self.end(slot, column);
    }
}

/// Adds to the number of an outermost value.
#[inline]
fn add(numbers: &mut [u32], of: u32, count: u32) {
    if let Some(number) = numbers.get_mut(of as usize) {
        *number += count;
    }
}

/// What stands at some places, in the place of all.
fn gather<T: Copy>(of: &mut Vec<T>, places: &[u32], room: &mut Vec<T>) {
    room.clear();
    room.extend(places.iter().filter_map(|place| of.get(*place as usize)));
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
            Access::Figures(figures, _) => self.grow_figures(batch, &mut grown, figures),
            Access::Entries(of, section, _) => {
                for row in 0..batch.parents.len() {
                    self.bind_row(batch, row);
                    match self.scope().read(of) {
                        Ok(Atom::Plan(plan)) if self.facts.section_len(plan, *section) == 0 => (),
                        _ => batch.leave(row),
                    }
                }
            }
            _ => batch.leave_all(),
        }
        batch.spread(slot, &grown);
        batch.grown = grown;
    }

    fn grow_superiors(
        &self,
        batch: &mut Batch,
        grown: &mut Grown,
        (slot, of): (usize, usize),
        at: usize,
    ) {
        let facts = self.facts;
        let holds = self.compares_each(slot, at) == Some(of);
        let shortens = holds || self.wants_stronger(slot, at) == Some(of);
        // Figures of one plan stand together.
        let mut known: Option<(Range<u32>, Above<'_>)> = None;
        let column = batch.lend(of);
        for (row, figure) in (0..).zip(&column) {
            if !grown.has_room() {
                batch.leave(row as usize);
                continue;
            }
            let above = match &known {
                Some((own, above)) if own.contains(&figure.0) => *above,
                _ => {
                    let plan = facts.plan_of_figure(*figure);
                    known.insert((facts.range_of(plan), facts.above(plan))).1
                }
            };
            if shortens {
                let others = above.list_weaker(*figure, &mut grown.values);
                batch.count(row, others, holds);
            } else {
                above.list(*figure, &mut grown.values);
            }
            grown.come_of(row);
        }
        batch.give_back(of, column);
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

    /// The variable that is required to be no weaker than each of a loop, where nothing else is asked.
    fn compares_each(&self, slot: usize, at: usize) -> Option<usize> {
        let stages = &self.query.stages;
        let stage = stages.get(at)?;
        let is_last = stages
            .get(at + 1)
            .is_none_or(|next| next.next == stages.len());
        if !is_last || !stage.asks.is_empty() {
            return None;
        }
        match &*self.query.requires {
            [Some(require)] => no_weaker_than_each(require, slot),
            _ => None,
        }
    }

    /// The variable that each of a loop has to be stronger than to be wanted.
    fn wants_stronger(&self, slot: usize, at: usize) -> Option<usize> {
        let mut asks = self.query.stages.get(at)?.asks.iter();
        asks.find_map(|number| match &self.query.conditions.get(*number)?.quick {
            Some(quick::Quick::Not(inner)) => no_weaker_than_each(inner, slot),
            _ => None,
        })
    }
}

/// The variable of a condition that it is no weaker than that of a loop.
fn no_weaker_than_each(condition: &quick::Quick<'_>, slot: usize) -> Option<usize> {
    match condition {
        quick::Quick::NoWeaker(Read::Slot(of), Read::Slot(than)) if *than == slot => Some(*of),
        _ => None,
    }
}
