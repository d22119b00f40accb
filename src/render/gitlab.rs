//! `--format gitlab`: a Code Quality report.

use std::io;

use serde::Serialize;

use super::{View, batch, place, wording};
use crate::finding::{Finding, Findings, Report};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Sources;

#[derive(Serialize)]
struct Entry<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn render(
    report: &Report,
    findings: &dyn Findings,
    sources: &Sources,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let each = |finding: &Finding, out: &mut Vec<u8>| -> io::Result<()> {
        let entry = entry(finding, sources, view.prefix, report.language);
        Ok(serde_json::to_writer(out, &entry)?)
    };
    out.write_all(b"[\n")?;
    batch::write(&place::listed(report, view), findings, ",\n", &each, out)?;
    out.write_all(b"\n]\n")
}

fn entry<'r>(
    finding: &'r Finding,
    sources: &Sources,
    prefix: &str,
    language: Language,
) -> Entry<'r> {
    let location = match place::primary(finding) {
        Some(span) => {
            let at = sources.place(span);
            Location {
                path: format!("{prefix}{}", place::path(span, sources)),
                lines: Lines {
                    begin: at.line,
                    end: at.end_line,
                },
            }
        }
        // A report without places is refused as a whole.
        None => Location {
            path: prefix.to_owned(),
            lines: Lines { begin: 1, end: 1 },
        },
    };
    Entry {
        description: wording::one_line(finding, language),
        check_name: &finding.code,
        fingerprint: finding.fingerprint.to_string(),
        severity: severity(finding),
        location,
    }
}

/// The five words have one meaning each: the check is incomplete, error, warning, note, undecided.
fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        _ if !finding.is_raised() => "info",
        Severity::Error if finding.is_incomplete() => "blocker",
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "minor",
    }
}
