//! The fields of `planlint.toml`.

use super::FieldKind::{Boolean, Choice, Integer, Many, Named, One, Text, Texts, Value, Values};
use super::{Entity, Field, field, needed, plan};
use crate::region::Level;

const LANGUAGES: &[&str] = &["zh", "en"];
const SEVERITIES: &[&str] = &["error", "warning", "note"];

/// `planlint.toml`.
pub static SETTINGS: Entity = Entity {
    name: ("设置", "the settings file"),
    fields: &[
        field("format", Integer, "The format's version: 1."),
        field("language", Choice(LANGUAGES), "The language of messages."),
        field(
            "fail_on",
            Choice(SEVERITIES),
            "The severity from which a check fails.",
        ),
        field(
            "fail_on_undetermined",
            Texts,
            "Rules that fail the check where they cannot be decided: ids, `area/*` or `*`.",
        ),
        field(
            "min_coverage",
            Value,
            "The least share of checks, in per cent, that must be decided.",
        ),
        field(
            "baseline",
            Text,
            "The baseline: findings in this file do not count.",
        ),
        field("paths", One(&PATHS), "Where things stand."),
        field(
            "rules",
            Named(&RULE),
            "Settings of single rules, by their ids.",
        ),
        field(
            "override",
            Many(&OVERRIDE),
            "Settings of rules for some plans only; later ones win.",
        ),
        field("allow", Many(&ALLOW), "Accepted deviations."),
    ],
};

const PATHS: Entity = Entity {
    name: ("路径", "the paths"),
    fields: &[
        field("plans", Texts, "Folders of plan files and bulk tables."),
        field("rules", Texts, "Folders of rule files."),
        field("regions", Text, "The table of regions."),
        field("indicators", Text, "The catalogue of indicators and units."),
        field("statistics", Text, "The table of statistics."),
        field(
            "exclude",
            Texts,
            "Files and folders left out, as patterns of .gitignore.",
        ),
    ],
};

const ENABLED: Field = field("enabled", Boolean, "Whether the rule is on.");
const SEVERITY: Field = field(
    "severity",
    Choice(SEVERITIES),
    "How grave a violation is, whatever the rule says.",
);
const PARAMS: Field = field(
    "params",
    Values,
    "Values of the rule's parameters, by name.",
);

const RULE: Entity = Entity {
    name: ("规则设置", "settings of a rule"),
    fields: &[ENABLED, SEVERITY, PARAMS],
};

const OVERRIDE: Entity = Entity {
    name: ("部分规划的设置", "settings for some plans"),
    fields: &[
        needed("rules", Texts, "Which rules: ids, `area/*` or `*`."),
        field(
            "level",
            Choice(&Level::WORDS),
            "Only plans of regions of this level.",
        ),
        field(
            "region",
            Text,
            "Only plans of this region and those below it.",
        ),
        field("field", Text, "Only plans of this field."),
        field("status", Choice(plan::STATUS), "Only plans of this status."),
        ENABLED,
        SEVERITY,
        PARAMS,
    ],
};

const ALLOW: Entity = Entity {
    name: ("允许的偏差", "an accepted deviation"),
    fields: &[
        plan::RULE,
        field("plan", Text, "The plan's id."),
        field("region", Text, "The region whose plans are meant."),
        field(
            "subtree",
            Boolean,
            "Whether the plans of the regions below are meant, too.",
        ),
        plan::ONLY_INDICATOR,
        plan::ONLY_YEAR,
        plan::REASON,
        plan::ISSUER,
        plan::DOCUMENT,
        plan::UNTIL,
        plan::GRANTED,
    ],
};
