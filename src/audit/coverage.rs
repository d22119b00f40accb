//! What a report does not say: rules that never applied, indicators that no rule looks at, silence below a superior.

use std::collections::BTreeSet;

use super::entry::Found;
use super::rule::Rule;
use super::scope::Reach;
use crate::catalogue::IndicatorId;
use crate::check::Outcome;
use crate::facts::{Facts, FigureSet, PlanId};
use crate::region::Level;
use crate::value::{Value, show};

/// What was not looked at, both ways.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Rules that applied to nothing, by their places in the report.
    pub idle: Vec<usize>,
    /// Indicators that the plans state and no check looked at, by name.
    pub unseen: Vec<String>,
    /// What superiors promise and a plan that answers to them never mentions.
    pub unmentioned: Vec<Unmentioned>,
    /// Plans, by their places in the report, of which something could not be read, so that nobody knows what they never
    /// mention.
    pub unread: Vec<usize>,
    /// Regions that have no plan, by the region above them.
    pub without_plan: Vec<WithoutPlan>,
    /// Of each level: its name, how many regions it has, how many of them have a plan.
    pub levels: Vec<(String, usize, usize)>,
    /// The ids of rules that the settings turn off.
    pub off: Vec<String>,
}

/// What a superior promises and a plan never mentions.
#[derive(Clone, Debug)]
pub struct Unmentioned {
    /// The plan, by its place in the report.
    pub plan: usize,
    /// The superior, by its place in the report.
    pub superior: usize,
    /// The indicators, by name.
    pub indicators: Vec<String>,
}

/// Regions without a plan below one.
#[derive(Clone, Debug)]
pub struct WithoutPlan {
    /// The region above them; a dash for the highest.
    pub above: String,
    /// Their names.
    pub regions: Vec<String>,
}

pub(super) fn coverage(
    outcome: &Outcome,
    reach: &Reach,
    rules: &[Rule],
    found: &Found,
) -> Coverage {
    let unread = found.entries.iter().filter(|entry| entry.is_incomplete);
    let unread: BTreeSet<usize> = unread.filter_map(|entry| entry.plan).collect();
    let idle = rules.iter().enumerate();
    let idle = idle.filter(|(_, rule)| rule.counts.all() == 0);
    Coverage {
        idle: idle.map(|(at, _)| at).collect(),
        unseen: unseen(outcome, reach),
        unmentioned: unmentioned(outcome, reach, &unread),
        unread: unread.into_iter().collect(),
        without_plan: without_plan(&outcome.facts, reach),
        levels: levels(outcome, reach),
        off: outcome.rules.turned_off().map(str::to_owned).collect(),
    }
}

fn name(indicator: IndicatorId, outcome: &Outcome) -> String {
    let value = Value::Indicator(indicator);
    show(&value, &outcome.facts, outcome.report.language)
}

fn unseen(outcome: &Outcome, reach: &Reach) -> Vec<String> {
    let facts = &outcome.facts;
    let states = |indicator: &IndicatorId| {
        let mut own = reach.own();
        own.any(|(_, plan)| !facts.figures_of_by(plan, *indicator).is_empty())
    };
    let seen = |indicator: &IndicatorId| {
        let cells = outcome.cells.as_ref();
        cells.is_some_and(|cells| cells.has_seen(*indicator))
    };
    let all = facts.catalogue.all();
    let unseen = all.filter(|indicator| !seen(indicator) && states(indicator));
    unseen.map(|indicator| name(indicator, outcome)).collect()
}

fn unmentioned(outcome: &Outcome, reach: &Reach, unread: &BTreeSet<usize>) -> Vec<Unmentioned> {
    let facts = &outcome.facts;
    let promised = |plan: PlanId| -> Vec<IndicatorId> {
        let figures = facts.figures_of(plan);
        let targets = figures.filter(|id| facts.holds(FigureSet::Targets, *id));
        let mut all: Vec<_> = targets.map(|id| facts.figure(id).indicator).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let promised: rustc_hash::FxHashMap<PlanId, Vec<IndicatorId>> = reach
        .plans
        .iter()
        .map(|(plan, _)| (*plan, promised(*plan)))
        .collect();
    let whole = reach.own().filter(|(at, _)| !unread.contains(at));
    let each = whole.flat_map(|(at, plan)| {
        let superiors = facts.superior_plans(plan).iter();
        superiors.map(move |superior| (at, plan, *superior))
    });
    let unmentioned = each.filter_map(|(at, plan, superior)| {
        let promised = promised.get(&superior)?.iter();
        let silent = promised.filter(|id| facts.figures_of_by(plan, **id).is_empty());
        let indicators: Vec<String> = silent.map(|id| name(*id, outcome)).collect();
        Some(Unmentioned {
            plan: at,
            superior: reach.place(superior)?,
            indicators,
        })
        .filter(|of| !of.indicators.is_empty())
    });
    unmentioned.collect()
}

/// Of the whole table, or of what lies below the regions that the report is about.
fn regions<'f>(
    facts: &'f Facts,
    reach: &'f Reach,
) -> impl Iterator<Item = crate::region::RegionId> {
    let regions = &facts.regions;
    let own: Vec<_> = reach.own().map(|(_, plan)| facts.region_of(plan)).collect();
    let within = move |id: &crate::region::RegionId| {
        reach.is_all() || own.iter().any(|own| regions.is_within(*id, *own))
    };
    regions.in_order().iter().copied().filter(within)
}

fn without_plan(facts: &Facts, reach: &Reach) -> Vec<WithoutPlan> {
    let mut all: Vec<(Option<_>, WithoutPlan)> = Vec::new();
    let silent = regions(facts, reach).filter(|id| facts.plans_of(*id).is_empty());
    for id in silent {
        let parent = facts.regions.parent(id);
        let name = facts.regions.get(id).name.clone();
        let known = all.iter_mut().rev().find(|(above, _)| *above == parent);
        if let Some((_, known)) = known {
            known.regions.push(name);
            continue;
        }
        let above = parent.map(|parent| facts.regions.get(parent).name.clone());
        let of = WithoutPlan {
            above: above.unwrap_or_else(|| "—".to_owned()),
            regions: vec![name],
        };
        all.push((parent, of));
    }
    all.into_iter().map(|(_, of)| of).collect()
}

fn levels(outcome: &Outcome, reach: &Reach) -> Vec<(String, usize, usize)> {
    let facts = &outcome.facts;
    let levels = Level::ALL.into_iter().filter_map(|level| {
        let all = regions(facts, reach).filter(|id| facts.regions.get(*id).level == level);
        let all: Vec<_> = all.collect();
        let with = all.iter().filter(|id| !facts.plans_of(**id).is_empty());
        let word = show(&Value::Word(level.word()), facts, outcome.report.language);
        (!all.is_empty()).then(|| (word, all.len(), with.count()))
    });
    levels.collect()
}
