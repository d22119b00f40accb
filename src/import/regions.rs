//! `plans/regions.csv`: the table of regions.

use std::collections::BTreeSet;

use super::cells::{Line, columns, lines, whole};
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::region::{Level, RegionRow, Regions, build};
use crate::source::{SourceId, Spanned};

const COLUMNS: [(&str, bool); 4] = [
    ("code", true),
    ("name", true),
    ("level", true),
    ("parent", true),
];

/// Reads the table of regions. A faulty row is reported, the others are read.
#[must_use]
pub fn read_regions(text: &str, source: SourceId) -> (Regions, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut lines = lines(text, source);
    let header = lines.header(&mut problems);
    let Some(columns) = columns(&COLUMNS, &header, source, &mut problems) else {
        return (Regions::default(), problems);
    };
    let mut rows = Vec::new();
    let mut spoiled = BTreeSet::new();
    for line in lines {
        let first = line.as_ref().ok().and_then(|line| line.first());
        let code = first.map(|cell| cell.value.clone());
        let read = whole(line, header.len(), &mut problems)
            .and_then(|line| row(&line, &columns, &mut problems));
        match read {
            Some(row) => rows.push(row),
            None => spoiled.extend(code),
        }
    }
    let (regions, more) = build(rows, &spoiled);
    problems.extend(more);
    (regions, problems)
}

fn row(line: &Line, columns: &[Option<usize>], problems: &mut Vec<Problem>) -> Option<RegionRow> {
    let mut cells = columns.iter().filter_map(|at| line.get((*at)?).cloned());
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
