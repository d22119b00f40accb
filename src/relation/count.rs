//! Columns of counts of things.

use super::Column;
use super::entry::{amount, ask, named, plan, position, region, text, unrounded, year};
use crate::model::{Count, Plan};
use crate::value::{Kind, Value};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "plan",
        Kind::Count,
        Kind::Plan,
        "The plan it stands in.",
        plan,
    ),
    Column::new(
        "subject",
        Kind::Count,
        Kind::Text,
        "The thing counted.",
        |facts, of| ask(facts, of, find, |c, _| text(Some(&c.subject))),
    ),
    Column::new(
        "name",
        Kind::Count,
        Kind::Text,
        "What the document calls it; the subject where that is not given.",
        |facts, of| ask(facts, of, find, |c, _| named(c.name.as_ref(), &c.subject)),
    ),
    Column::new(
        "scope",
        Kind::Count,
        Kind::Text,
        "What narrows it; empty where nothing does.",
        |facts, of| ask(facts, of, find, |c, _| narrowed(c.scope.as_ref())),
    ),
    Column::new(
        "basis",
        Kind::Count,
        Kind::Text,
        "The statistical base; empty for the usual one.",
        |facts, of| ask(facts, of, find, |c, _| narrowed(c.basis.as_ref())),
    ),
    Column::new(
        "region",
        Kind::Count,
        Kind::Region,
        "Whose count it is.",
        |facts, of| {
            ask(facts, of, find, |c, id| {
                region(facts, id, c.region.as_ref())
            })
        },
    ),
    Column::new(
        "year",
        Kind::Count,
        Kind::Year,
        "Its year; undetermined where it has none.",
        |facts, of| ask(facts, of, find, |c, _| year(c.value.year)),
    ),
    Column::new(
        "value",
        Kind::Count,
        Kind::Amount,
        "The count.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                amount(facts, Some(&c.value), c.unit_use)
            })
        },
    ),
    Column::new(
        "position",
        Kind::Count,
        Kind::Number,
        "How many counts of its plan stand before it: of two the earlier one has the smaller position.",
        position,
    ),
    Column::new(
        "rounded",
        Kind::Count,
        Kind::Amount,
        "What the printed number may have been before it was rounded.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                unrounded(facts, Some(&c.value), c.unit_use)
            })
        },
    ),
    Column::new(
        "printed",
        Kind::Count,
        Kind::Text,
        "The count as printed.",
        |facts, of| ask(facts, of, find, |c, _| text(Some(&c.value.printed))),
    ),
];

fn find(plan: &Plan, position: usize) -> Option<&Count> {
    plan.counts.get(position)
}

fn narrowed(value: Option<&crate::source::Spanned<String>>) -> Value {
    Value::Text(value.map(|text| text.value.clone()).unwrap_or_default())
}
