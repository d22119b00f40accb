//! `--format github`: workflow commands that GitHub Actions shows as annotations.

use std::fmt::Write;
use std::io;

use super::{View, batch, place, wording};
use crate::finding::{Finding, Findings, Report};
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
    let each = |finding: &Finding, out: &mut Vec<u8>| -> io::Result<()> {
        let command = command(finding, sources, view.prefix, report.language);
        out.extend_from_slice(command.as_bytes());
        Ok(())
    };
    batch::write(&place::listed(report, view), findings, "", &each, out)
}

/// A finding as a command, on a line of its own.
fn command(finding: &Finding, sources: &Sources, prefix: &str, language: Language) -> String {
    let name = match finding.severity {
        _ if !finding.is_raised() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut command = format!("::{name} ");
    if let Some(span) = place::primary(finding) {
        let path = property(&format!("{prefix}{}", place::path(span, sources)));
        let at = sources.place(span);
        let _ = write!(
            command,
            "file={path},line={},endLine={},",
            at.line, at.end_line
        );
        // Columns of different lines are refused.
        if at.line == at.end_line {
            let _ = write!(command, "col={},endColumn={},", at.column, at.end_column);
        }
    }
    let title = property(&finding.code);
    let others = place::others(finding).iter();
    let others = others.map(|label| place::line(label, sources, prefix, language));
    let lines: Vec<String> = std::iter::once(finding.message.clone())
        .chain(others)
        .chain(wording::advice(finding, language))
        .collect();
    let _ = writeln!(command, "title={title}::{}", data(&lines.join("\n")));
    command
}

/// The toolkit's escapes of a message.
fn data(raw: &str) -> String {
    let escaped = raw.replace('%', "%25");
    escaped.replace('\r', "%0D").replace('\n', "%0A")
}

/// The toolkit's escapes of a property.
fn property(raw: &str) -> String {
    data(raw).replace(':', "%3A").replace(',', "%2C")
}
