//! What a run cost: time and rows, phase by phase and rule by rule.

use std::time::Duration;

use crate::language::Said;

/// A clock, as the time since a moment that stays the same: the library asks none of its own.
pub type Clock = fn() -> Duration;

/// What a run cost.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// Its phases, one after another.
    pub phases: Vec<Phase>,
    /// Its rules, as in the report: the time one thread worked on each, and the values its variables took.
    pub rules: Vec<Phase>,
}

/// A phase of a run.
#[derive(Clone, Debug)]
pub struct Phase {
    /// What was done.
    pub name: Said,
    /// How long it took.
    pub took: Duration,
    /// How many things it was done to.
    pub rows: usize,
}

impl Phase {
    /// Adds another part of the same phase.
    pub fn add(&mut self, part: &Self) {
        self.took += part.took;
        self.rows += part.rows;
    }
}

/// Takes the time of one phase after another.
#[derive(Debug)]
pub struct Stopwatch {
    clock: Option<Clock>,
    last: Duration,
    phases: Vec<Phase>,
}

impl Stopwatch {
    /// Starts; without a clock every time is zero.
    #[must_use]
    pub fn new(clock: Option<Clock>) -> Self {
        let mut watch = Self {
            clock,
            last: Duration::ZERO,
            phases: Vec::new(),
        };
        watch.last = watch.now();
        watch
    }

    /// Ends a phase that began when the one before ended.
    pub fn lap(&mut self, name: Said, rows: usize) {
        let now = self.now();
        let took = now.saturating_sub(self.last);
        self.last = now;
        self.phases.push(Phase { name, took, rows });
    }

    /// Takes over phases that were timed elsewhere since the last one ended.
    pub fn take(&mut self, phases: Vec<Phase>) {
        self.phases.extend(phases);
        self.last = self.now();
    }

    /// The phases, in their order.
    #[must_use]
    pub fn phases(self) -> Vec<Phase> {
        self.phases
    }

    fn now(&self) -> Duration {
        self.clock.map_or(Duration::ZERO, |clock| clock())
    }
}
