//! `planlint test --mutate`: which line of a rule no test guards.

use std::collections::BTreeSet;

use super::mutant::{Mutant, mutants};
use super::{Choice, Suite, TestResult, named, run, runs};
use crate::check::{File, Repository};
use crate::finding::Finding;
use crate::language::{Language, Said};
use crate::problem::{Kind, Problem};
use crate::source::Sources;
use crate::syntax::{Rule, parse};

/// The comment on a rule's line that says why no test can notice a change to it.
const EQUIVALENT: [&str; 2] = ["// equivalent:", "// 等价："];

/// What the mutants of a repository's rules came to.
#[derive(Debug)]
pub struct Mutation {
    /// The tests of the rules as they are: where one fails, nothing was changed.
    pub suite: Suite,
    /// How many changes made a rule.
    pub mutants: usize,
    /// Of them, those that no test noticed and whose line says why.
    pub explained: usize,
    /// Those that no test noticed.
    pub survivors: Vec<Finding>,
}

/// Changes each rule of the chosen files whose id holds the filter in each way, and runs the tests of it.
#[must_use]
pub fn mutate(repository: &Repository, choice: &Choice, language: Language) -> Mutation {
    let suite = run(repository, &Choice::default(), language);
    let mut mutation = Mutation {
        suite,
        mutants: 0,
        explained: 0,
        survivors: Vec::new(),
    };
    if !mutation.suite.passes() {
        return mutation;
    }
    let meant = |file: &&File| choice.files.is_empty() || choice.files.contains(&file.path);
    for file in repository.rules.iter().filter(meant) {
        let sources = &mutation.suite.outcome.sources;
        let Some(source) = sources.find(&file.path) else {
            continue;
        };
        let (tree, _) = parse(sources.file(source).text(), source);
        let chosen = |rule: &&Rule| rule.id.value.contains(&choice.filter);
        for rule in tree.rules.iter().filter(chosen) {
            one(repository, rule, language, &mut mutation);
        }
    }
    mutation
}

fn one(repository: &Repository, rule: &Rule, language: Language, mutation: &mut Mutation) {
    let needed = needed(repository, rule, &mutation.suite);
    for mutant in mutants(rule) {
        let sources = &mutation.suite.outcome.sources;
        let changed = changed(&needed, &mutant, sources);
        let suite = run(&changed, &Choice::default(), language);
        // A change that the resolver refuses is no rule, and nobody could ship it.
        if !suite.wrong.is_empty() {
            continue;
        }
        mutation.mutants += 1;
        if suite.results.iter().any(TestResult::fails) {
            continue;
        }
        if is_explained(&mutant, sources) {
            mutation.explained += 1;
        } else {
            let problem = survivor(rule, &mutant, sources);
            let finding = mutation.suite.outcome.finding(&problem, language);
            mutation.survivors.push(finding);
        }
    }
}

/// The files that the tests of a rule need, and no others.
fn needed(repository: &Repository, rule: &Rule, suite: &Suite) -> Repository {
    let rules = &suite.outcome.rules;
    let tests = rules.tests.iter().filter(|test| runs(test, rule));
    let mut files = BTreeSet::from([rule.span.source]);
    for test in tests {
        files.insert(test.span.source);
        let others = named(test).filter_map(|id| rules.find(id));
        files.extend(others.map(|rule| rule.span.source));
    }
    let sources = &suite.outcome.sources;
    let is_needed = |file: &&File| {
        let source = sources.find(&file.path);
        source.is_some_and(|source| files.contains(&source))
    };
    Repository {
        rules: repository.rules.iter().filter(is_needed).cloned().collect(),
        plans: Vec::new(),
        bulk: Vec::new(),
        unread: None,
        ..repository.clone()
    }
}

fn changed(repository: &Repository, mutant: &Mutant, sources: &Sources) -> Repository {
    let mut changed = repository.clone();
    let file = sources.file(mutant.span.source);
    for rules in &mut changed.rules {
        if rules.path == file.path {
            let mut text = file.text().to_owned();
            let replacement = written(mutant, sources);
            text.replace_range(mutant.span.range(), &replacement);
            rules.bytes = Ok(text.into_bytes());
        }
    }
    changed
}

/// The changed text.
fn written(mutant: &Mutant, sources: &Sources) -> String {
    let opposite = || format!("(not ({}))", sources.text(mutant.span));
    mutant.replacement.clone().unwrap_or_else(opposite)
}

fn is_explained(mutant: &Mutant, sources: &Sources) -> bool {
    let file = sources.file(mutant.span.source);
    let (line, _) = file.line_at(mutant.span.range().start);
    let text = file.text().lines().nth(line).unwrap_or("");
    EQUIVALENT.iter().any(|mark| text.contains(mark))
}

fn survivor(rule: &Rule, mutant: &Mutant, sources: &Sources) -> Problem {
    let id = &rule.id.value;
    let by = written(mutant, sources);
    let message = Said::new(
        format!("规则 {id} 的这一处没有测试守着"),
        format!("no test guards this part of the rule {id}"),
    );
    let label = Said::new(
        format!("改成 {by}，测试照样通过"),
        format!("changed to {by}, every test still passes"),
    );
    let help = Said::new(
        "补一个只有它能分辨的测试；确实无法分辨的，在本行写 // 等价：原因",
        "add a test that tells the two apart; where none can, write `// equivalent: why` on the line",
    );
    Problem::new(Kind::TestSurvivor, mutant.span, message, label).help(help)
}
