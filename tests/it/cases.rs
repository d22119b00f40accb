//! Case files: a small repository in one file, checked, and its whole report compared with a snapshot.
//!
//! A case opens each file with a line `-- path --`. Regions and catalogue come from `tests/cases/fixture` where the
//! case brings none. What is shown in Chinese comes first, then the same in English.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use planlint::check::{File, Options, Outcome, Repository, check};
use planlint::language::Language;
use planlint::model::Date;
use planlint::render::{self, Style, View};
use planlint::ruletest::{self, Choice};

#[test]
fn every_case_of_input_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/input/*.txt", |path| snapshot("input", path));
}

#[test]
fn every_case_of_broken_rules_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/rule/*.txt", |path| snapshot("rule", path));
}

#[test]
fn every_case_of_settings_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/settings/*.txt", |path| snapshot(
        "settings", path
    ));
}

#[test]
fn every_case_of_the_language_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/language/*.txt", |path| snapshot(
        "language", path
    ));
}

#[test]
fn every_case_of_the_shipped_rules_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/rules/*.txt", |path| snapshot("rules", path));
}

#[test]
fn every_case_of_tests_in_rule_files_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/ruletest/*.txt", |path| {
        let text = fs::read_to_string(path).unwrap();
        let shown = [Language::Chinese, Language::English].map(|language| {
            let suite = ruletest::run(&repository(&text), &Choice::default(), language);
            ruletest::report(&suite, Style::default())
        });
        insta::assert_snapshot!("ruletest", shown.join("\n"));
    });
}

#[test]
fn every_case_of_changed_rules_reports_what_its_snapshot_says() {
    insta::glob!("..", "cases/mutate/*.txt", |path| {
        let text = fs::read_to_string(path).unwrap();
        let shown = [Language::Chinese, Language::English].map(|language| {
            let mutation = ruletest::mutate(&repository(&text), &Choice::default(), language);
            ruletest::mutation_report(&mutation, Style::default())
        });
        insta::assert_snapshot!("mutate", shown.join("\n"));
    });
}

/// Not a snapshot: fifty times the same words are nothing to read.
#[test]
fn a_file_full_of_errors_tells_the_first_ones_and_checks_the_rest() {
    let row = "  { id = \"infant_mortality\", target = { 2025 = 坏 } },\n".repeat(3000);
    let case = format!(
        "\n-- plans/a.plan.toml --\nformat = 1\nid = \"a\"\ntitle = \"甲\"\nregion = \"100101\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = {{ from = 2021, to = 2025 }}\nindicators = [\n{row}  {{ id = \"life_expectancy\", target = {{ 2025 = \"72\" }} }},\n]\n-- rules/any.rule --\nrule any/any {{\n    for t in targets\n    require t is given\n}}\n"
    );
    let outcome = check(repository(&case), &Options::default());
    assert_eq!(outcome.report.summary.input_errors, 51);
    assert_eq!(outcome.report.summary.holds, 1);
}

fn snapshot(layer: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let mut shown = String::new();
    for language in [Language::Chinese, Language::English] {
        let options = Options {
            language,
            today: today(&text),
            ..Options::default()
        };
        let outcome = check(repository(&text), &options);
        shown.push_str(&report(&outcome));
        shown.push('\n');
    }
    insta::assert_snapshot!(layer, shown);
}

/// The day of a case, where it has a line `-- today 2026-11-22 --`.
fn today(case: &str) -> Option<Date> {
    let (_, rest) = case.split_once("\n-- today ")?;
    let mut parts = rest.split(' ').next()?.split('-');
    Some(Date {
        year: parts.next()?.parse().unwrap(),
        month: parts.next()?.parse().unwrap(),
        day: parts.next().map(|day| day.parse().unwrap()),
    })
}

/// The report as text, undecided checks and counts by rule included.
pub(crate) fn report(outcome: &Outcome) -> String {
    let view = View {
        undetermined: true,
        ..View::default()
    };
    let text = render::ALL
        .iter()
        .find(|format| format.name == "text")
        .unwrap();
    let mut bytes = Vec::new();
    (text.render)(
        &outcome.report,
        outcome,
        &outcome.sources,
        &view,
        &mut bytes,
    )
    .unwrap();
    let mut shown = String::from_utf8(bytes).unwrap();
    for rule in &outcome.report.rules {
        writeln!(
            shown,
            "{}: {} = {} holds + {} violated + {} undetermined",
            rule.rule, rule.checks, rule.holds, rule.violated, rule.undetermined
        )
        .unwrap();
    }
    shown
}

/// The files of a case.
pub(crate) fn repository(case: &str) -> Repository {
    let mut repository = Repository::default();
    let mut rules_of = None;
    for part in case.split("\n-- ").skip(1) {
        let (path, text) = part.split_once(" --").unwrap();
        let text = text.strip_prefix('\n').unwrap_or(text);
        if let Some(folder) = path.strip_prefix("shipped ") {
            rules_of = Some(folder.to_owned());
            continue;
        }
        if path.starts_with("today ") {
            continue;
        }
        let file = File {
            path: path.to_owned(),
            bytes: Ok(bytes(text)),
        };
        match path {
            "planlint.toml" => repository.settings = Some(file),
            "plans/regions.csv" => repository.regions = Some(file),
            "plans/indicators.toml" => repository.catalogue = Some(file),
            "plans/statistics.csv" => repository.statistics = Some(file),
            _ if path.ends_with(".targets.csv") => repository.bulk.push(file),
            _ if path.starts_with("rules/") => repository.rules.push(file),
            _ => repository.plans.push(file),
        }
    }
    if let Some(rule) = rules_of {
        repository.rules.push(shipped(&rule));
    }
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/fixture");
    let load = |name: &str| File {
        path: format!("plans/{name}"),
        bytes: Ok(fs::read(fixture.join(name)).unwrap()),
    };
    repository.regions = repository.regions.or_else(|| Some(load("regions.csv")));
    repository.catalogue = repository
        .catalogue
        .or_else(|| Some(load("indicators.toml")));
    repository
}

/// `\xHH` in a case stands for a byte that is no text.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

/// A rule that the project ships.
fn shipped(id: &str) -> File {
    let path = format!("rules/{id}.rule");
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
    File {
        bytes: Ok(fs::read(whole).unwrap()),
        path,
    }
}

/// The tests that hold a text.
pub(crate) fn filter(text: &str) -> Choice {
    Choice {
        filter: text.to_owned(),
        ..Choice::default()
    }
}
