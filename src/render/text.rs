//! `--format text`: each plan's findings, gravest first, with the lines they are about; then the counts.

use std::cmp::Reverse;
use std::fmt;
use std::fmt::Write;
use std::io;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::View;
use super::snippet::Snippets;
use super::summary::{deviations, rules, summary};
use super::table::table;
use super::wording::{counted, severity_word};
use crate::finding::{Brief, Finding, Findings, Group, Related, Report};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::{Sources, Span};

/// How text may look.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colours.
    pub colour: bool,
    /// Box-drawing characters.
    pub unicode: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            colour: false,
            unicode: true,
            width: 100,
        }
    }
}

/// The whole report: only the findings that are shown are made, each when it is its turn.
pub(super) fn render(
    report: &Report,
    findings: &dyn Findings,
    sources: &Sources,
    view: &View<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let shown = |(_, brief): &(usize, &Brief)| view.lists(brief) && brief.restates.is_none();
    let briefs = report.findings.iter().enumerate();
    let mut chosen: Vec<(usize, &Brief)> = briefs.filter(shown).collect();
    let all = chosen.len();
    if let Some(most) = view.most.filter(|most| *most < all) {
        // The gravest are kept, in the order of the files.
        chosen.sort_by_key(|(_, brief)| Reverse(brief.severity));
        chosen.truncate(most);
    }
    let language = report.language;
    let key = |at: usize, brief: &Brief| match view.group {
        Group::File => {
            let place = brief.place;
            place.map(|span| sources.file(span.source).path.clone())
        }
        by => findings.heading(at, by),
    };
    let left = all - chosen.len();
    let keyed = chosen.into_iter();
    let mut keyed: Vec<_> = keyed
        .map(|(at, brief)| (key(at, brief), Reverse(brief.severity), at, brief))
        .collect();
    keyed.sort_by(|(a, grave, ..), (b, other, ..)| (a, grave).cmp(&(b, other)));
    for group in keyed.chunk_by(|(a, ..), (b, ..)| a == b) {
        let name = group.first().and_then(|(name, ..)| name.as_deref());
        let none = language.pick("（不属于其中任何一个）", "(of none)");
        let name = name.unwrap_or(if view.group == Group::File { "" } else { none });
        let briefs: Vec<&Brief> = group.iter().map(|(.., brief)| *brief).collect();
        out.write_all(heading(name, &briefs, language).as_bytes())?;
        for finding in group.iter().filter_map(|(_, _, at, _)| findings.get(*at)) {
            let text = self::finding(&finding, language, sources, view.style);
            writeln!(out, "{text}")?;
        }
    }
    if left > 0 {
        let line = match language {
            Language::Chinese => format!("另有 {left} 项没有显示；--max-findings 0 全部显示"),
            Language::English => format!("{left} more are not shown; --max-findings 0 shows all"),
        };
        writeln!(out, "{line}\n")?;
    }
    let table = table(report, sources);
    if !table.is_empty() {
        writeln!(out, "{table}")?;
    }
    if view.rules {
        writeln!(out, "{}", rules(&report.rules, language))?;
    }
    out.write_all(deviations(report, sources).as_bytes())?;
    out.write_all(summary(report).as_bytes())
}

fn heading(path: &str, group: &[&Brief], language: Language) -> String {
    let (open, close) = language.pick(("（", "）"), ("(", ")"));
    format!("== {path} {open}{}{close}\n\n", counts(group, language))
}

/// How many findings of each severity there are, how many are undecided, and how many go with them.
pub(super) fn counts(group: &[&Brief], language: Language) -> String {
    let counts = Severity::ALL.map(|severity| {
        let of = |brief: &&&Brief| brief.severity == severity && brief.counts();
        (severity, group.iter().filter(of).count())
    });
    let counts = counts.into_iter().filter(|(_, number)| *number > 0);
    let counts: Vec<String> = counts
        .map(|(severity, number)| match language {
            Language::Chinese => format!("{} {number} 项", severity_word(severity, language)),
            Language::English => plural(severity, number),
        })
        .collect();
    let undecided = group.iter().filter(|brief| !brief.counts()).count();
    let undecided = (undecided > 0).then(|| match language {
        Language::Chinese => format!("无法判断 {undecided} 项"),
        Language::English => format!("{undecided} undetermined"),
    });
    let with: u32 = group.iter().map(|brief| brief.related).sum();
    let with = (with > 0).then(|| match language {
        Language::Chinese => format!("另有 {with} 项同此"),
        Language::English => format!("{with} told with them"),
    });
    let counts: Vec<String> = counts.into_iter().chain(undecided).chain(with).collect();
    counts.join(language.pick("，", ", "))
}

fn plural(severity: Severity, number: usize) -> String {
    counted(number, severity.word())
}

/// One finding.
pub(super) fn finding(
    finding: &Finding,
    language: Language,
    sources: &Sources,
    style: Style,
) -> String {
    let mut spans: Vec<Span> = Vec::new();
    for label in &finding.labels {
        if !spans.iter().any(|span| span.source == label.span.source) {
            spans.push(label.span);
        }
    }
    let shown = Shown {
        finding,
        code: format!(
            "{} {}",
            severity_word(finding.severity, language),
            finding.code
        ),
        snippets: Snippets::new(sources, &spans, &finding.labels),
    };
    let theme = match (style.unicode, style.colour) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, _) => GraphicalTheme::none(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_context_lines(1);
    let mut out = String::new();
    // Writing to a string does not fail, and places are never outside their files.
    let _ = handler.render_report(&mut out, &shown);
    let mut out = out.trim_end().to_owned() + "\n";
    advice(&mut out, finding, language, style.width);
    let mut told: Vec<(&str, &str)> = vec![(&finding.code, &finding.message)];
    for related in &finding.related {
        // Several entries may make a rule say the very same.
        if told.contains(&(&related.code, &related.message)) {
            continue;
        }
        told.push((&related.code, &related.message));
        let severity = severity_word(related.severity, language);
        let Related { code, message, .. } = related;
        let also = match language {
            Language::Chinese => format!("{code}（{severity}）：{message}"),
            Language::English => format!("{code} ({severity}): {message}"),
        };
        wrapped(
            &mut out,
            language.pick("同此：", "the same by "),
            &also,
            style.width,
        );
    }
    out
}

/// Advice and where to read more, each on lines of its own: miette would say `help` in English only.
fn advice(out: &mut String, finding: &Finding, language: Language, width: usize) {
    if let Some(help) = &finding.help {
        wrapped(out, language.pick("建议：", "help: "), help, width);
    }
    if !finding.is_input() {
        let more = format!("planlint explain {}", finding.code);
        wrapped(out, language.pick("详见：", "more: "), &more, width);
    }
}

fn wrapped(out: &mut String, lead: &str, text: &str, width: usize) {
    let first = format!("  {lead}");
    let options = textwrap::Options::new(width)
        .initial_indent(&first)
        .subsequent_indent("        ");
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{line}");
    }
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Shown<'s> {
    finding: &'s Finding,
    code: String,
    snippets: Snippets<'s>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.finding.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.finding.labels.iter().enumerate().map(|(at, label)| {
            let place = self.snippets.place(label.span);
            let text = Some(label.message.clone()).filter(|text| !text.is_empty());
            if at == 0 {
                LabeledSpan::new_primary_with_span(text, place)
            } else {
                LabeledSpan::new_with_span(text, place)
            }
        });
        Some(Box::new(labels))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippets)
    }
}
