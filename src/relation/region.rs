//! Columns of regions.

use super::{Column, not_asked};
use crate::bound::{Reason, ReasonKind};
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "code",
        of: Kind::Region,
        kind: Kind::Text,
        doc: "Its code.",
        get: |facts, of| match of {
            Value::Region(region) => Value::Text(facts.regions.get(*region).code.clone()),
            _ => not_asked(),
        },
        place: None,
    },
    Column {
        name: "name",
        of: Kind::Region,
        kind: Kind::Text,
        doc: "Its name.",
        get: |facts, of| match of {
            Value::Region(region) => Value::Text(facts.regions.get(*region).name.clone()),
            _ => not_asked(),
        },
        place: None,
    },
    Column {
        name: "level",
        of: Kind::Region,
        kind: Kind::Word(&vocabulary::LEVEL),
        doc: "Its level.",
        get: |facts, of| match of {
            Value::Region(region) => Value::Word(facts.regions.get(*region).level.word()),
            _ => not_asked(),
        },
        place: None,
    },
    Column {
        name: "parent",
        of: Kind::Region,
        kind: Kind::Region,
        doc: "The region directly above; undetermined for the nation.",
        get: |facts, of| match of {
            Value::Region(region) => match facts.regions.parent(*region) {
                Some(parent) => Value::Region(parent),
                None => Value::unknown(Reason::new(ReasonKind::NoSuperior)),
            },
            _ => not_asked(),
        },
        place: None,
    },
];
