//! How plans and their indicators stand.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::entry::Found;
use super::scope::Reach;
use crate::catalogue::IndicatorId;
use crate::check::{Cells, Counts, Outcome};
use crate::facts::{Facts, PlanId};
use crate::problem::Severity;

/// How something stands, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Something does not hold: an error.
    Error,
    /// Something does not hold: a warning.
    Warning,
    /// Something does not hold: a note.
    Note,
    /// Something does not hold, and was accepted.
    Allowed,
    /// Something could not be decided; all else holds.
    Undetermined,
    /// All that was asked holds.
    Holds,
    /// It is stated, and no rule asked about it.
    Unchecked,
    /// It is not stated.
    NotStated,
}

impl State {
    /// Every state, the gravest first.
    pub const ALL: [Self; 8] = [
        Self::Error,
        Self::Warning,
        Self::Note,
        Self::Allowed,
        Self::Undetermined,
        Self::Holds,
        Self::Unchecked,
        Self::NotStated,
    ];

    /// That of a violation.
    #[must_use]
    pub const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }

    const fn of_counts(counts: &Counts) -> Self {
        if counts.violated > 0 {
            // A violation that no finding of the report is about: withheld.
            Self::Note
        } else if counts.allowed > 0 {
            Self::Allowed
        } else if counts.undetermined > 0 {
            Self::Undetermined
        } else if counts.holds > 0 {
            Self::Holds
        } else {
            Self::Unchecked
        }
    }
}

/// How a plan stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its findings of severity error.
    pub errors: usize,
    /// Its findings of severity warning.
    pub warnings: usize,
    /// Its findings of severity note.
    pub notes: usize,
    /// How its checks came out.
    pub counts: Counts,
}

impl Standing {
    /// Counts a finding.
    pub const fn take(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// Adds another's counts.
    pub const fn add(&mut self, more: &Self) {
        self.errors += more.errors;
        self.warnings += more.warnings;
        self.notes += more.notes;
        self.counts.add(&more.counts);
    }

    /// How it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        match self {
            Self { errors: 1.., .. } => State::Error,
            Self { warnings: 1.., .. } => State::Warning,
            Self { notes: 1.., .. } => State::Note,
            _ => State::of_counts(&self.counts),
        }
    }
}

/// How the indicators of plans stand.
pub(super) struct States<'s> {
    facts: &'s Facts,
    cells: Option<&'s Cells>,
    /// Of each plan and indicator the gravest finding, or else the first that could not be decided.
    told: FxHashMap<(PlanId, IndicatorId), (State, usize, String)>,
    /// Plans of which something could not be read, each with a finding that says so: of what they do not state nobody knows
    /// whether it stands there.
    incomplete: FxHashMap<PlanId, String>,
}

impl<'s> States<'s> {
    pub fn new(outcome: &'s Outcome, reach: &Reach, found: &Found) -> Self {
        let facts = &outcome.facts;
        let mut told: FxHashMap<_, (State, usize, String)> = FxHashMap::default();
        let mut take = |plan: Option<usize>, indicator: Option<&String>, state, anchor: &str| {
            let plan = plan.and_then(|at| reach.plans.get(at));
            let indicator = indicator.and_then(|id| facts.catalogue.find(id));
            if let Some(((plan, _), indicator)) = plan.zip(indicator) {
                let new = || (state, 0, anchor.to_owned());
                let known = told.entry((*plan, indicator)).or_insert_with(new);
                if state < known.0 {
                    *known = new();
                }
                known.1 += usize::from(known.0 == state);
            }
        };
        let mut entries: Vec<_> = found.entries.iter().collect();
        entries.sort_by_key(|entry| Reverse(entry.severity));
        for entry in entries {
            let state = entry.state();
            take(entry.plan, entry.indicator.as_ref(), state, &entry.shown_at);
        }
        for entry in found.accepted.iter().flat_map(|of| &of.covers) {
            let indicator = entry.indicator.as_ref();
            take(entry.plan, indicator, State::Allowed, &entry.anchor);
        }
        for of in &found.undecided {
            let state = State::Undetermined;
            take(of.plan, of.indicator.as_ref(), state, &of.anchor);
        }
        let unread = found.entries.iter().filter(|entry| entry.is_incomplete);
        let unread = unread.filter_map(|entry| {
            let (plan, _) = reach.plans.get(entry.plan?)?;
            Some((*plan, entry.shown_at.clone()))
        });
        Self {
            facts,
            cells: outcome.cells.as_ref(),
            told,
            incomplete: unread.collect(),
        }
    }

    /// How an indicator of a plan stands, of how many checks, and where in the report it is told.
    pub fn get(&self, plan: PlanId, indicator: IndicatorId) -> (State, usize, Option<&str>) {
        let counts = self.cells.map(|cells| cells.of_indicator(plan, indicator));
        let counts = counts.unwrap_or_default();
        let state = State::of_counts(&counts);
        let told = self.told.get(&(plan, indicator));
        let (state, number, anchor) = match told {
            Some((told, number, anchor)) if *told <= state || state == State::Note => {
                (*told, *number, Some(anchor.as_str()))
            }
            _ => (state, counts.all(), None),
        };
        if self.states(plan, indicator) || state <= State::Note {
            return (state, number, anchor);
        }
        match self.incomplete.get(&plan) {
            Some(anchor) => (State::Undetermined, 1, Some(anchor)),
            None => (State::NotStated, number, anchor),
        }
    }

    /// Whether a plan says anything of an indicator.
    pub fn states(&self, plan: PlanId, indicator: IndicatorId) -> bool {
        !self.facts.figures_of_by(plan, indicator).is_empty()
    }
}
