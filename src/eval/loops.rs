//! What a variable runs over, by the index that the query has found for it.

use std::hint::black_box;
use std::mem;

use super::{Outermost, Run};
use crate::catalogue::IndicatorId;
use crate::facts::{FigureId, FigureSet, PlanId};
use crate::query::Access;
use crate::query::quick::Figures;
use crate::relation::{Quick, Table};
use crate::resolve::Code;
use crate::value::{Atom, Value};

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
                        None => self.listed(slot, all().iter().copied(), set, at),
                        Some(Outermost::Places(places)) => {
                            let some = all().get(places).unwrap_or(&[]);
                            self.listed(slot, some.iter().copied(), set, at);
                        }
                        Some(Outermost::Plans(plans)) => {
                            for plan in plans {
                                let figures = facts.figures_of_by(plan, indicator);
                                self.listed(slot, figures, set, at);
                            }
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
        if self.compared(slot, at) == Some(of) {
            let hold = self.facts.list_weaker(of, &mut list);
            self.pass(hold);
            self.none_weaker(of, slot, list.iter().copied(), at);
        } else if self.outdone(slot, at) == Some(of) {
            // The others are rows that are not wanted.
            self.rows += self.facts.list_weaker(of, &mut list);
            self.innermost(slot, list.iter().copied(), at);
        } else {
            self.facts.list_superiors(of, &mut list);
            self.innermost(slot, list.iter().copied(), at);
        }
        self.superiors = list;
    }

    fn scan(&mut self, slot: usize, table: &Table, at: usize) {
        let places = match (self.outermost(at), table.of_plan) {
            (Some(Outermost::Plans(plans)), Some(of_plan)) => {
                for plan in plans {
                    of_plan(self.facts, plan, &mut |row| self.row(slot, row, at));
                }
                return;
            }
            (Some(Outermost::Figures(plans, indicators)), _) => {
                let set = table.set.unwrap_or(FigureSet::All);
                return self.of_some(slot, (&plans, &indicators), set, at);
            }
            (Some(Outermost::Places(places)), _) => places,
            _ => 0..(table.places)(self.facts),
        };
        if let Some(set) = table.set {
            let facts = self.facts;
            let figures = facts.figures().skip(places.start).take(places.len());
            self.innermost(slot, figures.filter(|id| facts.holds(set, *id)), at);
            return;
        }
        (table.each)(self.facts, places, &mut |row| self.row(slot, row, at));
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
        // All are looked up before the first is asked, step by step: they lie far apart, and memory answers many at once.
        let mut figures: Vec<FigureId> = Vec::with_capacity(plans.len());
        for plan in plans {
            for indicator in indicators {
                figures.extend(facts.figures_of_by(*plan, *indicator));
            }
        }
        figures.retain(|id| facts.holds(set, *id));
        for id in &figures {
            // Nearly every question begins with whose it is.
            black_box(facts.plan_of_figure(*id));
        }
        self.innermost(slot, figures.into_iter(), at);
    }

    /// Those of some figures that are in a set.
    fn listed(
        &mut self,
        slot: usize,
        figures: impl Iterator<Item = FigureId>,
        set: FigureSet,
        at: usize,
    ) {
        let facts = self.facts;
        self.innermost(slot, figures.filter(|id| facts.holds(set, *id)), at);
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
        if let ([(_, set)], Some(part)) = (&*figures.parts, self.scope().part(figures, 0))
            && let Some(listed) = part.listed(facts)
        {
            let wanted = listed.filter(|id| facts.holds(*set, *id));
            self.innermost(slot, wanted, at);
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
