//! The rules run over the facts, in parts side by side, and put together as if one after another.

use std::ops::Range;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::judge::{Judge, Kept};
use super::tally::Tally;
use super::{Options, Shown};
use crate::eval::{evaluate, places};
use crate::facts::Facts;
use crate::language::Said;
use crate::query::{Query, plan_query};
use crate::resolve::TypedRule;
use crate::timing::{Phase, Stopwatch};

/// Parts of a rule's outermost loop: enough of them that no processor waits for another.
const PARTS: usize = 64;

/// Places of an outermost loop that are not worth a part of their own.
const FEW: usize = 256;

/// A part of a rule's checks.
struct Part<'q> {
    rule: usize,
    query: &'q Query<'q>,
    places: Range<usize>,
}

/// What is said of a run beside its checks.
pub(super) struct Ran {
    /// The rules that found nothing to check.
    pub idle: Vec<usize>,
    /// What each rule cost.
    pub costs: Vec<Phase>,
}

/// Runs rules; their checks go into the tally, in the order of the rules and of their tables.
pub(super) fn run<'s>(
    rules: &[TypedRule],
    facts: &Facts,
    options: &Options,
    shown: &'s Shown,
    tally: &mut Tally<'s>,
) -> Ran {
    let queries: Vec<Query<'_>> = rules.iter().map(plan_query).collect();
    let parts = parts(&queries, facts);
    let judged = parts.par_iter().enumerate().map(|(memory, part)| {
        let Part {
            rule,
            query,
            places,
        } = part;
        let mut tally = Tally::new(shown);
        let kept = Kept {
            rule: *rule,
            memory,
        };
        let mut watch = Stopwatch::new(options.clock);
        let mut judge = Judge::new(kept, query.rule, facts, options, &mut tally);
        let rows = evaluate(query, facts, places.clone(), &mut |check| judge.take(check));
        let idle = judge.is_idle();
        watch.lap(Said::same(&query.rule.id.value), rows);
        (*rule, tally, watch.phases(), idle)
    });
    let judged: Vec<_> = judged.collect();
    let mut ran = Ran {
        idle: (0..rules.len()).collect(),
        costs: Vec::with_capacity(rules.len()),
    };
    for (rule, part, costs, idle) in judged {
        tally.absorb(part);
        if !idle {
            ran.idle.retain(|other| *other != rule);
        }
        for cost in costs {
            match ran.costs.get_mut(rule) {
                Some(all) => all.add(&cost),
                None => ran.costs.push(cost),
            }
        }
    }
    ran
}

/// Each rule in parts, in order; one without anything to run over has one, too.
fn parts<'q>(queries: &'q [Query<'q>], facts: &Facts) -> Vec<Part<'q>> {
    let mut parts = Vec::new();
    for (rule, query) in queries.iter().enumerate() {
        let all = places(query, facts);
        let size = all.div_ceil(PARTS).max(FEW);
        for start in (0..all.max(1)).step_by(size) {
            parts.push(Part {
                rule,
                query,
                places: start..(start + size).min(all),
            });
        }
    }
    parts
}
