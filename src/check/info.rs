//! What formats tell of the rules of a run beside what they found.

use std::collections::BTreeSet;

use super::RuleSet;
use crate::finding::{Finding, RuleInfo};
use crate::language::Language;
use crate::problem::{Kind, Severity};
use crate::resolve::TypedRule;

/// The rules that were on, and the kinds of input problems that occur.
pub(super) fn of_all(rules: &RuleSet, problems: &[Finding], language: Language) -> Vec<RuleInfo> {
    let codes: BTreeSet<&str> = problems.iter().map(|found| found.code.as_str()).collect();
    let kinds = Kind::ALL.iter().filter(|kind| codes.contains(kind.id()));
    let kinds = kinds.map(|kind| of_kind(*kind, language));
    let mut all: Vec<RuleInfo> = rules.rules.iter().map(|rule| of(rule, language)).collect();
    all.dedup_by(|a, b| a.id == b.id);
    all.into_iter().chain(kinds).collect()
}

fn of(rule: &TypedRule, language: Language) -> RuleInfo {
    let id = &rule.id.value;
    let severities = rule.severities.iter().map(|weight| weight.severity);
    let cites = rule.cites.iter().map(|cite| {
        let lead = language.pick("依据：", "cites: ");
        format!("{lead}{}", cite.join(" "))
    });
    let text = rule.paragraphs(language).join("\n");
    let help: Vec<String> = std::iter::once(text).chain(cites).collect();
    RuleInfo {
        id: id.clone(),
        title: rule.title.pattern(language),
        help: help.join("\n\n").trim().to_owned(),
        severity: severities.max().unwrap_or(Severity::Error),
        tags: area(id).chain(rule.tags.iter().cloned()).collect(),
    }
}

fn of_kind(kind: Kind, language: Language) -> RuleInfo {
    let help = language.pick(
        "这是输入的问题，不是规则：每处的说明和改法随检查结果给出。",
        "A problem with the input, not a rule: each place says what is wrong and what to do.",
    );
    RuleInfo {
        id: kind.id().to_owned(),
        title: kind.title().text(language).to_owned(),
        help: help.to_owned(),
        severity: kind.severity(),
        tags: area(kind.id()).collect(),
    }
}

fn area(id: &str) -> impl Iterator<Item = String> {
    id.split_once('/')
        .map(|(area, _)| area.to_owned())
        .into_iter()
}
