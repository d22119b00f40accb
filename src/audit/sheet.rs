//! A plan's own rows, as a planner knows them, each value with how it stands and what the superior says.

use super::entry::Found;
use super::figure::{nature, standing, superiors};
use super::scope::Reach;
use super::standing::State;
use crate::check::Outcome;
use crate::facts::{Facts, Figure, FigureId, FigureKind, Origin};
use crate::value::{Value, show};

/// A row: of the indicator table, or a figure of the prose.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// The indicator, by its place in the report; nothing where it has none.
    pub indicator: String,
    /// The name as the plan prints it, where it differs.
    pub printed: Option<String>,
    /// The unit as the plan prints it.
    pub unit: String,
    /// Binding or anticipatory, in words, where printed.
    pub nature: Option<String>,
    /// Where it stands, in words: the table, the prose, a monitoring report.
    pub origin: String,
    /// Whose figures they are, where not the plan's own region's.
    pub region: Option<String>,
    /// Its figures, baselines first, each by year.
    pub figures: Vec<SheetFigure>,
}

/// A figure of a row.
#[derive(Clone, Debug)]
pub struct SheetFigure {
    /// The year.
    pub year: i32,
    /// What it is, in words: baseline, target, actual.
    pub kind: String,
    /// Whether it is a target.
    pub is_target: bool,
    /// As printed; empty where there is none.
    pub printed: String,
    /// How it stands.
    pub state: State,
    /// What is said of it: findings and what could not be decided.
    pub said: Vec<String>,
    /// What the nearest superior says, each of its plans: `≥73.7（西藏自治区，2025年）`.
    pub superior: Option<String>,
}

/// The rows of a plan of the report.
pub(super) fn rows(outcome: &Outcome, reach: &Reach, plan: usize, found: &Found) -> Vec<SheetRow> {
    let Some((id, true)) = reach.plans.get(plan).copied() else {
        return Vec::new();
    };
    let facts = &outcome.facts;
    let language = outcome.report.language;
    let word = |word| show(&Value::Word(word), facts, language);
    let figures = facts.figures_of(id).map(|id| facts.figure(id));
    let figures: Vec<Figure<'_>> = figures.filter(|figure| is_there(facts, figure)).collect();
    let same = |a: &Figure<'_>, b: &Figure<'_>| a.row().is_some() && a.row() == b.row();
    let rows = figures.chunk_by(same).filter_map(|of| {
        let first = of.first()?;
        let form = first.row().map(|row| facts.form_of(row));
        let indicator = show(&Value::Indicator(first.indicator), facts, language);
        let printed = form.and_then(|form| form.name.clone());
        let unit = form
            .map(|form| form.unit.clone())
            .filter(|unit| !unit.is_empty());
        let region = (!first.own).then(|| facts.regions.get(first.region()).name.clone());
        let figures = of.iter().map(|of| figure(of, outcome, found));
        Some(SheetRow {
            printed: printed.filter(|name| *name != indicator),
            indicator,
            unit: unit.unwrap_or_else(|| facts.catalogue.units.name(first.value.unit)),
            nature: of.iter().find_map(|of| nature(of, facts, language)),
            origin: word(first.origin.word()),
            region,
            figures: figures.collect(),
        })
    });
    rows.collect()
}

/// Whether a figure is printed, or its row prints nothing at all.
fn is_there(facts: &Facts, figure: &Figure<'_>) -> bool {
    !figure.value.printed.is_empty()
        || figure.origin == Origin::Table
            && figure.row().is_some_and(|row| facts.row(row).targets == 0)
}

fn figure(of: &Figure<'_>, outcome: &Outcome, found: &Found) -> SheetFigure {
    let (facts, language) = (&outcome.facts, outcome.report.language);
    let is_target = of.kind == FigureKind::Target;
    let none = (Vec::new(), Vec::new());
    let (entries, undecided) = found.at.get(&of.span()).unwrap_or(&none);
    let entries = || entries.iter().filter_map(|at| found.entries.get(*at));
    let undecided = || undecided.iter().filter_map(|at| found.undecided.get(*at));
    let (state, _) = standing(of, outcome, found);
    let told = entries().map(|entry| (&entry.code, &entry.message));
    let told = told.chain(undecided().map(|of| (&of.code, &of.message)));
    SheetFigure {
        year: of.year,
        kind: show(&Value::Word(of.kind.word()), facts, language),
        is_target,
        printed: of.value.printed.clone(),
        state,
        said: told
            .map(|(code, message)| format!("{message} [{code}]"))
            .collect(),
        superior: is_target.then(|| superior(of.id, outcome)).flatten(),
    }
}

fn superior(of: FigureId, outcome: &Outcome) -> Option<String> {
    let (facts, language) = (&outcome.facts, outcome.report.language);
    let each = superiors(of, facts).into_iter().map(|above| {
        let printed = show(&Value::Figure(above), facts, language);
        let above = facts.figure(above);
        let region = &facts.regions.get(above.region()).name;
        let year = above.year;
        language.pick(
            format!("{printed}（{region}，{year}年）"),
            format!("{printed} ({region}, {year})"),
        )
    });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| each.join(language.pick("；", "; ")))
}
