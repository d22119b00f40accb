//! Generated documents are current. `UPDATE_DOCS=1 cargo test` writes them anew.

use std::fs;

use planlint::check::{File, Options, Repository, check};
use planlint::language::Language;
use planlint::manual::{reference, words};
use planlint::problem::Severity;
use planlint::render::Style;
use planlint::ruletest::{self, TestResult};

use crate::cases::{filter, report};
use crate::real::{repository, root};

#[test]
fn the_rule_reference_is_current() {
    let outcome = check(repository(), &Options::default());
    current(
        "docs/rules.md",
        &reference(&outcome.rules, &outcome.facts, &outcome.sources),
    );
}

#[test]
fn the_reference_of_tables_and_words_is_current() {
    current("docs/tables.md", &words());
}

/// Each block is a rule file; those that only show pieces of rules are marked otherwise.
#[test]
fn every_rule_in_the_language_guide_runs() {
    let guide = fs::read_to_string(root().join("docs/language.md")).unwrap();
    let blocks: Vec<&str> = guide
        .split("```rule\n")
        .skip(1)
        .map(|rest| rest.split_once("\n```").unwrap().0)
        .collect();
    assert!(blocks.iter().any(|block| block.contains("\ntest ")));
    assert!(blocks.len() > 10, "only {} blocks", blocks.len());
    for block in blocks {
        let mut repository = repository();
        repository.rules = vec![File {
            path: "rules/guide.rule".to_owned(),
            bytes: Ok(block.as_bytes().to_vec()),
        }];
        let suite = ruletest::run(
            &with_shipped(&repository),
            &filter("guide"),
            Language::Chinese,
        );
        assert_eq!(suite.results.is_empty(), !block.contains("\ntest "));
        let failed = suite.results.iter().any(TestResult::fails);
        assert!(!failed, "{}", ruletest::report(&suite, Style::default()));
        let outcome = check(repository, &Options::default());
        let summary = &outcome.report.summary;
        assert!(summary.input_errors == 0, "{}", report(&outcome));
        assert!(!outcome.report.rules.is_empty(), "{block}");
    }
}

/// All blocks together are one file of settings for the shipped rules.
#[test]
fn every_setting_of_the_guide_is_one() {
    let guide = fs::read_to_string(root().join("docs/settings.md")).unwrap();
    let blocks = guide.split("```toml\n").skip(1);
    let blocks: Vec<&str> = blocks
        .map(|rest| rest.split_once("```").unwrap().0)
        .collect();
    assert!(blocks.len() >= 3);
    let settings = File {
        path: "planlint.toml".to_owned(),
        bytes: Ok(blocks.concat().into_bytes()),
    };
    let repository = Repository {
        settings: Some(settings),
        ..repository()
    };
    let outcome = check(repository, &Options::default());
    let wrong: Vec<String> = outcome
        .findings()
        .filter(|finding| finding.is_incomplete() && finding.severity == Severity::Error)
        .map(|finding| finding.message)
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert!(outcome.rules.find("target/not-measurable").is_none());
}

/// The guide's own rules beside the shipped ones, which its tests may name.
fn with_shipped(guide: &Repository) -> Repository {
    let mut both = repository();
    both.rules.extend(guide.rules.iter().cloned());
    both
}

pub(crate) fn current(path: &str, text: &str) {
    let whole = root().join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(whole.parent().unwrap()).unwrap();
        fs::write(&whole, text).unwrap();
    }
    let written = fs::read_to_string(&whole).unwrap_or_default();
    assert!(
        written == text,
        "{path} is out of date: run `UPDATE_DOCS=1 cargo test`"
    );
}
