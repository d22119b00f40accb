//! `plans/regions.csv`: the table of regions.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::cells::{Cell, columns, lines};
use super::wrong;
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::region::{Building, Level, RegionCode, RegionRow, Regions};
use crate::source::{SourceId, Spanned};

const COLUMNS: [(&str, bool); 4] = [
    ("code", true),
    ("name", true),
    ("level", true),
    ("parent", true),
];

/// How many bytes a row has at least: a code, a short level and three commas.
const SHORTEST: usize = 14;

/// Reads the table of regions. A faulty row is reported, the others are read.
#[must_use]
pub fn read_regions(text: &str, source: SourceId) -> (Regions, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut lines = lines(text, source);
    let header = lines.header(&mut problems);
    let Some(columns) = columns(&COLUMNS, &header, source, &mut problems) else {
        return (Regions::default(), problems);
    };
    let rows = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let mut building = Building::expecting(rows.min(text.len() / SHORTEST));
    let mut spoiled = BTreeSet::new();
    let mut line = Vec::new();
    while let Some(read) = lines.read(&mut line) {
        if let Err(problem) = read {
            problems.push(problem);
            continue;
        }
        let known = whole(&line, header.len(), &mut problems)
            .and_then(|line| row(line, &columns, &mut problems));
        match known {
            Some(row) => building.add(row),
            None => spoiled.extend(line.first().map(|cell| cell.value.clone().into_owned())),
        }
    }
    let (regions, more) = building.finish(&spoiled);
    problems.extend(more);
    (regions, problems)
}

/// A line as it is where it has as many cells as the header; a problem where it has not.
fn whole<'l, 't>(
    line: &'l [Cell<'t>],
    width: usize,
    problems: &mut Vec<Problem>,
) -> Option<&'l [Cell<'t>]> {
    let (first, last) = (line.first()?, line.last()?);
    if line.len() == width {
        return Some(line);
    }
    let all = first.span.to(last.span);
    problems.push(wrong::cell_count(all, line.len(), width));
    None
}

fn row<'t>(
    line: &[Cell<'t>],
    columns: &[Option<usize>],
    problems: &mut Vec<Problem>,
) -> Option<RegionRow<'t>> {
    let mut cells = columns.iter().filter_map(|at| line.get((*at)?));
    let (code, name) = (cells.next()?, cells.next()?);
    let (level, parent) = (cells.next()?, cells.next()?);
    let Some(known) = RegionCode::parse(&code.value) else {
        problems.push(no_code(code));
        return None;
    };
    let Some(value) = Level::parse(&level.value) else {
        let words = Level::ALL.map(Level::word);
        let level = level.clone().map(Cow::into_owned);
        problems.push(wrong::wrong_word("level", &words, &level));
        return None;
    };
    Some(RegionRow {
        code: Spanned::new(known, code.span),
        name: name.value.clone(),
        level: Spanned::new(value, level.span),
        parent: parent.clone(),
    })
}

fn no_code(code: &Cell) -> Problem {
    let message = Said::new(
        format!("“{}”不是区划代码", code.value),
        format!("`{}` is no region code", code.value),
    );
    let label = Said::new("应是六位数字", "expected six digits");
    let help = Said::new(
        "县级以上六位，乡级九位，村级十二位（GB/T 2260）；表格软件可能吃掉了开头的 0",
        "six digits down to counties, nine for townships, twelve for villages (GB/T 2260); a spreadsheet may have dropped a leading 0",
    );
    Problem::new(Kind::WrongType, code.span, message, label).help(help)
}
