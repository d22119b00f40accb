//! `--format junit`: a suite per rule, a case per finding.

use std::io;

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{View, place, wording, xml};
use crate::finding::{Finding, Findings, Report, RuleInfo};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Sources;

pub(super) fn render(
    report: &Report,
    findings: &dyn Findings,
    sources: &Sources,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rules = findings.rules();
    let mut suites: IndexMap<&str, Vec<usize>> = IndexMap::new();
    let ids = report.rules.iter().map(|count| &count.rule);
    for id in ids.chain(rules.iter().map(|rule| &rule.id)) {
        suites.entry(id).or_default();
    }
    for at in place::listed(report, view) {
        if let Some(code) = findings.code(at) {
            suites.entry(code).or_default().push(at);
        }
    }
    let case = |finding: &Finding| case(finding, sources, view.threshold, report.language);
    let mut all = quick_junit::Report::new("planlint");
    for (id, found) in suites {
        let mut suite = TestSuite::new(xml::text(id));
        let cases = found.par_iter().filter_map(|at| findings.get(*at));
        let cases: Vec<TestCase> = cases.map(|finding| case(&finding)).collect();
        suite.add_test_cases(cases);
        if found.is_empty() {
            suite.add_test_case(passing(id, &rules));
        }
        all.add_test_suite(suite);
    }
    all.serialize(out).map_err(io::Error::other)
}

/// What a rule looks for and did not find.
fn passing(id: &str, rules: &[RuleInfo]) -> TestCase {
    let rule = rules.iter().find(|rule| rule.id == id);
    let name = rule.map_or(id, |rule| rule.title.as_str());
    let mut case = TestCase::new(xml::text(name), TestCaseStatus::success());
    case.set_classname(xml::text(id));
    case
}

fn case(finding: &Finding, sources: &Sources, threshold: Severity, language: Language) -> TestCase {
    let labels = finding.labels.iter();
    let lines = labels.map(|label| place::line(label, sources, "", language));
    let lines: Vec<String> = lines.chain(wording::advice(finding, language)).collect();
    let text = lines.join("\n");
    let place = place::primary(finding).map(|span| place::named(span, sources) + " ");
    let name = place.unwrap_or_default() + &finding.message;
    let status = status(finding, threshold, &text);
    let passes = matches!(status, TestCaseStatus::Success { .. });
    let mut case = TestCase::new(xml::text(&name), status);
    case.set_classname(xml::text(&finding.code));
    if passes {
        let severity = wording::severity_word(finding.severity, language);
        case.set_system_out(xml::text(&format!(
            "{severity} {}\n{text}",
            finding.message
        )));
    }
    case
}

fn status(finding: &Finding, threshold: Severity, text: &str) -> TestCaseStatus {
    let kind = if finding.is_incomplete() && finding.severity == Severity::Error {
        NonSuccessKind::Error
    } else if !finding.is_raised() {
        let mut skipped = TestCaseStatus::skipped();
        skipped.set_message(xml::text(finding.reason.as_deref().unwrap_or_default()));
        return skipped;
    } else if finding.severity >= threshold {
        NonSuccessKind::Failure
    } else {
        return TestCaseStatus::success();
    };
    let mut status = TestCaseStatus::non_success(kind);
    status
        .set_type(finding.severity.word())
        .set_message(xml::text(&finding.message))
        .set_description(xml::text(text));
    status
}
