//! The field tables: one per entity, read by the importer and by the schema alike.

mod catalogue;
mod plan;
mod settings;

pub use catalogue::CATALOGUE;
pub(super) use plan::COMMITMENT;
pub use plan::PLAN;
pub use settings::SETTINGS;

/// A table with named fields.
#[derive(Debug)]
pub struct Entity {
    /// What it is, in Chinese and English.
    pub name: (&'static str, &'static str),
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// What a field takes.
#[derive(Debug)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A value as printed: text, or a plain number.
    Value,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day, or a text `YYYY-MM` where only the month is known.
    Date,
    /// A list of texts.
    Texts,
    /// Values as printed, by year: `{ 2020 = "71" }`.
    Years,
    /// Values by free names: `{ floor = "95%" }`.
    Values,
    /// A table.
    One(&'static Entity),
    /// A list of tables.
    Many(&'static Entity),
    /// A table of tables by free names: `[units]`.
    Named(&'static Entity),
    /// A value, or a table of values by level.
    Levels,
}

const fn field(key: &'static str, kind: FieldKind, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        required: false,
        doc,
    }
}

const fn needed(key: &'static str, kind: FieldKind, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        required: true,
        doc,
    }
}
