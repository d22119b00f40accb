//! Columns of named lists.

use super::Column;
use super::entry::{ask, named, plan, said, text, texts};
use crate::facts::Facts;
use crate::model::{Plan, Roster, RosterKind};
use crate::quantity::Number;
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "plan",
        Kind::Roster,
        Kind::Plan,
        "The plan it stands in.",
        plan,
    ),
    Column::new(
        "subject",
        Kind::Roster,
        Kind::Text,
        "What ties lists of different plans together.",
        |facts, of| ask(facts, of, find, |r, _| text(Some(&r.subject))),
    ),
    Column::new(
        "name",
        Kind::Roster,
        Kind::Text,
        "What the document calls it; the subject where that is not given.",
        |facts, of| ask(facts, of, find, |r, _| named(r.name.as_ref(), &r.subject)),
    ),
    Column::new(
        "kind",
        Kind::Roster,
        Kind::Word(&vocabulary::ROSTER),
        "region or name: what the list names.",
        |facts, of| ask(facts, of, find, |r, _| Value::Word(kind(r))),
    ),
    Column::new(
        "count",
        Kind::Roster,
        Kind::Number,
        "How many the text says there are; undetermined where it does not.",
        |facts, of| {
            ask(facts, of, find, |r, _| {
                said(r.count.as_ref(), |count| {
                    Value::Number(Number::integer(count.value))
                })
            })
        },
    ),
    Column::new(
        "size",
        Kind::Roster,
        Kind::Number,
        "How many names it has.",
        |facts, of| ask(facts, of, find, |r, _| Value::Number(size(r.members.len()))),
    ),
    Column::new(
        "members",
        Kind::Roster,
        Kind::List(&Kind::Text),
        "Its names as given.",
        |facts, of| ask(facts, of, find, |r, _| texts(&r.members)),
    ),
    Column::new(
        "regions",
        Kind::Roster,
        Kind::List(&Kind::Region),
        "The regions that its names mean.",
        |facts, of| ask(facts, of, find, |r, _| regions(r)),
    ),
    Column::new(
        "repeated",
        Kind::Roster,
        Kind::List(&Kind::Text),
        "The names that it has more than once, each once.",
        |facts, of| ask(facts, of, find, |r, _| repeated(facts, r)),
    ),
];

fn find(plan: &Plan, position: usize) -> Option<&Roster> {
    plan.rosters.get(position)
}

const fn kind(roster: &Roster) -> &'static str {
    match roster.kind {
        RosterKind::Region => "region",
        RosterKind::Name => "name",
    }
}

fn size(length: usize) -> Number {
    Number::integer(i64::try_from(length).unwrap_or(i64::MAX))
}

fn regions(roster: &Roster) -> Value {
    Value::List(
        roster
            .regions
            .iter()
            .flatten()
            .copied()
            .map(Value::Region)
            .collect(),
    )
}

/// A region is repeated under whatever spelling: its names are compared by what they mean.
fn repeated(facts: &Facts, roster: &Roster) -> Value {
    let name = |at: usize| match roster.regions.get(at).copied().flatten() {
        Some(region) => facts.regions.get(region).name.clone(),
        None => roster
            .members
            .get(at)
            .map(|name| name.value.clone())
            .unwrap_or_default(),
    };
    let names: Vec<String> = (0..roster.members.len()).map(name).collect();
    let mut found: Vec<Value> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let again = names.iter().take(at).any(|earlier| earlier == name);
        let value = Value::Text(name.clone());
        if again && !found.contains(&value) {
            found.push(value);
        }
    }
    Value::List(found)
}
