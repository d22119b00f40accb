//! Columns of table rows.

use super::{Column, not_asked};
use crate::facts::Facts;
use crate::model::IndicatorRow;
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "plan",
        of: Kind::Row,
        kind: Kind::Plan,
        doc: "The plan it stands in.",
        get: |facts, of| match of {
            Value::Row(row) => Value::Plan(facts.row(*row).plan),
            _ => not_asked(),
        },
        place: None,
    },
    Column {
        name: "indicator",
        of: Kind::Row,
        kind: Kind::Indicator,
        doc: "Its indicator.",
        get: |facts, of| match of {
            Value::Row(row) => Value::Indicator(facts.row(*row).indicator),
            _ => not_asked(),
        },
        place: None,
    },
    Column {
        name: "name",
        of: Kind::Row,
        kind: Kind::Text,
        doc: "The indicator's name as printed.",
        get: |facts, of| ask(facts, of, |row| Value::Text(printed_name(row))),
        place: Some(|facts, of| found(facts, of)?.name.as_ref().map(|name| name.span)),
    },
    Column {
        name: "unit",
        of: Kind::Row,
        kind: Kind::Unit,
        doc: "Its unit as read.",
        get: |facts, of| ask(facts, of, |row| Value::Unit(row.unit_use)),
        place: Some(|facts, of| found(facts, of).map(|row| row.unit.span)),
    },
    Column {
        name: "nature",
        of: Kind::Row,
        kind: Kind::Word(&vocabulary::NATURE),
        doc: "Binding or anticipatory; undetermined where the table does not print it.",
        get: |facts, of| {
            ask(facts, of, |row| {
                super::figure::nature(row.nature.as_ref().map(|n| n.value))
            })
        },
        place: Some(|facts, of| found(facts, of)?.nature.as_ref().map(|nature| nature.span)),
    },
];

fn printed_name(row: &IndicatorRow) -> String {
    row.name
        .as_ref()
        .map(|name| name.value.clone())
        .unwrap_or_default()
}

fn found<'f>(facts: &'f Facts, of: &Value) -> Option<&'f IndicatorRow> {
    match of {
        Value::Row(row) => facts.row_of(*row),
        _ => None,
    }
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&IndicatorRow) -> Value) -> Value {
    found(facts, of).map_or_else(not_asked, answer)
}
