//! `--format json`: schema version 1, a fixed point.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::View;
use crate::finding::{Decided, Finding, Report};
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    tool: Tool,
    language: &'static str,
    inputs: Inputs,
    summary: Summary,
    findings: Entries<'r>,
    rules: Vec<Rule<'r>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Inputs {
    plans: usize,
    regions: usize,
    indicators: usize,
    rules: usize,
    targets: usize,
}

#[derive(Serialize)]
struct Summary {
    checks: usize,
    holds: usize,
    violated: usize,
    undetermined: usize,
    input_errors: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    allowed: usize,
    baselined: usize,
}

#[derive(Serialize)]
struct Entry<'r> {
    rule: &'r str,
    severity: &'static str,
    verdict: Option<&'static str>,
    message: &'r str,
    help: Option<&'r str>,
    reason: Option<&'r str>,
    url: &'r str,
    fingerprint: &'r str,
    related: Vec<&'r str>,
    restates: Option<&'r str>,
    fixes: Vec<Fix<'r>>,
    subject: Subject<'r>,
    labels: Vec<Label<'r>>,
}

#[derive(Serialize)]
struct Fix<'r> {
    title: &'r str,
    path: &'r str,
    offset: usize,
    length: usize,
    replacement: &'r str,
}

#[derive(Serialize)]
struct Subject<'r> {
    plan: Option<&'r str>,
    region: Option<&'r str>,
    indicator: Option<&'r str>,
    year: Option<i32>,
}

#[derive(Serialize)]
struct Label<'r> {
    path: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    offset: usize,
    length: usize,
    primary: bool,
    value: &'r str,
    message: &'r str,
}

#[derive(Serialize)]
struct Rule<'r> {
    #[serde(rename = "rule")]
    id: &'r str,
    checks: usize,
    holds: usize,
    violated: usize,
    undetermined: usize,
}

/// The findings, each made into its entry as it is written: a hundred thousand are never held a second time.
struct Entries<'r> {
    findings: &'r [Finding],
    sources: &'r Sources,
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.findings.iter();
        serializer.collect_seq(entries.map(|finding| entry(finding, self.sources)))
    }
}

/// The whole report.
pub(super) fn render(
    report: &Report,
    sources: &Sources,
    _: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let counts = report.summary;
    let document = Document {
        version: 1,
        tool: Tool {
            name: "planlint",
            version: env!("CARGO_PKG_VERSION"),
        },
        language: report.language.tag(),
        inputs: Inputs {
            plans: report.inputs.plans,
            regions: report.inputs.regions,
            indicators: report.inputs.indicators,
            rules: report.inputs.rules,
            targets: report.inputs.targets,
        },
        summary: Summary {
            checks: counts.checks,
            holds: counts.holds,
            violated: counts.violated,
            undetermined: counts.undetermined,
            input_errors: counts.input_errors,
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            allowed: counts.allowed,
            baselined: counts.baselined,
        },
        findings: Entries {
            findings: &report.findings,
            sources,
        },
        rules: report.rules.iter().map(rule).collect(),
    };
    // A report is millions of small pieces: they are gathered before anybody is asked to take them.
    let mut buffer = io::BufWriter::with_capacity(1 << 16, out);
    serde_json::to_writer_pretty(&mut buffer, &document)?;
    writeln!(buffer)?;
    buffer.flush()
}

fn rule(count: &crate::finding::RuleCount) -> Rule<'_> {
    Rule {
        id: &count.rule,
        checks: count.checks,
        holds: count.holds,
        violated: count.violated,
        undetermined: count.undetermined,
    }
}

fn entry<'r>(finding: &'r Finding, sources: &'r Sources) -> Entry<'r> {
    let labels = finding.labels.iter().enumerate();
    Entry {
        rule: &finding.code,
        severity: finding.severity.word(),
        verdict: finding.verdict.map(Decided::word),
        message: &finding.message,
        help: finding.help.as_deref(),
        reason: finding.reason.as_deref(),
        url: &finding.url,
        fingerprint: &finding.fingerprint,
        related: finding
            .related
            .iter()
            .map(|related| related.fingerprint.as_str())
            .collect(),
        restates: finding.restates.as_deref(),
        fixes: finding
            .fixes
            .iter()
            .map(|fix| {
                let (path, offset, length) = bytes(fix.span, sources);
                Fix {
                    title: &fix.title,
                    path,
                    offset,
                    length,
                    replacement: &fix.replacement,
                }
            })
            .collect(),
        subject: Subject {
            plan: finding.subject.plan.as_deref(),
            region: finding.subject.region.as_deref(),
            indicator: finding.subject.indicator.as_deref(),
            year: finding.subject.year,
        },
        labels: labels
            .map(|(at, label)| self::label(label, at == 0, sources))
            .collect(),
    }
}

fn label<'r>(label: &'r crate::finding::Label, primary: bool, sources: &'r Sources) -> Label<'r> {
    let place = sources.place(label.span);
    let (path, offset, length) = bytes(label.span, sources);
    Label {
        path,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        offset,
        length,
        primary,
        value: sources.text(label.span),
        message: &label.message,
    }
}

fn bytes(span: Span, sources: &Sources) -> (&str, usize, usize) {
    let file = sources.file(span.source);
    let range = file.clamp(span.range());
    (&file.path, range.start, range.len())
}
