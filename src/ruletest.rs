//! `test` blocks: each is a small repository of its own, checked by the same corridor, and compared with what it expects.

mod compare;
mod mutant;
mod mutate;
mod plan;
mod regions;
mod report;
mod value;
mod written;

pub use mutate::{Mutation, mutate};
pub use report::{mutation_report, report};

use std::collections::BTreeSet;

use crate::check::{Options, Outcome, Repository, check};
use crate::finding::{Finding, Label};
use crate::language::{Language, Said};
use crate::problem::{Kind, Problem, Severity};
use crate::source::{SourceId, Span};
use crate::syntax::{Rule, TestBlock};

use written::Written;

/// What the tests of a repository gave.
#[derive(Debug)]
pub struct Suite {
    /// The rules and their files.
    pub outcome: Outcome,
    /// What is wrong with the rules themselves.
    pub wrong: Vec<Finding>,
    /// Each test that ran, in the order of files and lines.
    pub results: Vec<TestResult>,
}

/// What one test gave.
#[derive(Debug)]
pub struct TestResult {
    /// Its name.
    pub name: String,
    /// Its name's place.
    pub span: Span,
    /// What is wrong with it, or with what it found; empty where it passed.
    pub problems: Vec<Finding>,
}

impl TestResult {
    /// Whether it did not pass.
    #[must_use]
    pub const fn fails(&self) -> bool {
        !self.problems.is_empty()
    }
}

impl Suite {
    /// Whether the rules are whole and every test passed.
    #[must_use]
    pub fn passes(&self) -> bool {
        let fails = self.results.iter().any(TestResult::fails);
        self.wrong.is_empty() && !fails
    }
}

/// Which tests are meant.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Those whose name, rule file or rules hold this.
    pub filter: String,
    /// Those of these rule files; of all where there are none.
    pub files: Vec<String>,
}

/// Runs the chosen tests of a repository's rules. Its plans play no part.
#[must_use]
pub fn run(repository: &Repository, choice: &Choice, language: Language) -> Suite {
    let options = Options {
        language,
        ..Options::default()
    };
    let bare = Repository {
        plans: Vec::new(),
        bulk: Vec::new(),
        unread: None,
        statistics: None,
        settings: None,
        ..repository.clone()
    };
    let outcome = check(bare, &options);
    // Without plans every rule is idle: only what is wrong with the rules themselves counts here.
    let is_wrong = |finding: &Finding| finding.severity == Severity::Error;
    let wrong: Vec<Finding> = outcome.findings().filter(is_wrong).collect();
    let runner = Runner {
        repository,
        options,
        outcome: &outcome,
        wrong: &wrong,
    };
    let chosen = |test: &&TestBlock| {
        let path = &outcome.sources.file(test.span.source).path;
        let mut expected = test
            .expects
            .iter()
            .filter_map(|expect| expect.rule.as_ref());
        let filter = choice.filter.as_str();
        let meant = choice.files.is_empty() || choice.files.contains(path);
        let named = test.name.value.contains(filter)
            || path.contains(filter)
            || expected.any(|rule| rule.value.contains(filter));
        meant && named
    };
    let tests = outcome.rules.tests.iter().filter(chosen);
    let results = tests.map(|test| runner.test(test)).collect();
    Suite {
        outcome,
        wrong,
        results,
    }
}

struct Runner<'a> {
    repository: &'a Repository,
    options: Options,
    outcome: &'a Outcome,
    wrong: &'a [Finding],
}

impl Runner<'_> {
    fn test(&self, test: &TestBlock) -> TestResult {
        let not_run = self.not_run(test);
        let mut problems = Vec::new();
        let written = self.write(test, &mut problems);
        let outcome = check(self.of(test, &written), &self.options);
        let home = |span: Span| home(span, &outcome, &written);
        let ids = self.rules(test);
        let found: Vec<Finding> = outcome.findings().collect();
        let checks: Vec<&Finding> = found
            .iter()
            .filter(|finding| finding.verdict.is_some() && ids.contains(finding.code.as_str()))
            .collect();
        problems.extend(compare::compare(test, &checks, &outcome, &home));
        if not_run.is_some() {
            // What a part of a test expects and finds says nothing; what is wrong with it is still told.
            let of_results = |kind| matches!(kind, Kind::TestMissing | Kind::TestUnexpected);
            problems.retain(|problem| !of_results(problem.kind));
        }
        problems.extend(not_run);
        let told = problems
            .iter()
            .map(|problem| self.outcome.finding(problem, self.options.language));
        let inputs = found.iter().filter_map(|finding| {
            let wrong = finding.verdict.is_none() && finding.severity == Severity::Error;
            // What is wrong with the rules and the catalogue is told once, not by each test.
            wrong.then(|| moved(finding, &home))?
        });
        TestResult {
            name: test.name.value.clone(),
            span: test.name.span,
            problems: inputs.chain(told).collect(),
        }
    }

    /// Why a test cannot be run as it is written.
    fn not_run(&self, test: &TestBlock) -> Option<Problem> {
        let (message, label, help) = if test.expects.is_empty() && test.plans.is_empty() {
            (
                Said::new("这个测试是空的", "this test is empty"),
                Said::new("没有期望", "no expectation"),
                Said::new(
                    "写上 expect 规则 at 区划，或 expect nothing",
                    "write `expect rule at region` or `expect nothing`",
                ),
            )
        } else if self.spoils(test) {
            (
                Said::new(
                    "这个测试没有运行：它或它的规则有错",
                    "this test was not run: it or its rule has errors",
                ),
                Said::new("没有运行", "not run"),
                Said::new("先改正那些错误", "mend those errors first"),
            )
        } else {
            return None;
        };
        Some(Problem::new(Kind::TestMissing, test.name.span, message, label).help(help))
    }

    /// Whether a test has errors, or a rule of its file has: what was left out may be what it is about.
    fn spoils(&self, test: &TestBlock) -> bool {
        let whole = test.name.span.to(test.span);
        let labels = self.wrong.iter();
        let mut places = labels.filter_map(|finding| finding.labels.first());
        let own = places.any(|label| whole.meets(label.span) && whole.start <= label.span.start);
        let mut broken = self.outcome.rules.broken.iter();
        own || broken.any(|rule| rule.source == whole.source)
    }

    /// The files that a test brings.
    fn write(&self, test: &TestBlock, problems: &mut Vec<Problem>) -> Vec<Written> {
        let catalogue = &self.outcome.facts.catalogue;
        let mut written = Vec::new();
        for (at, plan) in test.plans.iter().enumerate() {
            written.push(plan::plan(plan, at + 1, catalogue, problems));
        }
        if !test.regions.is_empty() {
            written.push(regions::regions(&test.regions, test.name.span));
        }
        written
    }

    /// The repository of a test: its own plans and regions, the real catalogue, the rules it asks for.
    fn of(&self, test: &TestBlock, written: &[Written]) -> Repository {
        let (plans, regions) = written.split_at(test.plans.len());
        let own = regions.first().map(Written::file);
        let sources: BTreeSet<SourceId> = self.sources(test);
        let asked = |path: &str| {
            let source = self.outcome.sources.find(path);
            source.is_some_and(|source| sources.contains(&source))
        };
        let rules = self.repository.rules.iter();
        Repository {
            regions: own.or_else(|| self.repository.regions.clone()),
            catalogue: self.repository.catalogue.clone(),
            statistics: None,
            plans: plans.iter().map(Written::file).collect(),
            bulk: Vec::new(),
            unread: None,
            settings: None,
            rules: rules.filter(|file| asked(&file.path)).cloned().collect(),
        }
    }

    /// The rules that a test runs: those of its file and those that it names.
    fn rules(&self, test: &TestBlock) -> BTreeSet<&str> {
        let named: Vec<&str> = named(test).collect();
        let rules = self.outcome.rules.rules.iter();
        let runs = rules.filter(|rule| {
            rule.span.source == test.span.source || named.contains(&rule.id.value.as_str())
        });
        runs.map(|rule| rule.id.value.as_str()).collect()
    }

    /// The files of those rules.
    fn sources(&self, test: &TestBlock) -> BTreeSet<SourceId> {
        let ids = self.rules(test);
        let rules = self.outcome.rules.rules.iter();
        let runs = rules.filter(|rule| ids.contains(rule.id.value.as_str()));
        runs.map(|rule| rule.span.source)
            .chain([test.span.source])
            .collect()
    }
}

/// Where in a test a place of its outcome came from; `None` for what is not the test's.
fn home(span: Span, of: &Outcome, written: &[Written]) -> Option<Span> {
    let path = &of.sources.file(span.source).path;
    let file = written.iter().find(|file| file.path() == path)?;
    Some(file.home(span.range()))
}

/// Whether a test runs a rule.
fn runs(test: &TestBlock, rule: &Rule) -> bool {
    test.span.source == rule.span.source || named(test).any(|id| id == rule.id.value)
}

fn named(test: &TestBlock) -> impl Iterator<Item = &str> {
    let expected = test
        .expects
        .iter()
        .filter_map(|expect| expect.rule.as_ref());
    let named = test.rules.iter().chain(expected);
    named.map(|rule| rule.value.as_str())
}

/// A finding with its places in the test.
fn moved(finding: &Finding, home: &dyn Fn(Span) -> Option<Span>) -> Option<Finding> {
    let labels = finding.labels.iter().map(|label| {
        let span = home(label.span)?;
        let message = label.message.clone();
        Some(Label { span, message })
    });
    let labels: Option<Vec<Label>> = labels.collect();
    Some(Finding {
        labels: labels?,
        fixes: Vec::new(),
        ..finding.clone()
    })
}
