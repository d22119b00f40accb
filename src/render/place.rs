//! Places as formats name them, and the findings of each file.

use super::View;
use crate::finding::{Finding, Label, Report};
use crate::language::Language;
use crate::source::{Sources, Span};

/// Characters of a value that are shown in a line of text.
const SHOWN: usize = 60;

/// Where a finding stands.
pub(super) fn primary(finding: &Finding) -> Option<Span> {
    finding.labels.first().map(|label| label.span)
}

/// The other places it shows: mostly the superior's.
pub(super) fn others(finding: &Finding) -> &[Label] {
    finding.labels.get(1..).unwrap_or_default()
}

/// The path of a place.
pub(super) fn path(span: Span, sources: &Sources) -> &str {
    &sources.file(span.source).path
}

/// `path:line`
pub(super) fn named(span: Span, sources: &Sources) -> String {
    format!("{}:{}", path(span, sources), sources.line(span))
}

/// What a label says, where it stands with what is put before its path, and the value there.
pub(super) fn line(label: &Label, sources: &Sources, prefix: &str, language: Language) -> String {
    let lead = match label.message.as_str() {
        "" => String::new(),
        message => format!("{message}{}", language.pick("：", ": ")),
    };
    let value = shortened(sources.text(label.span));
    format!("{lead}{prefix}{} {value}", named(label.span, sources))
}

/// The first line of a value, cut where it is long.
fn shortened(value: &str) -> String {
    let line = value.lines().next().unwrap_or("");
    let shown: String = line.chars().take(SHOWN).collect();
    if shown.len() == value.len() {
        shown
    } else {
        format!("{shown}…")
    }
}

/// The places of the listed findings, by the file they stand in; files and findings in the order of the report.
pub(super) fn by_file<'s>(
    report: &Report,
    sources: &'s Sources,
    view: &View<'_>,
) -> Vec<(&'s str, Vec<usize>)> {
    let mut files: Vec<(&str, Vec<usize>)> = Vec::new();
    for at in listed(report, view) {
        let brief = report.findings.get(at);
        let place = brief.and_then(|brief| brief.place);
        let path = place.map_or("", |span| path(span, sources));
        match files.last_mut() {
            Some((last, of)) if *last == path => of.push(at),
            _ => files.push((path, vec![at])),
        }
    }
    files
}

/// The listed findings by their places in the report.
pub(super) fn listed(report: &Report, view: &View<'_>) -> Vec<usize> {
    let briefs = report.findings.iter().enumerate();
    let listed = briefs.filter(|(_, brief)| view.lists(brief));
    listed.map(|(at, _)| at).collect()
}
