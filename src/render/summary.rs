//! What ends a report as text: the counts, what was there before, which deviations were accepted.

use std::fmt::Write;

use super::table::columns;
use super::wording::{counted, share, why};
use crate::finding::{Comparison, Report, RuleCount};
use crate::language::Language;
use crate::source::Sources;

/// The counts of a report, without its findings.
#[must_use]
pub fn summary(report: &Report) -> String {
    let mut out = String::new();
    counts(&mut out, report);
    if let Some(comparison) = &report.comparison {
        compared(&mut out, comparison, report.language);
    }
    out
}

/// The deviations that were accepted, each with its reason, and how many findings it covers.
pub(super) fn deviations(report: &Report, sources: &Sources) -> String {
    let mut out = String::new();
    let language = report.language;
    if !report.deviations.is_empty() {
        let heading = language.pick("准许的偏差：", "accepted deviations:");
        let _ = writeln!(out, "{heading}");
    }
    for of in &report.deviations {
        let path = &sources.file(of.place.source).path;
        let place = format!("{path}:{}", sources.line(of.place));
        let said = why(of, language);
        let _ = match language {
            Language::Chinese => {
                writeln!(out, "  {}（{} 项，{place}）：{said}", of.rule, of.findings)
            }
            Language::English => writeln!(
                out,
                "  {} ({}, {place}): {said}",
                of.rule,
                counted(of.findings, "finding")
            ),
        };
    }
    out
}

/// The findings that are no more, as many as text has room for.
const MOST_FIXED: usize = 50;

fn compared(out: &mut String, comparison: &Comparison, language: Language) {
    let Comparison {
        against,
        new,
        known,
        fixed,
    } = comparison;
    let gone = fixed.len();
    let _ = match language {
        Language::Chinese => writeln!(
            out,
            "与 {against} 相比：新增 {new} 项，仍有 {known} 项（未计入），已消除 {gone} 项"
        ),
        Language::English => writeln!(
            out,
            "against {against}: {new} new, {known} still there (not counted), {gone} fixed"
        ),
    };
    for of in fixed.iter().take(MOST_FIXED) {
        let year = of.year.map(|year| year.to_string());
        let parts = [of.plan.clone(), of.indicator.clone(), year];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let subject = parts.join(" ");
        let what = of.message.as_deref().unwrap_or(&subject);
        let lead = language.pick("已消除", "fixed");
        let _ = writeln!(out, "  {lead} {} {what}", of.rule);
    }
    let left = gone.saturating_sub(MOST_FIXED);
    if left > 0 {
        let _ = match language {
            Language::Chinese => writeln!(
                out,
                "  其余 {left} 项已消除的没有列出；--format json 全部列出"
            ),
            Language::English => writeln!(out, "  {left} more are fixed; --format json lists all"),
        };
    }
}

/// The counts of each rule.
pub(super) fn rules(counts: &[RuleCount], language: Language) -> String {
    let heads = language.pick(
        ["规则", "检查", "符合", "不符", "无法判断"],
        ["rule", "checks", "hold", "violated", "undetermined"],
    );
    let lines = counts.iter().map(|count| {
        let cells = [
            count.checks,
            count.holds,
            count.violated,
            count.undetermined,
        ];
        (
            count.rule.clone(),
            cells.map(|cell| cell.to_string()).to_vec(),
        )
    });
    columns(&heads, lines)
}

/// Counts of all three verdicts, of severities, and the share that could be decided.
fn counts(out: &mut String, report: &Report) {
    let (counts, inputs) = (report.summary, report.inputs);
    let (_, all) = report.coverage;
    let more = if all == counts.checks {
        ""
    } else {
        report
            .language
            .pick("（含未计入的）", ", uncounted ones included")
    };
    let coverage = share(report.coverage);
    let language = report.language;
    let _ = match language {
        Language::Chinese => writeln!(
            out,
            "规划 {} 部，区划 {} 个，指标 {} 项，目标 {} 个，规则 {} 条\n检查 {} 项：符合 {}，不符 {}，无法判断 {}；可判断的占 {coverage}{more}\n错误 {}（其中输入错误 {}），警告 {}，提示 {}",
            inputs.plans,
            inputs.regions,
            inputs.indicators,
            inputs.targets,
            inputs.rules,
            counts.checks,
            counts.holds,
            counts.violated,
            counts.undetermined,
            counts.errors,
            counts.input_errors,
            counts.warnings,
            counts.notes,
        ),
        Language::English => writeln!(
            out,
            "{}, {}, {}, {}, {}\n{}: {} hold, {} violated, {} undetermined; {coverage} could be decided{more}\n{} ({} of the input), {}, {}",
            counted(inputs.plans, "plan"),
            counted(inputs.regions, "region"),
            counted(inputs.indicators, "indicator"),
            counted(inputs.targets, "target"),
            counted(inputs.rules, "rule"),
            counted(counts.checks, "check"),
            counts.holds,
            counts.violated,
            counts.undetermined,
            counted(counts.errors, "error"),
            counts.input_errors,
            counted(counts.warnings, "warning"),
            counted(counts.notes, "note"),
        ),
    };
    let allowed = counts.allowed;
    if allowed > 0 {
        let _ = match language {
            Language::Chinese => writeln!(out, "另有准许的偏差 {allowed} 项，未计入"),
            Language::English => writeln!(
                out,
                "{} accepted and not counted",
                counted(allowed, "deviation")
            ),
        };
    }
}
