//! The words of what can be wrong with a rule whose syntax is right.

use super::scope::Typed;
use crate::language::Said;
use crate::problem::{Kind as ProblemKind, Problem};
use crate::quantity::Dimension;
use crate::relation::Test;
use crate::source::{Span, Spanned};
use crate::syntax::Keyword;
use crate::value::{Kind, Vocabulary};

pub(super) fn here(kind: ProblemKind, span: Span, message: Said) -> Problem {
    Problem::new(kind, span, message, Said::new("这里", "here"))
}

fn list(words: &[&str]) -> Said {
    Said::new(
        format!("可用：{}", words.join("、")),
        format!("write one of {}", words.join(", ")),
    )
}

pub(super) fn bound_twice(name: &Spanned<String>, first: Span) -> Problem {
    let message = Said::new(
        format!("名称 {} 已经用过", name.value),
        format!("the name {} is taken", name.value),
    );
    here(ProblemKind::RuleType, name.span, message)
        .also(first, Said::new("先前在这里", "first here"))
}

pub(super) fn unused(name: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("{} 没有用到", name.value),
        format!("{} is never used", name.value),
    );
    here(ProblemKind::RuleUnused, name.span, message).help(Said::new(
        "删去它，或在 require、message 里用上它",
        "remove it, or use it in a `require` or `message`",
    ))
}

pub(super) fn misplaced_range(span: Span) -> Problem {
    let message = Said::new(
        "区间 a..b 只能写在 within 之后",
        "a range a..b stands behind `within` only",
    );
    here(ProblemKind::RuleType, span, message)
        .help(Said::new("写成 x within a..b", "write x within a..b"))
}

pub(super) fn not_kind(found: &Typed, wanted: Kind) -> Problem {
    let (wanted, is) = (wanted.name(), found.kind.name());
    let message = Said::new(
        format!("这里要{}，写的却是{}", wanted.zh, is.zh),
        format!("this takes {}, but is {}", wanted.en, is.en),
    );
    Problem::new(
        ProblemKind::RuleType,
        found.span,
        message,
        Said::new(format!("是{}", is.zh), format!("is {}", is.en)),
    )
}

pub(super) fn bad_number(digits: &str, span: Span) -> Problem {
    let message = Said::new(
        format!("数 {digits} 位数过多"),
        format!("the number {digits} has too many digits"),
    );
    here(ProblemKind::RuleType, span, message)
}

pub(super) fn unknown_unit(unit: &str, span: Span, known: &[&str]) -> Problem {
    let message = Said::new(
        format!("不认识的单位 {unit}"),
        format!("unknown unit {unit}"),
    );
    let problem = here(ProblemKind::RuleUnknownName, span, message);
    if unit.starts_with('/') {
        return problem.help(Said::new(
            "要做除法，两边留空格：35 / 10",
            "to divide, put spaces around: 35 / 10",
        ));
    }
    problem.suggest(unit, known.iter().copied())
}

pub(super) fn unknown_name(name: &str, span: Span, known: &[&str]) -> Problem {
    let message = Said::new(
        format!("不认识的名称 {name}"),
        format!("unknown name {name}"),
    );
    here(ProblemKind::RuleUnknownName, span, message).suggest(name, known.iter().copied())
}

pub(super) fn unknown_indicator(name: &Spanned<String>, known: &[&str]) -> Problem {
    let message = Said::new(
        format!("指标目录中没有 {}", name.value),
        format!("no indicator {} in the catalogue", name.value),
    );
    here(ProblemKind::RuleUnknownName, name.span, message)
        .suggest(&name.value, known.iter().copied())
}

pub(super) fn unknown_field(field: &Spanned<String>, of: Kind, known: &[&str]) -> Problem {
    let of = of.name();
    let message = Said::new(
        format!("{}没有 {} 这一栏", of.zh, field.value),
        format!("{} has no field {}", of.en, field.value),
    );
    let problem = here(ProblemKind::RuleUnknownName, field.span, message);
    let problem = if known.is_empty() {
        problem
    } else {
        problem.help(list(known))
    };
    problem.suggest(&field.value, known.iter().copied())
}

pub(super) fn unknown_function(name: &Spanned<String>, known: &[&str]) -> Problem {
    let message = Said::new(
        format!("没有函数 {}", name.value),
        format!("no function {}", name.value),
    );
    here(ProblemKind::RuleUnknownName, name.span, message)
        .help(list(known))
        .suggest(&name.value, known.iter().copied())
}

pub(super) fn weight_of_other(span: Span) -> Problem {
    let message = Said::new("只有 mean 可以加权", "only `mean` takes a weight");
    here(ProblemKind::RuleType, span, message)
}

pub(super) fn unknown_source(name: &Spanned<String>, known: &[&str]) -> Problem {
    let message = Said::new(
        format!("没有表或关系 {}", name.value),
        format!("no table or relation {}", name.value),
    );
    here(ProblemKind::RuleUnknownName, name.span, message)
        .help(list(known))
        .suggest(&name.value, known.iter().copied())
}

pub(super) fn no_source(found: &Typed) -> Problem {
    let is = found.kind.name();
    let message = Said::new(
        format!("for 要在表、关系或列表上走，这里是{}", is.zh),
        format!(
            "`for` runs over a table, a relation or a list; this is {}",
            is.en
        ),
    );
    here(ProblemKind::RuleType, found.span, message)
}

pub(super) fn argument_count(name: &Spanned<String>, wanted: usize, found: usize) -> Problem {
    let message = Said::new(
        format!("{} 要 {wanted} 个参数，写了 {found} 个", name.value),
        format!(
            "{} takes {wanted} argument{}, not {found}",
            name.value,
            if wanted == 1 { "" } else { "s" }
        ),
    );
    here(ProblemKind::RuleType, name.span, message)
}

pub(super) fn test_of_other(test: &Test, found: &Typed, span: Span) -> Problem {
    let is = found.kind.name();
    let chinese = Keyword::of(test.word).map_or(test.word, |word| word.spelling().zh);
    let message = Said::new(
        format!("{}不能问是否“{}”", is.zh, chinese),
        format!("{} cannot be asked whether it is {}", is.en, test.word),
    );
    here(ProblemKind::RuleType, span, message).also(
        found.span,
        Said::new(format!("是{}", is.zh), format!("is {}", is.en)),
    )
}

pub(super) fn unknown_word(word: &Spanned<String>, found: &Typed, known: &[&str]) -> Problem {
    let is = found.kind.name();
    let message = Said::new(
        format!("{}不能问是否“{}”", is.zh, word.value),
        format!("{} cannot be asked whether it is {}", is.en, word.value),
    );
    let problem = here(ProblemKind::RuleUnknownName, word.span, message);
    let problem = if known.is_empty() {
        problem
    } else {
        problem.help(list(known))
    };
    problem.suggest(&word.value, known.iter().copied())
}

pub(super) fn no_word(word: &Spanned<String>, words: &Vocabulary) -> Problem {
    let message = Said::new(
        format!("“{}”不是{}", word.value, words.name.0),
        format!("{} is not {}", word.value, words.name.1),
    );
    here(ProblemKind::RuleUnknownName, word.span, message)
        .help(list(words.words))
        .suggest(&word.value, words.words.iter().copied())
}

pub(super) fn dimensions(one: (Span, &Dimension), other: (Span, &Dimension)) -> Problem {
    let message = Said::new(
        format!("量纲不同：{} 与 {}", one.1, other.1),
        format!("different dimensions: {} and {}", one.1, other.1),
    );
    let label = |dimension: &Dimension| {
        Said::new(
            format!("量纲 {dimension}"),
            format!("dimension {dimension}"),
        )
    };
    Problem::new(ProblemKind::RuleDimension, other.0, message, label(other.1))
        .also(one.0, label(one.1))
}

pub(super) fn bare_number(span: Span, dimension: &Dimension) -> Problem {
    let message = Said::new(
        format!("数没有单位，却与量纲为 {dimension} 的量比较"),
        format!("a number without a unit is compared with a quantity of dimension {dimension}"),
    );
    Problem::new(
        ProblemKind::RuleDimension,
        span,
        message,
        Said::new("缺单位", "no unit"),
    )
    .help(Said::new(
        "写上单位，如 95%、35/10万、72岁",
        "write the unit: 95%, 35/10万, 72岁",
    ))
}

pub(super) fn incomparable(one: &Typed, other: &Typed) -> Problem {
    let (a, b) = (one.kind.name(), other.kind.name());
    let message = Said::new(
        format!("{}与{}不能这样连用", a.zh, b.zh),
        format!("{} and {} cannot be put together like this", a.en, b.en),
    );
    Problem::new(
        ProblemKind::RuleType,
        other.span,
        message,
        Said::new(format!("是{}", b.zh), format!("is {}", b.en)),
    )
    .also(
        one.span,
        Said::new(format!("是{}", a.zh), format!("is {}", a.en)),
    )
}

pub(super) fn no_direction(span: Span) -> Problem {
    let message = Said::new(
        "“不弱于”要知道指标的优劣方向，两边至少有一边是指标数值",
        "`no weaker than` needs a direction: at least one side must be a figure",
    );
    here(ProblemKind::RuleType, span, message).help(Said::new(
        "两个量之间用 >= 或 <=",
        "compare two quantities with >= or <=",
    ))
}

pub(super) fn no_literal(span: Span) -> Problem {
    let message = Said::new(
        "参数的默认值要直接写出",
        "a parameter's default is written out",
    );
    here(ProblemKind::RuleType, span, message).help(Said::new(
        "如 param floor = 95%",
        "such as param floor = 95%",
    ))
}

pub(super) fn nothing_required(id: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("规则 {} 没有 require，什么也不检查", id.value),
        format!("the rule {} requires nothing", id.value),
    );
    here(ProblemKind::RuleSyntax, id.span, message)
        .help(Said::new("加一条 require …", "add a `require …`"))
}

pub(super) fn no_loop(id: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("规则 {} 没有 for，不知道检查什么", id.value),
        format!("the rule {} has no `for`", id.value),
    );
    here(ProblemKind::RuleSyntax, id.span, message).help(Said::new(
        "加一条 for t in targets",
        "add `for t in targets`",
    ))
}

pub(super) fn no_place(found: &Typed) -> Problem {
    let is = found.kind.name();
    let message = Said::new(
        format!("{}在文件里没有位置，不能标注", is.zh),
        format!("{} has no place in a file and cannot be labelled", is.en),
    );
    here(ProblemKind::RuleType, found.span, message)
}

pub(super) fn said_twice(name: &str, again: Span, first: Span) -> Problem {
    let message = Said::new(
        format!("{name} 写了两次"),
        format!("`{name}` is given twice"),
    );
    here(ProblemKind::RuleType, again, message).also(first, Said::new("先前在这里", "first here"))
}

pub(super) fn never_reached(span: Span, first: Span) -> Problem {
    let message = Said::new(
        "这个级别永远用不上：前面的级别不带条件",
        "this severity is never used: one before it has no condition",
    );
    here(ProblemKind::RuleUnused, span, message)
        .also(first, Said::new("不带条件", "no condition"))
        .help(Said::new(
            "不带条件的写在最后",
            "put the one without a condition last",
        ))
}

pub(super) fn contradictory(span: Span, first: Option<Span>) -> Problem {
    let message = Said::new(
        "照这些条件，没有任何数值可查",
        "these conditions leave nothing to check",
    );
    let problem = here(ProblemKind::RuleContradictory, span, message);
    match first {
        Some(first) => problem.also(first, Said::new("与它矛盾", "against this")),
        None => problem,
    }
}

pub(super) fn always_true(span: Span, first: Option<Span>) -> Problem {
    let message = Said::new(
        "这项要求不可能不符，查不出任何问题",
        "this requirement can never be violated",
    );
    let problem = here(ProblemKind::RuleAlwaysTrue, span, message);
    match first {
        Some(first) => problem.also(
            first,
            Said::new("条件里已经这样要求", "a condition says so already"),
        ),
        None => problem,
    }
}

pub(super) fn confusable(id: &Spanned<String>, letter: char) -> Problem {
    let code = u32::from(letter);
    let message = Said::new(
        format!("规则名里的“{letter}”（U+{code:04X}）不是它看上去的那个字母"),
        format!("`{letter}` (U+{code:04X}) in this id is not the letter it looks like"),
    );
    here(ProblemKind::RuleConfusable, id.span, message).help(Said::new(
        "改用普通的拉丁字母和数字",
        "use plain Latin letters and digits",
    ))
}
