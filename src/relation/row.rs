//! Columns of table rows.

use super::{Column, not_asked};
use crate::bound::ReasonKind;
use crate::facts::{Alike, Facts};
use crate::model::{Part, RowForm};
use crate::source::Span;
use crate::value::{Atom, Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::held(
        "plan",
        Kind::Row,
        Kind::Plan,
        "The plan it stands in.",
        |facts, of| match of {
            Atom::Row(row) => Some(Atom::Plan(facts.plan_of(row))),
            _ => None,
        },
        ReasonKind::NotSaid,
    ),
    Column::held(
        "indicator",
        Kind::Row,
        Kind::Indicator,
        "Its indicator.",
        |facts, of| match of {
            Atom::Row(row) => Some(Atom::Indicator(facts.form_of(row).indicator)),
            _ => None,
        },
        ReasonKind::NotSaid,
    )
    .alike(Alike::Said),
    Column::new(
        "name",
        Kind::Row,
        Kind::Text,
        "The indicator's name as printed.",
        |facts, of| ask(facts, of, |row| Value::Text(printed_name(row))),
    )
    .placed(|facts, of| placed(facts, of, Part::Name, |form| form.name.is_some()))
    .alike(Alike::Said),
    Column::new(
        "unit",
        Kind::Row,
        Kind::Unit,
        "Its unit as read.",
        |facts, of| ask(facts, of, |row| Value::Unit(row.unit_use)),
    )
    .placed(|facts, of| placed(facts, of, Part::Unit, |_| true))
    .alike(Alike::Said),
    Column::new(
        "nature",
        Kind::Row,
        Kind::Word(&vocabulary::NATURE),
        "Binding or anticipatory; undetermined where the table does not print it.",
        |facts, of| ask(facts, of, |row| super::figure::nature(row.nature)),
    )
    .placed(|facts, of| placed(facts, of, Part::Nature, |form| form.nature.is_some()))
    .alike(Alike::Said),
];

fn printed_name(row: &RowForm) -> String {
    row.name.clone().unwrap_or_default()
}

/// The place of a part of a row, where the row has that part.
fn placed(facts: &Facts, of: &Value, part: Part, has: fn(&RowForm) -> bool) -> Option<Span> {
    match of {
        Value::Row(row) if has(facts.form_of(*row)) => Some(facts.row(*row).place(part)),
        _ => None,
    }
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&RowForm) -> Value) -> Value {
    match of {
        Value::Row(row) => answer(facts.form_of(*row)),
        _ => not_asked(),
    }
}
