//! The plain lane: a well-formed text read straight by its field table, without a tree and without a copy.
//!
//! Most files are as `fmt` writes them, and a nation has thousands. This lane takes a text only if nothing in it is
//! wrong or odd; at the first doubt it gives up, and the recovering lane reads the text from its beginning. So it
//! reports nothing, and what it takes must come out as the other lane would have read it, places included.

mod cursor;
mod draft;
mod shape;

use cursor::Cursor;
use draft::Draft;
pub(super) use shape::Shapes;

use super::entity::{Entity, Field, FieldKind};
use super::record::{Cell, Keyed, Record, Rows, TableRow};
use super::recover::first_line_end;
use crate::source::{SourceId, Span, Spanned};

/// The list whose rows are alike over many files.
const TABLE: &str = "indicators";

/// Reads a plain file by its field table; `None` where it is not plain. With shapes, rows of its indicator table that
/// have a known one are not read.
pub(super) fn scan_file<'t>(
    text: &'t str,
    source: SourceId,
    entity: &'static Entity,
    shapes: Option<&mut Shapes>,
) -> Option<Record<'t>> {
    Cursor::new(text, source, shapes)?.file(entity)
}

impl<'t> Cursor<'t, '_> {
    fn file(mut self, entity: &'static Entity) -> Option<Record<'t>> {
        let mut root = Draft::new(entity, self.span(0..first_line_end(self.text())))?;
        self.entries(&mut root)?;
        while !self.is_at_end() {
            self.section(&mut root)?;
        }
        root.done()
    }

    /// `[key]` or `[[key]]` and the lines below it.
    fn section(&mut self, root: &mut Draft<'t>) -> Option<()> {
        let start = self.at;
        self.take(b'[')?;
        let repeated = self.take(b'[').is_some();
        let key = self.key()?.value;
        self.take(b']')?;
        if repeated {
            self.take(b']')?;
        }
        let header = self.span(start..self.at);
        self.line_end()?;
        let (field, _) = root.field(&key)?;
        match (&field.kind, repeated) {
            (FieldKind::One(entity), false) => {
                let field = root.new_field(&key)?;
                let record = self.section_table(entity, header)?;
                root.put(field, Cell::One(record), header);
                Some(())
            }
            (FieldKind::Many(entity), true) => {
                let record = self.section_table(entity, header)?;
                root.append(&key, record, header)
            }
            _ => None,
        }
    }

    fn section_table(&mut self, entity: &'static Entity, header: Span) -> Option<Record<'t>> {
        let mut draft = Draft::new(entity, header)?;
        self.entries(&mut draft)?;
        draft.done()
    }

    /// Lines `key = value` up to the next header or the end.
    fn entries(&mut self, draft: &mut Draft<'t>) -> Option<()> {
        loop {
            self.gap();
            if matches!(self.peek(), None | Some(b'[')) {
                return Some(());
            }
            self.entry(draft)?;
            self.line_end()?;
        }
    }

    fn entry(&mut self, draft: &mut Draft<'t>) -> Option<()> {
        let key = self.key()?;
        let field = draft.new_field(&key.value)?;
        self.equals()?;
        let start = self.at;
        let cell = self.cell(field)?;
        draft.put(field, cell, self.span(start..self.at));
        Some(())
    }

    fn cell(&mut self, field: &'static Field) -> Option<Cell<'t>> {
        let start = self.at;
        Some(match &field.kind {
            FieldKind::Text => Cell::Text(self.string()?),
            FieldKind::Value => Cell::Text(self.printed()?),
            FieldKind::Choice(words) => {
                let text = self.string()?;
                words.iter().find(|word| **word == text.value)?;
                Cell::Text(text)
            }
            FieldKind::Integer => {
                let number = self.integer()?;
                Cell::Integer(Spanned::new(number, self.span(start..self.at)))
            }
            FieldKind::Boolean => {
                let flag = self.boolean()?;
                Cell::Boolean(Spanned::new(flag, self.span(start..self.at)))
            }
            FieldKind::Date => {
                let date = self.date()?;
                Cell::Date(Spanned::new(date, self.span(start..self.at)))
            }
            FieldKind::Texts => {
                let mut texts = Vec::new();
                self.list(b'[', b']', |cursor| {
                    texts.push(cursor.string()?);
                    Some(())
                })?;
                Cell::Texts(texts)
            }
            FieldKind::Years | FieldKind::Values => Cell::Keyed(self.keyed()?),
            FieldKind::One(entity) => Cell::One(self.table(entity)?),
            FieldKind::Many(entity) if field.key == TABLE && self.shapes.is_some() => {
                let shapes = self.shapes.take()?;
                Cell::Rows(self.rows(entity, shapes)?)
            }
            FieldKind::Many(entity) => {
                let mut records = Vec::new();
                self.list(b'[', b']', |cursor| {
                    records.push(cursor.table(entity)?);
                    Some(())
                })?;
                Cell::Many(records)
            }
            // Only the catalogue and the settings have these, and there is one of each.
            FieldKind::Named(_) | FieldKind::Levels => return None,
        })
    }

    /// The rows of an indicator table.
    fn rows(&mut self, entity: &'static Entity, shapes: &mut Shapes) -> Option<Rows<'t>> {
        let mut rows = shapes.begin();
        self.list(b'[', b']', |cursor| {
            let start = cursor.at;
            let row = if let Some(foreseen) = shapes.foresee(cursor, &mut rows.values) {
                foreseen
            } else {
                let record = cursor.table(entity)?;
                let row = cursor.text().get(start..cursor.at)?;
                let shape = shapes.learn(row, start, &record);
                TableRow::Read(record, shape)
            };
            rows.rows.push(row);
            Some(())
        })?;
        shapes.end(&rows);
        Some(rows)
    }

    /// `{ key = value, … }`
    fn table(&mut self, entity: &'static Entity) -> Option<Record<'t>> {
        let start = self.at;
        let mut draft = Draft::new(entity, self.span(start..start))?;
        self.list(b'{', b'}', |cursor| cursor.entry(&mut draft))?;
        let mut record = draft.done()?;
        record.span = self.span(start..self.at);
        Some(record)
    }

    /// `{ 2020 = "71", … }`
    fn keyed(&mut self) -> Option<Keyed<'t>> {
        let mut pairs: Keyed<'t> = Vec::with_capacity(1);
        self.list(b'{', b'}', |cursor| {
            let key = cursor.key()?;
            if pairs.iter().any(|(known, _)| known.value == key.value) {
                return None;
            }
            cursor.equals()?;
            pairs.push((key, cursor.printed()?));
            Some(())
        })?;
        Some(pairs)
    }
}
