//! `--format sarif`: SARIF 2.1.0 as code scanning takes it, a result a line.

mod log;

use std::fmt::Write;
use std::io;

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use self::log::{
    Artifact, Change, Configuration, Content, Driver, Entry, Fingerprints, Fix, Head, Invocation,
    Physical, Properties, Region, Replacement, Rule, RuleProperties, Site, Suppression, Text, Tool,
};
use super::{View, batch, markdown, place, wording};
use crate::finding::{Decided, Finding, Findings, Label, Report, RuleInfo, Standing};
use crate::problem::Severity;
use crate::source::{Sources, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Code scanning refuses longer descriptions.
const LONGEST: usize = 1024;

/// Code scanning refuses longer names.
const LONGEST_NAME: usize = 255;

/// Code scanning refuses more tags.
const TAGS: usize = 20;

/// The whole report: results are made and written a part at a time, and never held together.
pub(super) fn render(
    report: &Report,
    findings: &dyn Findings,
    sources: &Sources,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rules = findings.rules();
    let head = serde_json::to_string(&head(report, &rules))?;
    // The run is one object, its results in the midst of it.
    let head = head.strip_suffix('}').unwrap_or(&head);
    write!(
        out,
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":["
    )?;
    writeln!(out, "{head},\"results\":[")?;
    let shown = report.findings.iter().enumerate();
    let shown = shown.filter(|(_, brief)| view.shows(brief));
    let shown: Vec<usize> = shown.map(|(at, _)| at).collect();
    let results = Results {
        report,
        sources,
        prefix: view.prefix,
        rules: rules.iter().map(|rule| rule.id.as_str()).zip(0..).collect(),
    };
    let each = |finding: &Finding, out: &mut Vec<u8>| -> io::Result<()> {
        Ok(serde_json::to_writer(out, &results.entry(finding))?)
    };
    batch::write(&shown, findings, ",\n", &each, out)?;
    writeln!(out, "\n]}}]}}")
}

fn head<'r>(report: &Report, rules: &'r [RuleInfo]) -> Head<'r> {
    let version = env!("CARGO_PKG_VERSION");
    Head {
        tool: Tool {
            driver: Driver {
                name: "planlint",
                version,
                semantic_version: version,
                information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
                rules: rules.iter().map(rule).collect(),
            },
        },
        language: report.language.tag(),
        column_kind: "utf16CodeUnits",
        invocations: [Invocation {
            execution_successful: report.summary.input_errors == 0,
        }],
    }
}

fn rule(rule: &RuleInfo) -> Rule<'_> {
    let title = match rule.title.as_str() {
        "" => rule.id.as_str(),
        title => title,
    };
    let help = match rule.help.trim() {
        "" => title,
        help => help,
    };
    let first = help.split("\n\n").next().unwrap_or(title);
    let marked: Vec<String> = help.lines().map(markdown::escaped).collect();
    let tags: IndexSet<&str> = rule.tags.iter().map(String::as_str).collect();
    Rule {
        id: &rule.id,
        name: name(&rule.id),
        short_description: description(title),
        full_description: description(first),
        help: Text {
            markdown: Some(marked.join("\n")),
            ..text(help)
        },
        default_configuration: Configuration {
            level: rule.severity.word(),
        },
        properties: RuleProperties {
            tags: tags.into_iter().take(TAGS).collect(),
            precision: "high",
            severity: match rule.severity {
                Severity::Note => "recommendation",
                severity => severity.word(),
            },
        },
    }
}

/// `AlignWeakerThanSuperior` of `align/weaker-than-superior`.
fn name(id: &str) -> String {
    let mut name = String::new();
    for word in id.split(|part: char| !part.is_alphanumeric()) {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    cut(&name, LONGEST_NAME)
}

/// A text of so many characters at most.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let start = text.chars().take(longest - 1);
    start.chain(['…']).collect()
}

/// A text that is cut where it is too long: escapes make it twice as long at most.
fn description(raw: &str) -> Text {
    let whole = text(raw);
    if whole.text.chars().count() <= LONGEST {
        return whole;
    }
    text(&cut(raw, LONGEST / 2))
}

/// A text in which nothing is a placeholder or a link.
fn text(raw: &str) -> Text {
    let mut text = raw.replace('{', "{{").replace('}', "}}");
    if text.contains("](") {
        for special in ["\\", "[", "]"] {
            text = text.replace(special, &format!("\\{special}"));
        }
    }
    Text {
        text,
        markdown: None,
    }
}

/// What results are made with.
struct Results<'r> {
    report: &'r Report,
    sources: &'r Sources,
    prefix: &'r str,
    rules: FxHashMap<&'r str, usize>,
}

impl<'r> Results<'r> {
    fn entry(&self, finding: &'r Finding) -> Entry<'r> {
        let fingerprint = finding.fingerprint.to_string();
        let (kind, level) = if finding.is_raised() {
            (None, finding.severity.word())
        } else {
            (Some("open"), "none")
        };
        let help = wording::advice(finding, self.report.language);
        let lines: Vec<String> = [Some(finding.message.clone()), help]
            .into_iter()
            .flatten()
            .collect();
        let primary = place::primary(finding);
        let others = place::others(finding).iter().zip(1..);
        let subject = &finding.subject;
        Entry {
            rule_id: &finding.code,
            rule_index: self.rules.get(finding.code.as_str()).copied(),
            kind,
            level,
            message: text(&lines.join("\n")),
            locations: primary
                .map(|span| self.location(span))
                .into_iter()
                .collect(),
            related_locations: others.map(|(label, id)| self.other(label, id)).collect(),
            partial_fingerprints: Fingerprints {
                primary_location_line_hash: fingerprint.clone(),
                planlint: fingerprint,
            },
            baseline_state: self.state(finding.standing),
            suppressions: self.suppression(finding.standing).into_iter().collect(),
            fixes: finding.fixes.iter().map(|fix| self.fix(fix)).collect(),
            properties: Properties {
                plan: subject.plan.as_deref(),
                region: subject.region.as_deref(),
                indicator: subject.indicator.as_deref(),
                year: subject.year,
                verdict: finding.verdict.map(Decided::word),
                reason: finding.reason.as_deref(),
            },
        }
    }

    /// Every result has a state or none has. What was accepted is not new, whenever it was found first.
    fn state(&self, standing: Standing) -> Option<&'static str> {
        self.report.comparison.as_ref()?;
        Some(match standing {
            Standing::Open => "new",
            Standing::Allowed(_) | Standing::Known => "unchanged",
        })
    }

    fn suppression(&self, standing: Standing) -> Option<Suppression<'r>> {
        let place = match standing {
            Standing::Open => return None,
            // Who takes the report in is not to raise again what was there before.
            Standing::Known => {
                let before = self.report.comparison.as_ref();
                return Some(Suppression {
                    kind: "external",
                    status: "accepted",
                    justification: before.map(|before| before.against.clone()),
                    location: None,
                });
            }
            Standing::Allowed(place) => place,
        };
        let in_plan = place::path(place, self.sources).ends_with(".plan.toml");
        let deviation = self.report.deviation(place);
        let justification = deviation.map(|of| wording::why(of, self.report.language));
        Some(Suppression {
            kind: if in_plan { "inSource" } else { "external" },
            status: "accepted",
            justification,
            location: Some(Site {
                id: None,
                physical_location: Physical {
                    artifact_location: self.artifact(place),
                    region: self.region(place),
                },
                message: None,
            }),
        })
    }

    fn location(&self, span: Span) -> Site<'r> {
        Site {
            id: None,
            physical_location: Physical {
                artifact_location: self.artifact(span),
                region: Region {
                    snippet: Some(Content {
                        text: self.sources.text(span),
                    }),
                    ..self.region(span)
                },
            },
            message: None,
        }
    }

    fn other(&self, label: &Label, id: usize) -> Site<'r> {
        Site {
            id: Some(id),
            message: Some(text(&label.message)),
            ..self.location(label.span)
        }
    }

    fn fix(&self, fix: &'r crate::finding::Fix) -> Fix<'r> {
        Fix {
            description: text(&fix.title),
            artifact_changes: [Change {
                artifact_location: self.artifact(fix.span),
                replacements: [Replacement {
                    deleted_region: self.region(fix.span),
                    inserted_content: Content {
                        text: &fix.replacement,
                    },
                }],
            }],
        }
    }

    fn region(&self, span: Span) -> Region<'r> {
        let at = self.sources.place_utf16(span);
        Region {
            start_line: at.line,
            start_column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
            snippet: None,
        }
    }

    fn artifact(&self, span: Span) -> Artifact {
        let path = place::path(span, self.sources);
        Artifact {
            uri: uri(&format!("{}{path}", self.prefix)),
            uri_base_id: "%SRCROOT%",
        }
    }
}

/// A path as a relative reference.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
