//! The tables a rule may run over.

use std::ops::Range;

use crate::facts::{Facts, FigureSet, PlanId, Section};
use crate::value::{Kind, Value};

/// A table.
pub struct Table {
    /// Its name behind `in`.
    pub name: &'static str,
    /// The kind of its entries.
    pub kind: Kind,
    /// What it holds.
    pub doc: &'static str,
    /// How many places it has; a place may be left out, as those of other figures are.
    pub places: fn(&Facts) -> usize,
    /// Hands the entries of some places out, plan by plan in printed order.
    pub each: fn(&Facts, Range<usize>, &mut dyn FnMut(Value)),
    /// Hands the entries of a plan out; `None` for a table of what is in no plan.
    pub of_plan: Option<OfPlan>,
    /// Which figures it holds, where it is one of figures: an index by indicator then answers for it.
    pub set: Option<FigureSet>,
}

/// Hands the entries of a plan out.
pub type OfPlan = fn(&Facts, PlanId, &mut dyn FnMut(Value));

impl std::fmt::Debug for Table {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.name)
    }
}

/// Every table.
pub const TABLES: &[Table] = &[
    Table {
        name: "plans",
        kind: Kind::Plan,
        doc: "Every plan.",
        places: |facts| facts.plans().len(),
        each: |facts, at, take| part(facts.plans(), at).map(Value::Plan).for_each(take),
        of_plan: Some(|_, plan, take| take(Value::Plan(plan))),
        set: None,
    },
    Table {
        name: "regions",
        kind: Kind::Region,
        doc: "Every region of the table of regions.",
        places: |facts| facts.regions.len(),
        each: |facts, at, take| {
            part(facts.regions.all(), at)
                .map(Value::Region)
                .for_each(take);
        },
        of_plan: None,
        set: None,
    },
    Table {
        name: "indicators",
        kind: Kind::Indicator,
        doc: "Every indicator of the catalogue.",
        places: |facts| facts.catalogue.len(),
        each: |facts, at, take| {
            part(facts.catalogue.all(), at)
                .map(Value::Indicator)
                .for_each(take);
        },
        of_plan: None,
        set: None,
    },
    Table {
        name: "rows",
        kind: Kind::Row,
        doc: "Every row of every plan's indicator table.",
        places: |facts| facts.rows().len(),
        each: |facts, at, take| {
            let rows = part(facts.rows(), at).filter(|row| facts.has_row(*row));
            rows.map(Value::Row).for_each(take);
        },
        of_plan: Some(|facts, plan, take| facts.rows_of(plan).map(Value::Row).for_each(take)),
        set: None,
    },
    Table {
        name: "targets",
        kind: Kind::Figure,
        doc: "A plan's own targets: one entry per row and target year, one not given for a row without any, and prose targets that no row states.",
        places: Facts::figure_count,
        each: |facts, at, take| own(facts, FigureSet::Targets, at, take),
        of_plan: Some(|facts, plan, take| figures(facts, FigureSet::Targets, plan, take)),
        set: Some(FigureSet::Targets),
    },
    Table {
        name: "baselines",
        kind: Kind::Figure,
        doc: "A plan's own baselines: one entry per row and year, one not given for a row without any.",
        places: Facts::figure_count,
        each: |facts, at, take| own(facts, FigureSet::Baselines, at, take),
        of_plan: Some(|facts, plan, take| figures(facts, FigureSet::Baselines, plan, take)),
        set: Some(FigureSet::Baselines),
    },
    Table {
        name: "claims",
        kind: Kind::Figure,
        doc: "What a plan's prose says about indicators: targets, baselines and figures as they were.",
        places: Facts::figure_count,
        each: |facts, at, take| own(facts, FigureSet::Claims, at, take),
        of_plan: Some(|facts, plan, take| figures(facts, FigureSet::Claims, plan, take)),
        set: Some(FigureSet::Claims),
    },
    Table {
        name: "observations",
        kind: Kind::Figure,
        doc: "What was measured since.",
        places: Facts::figure_count,
        each: |facts, at, take| own(facts, FigureSet::Observations, at, take),
        of_plan: Some(|facts, plan, take| figures(facts, FigureSet::Observations, plan, take)),
        set: Some(FigureSet::Observations),
    },
    Table {
        name: "changes",
        kind: Kind::Change,
        doc: "Every stated rise or fall.",
        places: |facts| facts.plans().len(),
        each: |facts, at, take| entries(facts, Section::Changes, at, take),
        of_plan: Some(|facts, plan, take| {
            facts
                .entries_of(plan, Section::Changes)
                .map(Value::Entry)
                .for_each(take);
        }),
        set: None,
    },
    Table {
        name: "rosters",
        kind: Kind::Roster,
        doc: "Every named list.",
        places: |facts| facts.plans().len(),
        each: |facts, at, take| entries(facts, Section::Rosters, at, take),
        of_plan: Some(|facts, plan, take| {
            facts
                .entries_of(plan, Section::Rosters)
                .map(Value::Entry)
                .for_each(take);
        }),
        set: None,
    },
    Table {
        name: "counts",
        kind: Kind::Count,
        doc: "Every count of a thing.",
        places: |facts| facts.plans().len(),
        each: |facts, at, take| entries(facts, Section::Counts, at, take),
        of_plan: Some(|facts, plan, take| {
            facts
                .entries_of(plan, Section::Counts)
                .map(Value::Entry)
                .for_each(take);
        }),
        set: None,
    },
    Table {
        name: "commitments",
        kind: Kind::Commitment,
        doc: "Every general promise.",
        places: |facts| facts.plans().len(),
        each: |facts, at, take| entries(facts, Section::Commitments, at, take),
        of_plan: Some(|facts, plan, take| {
            facts
                .entries_of(plan, Section::Commitments)
                .map(Value::Entry)
                .for_each(take);
        }),
        set: None,
    },
    Table {
        name: "tasks",
        kind: Kind::Task,
        doc: "Every duty.",
        places: |facts| facts.plans().len(),
        each: |facts, at, take| entries(facts, Section::Tasks, at, take),
        of_plan: Some(|facts, plan, take| {
            facts
                .entries_of(plan, Section::Tasks)
                .map(Value::Entry)
                .for_each(take);
        }),
        set: None,
    },
    Table {
        name: "statistics",
        kind: Kind::Statistic,
        doc: "Every official figure.",
        places: |facts| facts.statistics().len(),
        each: |facts, at, take| {
            part(facts.statistics(), at)
                .map(Value::Statistic)
                .for_each(take);
        },
        of_plan: None,
        set: None,
    },
    Table {
        name: "figures",
        kind: Kind::Figure,
        doc: "Every figure of an indicator that a plan prints, in table, prose and monitoring, those of other regions too.",
        places: Facts::figure_count,
        each: |facts, at, take| own(facts, FigureSet::All, at, take),
        of_plan: Some(|facts, plan, take| figures(facts, FigureSet::All, plan, take)),
        set: Some(FigureSet::All),
    },
];

impl Table {
    /// All its entries.
    #[must_use]
    pub fn all(&self, facts: &Facts) -> Vec<Value> {
        let mut all = Vec::new();
        (self.each)(facts, 0..(self.places)(facts), &mut |value| all.push(value));
        all
    }
}

fn part<T>(all: impl Iterator<Item = T>, at: Range<usize>) -> impl Iterator<Item = T> {
    all.skip(at.start).take(at.len())
}

fn entries(facts: &Facts, section: Section, at: Range<usize>, take: &mut dyn FnMut(Value)) {
    let entries = part(facts.plans(), at).flat_map(|plan| facts.entries_of(plan, section));
    entries.map(Value::Entry).for_each(take);
}

fn own(facts: &Facts, set: FigureSet, at: Range<usize>, take: &mut dyn FnMut(Value)) {
    let wanted = part(facts.figures(), at).filter(|id| facts.holds(set, *id));
    wanted.map(Value::Figure).for_each(take);
}

fn figures(facts: &Facts, set: FigureSet, plan: PlanId, take: &mut dyn FnMut(Value)) {
    let wanted = facts.figures_of(plan).filter(|id| facts.holds(set, *id));
    wanted.map(Value::Figure).for_each(take);
}
