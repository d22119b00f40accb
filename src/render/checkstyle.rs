//! `--format checkstyle`: the XML that many programs take.

use std::io;

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::{View, batch, place, wording, xml};
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
        out.extend_from_slice(b"    ");
        let error = error(finding, sources, report.language);
        Writer::new(&mut *out).write_event(Event::Empty(error))?;
        out.push(b'\n');
        Ok(())
    };
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<checkstyle version="4.3">"#)?;
    for (path, found) in place::by_file(report, sources, view) {
        let mut file = BytesStart::new("file");
        attribute(&mut file, "name", &format!("{}{path}", view.prefix));
        out.write_all(b"  ")?;
        Writer::new(&mut *out).write_event(Event::Start(file))?;
        out.write_all(b"\n")?;
        batch::write(&found, findings, "", &each, out)?;
        out.write_all(b"  </file>\n")?;
    }
    out.write_all(b"</checkstyle>\n")
}

fn error(finding: &Finding, sources: &Sources, language: Language) -> BytesStart<'static> {
    let mut error = BytesStart::new("error");
    if let Some(span) = place::primary(finding) {
        let at = sources.place(span);
        attribute(&mut error, "line", &at.line.to_string());
        attribute(&mut error, "column", &at.column.to_string());
    }
    let severity = match finding.severity {
        _ if !finding.is_raised() => "info",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    attribute(&mut error, "severity", severity);
    attribute(&mut error, "message", &wording::one_line(finding, language));
    attribute(&mut error, "source", &finding.code);
    error
}

/// An attribute that is read as it was: a reader makes spaces of white space that is not escaped.
fn attribute(tag: &mut BytesStart<'_>, name: &str, value: &str) {
    let value = xml::text(value);
    let mut escaped = escape(value.as_str()).into_owned();
    for (raw, reference) in [('\n', "&#10;"), ('\r', "&#13;"), ('\t', "&#9;")] {
        escaped = escaped.replace(raw, reference);
    }
    tag.push_attribute((name.as_bytes(), escaped.as_bytes()));
}
