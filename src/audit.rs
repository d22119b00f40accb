//! What a report says: one value that every format of it is written from, all texts in the report's language.

mod chart;
mod coverage;
mod entry;
mod evidence;
mod figure;
mod indicator;
mod input;
mod matrix;
mod plan;
mod rule;
mod scope;
mod sheet;
mod standing;
mod summary;
mod tree;
mod verify;

pub use chart::{Axis, Extent};
pub use coverage::{Coverage, Unmentioned, WithoutPlan};
pub use entry::{Accepted, Entry, Undecided};
pub use evidence::Evidence;
pub use indicator::{Indicator, Line};
pub use input::{Input, Manifest, Noted, inputs};
pub use matrix::{Block, Cell, MatrixRow};
pub use plan::{Plan, Unlisted, said as day};
pub use rule::Rule;
pub use scope::Scope;
pub use sheet::{SheetFigure, SheetRow};
pub use standing::{Standing, State};
pub use summary::Summary;
pub use tree::Branch;
pub use verify::{Verification, verify};

use crate::check::Outcome;
use crate::language::{Language, Said};
use crate::model::Date;
use scope::Reach;

/// What a report is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day it is of: accepted deviations end by it, and it stands on the cover.
    pub date: Date,
    /// What it is about.
    pub scope: Scope,
    /// The files that it is limited to; all where it is empty.
    pub only: Vec<String>,
    /// The files that the check read.
    pub inputs: Vec<Input>,
}

/// A report in full.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The language of its texts.
    pub language: Language,
    /// The day it is of.
    pub date: Date,
    /// The version of planlint.
    pub version: &'static str,
    /// What it is about, where that is not all.
    pub scope: Option<String>,
    /// What a program needs to check it again.
    pub manifest: Manifest,
    /// How it came out, in plain words.
    pub summary: Summary,
    /// The plans, each region's before those of the regions below it: those it is about, and those that they answer to.
    pub plans: Vec<Plan>,
    /// The regions that these plans are of, and all above them.
    pub regions: Vec<Branch>,
    /// The rules that were asked, by id.
    pub rules: Vec<Rule>,
    /// The indicators that these plans state, in the catalogue's order.
    pub indicators: Vec<Indicator>,
    /// How each indicator of each plan came out, in as many tables as have room for the plans.
    pub matrix: Vec<Block>,
    /// What was found, by path, line and rule.
    pub entries: Vec<Entry>,
    /// Those about no plan: places in [`entries`](Self::entries).
    pub general: Vec<usize>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
    /// The accepted deviations that were made use of.
    pub accepted: Vec<Accepted>,
    /// What was not looked at, both ways.
    pub coverage: Coverage,
    /// What these plans' files hold otherwise: findings that show drafts of other regions, which are not told here.
    pub withheld: usize,
    /// The files that were read.
    pub inputs: Vec<Input>,
}

/// Puts a report together, of a check that was asked for [`cells`](crate::check::Options::cells).
///
/// # Errors
/// A region or plan that is not there, or has nothing to report on.
pub fn audit(outcome: &Outcome, request: &Request) -> Result<Audit, Said> {
    let reach = Reach::new(outcome, &request.scope, &request.only)?;
    let language = outcome.report.language;
    let facts = &outcome.facts;
    let mut rules = rule::all(outcome, &reach);
    let mut plans = plan::all(outcome, &reach);
    let found = entry::all(outcome, &reach, &plans, &rules);
    let mut general = Vec::new();
    for (at, entry) in found.entries.iter().enumerate() {
        if let Some(rule) = entry.rule.and_then(|rule| rules.get_mut(rule)) {
            rule.findings += 1;
        }
        match entry.plan.and_then(|plan| plans.get_mut(plan)) {
            Some(plan) => plan.take(at, entry),
            None => general.push(at),
        }
    }
    let gravest = |at: &usize| {
        let entry = found.entries.get(*at);
        entry.map(|entry| std::cmp::Reverse(entry.severity))
    };
    general.sort_by_key(gravest);
    for plan in &mut plans {
        plan.entries.sort_by_key(gravest);
    }
    for (at, undecided) in found.undecided.iter().enumerate() {
        if let Some(plan) = undecided.plan.and_then(|plan| plans.get_mut(plan)) {
            plan.undecided.push(at);
        }
    }
    let states = standing::States::new(outcome, &reach, &found);
    let indicators = indicator::all(outcome, &reach, &states, &found);
    let matrix = matrix::blocks(outcome, &reach, &indicators, &states);
    for (at, plan) in plans.iter_mut().enumerate() {
        plan.rows = sheet::rows(outcome, &reach, at, &found);
    }
    let coverage = coverage::coverage(outcome, &reach, &rules, &found);
    let regions = tree::branches(facts, &reach);
    let summary = summary::summary(outcome, &reach, &plans, &found);
    let manifest = Manifest::new(request, language, &found, &summary);
    Ok(Audit {
        language,
        date: request.date,
        version: env!("CARGO_PKG_VERSION"),
        scope: reach.said(facts, language),
        manifest,
        summary,
        plans,
        regions,
        rules,
        indicators,
        matrix,
        entries: found.entries,
        general,
        undecided: found.undecided,
        accepted: found.accepted,
        coverage,
        withheld: found.withheld,
        inputs: request.inputs.clone(),
    })
}
