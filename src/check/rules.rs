//! The rule lane: files to typed rules.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::rulings::{self, Case, Rulings};
use crate::facts::PlanId;
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::resolve::{TypedRule, check_broken, check_definitions, resolve};
use crate::source::{SourceId, Span};
use crate::syntax::{ClauseKind, TestBlock, parse};

/// The rules of a run, in the order of their ids.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rules that are whole and on; one that is asked otherwise of some plans is there once for each way.
    pub rules: Vec<TypedRule>,
    /// Of which plans each is asked; of all where there is nothing.
    pub(super) plans: Vec<Option<Vec<PlanId>>>,
    /// The rules that the settings turn off for all plans.
    pub(super) off: Vec<String>,
    /// Where the others stand.
    pub broken: Vec<Span>,
    /// The tests, in the order of files and lines.
    pub tests: Vec<TestBlock>,
}

impl RuleSet {
    /// The ids of the rules, each once.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let ids = self.rules.chunk_by(|a, b| a.id.value == b.id.value);
        ids.filter_map(|same| same.first())
            .map(|rule| rule.id.value.as_str())
    }

    /// The ids of all rules that are whole, those that are off among them.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.ids().chain(self.off.iter().map(String::as_str))
    }

    /// The ids of the rules that the settings turn off for all plans.
    pub fn turned_off(&self) -> impl Iterator<Item = &str> {
        self.off.iter().map(String::as_str)
    }

    /// A rule by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&TypedRule> {
        self.rules.iter().find(|rule| rule.id.value == id)
    }
}

/// Reads rule files. A broken rule is reported and left out, the others are kept, as the settings have them.
pub(super) fn read(
    files: &[SourceId],
    rulings: &Rulings<'_>,
    problems: &mut Vec<Problem>,
) -> RuleSet {
    let sources = rulings.sources;
    let catalogue = &rulings.facts.catalogue;
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut first: FxHashMap<String, Span> = FxHashMap::default();
    let mut set = RuleSet::default();
    for source in files {
        let (file, faults) = parse(sources.file(*source).text(), *source);
        problems.extend(faults);
        set.tests.extend(file.tests);
        let broken = file
            .broken
            .iter()
            .map(|broken| (&broken.rule, Some(broken)));
        let whole = file.rules.iter().map(|rule| (rule, None));
        let mut rules: Vec<_> = whole.chain(broken).collect();
        rules.sort_by_key(|(rule, _)| rule.span);
        let mut used = Vec::new();
        for (rule, broken) in rules {
            if let Some(earlier) = first.get(&rule.id.value) {
                problems.push(repeated(&rule.id.value, rule.id.span, *earlier));
                continue;
            }
            first.insert(rule.id.value.clone(), rule.id.span);
            let parameters = rule.clauses.iter().filter_map(|clause| match &clause.kind {
                ClauseKind::Param(name, _) => Some(name.value.clone()),
                _ => None,
            });
            known.insert(rule.id.value.clone(), parameters.collect());
            if let Some(broken) = broken {
                problems.extend(check_broken(broken, &file.defines, catalogue));
                set.broken.push(rule.span);
                continue;
            }
            let resolved = resolve(rule, &file.defines, catalogue);
            used.extend(resolved.defines);
            problems.extend(resolved.problems);
            match resolved.rule {
                Some(typed) => {
                    let own = rulings.cases(typed, rule, &file.defines, problems);
                    if own.is_empty() {
                        set.off.push(rule.id.value.clone());
                    }
                    cases.extend(own);
                }
                None => set.broken.push(rule.span),
            }
        }
        if file.broken.is_empty() {
            problems.extend(check_definitions(&file.defines, &used));
        }
    }
    cases.sort_by(|a, b| a.rule.id.value.cmp(&b.rule.id.value));
    (set.rules, set.plans) = cases
        .into_iter()
        .map(|case| (case.rule, case.plans))
        .unzip();
    rulings::unknown(rulings.settings, &known, problems);
    set
}

fn repeated(id: &str, again: Span, first: Span) -> Problem {
    let message = Said::new(
        format!("规则 {id} 重复，后一条没有用"),
        format!("the rule {id} is given twice; the second was left out"),
    );
    Problem::new(
        Kind::RuleDuplicateId,
        again,
        message,
        Said::new("又一次", "again here"),
    )
    .also(first, Said::new("第一次", "first here"))
    .help(Said::new("改用另一个名称", "give one of them another id"))
}
