//! What a finding is about, as a name that stays the same while places, words and values change.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::facts::{Facts, Figure, RowId};
use crate::value::Value;

/// An entity's name, with its ordinal among those that would have the same one.
pub(super) fn key(facts: &Facts, of: &Value) -> String {
    match of {
        Value::Figure(id) => {
            let figure = facts.figure(*id);
            let before = facts
                .figures_of(figure.plan)
                .iter()
                .take_while(|other| *other != id);
            let equals = before.filter(|other| {
                figure_key(facts, facts.figure(**other)) == figure_key(facts, figure)
            });
            format!("{}|{}", figure_key(facts, figure), equals.count())
        }
        Value::Row(id) => {
            let row = facts.row(*id);
            let before = facts
                .rows_of(row.plan)
                .iter()
                .take_while(|other| *other != id);
            let equals = before.filter(|other| row_key(facts, **other) == row_key(facts, *id));
            format!("{}|{}", row_key(facts, *id), equals.count())
        }
        Value::Plan(plan) => format!("plan|{}", facts.plan(*plan).id.value),
        Value::Region(region) => format!("region|{}", facts.regions.get(*region).code),
        Value::Indicator(indicator) => format!("indicator|{}", facts.catalogue.get(*indicator).id),
        _ => "-".to_owned(),
    }
}

fn figure_key(facts: &Facts, figure: &Figure) -> String {
    let plan = &facts.plan(figure.plan).id.value;
    let indicator = &facts.catalogue.get(figure.indicator).id;
    let region = &facts.regions.get(figure.region).code;
    let basis = figure.basis.as_deref().unwrap_or("");
    format!(
        "{plan}|{}|{}|{indicator}|{}|{region}|{basis}",
        figure.origin.word(),
        figure.kind.word(),
        figure.year
    )
}

fn row_key(facts: &Facts, id: RowId) -> String {
    let row = facts.row(id);
    let plan = &facts.plan(row.plan).id.value;
    let indicator = &facts.catalogue.get(row.indicator).id;
    let written = facts.row_of(id);
    let basis = written
        .and_then(|row| row.basis.as_ref())
        .map_or("", |basis| basis.value.as_str());
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
