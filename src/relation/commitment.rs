//! Columns of general promises.

use super::Column;
use super::entry::{amount, ask, indicator, plan, said, text};
use crate::facts::Facts;
use crate::model::{Commitment, CommitmentKind, Plan};
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "plan",
        Kind::Commitment,
        Kind::Plan,
        "The plan it stands in.",
        plan,
    ),
    Column::new(
        "kind",
        Kind::Commitment,
        Kind::Word(&vocabulary::COMMITMENT),
        "no_weaker_than, improves or reaches.",
        |facts, of| ask(facts, of, find, |c, _| Value::Word(kind(c))),
    ),
    Column::new(
        "region",
        Kind::Commitment,
        Kind::Region,
        "The region whose figures are the measure; undetermined where none is named.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                said(c.region.as_ref(), |region| Value::Region(region.value))
            })
        },
    ),
    Column::new(
        "domain",
        Kind::Commitment,
        Kind::Text,
        "The group of indicators; undetermined where none is named.",
        |facts, of| ask(facts, of, find, |c, _| text(c.domain.as_ref())),
    ),
    Column::new(
        "indicator",
        Kind::Commitment,
        Kind::Indicator,
        "The indicator; undetermined where none is named.",
        |facts, of| ask(facts, of, find, |c, _| indicator(c.indicator.as_ref())),
    ),
    Column::new(
        "year",
        Kind::Commitment,
        Kind::Year,
        "The year promised; undetermined where none is named.",
        |facts, of| {
            ask(facts, of, find, |c, _| {
                said(c.value.as_ref(), |value| Value::Year(value.year))
            })
        },
    ),
    Column::new(
        "value",
        Kind::Commitment,
        Kind::Amount,
        "The value promised; undetermined where none is named.",
        |facts, of| ask(facts, of, find, |c, _| value(facts, c)),
    ),
];

fn find(plan: &Plan, position: usize) -> Option<&Commitment> {
    plan.commitments.get(position)
}

const fn kind(commitment: &Commitment) -> &'static str {
    match commitment.kind.value {
        CommitmentKind::NoWeakerThan => "no_weaker_than",
        CommitmentKind::Improves => "improves",
        CommitmentKind::Reaches => "reaches",
    }
}

fn value(facts: &Facts, commitment: &Commitment) -> Value {
    let of = commitment.indicator.as_ref();
    let unit = of.map(|indicator| facts.catalogue.get(indicator.value).unit);
    amount(facts, commitment.value.as_ref(), unit)
}
