//! JSON Schemas of the files that people write, made of the field tables that reading goes by.
//!
//! A schema knows keys, types and words; whether a year, a unit or an id is one, only reading knows.

use std::io::{self, Write};

use serde::ser::{Serialize, Serializer};

use crate::import::{CATALOGUE, Entity, Field, FieldKind, PLAN, SETTINGS};
use crate::region::Level;

/// The schema of one kind of file.
#[derive(Debug)]
pub struct Schema {
    /// Its name.
    pub name: &'static str,
    entity: &'static Entity,
}

/// A schema for each kind of file; the first is of the kind that is written most.
pub static ALL: &[Schema] = &[
    Schema::of("plan", &PLAN),
    Schema::of("indicators", &CATALOGUE),
    Schema::of("settings", &SETTINGS),
];

impl Schema {
    const fn of(name: &'static str, entity: &'static Entity) -> Self {
        Self { name, entity }
    }

    /// Writes the schema as JSON (draft 2020-12).
    ///
    /// # Errors
    ///
    /// When `out` takes no more.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut whole = vec![("$schema", text(DIALECT))];
        whole.extend(table(self.entity));
        serde_json::to_writer_pretty(&mut *out, &Json::Map(whole))?;
        writeln!(out)
    }
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A day, or the month of one.
const DATE: &str = "^[0-9]{4}-[0-9]{1,2}(-[0-9]{2}([Tt ].*)?)?$";

/// JSON whose keys stay in the order in which they were written, whatever the features of `serde_json`.
enum Json {
    Text(String),
    Boolean(bool),
    List(Vec<Json>),
    Map(Vec<(&'static str, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Boolean(flag) => serializer.serialize_bool(*flag),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

fn texts<'t>(of: impl IntoIterator<Item = &'t str>) -> Json {
    Json::List(of.into_iter().map(text).collect())
}

type Pairs = Vec<(&'static str, Json)>;

fn table(entity: &Entity) -> Pairs {
    let (chinese, english) = entity.name;
    let fields = entity.fields.iter();
    let properties = fields.clone().map(|field| (field.key, property(field)));
    let required = fields.filter(|field| field.required).map(|field| field.key);
    vec![
        ("title", text(format!("{chinese} {english}"))),
        ("type", text("object")),
        ("properties", Json::Map(properties.collect())),
        ("required", texts(required)),
        ("additionalProperties", Json::Boolean(false)),
    ]
}

fn property(field: &Field) -> Json {
    let mut pairs = vec![("description", text(field.doc))];
    pairs.extend(takes(&field.kind));
    Json::Map(pairs)
}

fn takes(kind: &FieldKind) -> Pairs {
    match kind {
        FieldKind::Text => of_type("string"),
        FieldKind::Value => value(),
        FieldKind::Choice(words) => vec![("enum", texts(words.iter().copied()))],
        FieldKind::Integer => of_type("integer"),
        FieldKind::Boolean => of_type("boolean"),
        FieldKind::Date => vec![("type", text("string")), ("pattern", text(DATE))],
        FieldKind::Texts => list(of_type("string")),
        FieldKind::Years => by_key(Some(("pattern", text("^[0-9]{4}$"))), value()),
        FieldKind::Values => by_key(None, value()),
        FieldKind::One(entity) => table(entity),
        FieldKind::Many(entity) => list(table(entity)),
        FieldKind::Named(entity) => by_key(None, table(entity)),
        FieldKind::Levels => {
            let levels = Level::ALL.iter();
            let words = levels.flat_map(|level| [level.word(), level.chinese()]);
            let by_level = by_key(Some(("enum", texts(words))), value());
            let either = [of_type("string"), by_level].map(Json::Map);
            vec![("anyOf", Json::List(either.into()))]
        }
    }
}

fn of_type(name: &str) -> Pairs {
    vec![("type", text(name))]
}

/// A value as printed: text, or a plain number.
fn value() -> Pairs {
    vec![("type", texts(["string", "number"]))]
}

fn list(of: Pairs) -> Pairs {
    vec![("type", text("array")), ("items", Json::Map(of))]
}

/// A table whose keys are free, or as `keys` says.
fn by_key(keys: Option<(&'static str, Json)>, of: Pairs) -> Pairs {
    let mut pairs = of_type("object");
    pairs.extend(keys.map(|keys| ("propertyNames", Json::Map(vec![keys]))));
    pairs.push(("additionalProperties", Json::Map(of)));
    pairs
}
