//! Columns of regions.

use super::{Column, not_asked};
use crate::bound::{Reason, ReasonKind};
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "code",
        Kind::Region,
        Kind::Text,
        "Its code.",
        |facts, of| match of {
            Value::Region(region) => Value::Text(facts.regions.get(*region).code.clone()),
            _ => not_asked(),
        },
    ),
    Column::new(
        "name",
        Kind::Region,
        Kind::Text,
        "Its name.",
        |facts, of| match of {
            Value::Region(region) => Value::Text(facts.regions.get(*region).name.clone()),
            _ => not_asked(),
        },
    ),
    Column::new(
        "level",
        Kind::Region,
        Kind::Word(&vocabulary::LEVEL),
        "Its level.",
        |facts, of| match of {
            Value::Region(region) => Value::Word(facts.regions.get(*region).level.word()),
            _ => not_asked(),
        },
    ),
    Column::new(
        "parent",
        Kind::Region,
        Kind::Region,
        "The region directly above; undetermined for the nation.",
        |facts, of| match of {
            Value::Region(region) => match facts.regions.parent(*region) {
                Some(parent) => Value::Region(parent),
                None => Value::unknown(Reason::new(ReasonKind::NoParent)),
            },
            _ => not_asked(),
        },
    ),
];
