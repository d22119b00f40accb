//! The table that ends a report as text: a line per file, a column per severity.

use std::collections::BTreeMap;
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::finding::{Finding, Report};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Sources;

/// Files that have a line of their own.
const MOST: usize = 50;

/// Errors, warnings, notes, and what could not be decided and stands in none of the three.
type Counts = [usize; 4];

/// The findings of each file by severity, and their sums; nothing where no file has any.
pub(super) fn table(report: &Report, sources: &Sources) -> String {
    let mut files: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut sum = Counts::default();
    for finding in &report.findings {
        let span = finding.labels.first().map(|label| label.span);
        let path = span.map_or("", |span| sources.file(span.source).path.as_str());
        let counts = files.entry(path).or_default();
        for counts in [counts, &mut sum] {
            if let Some(count) = counts.get_mut(column(finding)) {
                *count += 1;
            }
        }
    }
    if files.is_empty() {
        return String::new();
    }
    let heads = match report.language {
        Language::Chinese => ["错误", "警告", "提示", "无法判断"],
        Language::English => ["errors", "warnings", "notes", "undetermined"],
    };
    let (first, last) = report.language.pick(("文件", "合计"), ("file", "all"));
    let names = files.keys().take(MOST).copied().chain([first, last]);
    let widest = names.map(UnicodeWidthStr::width).max().unwrap_or(0);
    let mut out = String::new();
    line(&mut out, (first, widest), &heads, &heads.map(str::to_owned));
    let (mut shown, mut others) = (Vec::new(), Counts::default());
    let hidden = files.len().saturating_sub(MOST);
    for (at, (name, counts)) in files.into_iter().enumerate() {
        if at < MOST {
            shown.push((name, counts));
        } else {
            others
                .iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum += count);
        }
    }
    let more = match report.language {
        Language::Chinese => format!("其余 {hidden} 个文件"),
        Language::English => format!("{hidden} more files"),
    };
    shown.extend((hidden > 0).then_some((more.as_str(), others)));
    for (name, counts) in shown.into_iter().chain([(last, sum)]) {
        let cells = counts.map(|count| match count {
            0 => "·".to_owned(),
            count => count.to_string(),
        });
        line(&mut out, (name, widest), &heads, &cells);
    }
    out
}

fn column(finding: &Finding) -> usize {
    match finding.severity {
        _ if !finding.counts() => 3,
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}

/// A name, and each cell to the right under its head.
fn line(out: &mut String, (name, widest): (&str, usize), heads: &[&str; 4], cells: &[String; 4]) {
    let fill = |width: usize, text: &str| " ".repeat(width.saturating_sub(text.width()));
    let _ = write!(out, "{name}{}", fill(widest, name));
    for (head, cell) in heads.iter().zip(cells) {
        let _ = write!(out, "  {}{cell}", fill(head.width(), cell));
    }
    out.push('\n');
}
