//! Loops over superiors: most targets are settled by what all that a rule wants of them come to.

use std::mem;

use super::super::Outermost;
use super::super::Run;
use super::grow::Grown;
use super::pending::NOT_PENDING;
use super::{Batch, Counts};
use crate::facts::{Listing, Narrowed, Passed};
use crate::query::Stage;
use crate::query::quick::{Quick, Read};

/// What is asked of the superiors of a target that a rule wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// That it is no weaker than each: the requirement, and nothing else.
    NoWeaker,
    /// First, that it is weaker.
    Weaker,
    /// Nothing but what the requirement says of the target.
    OfTarget,
    /// Something else.
    Other,
}

impl Batch {
    /// Counts superiors that are not looked at, of a row.
    #[inline]
    fn pass_over(&mut self, row: u32, passed: Passed, asks: Asks) {
        let holds = if asks == Asks::Weaker {
            0
        } else {
            passed.wanted
        };
        let counts = Counts {
            rows: passed.unwanted + passed.wanted + passed.unbounded,
            holds,
            undetermined: passed.unbounded,
        };
        self.count(row, counts);
    }
}

impl<'q> Run<'q> {
    /// Runs a variable over the superiors of another, at a stage.
    pub(super) fn grow_superiors(
        &mut self,
        batch: &mut Batch,
        grown: &mut Grown,
        (slot, of): (usize, usize),
        at: usize,
    ) {
        let facts = self.facts;
        let Some(stage) = self.query.stages.get(at) else {
            return;
        };
        let narrowed = self.narrowed(slot, stage, at);
        // Conditions that no superior was passed over for are still to be asked.
        let asked = narrowed.map_or(&[][..], |_| &stage.own);
        let asks = self.asks_of_superiors((slot, of), (stage, asked), at);
        let answers = self.foretell(batch, asks);
        let (ignores, pending) = (self.ignores(), mem::take(&mut batch.pending));
        let listing = |row: u32| match asks {
            // Where something is undecided, no check holds.
            _ if pending
                .get(row as usize)
                .is_some_and(|home| *home != NOT_PENDING) =>
            {
                Listing::All
            }
            Asks::NoWeaker if ignores => Listing::StrongerBounded,
            Asks::NoWeaker | Asks::Weaker => Listing::Stronger,
            Asks::OfTarget if answers.get(row as usize) == Some(&Some(true)) => Listing::Unclear,
            Asks::OfTarget | Asks::Other => Listing::All,
        };
        let column = batch.lend(of);
        let mut open = mem::take(&mut batch.open);
        let mut row = 0;
        while let Some(first) = column.get(row as usize) {
            // Figures of one plan stand together.
            let plan = facts.plan_of_figure(*first);
            let own = facts.range_of(plan);
            let rows = column.get(row as usize..).unwrap_or_default();
            let others = rows.iter().skip(1);
            let others = others.take_while(|figure| own.contains(&figure.0));
            let rows = rows.get(..=others.count()).unwrap_or_default();
            let above = facts.above(plan, narrowed);
            open.clear();
            // What most are settled by is looked up for all of them first: nobody waits for the few that are not.
            for (row, figure) in (row..).zip(rows) {
                match above.settled(*figure, listing(row)) {
                    Some(passed) => batch.pass_over(row, passed, asks),
                    None => open.push((row, *figure)),
                }
            }
            row += u32::try_from(rows.len()).unwrap_or(u32::MAX);
            above.look_at(open.iter().map(|(_, figure)| *figure));
            for (row, figure) in &open {
                if !grown.has_room() {
                    batch.leave(*row as usize);
                    continue;
                }
                let passed = above.list(*figure, listing(*row), &mut grown.values);
                batch.pass_over(*row, passed, asks);
                if asks == Asks::NoWeaker {
                    grown.fails.resize(grown.values.len(), passed.weaker);
                }
                grown.come_of(*row);
            }
        }
        batch.open = open;
        batch.give_back(of, column);
        batch.answers = answers;
        batch.pending = pending;
    }

    /// What the requirement says of each row, where nothing else is asked.
    fn foretell(&mut self, batch: &mut Batch, asks: Asks) -> Vec<Option<bool>> {
        if let (Asks::OfTarget, [Some(require)]) = (asks, &*self.query.requires) {
            self.ask_rows(batch, require);
        }
        mem::take(&mut batch.answers)
    }

    /// Which superiors' targets a stage wants, where it asks anything of nothing but them: told once for all parts of a run
    /// over whole tables.
    fn narrowed(&self, slot: usize, stage: &'q Stage<'q>, at: usize) -> Option<&'q Narrowed> {
        let sifting = self.sifting.as_ref()?;
        if stage.own.is_empty() || !matches!(self.outermost, Outermost::Places(_)) {
            return None;
        }
        let conditions = stage.own.iter();
        let conditions: Option<Vec<&Quick<'_>>> = conditions
            .map(|number| self.query.conditions.get(*number)?.quick.as_ref())
            .collect();
        let conditions = conditions?;
        sifting.narrowed(at, || {
            self.facts.narrowed(|figure| {
                let mut all = Some(true);
                for condition in &conditions {
                    match self
                        .scope()
                        .of(slot, figure, |scope| scope.holds(condition))
                    {
                        Some(true) => (),
                        Some(false) => return Some(false),
                        None => all = None,
                    }
                }
                all
            })
        })
    }

    /// What a stage asks beside some conditions that need not be asked.
    fn asks_of_superiors(
        &self,
        (slot, of): (usize, usize),
        (stage, asked): (&Stage<'_>, &[usize]),
        at: usize,
    ) -> Asks {
        let mut others = stage.asks.iter().filter(|number| !asked.contains(number));
        if self.query.is_last(at) && others.clone().next().is_none() {
            let [Some(require)] = &*self.query.requires else {
                return Asks::Other;
            };
            if compares(require, of, slot) {
                return Asks::NoWeaker;
            }
            if stage.foretold {
                return Asks::OfTarget;
            }
        }
        let wants_weaker = others.any(|number| {
            let asked = self.query.conditions.get(*number);
            match asked.and_then(|asked| asked.quick.as_ref()) {
                Some(Quick::Not(inner)) => compares(inner, of, slot),
                _ => false,
            }
        });
        if wants_weaker {
            Asks::Weaker
        } else {
            Asks::Other
        }
    }
}

/// Whether a condition is that a variable is no weaker than another.
fn compares(condition: &Quick<'_>, of: usize, than: usize) -> bool {
    match condition {
        Quick::NoWeaker(Read::Slot(one), Read::Slot(other)) => *one == of && *other == than,
        _ => false,
    }
}
