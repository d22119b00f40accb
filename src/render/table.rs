//! The table that ends a report as text: a line per file, a column per severity.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::finding::{Brief, Report, Standing};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Sources;

/// Files that have a line of their own.
const MOST: usize = 50;

/// Errors, warnings, notes, and what could not be decided and stands in none of the three.
type Counts = [usize; 4];

/// The findings of each file by severity, and their sums; nothing where no file has any.
pub(super) fn table(report: &Report, sources: &Sources) -> String {
    let (files, sum) = counted(report, sources);
    if files.is_empty() {
        return String::new();
    }
    let heads = report.language.pick(
        ["文件", "错误", "警告", "提示", "无法判断"],
        ["file", "errors", "warnings", "notes", "undetermined"],
    );
    let last = report.language.pick("合计", "all");
    let (mut shown, mut others) = (Vec::new(), Counts::default());
    let hidden = files.len().saturating_sub(MOST);
    for (at, (name, counts)) in files.into_iter().enumerate() {
        if at < MOST {
            shown.push((name, counts));
        } else {
            add(&mut others, counts);
        }
    }
    let more = match report.language {
        Language::Chinese => format!("其余 {hidden} 个文件"),
        Language::English => format!("{hidden} more files"),
    };
    shown.extend((hidden > 0).then_some((more.as_str(), others)));
    let lines = shown.into_iter().chain([(last, sum)]);
    let cell = |count| match count {
        0 => "·".to_owned(),
        count => usize::to_string(&count),
    };
    columns(
        &heads,
        lines.map(|(name, counts)| (name.to_owned(), counts.map(cell).to_vec())),
    )
}

/// The findings of each file that has some, and those of all.
fn counted<'s>(report: &Report, sources: &'s Sources) -> (Vec<(&'s str, Counts)>, Counts) {
    let mut files: Vec<(&str, Counts)> = Vec::new();
    let mut sum = Counts::default();
    let source = |brief: &Brief| brief.place.map(|span| span.source);
    // They stand in the order of the files' paths: a file is looked up once, not for each of its findings.
    let groups = report
        .findings
        .chunk_by(|one, other| source(one) == source(other));
    for group in groups {
        let source = group.first().and_then(source);
        let path = source.map_or("", |source| sources.file(source).path.as_str());
        let mut own = Counts::default();
        let open = group.iter();
        for brief in open.filter(|brief| brief.standing == Standing::Open) {
            if let Some(count) = own.get_mut(column(brief)) {
                *count += 1;
            }
        }
        add(&mut sum, own);
        match files.last_mut() {
            _ if own == Counts::default() => (),
            Some((last, counts)) if *last == path => add(counts, own),
            _ => files.push((path, own)),
        }
    }
    (files, sum)
}

fn add(sums: &mut Counts, counts: Counts) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += count;
    }
}

fn column(brief: &Brief) -> usize {
    match brief.severity {
        _ if !brief.counts() => 3,
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}

/// A line of heads, then a line each: a name to the left, and its cells to the right under their heads.
pub(super) fn columns(
    heads: &[&str],
    lines: impl Iterator<Item = (String, Vec<String>)>,
) -> String {
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let lines = lines.map(|(name, cells)| [vec![name], cells].concat());
    let lines: Vec<Vec<String>> = std::iter::once(heads).chain(lines).collect();
    let widest = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..lines.first().map_or(0, Vec::len)).map(widest).collect();
    let mut out = String::new();
    for line in &lines {
        for (at, (cell, widest)) in line.iter().zip(&widths).enumerate() {
            let fill = " ".repeat(widest.saturating_sub(cell.width()));
            let _ = match at {
                0 => write!(out, "{cell}{fill}"),
                _ => write!(out, "  {fill}{cell}"),
            };
        }
        out.push('\n');
    }
    out
}
