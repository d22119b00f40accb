//! The matrix of indicators and plans, in tables that a page has room for.

use super::indicator::Indicator;
use super::scope::Reach;
use super::standing::{State, States};
use crate::check::Outcome;
use crate::facts::PlanId;

/// Plans side by side: what a page of A4 has room for.
const WIDTH: usize = 10;

/// A table: some plans, and how each indicator of each stands.
#[derive(Clone, Debug)]
pub struct Block {
    /// What its plans have in common: the region above them.
    pub title: String,
    /// Its plans, by their places in the report.
    pub plans: Vec<usize>,
    /// A row per indicator that any of the plans states, or a plan that they answer to.
    pub rows: Vec<MatrixRow>,
}

/// An indicator's row.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// The indicator, by its place in the report.
    pub indicator: usize,
    /// A cell per plan.
    pub cells: Vec<Cell>,
}

/// How an indicator of a plan stands.
#[derive(Clone, Debug)]
pub struct Cell {
    /// How.
    pub state: State,
    /// Of how many checks; of findings, how many.
    pub count: usize,
    /// The finding that says so, by its fingerprint.
    pub anchor: Option<String>,
}

pub(super) fn blocks(
    outcome: &Outcome,
    reach: &Reach,
    indicators: &[Indicator],
    states: &States<'_>,
) -> Vec<Block> {
    let facts = &outcome.facts;
    let ids: Vec<_> = indicators
        .iter()
        .map(|indicator| facts.catalogue.find(&indicator.id))
        .collect();
    let groups = groups(outcome, reach);
    let blocks = groups.into_iter().map(|(title, plans)| {
        let rows = ids.iter().enumerate().filter_map(|(at, indicator)| {
            let indicator = (*indicator)?;
            let is_stated = |plan: PlanId| {
                let above = facts.superior_plans(plan).iter();
                above
                    .chain(std::iter::once(&plan))
                    .any(|plan| states.states(*plan, indicator))
            };
            plans
                .iter()
                .any(|(_, plan)| is_stated(*plan))
                .then_some(())?;
            let cells = plans.iter().map(|(_, plan)| {
                let (state, count, anchor) = states.get(*plan, indicator);
                Cell {
                    state,
                    count,
                    anchor: anchor.map(str::to_owned),
                }
            });
            Some(MatrixRow {
                indicator: at,
                cells: cells.collect(),
            })
        });
        Block {
            title,
            rows: rows.collect(),
            plans: plans.iter().map(|(at, _)| *at).collect(),
        }
    });
    blocks.collect()
}

type Group = (String, Vec<(usize, PlanId)>);

/// The plans that a report is about in groups: all together where they fit, else by the region above theirs.
fn groups(outcome: &Outcome, reach: &Reach) -> Vec<Group> {
    let facts = &outcome.facts;
    let own: Vec<(usize, PlanId)> = reach.own().collect();
    if own.len() <= WIDTH {
        return vec![(String::new(), own)];
    }
    let mut groups: Vec<(Option<_>, Vec<(usize, PlanId)>)> = Vec::new();
    let mut sorted: Vec<_> = own
        .into_iter()
        .map(|(at, plan)| (facts.regions.parent(facts.region_of(plan)), at, plan))
        .collect();
    // A region's plans follow those of the region above it: the place of the first tells where a group begins.
    sorted.sort_by_key(|(parent, at, _)| (*parent, *at));
    for (parent, at, plan) in sorted {
        match groups.last_mut() {
            Some((last, of)) if *last == parent && of.len() < WIDTH => of.push((at, plan)),
            _ => groups.push((parent, vec![(at, plan)])),
        }
    }
    groups.sort_by_key(|(_, plans)| plans.first().map(|(at, _)| *at));
    let region = |plan: Option<&(usize, PlanId)>| {
        let plan = plan.map(|(_, plan)| facts.region_of(*plan));
        plan.map_or("", |region| facts.regions.get(region).name.as_str())
    };
    let named = groups.into_iter().map(|(parent, plans)| {
        let (first, last) = (region(plans.first()), region(plans.last()));
        let range = if first == last {
            first.to_owned()
        } else {
            format!("{first}—{last}")
        };
        let above = parent.map(|parent| &facts.regions.get(parent).name);
        let title = above.map_or_else(|| range.clone(), |above| format!("{above} · {range}"));
        (title, plans)
    });
    named.collect()
}
