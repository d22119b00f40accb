//! Words that formats share: severities, numbers, advice, what an accepted deviation rests on.

use crate::finding::{Deviation, Finding};
use crate::language::Language;
use crate::problem::Severity;

pub(super) const fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Note, Language::Chinese) => "提示",
        (severity, Language::English) => severity.word(),
    }
}

/// `1 error`, `2 errors`.
pub(super) fn counted(number: usize, word: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {word}{end}")
}

/// A part of a whole in per cent, one decimal place.
pub(super) fn share((part, whole): (usize, usize)) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let tenths = part * 1000 / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// What would mend a finding.
pub(super) fn advice(finding: &Finding, language: Language) -> Option<String> {
    let help = finding.help.as_ref()?;
    Some(format!("{}{help}", language.pick("建议：", "help: ")))
}

/// What is wrong and what would mend it, as one line.
pub(super) fn one_line(finding: &Finding, language: Language) -> String {
    let message = &finding.message;
    match advice(finding, language) {
        Some(advice) => format!("{message}{}{advice}", language.pick("。", "; ")),
        None => message.clone(),
    }
}

/// Who accepted a deviation, by which document, until when.
pub(super) fn grounds(deviation: &Deviation, language: Language) -> Vec<String> {
    let leads = language.pick(
        ["批准单位：", "文号：", "有效期至 "],
        ["accepted by ", "document ", "until "],
    );
    let parts = [&deviation.issuer, &deviation.number, &deviation.until];
    let given = leads.into_iter().zip(parts);
    given
        .filter_map(|(lead, part)| Some(format!("{lead}{}", part.as_ref()?)))
        .collect()
}
