//! The indicators of a report: what nation, region, prefecture and county promise of each, side by side.

use super::chart::{self, Axis, Extent};
use super::entry::Found;
use super::figure::{nature, read, standing, superiors};
use super::scope::Reach;
use super::standing::{State, States};
use crate::bound::Better;
use crate::catalogue::IndicatorId;
use crate::check::{Counts, Outcome};
use crate::facts::{FigureId, FigureSet, PlanId};
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
    /// The target as printed, and its year; nothing where the plan has no target of the indicator.
    pub target: Option<(String, i32)>,
    /// The target as read, or else the baseline.
    pub read: String,
    /// Binding or anticipatory, in words, where printed.
    pub nature: Option<String>,
    /// How the checks on the target came out; of a plan that the report is not about, nothing.
    pub state: Option<State>,
    /// The finding that says so.
    pub anchor: Option<String>,
    /// Where the baseline lies on the axis.
    pub from: Option<Extent>,
    /// Where the target lies on the axis.
    pub to: Option<Extent>,
    /// Where those of the nearest superior lie which it answers to.
    pub above: Vec<Extent>,
}

/// A line while its axis is not known.
struct Raw {
    line: Line,
    rank: (bool, Level),
    from: Option<Ends>,
    to: Option<Ends>,
    above: Vec<Ends>,
}

type Ends = (Option<f64>, Option<f64>);

pub(super) fn all(
    outcome: &Outcome,
    reach: &Reach,
    states: &States<'_>,
    found: &Found,
) -> Vec<Indicator> {
    let indicators = outcome.facts.catalogue.all();
    indicators
        .filter_map(|indicator| one(indicator, outcome, reach, (states, found)))
        .collect()
}

fn one(
    id: IndicatorId,
    outcome: &Outcome,
    reach: &Reach,
    (states, found): (&States<'_>, &Found),
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
        let found = is_reported.then_some(found);
        let targets: Vec<FigureId> = facts.targets_of(*plan, id).collect();
        if targets.is_empty() && *is_reported {
            let all = facts.figures_of_by(*plan, id);
            let printed = all.filter(|id| !facts.figure(*id).value.printed.is_empty());
            raw.extend(printed.map(|id| line((at, *plan), id, found, outcome)));
        }
        raw.extend(
            targets
                .into_iter()
                .map(|id| line((at, *plan), id, found, outcome)),
        );
    }
    let left_out = cut(&mut raw);
    let ends = raw.iter().flat_map(|raw| {
        let own = [raw.from, raw.to].into_iter().flatten();
        own.chain(raw.above.iter().copied())
    });
    let values: Vec<f64> = ends.flat_map(|(low, high)| [low, high]).flatten().collect();
    let axis = Axis::new(&values);
    let lines = raw.into_iter().map(|raw| {
        let on = |ends| axis.as_ref().map(|axis| axis.span(ends));
        Line {
            from: raw.from.and_then(on),
            to: raw.to.and_then(on),
            above: raw.above.iter().filter_map(|ends| on(*ends)).collect(),
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

/// Leaves as many lines as there is room for, in their order, and says how many others there are.
fn cut(raw: &mut Vec<Raw>) -> usize {
    let left_out = raw.len().saturating_sub(MOST);
    let ranked = raw.iter().enumerate();
    let mut ranked: Vec<_> = ranked.map(|(at, raw)| (raw.rank, at)).collect();
    ranked.sort_unstable();
    let mut kept: Vec<usize> = ranked.into_iter().take(MOST).map(|(_, at)| at).collect();
    kept.sort_unstable();
    let mut at = 0..raw.len();
    raw.retain(|_| at.next().is_some_and(|at| kept.binary_search(&at).is_ok()));
    left_out
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

/// A target with its baseline, or a figure of a plan that has no target.
fn line(
    (at, plan): (usize, PlanId),
    id: FigureId,
    found: Option<&Found>,
    outcome: &Outcome,
) -> Raw {
    let (facts, language) = (&outcome.facts, outcome.report.language);
    let figure = facts.figure(id);
    let region = facts.regions.get(facts.region_of(plan));
    let factor = facts.catalogue.factor(figure.indicator);
    let ends = |id: FigureId| ends(&facts.figure(id).value.bound, factor);
    let is_target = facts.holds(FigureSet::Targets, id);
    let baseline = if is_target {
        figure.baseline()
    } else {
        Some(id)
    };
    let baseline = baseline.filter(|id| !facts.figure(*id).value.printed.is_empty());
    let printed = |id: FigureId| {
        let of = facts.figure(id);
        (show(&Value::Figure(id), facts, language), of.year)
    };
    let told = found.map(|found| standing(&figure, outcome, found));
    let state = told.map(|(state, _)| state);
    let is_quiet = state.is_none_or(|state| state > State::Warning);
    let above = match found {
        Some(_) if is_target => superiors(id, facts),
        _ => Vec::new(),
    };
    Raw {
        rank: (is_quiet && region.level > Level::Province, region.level),
        from: baseline.and_then(ends),
        to: is_target.then(|| ends(id)).flatten(),
        above: above.into_iter().filter_map(ends).collect(),
        line: Line {
            plan: at,
            level: show(&Value::Word(region.level.word()), facts, language),
            region: region.name.clone(),
            baseline: baseline.map(printed),
            target: is_target.then(|| printed(id)),
            read: read(id, facts, language),
            nature: nature(&figure, facts, language),
            state,
            anchor: told.and_then(|(_, anchor)| anchor.map(str::to_owned)),
            from: None,
            to: None,
            above: Vec::new(),
        },
    }
}

fn ends(bound: &Result<crate::bound::Bound, crate::bound::Reason>, factor: Number) -> Option<Ends> {
    chart::ends(bound.as_ref().ok()?, factor)
}
