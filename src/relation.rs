//! What rules may ask of plans: tables, relations, columns, and the words behind `is`.

mod arithmetic;
mod change;
mod commitment;
mod count;
mod entry;
mod figure;
mod indicator;
mod plan;
mod region;
mod roster;
mod row;
mod statistic;
mod reach;
mod superior;
mod table;
mod task;
mod test;
mod unit;

pub use figure::{bound_of, edge_of};
pub use reach::Reach;
pub use superior::{Answer, Quick, RELATIONS, Relation};
pub use table::{TABLES, Table};
pub use test::{TESTS, Test};

use crate::bound::{Reason, ReasonKind};
use crate::facts::{Alike, EntryId, Facts, Field, FigureSet, PlanId, Section};
use crate::model::Part;
use crate::source::Span;
use crate::value::{Atom, Held, Kind, Measuring, Value};

/// A column: what one kind of entity can be asked.
pub struct Column {
    /// Its name behind the dot.
    pub name: &'static str,
    /// The kind of entity.
    pub of: Kind,
    /// The kind of its value.
    pub kind: Kind,
    /// What it says.
    pub doc: &'static str,
    /// Its value for an entity of that kind.
    pub get: Get,
    /// Its place in the plan file, where it has one of its own.
    pub place: Option<fn(&Facts, &Value) -> Option<Span>>,
    /// The plans that it may answer of, seen from the one it is asked of.
    pub reach: Reach,
    /// Which figures of a plan it lists, where it lists some: an index by indicator then answers for it.
    pub set: Option<FigureSet>,
    /// Which part of figures it is, where that is one that is compared without being read.
    pub field: Option<Field>,
    /// Which section of a plan it lists, where it lists one.
    pub section: Option<Section>,
    /// In what those are alike for whom its value is the same ([`Likeness`](crate::facts::Likeness)), if there are any.
    pub alike: Option<Alike>,
}

/// How a column is answered.
#[derive(Clone, Copy, Debug)]
pub enum Get {
    /// By a value of its own.
    Made(fn(&Facts, &Value) -> Value),
    /// By what facts hold, read without being copied.
    Held(Held),
    /// By a quantity; the second way answers where it compares without a fraction.
    Measured(fn(&Facts, &Value) -> Value, Measuring),
}

impl Column {
    /// Its value for an entity of its kind.
    #[must_use]
    pub fn value(&self, facts: &Facts, of: &Value) -> Value {
        match self.get {
            Get::Made(get) | Get::Measured(get, _) => get(facts, of),
            Get::Held(held) => held.value(facts, of),
        }
    }

    const fn new(
        name: &'static str,
        of: Kind,
        kind: Kind,
        doc: &'static str,
        get: fn(&Facts, &Value) -> Value,
    ) -> Self {
        Self {
            name,
            of,
            kind,
            doc,
            get: Get::Made(get),
            place: None,
            reach: Reach::Own,
            set: None,
            field: None,
            section: None,
            alike: None,
        }
    }

    /// One whose value is the same for all that are alike in this.
    const fn alike(self, alike: Alike) -> Self {
        Self {
            alike: Some(alike),
            ..self
        }
    }

    /// One whose value is the same for all figures of the same [marks](Facts::marks_of).
    const fn marked(self) -> Self {
        match self.get {
            Get::Held(held) => Self {
                get: Get::Held(Held {
                    marked: true,
                    ..held
                }),
                ..self
            },
            _ => self,
        }
    }

    const fn comparing(self, field: Field) -> Self {
        Self {
            field: Some(field),
            ..self
        }
    }

    const fn listing(self, section: Section) -> Self {
        Self {
            section: Some(section),
            ..self
        }
    }

    const fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// What facts hold; unknown for this reason where they hold nothing.
    const fn held(
        name: &'static str,
        of: Kind,
        kind: Kind,
        doc: &'static str,
        get: for<'f> fn(&'f Facts, Atom<'f>) -> Option<Atom<'f>>,
        absent: ReasonKind,
    ) -> Self {
        Self {
            get: Get::Held(Held {
                get,
                absent,
                figures: None,
                marked: false,
            }),
            ..Self::new(name, of, kind, doc, |_, _| not_asked())
        }
    }

    /// Answered by this way, too, where no fraction is needed.
    const fn measured(self, measure: Measuring) -> Self {
        match self.get {
            Get::Made(get) => Self {
                get: Get::Measured(get, measure),
                ..self
            },
            _ => self,
        }
    }

    /// The list of a plan's figures that a test picks.
    const fn figures(
        name: &'static str,
        doc: &'static str,
        get: fn(&Facts, &Value) -> Value,
        set: FigureSet,
    ) -> Self {
        Self {
            set: Some(set),
            ..Self::new(name, Kind::Plan, Kind::List(&Kind::Figure), doc, get)
        }
    }

    const fn placed(self, place: fn(&Facts, &Value) -> Option<Span>) -> Self {
        Self {
            place: Some(place),
            ..self
        }
    }
}

impl std::fmt::Debug for Column {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.name)
    }
}

/// Every column, by kind of entity.
pub const COLUMNS: [&[Column]; 12] = [
    figure::COLUMNS,
    row::COLUMNS,
    plan::COLUMNS,
    indicator::COLUMNS,
    region::COLUMNS,
    unit::COLUMNS,
    change::COLUMNS,
    roster::COLUMNS,
    count::COLUMNS,
    commitment::COLUMNS,
    task::COLUMNS,
    statistic::COLUMNS,
];

/// A column of a kind of entity.
#[must_use]
pub fn column(of: Kind, name: &str) -> Option<&'static Column> {
    columns_of(of).find(|column| column.name == name)
}

/// The columns of a kind of entity.
pub fn columns_of(of: Kind) -> impl Iterator<Item = &'static Column> {
    let all: &'static [&'static [Column]] = &COLUMNS;
    all.iter()
        .copied()
        .flatten()
        .filter(move |column| column.of == of)
}

/// The place of an entity: a figure's printed value, a row's indicator, a plan's id, a region's code.
#[must_use]
pub fn place(facts: &Facts, value: &Value) -> Option<Span> {
    match value {
        Value::Figure(figure) => Some(facts.figure(*figure).span()),
        Value::Row(row) => Some(facts.row(*row).place(Part::Indicator)),
        Value::Plan(plan) => Some(facts.plan(*plan).id.span),
        Value::Statistic(id) => Some(facts.statistic(*id).value.printed.span),
        Value::Entry(id) => entry_place(facts, *id),
        Value::Region(region) => Some(facts.regions.get(*region).span),
        Value::Indicator(indicator) => Some(facts.catalogue.get(*indicator).span),
        _ => None,
    }
}

/// The plan that an entity stands in.
#[must_use]
pub fn plan_of(facts: &Facts, value: &Value) -> Option<PlanId> {
    match value {
        Value::Figure(figure) => Some(facts.plan_of_figure(*figure)),
        Value::Row(row) => Some(facts.plan_of(*row)),
        Value::Plan(plan) => Some(*plan),
        Value::Entry(entry) => Some(entry.plan),
        _ => None,
    }
}

/// The part of an entry that says what it is about; its figure where it has one.
fn entry_place(facts: &Facts, id: EntryId) -> Option<Span> {
    let plan = facts.plan(id.plan);
    let at = id.position as usize;
    match id.section {
        Section::Changes => {
            let change = plan.changes.get(at)?;
            Some(
                change
                    .stated
                    .as_ref()
                    .map_or(change.span, |value| value.printed.span),
            )
        }
        Section::Rosters => plan.rosters.get(at).map(|roster| roster.subject.span),
        Section::Counts => plan.counts.get(at).map(|count| count.value.printed.span),
        Section::Commitments => plan
            .commitments
            .get(at)
            .map(|commitment| commitment.kind.span),
        Section::Tasks => plan.tasks.get(at).map(|task| task.title.span),
    }
}

/// What a column answers when it is asked of something else: resolving rules that out.
fn not_asked() -> Value {
    Value::unknown(Reason::new(ReasonKind::NotSaid))
}
