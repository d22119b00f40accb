//! The indicators of a report: what nation, region, prefecture and county promise of each, side by side.

use super::chart::{self, Axis, Extent};
use super::figure::{nature, read};
use super::scope::Reach;
use super::standing::{State, States};
use crate::bound::Better;
use crate::catalogue::IndicatorId;
use crate::check::{Counts, Outcome};
use crate::facts::{FigureId, PlanId};
use crate::language::Language;
use crate::quantity::Number;
use crate::region::Level;
use crate::value::{Value, show};

/// Lines that an indicator's chart has room for.
const MOST: usize = 24;

/// An indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Which way it improves, in words.
    pub better: String,
    /// One line of definition with its source.
    pub definition: Option<String>,
    /// How the checks on it came out.
    pub counts: Counts,
    /// What the plans promise, in the order of the plans.
    pub lines: Vec<Line>,
    /// How many further lines there are: of a nation's plans a chart shows the highest and those with findings.
    pub left_out: usize,
    /// The axis that all lines share; none where no figure can be placed on one.
    pub axis: Option<Axis>,
}

/// A target with its baseline.
#[derive(Clone, Debug)]
pub struct Line {
    /// The plan, by its place in the report.
    pub plan: usize,
    /// The region's level, in words.
    pub level: String,
    /// The region's name.
    pub region: String,
    /// The baseline as printed, and its year.
    pub baseline: Option<(String, i32)>,
    /// The target as printed.
    pub target: String,
    /// Its year.
    pub year: i32,
    /// The target as read.
    pub read: String,
    /// Binding or anticipatory, in words, where printed.
    pub nature: Option<String>,
    /// How the plan's checks on the indicator came out; of a plan that the report is not about, nothing.
    pub state: Option<State>,
    /// The finding that says so.
    pub anchor: Option<String>,
    /// Where the baseline lies on the axis.
    pub from: Option<Extent>,
    /// Where the target lies on the axis.
    pub to: Option<Extent>,
    /// Where that of the nearest superior lies which it answers to.
    pub above: Option<Extent>,
}

/// A line while its axis is not known.
struct Raw {
    line: Line,
    rank: (bool, Level),
    from: Option<Ends>,
    to: Option<Ends>,
    above: Option<Ends>,
}

type Ends = (Option<f64>, Option<f64>);

pub(super) fn all(outcome: &Outcome, reach: &Reach, states: &States<'_>) -> Vec<Indicator> {
    let indicators = outcome.facts.catalogue.all();
    indicators
        .filter_map(|indicator| one(indicator, outcome, reach, states))
        .collect()
}

fn one(
    id: IndicatorId,
    outcome: &Outcome,
    reach: &Reach,
    states: &States<'_>,
) -> Option<Indicator> {
    let (facts, language) = (&outcome.facts, outcome.report.language);
    // What only superiors state is no part of a report about others.
    let mut own = reach.own();
    own.find(|(_, plan)| states.states(*plan, id))?;
    let mut counts = Counts::default();
    if let Some(cells) = &outcome.cells {
        for (_, plan) in reach.own() {
            counts.add(&cells.of_indicator(plan, id));
        }
    }
    let mut raw: Vec<Raw> = Vec::new();
    for (at, (plan, is_reported)) in reach.plans.iter().enumerate() {
        let (state, _, anchor) = states.get(*plan, id);
        let told = is_reported.then_some((state, anchor));
        let targets = facts.targets_of(*plan, id);
        raw.extend(targets.map(|target| line((at, *plan), target, told, outcome)));
    }
    let left_out = raw.len().saturating_sub(MOST);
    if left_out > 0 {
        let mut ranks: Vec<(bool, Level, usize)> = raw
            .iter()
            .enumerate()
            .map(|(at, raw)| (raw.rank.0, raw.rank.1, at))
            .collect();
        ranks.sort_unstable();
        let mut kept: Vec<usize> = ranks.iter().take(MOST).map(|(.., at)| *at).collect();
        kept.sort_unstable();
        let mut at = 0;
        raw.retain(|_| {
            at += 1;
            kept.binary_search(&(at - 1)).is_ok()
        });
    }
    let ends = raw
        .iter()
        .flat_map(|raw| [raw.from, raw.to, raw.above])
        .flatten();
    let values: Vec<f64> = ends.flat_map(|(low, high)| [low, high]).flatten().collect();
    let axis = Axis::new(&values);
    let lines = raw.into_iter().map(|raw| {
        let on = |ends| axis.as_ref().map(|axis| axis.span(ends));
        Line {
            from: raw.from.and_then(on),
            to: raw.to.and_then(on),
            above: raw.above.and_then(on),
            ..raw.line
        }
    });
    let lines = lines.collect();
    let indicator = facts.catalogue.get(id);
    Some(Indicator {
        id: indicator.id.clone(),
        name: language.pick(&indicator.name, &indicator.english).clone(),
        unit: facts.catalogue.units.name(indicator.unit),
        better: better(indicator.better, language).to_owned(),
        definition: indicator.definition.clone(),
        counts,
        lines,
        left_out,
        axis,
    })
}

const fn better(better: Better, language: Language) -> &'static str {
    match (better, language) {
        (Better::Higher, Language::Chinese) => "越高越好",
        (Better::Lower, Language::Chinese) => "越低越好",
        (Better::Neither, Language::Chinese) => "无优劣方向",
        (Better::Higher, Language::English) => "higher is better",
        (Better::Lower, Language::English) => "lower is better",
        (Better::Neither, Language::English) => "no better direction",
    }
}

fn line(
    (at, plan): (usize, PlanId),
    id: FigureId,
    told: Option<(State, Option<&str>)>,
    outcome: &Outcome,
) -> Raw {
    let (facts, language) = (&outcome.facts, outcome.report.language);
    let figure = facts.figure(id);
    let region = facts.regions.get(facts.region_of(plan));
    let factor = facts.catalogue.factor(figure.indicator);
    let ends = |id: FigureId| ends(&facts.figure(id).value.bound, factor);
    let baseline = figure.baseline();
    let baseline = baseline.filter(|id| !facts.figure(*id).value.printed.is_empty());
    let printed = |id: FigureId| {
        let of = facts.figure(id);
        (show(&Value::Figure(id), facts, language), of.year)
    };
    let state = told.map(|(state, _)| state);
    let is_quiet = state.is_none_or(|state| state > State::Warning);
    Raw {
        rank: (is_quiet && region.level > Level::Province, region.level),
        from: baseline.and_then(ends),
        to: ends(id),
        above: told.and_then(|_| ends(facts.nearest_superior(id).0?)),
        line: Line {
            plan: at,
            level: show(&Value::Word(region.level.word()), facts, language),
            region: region.name.clone(),
            baseline: baseline.map(printed),
            target: show(&Value::Figure(id), facts, language),
            year: figure.year,
            read: read(id, facts, language),
            nature: nature(&figure, facts, language),
            state,
            anchor: told.and_then(|(_, anchor)| anchor.map(str::to_owned)),
            from: None,
            to: None,
            above: None,
        },
    }
}

fn ends(bound: &Result<crate::bound::Bound, crate::bound::Reason>, factor: Number) -> Option<Ends> {
    chart::ends(bound.as_ref().ok()?, factor)
}
