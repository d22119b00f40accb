//! Rows side by side: where a query that is sifted runs over figures, each stage is taken for hundreds of rows before
//! the next one, so that what there is to do is looked up once for all of them.
//!
//! Told from here is only what surely is as it is. An outermost value of which anything is unclear is run the usual way,
//! from its beginning and in its turn.

mod ask;
mod compare;
mod give;
mod grow;
mod pending;
mod said;
mod superiors;
mod tell;

use std::mem;

use super::Run;
use super::sieve::{Sifting, Wanted};
use crate::facts::{FigureId, Moved};
use crate::query::Action;
use crate::query::quick::Quick;

pub(super) use compare::WorkedOut;
use grow::Grown;
use said::{any, rows_where};

/// So many outermost values at once, at most: what is kept of them stays at hand.
pub(super) const SIZE: usize = 512;

/// What is counted of an outermost value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// The values that inner variables took.
    pub rows: u32,
    /// Checks that hold.
    pub holds: u32,
    /// Checks that are undetermined.
    pub undetermined: u32,
}

/// Rows of a query, variable by variable.
#[derive(Default)]
pub(super) struct Batch {
    /// The outermost values.
    outer: Vec<FigureId>,
    /// What is counted of each, beside what its rows come to.
    counts: Vec<Counts>,
    /// Whether only the usual way can tell, of each.
    left: Vec<bool>,
    /// How many these are.
    left_count: usize,
    /// Of each row, the place of its outermost value.
    parents: Vec<u32>,
    /// By variable, its value in each row; nothing for one that has none yet.
    columns: Vec<Vec<FigureId>>,
    /// The variables that have values.
    bound: Vec<usize>,
    /// What was last asked of each row.
    answers: Vec<Option<bool>>,
    /// Of each row whether what is required surely does not hold; nothing where that is not known of any.
    fails: Vec<bool>,
    /// Of each row the stage where it makes an undetermined check, if any; nothing where that is so of none.
    pending: Vec<u32>,
    /// Rows that are not settled together with others.
    open: Vec<(u32, FigureId)>,
    /// Memory that one step leaves to the next.
    grown: Grown,
    room: Vec<FigureId>,
    numbers: Vec<u32>,
    flags: Vec<bool>,
    kept: Vec<u32>,
    /// Whether a variable is looked through: what does not hold is then told the usual way.
    looks_through: bool,
    /// Whether the outermost values are surely wanted by what is asked of nothing but their indicators.
    of_wanted: bool,
}

impl Batch {
    /// Begins with the outermost values.
    fn begin(&mut self, slot: usize) {
        let count = self.outer.len();
        self.counts.clear();
        self.counts.resize(count, Counts::default());
        self.left.clear();
        self.left.resize(count, false);
        self.left_count = 0;
        self.parents.clear();
        self.parents.extend((0..).take(count));
        self.bound.clear();
        self.fails.clear();
        self.pending.clear();
        self.looks_through = false;
        let mut column = self.start(slot);
        column.extend_from_slice(&self.outer);
        self.end(slot, column);
    }

    /// The values of a variable, row by row; `None` where it has none yet.
    fn column(&self, slot: usize) -> Option<&[FigureId]> {
        let column = self.columns.get(slot)?;
        self.bound.contains(&slot).then_some(column)
    }

    /// The memory for the values of a variable.
    fn start(&mut self, slot: usize) -> Vec<FigureId> {
        let column = self.columns.get_mut(slot).map(mem::take);
        let mut column = column.unwrap_or_default();
        column.clear();
        column
    }

    /// Notes the values of a variable.
    fn end(&mut self, slot: usize, column: Vec<FigureId>) {
        if let Some(place) = self.columns.get_mut(slot) {
            *place = column;
            self.bound.push(slot);
        }
    }

    /// The values of a variable, to be [given back](Self::give_back).
    fn lend(&mut self, slot: usize) -> Vec<FigureId> {
        let column = self
            .columns
            .get_mut(slot)
            .filter(|_| self.bound.contains(&slot));
        column.map(mem::take).unwrap_or_default()
    }

    fn give_back(&mut self, slot: usize, column: Vec<FigureId>) {
        if let Some(place) = self.columns.get_mut(slot) {
            *place = column;
        }
    }

    fn is_left(&self, outer: usize) -> bool {
        self.left.get(outer) == Some(&true)
    }

    /// Leaves an outermost value to the usual way.
    fn leave(&mut self, row: usize) {
        let parent = self.parents.get(row);
        if let Some(left) = parent.and_then(|parent| self.left.get_mut(*parent as usize)) {
            self.left_count += usize::from(!*left);
            *left = true;
        }
    }

    /// Leaves all that there are rows of to the usual way.
    fn leave_all(&mut self) {
        for row in 0..self.parents.len() {
            self.leave(row);
        }
        self.answers.clear();
        self.answers.resize(self.parents.len(), Some(false));
        self.retain();
        self.answers.clear();
    }

    /// Leaves those to the usual way of which was last said so.
    fn leave_if(&mut self, said: Option<bool>) {
        let answers = mem::take(&mut self.answers);
        let rows = answers.iter().enumerate();
        for (row, _) in rows.filter(|(_, answer)| **answer == said) {
            self.leave(row);
        }
        self.answers = answers;
    }

    /// Keeps the rows of which was last said that they are wanted.
    fn retain(&mut self) {
        if !any(&self.answers, |answer| answer != Some(true)) {
            return;
        }
        let mut kept = mem::take(&mut self.kept);
        rows_where(&mut kept, &self.answers, |answer| answer == Some(true));
        self.keep(&kept);
        self.kept = kept;
    }
}

impl<'q> Run<'q> {
    /// Whether the outermost loop is run so: where no memo is kept of what is alike.
    pub(super) fn runs_in_batches(&self) -> bool {
        let sifting = self.sifting.as_ref();
        sifting.is_some_and(|sifting| !sifting.has_memo())
    }

    /// Whether those that are alike are asked once.
    pub(super) fn has_memo(&self) -> bool {
        let sifting = self.sifting.as_ref();
        sifting.is_some_and(Sifting::has_memo)
    }

    /// Runs the outermost loop over figures, hundreds at once: `next` puts some into an empty list, none when there are no
    /// more. Of which indicators figures are surely wanted, and of which not, it is told: it may leave the latter out.
    pub(super) fn in_batches(
        &mut self,
        slot: usize,
        mut next: impl FnMut(&[Option<bool>], &mut Vec<FigureId>) -> Moved,
    ) {
        let mut batch = mem::take(&mut self.batch);
        batch.columns.resize_with(self.frame.len(), Vec::new);
        let mut wanted = vec![None; self.facts.catalogue.len()];
        let mut is_worth_it = true;
        while {
            batch.outer.clear();
            self.note_wanted(&mut wanted);
            let moved = next(&wanted, &mut batch.outer);
            self.rows += moved.left_out;
            batch.of_wanted = moved.of_wanted;
            !batch.outer.is_empty()
        } {
            if is_worth_it {
                batch.begin(slot);
                self.go_through(&mut batch);
                self.tell(slot, &mut batch);
                // Where most is unclear, what the rule asks is not for here.
                is_worth_it = batch.left_count <= batch.outer.len() / 2;
            } else {
                self.innermost(slot, batch.outer.iter().copied(), 0);
            }
        }
        self.batch = batch;
    }

    /// Those of some figures that do not surely fail what is asked of nothing but them.
    pub(super) fn wanted(
        &mut self,
        (slot, figures): (usize, impl Iterator<Item = FigureId>),
        own: &'q [usize],
    ) -> Wanted {
        let mut batch = mem::take(&mut self.batch);
        batch.columns.resize_with(self.frame.len(), Vec::new);
        batch.outer.clear();
        batch.outer.extend(figures);
        batch.begin(slot);
        for number in own {
            let Some(asked) = self.query.conditions.get(*number) else {
                continue;
            };
            self.ask_condition(&mut batch, (*number, asked));
            let answers = batch.answers.iter_mut();
            answers.for_each(|answer| *answer = Some(*answer != Some(false)));
            batch.retain();
        }
        let figures: Box<[_]> = batch.column(slot).unwrap_or_default().into();
        let unwanted = batch.outer.len() - figures.len();
        self.batch = batch;
        Wanted { figures, unwanted }
    }

    /// Notes of which indicators it is known that the figures of the outermost variable are wanted, or are not.
    fn note_wanted(&self, wanted: &mut [Option<bool>]) {
        let query = self.query;
        wanted.fill(Some(true));
        let asks = query.stages.first().map(|stage| &stage.asks);
        for number in asks.into_iter().flatten() {
            let asked = query.conditions.get(*number);
            if asked.is_some_and(|asked| asked.of_indicator.is_some()) {
                let known = self.answers.iter().skip(number * wanted.len());
                for (wanted, known) in wanted.iter_mut().zip(known) {
                    *wanted = ask::join(*wanted, *known, false);
                }
            }
        }
    }

    /// Takes all stages.
    fn go_through(&mut self, batch: &mut Batch) {
        let query = self.query;
        let mut is_compared = false;
        for (at, stage) in query.stages.iter().enumerate() {
            match &stage.action {
                Action::For(slot, access, _) if at > 0 => self.grow(batch, (*slot, access), at),
                Action::Let(_, given, _) if given.looked_through => batch.looks_through = true,
                Action::Let(slot, given, _) => is_compared = self.give(batch, (*slot, given), at),
                Action::For(..) | Action::Where => (),
            }
            for number in &stage.asks {
                let Some(asked) = query.conditions.get(*number) else {
                    continue;
                };
                if at > 0 || !batch.of_wanted || asked.of_indicator.is_none() {
                    self.ask_condition(batch, (*number, asked));
                    self.wait_if_unclear(batch, asked);
                    batch.retain();
                }
            }
            batch.settle_pending(at);
            if batch.parents.is_empty() {
                return batch.answers.clear();
            }
        }
        match &*query.requires {
            [Some(require)] => {
                if !is_compared {
                    self.ask_rows(batch, require);
                }
                self.leave_unclear(batch, require);
                if batch.looks_through {
                    batch.leave_if(Some(false));
                }
            }
            _ => batch.leave_all(),
        }
    }

    /// Leaves what is not known to the usual way, but where it is undecided for sure.
    fn leave_unclear(&mut self, batch: &mut Batch, require: &Quick<'_>) {
        let is_told = batch.looks_through && !self.ignores();
        let mut unclear = mem::take(&mut batch.kept);
        rows_where(&mut unclear, &batch.answers, |answer| answer.is_none());
        for row in &unclear {
            let row = *row as usize;
            self.bind_row(batch, row);
            if is_told || !self.scope().is_undecided(require) {
                batch.leave(row);
            }
        }
        batch.kept = unclear;
    }

    /// Gives the variables the values that they have in a row.
    #[inline]
    fn bind_row(&mut self, batch: &Batch, row: usize) {
        for slot in &batch.bound {
            let column = batch.columns.get(*slot);
            if let Some(figure) = column.and_then(|column| column.get(row)) {
                self.bind_figure(*slot, *figure);
            }
        }
    }
}
