//! What can be wrong with a table's lines and columns.

use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::source::{Span, Spanned};

pub(in crate::import) fn missing_column(name: &str, columns: &[&str], header: Span) -> Problem {
    let message = Said::new(
        format!("表头缺少 {name} 列"),
        format!("the header has no column {name}"),
    );
    let help = Said::new(
        format!("表头是 {}", columns.join(",")),
        format!("the header is {}", columns.join(",")),
    );
    let label = Said::new("表头", "the header");
    Problem::new(Kind::MissingKey, header, message, label).help(help)
}

pub(in crate::import) fn unknown_column(cell: &Spanned<String>, columns: &[&str]) -> Problem {
    let message = Said::new(
        format!("不认识的列 {}", cell.value),
        format!("unknown column {}", cell.value),
    );
    let help = Said::new(
        format!("可用的列：{}", columns.join("、")),
        format!("its columns are {}", columns.join(", ")),
    );
    let label = Said::new("不认识的列", "unknown column");
    Problem::new(Kind::UnknownKey, cell.span, message, label)
        .help(help)
        .suggest(&cell.value, columns.iter().copied())
}

pub(in crate::import) fn cell_count(span: Span, found: usize, wanted: usize) -> Problem {
    let message = Said::new(
        format!("这一行有 {found} 列，表头有 {wanted} 列"),
        format!("this row has {found} cells, the header {wanted}"),
    );
    let label = Said::new("列数不符", "wrong number of cells");
    Problem::new(Kind::Syntax, span, message, label)
}

pub(in crate::import) fn open_quote(cell: Span) -> Problem {
    let message = Said::new(
        "引号没有闭合，这一行没有读入",
        "a quote is not closed: this row was not read",
    );
    let label = Said::new("从这里起", "opened here");
    let help = Said::new(
        "在这一格末尾补上 \"，或删去开头的引号",
        "close it with \" at the end of the cell, or leave both out",
    );
    Problem::new(Kind::Syntax, cell, message, label).help(help)
}

pub(in crate::import) fn empty_cell(column: &str, row: Span) -> Problem {
    let message = Said::new(
        format!("这一行的 {column} 是空的"),
        format!("the {column} of this row is empty"),
    );
    let label = Said::new("哪一行？", "of what?");
    Problem::new(Kind::MissingKey, row, message, label)
}
