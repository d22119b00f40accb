//! The fields of a plan file.

use super::FieldKind::{Boolean, Choice, Date, Integer, Many, One, Text, Texts, Value, Years};
use super::{Entity, Field, field, needed};

const AT: Field = field(
    "at",
    Text,
    "Where it stands in the document, by the document's own headings.",
);
const BASIS: Field = field(
    "basis",
    Text,
    "The statistical base, where it is not the usual one.",
);
const REGION: Field = field(
    "region",
    Text,
    "Whose figure it is (code or name), if not the plan's own region's.",
);
const NAME: Field = field(
    "name",
    Text,
    "The subject as the document calls it; messages show it.",
);
const UNIT: Field = field(
    "unit",
    Text,
    "The unit as printed; the indicator's own where it is left out.",
);

/// How far a plan has come.
pub(super) const STATUS: &[&str] = &["draft", "consultation", "issued"];

/// A plan file.
pub static PLAN: Entity = Entity {
    name: ("规划文件", "a plan file"),
    fields: &[
        needed("format", Integer, "The version of the format: 1."),
        needed("id", Text, "The plan's id, unique in the repository."),
        needed("title", Text, "The plan's title."),
        needed(
            "region",
            Text,
            "The region it is of: its code, or its name where that is unique.",
        ),
        needed(
            "field",
            Text,
            "The field it is in; plans are compared within one field.",
        ),
        needed("status", Choice(STATUS), "How far it has come."),
        field("issued", Date, "When it was issued; absent in drafts."),
        field("number", Text, "Its document number."),
        needed(
            "period",
            One(&PERIOD),
            "The years it covers, both included.",
        ),
        field(
            "follows",
            Texts,
            "The ids of the plans it names as its basis.",
        ),
        field(
            "partial",
            Boolean,
            "Whether only part of it is here, so that its silence proves nothing.",
        ),
        field(
            "source",
            One(&SOURCE),
            "The document that the file was made from.",
        ),
        field(
            "indicators",
            Many(&ROW),
            "The rows of the indicator table, in printed order.",
        ),
        field(
            "claims",
            Many(&CLAIM),
            "What the prose says about indicators.",
        ),
        field("changes", Many(&CHANGE), "Stated rises and falls."),
        field("rosters", Many(&ROSTER), "Named lists."),
        field("counts", Many(&COUNT), "How many there are of one thing."),
        field(
            "commitments",
            Many(&COMMITMENT),
            "What the text promises about numbers in general.",
        ),
        field("tasks", Many(&TASK), "Who does what by when."),
        field(
            "observations",
            Many(&OBSERVATION),
            "What was measured since.",
        ),
        field("allow", Many(&ALLOW), "Accepted deviations."),
    ],
};

const PERIOD: Entity = Entity {
    name: ("规划期", "a period"),
    fields: &[
        needed("from", Integer, "First year."),
        needed("to", Integer, "Last year."),
    ],
};

const SOURCE: Entity = Entity {
    name: ("来源", "the source"),
    fields: &[
        field("title", Text, "The document's title."),
        field("file", Text, "Its file name."),
        field("sha256", Text, "The SHA-256 of that file, in hexadecimal."),
        field("retrieved", Date, "When it was fetched."),
    ],
};

const ROW: Entity = Entity {
    name: ("指标行", "an indicator row"),
    fields: &[
        needed("id", Text, "The indicator's id in the catalogue."),
        field("name", Text, "The name as printed."),
        UNIT,
        field("baseline", Years, "Baselines as printed, by year."),
        field("target", Years, "Targets as printed, by year."),
        field(
            "nature",
            Choice(&["binding", "anticipatory"]),
            "What the target obliges to, where printed.",
        ),
        BASIS,
        REGION,
        field(
            "row",
            Integer,
            "The printed row's number; entries of a compound row share it.",
        ),
        AT,
    ],
};

const CLAIM: Entity = Entity {
    name: ("正文指标", "a claim"),
    fields: &[
        needed("indicator", Text, "The indicator's id in the catalogue."),
        needed(
            "kind",
            Choice(&["baseline", "target", "actual"]),
            "What the sentence gives.",
        ),
        needed("year", Integer, "The year of the value."),
        needed("value", Value, "The value as printed."),
        UNIT,
        BASIS,
        REGION,
        AT,
    ],
};

const CHANGE: Entity = Entity {
    name: ("增减表述", "a change"),
    fields: &[
        field(
            "indicator",
            Text,
            "The indicator's id, where it is one of the catalogue.",
        ),
        field(
            "subject",
            Text,
            "What it is about, where it is no indicator.",
        ),
        field("from", Years, "The figure it starts from, by year."),
        field("to", Years, "The figure it arrives at, by year."),
        field("stated", Value, "The rise or fall as printed."),
        UNIT,
        BASIS,
        REGION,
        AT,
    ],
};

const ROSTER: Entity = Entity {
    name: ("名单", "a roster"),
    fields: &[
        needed(
            "subject",
            Text,
            "What ties lists of different plans together.",
        ),
        NAME,
        field("count", Integer, "How many the text says there are."),
        needed(
            "members",
            Texts,
            "The names; region codes where kind is region.",
        ),
        field(
            "kind",
            Choice(&["region", "name"]),
            "What the list names; names where it is left out.",
        ),
        AT,
    ],
};

const COUNT: Entity = Entity {
    name: ("数量", "a count"),
    fields: &[
        needed("subject", Text, "The thing counted."),
        NAME,
        needed("value", Value, "The count as printed."),
        field("year", Integer, "The year of the count."),
        field(
            "scope",
            Text,
            "What narrows it: a part of the region, a kind.",
        ),
        UNIT,
        BASIS,
        REGION,
        AT,
    ],
};

pub(in crate::import) static COMMITMENT: Entity = Entity {
    name: ("承诺", "a commitment"),
    fields: &[
        needed(
            "kind",
            Choice(&["no_weaker_than", "improves", "reaches"]),
            "What is promised.",
        ),
        field("region", Text, "The region whose figures are the measure."),
        field("domain", Text, "The group of indicators it is about."),
        field("indicator", Text, "The indicator it is about."),
        field("value", Value, "The value promised."),
        field("year", Integer, "The year it is promised for."),
        AT,
    ],
};

const TASK: Entity = Entity {
    name: ("任务", "a task"),
    fields: &[
        needed("title", Text, "What is to be done."),
        field("lead", Text, "Who leads."),
        field("partners", Texts, "Who else takes part."),
        field("due", Integer, "By which year."),
        AT,
    ],
};

const OBSERVATION: Entity = Entity {
    name: ("监测值", "an observation"),
    fields: &[
        needed("indicator", Text, "The indicator's id in the catalogue."),
        needed("year", Integer, "The year of the value."),
        needed("value", Value, "The value as measured."),
        UNIT,
        BASIS,
        REGION,
        AT,
    ],
};

/// What every accepted deviation says of itself, whoever accepts it.
pub(super) const RULE: Field = needed("rule", Text, "The rule's id.");
pub(super) const ONLY_INDICATOR: Field = field("indicator", Text, "Only for this indicator.");
pub(super) const ONLY_YEAR: Field = field("year", Integer, "Only for this year.");
pub(super) const REASON: Field = needed("reason", Text, "Why the deviation is accepted.");
pub(super) const ISSUER: Field = field("issuer", Text, "Who accepted it.");
pub(super) const DOCUMENT: Field =
    field("number", Text, "The number of the document that says so.");
pub(super) const UNTIL: Field = field("until", Date, "The last day on which it holds.");
pub(super) const GRANTED: Field = field(
    "value",
    Value,
    "The value that it was granted for, as printed.",
);

const ALLOW: Entity = Entity {
    name: ("允许的偏差", "an allowed deviation"),
    fields: &[
        RULE,
        ONLY_INDICATOR,
        ONLY_YEAR,
        REASON,
        ISSUER,
        DOCUMENT,
        UNTIL,
        GRANTED,
    ],
};
