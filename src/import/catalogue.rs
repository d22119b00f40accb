//! `plans/indicators.toml`: units and indicators.

use super::entity::CATALOGUE;
use super::record::{Record, read_file};
use super::wrong;
use crate::bound::{Better, Bound};
use crate::catalogue::{Aggregate, Catalogue, Indicator, Plausible, Ratio};
use crate::language::Said;
use crate::notation::{Context, Role, meaning, read};
use crate::problem::{Kind, Problem};
use crate::quantity::{Dimension, Number, Unit, UnitUse, Units};
use crate::region::Level;
use crate::source::{SourceId, Spanned};

/// Words of the rule language that no indicator may be called by, beside those of levels.
const RESERVED: [&str; 9] = [
    "binding",
    "anticipatory",
    "given",
    "qualitative",
    "approximate",
    "draft",
    "consultation",
    "issued",
    "at",
];

/// Reads the catalogue. A faulty unit or indicator is reported and left out, the others are read.
#[must_use]
pub fn read_catalogue(text: &str, source: SourceId) -> (Catalogue, Vec<Problem>) {
    let mut problems = Vec::new();
    let record = read_file(text, source, &CATALOGUE, &mut problems);
    let units = units(&record, &mut problems);
    let mut catalogue = Catalogue::new(units);
    for entry in record.many("indicator") {
        if let Some(indicator) = indicator(entry, &catalogue.units, &mut problems) {
            let span = indicator.span;
            if let Err(taken) = catalogue.add(indicator)
                && let Some((_, other)) = taken.first()
            {
                let spellings: Vec<&str> = taken.iter().map(|(name, _)| name.as_str()).collect();
                let what = Said::new(
                    format!("指标的 id、名称或别名“{}”", spellings.join("、")),
                    format!("the id, name or alias {}", spellings.join(", ")),
                );
                let help = Said::new("改用另一个写法", "give one of them another spelling");
                let first = catalogue.get(*other).span;
                problems.push(wrong::duplicate(&what, span, first, help));
            }
        }
    }
    references(&record, &catalogue, &mut problems);
    (catalogue, problems)
}

fn units(record: &Record, problems: &mut Vec<Problem>) -> Units {
    let mut units = Units::default();
    for (name, entry) in record.named("units") {
        let Some(dimension) = entry.text("dimension") else {
            continue;
        };
        let Some(parsed) = Dimension::parse(&dimension.value) else {
            problems.push(no_dimension(&dimension));
            continue;
        };
        let factor = match entry.text("factor") {
            None => Some(Number::ONE),
            Some(written) => {
                let number = Number::parse(&written.value).filter(|n| *n > Number::ZERO);
                if number.is_none() {
                    problems.push(no_factor(&written));
                }
                number
            }
        };
        let Some(factor) = factor else { continue };
        let aliases: Vec<String> = entry
            .texts("aliases")
            .into_iter()
            .map(|a| a.value)
            .collect();
        let unit = Unit {
            name: name.value.clone(),
            dimension: parsed,
            factor,
        };
        if let Err(taken) = units.add(unit, &aliases) {
            let message = Said::new(
                format!("单位的写法“{taken}”已属于另一个单位"),
                format!("the spelling {taken} already belongs to another unit"),
            );
            let label = Said::new("重复的写法", "taken");
            problems.push(Problem::new(
                Kind::DuplicateEntry,
                name.span,
                message,
                label,
            ));
        }
    }
    units
}

fn no_dimension(found: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("“{}”不是量纲", found.value),
        format!("`{}` is no dimension", found.value),
    );
    let label = Said::new("写法不对", "not understood");
    Problem::new(Kind::WrongType, found.span, message, label).help(Said::new(
        "写作 ratio、age、bed/person、dose/person*day 这样的形式",
        "write it like ratio, age, bed/person or dose/person*day",
    ))
}

fn no_factor(found: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("“{}”不是大于零的小数", found.value),
        format!("`{}` is no decimal above zero", found.value),
    );
    let label = Said::new("应是小数", "expected a decimal");
    Problem::new(Kind::WrongType, found.span, message, label)
}

fn indicator(entry: &Record, units: &Units, problems: &mut Vec<Problem>) -> Option<Indicator> {
    let id = entry.text("id")?;
    check_id(&id, problems)?;
    let printed = entry.text("unit")?;
    let Some(unit) = units.find(&printed.value) else {
        problems.push(wrong::unknown_unit(&printed, &units.spellings()));
        return None;
    };
    let texts = |key: &str| {
        entry
            .texts(key)
            .into_iter()
            .map(|text| text.value)
            .collect()
    };
    Some(Indicator {
        name: entry.plain("name")?,
        english: entry
            .plain("english")
            .unwrap_or_else(|| id.value.replace('_', " ")),
        aliases: texts("aliases"),
        unit,
        printed_units: texts("printed_units"),
        better: match entry.plain("better")?.as_str() {
            "higher" => Better::Higher,
            "lower" => Better::Lower,
            _ => Better::Neither,
        },
        domain: entry.plain("domain")?,
        aggregate: match entry.plain("aggregate").as_deref() {
            Some("sum") => Aggregate::Sum,
            Some("mean") => Aggregate::Mean,
            _ => Aggregate::None,
        },
        plausible: plausible(entry, unit, units, problems),
        part_of: entry.plain("part_of"),
        formula: formula(entry, problems),
        count: entry.plain("count"),
        definition: entry.plain("definition"),
        span: id.span,
        id: id.value,
    })
}

/// Whether a text is lower-case letters, digits and underscores, a letter first.
fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits)
}

fn check_id(id: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<()> {
    let word = id.value.as_str();
    let reserved = RESERVED.contains(&word) || Level::WORDS.contains(&word);
    if is_id(&id.value) && !reserved {
        return Some(());
    }
    let message = if reserved {
        Said::new(
            format!("{} 是规则语言的保留词，不能作指标 id", id.value),
            format!(
                "`{}` is a word of the rule language and can be no indicator's id",
                id.value
            ),
        )
    } else {
        Said::new(
            format!("“{}”不能作指标 id", id.value),
            format!("`{}` can be no indicator's id", id.value),
        )
    };
    let label = Said::new("应是小写字母、数字和下划线", "expected snake_case");
    problems.push(Problem::new(Kind::WrongType, id.span, message, label));
    None
}

fn plausible(
    entry: &Record,
    unit: UnitUse,
    units: &Units,
    problems: &mut Vec<Problem>,
) -> Plausible {
    let mut range = Plausible::default();
    if let Some(text) = entry.text("plausible") {
        range.any = bound(&text, unit, units, problems);
    }
    for (key, text) in &entry.keyed("plausible") {
        let Some(level) = Level::parse(&key.value) else {
            let words = Level::ALL.map(Level::word);
            problems.push(wrong::wrong_word("plausible", &words, key));
            continue;
        };
        if let Some(bound) = bound(text, unit, units, problems) {
            range.levels.push((level, bound));
        }
    }
    range
}

fn bound(
    text: &Spanned<String>,
    unit: UnitUse,
    units: &Units,
    problems: &mut Vec<Problem>,
) -> Option<Bound> {
    let reading = match read(&text.value, units) {
        Ok(reading) => reading,
        Err(error) => {
            problems.push(wrong::unreadable_value(text, &error));
            return None;
        }
    };
    let context = Context {
        units,
        unit: Some(unit),
        role: Role::Actual,
        better: Better::Neither,
        year: 0,
        baselines: &[],
    };
    match meaning(&reading, &context) {
        Ok(bound) => Some(bound),
        Err(reason) => {
            let said = reason.said();
            let message = Said::new(
                format!("合理区间“{}”不能用：{}", text.value, said.zh),
                format!("the range `{}` cannot be used: {}", text.value, said.en),
            );
            let label = Said::new("应是区间，如 40..100", "expected a range such as 40..100");
            problems.push(Problem::new(
                Kind::UnreadableValue,
                text.span,
                message,
                label,
            ));
            None
        }
    }
}

/// The formula of a derived indicator: two ids and a stroke between them.
fn formula(entry: &Record, problems: &mut Vec<Problem>) -> Option<Ratio> {
    let text = entry.text("formula")?;
    let parts = text.value.split_once('/');
    let ids = parts.map(|(a, b)| (a.trim(), b.trim()));
    if let Some((numerator, denominator)) = ids.filter(|(a, b)| is_id(a) && is_id(b)) {
        return Some(Ratio {
            numerator: numerator.to_owned(),
            denominator: denominator.to_owned(),
        });
    }
    let message = Said::new(
        format!("公式“{}”读不懂", text.value),
        format!("the formula `{}` is not understood", text.value),
    );
    let label = Said::new("应是两个指标 id 相除，如 a / b", "expected two ids: a / b");
    problems.push(Problem::new(Kind::WrongType, text.span, message, label));
    None
}

/// `part_of` and the terms of a formula must name indicators.
fn references(record: &Record, catalogue: &Catalogue, problems: &mut Vec<Problem>) {
    for entry in record.many("indicator") {
        let whole = entry.text("part_of");
        let formula = entry.text("formula");
        let terms = formula.iter().flat_map(|text| {
            let terms = text.value.split('/').map(str::trim);
            terms.map(|term| Spanned::new(term.to_owned(), text.span))
        });
        for named in whole.into_iter().chain(terms) {
            if is_id(&named.value) && catalogue.find(&named.value).is_none() {
                problems.push(wrong::unknown_indicator(&named, catalogue.ids()));
            }
        }
    }
}
