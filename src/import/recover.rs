//! The recovering lane: any text read by its field table through a TOML tree. Unknown, missing and wrong-typed keys are
//! reported, the rest kept.

use std::borrow::Cow;

use toml::Spanned as TomlSpanned;
use toml::de::{DeString, DeTable, DeValue};

use super::entity::{Entity, Field, FieldKind};
use super::record::{Cell, Keyed, Record, Text, owned};
use super::tree::{Tree, type_name};
use super::wrong;
use crate::model::Date;
use crate::problem::Problem;
use crate::source::{SourceId, Span, Spanned};

/// The file being read.
struct Reader<'a> {
    text: &'a str,
    source: SourceId,
    problems: &'a mut Vec<Problem>,
}

/// Reads any file by its field table.
pub(super) fn recover_file<'t>(
    text: &'t str,
    source: SourceId,
    entity: &'static Entity,
    problems: &mut Vec<Problem>,
) -> Record<'t> {
    let mut mended = String::new();
    let tree = super::tree::parse(text, source, &mut mended, problems);
    let mut reader = Reader {
        text,
        source,
        problems,
    };
    let whole = Span::new(source, 0..first_line_end(text));
    reader.record(&tree, &tree.root, whole, entity)
}

/// Where the first line ends: what is missing in a file is missed there.
pub(super) fn first_line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    fn record(
        &mut self,
        tree: &Tree<'_>,
        table: &DeTable<'_>,
        span: Span,
        entity: &'static Entity,
    ) -> Record<'static> {
        let mut cells = Vec::new();
        let mut whole = span;
        for (key, value) in table {
            whole = whole.to(self.span(value.span()));
            let name = Spanned::new(key.get_ref().to_string(), self.span(key.span()));
            let Some(field) = entity.fields.iter().find(|field| field.key == name.value) else {
                let at = key.span().start;
                if !tree.is_guessed(&key.span()) && !tree.is_orphaned(self.text, at) {
                    let headed = self
                        .text
                        .get(span.range())
                        .is_some_and(|text| text.starts_with('['));
                    self.problems
                        .push(wrong::unknown_key(&name, entity, headed));
                }
                continue;
            };
            if tree.is_guessed(&value.span()) && !holds_tables(&field.kind) {
                continue;
            }
            if let Some(cell) = self.cell(tree, field, value) {
                cells.push((field.key, cell));
            }
        }
        for field in entity.fields.iter().filter(|field| field.required) {
            let there = table.keys().any(|key| *key.get_ref() == field.key);
            if !there && !tree.was_blanked(self.text, field.key) {
                self.problems
                    .push(wrong::missing_key(field.key, entity, span));
            }
        }
        Record { cells, span: whole }
    }

    fn cell(
        &mut self,
        tree: &Tree<'_>,
        field: &'static Field,
        value: &TomlSpanned<DeValue<'_>>,
    ) -> Option<Cell<'static>> {
        let span = self.span(value.span());
        let cell = match (&field.kind, value.get_ref()) {
            (FieldKind::Text | FieldKind::Levels, DeValue::String(text)) => {
                Cell::Text(self.inner(text, span))
            }
            (FieldKind::Value, value) => Cell::Text(self.printed(value, span)?),
            (FieldKind::Choice(words), DeValue::String(text)) => {
                let text = self.inner(text, span);
                if !words.contains(&text.value.as_ref()) {
                    self.problems
                        .push(wrong::wrong_word(field.key, words, &owned(&text)));
                    return None;
                }
                Cell::Text(text)
            }
            (FieldKind::Integer, DeValue::Integer(number)) => {
                let Ok(number) = i64::from_str_radix(number.as_str(), number.radix()) else {
                    self.wrong_type(field, value);
                    return None;
                };
                Cell::Integer(Spanned::new(number, span))
            }
            (FieldKind::Boolean, DeValue::Boolean(flag)) => {
                Cell::Boolean(Spanned::new(*flag, span))
            }
            (FieldKind::Date, DeValue::Datetime(_) | DeValue::String(_)) => {
                return self.date(field, value.get_ref(), span);
            }
            (FieldKind::Texts, DeValue::Array(items)) => Cell::Texts(self.texts(field, items)),
            (FieldKind::Years | FieldKind::Values | FieldKind::Levels, DeValue::Table(table)) => {
                Cell::Keyed(self.keyed(field, table))
            }
            (FieldKind::One(entity), DeValue::Table(table)) => {
                Cell::One(self.record(tree, table, span, entity))
            }
            (FieldKind::Many(entity), DeValue::Array(items)) => {
                Cell::Many(self.records(tree, field, items, entity))
            }
            (FieldKind::Named(entity), DeValue::Table(table)) => {
                let named = table.iter().filter_map(|(key, value)| {
                    let name = Spanned::new(key.get_ref().to_string(), self.span(key.span()));
                    let DeValue::Table(inner) = value.get_ref() else {
                        self.wrong_type(field, value);
                        return None;
                    };
                    Some((
                        name,
                        self.record(tree, inner, self.span(value.span()), entity),
                    ))
                });
                Cell::Named(named.collect())
            }
            _ => {
                self.wrong_type(field, value);
                return None;
            }
        };
        Some(cell)
    }

    fn wrong_type(&mut self, field: &Field, value: &TomlSpanned<DeValue<'_>>) {
        let span = self.span(value.span());
        let found = type_name(value.get_ref());
        self.problems
            .push(wrong::wrong_type(field.key, &field.kind, span, found));
    }

    fn records(
        &mut self,
        tree: &Tree<'_>,
        field: &Field,
        items: &[TomlSpanned<DeValue<'_>>],
        entity: &'static Entity,
    ) -> Vec<Record<'static>> {
        let mut records = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) if !tree.is_guessed(&item.span()) => {
                    records.push(self.record(tree, table, self.span(item.span()), entity));
                }
                DeValue::Table(_) => (),
                _ if tree.is_guessed(&item.span()) => (),
                _ => self.wrong_type(field, item),
            }
        }
        records
    }

    fn texts(&mut self, field: &Field, items: &[TomlSpanned<DeValue<'_>>]) -> Vec<Text<'static>> {
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.inner(text, self.span(item.span()))),
                _ => self.wrong_type(field, item),
            }
        }
        texts
    }

    fn keyed(&mut self, field: &Field, table: &DeTable<'_>) -> Keyed<'static> {
        let mut pairs = Vec::new();
        for (key, value) in table {
            let name = Cow::Owned(key.get_ref().to_string());
            let name = Spanned::new(name, self.span(key.span()));
            match self.printed(value.get_ref(), self.span(value.span())) {
                Some(printed) => pairs.push((name, printed)),
                None => self.wrong_type(field, value),
            }
        }
        pairs
    }

    /// A value as printed: text, or a plain number, whose digits are kept as written.
    fn printed(&self, value: &DeValue<'_>, span: Span) -> Option<Text<'static>> {
        match value {
            DeValue::String(text) => Some(self.inner(text, span)),
            DeValue::Integer(_) | DeValue::Float(_) => {
                let written = self.text.get(span.range()).unwrap_or("");
                Some(Spanned::new(Cow::Owned(written.to_owned()), span))
            }
            _ => None,
        }
    }

    fn date(&mut self, field: &Field, value: &DeValue<'_>, span: Span) -> Option<Cell<'static>> {
        let date = match value {
            DeValue::Datetime(datetime) => datetime.date.map(|date| Date {
                year: i32::from(date.year),
                month: date.month,
                day: Some(date.day),
            }),
            DeValue::String(text) => month(text),
            _ => None,
        };
        if date.is_none() {
            let found = type_name(value);
            self.problems
                .push(wrong::wrong_type(field.key, &field.kind, span, found));
        }
        date.map(|date| Cell::Date(Spanned::new(date, span)))
    }

    /// A text with the place inside its quotes, or of the whole where escapes make the two differ.
    fn inner(&self, text: &DeString<'_>, span: Span) -> Text<'static> {
        let written = self.text.get(span.range()).unwrap_or("");
        let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") {
            3
        } else {
            1
        };
        let inside = quotes..written.len().saturating_sub(quotes).max(quotes);
        let span = if written.get(inside.clone()) == Some(text.as_ref()) {
            span.inner(inside)
        } else {
            span
        };
        Spanned::new(Cow::Owned(text.to_string()), span)
    }
}

fn holds_tables(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::One(_) | FieldKind::Many(_) | FieldKind::Named(_)
    )
}

/// A month written `YYYY-MM`.
pub(super) fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let month = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    Some(Date {
        year: year.parse().ok()?,
        month,
        day: None,
    })
}
