//! The fields of the indicator catalogue.

use super::FieldKind::{Choice, Integer, Levels, Many, Named, Text, Texts, Value};
use super::{Entity, field, needed};

/// The indicator catalogue.
pub static CATALOGUE: Entity = Entity {
    name: ("指标目录", "the indicator catalogue"),
    fields: &[
        needed("format", Integer, "The version of the format: 1."),
        field("units", Named(&UNIT_ENTRY), "The units, by name."),
        field("indicator", Many(&INDICATOR), "The indicators."),
    ],
};

const UNIT_ENTRY: Entity = Entity {
    name: ("单位", "a unit"),
    fields: &[
        needed(
            "dimension",
            Text,
            "Bases joined by * and /; those that cancel leave a ratio.",
        ),
        field(
            "factor",
            Value,
            "What one of it is in the base of the dimension; 1 where left out.",
        ),
        field("aliases", Texts, "Other spellings."),
    ],
};

const INDICATOR: Entity = Entity {
    name: ("指标", "an indicator"),
    fields: &[
        needed("id", Text, "The id, snake_case."),
        needed("name", Text, "The Chinese name."),
        field("english", Text, "The English name."),
        field("aliases", Texts, "Other spellings that plans print."),
        needed("unit", Text, "The indicator's own unit."),
        field(
            "printed_units",
            Texts,
            "What tables print for it and is read as the own unit.",
        ),
        needed(
            "better",
            Choice(&["higher", "lower", "neither"]),
            "Which way it improves.",
        ),
        needed("domain", Text, "The group it belongs to, snake_case."),
        field(
            "aggregate",
            Choice(&["sum", "mean", "none"]),
            "What children's values do to the parent's; none where left out.",
        ),
        field(
            "plausible",
            Levels,
            "Outside it a value is a slip; also by level.",
        ),
        field("part_of", Text, "The indicator that it is a part of."),
        field(
            "formula",
            Text,
            "What a derived indicator is made of: `a / b`.",
        ),
        field(
            "count",
            Text,
            "The subject of the counts that a density divides: beds.",
        ),
        field(
            "definition",
            Text,
            "One line of definition with its official source.",
        ),
    ],
};
