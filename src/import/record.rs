//! A table that was read by its field table, whichever lane read it.

use std::borrow::Cow;

use super::entity::Entity;
use super::recover::recover_file;
use super::scan::scan_file;
use crate::model::Date;
use crate::problem::Problem;
use crate::source::{SourceId, Span, Spanned};

/// A table that was read; its texts are pieces of the file's, where they stand there as they are.
#[derive(Debug, PartialEq)]
pub(super) struct Record<'t> {
    pub(super) cells: Vec<(&'static str, Cell<'t>)>,
    /// The whole table.
    pub span: Span,
}

/// A text, with the place inside its quotes.
pub(super) type Text<'t> = Spanned<Cow<'t, str>>;

/// Values as printed, each by a key: a year, a level.
pub(super) type Keyed<'t> = Vec<(Text<'t>, Text<'t>)>;

/// What stands at a key.
#[derive(Debug, PartialEq)]
pub(super) enum Cell<'t> {
    Text(Text<'t>),
    Integer(Spanned<i64>),
    Boolean(Spanned<bool>),
    Date(Spanned<Date>),
    Texts(Vec<Text<'t>>),
    Keyed(Keyed<'t>),
    One(Record<'t>),
    Many(Vec<Record<'t>>),
    Rows(Rows<'t>),
    Named(Vec<(Spanned<String>, Record<'t>)>),
}

/// The rows of an indicator table, of which most need not be read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rows<'t> {
    pub rows: Vec<TableRow<'t>>,
    /// The values of the foreseen ones, in the order of the text.
    pub values: Vec<Spanned<&'t str>>,
}

/// One row of an indicator table.
#[derive(Debug, PartialEq)]
pub(super) enum TableRow<'t> {
    /// Read by its field table; its shape, if it has one.
    Read(Record<'t>, Option<usize>),
    /// Of a shape that is known, from its first byte on, with its values from a number on.
    Foreseen {
        shape: usize,
        start: usize,
        values: usize,
    },
}

/// Reads a whole file by its field table: a plain text straight away, any other by the lane that finds what is wrong.
pub(super) fn read_file<'t>(
    text: &'t str,
    source: SourceId,
    entity: &'static Entity,
    problems: &mut Vec<Problem>,
) -> Record<'t> {
    scan_file(text, source, entity, None)
        .unwrap_or_else(|| recover_file(text, source, entity, problems))
}

fn borrowed<'a>(text: &'a Text<'_>) -> Spanned<&'a str> {
    Spanned::new(text.value.as_ref(), text.span)
}

/// A text that outlives its file.
pub(super) fn owned(text: &Text<'_>) -> Spanned<String> {
    text.clone().map(Cow::into_owned)
}

impl<'t> Record<'t> {
    fn cell(&self, key: &str) -> Option<&Cell<'t>> {
        let found = self.cells.iter().find(|(name, _)| *name == key);
        found.map(|(_, cell)| cell)
    }

    /// A text as it stands in the file.
    pub fn text_ref(&self, key: &str) -> Option<Spanned<&str>> {
        match self.cell(key)? {
            Cell::Text(text) => Some(borrowed(text)),
            _ => None,
        }
    }

    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        self.text_ref(key).map(|text| text.map(str::to_owned))
    }

    /// A text without its place.
    pub fn plain(&self, key: &str) -> Option<String> {
        self.text_ref(key).map(|text| text.value.to_owned())
    }

    pub fn integer(&self, key: &str) -> Option<Spanned<i64>> {
        match self.cell(key)? {
            Cell::Integer(number) => Some(number.clone()),
            _ => None,
        }
    }

    pub fn boolean(&self, key: &str) -> Option<Spanned<bool>> {
        match self.cell(key)? {
            Cell::Boolean(flag) => Some(flag.clone()),
            _ => None,
        }
    }

    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        match self.cell(key)? {
            Cell::Date(date) => Some(date.clone()),
            _ => None,
        }
    }

    pub fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        match self.cell(key) {
            Some(Cell::Texts(texts)) => texts.iter().map(owned).collect(),
            _ => Vec::new(),
        }
    }

    /// Values by their keys, as they stand in the file.
    pub fn keyed_ref(&self, key: &str) -> impl Iterator<Item = (Spanned<&str>, Spanned<&str>)> {
        let pairs = match self.cell(key) {
            Some(Cell::Keyed(pairs)) => pairs.as_slice(),
            _ => &[],
        };
        pairs
            .iter()
            .map(|(name, value)| (borrowed(name), borrowed(value)))
    }

    pub fn keyed(&self, key: &str) -> Vec<(Spanned<String>, Spanned<String>)> {
        let pairs = self.keyed_ref(key);
        pairs
            .map(|(name, value)| (name.map(str::to_owned), value.map(str::to_owned)))
            .collect()
    }

    pub fn one(&self, key: &str) -> Option<&Record<'t>> {
        match self.cell(key)? {
            Cell::One(record) => Some(record),
            _ => None,
        }
    }

    pub fn many(&self, key: &str) -> &[Record<'t>] {
        match self.cell(key) {
            Some(Cell::Many(records)) => records,
            _ => &[],
        }
    }

    /// The rows of an indicator table that was read with shapes.
    pub fn rows(&self, key: &str) -> Option<&Rows<'t>> {
        match self.cell(key)? {
            Cell::Rows(rows) => Some(rows),
            _ => None,
        }
    }

    pub fn named(&self, key: &str) -> &[(Spanned<String>, Record<'t>)] {
        match self.cell(key) {
            Some(Cell::Named(records)) => records,
            _ => &[],
        }
    }
}
