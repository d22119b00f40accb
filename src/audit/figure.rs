//! Figures in words, as every part of a report tells them.

use super::entry::Found;
use super::standing::State;
use crate::check::Outcome;
use crate::facts::{Facts, Figure, FigureId};
use crate::language::Language;
use crate::model::Part;
use crate::relation::column;
use crate::value::{Kind, Value, show};

/// What a figure promises or states, as it was read; the reason in brackets where that is unknown.
pub(super) fn read(id: FigureId, facts: &Facts, language: Language) -> String {
    told(id, "bound", facts, language)
}

/// What a figure obliges to, where that is printed.
pub(super) fn nature(of: &Figure<'_>, facts: &Facts, language: Language) -> Option<String> {
    of.nature.map(|_| told(of.id, "nature", facts, language))
}

fn told(id: FigureId, name: &str, facts: &Facts, language: Language) -> String {
    let of = Value::Figure(id);
    let column = column(Kind::Figure, name);
    let value = column.map(|column| column.value(facts, &of));
    value.map_or_else(String::new, |value| show(&value, facts, language))
}

/// What the nearest superiors that give a value say of a target: each plan of that region.
pub(super) fn superiors(of: FigureId, facts: &Facts) -> Vec<FigureId> {
    let nearest = facts.nearest_superior(of).0;
    let Some(region) = nearest.map(|id| facts.figure(id).region()) else {
        return Vec::new();
    };
    let all = facts.superiors(of).filter(|id| {
        let above = facts.figure(*id);
        above.region() == region && above.is_given() != Some(false)
    });
    all.collect()
}

/// How a figure stands by what is told of it or of its row, and the finding that says so.
pub(super) fn standing<'f>(
    of: &Figure<'_>,
    outcome: &Outcome,
    found: &'f Found,
) -> (State, Option<&'f str>) {
    let row = of
        .row()
        .map(|row| outcome.facts.row(row).place(Part::Indicator));
    let places = || std::iter::once(of.span()).chain(row);
    let told = || places().filter_map(|place| found.at.get(&place));
    let entries = told().flat_map(|(entries, _)| entries);
    let entries = entries.filter_map(|at| found.entries.get(*at));
    let gravest = entries.min_by_key(|entry| entry.state());
    if let Some(entry) = gravest {
        return (entry.state(), Some(&entry.shown_at));
    }
    if places().any(|place| found.accepted_at.contains(&place)) {
        return (State::Allowed, None);
    }
    let undecided = told().flat_map(|(_, undecided)| undecided);
    let mut undecided = undecided.filter_map(|at| found.undecided.get(*at));
    if let Some(undecided) = undecided.next() {
        return (State::Undetermined, Some(&undecided.anchor));
    }
    let cells = outcome.cells.as_ref();
    let is_checked = cells.is_some_and(|cells| cells.has_checked(of.id));
    let state = if is_checked {
        State::Holds
    } else {
        State::Unchecked
    };
    (state, None)
}
