//! The field tables: one per entity, read by the importer and by the schema alike.

/// A table with named fields.
#[derive(Debug)]
pub struct Entity {
    /// What it is, in Chinese and English.
    pub name: (&'static str, &'static str),
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// What a field takes.
#[derive(Debug)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A value as printed: text, or a plain number.
    Value,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day, or a text `YYYY-MM` where only the month is known.
    Date,
    /// A list of texts.
    Texts,
    /// Values as printed, by year: `{ 2020 = "71" }`.
    Years,
    /// A table.
    One(&'static Entity),
    /// A list of tables.
    Many(&'static Entity),
    /// A table of tables by free names: `[units]`.
    Named(&'static Entity),
    /// A value, or a table of values by level.
    Levels,
}

const fn field(key: &'static str, kind: FieldKind, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        required: false,
        doc,
    }
}

const fn needed(key: &'static str, kind: FieldKind, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        required: true,
        doc,
    }
}

use FieldKind::{
    Boolean, Choice, Date, Integer, Levels, Many, Named, One, Text, Texts, Value, Years,
};

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
const UNIT: Field = field(
    "unit",
    Text,
    "The unit as printed; the indicator's own where it is left out.",
);

/// A plan file.
pub static PLAN: Entity = Entity {
    name: ("规划文件", "plan file"),
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
        needed(
            "status",
            Choice(&["draft", "consultation", "issued"]),
            "How far it has come.",
        ),
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
    name: ("规划期", "period"),
    fields: &[
        needed("from", Integer, "First year."),
        needed("to", Integer, "Last year."),
    ],
};

const SOURCE: Entity = Entity {
    name: ("来源", "source"),
    fields: &[
        field("title", Text, "The document's title."),
        field("file", Text, "Its file name."),
        field("sha256", Text, "The SHA-256 of that file, in hexadecimal."),
        field("retrieved", Date, "When it was fetched."),
    ],
};

const ROW: Entity = Entity {
    name: ("指标行", "indicator row"),
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
    name: ("正文指标", "claim"),
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
    name: ("增减表述", "change"),
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
    name: ("名单", "roster"),
    fields: &[
        needed(
            "subject",
            Text,
            "What ties lists of different plans together.",
        ),
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
    name: ("数量", "count"),
    fields: &[
        needed("subject", Text, "The thing counted."),
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

const COMMITMENT: Entity = Entity {
    name: ("承诺", "commitment"),
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
    name: ("任务", "task"),
    fields: &[
        needed("title", Text, "What is to be done."),
        field("lead", Text, "Who leads."),
        field("partners", Texts, "Who else takes part."),
        field("due", Integer, "By which year."),
        AT,
    ],
};

const OBSERVATION: Entity = Entity {
    name: ("监测值", "observation"),
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

const ALLOW: Entity = Entity {
    name: ("允许的偏差", "allowed deviation"),
    fields: &[
        needed("rule", Text, "The rule's id."),
        field("indicator", Text, "Only for this indicator."),
        field("year", Integer, "Only for this year."),
        needed("reason", Text, "Why the deviation is accepted."),
        field("until", Date, "Until when."),
    ],
};

/// The indicator catalogue.
pub static CATALOGUE: Entity = Entity {
    name: ("指标目录", "indicator catalogue"),
    fields: &[
        needed("format", Integer, "The version of the format: 1."),
        field("units", Named(&UNIT_ENTRY), "The units, by name."),
        field("indicator", Many(&INDICATOR), "The indicators."),
    ],
};

const UNIT_ENTRY: Entity = Entity {
    name: ("单位", "unit"),
    fields: &[
        needed(
            "dimension",
            Text,
            "Bases joined by * and /; those that cancel leave a ratio.",
        ),
        field(
            "factor",
            Text,
            "What one of it is in the base of the dimension; 1 where left out.",
        ),
        field("aliases", Texts, "Other spellings."),
    ],
};

const INDICATOR: Entity = Entity {
    name: ("指标", "indicator"),
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
        field("formula", Text, "A derived indicator's formula."),
        field("count", Text, "The count that a density divides."),
        field(
            "definition",
            Text,
            "One line of definition with its official source.",
        ),
    ],
};
