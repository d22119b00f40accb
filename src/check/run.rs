//! The rules run over the facts, in parts side by side, and put together as if one after another.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Stage;
use super::allow::Uses;
use super::judge::{Grounds, Judge, Kept};
use super::tally::Tally;
use super::{Options, RuleSet, Shown};
use crate::catalogue::IndicatorId;
use crate::eval::{Outermost, Sieve, evaluate, places, sift};
use crate::facts::{Facts, PlanId};
use crate::language::Said;
use crate::query::{Needs, Query, plan_query};
use crate::resolve::TypedRule;
use crate::timing::{Phase, Stopwatch};

/// Parts of a rule's outermost loop: enough of them that no processor waits for another.
const PARTS: usize = 64;

/// Places of an outermost loop that are not worth a part of their own.
const FEW: usize = 256;

/// A part of a rule's checks.
struct Part<'q> {
    rule: usize,
    /// Which of the rule's parts it is.
    number: usize,
    query: &'q Query<'q>,
    sieve: &'q Sieve,
    of: Outermost,
}

/// What is said of a run beside its checks.
pub(super) struct Ran {
    /// How many checks each rule made, by the rule's place in the rule set; shown or not.
    pub taken: Vec<usize>,
    /// What each rule cost.
    pub costs: Vec<Phase>,
    /// What was made of accepted deviations.
    pub uses: Uses,
}

/// What a rule is run over.
pub(super) enum Over {
    /// All that there is.
    All,
    /// What stands in some plans.
    Plans(Vec<PlanId>),
    /// The figures of some indicators in some plans.
    Figures(Vec<PlanId>, Vec<IndicatorId>),
}

/// Makes what rules ask for that run over all that there is, side by side.
pub(super) fn prepare(rules: &RuleSet, facts: &Facts, options: &Options, watch: &mut Stopwatch) {
    if options.read_only {
        return;
    }
    let over_all = rules.rules.iter().zip(&rules.plans);
    let over_all = over_all.filter(|(_, plans)| plans.is_none());
    let mut needs = Needs::default();
    over_all.clone().for_each(|(rule, _)| needs.add(rule));
    facts.prepare(&needs.sets, needs.superiors, needs.children);
    watch.lap(Said::new("索引", "indexes"), over_all.count());
}

/// Runs all rules over all that there is, where anything is asked at all.
pub(super) fn all<'s>(
    rules: &RuleSet,
    grounds: &Grounds<'_>,
    options: &Options,
    shown: &'s Shown,
    tally: &mut Tally<'s>,
) -> Ran {
    let asked = rules.rules.iter().zip(&rules.plans).enumerate();
    let asked = asked.filter(|_| !options.read_only);
    let over = |plans: &Option<Vec<PlanId>>| plans.clone().map_or(Over::All, Over::Plans);
    let asked: Vec<_> = asked
        .map(|(at, (rule, plans))| (at, rule, over(plans)))
        .collect();
    run(&asked, grounds, shown, tally, &|_| ()).0
}

/// Runs rules, each with its place in the rule set; their checks go into the tally, in the order of the rules and of
/// their tables. What each part leaves may be looked at, or taken out of it, while it is at hand.
pub(super) fn run<'s, T: Send>(
    rules: &[(usize, &TypedRule, Over)],
    grounds: &Grounds<'_>,
    shown: &'s Shown,
    tally: &mut Tally<'s>,
    taking: &(dyn Fn(&mut Tally<'s>) -> T + Sync),
) -> (Ran, Vec<T>) {
    let facts = grounds.facts;
    let queries = rules.iter();
    let queries: Vec<_> = queries
        .map(|(rule, of, over)| {
            let query = plan_query(of);
            let sieve = Sieve::new(&query, facts);
            (*rule, query, sieve, over)
        })
        .collect();
    let parts: Vec<Part<'_>> = queries.iter().flat_map(|of| parts(of, facts)).collect();
    // What rules ask of the same plans is mostly asked one rule after another, while these are at hand.
    let mut order: Vec<_> = parts.iter().enumerate().collect();
    order.sort_by_key(|(_, part)| part.number);
    let first = tally.memories.len();
    let done = AtomicUsize::new(0);
    let judged = order.par_iter().map(|(at, part)| {
        let at = *at;
        let Part { rule, query, .. } = part;
        let mut tally = Tally::new(shown);
        let kept = Kept {
            rule: *rule,
            memory: first + at,
        };
        let mut watch = Stopwatch::new(grounds.clock);
        let mut judge = Judge::new(kept, query, grounds, &mut tally);
        let rows = ask(part, facts, &mut judge);
        let taken = judge.taken();
        if let Some(progress) = grounds.progress {
            let done = 1 + done.fetch_add(1, Ordering::Relaxed);
            progress(Stage::Checking, done, parts.len());
        }
        watch.lap(Said::same(&query.rule.id.value), rows);
        let taken_out = taking(&mut tally);
        (at, (*rule, tally, watch.phases(), taken, taken_out))
    });
    let mut judged: Vec<_> = judged.collect();
    judged.sort_by_key(|(at, _)| *at);
    let count = rules.iter().map(|(rule, ..)| rule + 1).max();
    let mut ran = Ran {
        taken: vec![0; count.unwrap_or(0)],
        costs: Vec::with_capacity(rules.len()),
        uses: Uses::default(),
    };
    let mut taken_out = Vec::with_capacity(judged.len());
    for (_, (rule, part, costs, taken, more)) in judged {
        taken_out.push(more);
        tally.absorb(part);
        if let Some(all) = ran.taken.get_mut(rule) {
            *all += taken;
        }
        for cost in costs {
            // A rule that is asked in several ways is one rule.
            match ran.costs.last_mut().filter(|all| all.name == cost.name) {
                Some(all) => all.add(&cost),
                None => ran.costs.push(cost),
            }
        }
    }
    ran.uses = std::mem::take(&mut tally.uses);
    (ran, taken_out)
}

/// Runs a part of a rule; gives how many values its variables took.
fn ask(part: &Part<'_>, facts: &Facts, judge: &mut Judge<'_, '_>) -> usize {
    let (query, of) = (part.query, part.of.clone());
    if judge.needs_all() {
        return evaluate(query, facts, of, judge);
    }
    let sifted = sift(query, facts, of, part.sieve, judge);
    judge.pass(sifted);
    sifted.rows
}

/// A rule in parts, in order; one without anything to run over has one, too.
fn parts<'q>(
    (rule, query, sieve, over): &'q (usize, Query<'q>, Sieve, &Over),
    facts: &Facts,
) -> Vec<Part<'q>> {
    let part = |(number, of)| Part {
        rule: *rule,
        number,
        query,
        sieve,
        of,
    };
    let (plans, indicators) = match over {
        Over::All => (None, None),
        Over::Plans(plans) => (Some(plans), None),
        Over::Figures(plans, indicators) => (Some(plans), Some(indicators)),
    };
    if let Some(plans) = plans {
        let size = plans.len().div_ceil(PARTS).max(FEW);
        let none = plans.is_empty().then_some(&[][..]);
        let parts = plans.chunks(size).chain(none);
        let of = |plans: &[PlanId]| match indicators {
            Some(indicators) => Outermost::Figures(plans.to_vec(), indicators.clone()),
            None => Outermost::Plans(plans.to_vec()),
        };
        return parts.map(of).enumerate().map(part).collect();
    }
    let all = places(query, facts);
    let size = all.div_ceil(PARTS).max(FEW);
    let starts = (0..all.max(1)).step_by(size);
    let places = starts.map(|start| Outermost::Places(start..(start + size).min(all)));
    places.enumerate().map(part).collect()
}
