//! What a finding is about, as a name that stays the same while places, words and values change.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts, Figure, RowId, Section};
use crate::source::Spanned;
use crate::value::Value;

/// An entity's name, with its ordinal among those that would have the same one.
pub(super) fn key(facts: &Facts, of: &Value) -> String {
    match of {
        Value::Figure(id) => {
            let figure = facts.figure(*id);
            format!("{}|{}", figure_key(facts, &figure), figure.ordinal())
        }
        Value::Row(id) => format!("{}|{}", row_key(facts, *id), facts.row_ordinal(*id)),
        Value::Entry(id) => {
            let own = subject(facts, *id);
            let entries = facts.entries_of(id.plan, id.section);
            let before = entries.take_while(|other| other != id);
            let equals = before.filter(|other| subject(facts, *other) == own).count();
            let plan = &facts.plan(id.plan).id.value;
            format!("{plan}|{:?}|{own}|{equals}", id.section)
        }
        Value::Statistic(id) => {
            let statistic = facts.statistic(*id);
            let region = &facts.regions.get(statistic.region.value).code;
            let indicator = &facts.catalogue.get(statistic.indicator.value).id;
            format!("statistic|{region}|{indicator}|{}", statistic.value.year)
        }
        Value::Plan(plan) => format!("plan|{}", facts.plan(*plan).id.value),
        Value::Region(region) => format!("region|{}", facts.regions.get(*region).code),
        Value::Indicator(indicator) => format!("indicator|{}", facts.catalogue.get(*indicator).id),
        _ => "-".to_owned(),
    }
}

/// What an entry is about: its subject and its year, not its value.
fn subject(facts: &Facts, id: EntryId) -> String {
    let plan = facts.plan(id.plan);
    let at = id.position as usize;
    let text = |text: Option<&Spanned<String>>| text.map(|t| t.value.clone()).unwrap_or_default();
    let indicator = |of: Option<&Spanned<IndicatorId>>| {
        of.map(|of| facts.catalogue.get(of.value).id.clone())
            .unwrap_or_default()
    };
    match id.section {
        Section::Changes => plan.changes.get(at).map(|change| {
            format!(
                "{}{}",
                text(change.subject.as_ref()),
                indicator(change.indicator.as_ref())
            )
        }),
        Section::Rosters => plan
            .rosters
            .get(at)
            .map(|roster| roster.subject.value.clone()),
        Section::Counts => plan.counts.get(at).map(|count| {
            format!(
                "{}|{}|{}",
                count.subject.value,
                count.value.year,
                text(count.scope.as_ref())
            )
        }),
        Section::Commitments => plan.commitments.get(at).map(|commitment| {
            let of = indicator(commitment.indicator.as_ref());
            format!(
                "{:?}|{}|{of}",
                commitment.kind.value,
                text(commitment.domain.as_ref())
            )
        }),
        Section::Tasks => plan.tasks.get(at).map(|task| task.title.value.clone()),
    }
    .unwrap_or_default()
}

fn figure_key(facts: &Facts, figure: &Figure<'_>) -> String {
    let plan = &facts.plan(figure.plan).id.value;
    let indicator = &facts.catalogue.get(figure.indicator).id;
    let region = &facts.regions.get(figure.region()).code;
    let basis = figure.basis().unwrap_or("");
    format!(
        "{plan}|{}|{}|{indicator}|{}|{region}|{basis}",
        figure.origin.word(),
        figure.kind.word(),
        figure.year
    )
}

fn row_key(facts: &Facts, id: RowId) -> String {
    let form = facts.form_of(id);
    let plan = &facts.plan(facts.plan_of(id)).id.value;
    let indicator = &facts.catalogue.get(form.indicator).id;
    let basis = form.basis.as_deref().unwrap_or("");
    format!("{plan}|row|{indicator}|{basis}")
}

/// Sixteen hexadecimal digits of a fixed hash, the same in every run and on every machine.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hasher = SipHasher13::new();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(0);
    }
    format!("{:016x}", hasher.finish())
}
