//! Columns of stated rises and falls.

use super::Column;
use super::entry::{amount, ask, indicator, plan, region, said, text};
use crate::facts::Facts;
use crate::model::{Change, Plan};
use crate::value::{Kind, Value};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "plan",
        Kind::Change,
        Kind::Plan,
        "The plan it stands in.",
        plan,
    ),
    Column::new(
        "indicator",
        Kind::Change,
        Kind::Indicator,
        "The indicator; undetermined where it is about something else.",
        |facts, of| ask(facts, of, find, |c, _| indicator(c.indicator.as_ref())),
    ),
    Column::new(
        "subject",
        Kind::Change,
        Kind::Text,
        "What it is about.",
        |facts, of| ask(facts, of, find, |c, _| subject(facts, c)),
    ),
    Column::new(
        "region",
        Kind::Change,
        Kind::Region,
        "Whose figures they are.",
        |facts, of| {
            ask(facts, of, find, |c, id| {
                region(facts, id, c.region.as_ref())
            })
        },
    ),
    Column::new(
        "from",
        Kind::Change,
        Kind::Amount,
        "The figure it starts from.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                amount(facts, c.from.as_ref(), c.unit_use)
            })
        },
    ),
    Column::new(
        "to",
        Kind::Change,
        Kind::Amount,
        "The figure it arrives at.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                amount(facts, c.to.as_ref(), c.unit_use)
            })
        },
    ),
    Column::new(
        "from_year",
        Kind::Change,
        Kind::Year,
        "The year it starts from.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                said(c.from.as_ref(), |value| Value::Year(value.year))
            })
        },
    ),
    Column::new(
        "to_year",
        Kind::Change,
        Kind::Year,
        "The year it arrives at.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                said(c.to.as_ref(), |value| Value::Year(value.year))
            })
        },
    ),
    Column::new(
        "printed",
        Kind::Change,
        Kind::Text,
        "The rise or fall as printed.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                text(c.stated.as_ref().map(|value| &value.printed))
            })
        },
    ),
    Column::new(
        "stated",
        Kind::Change,
        Kind::Amount,
        "The rise or fall as stated, a fall below zero, to the precision printed.",
        |facts, of| ask(facts, of, find, |c, _| super::arithmetic::stated(facts, c)),
    ),
    Column::new(
        "computed",
        Kind::Change,
        Kind::Amount,
        "The rise or fall that its two figures give, as far as their own rounding lets it be known.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                super::arithmetic::computed(facts, c)
            })
        },
    ),
];

fn find(plan: &Plan, position: usize) -> Option<&Change> {
    plan.changes.get(position)
}

fn subject(facts: &Facts, change: &Change) -> Value {
    match (&change.subject, &change.indicator) {
        (Some(subject), _) => Value::Text(subject.value.clone()),
        (None, Some(indicator)) => Value::Text(facts.catalogue.get(indicator.value).name.clone()),
        (None, None) => text(None),
    }
}
