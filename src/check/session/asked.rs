//! Which checks are to be made again when a plan changes.

use std::mem;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Session;
use super::marks::Marks;
use crate::catalogue::IndicatorId;
use crate::check::run::Over;
use crate::facts::{Draft, Facts, PlanId};
use crate::model::{Few, Plan};
use crate::query::{Reads, keeps_indicator, reach, reads};
use crate::relation::Reach;
use crate::resolve::TypedRule;

/// What a rule reads of plans, seen from the plan that it is asked of.
#[derive(Debug)]
pub(super) struct Reading {
    pub reach: Reach,
    /// Whether it reads of other plans but their heads and figures of the indicator that it asks about.
    keeps: bool,
    reads: Reads,
}

impl Reading {
    pub fn of(rule: &TypedRule) -> Self {
        Self {
            reach: reach(rule),
            keeps: keeps_indicator(rule),
            reads: reads(rule),
        }
    }
}

/// The checks of a rule that are made again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    All,
    /// Those of some plans, by number.
    Plans(Vec<PlanId>),
    /// Those of a plan, and of others those of some indicators.
    Figures {
        plan: PlanId,
        others: Arc<Readers>,
        indicators: Vec<IndicatorId>,
    },
}

/// The plans that may read another, which rules of one reach share.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Readers {
    pub plans: Vec<PlanId>,
    /// The same.
    pub marks: Marks,
}

impl Readers {
    fn new(plans: Vec<PlanId>) -> Self {
        let marks = plans.iter().map(|plan| plan.0).collect();
        Self { plans, marks }
    }
}

/// The same of one plan, for every reach that was asked for.
#[derive(Debug, Default)]
pub(super) struct AllReaders {
    plan: Option<PlanId>,
    known: Vec<(Reach, Arc<Readers>)>,
}

impl AllReaders {
    /// Those of a plan: what is known of another says nothing of it.
    fn of(self, plan: PlanId) -> Self {
        if self.plan == Some(plan) {
            return self;
        }
        Self {
            plan: Some(plan),
            known: Vec::new(),
        }
    }

    fn get(&mut self, facts: &Facts, plan: PlanId, reach: Reach) -> Arc<Readers> {
        if let Some((_, readers)) = self.known.iter().find(|(of, _)| *of == reach) {
            return Arc::clone(readers);
        }
        let readers = reach.readers_of(facts, plan).unwrap_or_default();
        let readers = Arc::new(Readers::new(readers));
        self.known.push((reach, Arc::clone(&readers)));
        readers
    }
}

/// What of a plan changes for those who read it.
struct Difference {
    /// What it is compared by, what it is called, or what it accepts.
    head: bool,
    /// Its entries that are no figures.
    entries: bool,
}

impl Difference {
    fn new(old: &Plan, new: &Plan) -> Self {
        let head = |plan: &Plan| Plan {
            claims: Few::default(),
            observations: Few::default(),
            changes: Few::default(),
            rosters: Few::default(),
            counts: Few::default(),
            commitments: Few::default(),
            tasks: Few::default(),
            ..plan.clone()
        };
        let (old, new) = (old.unplaced(), new.unplaced());
        let entries = old.changes != new.changes
            || old.rosters != new.rosters
            || old.counts != new.counts
            || old.commitments != new.commitments
            || old.tasks != new.tasks;
        Self {
            head: head(&old) != head(&new),
            entries,
        }
    }
}

impl Session {
    /// By rule, the checks that a plan's new reading may change.
    pub(super) fn asked(&mut self, plan: PlanId, draft: &Draft) -> Vec<Asked> {
        let difference = Difference::new(self.facts.plan(plan), draft.plan());
        let wide = difference.head || self.allowances.concern(plan, draft.plan());
        let known = mem::take(&mut self.readers);
        if wide {
            let readings = self.readings.iter();
            let asked = readings.map(|reading| self.widely(plan, draft, reading.reach));
            return asked.collect();
        }
        let mut known = known.of(plan);
        let of = |reading: &Reading| {
            let readers = || known.get(&self.facts, plan, reading.reach);
            narrowly(plan, draft, reading, difference.entries, readers)
        };
        let asked = self.readings.iter().map(of).collect();
        self.readers = known;
        asked
    }

    /// All checks that may read the plan, where it is and where it will be.
    fn widely(&self, plan: PlanId, draft: &Draft, reach: Reach) -> Asked {
        let mut plans = vec![plan];
        if reach != Reach::Own {
            for region in [self.facts.region_of(plan), draft.plan().region.value] {
                match reach.readers(&self.facts, region) {
                    Some(readers) => plans.extend(readers),
                    None => return Asked::All,
                }
            }
            plans.sort_unstable();
            plans.dedup();
        }
        Asked::Plans(plans)
    }
}

/// Those that may read what is another.
fn narrowly(
    plan: PlanId,
    draft: &Draft,
    reading: &Reading,
    entries: bool,
    readers: impl FnOnce() -> Arc<Readers>,
) -> Asked {
    // Where figures get other numbers, they may come in another order.
    let figures = !draft.in_place || !draft.differing.is_empty();
    let reads = reading.reads;
    let needed = (figures && reads.figures) || (entries && reads.entries);
    match reading.reach {
        Reach::Any if needed => Asked::All,
        Reach::Any => Asked::Nothing,
        _ if !needed => Asked::Plans(vec![plan]),
        _ if reading.keeps => Asked::Figures {
            plan,
            others: readers(),
            indicators: draft.differing.clone(),
        },
        _ => {
            let mut plans = readers().plans.clone();
            plans.push(plan);
            plans.sort_unstable();
            Asked::Plans(plans)
        }
    }
}

impl Asked {
    /// Whether a check of a plan, and of a figure's indicator where it is of one, is among them.
    pub fn holds(&self, of: Option<PlanId>, indicator: Option<IndicatorId>) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Plans(plans) => of.is_some_and(|of| plans.binary_search(&of).is_ok()),
            Self::Figures {
                plan,
                others,
                indicators,
            } => {
                let named = indicator.is_some_and(|of| indicators.contains(&of));
                let among = of.is_some_and(|of| others.marks.holds(of.0));
                of == Some(*plan) || (named && among)
            }
        }
    }

    /// What the rule is run over, of the plans that it is asked of.
    pub fn over(&self, plans: Option<&[PlanId]>) -> Vec<Over> {
        let meant: Option<FxHashSet<PlanId>> = plans.map(|plans| plans.iter().copied().collect());
        let both = |of: &[PlanId]| {
            let is_meant = |plan: &PlanId| meant.as_ref().is_none_or(|meant| meant.contains(plan));
            of.iter().copied().filter(is_meant).collect::<Vec<_>>()
        };
        match self {
            Self::Nothing => Vec::new(),
            Self::All => vec![plans.map_or(Over::All, |plans| Over::Plans(plans.to_vec()))],
            Self::Plans(plans) => vec![Over::Plans(both(plans))],
            Self::Figures {
                plan,
                others,
                indicators,
            } => vec![
                Over::Plans(both(&[*plan])),
                Over::Figures(both(&others.plans), indicators.clone()),
            ],
        }
    }
}
