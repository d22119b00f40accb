//! Rows with a condition that is undecided: they wait for its `where`, where it makes their checks undetermined.

use std::mem;

use super::super::Run;
use super::Batch;
use super::said::any;
use crate::query::Asked;

/// The stage of a row that makes no undetermined check.
pub(super) const NOT_PENDING: u32 = u32::MAX;

impl Batch {
    /// Notes that a row has a condition that is undecided, and the stage where that makes its check undetermined.
    fn wait(&mut self, row: usize, home: usize) {
        self.pending.resize(self.parents.len(), NOT_PENDING);
        let home = u32::try_from(home).unwrap_or(NOT_PENDING);
        if let Some(place) = self.pending.get_mut(row) {
            *place = home.min(*place);
        }
    }

    /// Counts the checks that become undetermined at a stage.
    pub(super) fn settle_pending(&mut self, at: usize) {
        if self.pending.is_empty() {
            return;
        }
        self.answers.clear();
        let (mut due, mut waits) = (false, false);
        for (parent, home) in self.parents.iter().zip(&self.pending) {
            let is_due = *home as usize <= at;
            if let (true, Some(counts)) = (is_due, self.counts.get_mut(*parent as usize)) {
                counts.undetermined += 1;
            }
            due |= is_due;
            waits |= !is_due && *home != NOT_PENDING;
            self.answers.push(Some(!is_due));
        }
        if due {
            self.retain();
        }
        if !waits {
            self.pending.clear();
        }
    }
}

impl Run<'_> {
    /// Where the last condition that was asked is undecided for sure, and that makes checks that are only counted, it is
    /// noted where they become so; else it leaves what is not known to the usual way.
    pub(super) fn wait_if_unclear(&mut self, batch: &mut Batch, asked: &Asked<'_>) {
        if !any(&batch.answers, |answer| answer.is_none()) {
            return;
        }
        let mut answers = mem::take(&mut batch.answers);
        for (row, answer) in answers.iter_mut().enumerate() {
            if answer.is_some() {
                continue;
            }
            self.bind_row(batch, row);
            if self.is_ignored(asked.quick.as_ref()) {
                batch.wait(row, asked.home);
                *answer = Some(true);
            } else {
                batch.leave(row);
            }
        }
        batch.answers = answers;
    }
}
