//! Checks made again, taken into what a session holds and out of it.

use super::Session;
use super::asked::Asked;
use crate::check::Shown;
use crate::check::allow::Uses;
use crate::check::found::{Item, Origin};
use crate::check::hit::{Hit, Memory};
use crate::check::judge::Grounds;
use crate::check::run::{Ran, run};
use crate::check::tally::{Done, Tally};
use crate::facts::PlanId;
use crate::finding::RuleCount;
use crate::relation::{Reach, plan_of};
use crate::source::SourceId;
use crate::value::Value;

/// Checks that were made at one time.
pub(super) struct Made {
    pub done: Done,
    taken: Vec<usize>,
    pub uses: Uses,
}

impl Session {
    pub(super) fn make(&self, asked: &[Asked]) -> Made {
        let shown = Shown { only: None };
        let mut tally = Tally::new(&shown);
        let rules = self.rules.rules.iter().zip(&self.rules.plans);
        let rules = rules.zip(asked).enumerate();
        let rules = rules.filter(|_| !self.options.read_only);
        let rules = rules.flat_map(|(at, ((rule, plans), asked))| {
            let over = asked.over(plans.as_deref()).into_iter();
            over.map(move |over| (at, rule, over))
        });
        let rules: Vec<_> = rules.collect();
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
            let plan = memory.and_then(|memory| self.plan_of_hit(*hit, memory));
            hit.memory += first;
            self.note_place(plan, &item);
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

    /// The plan of a hit's outermost variable; none of a rule that reads any plan.
    fn plan_of_hit(&self, hit: Hit, memory: &Memory) -> Option<PlanId> {
        let reading = self.readings.get(usize::from(hit.rule))?;
        let of = hit
            .outermost(memory)
            .filter(|_| reading.reach != Reach::Any)?;
        plan_of(&self.facts, &of)
    }

    /// Notes where a finding is shown that is not shown in the file of the plan that it was found from.
    fn note_place(&mut self, plan: Option<PlanId>, item: &Item) {
        let Some((plan, place)) = plan.zip(item.brief.place) else {
            return;
        };
        if self.facts.plan(plan).id.span.source != place.source {
            self.elsewhere.entry(place.source).or_default().insert(plan);
        }
    }

    fn count(&mut self, rule: &str, change: impl FnOnce(&mut RuleCount)) {
        let mut counts = self.counts.iter_mut();
        if let Some(count) = counts.find(|count| count.rule == rule) {
            change(count);
        }
    }

    /// Takes checks out that were made as things still are.
    pub(super) fn subtract(&mut self, made: &Made, asked: &[Asked]) {
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
        // What did not hold then is what was kept: plans of which nothing did not hold have nothing to be taken out.
        let hits = made.done.items.iter().filter_map(|item| match item.origin {
            Origin::Check(hit) => Some((hit, made.done.memories.get(hit.memory as usize)?)),
            Origin::Problem(_) => None,
        });
        let mut touched: Vec<Option<PlanId>> = hits
            .map(|(hit, memory)| self.plan_of_hit(hit, memory))
            .collect();
        touched.sort_unstable();
        touched.dedup();
        let (facts, memories) = (&self.facts, &self.memories);
        for key in touched {
            let kept = |item: &Item| match item.origin {
                Origin::Check(hit) => {
                    let memory = memories.get(hit.memory as usize);
                    let of = memory.and_then(|memory| hit.outermost(memory));
                    let indicator = match of {
                        Some(Value::Figure(id)) => Some(facts.indicator_of(id)),
                        _ => None,
                    };
                    let asked = asked.get(usize::from(hit.rule));
                    !asked.is_some_and(|asked| asked.holds(key, indicator))
                }
                Origin::Problem(_) => true,
            };
            if let Some(items) = self.items.get_mut(&key) {
                items.retain(kept);
            }
        }
    }

    /// The files whose findings checks may change: where those that do not hold are shown, and where the others may
    /// be that compare the same figures.
    pub(super) fn files_of(&self, made: &Made, files: &mut Vec<SourceId>) {
        files.extend(made.uses.keys().map(|span| span.source));
        for item in &made.done.items {
            files.extend(item.brief.place.map(|place| place.source));
            let Origin::Check(hit) = item.origin else {
                continue;
            };
            let rule = self.rules.rules.get(usize::from(hit.rule));
            let memory = made.done.memories.get(hit.memory as usize);
            let compared = rule.zip(memory).filter(|_| item.compared.is_some());
            if let Some((rule, memory)) = compared {
                let figures = hit.figures(rule, memory);
                files.extend(figures.map(|id| self.facts.figure(id).span().source));
            }
        }
        files.sort_unstable();
        files.dedup();
    }
}
