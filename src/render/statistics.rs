//! What a run cost, as two tables.

use super::table::columns;
use crate::finding::RuleCount;
use crate::language::Language;
use crate::timing::{Phase, Statistics};

/// The phases, then the rules, the dearest first.
#[must_use]
pub fn statistics(cost: &Statistics, counts: &[RuleCount], language: Language) -> String {
    let phases = cost.phases.iter().map(|phase| {
        let cells = vec![seconds(phase), phase.rows.to_string()];
        (phase.name.text(language).to_owned(), cells)
    });
    let heads = language.pick(["阶段", "秒", "数量"], ["phase", "s", "items"]);
    let mut out = columns(&heads, phases);
    out.push('\n');
    let mut rules: Vec<(&Phase, &RuleCount)> = cost.rules.iter().zip(counts).collect();
    rules.sort_by_key(|(cost, _)| std::cmp::Reverse(cost.took));
    let rules = rules.into_iter().map(|(cost, count)| {
        let cells = vec![
            seconds(cost),
            cost.rows.to_string(),
            count.checks.to_string(),
        ];
        (count.rule.clone(), cells)
    });
    let heads = language.pick(
        ["规则（单线程）", "秒", "行", "检查"],
        ["rule (one thread)", "s", "rows", "checks"],
    );
    out.push_str(&columns(&heads, rules));
    out
}

fn seconds(phase: &Phase) -> String {
    format!("{:.3}", phase.took.as_secs_f64())
}
