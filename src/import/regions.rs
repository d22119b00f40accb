//! `plans/regions.csv`: the table of regions.

use super::cells::{Line, lines};
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::region::{Level, RegionRow, Regions, build};
use crate::source::{SourceId, Span, Spanned};

const COLUMNS: [&str; 4] = ["code", "name", "level", "parent"];

/// Reads the table of regions. A faulty row is reported, the others are read.
#[must_use]
pub fn read_regions(text: &str, source: SourceId) -> (Regions, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut lines = lines(text, source).into_iter();
    let header = lines.next().unwrap_or_default();
    let Some(columns) = columns(&header, source, &mut problems) else {
        return (Regions::default(), problems);
    };
    let rows = lines.filter_map(|line| row(&line, &columns, header.len(), &mut problems));
    let rows: Vec<RegionRow> = rows.collect();
    let (regions, more) = build(rows);
    problems.extend(more);
    (regions, problems)
}

/// Where each of the four columns stands, or `None` with a problem per column that is not there.
fn columns(header: &Line, source: SourceId, problems: &mut Vec<Problem>) -> Option<[usize; 4]> {
    let mut found = [0; 4];
    let mut whole = true;
    for (place, name) in found.iter_mut().zip(COLUMNS) {
        if let Some(at) = header.iter().position(|cell| cell.value == name) {
            *place = at;
        } else {
            whole = false;
            let span = header.first().zip(header.last());
            let span = span.map_or(Span::new(source, 0..0), |(a, z)| a.span.to(z.span));
            let message = Said::new(
                format!("区划表缺少 {name} 列"),
                format!("the table of regions has no column {name}"),
            );
            let label = Said::new("表头", "the header");
            let help = Said::new(
                "表头应是 code,name,level,parent",
                "the header is code,name,level,parent",
            );
            problems.push(Problem::new(Kind::MissingKey, span, message, label).help(help));
        }
    }
    whole.then_some(found)
}

fn row(
    line: &Line,
    columns: &[usize; 4],
    width: usize,
    problems: &mut Vec<Problem>,
) -> Option<RegionRow> {
    let first = line.first()?;
    if line.len() != width {
        let span = line
            .last()
            .map_or(first.span, |last| first.span.to(last.span));
        let message = Said::new(
            format!("这一行有 {} 列，表头有 {width} 列", line.len()),
            format!("this row has {} cells, the header {width}", line.len()),
        );
        let label = Said::new("列数不符", "wrong number of cells");
        problems.push(Problem::new(Kind::Syntax, span, message, label));
        return None;
    }
    let mut cells = columns.iter().filter_map(|at| line.get(*at).cloned());
    let (code, name) = (cells.next()?, cells.next()?);
    let (level, parent) = (cells.next()?, cells.next()?);
    check_code(&code, problems)?;
    let Some(value) = Level::parse(&level.value) else {
        let words = Level::ALL.map(Level::word);
        problems.push(super::wrong::wrong_word("level", &words, &level));
        return None;
    };
    let level = Spanned::new(value, level.span);
    Some(RegionRow {
        code,
        name,
        level,
        parent,
    })
}

fn check_code(code: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<()> {
    let digits = code.value.bytes().all(|byte| byte.is_ascii_digit());
    if digits && matches!(code.value.len(), 6 | 9 | 12) {
        return Some(());
    }
    let message = Said::new(
        format!("“{}”不是区划代码", code.value),
        format!("`{}` is no region code", code.value),
    );
    let label = Said::new("应是六位数字", "expected six digits");
    let help = Said::new(
        "县级以上六位，乡级九位，村级十二位（GB/T 2260）；表格软件可能吃掉了开头的 0",
        "six digits down to counties, nine for townships, twelve for villages (GB/T 2260); a spreadsheet may have dropped a leading 0",
    );
    problems.push(Problem::new(Kind::WrongType, code.span, message, label).help(help));
    None
}
