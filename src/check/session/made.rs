//! Checks made again, taken into what a session holds and out of it.

use std::sync::Arc;

use super::Session;
use super::asked::{Asked, Readers};
use super::held::{Held, Holders, few};
use super::marks::Marks;
use crate::check::Shown;
use crate::check::allow::Uses;
use crate::check::found::Origin;
use crate::check::hit::Hit;
use crate::check::judge::Grounds;
use crate::check::memory::Memory;
use crate::check::placing::Placing;
use crate::check::run::{Ran, run};
use crate::check::tally::{Done, Tally};
use crate::facts::{Facts, PlanId};
use crate::finding::RuleCount;
use crate::relation::{Reach, plan_of};
use crate::resolve::TypedRule;
use crate::source::SourceId;
use crate::value::Value;

/// Checks that were made at one time.
pub(super) struct Made {
    pub counted: Counted,
    /// What does not hold, part by part.
    coming: Vec<Vec<Coming>>,
    memories: Vec<Memory>,
}

/// What was counted of them.
#[derive(Debug)]
pub(super) struct Counted {
    pub checks: usize,
    allowed: usize,
    rules: Vec<RuleCount>,
    taken: Vec<usize>,
    uses: Uses,
}

/// A finding on its way to what is held.
struct Coming {
    held: Held,
    /// The file that it is shown in, where that is not its plan's.
    elsewhere: Option<SourceId>,
}

impl Counted {
    /// Names the files of what is accepted of the checks.
    pub fn name(&self, files: &mut Marks) {
        let places = self.uses.keys();
        places.for_each(|place| files.insert(place.source.number()));
    }
}

impl Session {
    /// Makes checks and keeps what does not hold.
    pub(super) fn make(&self, asked: &[Asked]) -> Made {
        let grounds = Grounds::new(&self.facts, &self.allowances, &self.options);
        self.run(asked, &grounds)
    }

    /// Makes checks to count them: what does not hold is known.
    pub(super) fn count(&self, asked: &[Asked]) -> Counted {
        let grounds = Grounds::new(&self.facts, &self.allowances, &self.options);
        self.run(asked, &grounds.counting()).counted
    }

    fn run(&self, asked: &[Asked], grounds: &Grounds<'_>) -> Made {
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
        // What stands in a part's memory is looked up while the part is at hand.
        let placing = Placing::new(&self.facts, &self.rules.rules);
        let coming = |part: &mut Tally<'_>| -> Vec<Coming> {
            let items = std::mem::take(&mut part.items);
            let mut coming = Vec::with_capacity(items.count());
            if let Some(memory) = part.memories.last() {
                let items = items.into_parts().flatten();
                coming.extend(items.filter_map(|item| self.coming(item, &placing, memory)));
            }
            coming
        };
        let (Ran { taken, uses, .. }, coming) = run(&rules, grounds, &shown, &mut tally, &coming);
        let Done {
            summary,
            rules,
            memories,
        } = tally.done();
        Made {
            counted: Counted {
                checks: summary.checks,
                allowed: summary.allowed,
                rules,
                taken,
                uses,
            },
            coming,
            memories,
        }
    }

    /// Takes checks in, and names the files whose findings they may change: where those that do not hold are shown, and
    /// where the others may be that compare the same figures.
    pub(super) fn add(&mut self, made: Made, files: &mut Marks) -> Counted {
        let Made {
            counted,
            coming,
            memories,
        } = made;
        counted.name(files);
        for (place, more) in &counted.uses {
            self.uses.entry(*place).or_default().add(more);
        }
        let first = u32::try_from(self.memories.len()).unwrap_or(u32::MAX);
        self.memories.extend(memories);
        for Coming {
            mut held,
            elsewhere,
        } in coming.into_iter().flatten()
        {
            held.hit.memory += first;
            name(&held, &self.facts, &self.rules.rules, &self.memories, files);
            if let Some((plan, file)) = held.plan.zip(elsewhere) {
                self.elsewhere.entry(file).or_default().insert(plan);
            }
            self.items.add(held);
        }
        self.allowed += counted.allowed;
        for (all, more) in self.taken.iter_mut().zip(&counted.taken) {
            *all += more;
        }
        for more in &counted.rules {
            self.count_of(&more.rule, |count| count.add(more));
        }
        counted
    }

    /// What is to be held of a finding, with what its hit stands in.
    fn coming(&self, item: Origin, placing: &Placing<'_>, memory: &Memory) -> Option<Coming> {
        let Origin::Check(hit) = item else {
            return None;
        };
        let of = hit.outermost(memory);
        let plan = of.as_ref().and_then(|of| self.plan_of_hit(hit, of));
        let indicator = match of {
            Some(Value::Figure(id)) => Some(self.facts.indicator_of(id)),
            _ => None,
        };
        let filed = placing.file(hit, memory);
        let own = plan.map(|plan| self.facts.source_of(plan));
        let rule = self.rules.rules.get(usize::from(hit.rule));
        let mut held = Held {
            hit,
            plan,
            indicator,
            files: None,
            shown: filed.file,
            compares: filed.compares,
        };
        held.files = few(files_of(&held, &self.facts, rule.zip(Some(memory))));
        Some(Coming {
            held,
            elsewhere: filed.file.filter(|_| own.is_some() && own != filed.file),
        })
    }

    /// The plan of a hit's outermost variable; none of a rule that reads any plan.
    fn plan_of_hit(&self, hit: Hit, of: &Value) -> Option<PlanId> {
        let reading = self.readings.get(usize::from(hit.rule))?;
        plan_of(&self.facts, of).filter(|_| reading.reach != Reach::Any)
    }

    fn count_of(&mut self, rule: &str, change: impl FnOnce(&mut RuleCount)) {
        let mut counts = self.counts.iter_mut();
        if let Some(count) = counts.find(|count| count.rule == rule) {
            change(count);
        }
    }

    /// Takes checks out that were made as things still are, and names the files whose findings that may change. Those
    /// of them that do not hold are what is held of them.
    pub(super) fn subtract(&mut self, counted: &Counted, asked: &[Asked], files: &mut Marks) {
        counted.name(files);
        self.allowed -= counted.allowed;
        for (place, less) in &counted.uses {
            self.uses.entry(*place).or_default().subtract(less);
        }
        for (all, less) in self.taken.iter_mut().zip(&counted.taken) {
            *all -= less;
        }
        for less in &counted.rules {
            self.count_of(&less.rule, |count| count.subtract(less));
        }
        let holders = self.holders(asked);
        let (facts, rules, memories) = (&self.facts, &self.rules.rules, &self.memories);
        let is_asked = |held: &Held| {
            let asked = asked.get(usize::from(held.hit.rule));
            asked.is_some_and(|asked| asked.holds(held.plan, held.indicator))
        };
        let named = |held: &Held, files: &mut Marks| name(held, facts, rules, memories, files);
        let named = self.items.take(&holders, is_asked, named);
        *files = std::mem::take(files).or(named);
    }

    /// Of what something may be held that is asked.
    fn holders(&self, asked: &[Asked]) -> Holders {
        let mut holders = Holders::default();
        let mut known: Vec<&Arc<Readers>> = Vec::new();
        for (asked, reading) in asked.iter().zip(&self.readings) {
            match asked {
                Asked::Nothing => (),
                Asked::All => {
                    holders.others = true;
                    // What is found by a rule that reads any plan is held of none.
                    if reading.reach != Reach::Any {
                        let plans = self.facts.plans();
                        plans.for_each(|plan| holders.plans.insert(plan.0));
                    }
                }
                Asked::Plans(some) => some.iter().for_each(|plan| holders.plans.insert(plan.0)),
                Asked::Figures {
                    plan,
                    others,
                    indicators,
                } => {
                    holders.plans.insert(plan.0);
                    if !known.iter().any(|known| Arc::ptr_eq(known, others)) {
                        known.push(others);
                        let marks = std::mem::take(&mut holders.readers);
                        holders.readers = marks.or(others.marks.clone());
                    }
                    // Those of a change are the same for every rule.
                    holders.indicators.clone_from(indicators);
                }
            }
        }
        holders
    }
}

/// Names the files that a finding concerns.
fn name(held: &Held, facts: &Facts, rules: &[TypedRule], memories: &[Memory], files: &mut Marks) {
    if let Some(few) = held.files {
        for file in few {
            files.insert(file.number());
        }
        return;
    }
    let rule = rules.get(usize::from(held.hit.rule));
    let of = rule.zip(memories.get(held.hit.memory as usize));
    files_of(held, facts, of).for_each(|file| files.insert(file.number()));
}

/// Where a finding is shown, and where the figures stand that it compares, by its rule and what its hit stands in.
fn files_of(
    held: &Held,
    facts: &Facts,
    of: Option<(&TypedRule, &Memory)>,
) -> impl Iterator<Item = SourceId> {
    let hit = held.hit;
    let figures = of.filter(|_| held.compares);
    let figures = figures.map(|(rule, memory)| hit.figures(rule, memory));
    let figures = figures.into_iter().flatten();
    let figures = figures.map(|id| facts.source_of_figure(id));
    held.shown.into_iter().chain(figures)
}
