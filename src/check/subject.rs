//! What a finding is about: plan, region, indicator, year.

use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts, PlanId, Section};
use crate::finding::Subject;
use crate::model::Plan;
use crate::source::{Span, Spanned};
use crate::value::Value;

/// The first place's plan and region; the first indicator and its year that any place names.
pub(super) fn subject(facts: &Facts, entities: &[Value]) -> Subject {
    let mut all = entities.iter().filter_map(|of| subject_of(facts, of));
    let mut subject = all.next().unwrap_or_default();
    if subject.indicator.is_none()
        && let Some(next) = all.find(|next| next.indicator.is_some())
    {
        subject.indicator = next.indicator;
        subject.year = subject.year.or(next.year);
    }
    subject
}

fn subject_of(facts: &Facts, of: &Value) -> Option<Subject> {
    let plan = facts.plan(plan_of(facts, of)?);
    let code = |region| Some(facts.regions.get(region).code.clone());
    let id = |indicator| Some(facts.catalogue.get(indicator).id.clone());
    let mut subject = Subject {
        plan: Some(plan.id.value.clone()),
        region: code(plan.region.value),
        ..Subject::default()
    };
    match of {
        Value::Figure(figure) => {
            let figure = facts.figure(*figure);
            subject.region = code(figure.region());
            subject.indicator = id(figure.indicator);
            subject.year = Some(figure.year);
        }
        Value::Row(row) => subject.indicator = id(facts.form_of(*row).indicator),
        Value::Entry(entry) => {
            let named = entry_of(plan, *entry);
            subject.indicator = named.and_then(|indicator| id(indicator.value));
        }
        _ => (),
    }
    Some(subject)
}

pub(super) fn plan_of(facts: &Facts, of: &Value) -> Option<PlanId> {
    match of {
        Value::Figure(figure) => Some(facts.figure(*figure).plan),
        Value::Row(row) => Some(facts.plan_of(*row)),
        Value::Plan(plan) => Some(*plan),
        Value::Entry(entry) => Some(entry.plan),
        _ => None,
    }
}

/// The indicator that an entry of a plan's section is about.
fn entry_of(plan: &Plan, entry: EntryId) -> Option<&Spanned<IndicatorId>> {
    match entry.section {
        Section::Changes => plan
            .changes
            .get(entry.position as usize)?
            .indicator
            .as_ref(),
        Section::Commitments => plan
            .commitments
            .get(entry.position as usize)?
            .indicator
            .as_ref(),
        Section::Rosters | Section::Counts | Section::Tasks => None,
    }
}

/// The places of the figures among what a finding is about, each once, in the order of the files.
pub(super) fn figures(facts: &Facts, entities: &[Value], places: &mut Vec<Span>) {
    places.clear();
    places.extend(entities.iter().filter_map(|of| match of {
        Value::Figure(id) => Some(facts.figure(*id).span()),
        _ => None,
    }));
    places.sort_unstable();
    places.dedup();
}
