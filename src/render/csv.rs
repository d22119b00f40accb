//! `--format csv`: a row per finding, for spreadsheets.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::{View, batch, place};
use crate::finding::{Decided, Finding, Findings, Report};
use crate::source::Sources;

const HEADS: [&str; 20] = [
    "rule",
    "severity",
    "verdict",
    "plan",
    "region",
    "indicator",
    "year",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "value",
    "message",
    "help",
    "reason",
    "other_path",
    "other_line",
    "other_value",
    "fingerprint",
];

pub(super) fn render(
    report: &Report,
    findings: &dyn Findings,
    sources: &Sources,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let each = |finding: &Finding, out: &mut Vec<u8>| write(&row(finding, sources), out);
    // Without this mark a spreadsheet takes the file for the system's encoding.
    let mut head = "\u{FEFF}".as_bytes().to_vec();
    write(&HEADS.map(str::to_owned), &mut head)?;
    out.write_all(&head)?;
    batch::write(&place::listed(report, view), findings, "", &each, out)
}

fn write(cells: &[String], out: &mut Vec<u8>) -> io::Result<()> {
    let mut builder = WriterBuilder::new();
    let mut writer = builder.terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(cells.iter().map(|cell| guarded(cell)))?;
    writer.flush()
}

fn row(finding: &Finding, sources: &Sources) -> [String; 20] {
    let subject = &finding.subject;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let span = place::primary(finding);
    let at = span.map(|span| sources.place(span));
    let path = span.map_or("", |span| place::path(span, sources));
    let value = span.map_or("", |span| sources.text(span));
    let number = |of: fn(&crate::source::Place) -> usize| {
        at.as_ref()
            .map_or_else(String::new, |at| of(at).to_string())
    };
    let other = place::others(finding).first().map(|label| label.span);
    let other_line = other.map(|span| sources.line(span).to_string());
    [
        finding.code.clone(),
        finding.severity.word().to_owned(),
        finding.verdict.map_or("", Decided::word).to_owned(),
        text(&subject.plan),
        text(&subject.region),
        text(&subject.indicator),
        subject
            .year
            .map_or_else(String::new, |year| year.to_string()),
        path.to_owned(),
        number(|at| at.line),
        number(|at| at.column),
        number(|at| at.end_line),
        number(|at| at.end_column),
        value.to_owned(),
        finding.message.clone(),
        text(&finding.help),
        text(&finding.reason),
        other
            .map_or("", |span| place::path(span, sources))
            .to_owned(),
        other_line.unwrap_or_default(),
        other.map_or("", |span| sources.text(span)).to_owned(),
        finding.fingerprint.to_string(),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(cell: &str) -> String {
    let is_formula = match cell.chars().next() {
        Some('=' | '+' | '@' | '＝' | '＋' | '＠' | '\t' | '\r' | '\n') => true,
        Some(first @ ('-' | '－')) => !cell.strip_prefix(first).is_some_and(is_number),
        _ => false,
    };
    let guard = if is_formula { "'" } else { "" };
    format!("{guard}{cell}")
}

fn is_number(text: &str) -> bool {
    let is_digit = |of: char| of.is_ascii_digit() || matches!(of, '.' | ',' | '%' | '‰');
    text.starts_with(|first: char| first.is_ascii_digit()) && text.chars().all(is_digit)
}
