//! The layout of a plan file: keys and sections in the order of the field tables, a row of a section a line. Values stay
//! as they are written, comments stay with what they stand above or behind.

use std::borrow::Cow;

use toml_edit::{Document, Item, Key, Table, Value};

use super::line::Lines;
use super::note::{Notes, Unit, solids};
use crate::import::{Entity, FieldKind, PLAN};

/// Lays a file that is TOML out.
pub(super) fn layout(text: &str, document: &Document<&str>) -> String {
    let mut units = Vec::new();
    collect(document.as_table(), &mut units);
    let mut solid = Vec::new();
    solids(document.as_table(), &mut solid);
    let mut layout = Layout {
        text,
        notes: Notes::new(text, units, solid),
        lines: Lines::new(2),
    };
    layout.notes.head(&mut layout.lines);
    layout.table(document.as_table(), Some(&PLAN));
    layout.notes.rest(&mut layout.lines);
    layout.lines.text()
}

struct Layout<'t> {
    text: &'t str,
    notes: Notes<'t>,
    lines: Lines<()>,
}

/// A key of one part or of several, and its value.
type Entry<'d> = (Vec<&'d Key>, &'d Value);

impl Layout<'_> {
    fn table(&mut self, table: &Table, entity: Option<&Entity>) {
        for (path, value) in sorted(table.get_values(), entity) {
            let inner = path.first().and_then(|key| within(entity, key.get()));
            self.entry(&path, value, inner);
        }
        let mut tables: Vec<(&str, &Item)> = table.iter().collect();
        tables.sort_by_key(|(key, _)| position(entity, key));
        for (key, item) in tables {
            let inner = within(entity, key);
            match item {
                Item::Table(table) if !table.is_dotted() => self.headed(table, inner),
                Item::ArrayOfTables(tables) => {
                    for table in tables {
                        self.headed(table, inner);
                    }
                }
                _ => (),
            }
        }
    }

    fn headed(&mut self, table: &Table, entity: Option<&Entity>) {
        if let Some(span) = table.span().filter(|_| !table.is_implicit()) {
            self.notes.open(&mut self.lines, 0, span.start, true);
            let header = self.text.get(span.clone()).unwrap_or("");
            self.lines.add(false, header);
            self.notes.close(&mut self.lines, span.start);
        }
        self.table(table, entity);
    }

    fn entry(&mut self, path: &[&Key], value: &Value, entity: Option<&Entity>) {
        let Some(start) = path
            .last()
            .and_then(|key| key.span())
            .map(|span| span.start)
        else {
            return;
        };
        let rows = rows(value);
        self.notes.open(&mut self.lines, 0, start, rows.is_some());
        self.lines.add(false, &spelled(path));
        let Some((rows, end)) = rows else {
            let written = self.value(value, entity);
            self.lines.aligned((), &format!("= {written}"));
            self.notes.close(&mut self.lines, start);
            return;
        };
        self.lines.add(true, "= [");
        self.notes.close(&mut self.lines, start);
        for row in rows {
            let at = row.span().map_or(0, |span| span.start);
            self.notes.open(&mut self.lines, 1, at, false);
            let written = self.value(row, entity);
            self.lines.add(false, &format!("{written},"));
            self.notes.close(&mut self.lines, at);
        }
        self.notes.finish(&mut self.lines, end);
        self.lines.add(false, "]");
        self.notes.close(&mut self.lines, end);
    }

    /// A value on one line, scalars as they are written.
    fn value(&self, value: &Value, entity: Option<&Entity>) -> String {
        match value {
            Value::Array(array) => {
                let values: Vec<String> = array
                    .iter()
                    .map(|value| self.value(value, entity))
                    .collect();
                format!("[{}]", values.join(", "))
            }
            Value::InlineTable(table) if table.is_empty() => "{}".to_owned(),
            Value::InlineTable(table) => {
                let entries = sorted(table.get_values(), entity);
                let entries = entries.iter().map(|(path, value)| {
                    let inner = path.first().and_then(|key| within(entity, key.get()));
                    format!("{} = {}", spelled(path), self.value(value, inner))
                });
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
            scalar => {
                let written = scalar.span().and_then(|span| self.text.get(span));
                plain(scalar, written.unwrap_or("")).into_owned()
            }
        }
    }
}

/// A scalar as it is written; a text with escapes that TOML 1.0 does not have, with those that it has.
fn plain<'t>(scalar: &Value, written: &'t str) -> Cow<'t, str> {
    let newer = written.starts_with('"') && (written.contains("\\x") || written.contains("\\e"));
    match scalar.as_str().filter(|_| newer) {
        Some(text) => Cow::Owned(Value::from(text).to_string()),
        None => Cow::Borrowed(written),
    }
}

/// The rows of a section, and where its closing bracket stands; nothing where it has none.
fn rows(value: &Value) -> Option<(impl Iterator<Item = &Value>, usize)> {
    let array = value.as_array()?;
    let rows = array.iter().any(Value::is_inline_table);
    let end = array.span()?.end.checked_sub(1)?;
    rows.then(|| (array.iter(), end))
}

/// A key as it is written.
fn spelled(path: &[&Key]) -> String {
    let keys: Vec<Cow<'_, str>> = path.iter().map(|key| key.display_repr()).collect();
    keys.join(".")
}

/// Entries in the order of an entity's fields, unknown ones behind; years ascending.
fn sorted<'d>(mut entries: Vec<Entry<'d>>, entity: Option<&Entity>) -> Vec<Entry<'d>> {
    let part = |(path, _): &Entry<'d>, at: usize| path.get(at).map_or("", |key| key.get());
    if entity.is_some() {
        entries.sort_by_key(|entry| {
            let first = part(entry, 0);
            let second = position(within(entity, first), part(entry, 1));
            (rows(entry.1).is_some(), position(entity, first), second)
        });
    } else {
        let year = |entry: &Entry<'d>| part(entry, 0).parse::<u32>().ok();
        if entries.iter().all(|entry| year(entry).is_some()) {
            entries.sort_by_key(year);
        }
    }
    entries
}

fn position(entity: Option<&Entity>, key: &str) -> usize {
    let fields = entity.map_or(&[][..], |entity| entity.fields);
    let known = fields.iter().position(|field| field.key == key);
    known.unwrap_or(usize::MAX)
}

/// The entity of a field's tables.
fn within(entity: Option<&Entity>, key: &str) -> Option<&'static Entity> {
    let field = entity?.fields.iter().find(|field| field.key == key)?;
    match field.kind {
        FieldKind::One(entity) | FieldKind::Many(entity) | FieldKind::Named(entity) => Some(entity),
        _ => None,
    }
}

/// What gets a line of its own.
fn collect(table: &Table, units: &mut Vec<Unit>) {
    for (path, value) in table.get_values() {
        let Some(key) = path.last().and_then(|key| key.span()) else {
            continue;
        };
        let span = value.span().unwrap_or(key.clone());
        let Some((rows, end)) = rows(value) else {
            units.push(key.start..span.end);
            continue;
        };
        units.push(key.start..span.start + 1);
        units.extend(rows.filter_map(Value::span));
        units.push(end..end + 1);
    }
    for (_, item) in table {
        match item {
            Item::Table(table) if !table.is_dotted() => headed(table, units),
            Item::ArrayOfTables(tables) => {
                for table in tables {
                    headed(table, units);
                }
            }
            _ => (),
        }
    }
}

fn headed(table: &Table, units: &mut Vec<Unit>) {
    units.extend(table.span().filter(|_| !table.is_implicit()));
    collect(table, units);
}
