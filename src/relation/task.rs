//! Columns of duties.

use super::Column;
use super::entry::{ask, plan, said, text, texts};
use crate::model::{Plan, Task};
use crate::value::{Kind, Value};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "plan",
        Kind::Task,
        Kind::Plan,
        "The plan it stands in.",
        plan,
    ),
    Column::new(
        "title",
        Kind::Task,
        Kind::Text,
        "What is to be done.",
        |facts, of| ask(facts, of, find, |t, _| text(Some(&t.title))),
    ),
    Column::new(
        "lead",
        Kind::Task,
        Kind::Text,
        "Who leads; undetermined where nobody is named.",
        |facts, of| ask(facts, of, find, |t, _| text(t.lead.as_ref())),
    ),
    Column::new(
        "partners",
        Kind::Task,
        Kind::List(&Kind::Text),
        "Who else takes part.",
        |facts, of| ask(facts, of, find, |t, _| texts(&t.partners)),
    ),
    Column::new(
        "departments",
        Kind::Task,
        Kind::List(&Kind::Text),
        "Who leads and who else takes part, as named, repetitions too.",
        |facts, of| ask(facts, of, find, |t, _| departments(t)),
    ),
    Column::new(
        "repeated",
        Kind::Task,
        Kind::List(&Kind::Text),
        "The departments that are named more than once, each once.",
        |facts, of| ask(facts, of, find, |t, _| repeated(t)),
    ),
    Column::new(
        "due",
        Kind::Task,
        Kind::Year,
        "By which year; undetermined where none is named.",
        |facts, of| {
            ask(facts, of, find, |t, _| {
                said(t.due.as_ref(), |due| {
                    Value::Year(i32::try_from(due.value).unwrap_or(0))
                })
            })
        },
    ),
];

fn find(plan: &Plan, position: usize) -> Option<&Task> {
    plan.tasks.get(position)
}

fn departments(task: &Task) -> Value {
    let all = task.lead.iter().chain(&task.partners);
    Value::List(all.map(|name| Value::Text(name.value.clone())).collect())
}

fn repeated(task: &Task) -> Value {
    let all: Vec<&str> = task
        .lead
        .iter()
        .chain(&task.partners)
        .map(|name| name.value.as_str())
        .collect();
    let mut found: Vec<Value> = Vec::new();
    for (at, name) in all.iter().enumerate() {
        let again = all.iter().take(at).any(|earlier| earlier == name);
        let value = Value::Text((*name).to_owned());
        if again && !found.contains(&value) {
            found.push(value);
        }
    }
    Value::List(found)
}
