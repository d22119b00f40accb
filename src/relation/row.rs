//! Columns of table rows.

use super::{Column, not_asked};
use crate::facts::Facts;
use crate::model::IndicatorRow;
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "plan",
        Kind::Row,
        Kind::Plan,
        "The plan it stands in.",
        |facts, of| match of {
            Value::Row(row) => Value::Plan(facts.row(*row).plan),
            _ => not_asked(),
        },
    ),
    Column::new(
        "indicator",
        Kind::Row,
        Kind::Indicator,
        "Its indicator.",
        |facts, of| match of {
            Value::Row(row) => Value::Indicator(facts.row(*row).indicator),
            _ => not_asked(),
        },
    ),
    Column::new(
        "name",
        Kind::Row,
        Kind::Text,
        "The indicator's name as printed.",
        |facts, of| ask(facts, of, |row| Value::Text(printed_name(row))),
    )
    .placed(|facts, of| found(facts, of)?.name.as_ref().map(|name| name.span)),
    Column::new(
        "unit",
        Kind::Row,
        Kind::Unit,
        "Its unit as read.",
        |facts, of| ask(facts, of, |row| Value::Unit(row.unit_use)),
    )
    .placed(|facts, of| found(facts, of).map(|row| row.unit.span)),
    Column::new(
        "nature",
        Kind::Row,
        Kind::Word(&vocabulary::NATURE),
        "Binding or anticipatory; undetermined where the table does not print it.",
        |facts, of| {
            ask(facts, of, |row| {
                super::figure::nature(row.nature.as_ref().map(|n| n.value))
            })
        },
    )
    .placed(|facts, of| found(facts, of)?.nature.as_ref().map(|nature| nature.span)),
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
