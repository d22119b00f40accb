//! The tests of a run as text.

use std::fmt::Write;

use super::{Mutation, Suite};
use crate::language::Language;
use crate::render::{Style, one};

/// What is wrong with the rules; each test with what is wrong with it; the counts.
#[must_use]
pub fn report(suite: &Suite, style: Style) -> String {
    let mut out = String::new();
    let sources = &suite.outcome.sources;
    let language = suite.outcome.report.language;
    let shown = |finding| one(finding, language, sources, style);
    for finding in &suite.wrong {
        let _ = writeln!(out, "{}", shown(finding));
    }
    for result in &suite.results {
        let verdict = if result.fails() {
            language.pick("失败", "FAILED")
        } else {
            language.pick("通过", "ok")
        };
        let place = sources.place(result.span);
        let path = &sources.file(result.span.source).path;
        let _ = writeln!(out, "{verdict} {path}:{} {}", place.line, result.name);
        for finding in &result.problems {
            let _ = write!(out, "\n{}", shown(finding));
        }
        if result.fails() {
            let _ = writeln!(out);
        }
    }
    let all = suite.results.len();
    let failed = suite.results.iter().filter(|result| result.fails());
    let failed = failed.count();
    let passed = all - failed;
    let _ = match language {
        Language::Chinese => writeln!(out, "\n测试 {all} 个：通过 {passed}，失败 {failed}"),
        Language::English => writeln!(out, "\ntests: {all}; passed {passed}, failed {failed}"),
    };
    out
}

/// The changes that no test noticed, and the counts; the tests themselves where they do not pass.
#[must_use]
pub fn mutation_report(mutation: &Mutation, style: Style) -> String {
    let suite = &mutation.suite;
    if !suite.passes() {
        return report(suite, style);
    }
    let mut out = String::new();
    for finding in &mutation.survivors {
        let shown = one(
            finding,
            suite.outcome.report.language,
            &suite.outcome.sources,
            style,
        );
        let _ = writeln!(out, "{shown}");
    }
    let (all, explained) = (mutation.mutants, mutation.explained);
    let survived = mutation.survivors.len();
    let noticed = all - explained - survived;
    let _ = match suite.outcome.report.language {
        Language::Chinese => writeln!(
            out,
            "变异 {all} 个：测试发现 {noticed}，没有发现 {survived}，已说明无法分辨 {explained}"
        ),
        Language::English => writeln!(
            out,
            "mutants: {all}; noticed {noticed}, survived {survived}, explained {explained}"
        ),
    };
    out
}
