//! `--format json`: schema version 1, a fixed point.

use std::io;

use serde::{Serialize, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};

use super::{View, batch};
use crate::finding::{Decided, Deviation, Finding, Findings, Fingerprint, Report};
use crate::source::{Sources, Span};

/// What stands before the findings.
#[derive(Serialize)]
struct Head {
    version: u32,
    tool: Tool,
    language: &'static str,
    inputs: Inputs,
    summary: Summary,
}

/// What stands behind them.
#[derive(Serialize)]
struct Tail<'r> {
    rules: Vec<Rule<'r>>,
    allowed: Vec<Allowed<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison<'r>>,
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
    fingerprint: Digits,
    related: Vec<Digits>,
    restates: Option<Digits>,
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

/// An accepted deviation that was made use of.
#[derive(Serialize)]
struct Allowed<'r> {
    rule: &'r str,
    reason: &'r str,
    issuer: Option<&'r str>,
    number: Option<&'r str>,
    until: Option<&'r str>,
    value: Option<&'r str>,
    findings: usize,
    path: &'r str,
    line: usize,
}

#[derive(Serialize)]
struct Comparison<'r> {
    against: &'r str,
    new: usize,
    known: usize,
    fixed: Vec<Fixed<'r>>,
}

#[derive(Serialize)]
struct Fixed<'r> {
    rule: &'r str,
    fingerprint: Digits,
    plan: Option<&'r str>,
    indicator: Option<&'r str>,
    year: Option<i32>,
    message: Option<&'r str>,
}

/// A fingerprint in its digits.
struct Digits(Fingerprint);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The whole report: the findings are made and written a part at a time, and never held together.
pub(super) fn render(
    report: &Report,
    findings: &dyn Findings,
    sources: &Sources,
    _: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let head = serde_json::to_string_pretty(&head(report))?;
    // The two ends are one object with the findings in between.
    let head = head.strip_suffix("\n}").unwrap_or(&head);
    write!(out, "{head},\n  \"findings\": [")?;
    let open: Vec<usize> = report.open().map(|(at, _)| at).collect();
    let each = |finding: &Finding, out: &mut Vec<u8>| -> io::Result<()> {
        let mut serializer = serde_json::Serializer::with_formatter(out, inner()?);
        entry(finding, sources).serialize(&mut serializer)?;
        Ok(())
    };
    let (start, end) = if open.is_empty() {
        ("", "]")
    } else {
        ("\n    ", "\n  ]")
    };
    out.write_all(start.as_bytes())?;
    batch::write(&open, findings, ",\n    ", &each, out)?;
    let tail = Tail {
        rules: report.rules.iter().map(rule).collect(),
        allowed: report
            .deviations
            .iter()
            .map(|of| allowed(of, sources))
            .collect(),
        comparison: report.comparison.as_ref().map(comparison),
    };
    let tail = serde_json::to_string_pretty(&tail)?;
    writeln!(out, "{end},{}", tail.strip_prefix('{').unwrap_or(&tail))
}

fn head(report: &Report) -> Head {
    let counts = report.summary;
    Head {
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
    }
}

/// The layout of a value that stands in an array in an object.
fn inner() -> io::Result<PrettyFormatter<'static>> {
    let mut formatter = PrettyFormatter::new();
    formatter.begin_object(&mut io::sink())?;
    formatter.begin_array(&mut io::sink())?;
    Ok(formatter)
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

fn allowed<'r>(of: &'r Deviation, sources: &'r Sources) -> Allowed<'r> {
    Allowed {
        rule: &of.rule,
        reason: &of.reason,
        issuer: of.issuer.as_deref(),
        number: of.number.as_deref(),
        until: of.until.as_deref(),
        value: of.value.as_deref(),
        findings: of.findings,
        path: &sources.file(of.place.source).path,
        line: sources.line(of.place),
    }
}

fn comparison(of: &crate::finding::Comparison) -> Comparison<'_> {
    let fixed = of.fixed.iter().map(|fixed| Fixed {
        rule: &fixed.rule,
        fingerprint: Digits(fixed.fingerprint),
        plan: fixed.plan.as_deref(),
        indicator: fixed.indicator.as_deref(),
        year: fixed.year,
        message: fixed.message.as_deref(),
    });
    Comparison {
        against: &of.against,
        new: of.new,
        known: of.known,
        fixed: fixed.collect(),
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
        fingerprint: Digits(finding.fingerprint),
        related: finding
            .related
            .iter()
            .map(|related| Digits(related.fingerprint))
            .collect(),
        restates: finding.restates.map(Digits),
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
