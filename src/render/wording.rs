//! Words that formats share: severities, numbers, advice, what an accepted deviation rests on.

use crate::finding::{Deviation, Finding};
use crate::language::Language;
pub(super) use crate::language::{counted, share};
use crate::problem::Severity;

pub(super) const fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Note, Language::Chinese) => "提示",
        (severity, Language::English) => severity.word(),
    }
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

/// Why a deviation is accepted, by whom, and how long.
pub(super) fn why(of: &Deviation, language: Language) -> String {
    let by: Vec<&str> = [&of.issuer, &of.number]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let by = (!by.is_empty()).then(|| by.join(language.pick("，", ", ")));
    let until = of.until.as_ref().map(|day| match language {
        Language::Chinese => format!("到 {day} 为止"),
        Language::English => format!("until {day}"),
    });
    let value = of.value.as_ref().map(|value| match language {
        Language::Chinese => format!("针对 {value}"),
        Language::English => format!("for {value}"),
    });
    let more: Vec<String> = [by, value, until].into_iter().flatten().collect();
    if more.is_empty() {
        return of.reason.clone();
    }
    let more = more.join(language.pick("；", "; "));
    let (open, close) = language.pick(("（", "）"), (" (", ")"));
    format!("{}{open}{more}{close}", of.reason)
}
