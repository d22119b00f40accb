//! Variables that are given a value, row by row.

use std::mem;

use super::super::Run;
use super::Batch;
use crate::facts::FigureId;
use crate::query::Given;
use crate::query::quick::{Quick, Read};
use crate::value::{Atom, ManyFigures};

impl<'q> Run<'q> {
    /// Gives a variable its value in each row, at a stage; gives whether what is required was asked of each on the way.
    pub(super) fn give(
        &mut self,
        batch: &mut Batch,
        (slot, given): (usize, &'q Given<'q>),
        at: usize,
    ) -> bool {
        let Some(read) = &given.read else {
            batch.leave_all();
            return false;
        };
        let compared = self
            .compares_held((slot, read), at)
            .filter(|_| batch.pending.is_empty() && batch.fails.is_empty());
        let mut answers = mem::take(&mut batch.answers);
        let mut column = batch.start(slot);
        answers.clear();
        let of = read.of().and_then(|of| batch.column(of));
        let missing = if let (Some(of), Some(held)) = (of, &compared) {
            (held.compare)(self.facts, of, &mut column, &mut answers)
        } else {
            let mut found = Vec::with_capacity(batch.parents.len());
            match of {
                Some(of) => self.read_figures(of, read, &mut found),
                None => found.resize(batch.parents.len(), None),
            }
            let rows = found.iter().enumerate();
            let missing = rows.filter(|(_, figure)| figure.is_none());
            // Nobody asks what it is where there is none.
            column.extend(found.iter().map(|figure| figure.unwrap_or(FigureId(0))));
            missing.map(|(row, _)| row).collect()
        };
        let is_compared = of.is_some() && compared.is_some();
        for row in missing {
            batch.leave(row);
        }
        batch.answers = answers;
        batch.end(slot, column);
        is_compared
    }

    /// What facts hold of figures that a variable is given at a stage, where nothing is asked behind it but whether each
    /// figure is no weaker than that.
    fn compares_held(&self, (slot, read): (usize, &Read<'_>), at: usize) -> Option<ManyFigures> {
        let (Read::Held(of, held), [Some(Quick::NoWeaker(Read::Slot(one), Read::Slot(other)))]) =
            (read, &*self.query.requires)
        else {
            return None;
        };
        let is_compared = matches!(**of, Read::Slot(of) if of == *one) && slot == *other;
        let asks_nothing = self.query.stages.get(at)?.asks.is_empty();
        held.figures
            .filter(|_| is_compared && asks_nothing && self.query.is_last(at))
    }

    /// What is read of figures, where it is figures itself.
    pub(super) fn read_figures(
        &self,
        of: &[FigureId],
        read: &'q Read<'q>,
        found: &mut Vec<Option<FigureId>>,
    ) {
        let figure = |atom| match atom {
            Some(Atom::Figure(found)) => Some(found),
            _ => None,
        };
        let (facts, scope) = (self.facts, self.scope());
        match read {
            Read::Slot(_) => found.extend(of.iter().copied().map(Some)),
            Read::Held(inner, held) if matches!(**inner, Read::Slot(_)) => match held.figures {
                Some(figures) => (figures.get)(facts, of, found),
                None => found.extend(
                    of.iter()
                        .map(|of| figure((held.get)(facts, Atom::Figure(*of)))),
                ),
            },
            _ => found.extend(of.iter().map(|of| figure(scope.read_of(*of, read).ok()))),
        }
    }
}
