//! The innermost loop of a query that is sifted, and what follows it: what surely holds takes no way around.

use std::sync::OnceLock;

use super::sieve::Sifting;
use super::{Outermost, Run, unbound};
use crate::facts::{FigureId, FigureSet, PlanId};
use crate::query::quick::Quick;
use crate::query::{Action, Given, Stage};
use crate::value::{Atom, Value};

impl<'q> Run<'q> {
    /// Runs the innermost loop over some figures. Checks that surely hold, and rows that surely are not wanted, take no
    /// way around.
    pub(super) fn innermost(
        &mut self,
        slot: usize,
        figures: impl Iterator<Item = FigureId>,
        at: usize,
    ) {
        let Some(stage) = self.sifted_innermost(at) else {
            figures.for_each(|figure| self.figure(slot, figure, at));
            return;
        };
        for figure in figures {
            self.bind_figure(slot, figure);
            let holds = match self.all_hold(&stage.asks) {
                Some(true) => self.rest_holds(at + 1),
                Some(false) => Some(0),
                None => None,
            };
            if let (Some(holds), Some(sifting)) = (holds, &mut self.sifting) {
                sifting.hold(holds);
                self.rows += 1;
            } else {
                self.unbind(at + 1);
                self.figure(slot, figure, at);
            }
        }
        self.unbind(at + 1);
    }

    /// Runs the innermost loop over the figures of a set in a plan: what they are asked by themselves is asked side by side,
    /// and once of each plan where the rule runs over whole tables.
    pub(super) fn innermost_of(&mut self, slot: usize, plan: PlanId, set: FigureSet, at: usize) {
        let facts = self.facts;
        let figures = facts.figures_of(plan);
        let figures = figures.filter(|id| facts.holds(set, *id));
        let stage = self.sifted_innermost(at);
        let Some(stage) = stage.filter(|stage| !stage.own.is_empty()) else {
            return self.innermost(slot, figures, at);
        };
        let is_whole = matches!(self.outermost, Outermost::Places(_));
        let sieve = self.sifting.as_ref().map(Sifting::sieve);
        let shared = sieve.filter(|_| is_whole);
        let shared = shared.and_then(|sieve| sieve.wanted(facts, plan));
        let alone = OnceLock::new();
        let wanted = shared.unwrap_or(&alone);
        let wanted = wanted.get_or_init(|| self.wanted((slot, figures), &stage.own));
        self.rows += wanted.unwanted;
        self.innermost(slot, wanted.figures.iter().copied(), at);
    }

    /// A stage, where it is an innermost loop of which only what is to be told is told.
    fn sifted_innermost(&self, at: usize) -> Option<&'q Stage<'q>> {
        let sifts = self.pending.is_empty()
            && self
                .sifting
                .as_ref()
                .is_some_and(|sifting| at > 0 || !sifting.has_memo());
        let stage = self.query.stages.get(at);
        stage.filter(|stage| sifts && stage.innermost)
    }

    /// How many checks hold behind a loop, where all that matters is quickly told; none where its row is not wanted.
    #[inline]
    fn rest_holds(&mut self, from: usize) -> Option<usize> {
        let query = self.query;
        for stage in query.stages.iter().skip(from) {
            if let Action::Let(slot, Given { read, .. }, _) = &stage.action {
                let Ok(Atom::Figure(figure)) = self.scope().read(read.as_ref()?) else {
                    return None;
                };
                self.bind_figure(*slot, figure);
            }
            if !self.all_hold(&stage.asks)? {
                return Some(0);
            }
        }
        self.requires_hold()
    }

    /// Takes the variables behind a loop their values away.
    fn unbind(&mut self, from: usize) {
        let query = self.query;
        for stage in query.stages.iter().skip(from) {
            if let Action::Let(slot, ..) = &stage.action
                && matches!(self.frame.get(*slot), Some(Value::Figure(_)))
            {
                self.bind(*slot, unbound());
            }
        }
    }

    /// Whether some conditions hold, where all that matter are quickly told.
    #[inline]
    fn all_hold(&mut self, asks: &[usize]) -> Option<bool> {
        let query = self.query;
        for number in asks {
            let asked = query.conditions.get(*number)?;
            if !self.known(*number, asked)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// How many requirements there are, where all are quickly told to hold.
    #[inline]
    fn requires_hold(&self) -> Option<usize> {
        let requires = &self.query.requires;
        let hold = |quick: &Option<Quick<'_>>| {
            quick.as_ref().and_then(|quick| self.scope().told(quick)) == Some(true)
        };
        requires.iter().all(hold).then_some(requires.len())
    }
}
