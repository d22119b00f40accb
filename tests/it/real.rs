//! The repository's own plans by its own rules: every finding, and what must and must not be among them.

use std::fs;
use std::path::{Path, PathBuf};

use planlint::check::{File, Options, Outcome, Repository, check};
use planlint::finding::{Decided, Finding, Label};
use planlint::language::Language;

use crate::cases::report;

#[test]
fn the_plans_give_the_findings_of_their_snapshot() {
    insta::assert_snapshot!("real_zh", report(&outcome(Language::Chinese)));
    insta::assert_snapshot!("real_en", report(&outcome(Language::English)));
}

#[test]
fn every_row_of_the_five_tables_is_there() {
    let outcome = outcome(Language::Chinese);
    let plans = outcome.facts.plans().map(|plan| outcome.facts.plan(plan));
    // What the press reported of the nation's plans has no rows of a printed table.
    let rows = plans.filter(|plan| !plan.partial).map(|plan| {
        let mut printed = printed_rows(outcome.sources.file(plan.id.span.source).text());
        assert!(
            printed.is_sorted(),
            "{} is not in printed order",
            plan.id.value
        );
        printed.dedup();
        let last = i64::try_from(printed.len()).unwrap();
        assert_eq!(printed, (1..=last).collect::<Vec<i64>>());
        (plan.id.value.clone(), printed.len())
    });
    let rows: Vec<(String, usize)> = rows.collect();
    let wanted = [
        ("renhe-health-14fyp", 22),
        ("changdu-health-14fyp", 22),
        ("lhasa-health-2030", 13),
        ("xizang-health-reform-14fyp", 17),
        ("bachu-health-14fyp", 23),
    ];
    assert_eq!(rows, wanted.map(|(id, rows)| (id.to_owned(), rows)));
}

/// The numbers of the printed rows that a plan file names, in its order.
fn printed_rows(text: &str) -> Vec<i64> {
    let file: toml::Table = text.parse().unwrap();
    let rows = file["indicators"].as_array().unwrap().iter();
    rows.filter_map(|row| row.get("row")?.as_integer())
        .collect()
}

/// A line of `tests/cases/real/found.txt`: rule, plan, indicator, year.
#[test]
fn what_must_be_found_is_found() {
    let outcome = outcome(Language::Chinese);
    for line in lines("found.txt") {
        let found = violated(&outcome).any(|finding| {
            let year = finding.subject.year.unwrap_or_default();
            line == format!("{} {year}", named(&finding))
        });
        assert!(found, "{line} is not found");
    }
}

/// A line of `tests/cases/real/found-values.txt`: rule, plan, the values that the labels show, in their order.
#[test]
fn what_must_be_found_shows_both_ends() {
    let outcome = outcome(Language::Chinese);
    let shown: Vec<String> = violated(&outcome)
        .map(|finding| {
            let plan = finding.subject.plan.as_deref().unwrap_or_default();
            let labels = finding.labels.iter();
            let values: Vec<&str> = labels
                .map(|label| outcome.sources.text(label.span))
                .collect();
            format!("{} {plan} {}", finding.code, values.join(" "))
        })
        .collect();
    for line in lines("found-values.txt") {
        assert!(shown.contains(&line), "{line} is not found");
    }
    let rosters = shown
        .iter()
        .filter(|line| line.starts_with("align/roster-mismatch"));
    assert_eq!(rosters.count(), 2, "twice, once for each list");
    let changes = shown
        .iter()
        .filter(|line| line.starts_with("change/arithmetic"));
    assert_eq!(changes.count(), 2, "41.1% is right");
}

/// What is known of a finding before it is told, and the finding, are made at different times from different things.
#[test]
fn a_finding_is_told_as_it_was_listed() {
    let outcome = outcome(Language::Chinese);
    let listed = &outcome.report.findings;
    assert_eq!(outcome.findings().count(), listed.len());
    for (finding, brief) in outcome.findings().zip(listed) {
        assert_eq!(finding.severity, brief.severity);
        assert_eq!(finding.verdict, brief.verdict);
        assert_eq!(finding.labels.first().map(|label| label.span), brief.place);
        assert_eq!(
            finding.reason.is_some(),
            brief.verdict == Some(Decided::Undetermined)
        );
        assert_eq!(finding.related.len(), brief.related as usize);
        let main = brief
            .restates
            .map(|main| outcome.fingerprint(main as usize));
        let main = main.map(Option::unwrap);
        assert_eq!(finding.restates, main);
    }
    let told: usize = listed.iter().map(|brief| brief.related as usize).sum();
    let restating = listed.iter().filter(|brief| brief.restates.is_some());
    assert_eq!(restating.count(), told);
    assert!(told > 0);
}

/// A line of `tests/cases/real/not-flagged.txt`: rule, plan, indicator.
#[test]
fn what_must_not_be_flagged_is_not() {
    let outcome = outcome(Language::Chinese);
    for line in lines("not-flagged.txt") {
        let found = violated(&outcome).any(|finding| line == named(&finding));
        assert!(!found, "{line} is a false alarm");
    }
    let outside = violated(&outcome).find(|finding| {
        let plan = finding.subject.plan.as_deref();
        let tibetan = |label: &Label| {
            let path = &outcome.sources.file(label.span.source).path;
            path.starts_with("plans/tibet")
        };
        matches!(plan, Some("renhe-health-14fyp" | "bachu-health-14fyp"))
            && finding.labels.iter().any(tibetan)
    });
    assert_eq!(outside, None, "a plan of another province answers to Tibet");
}

fn lines(name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/cases/real").join(name)).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn named(finding: &Finding) -> String {
    let plan = finding.subject.plan.as_deref().unwrap_or_default();
    let indicator = finding.subject.indicator.as_deref().unwrap_or_default();
    format!("{} {plan} {indicator}", finding.code)
}

fn violated(outcome: &Outcome) -> impl Iterator<Item = Finding> {
    outcome
        .findings()
        .filter(|finding| finding.verdict.is_some() && finding.reason.is_none())
}

fn outcome(language: Language) -> Outcome {
    let options = Options {
        language,
        ..Options::default()
    };
    check(repository(), &options)
}

/// The repository's own files.
pub(crate) fn repository() -> Repository {
    Repository {
        regions: Some(file(Path::new("plans/regions.csv"))),
        catalogue: Some(file(Path::new("plans/indicators.toml"))),
        statistics: None,
        plans: files("plans", ".plan.toml"),
        bulk: files("plans", ".targets.csv"),
        unread: None,
        rules: files("rules", ".rule"),
        settings: None,
    }
}

fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if root().join(&path).is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(file(&path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn file(path: &Path) -> File {
    File {
        path: path.to_string_lossy().replace('\\', "/"),
        bytes: Ok(fs::read(root().join(path)).unwrap()),
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
