//! The innermost loop of a query that is sifted, and what follows it: what surely holds takes no way around.

use super::{Run, Verdict, unbound};
use crate::facts::FigureId;
use crate::query::quick::{Quick, Read};
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
        if let Some(of) = self.compared(slot, at) {
            self.none_weaker(of, slot, figures, at);
            return;
        }
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

    /// The figure that is required to be no weaker than each of a loop, where nothing else is asked: the commonest
    /// question of all.
    pub(super) fn compared(&self, slot: usize, at: usize) -> Option<FigureId> {
        let _ = self.sifted_innermost(at)?;
        self.bound_figure(self.compares_each(slot, at)?)
    }

    /// The figure that each of a loop has to be stronger than to be wanted.
    pub(super) fn outdone(&self, slot: usize, at: usize) -> Option<FigureId> {
        let _ = self.sifted_innermost(at)?;
        self.bound_figure(self.wants_stronger(slot, at)?)
    }

    fn bound_figure(&self, slot: usize) -> Option<FigureId> {
        match self.frame.get(slot) {
            Some(Value::Figure(figure)) => Some(*figure),
            _ => None,
        }
    }

    /// The variable that is required to be no weaker than each of a loop, where nothing else is asked.
    pub(super) fn compares_each(&self, slot: usize, at: usize) -> Option<usize> {
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
    pub(super) fn wants_stronger(&self, slot: usize, at: usize) -> Option<usize> {
        let mut asks = self.query.stages.get(at)?.asks.iter();
        asks.find_map(|number| match &self.query.conditions.get(*number)?.quick {
            Some(Quick::Not(inner)) => no_weaker_than_each(inner, slot),
            _ => None,
        })
    }

    /// Counts those that a figure is no weaker than; the others are asked the usual way.
    pub(super) fn none_weaker(
        &mut self,
        of: FigureId,
        slot: usize,
        figures: impl Iterator<Item = FigureId>,
        at: usize,
    ) {
        let mut hold = 0;
        for than in figures {
            match self.facts.is_no_weaker(of, than) {
                Some(true) => hold += 1,
                Some(false) => self.violates(slot, than),
                None => self.figure(slot, than, at),
            }
        }
        self.pass(hold);
    }

    /// Tells that what is required of a row does not hold, where it is known.
    pub(super) fn violates(&mut self, slot: usize, figure: FigureId) {
        self.rows += 1;
        self.bind_figure(slot, figure);
        self.emit(&Verdict::Violated, Some(0));
    }

    /// Counts rows, one check of each, that holds.
    pub(super) const fn pass(&mut self, hold: usize) {
        self.rows += hold;
        if let Some(sifting) = &mut self.sifting {
            sifting.hold(hold);
        }
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

/// The variable of a condition that it is no weaker than that of a loop.
fn no_weaker_than_each(condition: &Quick<'_>, slot: usize) -> Option<usize> {
    match condition {
        Quick::NoWeaker(Read::Slot(of), Read::Slot(than)) if *than == slot => Some(*of),
        _ => None,
    }
}
