//! What findings rest on: places, and the values there as printed and as read.

use super::figure::{nature, read};
use crate::check::Outcome;
use crate::facts::{Facts, Section};
use crate::finding::Label;
use crate::language::Language;
use crate::relation::{place, plan_of};
use crate::source::{Sources, Span};
use crate::value::{Value, show};

/// Characters of a line that are shown as evidence.
const SHOWN: usize = 120;

/// What a finding rests on: a place, and the value there.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What it is to the finding.
    pub label: String,
    /// Whose figure it is.
    pub region: Option<String>,
    /// The plan's title.
    pub plan: Option<String>,
    /// `path:line:column`
    pub place: String,
    /// The line that stands there.
    pub line: String,
    /// The value as printed.
    pub printed: Option<String>,
    /// The value as read.
    pub read: Option<String>,
    /// The year that it is for.
    pub year: Option<i32>,
    /// What it is, its nature and its base: `目标，约束性`.
    pub kind: Option<String>,
}

/// A place that a finding shows, and the value of what stands there.
pub(super) fn evidence(label: &Label, entities: &[Value], outcome: &Outcome) -> Evidence {
    let Outcome {
        facts,
        sources,
        report,
        ..
    } = outcome;
    let mut entities = entities.iter();
    let of = entities.find(|of| place(facts, of) == Some(label.span));
    let of = of.map_or_else(Evidence::default, |of| value(of, facts, report.language));
    Evidence {
        label: label.message.clone(),
        place: named(label.span, sources),
        line: line(label.span, sources),
        ..of
    }
}

/// What a value of the plans says.
fn value(of: &Value, facts: &Facts, language: Language) -> Evidence {
    let title = |plan| Some(facts.plan(plan).title.value.clone());
    let plan = plan_of(facts, of);
    let mut evidence = Evidence {
        plan: plan.and_then(title),
        ..Evidence::default()
    };
    match of {
        Value::Figure(id) => {
            let figure = facts.figure(*id);
            let kind = show(&Value::Word(figure.kind.word()), facts, language);
            let basis = figure.basis().map(str::to_owned);
            let kind = [Some(kind), nature(&figure, facts, language), basis];
            let kind: Vec<String> = kind.into_iter().flatten().collect();
            evidence.region = Some(facts.regions.get(figure.region()).name.clone());
            evidence.printed = Some(show(of, facts, language));
            evidence.read = Some(read(*id, facts, language));
            evidence.year = Some(figure.year);
            evidence.kind = Some(kind.join(language.pick("，", ", ")));
        }
        // A promise in general prints no value.
        Value::Entry(entry) if entry.section == Section::Commitments => (),
        Value::Row(_) | Value::Entry(_) | Value::Statistic(_) => {
            let text = show(of, facts, language);
            evidence.printed = Some(text).filter(|text| !text.is_empty());
        }
        _ => (),
    }
    evidence
}

/// `path:line:column`
pub(super) fn named(span: Span, sources: &Sources) -> String {
    let path = &sources.file(span.source).path;
    let place = sources.place(span);
    format!("{path}:{}:{}", place.line, place.column)
}

/// The line that a place begins in, about the place where it is long.
fn line(span: Span, sources: &Sources) -> String {
    let file = sources.file(span.source);
    let (line, start) = file.line_at(span.start as usize);
    let text = file.slice(start..file.line_start(line + 1)).trim_end();
    let length = text.chars().count();
    if length <= SHOWN {
        return text.trim().to_owned();
    }
    let column = sources.place(span).column;
    let before = column.saturating_sub(SHOWN / 2).min(length - SHOWN);
    let shown: String = text.chars().skip(before).take(SHOWN).collect();
    let lead = if before > 0 { "…" } else { "" };
    let tail = if before + SHOWN < length { "…" } else { "" };
    format!("{lead}{}{tail}", shown.trim())
}
