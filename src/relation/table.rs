//! The tables a rule may run over.

use crate::facts::{Facts, FigureSet, Section};
use crate::value::{Kind, Value};

/// A table.
pub struct Table {
    /// Its name behind `in`.
    pub name: &'static str,
    /// The kind of its entries.
    pub kind: Kind,
    /// What it holds.
    pub doc: &'static str,
    /// Its entries, plan by plan in printed order.
    pub rows: fn(&Facts) -> Vec<Value>,
    /// Which figures it holds, where it is one of figures: an index by indicator then answers for it.
    pub set: Option<FigureSet>,
}

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
        rows: |facts| facts.plans().map(Value::Plan).collect(),
        set: None,
    },
    Table {
        name: "regions",
        kind: Kind::Region,
        doc: "Every region of the table of regions.",
        rows: |facts| facts.regions.all().map(Value::Region).collect(),
        set: None,
    },
    Table {
        name: "indicators",
        kind: Kind::Indicator,
        doc: "Every indicator of the catalogue.",
        rows: |facts| facts.catalogue.all().map(Value::Indicator).collect(),
        set: None,
    },
    Table {
        name: "rows",
        kind: Kind::Row,
        doc: "Every row of every plan's indicator table.",
        rows: |facts| facts.rows().map(Value::Row).collect(),
        set: None,
    },
    Table {
        name: "targets",
        kind: Kind::Figure,
        doc: "A plan's own targets: one entry per row and target year, one not given for a row without any, and prose targets that no row states.",
        rows: |facts| own(facts, FigureSet::Targets),
        set: Some(FigureSet::Targets),
    },
    Table {
        name: "baselines",
        kind: Kind::Figure,
        doc: "A plan's own baselines: one entry per row and year, one not given for a row without any.",
        rows: |facts| own(facts, FigureSet::Baselines),
        set: Some(FigureSet::Baselines),
    },
    Table {
        name: "claims",
        kind: Kind::Figure,
        doc: "What a plan's prose says about indicators: targets, baselines and figures as they were.",
        rows: |facts| own(facts, FigureSet::Claims),
        set: Some(FigureSet::Claims),
    },
    Table {
        name: "observations",
        kind: Kind::Figure,
        doc: "What was measured since.",
        rows: |facts| own(facts, FigureSet::Observations),
        set: Some(FigureSet::Observations),
    },
    Table {
        name: "changes",
        kind: Kind::Change,
        doc: "Every stated rise or fall.",
        rows: |facts| entries(facts, Section::Changes),
        set: None,
    },
    Table {
        name: "rosters",
        kind: Kind::Roster,
        doc: "Every named list.",
        rows: |facts| entries(facts, Section::Rosters),
        set: None,
    },
    Table {
        name: "counts",
        kind: Kind::Count,
        doc: "Every count of a thing.",
        rows: |facts| entries(facts, Section::Counts),
        set: None,
    },
    Table {
        name: "commitments",
        kind: Kind::Commitment,
        doc: "Every general promise.",
        rows: |facts| entries(facts, Section::Commitments),
        set: None,
    },
    Table {
        name: "tasks",
        kind: Kind::Task,
        doc: "Every duty.",
        rows: |facts| entries(facts, Section::Tasks),
        set: None,
    },
    Table {
        name: "statistics",
        kind: Kind::Statistic,
        doc: "Every official figure.",
        rows: |facts| facts.statistics().map(Value::Statistic).collect(),
        set: None,
    },
    Table {
        name: "figures",
        kind: Kind::Figure,
        doc: "Every figure of an indicator that a plan prints, in table, prose and monitoring, those of other regions too.",
        rows: |facts| facts.figures().map(Value::Figure).collect(),
        set: Some(FigureSet::All),
    },
];

fn entries(facts: &Facts, section: Section) -> Vec<Value> {
    let plans = facts.plans();
    plans
        .flat_map(|plan| facts.entries_of(plan, section))
        .map(Value::Entry)
        .collect()
}

fn own(facts: &Facts, set: FigureSet) -> Vec<Value> {
    let wanted = facts.figures().filter(|id| facts.holds(set, *id));
    wanted.map(Value::Figure).collect()
}
