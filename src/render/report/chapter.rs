//! What all formats of a report have in common: its findings by plan, and when there are too many to tell all of each.

use super::words::Words;
use crate::audit::{Accepted, Audit, Entry, Plan, Undecided};

/// Plans from which on details are folded or cut short.
const MANY_PLANS: usize = 60;

/// Findings from which on they are.
const MANY_FINDINGS: usize = 3000;

/// Whether a report is too large to show all of it at once.
pub(super) fn is_large(audit: &Audit) -> bool {
    let reported = audit.plans.iter().filter(|plan| plan.is_reported).count();
    reported > MANY_PLANS || audit.entries.len() > MANY_FINDINGS
}

/// What was found about a plan, or about none.
pub(super) struct Chapter<'a> {
    /// The plan with its place in the report; nothing for what is about none.
    pub plan: Option<(usize, &'a Plan)>,
    pub title: String,
    pub entries: Vec<&'a Entry>,
    pub undecided: Vec<&'a Undecided>,
}

impl Chapter<'_> {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        let unlisted = self.plan.is_some_and(|(_, plan)| !plan.unlisted.is_empty());
        self.entries.is_empty() && self.undecided.is_empty() && !unlisted
    }
}

/// A chapter for each plan that the report is about, and one for what is about none.
pub(super) fn chapters<'a>(
    audit: &'a Audit,
    words: &'a Words,
) -> impl Iterator<Item = Chapter<'a>> {
    let entries = |of: &[usize]| of.iter().filter_map(|at| audit.entries.get(*at)).collect();
    let plans = audit.plans.iter().enumerate();
    let plans = plans.filter(|(_, plan)| plan.is_reported);
    let of_plans = plans.map(move |(at, plan)| Chapter {
        plan: Some((at, plan)),
        title: format!("{}{}{}", plan.region, words.colon(), plan.title),
        entries: entries(&plan.entries),
        undecided: plan
            .undecided
            .iter()
            .filter_map(|at| audit.undecided.get(*at))
            .collect(),
    });
    let undecided = audit.undecided.iter().filter(|of| of.plan.is_none());
    let of_none = Chapter {
        plan: None,
        title: words.findings_about_none.to_owned(),
        entries: entries(&audit.general),
        undecided: undecided.collect(),
    };
    of_plans.chain(Some(of_none).filter(|of| !of.is_empty()))
}

/// The name of an indicator by its id.
pub(super) fn indicator<'a>(id: Option<&'a String>, audit: &'a Audit) -> &'a str {
    let Some(id) = id else {
        return "";
    };
    let mut all = audit.indicators.iter();
    let named = all.find(|indicator| indicator.id == *id);
    named.map_or(id, |indicator| &indicator.name)
}

/// The regions whose plans a plan answers to, each once.
pub(super) fn superiors<'a>(plan: &Plan, audit: &'a Audit) -> Vec<&'a str> {
    let above = plan.superiors.iter();
    let regions = above.filter_map(|at| audit.plans.get(*at));
    let mut regions: Vec<&str> = regions.map(|plan| plan.region.as_str()).collect();
    regions.dedup();
    regions
}

/// The terms of an accepted deviation, each with its name.
pub(super) fn terms(of: &Accepted, words: &Words) -> Vec<(&'static str, String)> {
    let deviation = &of.deviation;
    let by = [deviation.issuer.as_deref(), deviation.number.as_deref()];
    let by: Vec<&str> = by.into_iter().flatten().collect();
    let terms = [
        (words.reason, Some(deviation.reason.clone())),
        (words.approved_by, Some(by.join(" "))),
        (words.until, deviation.until.clone()),
        (words.for_value, deviation.value.clone()),
        (words.place, Some(of.place.clone())),
    ];
    let said = terms
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    said.filter(|(_, value)| !value.is_empty()).collect()
}
