//! Columns of regions.

use super::Column;
use crate::bound::ReasonKind;
use crate::value::{Atom, Kind, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::held(
        "code",
        Kind::Region,
        Kind::Text,
        "Its code.",
        |facts, of| match of {
            Atom::Region(region) => Some(Atom::Text(&facts.regions.get(region).code)),
            _ => None,
        },
        ReasonKind::NotSaid,
    ),
    Column::held(
        "name",
        Kind::Region,
        Kind::Text,
        "Its name.",
        |facts, of| match of {
            Atom::Region(region) => Some(Atom::Text(&facts.regions.get(region).name)),
            _ => None,
        },
        ReasonKind::NotSaid,
    ),
    Column::held(
        "level",
        Kind::Region,
        Kind::Word(&vocabulary::LEVEL),
        "Its level.",
        |facts, of| match of {
            Atom::Region(region) => Some(Atom::Word(facts.regions.level(region).word())),
            _ => None,
        },
        ReasonKind::NotSaid,
    ),
    Column::held(
        "parent",
        Kind::Region,
        Kind::Region,
        "The region directly above; undetermined for the nation.",
        |facts, of| match of {
            Atom::Region(region) => facts.regions.parent(region).map(Atom::Region),
            _ => None,
        },
        ReasonKind::NoParent,
    ),
];
