//! What a finding is about: plan, region, indicator, year.

use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts, PlanId, Section};
use crate::finding::Subject;
use crate::model::Plan;
use crate::region::RegionId;
use crate::relation::plan_of;
use crate::source::{Span, Spanned};
use crate::value::Value;

/// What something is about, by numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub plan: PlanId,
    pub region: RegionId,
    pub indicator: Option<IndicatorId>,
    pub year: Option<i32>,
}

/// The first place's plan and region; the first indicator and its year that any place names.
pub(super) fn about(facts: &Facts, entities: &[Value]) -> Option<About> {
    let mut all = entities.iter().filter_map(|entity| of(facts, entity));
    let mut about = all.next()?;
    if about.indicator.is_none()
        && let Some(next) = all.find(|next| next.indicator.is_some())
    {
        about.indicator = next.indicator;
        about.year = about.year.or(next.year);
    }
    Some(about)
}

/// The same by names.
pub(super) fn subject(facts: &Facts, entities: &[Value]) -> Subject {
    let Some(about) = about(facts, entities) else {
        return Subject::default();
    };
    let indicator = about.indicator;
    Subject {
        plan: Some(facts.plan(about.plan).id.value.clone()),
        region: Some(facts.regions.get(about.region).code.to_string()),
        indicator: indicator.map(|indicator| facts.catalogue.get(indicator).id.clone()),
        year: about.year,
    }
}

/// What one thing is about.
pub(super) fn of(facts: &Facts, entity: &Value) -> Option<About> {
    let plan = plan_of(facts, entity)?;
    let mut about = About {
        plan,
        region: facts.region_of(plan),
        indicator: None,
        year: None,
    };
    match entity {
        Value::Figure(figure) => {
            let figure = facts.figure(*figure);
            about.region = figure.region();
            about.indicator = Some(figure.indicator);
            about.year = Some(figure.year);
        }
        Value::Row(row) => about.indicator = Some(facts.form_of(*row).indicator),
        Value::Entry(entry) => {
            let named = entry_of(facts.plan(plan), *entry);
            about.indicator = named.map(|indicator| indicator.value);
        }
        _ => (),
    }
    Some(about)
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

/// The places of the figures among what a finding is about.
pub(super) fn figures(facts: &Facts, entities: &[Value], places: &mut Vec<Span>) {
    places.clear();
    places.extend(entities.iter().filter_map(|of| match of {
        Value::Figure(id) => Some(facts.span_of(*id)),
        _ => None,
    }));
}
