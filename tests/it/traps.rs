//! Traps that other engines fell into. Those that a rule's test can show stand in `tests/cases/traps/traps.rule`.

use std::fs;

use planlint::check::{File, Options, Outcome, Repository, check};
use planlint::language::Language;
use planlint::render::{self, Style, View};
use planlint::ruletest::{self, Choice};

use crate::cases::{report, repository};
use crate::real::root;

#[test]
fn every_trap_that_a_rule_can_show_is_passed_by() {
    let path = "tests/cases/traps/traps.rule";
    let bytes = Ok(fs::read(root().join(path)).unwrap());
    let rules = vec![File {
        path: "rules/traps.rule".to_owned(),
        bytes,
    }];
    let whole = crate::real::repository();
    // Each block names the one rule it is about, so that the others do not speak up.
    for number in 0..6 {
        let one = one_rule(&rules, number);
        let suite = ruletest::run(
            &Repository {
                rules: vec![one],
                ..whole.clone()
            },
            &Choice::default(),
            Language::English,
        );
        assert_eq!(suite.results.len(), 1);
        assert!(
            suite.passes(),
            "{}",
            ruletest::report(&suite, Style::default())
        );
    }
}

/// A file with one of the rules and its test.
fn one_rule(files: &[File], number: usize) -> File {
    let text = String::from_utf8(files[0].bytes.clone().unwrap()).unwrap();
    let part = text.split("\nrule ").nth(number + 1).unwrap();
    File {
        path: format!("rules/trap{number}.rule"),
        bytes: Ok(format!("rule {part}").into_bytes()),
    }
}

const PLAN: &str = "\n-- plans/a.plan.toml --\nformat = 1\nid = \"a\"\ntitle = \"甲\"\nregion = \"100101\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = { from = 2021, to = 2025 }\nindicators = [\n";
const ROW: &str = "  { id = \"life_expectancy\", name = \"人均预期寿命\", baseline = { 2020 = \"71\" }, target = { 2025 = \"70\" } },\n";
const RULE: &str = "]\n-- rules/a.rule --\nrule a/back \"目标劣于基期\" {\n    for t in targets\n    require t no weaker than baseline(t)\n    message \"{t.printed}\"\n    label t \"这里\"\n}\n";

fn run(case: &str) -> Outcome {
    check(repository(case), &Options::default())
}

#[test]
fn one_broken_rule_does_not_silence_the_others() {
    let broken = "rule a/broken {\n    for t in\n    require\n}\nrule a/unknown {\n    for t in targetz\n    require t is given\n}\n";
    let outcome = run(&format!("{PLAN}{ROW}{RULE}{broken}"));
    assert_eq!(outcome.report.summary.violated, 1);
    assert_eq!(outcome.report.summary.input_errors, 3);
}

#[test]
fn a_rule_that_applied_to_nothing_is_said_to_be_idle() {
    let outcome = run(&format!(
        "{PLAN}{ROW}{}",
        RULE.replace("targets\n", "observations\n")
    ));
    let codes = outcome.findings().map(|finding| finding.code);
    assert_eq!(codes.collect::<Vec<_>>(), ["rule/idle"]);
}

#[test]
fn check_and_test_give_one_answer() {
    let checked = run(&format!("{PLAN}{ROW}{RULE}"));
    let message = checked.findings().next().unwrap().message;
    let test = "test \"as checked\" {\n    regions { 甲市: prefecture { 丙县: county } }\n    plan 丙县 { life_expectancy: 71 -> 70 }\n}\n";
    let suite = ruletest::run(
        &repository(&format!("{RULE}{test}").replacen("]\n", "\n", 1)),
        &Choice::default(),
        Language::Chinese,
    );
    let shown = ruletest::report(&suite, Style::default());
    assert!(shown.contains(&format!("a/back {message}")), "{shown}");
}

/// Counted in columns of a terminal, where a Chinese character takes two.
#[test]
fn the_caret_stands_under_the_value_behind_chinese_text() {
    let shown = report(&run(&format!("{PLAN}{ROW}{RULE}")));
    let column = |line: &str, mark: char| {
        let before = line.split(mark).next().unwrap();
        unicode_width::UnicodeWidthStr::width(before)
    };
    let lines: Vec<&str> = shown.lines().collect();
    let value = lines
        .iter()
        .position(|line| line.contains("\"70\""))
        .unwrap();
    let quoted = lines[value].split("2025 = \"").next().unwrap().to_owned() + "2025 = \"";
    let caret = column(lines[value + 1], '┬');
    let start = unicode_width::UnicodeWidthStr::width(quoted.as_str());
    assert!((start..start + 2).contains(&caret), "{shown}");
}

#[test]
fn the_same_cell_given_twice_is_an_error_that_shows_both() {
    let outcome = run(&format!("{PLAN}{ROW}{ROW}{RULE}"));
    let twice = outcome
        .findings()
        .find(|finding| finding.code == "input/duplicate-entry");
    assert_eq!(twice.unwrap().labels.len(), 2);
}

#[test]
fn more_than_a_thousand_findings_are_all_told() {
    let row = |number| ROW.replace("name", &format!("basis = \"b{number}\", name"));
    let rows: String = (0..1500).map(row).collect();
    let outcome = run(&format!("{PLAN}{rows}{RULE}"));
    assert_eq!(outcome.report.summary.violated, 1500);
    assert_eq!(report(&outcome).matches("错误 a/back\n").count(), 1500);
    let json = render::ALL.iter().find(|format| format.name == "json");
    let mut bytes = Vec::new();
    let (found, sources) = (&outcome.report, &outcome.sources);
    (json.unwrap().render)(found, &outcome, sources, &View::default(), &mut bytes).unwrap();
    let read: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let told = read["findings"].as_array().unwrap();
    assert_eq!(told.len(), found.findings.len());
    let rows = told.iter().filter(|finding| finding["rule"] == "a/back");
    let lines = rows.map(|finding| finding["labels"][0]["line"].as_u64());
    let lines: Vec<Option<u64>> = lines.collect();
    assert_eq!(lines.len(), 1500);
    assert!(lines.is_sorted(), "made by several threads, told in order");
}
