//! Columns of units.

use super::{Column, not_asked};
use crate::value::{Kind, Value};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "name",
        of: Kind::Unit,
        kind: Kind::Text,
        doc: "Its name.",
        get: |facts, of| match of {
            Value::Unit(unit) => Value::Text(facts.catalogue.units.name(*unit)),
            _ => not_asked(),
        },
        place: None,
    },
    Column {
        name: "dimension",
        of: Kind::Unit,
        kind: Kind::Text,
        doc: "Its dimension; units of one dimension convert into each other.",
        get: |facts, of| match of {
            Value::Unit(unit) => Value::Text(facts.catalogue.units.dimension(*unit).to_string()),
            _ => not_asked(),
        },
        place: None,
    },
];
