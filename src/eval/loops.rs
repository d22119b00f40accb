//! What a variable runs over, by the index that the query has found for it.

use std::mem;

use super::batch::SIZE;
use super::{Outermost, Run};
use crate::catalogue::IndicatorId;
use crate::facts::{FigureId, FigureSet, Listing, Moved, PlanId};
use crate::query::Access;
use crate::query::quick::Figures;
use crate::relation::{Quick, Table};
use crate::resolve::Code;
use crate::value::{Atom, Kind, Value};

impl Run<'_> {
    pub(super) fn each(&mut self, slot: usize, access: &Access<'_>, at: usize) {
        let facts = self.facts;
        match access {
            Access::Scan(table) => self.scan(slot, table, at),
            Access::ByIndicator(table, by) => match self.scope().read(by) {
                Ok(Atom::Indicator(indicator)) => {
                    let set = table.set.unwrap_or(FigureSet::All);
                    let all = || facts.figures_by(indicator);
                    match self.outermost(at) {
                        None => self.listed(slot, all(), set, at),
                        Some(Outermost::Places(places)) => {
                            self.listed(slot, all().get(places).unwrap_or(&[]), set, at);
                        }
                        Some(Outermost::Plans(plans)) => {
                            self.of_some(slot, (&plans, &[indicator]), set, at);
                        }
                        Some(Outermost::Figures(plans, indicators)) => {
                            if indicators.contains(&indicator) {
                                self.of_some(slot, (&plans, &[indicator]), set, at);
                            }
                        }
                    }
                }
                _ => self.scan(slot, table, at),
            },
            Access::Figures(figures, code) => {
                if self.scope().knows(figures) {
                    self.figures(slot, figures, at);
                } else {
                    self.list(slot, code, at);
                }
            }
            Access::Entries(of, section, code) => match self.scope().read(of) {
                Ok(Atom::Plan(plan)) => {
                    for entry in facts.entries_of(plan, *section) {
                        self.row(slot, Value::Entry(entry), at);
                    }
                }
                _ => self.list(slot, code, at),
            },
            Access::List(code) => self.list(slot, code, at),
            Access::Relation(relation, of) => match (relation.quick, self.value(of)) {
                (_, Value::Unknown(reasons)) => self.undetermined(reasons, None),
                (Some(Quick::Superiors), Value::Figure(of)) => self.superiors(slot, of, at),
                (Some(quick), Value::Figure(of)) if !relation.silent => {
                    quick.each(facts, Atom::Figure(of), &mut |figure| {
                        if let Some(figure) = figure {
                            self.figure(slot, figure, at);
                        }
                        true
                    });
                }
                (_, of) => (relation.each)(facts, &of, &mut |answer| self.answer(slot, answer, at)),
            },
        }
    }

    fn superiors(&mut self, slot: usize, of: FigureId, at: usize) {
        // A loop inside this one makes a list of its own.
        let mut list = mem::take(&mut self.superiors);
        list.clear();
        let above = self.facts.above(self.facts.plan_of_figure(of), None);
        above.list(of, Listing::All, &mut list);
        self.innermost(slot, list.iter().copied(), at);
        self.superiors = list;
    }

    fn scan(&mut self, slot: usize, table: &Table, at: usize) {
        let facts = self.facts;
        let places = match (self.outermost(at), table.of_plan) {
            (Some(Outermost::Plans(plans)), Some(of_plan)) => {
                if let Some(set) = table.set.filter(|_| self.runs_in_batches()) {
                    let mut plans = plans.into_iter();
                    self.in_batches(slot, |_, list| {
                        while list.len() < SIZE
                            && let Some(plan) = plans.next()
                        {
                            list.extend(facts.figures_of(plan).filter(|id| facts.holds(set, *id)));
                        }
                        Moved::default()
                    });
                    return;
                }
                for plan in plans {
                    of_plan(facts, plan, &mut |row| self.row(slot, row, at));
                }
                return;
            }
            (Some(Outermost::Figures(plans, indicators)), _) => {
                let set = table.set.unwrap_or(FigureSet::All);
                return self.of_some(slot, (&plans, &indicators), set, at);
            }
            (Some(Outermost::Places(places)), _) => places,
            _ => 0..(table.places)(facts),
        };
        if let Some(set) = table.set {
            if at == 0 && self.has_memo() {
                self.each_alike(slot, set, places);
            } else if at == 0 && self.runs_in_batches() {
                let mut figures = facts.figures_in(set, places);
                self.in_batches(slot, |wanted, list| {
                    facts.move_wanted(&mut figures, wanted, list, SIZE)
                });
            } else {
                self.innermost(slot, facts.figures_in(set, places), at);
            }
            return;
        }
        if at == 0 && self.has_memo() && table.kind == Kind::Row {
            return self.each_row_alike(slot, places);
        }
        (table.each)(facts, places, &mut |row| self.row(slot, row, at));
    }

    /// Those of some plans and indicators that are in a set.
    fn of_some(
        &mut self,
        slot: usize,
        (plans, indicators): (&[PlanId], &[IndicatorId]),
        set: FigureSet,
        at: usize,
    ) {
        let facts = self.facts;
        let mut figures: Vec<FigureId> = Vec::with_capacity(plans.len());
        for plan in plans {
            for indicator in indicators {
                figures.extend(facts.figures_of_by(*plan, *indicator));
            }
        }
        facts.look_at(&figures);
        self.listed(slot, &figures, set, at);
    }

    /// Those of some figures that are in a set.
    fn listed(&mut self, slot: usize, figures: &[FigureId], set: FigureSet, at: usize) {
        let facts = self.facts;
        let wanted = |id: &FigureId| facts.holds(set, *id);
        if at == 0 && self.runs_in_batches() {
            let mut wanted = figures.iter().copied().filter(wanted);
            self.in_batches(slot, |_, list| {
                list.extend(wanted.by_ref().take(SIZE));
                Moved::default()
            });
        } else {
            self.innermost(slot, figures.iter().copied().filter(wanted), at);
        }
    }

    fn list(&mut self, slot: usize, code: &Code, at: usize) {
        match self.worked_out(code) {
            Value::List(values) => {
                for value in values {
                    self.row(slot, value, at);
                }
            }
            unknown => self.unknown(unknown),
        }
    }

    fn figures(&mut self, slot: usize, figures: &Figures<'_>, at: usize) {
        let facts = self.facts;
        if let ([(_, set)], Some(part)) = (&*figures.parts, self.scope().part(figures, 0)) {
            match part.listed(facts) {
                Some(listed) => {
                    let wanted = |id: &FigureId| facts.holds(*set, *id);
                    self.innermost(slot, listed.filter(wanted), at);
                }
                None => self.innermost_of(slot, part.plan, *set, at),
            }
            return;
        }
        for number in 0..figures.parts.len() {
            let Some(part) = self.scope().part(figures, number) else {
                continue;
            };
            part.each(facts, &mut |figure| {
                if !self.scope().stood_before(figures, number, figure) {
                    self.figure(slot, figure, at);
                }
                true
            });
        }
    }

    /// What of a loop this run is over, where it is the outermost.
    fn outermost(&self, at: usize) -> Option<Outermost> {
        (at == 0).then(|| self.outermost.clone())
    }
}
