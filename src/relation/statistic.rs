//! Columns of official figures.

use super::Column;
use super::entry::amount;
use super::not_asked;
use crate::facts::Facts;
use crate::model::Statistic;
use crate::value::{Kind, Value};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "region",
        Kind::Statistic,
        Kind::Region,
        "Whose figure it is.",
        |facts, of| ask(facts, of, |s| Value::Region(s.region.value)),
    ),
    Column::new(
        "indicator",
        Kind::Statistic,
        Kind::Indicator,
        "Its indicator.",
        |facts, of| ask(facts, of, |s| Value::Indicator(s.indicator.value)),
    ),
    Column::new(
        "year",
        Kind::Statistic,
        Kind::Year,
        "Its year.",
        |facts, of| ask(facts, of, |s| Value::Year(s.value.year)),
    ),
    Column::new(
        "value",
        Kind::Statistic,
        Kind::Amount,
        "The figure.",
        |facts, of| {
            ask(facts, of, |s| {
                amount(facts, Some(&s.value), Some(s.unit_use))
            })
        },
    ),
    Column::new(
        "source",
        Kind::Statistic,
        Kind::Text,
        "Where it was published.",
        |facts, of| ask(facts, of, |s| Value::Text(s.source.clone())),
    ),
];

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Statistic) -> Value) -> Value {
    match of {
        Value::Statistic(id) => answer(facts.statistic(*id)),
        _ => not_asked(),
    }
}
