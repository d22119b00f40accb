//! The words of what can be wrong with an input file.

mod cells;

pub(super) use cells::{cell_count, empty_cell, missing_column, open_quote, unknown_column};

use super::entity::{Entity, FieldKind, PLAN};
use crate::language::Said;
use crate::notation::{Mistake, NotationError, expected};
use crate::problem::{Kind, Problem};
use crate::source::{SourceId, Span, Spanned};

pub(super) fn unknown_key(key: &Spanned<String>, entity: &Entity, headed: bool) -> Problem {
    let (zh, en) = entity.name;
    let elsewhere = PLAN.fields.iter().any(|field| field.key == key.value);
    if headed && elsewhere && !std::ptr::eq(entity, &raw const PLAN) {
        let message = Said::new(
            format!("键 {} 属于规划文件的顶层，却落在了“{zh}”里", key.value),
            format!(
                "key `{}` belongs at the top of the file, but stands inside {en}",
                key.value
            ),
        );
        return Problem::new(
            Kind::MisplacedKey,
            key.span,
            message,
            Said::new("放错了位置", "misplaced"),
        )
        .help(Said::new(
            "移到第一个 [[…]]（或 […]）之前",
            "move it above the first [[…]] or […]",
        ));
    }
    let message = Said::new(
        format!("“{zh}”没有 {} 这个键", key.value),
        format!("{en} has no key `{}`", key.value),
    );
    let known: Vec<&str> = entity.fields.iter().map(|field| field.key).collect();
    let help = Said::new(
        format!("可用的键：{}", known.join("、")),
        format!("its keys are {}", known.join(", ")),
    );
    Problem::new(
        Kind::UnknownKey,
        key.span,
        message,
        Said::new("不认识的键", "unknown key"),
    )
    .help(help)
    .suggest(&key.value, known)
}

pub(super) fn unknown_format(format: &Spanned<i64>) -> Problem {
    let message = Said::new(
        format!("不认识的格式版本 {}", format.value),
        format!("unknown format version {}", format.value),
    );
    let label = Said::new("目前只有 1", "there is only 1");
    Problem::new(Kind::WrongType, format.span, message, label)
}

pub(super) fn missing_key(key: &str, entity: &Entity, span: Span) -> Problem {
    let (zh, en) = entity.name;
    Problem::new(
        Kind::MissingKey,
        span,
        Said::new(format!("“{zh}”缺少 {key}"), format!("{en} needs `{key}`")),
        Said::new(
            format!("这里缺少 {key}"),
            format!("`{key}` is missing here"),
        ),
    )
    .help(Said::new(
        format!("补上 {key} = …"),
        format!("add {key} = …"),
    ))
}

pub(super) fn wrong_type(key: &str, kind: &FieldKind, span: Span, found: (&str, &str)) -> Problem {
    let (zh, en) = takes(kind);
    Problem::new(
        Kind::WrongType,
        span,
        Said::new(
            format!("{key} 应是{zh}，这里是{}", found.0),
            format!("`{key}` takes {en}, not {}", found.1),
        ),
        Said::new(format!("应是{zh}"), format!("expected {en}")),
    )
}

pub(super) fn wrong_word(key: &str, words: &[&str], found: &Spanned<String>) -> Problem {
    Problem::new(
        Kind::WrongType,
        found.span,
        Said::new(
            format!("{key} 不能是“{}”", found.value),
            format!("`{key}` cannot be `{}`", found.value),
        ),
        Said::new("不认识的词", "unknown word"),
    )
    .help(Said::new(
        format!("可用：{}", words.join("、")),
        format!("write one of {}", words.join(", ")),
    ))
    .suggest(&found.value, words.iter().copied())
}

fn takes(kind: &FieldKind) -> (String, String) {
    let plain = match kind {
        FieldKind::Text => ("文字（加半角引号）", "text in quotes"),
        FieldKind::Value => ("数值（按原样写在引号里）", "a value as printed, in quotes"),
        FieldKind::Choice(words) => {
            return (
                format!("{} 之一", words.join("、")),
                format!("one of {}", words.join(", ")),
            );
        }
        FieldKind::Integer => ("整数", "a whole number"),
        FieldKind::Boolean => ("true 或 false", "true or false"),
        FieldKind::Date => (
            "日期 2023-01-05，或 \"2023-01\"",
            "a date 2023-01-05, or \"2023-01\"",
        ),
        FieldKind::Texts => (
            "文字的列表 [\"…\", \"…\"]",
            "a list of texts [\"…\", \"…\"]",
        ),
        FieldKind::Years => (
            "按年份的数值 { 2020 = \"71\" }",
            "values by year { 2020 = \"71\" }",
        ),
        FieldKind::Values => (
            "按名称的数值 { 名称 = \"95%\" }",
            "values by name { name = \"95%\" }",
        ),
        FieldKind::One(_) => ("表 { … }", "a table { … }"),
        FieldKind::Many(_) => ("表的列表 [{ … }]", "a list of tables [{ … }]"),
        FieldKind::Named(_) => ("按名称的表", "tables by name"),
        FieldKind::Levels => (
            "区间 \"0..100\"，或按级别的区间",
            "a range \"0..100\", or ranges by level",
        ),
    };
    (plain.0.to_owned(), plain.1.to_owned())
}

pub(super) fn unknown_region(found: &Spanned<String>, named: usize) -> Problem {
    let message = if named > 1 {
        Said::new(
            format!("名为“{}”的区划有 {named} 个", found.value),
            format!("{named} regions are called {}", found.value),
        )
    } else {
        Said::new(
            format!("区划表中没有 {}", found.value),
            format!("no region {} in the table", found.value),
        )
    };
    Problem::new(
        Kind::UnknownRegion,
        found.span,
        message,
        Said::new("哪个区划？", "which region?"),
    )
    .help(Said::new(
        "写六位区划代码，如 540300；全国是 000000",
        "write the six-digit code, such as 540300; the nation is 000000",
    ))
}

pub(super) fn unknown_indicator<'a>(
    found: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let message = Said::new(
        format!("指标目录中没有 {}", found.value),
        format!("no indicator {} in the catalogue", found.value),
    );
    Problem::new(
        Kind::UnknownIndicator,
        found.span,
        message,
        Said::new("未知指标", "unknown indicator"),
    )
    .help(Said::new(
        "把它加进 plans/indicators.toml，或改用目录中的 id",
        "add it to plans/indicators.toml, or write an id of the catalogue",
    ))
    .suggest(&found.value, known)
}

pub(super) fn unknown_unit(found: &Spanned<String>, known: &[&str]) -> Problem {
    let message = Said::new(
        format!("不认识的单位 {}", found.value),
        format!("unknown unit {}", found.value),
    );
    Problem::new(
        Kind::UnknownUnit,
        found.span,
        message,
        Said::new("未知单位", "unknown unit"),
    )
    .help(Said::new(
        "把它加进 plans/indicators.toml 的 [units]",
        "add it to [units] in plans/indicators.toml",
    ))
    .suggest(&found.value, known.iter().copied())
}

pub(super) fn unreadable_value(printed: &Spanned<String>, error: &NotationError) -> Problem {
    let (zh, en) = error
        .mistake
        .map_or(("写法不认识", "is in no known notation"), mistake);
    let part = excerpt(printed.value.get(error.span.clone()).unwrap_or(""), 12);
    let whole = excerpt(&printed.value, 24);
    let message = Said::new(
        format!("数值“{whole}”{zh}"),
        format!("the value `{whole}` {en}"),
    );
    let label = Said::new(
        format!("从“{part}”起读不懂"),
        format!("not understood from `{part}` on"),
    );
    let (zh, en) = expected();
    let span = printed.span.inner(error.span.clone());
    Problem::new(Kind::UnreadableValue, span, message, label).help(Said::new(zh, en))
}

/// The start of a text, where it is longer than a message can hold.
fn excerpt(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

const fn mistake(mistake: Mistake) -> (&'static str, &'static str) {
    match mistake {
        Mistake::Comma => (
            "的逗号不是千分位，小数点应写“.”",
            "has a comma that groups no thousands; write a decimal point",
        ),
        Mistake::Backwards => ("的区间上下限颠倒", "is a range that runs backwards"),
        Mistake::TwoSides => (
            "既有下限又有上限，互相矛盾",
            "has two limits that contradict",
        ),
        Mistake::RangeWithSide => (
            "既是区间又有“以上”或“以下”，含义不明",
            "is a range with an open side, which is unclear",
        ),
        Mistake::TooLong => ("位数过多", "has too many digits"),
        Mistake::ZeroRatio => ("的比以零为分母", "is a ratio with zero below"),
        Mistake::TwoUnits => ("的两端单位不同", "has its ends in two units"),
        Mistake::NoFigure => ("只有符号，没有数", "has a mark but no figure"),
    }
}

pub(super) fn unit_mismatch(printed: &Spanned<String>, own: &str, row: &str) -> Problem {
    let message = Said::new(
        format!(
            "数值“{}”的单位 {own} 与本行单位 {row} 量纲不同",
            printed.value
        ),
        format!(
            "the unit {own} of the value `{}` has another dimension than the row's unit {row}",
            printed.value
        ),
    );
    Problem::new(
        Kind::UnreadableValue,
        printed.span,
        message,
        Said::new("单位不符", "another unit"),
    )
    .help(Said::new(
        "改正数值里的单位，或改正本行的 unit",
        "mend the unit in the value, or the row's unit",
    ))
}

/// Two entries for one thing; `what` names it.
pub(super) fn duplicate(what: &Said, again: Span, first: Span, help: Said) -> Problem {
    let message = Said::new(
        format!("{}重复", what.zh),
        format!("{} is given twice", what.en),
    );
    Problem::new(
        Kind::DuplicateEntry,
        again,
        message,
        Said::new("又一次", "again here"),
    )
    .also(first, Said::new("第一次", "first here"))
    .help(help)
}

pub(super) fn backwards_period(from: i32, to: i32, span: Span) -> Problem {
    let message = Said::new(
        format!("规划期从 {from} 年到 {to} 年，首尾颠倒"),
        format!("the period from {from} to {to} runs backwards"),
    );
    let label = Said::new("颠倒", "runs backwards");
    Problem::new(Kind::WrongType, span, message, label)
}

/// Two rows of one plan that say different things of it.
pub(super) fn disagreeing(
    column: &str,
    other: &Spanned<String>,
    first: &Spanned<String>,
) -> Problem {
    let message = Said::new(
        format!(
            "同一规划的 {column} 前后不一：“{}”与“{}”",
            first.value, other.value
        ),
        format!(
            "rows of one plan disagree about its {column}: `{}` and `{}`",
            first.value, other.value
        ),
    );
    Problem::new(
        Kind::DisagreeingRows,
        other.span,
        message,
        Said::new("这一行没有读", "this row was not read"),
    )
    .also(first.span, Said::new("先前的说法", "said first"))
    .help(Said::new("改成一致", "make them agree"))
}

/// A plan whose id, region or period could not be read.
pub(super) fn plan_left_out(source: SourceId, text: &str) -> Problem {
    let end = text.find('\n').unwrap_or(text.len());
    let message = Said::new(
        "这份规划没有检查：id、region 或 period 读不出来",
        "this plan was not checked: its id, region or period cannot be read",
    );
    let label = Said::new("整份规划", "the whole plan");
    let span = Span::new(source, 0..end);
    Problem::new(Kind::MissingKey, span, message, label)
        .help(Said::new("先改正上面的错误", "mend the errors above first"))
}

pub(super) fn empty_file(source: SourceId) -> Problem {
    let message = Said::new("文件是空的", "the file is empty");
    let label = Said::new("空", "empty");
    Problem::new(Kind::MissingKey, Span::new(source, 0..0), message, label)
}

pub(super) fn no_year(written: &str, span: Span) -> Problem {
    let message = Said::new(
        format!("“{written}”不是年份"),
        format!("`{written}` is no year"),
    );
    let label = Said::new("应是四位年份", "expected a year");
    let help = Said::new("年份在 1949 到 2100 之间", "years run from 1949 to 2100");
    Problem::new(Kind::WrongType, span, message, label).help(help)
}

pub(super) fn two_years(key: &str, span: Span) -> Problem {
    let message = Said::new(
        format!("{key} 只能写一个年份"),
        format!("`{key}` takes one year"),
    );
    let label = Said::new("多出的年份", "another year");
    Problem::new(Kind::WrongType, span, message, label)
}

pub(super) fn empty_text(key: &str, span: Span) -> Problem {
    let message = Said::new(format!("{key} 是空的"), format!("`{key}` is empty"));
    let label = Said::new("空", "empty");
    Problem::new(Kind::MissingKey, span, message, label)
}
