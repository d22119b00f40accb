//! The plain lane: a well-formed text read straight by its field table, without a tree and without a copy.
//!
//! Most files are as `fmt` writes them, and a nation has thousands. This lane takes a text only if nothing in it is
//! wrong or odd; at the first doubt it gives up, and the recovering lane reads the text from its beginning. So it
//! reports nothing, and what it takes must come out as the other lane would have read it, places included.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};
use toml::value::Datetime;

use super::entity::{Entity, Field, FieldKind};
use super::record::{Cell, Keyed, Record, Text};
use super::recover::{first_line_end, month};
use crate::model::Date;
use crate::source::{SourceId, Span, Spanned};

/// Digits of a whole number that surely fits.
const MOST_DIGITS: usize = 18;

/// Reads a plain file by its field table; `None` where it is not plain.
pub(super) fn scan_file<'t>(
    text: &'t str,
    source: SourceId,
    entity: &'static Entity,
) -> Option<Record<'t>> {
    let bytes = text.as_bytes();
    if !printable(bytes) {
        return None;
    }
    let scan = Scan {
        text,
        bytes,
        at: 0,
        source,
    };
    scan.file(entity)
}

/// Whether there are no control characters but tabs and line ends. With that known, a carriage return is but a space
/// before a line's end.
fn printable(bytes: &[u8]) -> bool {
    let control = |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 127;
    if bytes.iter().fold(false, |any, byte| any | control(*byte)) {
        return false;
    }
    let mut returns = memchr::memchr_iter(b'\r', bytes);
    returns.all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

/// How far a text has been read.
struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    source: SourceId,
}

/// A table being read.
struct Draft<'t> {
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
    fn new(entity: &'static Entity, span: Span) -> Option<Self> {
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
    fn field(&mut self, key: &str) -> Option<(&'static Field, u64)> {
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

    /// The same for a key that is not there yet.
    fn new_field(&mut self, key: &str) -> Option<&'static Field> {
        let (field, bit) = self.field(key)?;
        let new = self.seen & bit == 0;
        self.seen |= bit;
        new.then_some(field)
    }

    fn put(&mut self, field: &'static Field, cell: Cell<'t>, span: Span) {
        self.record.cells.push((field.key, cell));
        self.record.span = self.record.span.to(span);
    }

    /// One more table under a `[[…]]`; the first one's header is where the list stands.
    fn append(&mut self, key: &str, one: Record<'t>, header: Span) -> Option<()> {
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
    fn done(self) -> Option<Record<'t>> {
        let each = self.fields.iter().enumerate();
        let mut needed = each.filter(|(_, field)| field.required);
        needed
            .all(|(at, _)| self.seen & (1 << at) != 0)
            .then_some(self.record)
    }
}

impl<'t> Scan<'t> {
    fn file(mut self, entity: &'static Entity) -> Option<Record<'t>> {
        let mut root = Draft::new(entity, self.span(0..first_line_end(self.text)))?;
        self.entries(&mut root)?;
        while self.at < self.bytes.len() {
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
                let word = self.number().filter(|word| word.len() <= MOST_DIGITS)?;
                let number = word.parse().ok()?;
                Cell::Integer(Spanned::new(number, self.span(start..self.at)))
            }
            FieldKind::Boolean => {
                let flag = self.word()?.parse().ok()?;
                Cell::Boolean(Spanned::new(flag, self.span(start..self.at)))
            }
            FieldKind::Date => {
                let date = self.date()?;
                Cell::Date(Spanned::new(date, self.span(start..self.at)))
            }
            FieldKind::Texts => {
                let mut texts = Vec::new();
                self.list(b'[', b']', |scan| {
                    texts.push(scan.string()?);
                    Some(())
                })?;
                Cell::Texts(texts)
            }
            FieldKind::Years => Cell::Keyed(self.keyed()?),
            FieldKind::One(entity) => Cell::One(self.table(entity)?),
            FieldKind::Many(entity) => {
                let mut records = Vec::new();
                self.list(b'[', b']', |scan| {
                    records.push(scan.table(entity)?);
                    Some(())
                })?;
                Cell::Many(records)
            }
            // Only the catalogue has these, and there is one of it.
            FieldKind::Named(_) | FieldKind::Levels => return None,
        })
    }

    /// `{ key = value, … }`
    fn table(&mut self, entity: &'static Entity) -> Option<Record<'t>> {
        let start = self.at;
        let mut draft = Draft::new(entity, self.span(start..start))?;
        self.list(b'{', b'}', |scan| scan.entry(&mut draft))?;
        let mut record = draft.done()?;
        record.span = self.span(start..self.at);
        Some(record)
    }

    /// `{ 2020 = "71", … }`
    fn keyed(&mut self) -> Option<Keyed<'t>> {
        let mut pairs: Keyed<'t> = Vec::with_capacity(1);
        self.list(b'{', b'}', |scan| {
            let key = scan.key()?;
            if pairs.iter().any(|(known, _)| known.value == key.value) {
                return None;
            }
            scan.equals()?;
            pairs.push((key, scan.printed()?));
            Some(())
        })?;
        Some(pairs)
    }

    /// Things between brackets, with commas between them; one may stand behind the last.
    fn list(
        &mut self,
        open: u8,
        close: u8,
        mut one: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.take(open)?;
        loop {
            self.gap();
            if self.take(close).is_some() {
                return Some(());
            }
            one(self)?;
            self.gap();
            if self.take(b',').is_none() {
                return self.take(close);
            }
        }
    }

    /// A key: the place is that of the whole, quotes included.
    fn key(&mut self) -> Option<Text<'t>> {
        let start = self.at;
        let value = match self.peek()? {
            b'"' | b'\'' => self.string()?.value,
            _ => {
                let bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
                Cow::Borrowed(self.run(bare)?)
            }
        };
        Some(Spanned::new(value, self.span(start..self.at)))
    }

    /// A text in one line without escapes.
    fn string(&mut self) -> Option<Text<'t>> {
        let quote = self.peek()?;
        let start = self.at + 1;
        let rest = self.bytes.get(start..)?;
        let length = match quote {
            b'"' => memchr3(b'"', b'\\', b'\n', rest)?,
            b'\'' => memchr2(b'\'', b'\n', rest)?,
            _ => return None,
        };
        let (inside, behind) = rest.split_at_checked(length)?;
        let three = inside.is_empty() && behind.get(1) == Some(&quote);
        if behind.first() != Some(&quote) || three {
            return None;
        }
        let end = start + length;
        self.at = end + 1;
        let value = Cow::Borrowed(self.text.get(start..end)?);
        Some(Spanned::new(value, self.span(start..end)))
    }

    /// A text, or a number as written.
    fn printed(&mut self) -> Option<Text<'t>> {
        if matches!(self.peek()?, b'"' | b'\'') {
            return self.string();
        }
        let start = self.at;
        let word = self.number()?;
        Some(Spanned::new(Cow::Borrowed(word), self.span(start..self.at)))
    }

    /// A decimal number without exponent or underscores.
    fn number(&mut self) -> Option<&'t str> {
        let word = self.word()?;
        let unsigned = word.strip_prefix('-').unwrap_or(word);
        let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let leading = whole.len() > 1 && whole.starts_with('0');
        (digits(whole) && digits(places) && !leading).then_some(word)
    }

    /// A day, or a text with a month.
    fn date(&mut self) -> Option<Date> {
        if matches!(self.peek()?, b'"' | b'\'') {
            return month(&self.string()?.value);
        }
        let word = self.word().filter(|word| word.len() == 10)?;
        let date = word.parse::<Datetime>().ok()?.date?;
        Some(Date {
            year: i32::from(date.year),
            month: date.month,
            day: Some(date.day),
        })
    }

    /// What numbers, dates and truth values are made of. Whatever else stands behind is no comma and no line's end.
    fn word(&mut self) -> Option<&'t str> {
        self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
    }

    /// The bytes of a kind that stand here, all of them ASCII; at least one.
    fn run(&mut self, kind: impl Fn(&u8) -> bool) -> Option<&'t str> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take_while(|byte| kind(byte)).count();
        let start = self.at;
        self.at += length;
        (length > 0).then(|| self.text.get(start..self.at))?
    }

    fn equals(&mut self) -> Option<()> {
        self.space();
        self.take(b'=')?;
        self.space();
        Some(())
    }

    /// Nothing more in this line but a comment.
    fn line_end(&mut self) -> Option<()> {
        self.space();
        matches!(self.peek(), None | Some(b'\n' | b'#')).then_some(())
    }

    /// Over spaces, line ends and comments.
    fn gap(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'#') => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    self.at += memchr(b'\n', rest).unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }
}
