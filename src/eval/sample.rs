//! What a query costs: its rows at each stage, counted on some of its outermost rows and scaled.

use super::{Check, Outermost, Run, Sink, places};
use crate::facts::Facts;
use crate::query::Query;

/// Outermost rows that are run.
const MOST: usize = 1_000;

/// Rows that are run at most, over all stages: a rule that runs over more is dear, whatever the number.
const MOST_ROWS: usize = 2_000_000;

/// The rows of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Stage by stage.
    pub stages: Vec<Passed>,
    /// The checks.
    pub checks: usize,
    /// Whether every row was run; otherwise the numbers are estimates.
    pub exact: bool,
    /// Whether the run was broken off: there are more rows than the numbers say.
    pub more: bool,
}

/// The rows of a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Values that its variable took; for other stages how often it was reached.
    pub reached: usize,
    /// Those that went on, its conditions asked.
    pub kept: usize,
}

/// Counts, on every so many of the outermost rows.
pub(super) struct Sample {
    every: usize,
    outermost: usize,
    run: usize,
    stages: Vec<Passed>,
}

impl Sample {
    fn new(stages: usize, every: usize) -> Self {
        Self {
            every,
            outermost: 0,
            run: 0,
            stages: vec![Passed::default(); stages],
        }
    }

    /// Counts a row in, or leaves it out.
    pub fn takes(&mut self, stage: usize) -> bool {
        if stage == 0 {
            self.outermost += 1;
            if !(self.outermost - 1).is_multiple_of(self.every) {
                return false;
            }
        }
        self.run += 1;
        if self.run > MOST_ROWS {
            return false;
        }
        if let Some(passed) = self.stages.get_mut(stage) {
            passed.reached += 1;
        }
        true
    }

    /// Counts a row that went on.
    pub fn passes(&mut self, stage: usize) {
        if let Some(passed) = self.stages.get_mut(stage) {
            passed.kept += 1;
        }
    }
}

/// The rows of a query on these facts: all of them where the outermost table is short, else an estimate.
#[must_use]
pub fn sample(query: &Query<'_>, facts: &Facts) -> Rows {
    let stages = query.stages.len();
    // Nothing but the outermost loop runs where every row is left out.
    let mut length = Sample::new(stages, usize::MAX);
    run(query, facts, &mut |_: &Check<'_>| (), &mut length);
    let every = length.outermost.div_ceil(MOST).max(1);
    let mut counted = Sample::new(stages, every);
    let mut checks = 0;
    let sink = &mut |_: &Check<'_>| checks += 1;
    run(query, facts, sink, &mut counted);
    let scaled = |passed: &Passed| Passed {
        reached: passed.reached * every,
        kept: passed.kept * every,
    };
    Rows {
        stages: counted.stages.iter().map(scaled).collect(),
        checks: checks * every,
        exact: every == 1,
        more: counted.run > MOST_ROWS,
    }
}

fn run(query: &Query<'_>, facts: &Facts, sink: &mut dyn Sink, sample: &mut Sample) {
    let all = Outermost::Places(0..places(query, facts));
    let mut run = Run::new(query, facts, all, sink);
    run.sample = Some(sample);
    run.stage(0);
}
