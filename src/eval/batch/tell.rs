//! What comes of a batch: checks that hold are counted, the others told, each with the severity that applies.

use std::mem;
use std::ops::Range;

use super::super::{Checks, Run, Sifted, unbound};
use super::said::{count, rows_where};
use super::{Batch, Counts};
use crate::value::Value;

/// Which severity applies is not known yet.
const OPEN: usize = usize::MAX;

/// Only the general way knows which severity applies.
const UNCLEAR: usize = usize::MAX - 1;

impl Batch {
    /// What is counted of the outermost values that are not left to the usual way.
    pub(super) fn counted(&self, ignores: bool) -> Sifted {
        let mut counted = Sifted {
            rows: self.outer.len() - self.left_count,
            ..Sifted::default()
        };
        let mut add = |counts: &[Counts], answers: &[Option<bool>]| {
            for counts in counts {
                counted.rows += counts.rows as usize;
                counted.holds += counts.holds as usize;
                counted.undetermined += counts.undetermined as usize;
            }
            counted.holds += count(answers, |answer| answer == Some(true));
            counted.undetermined += count(answers, |answer| ignores & answer.is_none());
        };
        if self.left_count == 0 {
            add(&self.counts, &self.answers);
        } else {
            let outer = self.counts.iter().zip(&self.left);
            let counts: Vec<_> = outer
                .filter(|(_, left)| !**left)
                .map(|(counts, _)| *counts)
                .collect();
            let rows = self.parents.iter().zip(&self.answers);
            let kept = rows.filter(|(parent, _)| !self.is_left(**parent as usize));
            let answers: Vec<_> = kept.map(|(_, answer)| *answer).collect();
            add(&counts, &answers);
        }
        counted
    }

    /// Keeps the rows that are to be told; gives what is said of each.
    fn keep_told(&mut self, ignores: bool) -> Vec<Option<bool>> {
        let answers = mem::take(&mut self.answers);
        let mut told = mem::take(&mut self.kept);
        let unclear = if ignores { Some(false) } else { None };
        rows_where(&mut told, &answers, |answer| {
            answer == Some(false) || answer == unclear
        });
        self.keep(&told);
        let said = told.iter().filter_map(|row| answers.get(*row as usize));
        let said = said.copied().collect();
        (self.answers, self.kept) = (answers, told);
        said
    }
}

impl Run<'_> {
    /// Tells what does not hold, and counts the rest.
    pub(super) fn tell(&mut self, slot: usize, batch: &mut Batch) {
        let ignores = self.ignores();
        let counted = batch.counted(ignores);
        self.rows += counted.rows;
        if let Some(sifting) = &mut self.sifting {
            sifting.count(counted);
        }
        let answers = batch.keep_told(ignores);
        let weights = self.weigh(batch);
        let mut told = 0;
        let looked_at = if batch.left_count > 0 {
            0..batch.outer.len()
        } else {
            0..0
        };
        for outer in looked_at {
            if batch.is_left(outer) {
                // Rows stand in the order of what they come of.
                let before = |of: usize| batch.parents.partition_point(|at| (*at as usize) < of);
                self.tell_rows(batch, told..before(outer), (&answers, &weights));
                told = before(outer + 1);
                self.tell_left(slot, batch, outer);
            }
        }
        self.tell_rows(batch, told..answers.len(), (&answers, &weights));
        self.unbind_all(batch);
    }

    /// Tells some rows.
    fn tell_rows(
        &mut self,
        batch: &Batch,
        rows: Range<usize>,
        (answers, weights): (&[Option<bool>], &[Option<usize>]),
    ) {
        let (Some(answers), Some(weights)) = (answers.get(rows.clone()), weights.get(rows.clone()))
        else {
            return;
        };
        if answers.is_empty() {
            return;
        }
        let columns = batch.bound.iter().filter_map(|slot| {
            let column = batch.columns.get(*slot)?;
            Some((*slot, column.get(rows.clone())?))
        });
        let columns: Vec<_> = columns.collect();
        self.sink.take_all(&mut Checks {
            frame: &mut self.frame,
            answers,
            weights,
            columns: &columns,
        });
    }

    /// Which of the rule's severities applies to each row, where that is known.
    fn weigh(&mut self, batch: &mut Batch) -> Vec<Option<usize>> {
        let query = self.query;
        let mut weights = vec![OPEN; batch.parents.len()];
        let severities = query.rule.severities.iter().zip(&query.severities);
        let mut answers = mem::take(&mut batch.answers);
        for (number, (severity, quick)) in severities.enumerate() {
            answers.clear();
            match (&severity.when, quick) {
                (None, _) => answers.resize(weights.len(), Some(true)),
                (_, Some(quick)) => self.answer_rows(batch, quick, &mut answers),
                (_, None) => answers.resize(weights.len(), None),
            }
            for (weight, answer) in weights.iter_mut().zip(&answers) {
                if *weight == OPEN {
                    *weight = match answer {
                        Some(true) => number,
                        Some(false) => OPEN,
                        None => UNCLEAR,
                    };
                }
            }
        }
        batch.answers = answers;
        let known = |weight: usize| (weight < UNCLEAR).then_some(weight);
        weights.into_iter().map(known).collect()
    }

    /// Runs an outermost value the usual way that is left to it.
    fn tell_left(&mut self, slot: usize, batch: &Batch, outer: usize) {
        if let Some(figure) = batch.outer.get(outer) {
            self.unbind_all(batch);
            self.figure(slot, *figure, 0);
        }
    }

    /// Takes the variables their values away.
    fn unbind_all(&mut self, batch: &Batch) {
        for slot in &batch.bound {
            if matches!(self.frame.get(*slot), Some(Value::Figure(_))) {
                self.bind(*slot, unbound());
            }
        }
    }
}
