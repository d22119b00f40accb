//! Columns of units.

use super::{Column, not_asked};
use crate::value::{Kind, Value};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "name",
        Kind::Unit,
        Kind::Text,
        "Its name.",
        |facts, of| match of {
            Value::Unit(unit) => Value::Text(facts.catalogue.units.name(*unit)),
            _ => not_asked(),
        },
    ),
    Column::new(
        "dimension",
        Kind::Unit,
        Kind::Text,
        "Its dimension; units of one dimension convert into each other.",
        |facts, of| match of {
            Value::Unit(unit) => Value::Text(facts.catalogue.units.dimension(*unit).to_string()),
            _ => not_asked(),
        },
    ),
];
