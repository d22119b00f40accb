//! What comes of a batch: checks that hold are counted, the others told, each with the severity that applies.

use std::mem;
use std::ops::Range;

use super::super::{Run, Sifted, Verdict, unbound};
use super::Batch;
use crate::bound::Reasons;
use crate::value::Value;

/// Which severity applies is not known yet.
const OPEN: usize = usize::MAX;

/// Only the general way knows which severity applies.
const UNCLEAR: usize = usize::MAX - 1;

impl Batch {
    /// What is counted of the outermost values that are not left to the usual way.
    pub(super) fn counted(&self, ignores: bool) -> Sifted {
        let sum = |numbers: &[u32]| -> usize {
            let numbers = numbers.iter().zip(&self.left);
            numbers
                .map(|(number, left)| if *left { 0 } else { *number as usize })
                .sum()
        };
        let mut counted = Sifted {
            rows: self.outer.len() - self.left_count + sum(&self.rows),
            holds: sum(&self.holds),
            undetermined: sum(&self.undetermined),
        };
        for (parent, answer) in self.parents.iter().zip(&self.answers) {
            if self.left_count == 0 || !self.is_left(*parent as usize) {
                counted.holds += usize::from(*answer == Some(true));
                counted.undetermined += usize::from(ignores && answer.is_none());
            }
        }
        counted
    }

    /// Keeps the rows that are to be told; gives what is said of each.
    fn keep_told(&mut self, ignores: bool) -> Vec<Option<bool>> {
        let answers = mem::take(&mut self.answers);
        let is_told = |answer: &Option<bool>| match answer {
            Some(holds) => !holds,
            None => !ignores,
        };
        let told = (0..).zip(&answers).filter(|(_, answer)| is_told(answer));
        let told: Vec<u32> = told.map(|(row, _)| row).collect();
        self.keep(&told);
        let said = told.iter().filter_map(|row| answers.get(*row as usize));
        let said = said.copied().collect();
        self.answers = answers;
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
        let undecided = Verdict::Undetermined(Reasons::unsaid());
        let mut told = 0;
        for (row, answer) in answers.into_iter().enumerate() {
            let parent = batch.parents.get(row).map_or(0, |parent| *parent as usize);
            if !batch.is_left(parent) {
                self.tell_left(slot, batch, told..parent);
                told = parent;
                self.bind_row(batch, row);
                let verdict = answer.map_or(&undecided, |_| &Verdict::Violated);
                let weight = weights.get(row).copied();
                self.emit(verdict, Some(0), weight.filter(|weight| *weight < UNCLEAR));
            }
        }
        self.tell_left(slot, batch, told..batch.outer.len());
        self.unbind_all(batch);
    }

    /// Which of the rule's severities applies to each row.
    fn weigh(&mut self, batch: &mut Batch) -> Vec<usize> {
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
        weights
    }

    /// Runs those of some outermost values the usual way that are left to it.
    fn tell_left(&mut self, slot: usize, batch: &Batch, places: Range<usize>) {
        if batch.left_count == 0 {
            return;
        }
        let left = batch.left.iter().zip(&batch.outer);
        let left = left.take(places.end).skip(places.start);
        for (_, outer) in left.filter(|(left, _)| **left) {
            self.unbind_all(batch);
            self.figure(slot, *outer, 0);
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
