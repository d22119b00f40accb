//! `--format markdown`: for a comment on a merge request or a job's summary.

use std::cmp::Reverse;
use std::fmt::Write;
use std::io;

use super::{View, batch, place, text, wording};
use crate::finding::{Brief, Deviation, Finding, Findings, Fixed, Report};
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
    let language = report.language;
    let each = |finding: &Finding, out: &mut Vec<u8>| -> io::Result<()> {
        out.extend_from_slice(item(finding, sources, language).as_bytes());
        Ok(())
    };
    out.write_all(heading(report).as_bytes())?;
    out.write_all(counts(report).as_bytes())?;
    for (path, found) in place::by_file(report, sources, view) {
        let main = main(report, found);
        if main.is_empty() {
            continue;
        }
        let briefs = main.iter().filter_map(|at| report.findings.get(*at));
        let counts = text::counts(&briefs.collect::<Vec<&Brief>>(), language);
        let (open, close) = language.pick(("（", "）"), (" (", ")"));
        writeln!(out, "\n### {}{open}{counts}{close}\n", escaped(path))?;
        batch::write(&main, findings, "", &each, out)?;
    }
    out.write_all(tail(report, sources).as_bytes())
}

/// The findings that say no other again, the gravest first: the others go with them.
fn main(report: &Report, found: Vec<usize>) -> Vec<usize> {
    let briefs = found.into_iter().map(|at| (at, report.findings.get(at)));
    let mut main: Vec<(usize, Option<&Brief>)> = briefs
        .filter(|(_, brief)| brief.is_some_and(|brief| brief.restates.is_none()))
        .collect();
    main.sort_by_key(|(_, brief)| brief.map(|brief| Reverse(brief.severity)));
    main.into_iter().map(|(at, _)| at).collect()
}

/// The heading: how many findings there are.
fn heading(report: &Report) -> String {
    let (counts, language) = (report.summary, report.language);
    let numbers = [
        (Severity::Error, counts.errors),
        (Severity::Warning, counts.warnings),
        (Severity::Note, counts.notes),
    ];
    let said: Vec<String> = numbers
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(severity, number)| match language {
            Language::Chinese => {
                let word = wording::severity_word(severity, language);
                format!("{word} {number} 项")
            }
            Language::English => wording::counted(number, severity.word()),
        })
        .collect();
    let said = match said.as_slice() {
        [] if counts.baselined > 0 => language
            .pick("没有发现新问题", "nothing new found")
            .to_owned(),
        [] => language.pick("没有发现问题", "nothing found").to_owned(),
        said => said.join(language.pick("，", ", ")),
    };
    format!("## planlint{}{said}\n\n", language.pick("：", ": "))
}

/// The counts as a table of one line, and what the report is compared with.
fn counts(report: &Report) -> String {
    let (counts, language) = (report.summary, report.language);
    let mut columns = vec![
        (("检查", "checks"), counts.checks.to_string()),
        (("符合", "hold"), counts.holds.to_string()),
        (("不符", "violated"), counts.violated.to_string()),
        (
            ("无法判断", "undetermined"),
            counts.undetermined.to_string(),
        ),
        (("可判断的占", "decided"), wording::share(report.coverage)),
        (("错误", "errors"), counts.errors.to_string()),
        (("警告", "warnings"), counts.warnings.to_string()),
        (("提示", "notes"), counts.notes.to_string()),
        (("准许", "allowed"), counts.allowed.to_string()),
    ];
    if let Some(comparison) = &report.comparison {
        columns.extend([
            (("新增", "new"), comparison.new.to_string()),
            (("原有", "known"), comparison.known.to_string()),
            (("已消除", "fixed"), comparison.fixed.len().to_string()),
        ]);
    }
    let mut rows = [String::new(), String::new(), String::new()];
    for ((zh, en), cell) in &columns {
        let cells = [language.pick(*zh, *en), "---:", cell];
        for (row, cell) in rows.iter_mut().zip(cells) {
            let _ = write!(row, "| {cell} ");
        }
    }
    let mut out: String = rows.into_iter().map(|row| row + "|\n").collect();
    if let Some(comparison) = &report.comparison {
        let lead = language.pick("对照：", "compared with ");
        let _ = writeln!(out, "\n{lead}{}", escaped(&comparison.against));
    }
    out
}

/// A finding as an item of a list, and those that say it again as items below it.
fn item(finding: &Finding, sources: &Sources, language: Language) -> String {
    let mut out = format!(
        "- {}",
        said(finding.severity, &finding.code, &finding.message, language)
    );
    let labels = finding.labels.iter();
    let lines = labels.map(|label| format!("· {}", place::line(label, sources, "", language)));
    for line in lines.chain(wording::advice(finding, language)) {
        let _ = write!(out, "\\\n  {}", escaped(&line));
    }
    out.push('\n');
    for related in &finding.related {
        let lead = language.pick("同此：", "the same by ");
        let said = said(related.severity, &related.code, &related.message, language);
        let _ = writeln!(out, "  - {lead}{said}");
    }
    out
}

fn said(severity: Severity, code: &str, message: &str, language: Language) -> String {
    let severity = wording::severity_word(severity, language);
    let colon = language.pick("：", ": ");
    format!(
        "**{severity}** {}{colon}{}",
        escaped(code),
        escaped(message)
    )
}

/// What is no more, what was accepted, and what could not be read.
fn tail(report: &Report, sources: &Sources) -> String {
    let language = report.language;
    let mut out = String::new();
    let fixed = report.comparison.iter().flat_map(|of| &of.fixed);
    let fixed = fixed.map(|of| self::fixed(of, language));
    list(&mut out, language.pick("已消除", "Fixed"), fixed);
    let deviations = report.deviations.iter();
    let deviations = deviations.map(|of| deviation(of, sources, language));
    list(
        &mut out,
        language.pick("准许的偏差", "Accepted deviations"),
        deviations,
    );
    let unread = report.context_errors.iter();
    let unread = unread.map(|place| escaped(place));
    let heading = language.pick(
        "检查不完整：以下各处有输入错误",
        "The check was incomplete: input errors at",
    );
    list(&mut out, heading, unread);
    out
}

fn list(out: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    let mut items = items.peekable();
    if items.peek().is_some() {
        let _ = writeln!(out, "\n### {heading}\n");
    }
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
}

fn fixed(of: &Fixed, language: Language) -> String {
    let year = of.year.map(|year| year.to_string());
    let about = [&of.plan, &of.indicator, &year];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let message = of.message.as_deref().map(|message| {
        let colon = language.pick("：", ": ");
        format!("{colon}{message}")
    });
    let text = format!(
        "{} {}{}",
        of.rule,
        about.join(" "),
        message.unwrap_or_default()
    );
    escaped(&text)
}

fn deviation(of: &Deviation, sources: &Sources, language: Language) -> String {
    let covers = match language {
        Language::Chinese => format!("涉及 {} 项", of.findings),
        Language::English => format!("covers {}", wording::counted(of.findings, "finding")),
    };
    let place = place::named(of.place, sources);
    let parts = [wording::why(of, language), covers, place].into_iter();
    let parts: Vec<String> = parts.map(|part| escaped(&part)).collect();
    let colon = language.pick("：", ": ");
    let parts = parts.join(language.pick("；", "; "));
    format!("{}{colon}{parts}", escaped(&of.rule))
}

/// A text that stands in a line of Markdown as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_control() => out.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '|' | '~' | '&' | '$' | '^' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}
