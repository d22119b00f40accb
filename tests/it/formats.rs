//! Every output format, read back by what reads it: each listed finding once, with its own words, place and level.

mod consume;
mod made;

use std::collections::BTreeSet;
use std::fmt::Write;

use planlint::check::{Options, check};
use planlint::finding::{Finding, Findings, Report};
use planlint::language::Language;
use planlint::problem::Severity;
use planlint::render::{self, View};
use planlint::source::Sources;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::cases;
use crate::real::repository;

use self::made::{HOSTILE, Made};

/// A report that is written in every format.
pub(crate) struct Case<'c> {
    pub report: &'c Report,
    pub findings: &'c dyn Findings,
    pub sources: &'c Sources,
    pub view: View<'c>,
}

impl Case<'_> {
    pub fn written(&self, name: &str) -> String {
        let format = render::ALL.iter().find(|format| format.name == name);
        let mut bytes = Vec::new();
        let Self {
            report,
            findings,
            sources,
            view,
        } = self;
        (format.unwrap().render)(report, *findings, sources, view, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// The findings that a format has to tell.
    pub fn listed(&self) -> Vec<Finding> {
        let briefs = self.report.findings.iter().enumerate();
        let listed = briefs.filter(|(_, brief)| self.view.lists(brief));
        listed
            .map(|(at, _)| self.findings.get(at).unwrap())
            .collect()
    }

    fn consume(&self) {
        consume::sarif(self);
        consume::junit(self);
        consume::github(self);
        consume::gitlab(self);
        consume::checkstyle(self);
        consume::csv(self);
        consume::markdown(self);
    }
}

#[test]
fn the_real_plans_are_written_as_their_snapshots_say() {
    let outcome = check(repository(), &Options::default());
    let case = Case {
        report: &outcome.report,
        findings: &outcome,
        sources: &outcome.sources,
        view: View::default(),
    };
    let version = format!("ersion\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let spaced = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    for format in render::ALL {
        // Text has its own, in both languages: real.rs.
        if format.name != "text" {
            let written = case.written(format.name);
            let written = written.replace(&version, "ersion\":\"[version]\"");
            let written = written.replace(&spaced, "\"version\": \"[version]\"");
            insta::assert_snapshot!(format.name, written);
        }
    }
}

#[test]
fn the_real_plans_are_read_back_from_every_format() {
    for language in [Language::Chinese, Language::English] {
        let options = Options {
            language,
            ..Options::default()
        };
        let outcome = check(repository(), &options);
        for undetermined in [false, true] {
            Case {
                report: &outcome.report,
                findings: &outcome,
                sources: &outcome.sources,
                view: View {
                    undetermined,
                    prefix: "planning/规划库/",
                    ..View::default()
                },
            }
            .consume();
        }
    }
}

#[test]
fn hostile_texts_of_every_standing_are_read_back_from_every_format() {
    let texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
    for language in [Language::Chinese, Language::English] {
        for undetermined in [false, true] {
            consume_made(&Made::new(&texts, language), undetermined);
        }
    }
}

#[test]
fn a_report_without_findings_is_read_back_from_every_format() {
    consume_made(&Made::new(&[], Language::Chinese), false);
}

/// The parts of a comment that the real plans have no occasion for.
#[test]
fn what_was_accepted_and_what_was_mended_is_told_as_its_snapshot_says() {
    let comments = [Language::Chinese, Language::English].map(|language| {
        let mut made = Made::new(&["甲|乙".to_owned()], language);
        made.report.context_errors = vec!["plans/other_plan.plan.toml:9".to_owned()];
        let case = Case {
            report: &made.report,
            findings: &made,
            sources: &made.sources,
            view: View::default(),
        };
        consume::markdown(&case);
        case.written("markdown")
    });
    insta::assert_snapshot!("markdown_accepted", comments.join("\n"));
}

/// A character beyond the first plane is two units wide.
#[test]
fn sarif_counts_columns_in_utf16_units() {
    let made = Made::new(&["😀甲".to_owned()], Language::Chinese);
    let case = Case {
        report: &made.report,
        findings: &made,
        sources: &made.sources,
        view: View::default(),
    };
    let log: Value = serde_json::from_str(&case.written("sarif")).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let line = made.sources.files().next().unwrap().text().lines().next();
    assert_eq!(line, Some("𠮷é 指标 = \"😀甲\""));
    assert_eq!(location["region"]["startColumn"], 11);
    assert_eq!(location["region"]["endColumn"], 14);
}

/// No format says whether a finding is new where there is nothing to compare with.
#[test]
fn without_a_comparison_no_result_has_a_state() {
    let mut made = Made::new(&["甲".to_owned()], Language::Chinese);
    made.report.comparison = None;
    consume_made(&made, true);
}

fn consume_made(made: &Made, undetermined: bool) {
    Case {
        report: &made.report,
        findings: made,
        sources: &made.sources,
        view: View {
            undetermined,
            threshold: Severity::Warning,
            prefix: "规 划/库/",
            ..View::default()
        },
    }
    .consume();
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 48,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_texts_are_read_back_from_every_format(texts in vec(hostile(), 1..4)) {
        consume_made(&Made::new(&texts, Language::Chinese), true);
    }
}

/// Pieces of hostile texts in any order, and any characters.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(HOSTILE).prop_map(str::to_owned),
        "[-=+@#>*_`~|<>&;:,%{}()\\[\\]\\\\\"' \t\r\n0-9a甲😀]{0,12}",
        any::<String>(),
    ];
    vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

/// More findings than any limit: half of them say others again.
#[test]
fn thousands_of_findings_are_each_listed_once_in_every_format() {
    let mut texts = String::new();
    for plan in 0..150 {
        write!(
            texts,
            "\n-- plans/p{plan:03}.plan.toml --\nformat = 1\nid = \"p{plan:03}\"\ntitle = \"甲\"\nregion = \"100101\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = {{ from = 2021, to = 2025 }}\nindicators = [\n"
        )
        .unwrap();
        for indicator in [
            "life_expectancy",
            "immunization_coverage",
            "physicians_per_1000",
        ] {
            writeln!(
                texts,
                "  {{ id = \"{indicator}\", baseline = {{ 2020 = \"71\" }}, target = {{ 2025 = \"70\" }} }},"
            )
            .unwrap();
        }
        texts.push_str("]\n");
    }
    for rule in 0..12 {
        let require = if rule % 2 == 0 {
            "let b = baseline(t)\n    require t no weaker than b\n    label t \"目标\"\n    label b \"基期\""
        } else {
            "require t.year < 2025\n    label t \"目标\""
        };
        write!(
            texts,
            "\n-- rules/a{rule}.rule --\nrule a/r{rule} \"第{rule}条\" {{\n    for t in targets\n    {require}\n}}\n"
        )
        .unwrap();
    }
    let outcome = check(cases::repository(&texts), &Options::default());
    let case = Case {
        report: &outcome.report,
        findings: &outcome,
        sources: &outcome.sources,
        view: View::default(),
    };
    let listed = case.listed();
    let some: Vec<&str> = listed
        .iter()
        .take(5)
        .map(|of| of.message.as_str())
        .collect();
    assert!(listed.len() >= 5000, "{} {some:?}", listed.len());
    let restating = listed.iter().filter(|finding| finding.restates.is_some());
    let restating = restating.count();
    assert!(restating > 1000);
    case.consume();
    // JSON has each, text each but those that another finding says again and takes with it.
    let json: Value = serde_json::from_str(&case.written("json")).unwrap();
    let found = json["findings"].as_array().unwrap().iter();
    let prints: BTreeSet<&str> = found
        .map(|finding| finding["fingerprint"].as_str().unwrap())
        .collect();
    assert_eq!(prints.len(), listed.len());
    let text = case.written("text");
    let told = text.matches("planlint explain ").count();
    let input = listed.iter().filter(|finding| finding.is_input()).count();
    assert_eq!(told + restating + input, listed.len());
}
