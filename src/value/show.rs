//! Values as messages print them.

use super::{Amount, Value};
use crate::bound::{Bound, Edge};
use crate::facts::{EntryId, Facts, Section};
use crate::language::Language;
use crate::model::Date;
use crate::quantity::{Number, UnitUse};

/// A value in words. An unknown one is its reason in brackets.
#[must_use]
pub fn show(value: &Value, facts: &Facts, language: Language) -> String {
    match value {
        Value::Truth(truth) => match truth {
            crate::bound::Truth::True => language.pick("是", "yes").to_owned(),
            crate::bound::Truth::False => language.pick("否", "no").to_owned(),
            crate::bound::Truth::Unknown(reasons) => unknown(&reasons.said(), language),
        },
        Value::Amount(amount) => amount.show(facts, language),
        Value::Number(number) => number.to_string(),
        Value::Year(year) => year.to_string(),
        Value::Text(text) => text.clone(),
        Value::Region(region) => facts.regions.get(*region).name.clone(),
        Value::Plan(plan) => facts.plan(*plan).title.value.clone(),
        Value::Indicator(indicator) => {
            let indicator = facts.catalogue.get(*indicator);
            language.pick(&indicator.name, &indicator.english).clone()
        }
        Value::Figure(figure) => {
            let figure = facts.figure(*figure);
            if figure.value.printed.is_empty() {
                language.pick("（空）", "(blank)").to_owned()
            } else {
                figure.value.printed.clone()
            }
        }
        Value::Row(row) => {
            let indicator = facts.form_of(*row).indicator;
            show(&Value::Indicator(indicator), facts, language)
        }
        Value::Entry(entry) => entry_text(facts, *entry),
        Value::Date(date) => day(*date, language),
        Value::Statistic(statistic) => facts.statistic(*statistic).value.printed.value.clone(),
        Value::Unit(unit) => facts.catalogue.units.name(*unit),
        Value::Word(word) => chinese(word, language).to_owned(),
        Value::List(values) => {
            let each: Vec<String> = values
                .iter()
                .map(|value| show(value, facts, language))
                .collect();
            each.join(language.pick("、", ", "))
        }
        Value::Unknown(reasons) => unknown(&reasons.said(), language),
    }
}

/// What an entry is about, as printed.
fn entry_text(facts: &Facts, id: EntryId) -> String {
    let plan = facts.plan(id.plan);
    let at = id.position as usize;
    let text = match id.section {
        Section::Changes => {
            let stated = plan
                .changes
                .get(at)
                .and_then(|change| change.stated.as_ref());
            stated.map(|value| &value.printed)
        }
        Section::Rosters => plan.rosters.get(at).map(|roster| &roster.subject),
        Section::Counts => plan.counts.get(at).map(|count| &count.value.printed),
        Section::Commitments => plan
            .commitments
            .get(at)
            .and_then(|commitment| commitment.domain.as_ref()),
        Section::Tasks => plan.tasks.get(at).map(|task| &task.title),
    };
    text.map(|text| text.value.clone()).unwrap_or_default()
}

fn day(date: Date, language: Language) -> String {
    let Date { year, month, day } = date;
    match (language, day) {
        (Language::Chinese, Some(day)) => format!("{year}年{month}月{day}日"),
        (Language::Chinese, None) => format!("{year}年{month}月"),
        (Language::English, Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Language::English, None) => format!("{year}-{month:02}"),
    }
}

fn unknown(said: &crate::language::Said, language: Language) -> String {
    match language {
        Language::Chinese => format!("（{}）", said.zh),
        Language::English => format!("({})", said.en),
    }
}

fn chinese(word: &'static str, language: Language) -> &'static str {
    if language == Language::English {
        return word;
    }
    match word {
        "binding" => "约束性",
        "anticipatory" => "预期性",
        "draft" => "起草中",
        "consultation" => "征求意见",
        "issued" => "已印发",
        "higher" => "越高越好",
        "lower" => "越低越好",
        "neither" => "无优劣方向",
        "sum" => "求和",
        "mean" => "加权平均",
        "none" => "不汇总",
        "target" => "目标",
        "baseline" => "基期",
        "table" => "指标表",
        "actual" => "实际值",
        "prose" => "正文",
        "monitoring" => "监测",
        other => crate::region::Level::parse(other).map_or(other, crate::region::Level::chinese),
    }
}

impl Amount {
    /// The amount in its unit: `≥73.7岁`, `1个百分点`.
    fn show(&self, facts: &Facts, language: Language) -> String {
        let units = &facts.catalogue.units;
        let factor = self
            .unit
            .and_then(|unit| units.factor(unit))
            .unwrap_or(Number::ONE);
        let name = self.unit.map(|unit| units.name(unit)).unwrap_or_default();
        let name = match (self.difference, name.as_str(), language) {
            (true, "%", Language::Chinese) => "个百分点".to_owned(),
            (true, "‰", Language::Chinese) => "个千分点".to_owned(),
            (true, "%", Language::English) => " percentage points".to_owned(),
            (_, _, Language::English) if name.starts_with(char::is_alphanumeric) => {
                format!(" {name}")
            }
            _ => name,
        };
        match Number::ONE
            .over(factor)
            .and_then(|scale| self.bound.times(scale))
        {
            Some(bound) => notation(&bound, &name),
            None => language.pick("（过大）", "(too large)").to_owned(),
        }
    }
}

/// A bound in the notation of plans, its unit behind each number.
fn notation(bound: &Bound, unit: &str) -> String {
    let ray = |mark: &str, edge: Edge| format!("{mark}{}{unit}", edge.value);
    if let Some(point) = bound.as_point() {
        return format!("{point}{unit}");
    }
    match (bound.low, bound.high) {
        (Some(low), None) => ray(if low.closed { "≥" } else { ">" }, low),
        (None, Some(high)) => ray(if high.closed { "≤" } else { "<" }, high),
        (Some(low), Some(high)) if !bound.is_exact() => blurred(bound.blur, low, high, unit),
        (Some(low), Some(high)) => format!("{}-{}{unit}", low.value, high.value),
        (None, None) => "—".to_owned(),
    }
}

/// A blurred bound as it would be printed: `27左右`, `5-6左右`, `近90`.
fn blurred(blur: Number, low: Edge, high: Edge, unit: &str) -> String {
    let Some(half) = blur.over(Number::integer(2)) else {
        return String::new();
    };
    let ends = low.value.plus(half).zip(high.value.minus(half));
    let Some((first, last)) = ends else {
        return String::new();
    };
    let places = shown_places(blur);
    if first != last {
        return format!(
            "{}-{}{unit}左右",
            first.to_places(places),
            last.to_places(places)
        );
    }
    // 近90 is blurred by half a step, 90左右 by a whole one.
    let nearly = !high.closed
        && (0..19)
            .any(|power| Number::power_of_ten(9 - power).over(Number::integer(2)) == Some(blur));
    if nearly {
        return format!("近{}{unit}", high.value);
    }
    format!("{}{unit}左右", first.to_places(places))
}

/// Decimal places that a blurred number is worth showing with: those its blur leaves certain, and one more.
fn shown_places(blur: Number) -> u32 {
    let fits = |places: &u32| {
        let step = Number::power_of_ten(-i32::try_from(*places).unwrap_or(0));
        step <= blur
    };
    (0..6).find(fits).unwrap_or(6)
}

/// A bound as a value of a row of a unit would be written: what a fix puts in place.
#[must_use]
pub fn written(bound: &Bound, unit: UnitUse, facts: &Facts) -> Option<String> {
    let factor = facts.catalogue.units.factor(unit)?;
    let scaled = bound.times(Number::ONE.over(factor)?)?;
    let finite = |edge: Option<Edge>| edge.is_none_or(|edge| edge.value.places().is_some());
    let exact = bound.is_exact() && finite(scaled.low) && finite(scaled.high);
    exact.then(|| notation(&scaled, ""))
}
