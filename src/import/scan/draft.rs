//! A table being read, and which of its fields are there.

use super::super::entity::{Entity, Field};
use super::super::record::{Cell, Record};
use crate::source::Span;

/// A table being read.
pub struct Draft<'t> {
    fields: &'static [Field],
    record: Record<'t>,
    /// The fields that are there, a bit each.
    seen: u64,
    /// Those that `[[…]]` opened and may open again.
    headed: u64,
    /// The field after the last one: keys mostly stand in the table's order.
    next: usize,
}

impl<'t> Draft<'t> {
    pub fn new(entity: &'static Entity, span: Span) -> Option<Self> {
        let fields = entity.fields;
        (fields.len() <= 64).then(|| Self {
            fields,
            record: Record {
                cells: Vec::with_capacity(fields.len()),
                span,
            },
            seen: 0,
            headed: 0,
            next: 0,
        })
    }

    /// The field of a key, and its bit.
    pub fn field(&mut self, key: &str) -> Option<(&'static Field, u64)> {
        let is_it = |field: &&Field| field.key == key;
        let (before, behind) = self.fields.split_at_checked(self.next)?;
        let found = behind.iter().position(|field| is_it(&field));
        let at = match found {
            Some(at) => self.next + at,
            None => before.iter().position(|field| is_it(&field))?,
        };
        self.next = at + 1;
        Some((self.fields.get(at)?, 1 << at))
    }

    /// The field of a key that is not there yet.
    pub fn new_field(&mut self, key: &str) -> Option<&'static Field> {
        let (field, bit) = self.field(key)?;
        let new = self.seen & bit == 0;
        self.seen |= bit;
        new.then_some(field)
    }

    pub fn put(&mut self, field: &'static Field, cell: Cell<'t>, span: Span) {
        self.record.cells.push((field.key, cell));
        self.record.span = self.record.span.to(span);
    }

    /// One more table under a `[[…]]`; the first one's header is where the list stands.
    pub fn append(&mut self, key: &str, one: Record<'t>, header: Span) -> Option<()> {
        let (field, bit) = self.field(key)?;
        if self.headed & bit == 0 {
            let field = self.new_field(key)?;
            self.headed |= bit;
            self.put(field, Cell::Many(vec![one]), header);
            return Some(());
        }
        let cells = self.record.cells.iter_mut();
        let (_, cell) = cells.rev().find(|(name, _)| *name == field.key)?;
        let Cell::Many(records) = cell else {
            return None;
        };
        records.push(one);
        Some(())
    }

    /// The table, if nothing is missing.
    pub fn done(self) -> Option<Record<'t>> {
        let each = self.fields.iter().enumerate();
        let mut needed = each.filter(|(_, field)| field.required);
        needed
            .all(|(at, _)| self.seen & (1 << at) != 0)
            .then_some(self.record)
    }
}
