//! Checks made again, taken into what a session holds and out of it.

use super::super::Shown;
use super::super::allow::Uses;
use super::super::found::{Item, Origin};
use super::super::judge::Grounds;
use super::super::run::{Over, Ran, run};
use super::super::tally::{Done, Tally};
use super::{Readers, Session, keys};
use crate::facts::PlanId;
use crate::finding::RuleCount;
use crate::relation::{Reach, plan_of};

/// Checks that were made at one time.
pub(super) struct Made {
    pub done: Done,
    taken: Vec<usize>,
    uses: Uses,
}

impl Session {
    pub(super) fn make(&self, readers: &[Readers]) -> Made {
        let shown = Shown { only: None };
        let mut tally = Tally::new(&shown);
        let asked = self.rules.rules.iter().zip(&self.rules.plans);
        let rules = asked.zip(readers).enumerate();
        let rules = rules.filter(|_| !self.options.read_only);
        let rules: Vec<_> = rules
            .map(|(at, ((rule, plans), readers))| (at, rule, over(plans.as_deref(), readers)))
            .collect();
        let grounds = Grounds::new(&self.facts, &self.allowances, &self.options);
        let Ran { taken, uses, .. } = run(&rules, &grounds, &shown, &mut tally);
        Made {
            done: tally.done(),
            taken,
            uses,
        }
    }

    pub(super) fn add(&mut self, made: Made) {
        let Made { done, taken, uses } = made;
        for (place, more) in &uses {
            self.uses.entry(*place).or_default().add(more);
        }
        let first = u32::try_from(self.memories.len()).unwrap_or(u32::MAX);
        for mut item in done.items {
            let Origin::Check(hit) = &mut item.origin else {
                continue;
            };
            let memory = done.memories.get(hit.memory as usize);
            let any = self.reaches.get(usize::from(hit.rule)) == Some(&Reach::Any);
            let outermost = memory
                .filter(|_| !any)
                .and_then(|memory| hit.outermost(memory));
            let plan = outermost.and_then(|of| plan_of(&self.facts, &of));
            hit.memory += first;
            self.items.entry(plan).or_default().push(item);
        }
        self.memories.extend(done.memories);
        self.allowed += done.summary.allowed;
        for (all, more) in self.taken.iter_mut().zip(taken) {
            *all += more;
        }
        for more in &done.rules {
            self.count(&more.rule, |count| count.add(more));
        }
    }

    fn count(&mut self, rule: &str, change: impl FnOnce(&mut RuleCount)) {
        let mut counts = self.counts.iter_mut();
        if let Some(count) = counts.find(|count| count.rule == rule) {
            change(count);
        }
    }

    pub(super) fn subtract(&mut self, made: &Made, readers: &[Readers]) {
        self.allowed -= made.done.summary.allowed;
        for (place, less) in &made.uses {
            self.uses.entry(*place).or_default().subtract(less);
        }
        for (all, less) in self.taken.iter_mut().zip(&made.taken) {
            *all -= less;
        }
        for less in &made.done.rules {
            self.count(&less.rule, |count| count.subtract(less));
        }
        for key in keys(readers) {
            let kept = |item: &Item| match item.origin {
                Origin::Check(hit) => match readers.get(usize::from(hit.rule)) {
                    Some(Some(plans)) => key.is_none_or(|plan| !plans.contains(&plan)),
                    _ => false,
                },
                Origin::Problem(_) => true,
            };
            if let Some(items) = self.items.get_mut(&key) {
                items.retain(kept);
            }
        }
    }
}

/// What of a rule's plans is asked again.
fn over(plans: Option<&[PlanId]>, readers: &Readers) -> Over {
    match (plans, readers) {
        (None, None) => Over::All,
        (Some(plans), None) => Over::Plans(plans.to_vec()),
        (None, Some(readers)) => Over::Plans(readers.clone()),
        (Some(plans), Some(readers)) => {
            let both = readers.iter().filter(|plan| plans.contains(plan));
            Over::Plans(both.copied().collect())
        }
    }
}
