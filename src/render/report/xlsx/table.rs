//! A table of a sheet: heads that stay in sight and on each printed page, a filter, cells by what they hold.

use std::borrow::Cow;

use rust_xlsxwriter::{IgnoreError, Note, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::look::Look;
use super::names::link;
use super::text::{fit, fit_note};
use crate::audit::State;

/// A4, as the format numbers papers.
const A4: u8 = 9;

/// The height of a line in points.
const LINE: f64 = 14.0;

/// Lines that the highest row has room for.
const MOST_LINES: u16 = 29;

/// What a cell holds.
pub(super) enum Cell<'c> {
    /// Words.
    Text(Cow<'c, str>),
    /// A value as printed, an id, a place.
    Value(Cow<'c, str>),
    /// A number of things.
    Count(usize),
    /// A year.
    Year(Option<i32>),
    /// Words or a value in the colour of a state.
    State(State, Cow<'c, str>),
    /// The same with a note.
    Noted(State, Cow<'c, str>, String),
    /// A sign in the colour of a state.
    Sign(State, Cow<'c, str>),
    /// The same, leading to a row of a sheet.
    SignLink(State, Cow<'c, str>, &'c str, u32),
    /// Words that lead to a sheet.
    Link(Cow<'c, str>, &'c str),
}

impl<'c> Cell<'c> {
    pub fn text(text: &'c str) -> Self {
        Self::Text(text.into())
    }

    pub fn value(text: &'c str) -> Self {
        Self::Value(text.into())
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Value(text) => text.is_empty(),
            _ => false,
        }
    }

    /// How many lines it takes up in so many columns.
    fn lines(&self, columns: u16) -> u16 {
        match self {
            Self::Text(text)
            | Self::Value(text)
            | Self::State(_, text)
            | Self::Noted(_, text, _)
            | Self::Link(text, _) => lines(text, columns),
            Self::Sign(..) | Self::SignLink(..) | Self::Count(_) | Self::Year(_) => 1,
        }
    }

    /// Words that may be missing.
    pub fn maybe(text: Option<&'c String>) -> Self {
        Self::text(text.map_or("", String::as_str))
    }

    /// A value that may be missing.
    pub fn maybe_value(text: Option<&'c String>) -> Self {
        Self::value(text.map_or("", String::as_str))
    }
}

/// A column: its head, and how wide it is.
pub(super) type Column<'c> = (Cow<'c, str>, u16);

/// Columns of heads that are known beforehand.
pub(super) fn columns<'c>(of: &[(&'c str, u16)]) -> Vec<Column<'c>> {
    of.iter()
        .map(|(head, width)| ((*head).into(), *width))
        .collect()
}

/// A sheet by its name, set up for printing.
pub(super) fn sheet<'w>(
    book: &'w mut Workbook,
    name: &str,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&L&A&R&P / &N");
    Ok(sheet)
}

/// A table that rows are added to.
pub(super) struct Table<'t> {
    pub sheet: &'t mut Worksheet,
    look: &'t Look,
    top: u32,
    next: u32,
    widths: Vec<u16>,
    is_bare: bool,
}

impl<'t> Table<'t> {
    /// Writes the heads into a row.
    pub fn new(
        sheet: &'t mut Worksheet,
        look: &'t Look,
        top: u32,
        columns: &[Column<'_>],
    ) -> Result<Self, XlsxError> {
        let mut high = 1;
        for ((head, width), column) in columns.iter().zip(0..) {
            sheet.write_string_with_format(top, column, fit(head), &look.head)?;
            sheet.set_column_width(column, *width)?;
            high = high.max(lines(head, *width));
        }
        rise(sheet, top, high)?;
        Ok(Self {
            sheet,
            look,
            top,
            next: top + 1,
            widths: columns.iter().map(|(_, width)| *width).collect(),
            is_bare: false,
        })
    }

    /// Leaves out cells that hold nothing: of a list of a million rows these are most of it.
    pub fn bare(mut self) -> Self {
        self.is_bare = true;
        self
    }

    /// Writes a row, as high as its texts need: not every program works that out by itself.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let mut high = 1;
        for ((cell, width), column) in cells.iter().zip(&self.widths).zip(0..) {
            if self.is_bare && cell.is_empty() {
                continue;
            }
            put(self.sheet, self.look, (self.next, column), cell)?;
            high = high.max(cell.lines(*width));
        }
        rise(self.sheet, self.next, high)?;
        self.next += 1;
        Ok(())
    }

    /// Sets up what a table as long as this needs: the first columns stay in sight with the heads.
    pub fn end(self, frozen: u16) -> Result<(), XlsxError> {
        let Self { sheet, top, .. } = self;
        sheet.set_freeze_panes(top + 1, frozen)?;
        sheet.set_repeat_rows(top, top)?;
        let columns = u16::try_from(self.widths.len()).unwrap_or_default();
        if self.next > top + 1 && columns > 0 {
            let (last, right) = (self.next - 1, columns - 1);
            sheet.autofilter(top, 0, last, right)?;
            // 73.70 is no slip of the pen.
            sheet.ignore_error_range(top, 0, last, right, IgnoreError::NumberStoredAsText)?;
        }
        Ok(())
    }
}

/// Writes a cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    look: &Look,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string_with_format(row, column, fit(text), &look.text)?,
        Cell::Value(text) => sheet.write_string_with_format(row, column, fit(text), &look.value)?,
        Cell::Count(count) => {
            let count = f64::from(u32::try_from(*count).unwrap_or(u32::MAX));
            sheet.write_number_with_format(row, column, count, &look.number)?
        }
        Cell::Year(Some(year)) => {
            sheet.write_number_with_format(row, column, f64::from(*year), &look.number)?
        }
        Cell::Year(None) => sheet.write_blank(row, column, &look.number)?,
        Cell::State(state, text) => {
            sheet.write_string_with_format(row, column, fit(text), look.state(*state))?
        }
        Cell::Noted(state, text, note) => {
            sheet.write_string_with_format(row, column, fit(text), look.state(*state))?;
            sheet.insert_note(row, column, &self::note(note))?
        }
        Cell::Sign(state, text) => {
            sheet.write_string_with_format(row, column, fit(text), look.sign(*state))?
        }
        Cell::SignLink(state, text, name, to) => {
            let format = Some(look.sign(*state));
            let link = link(name, *to);
            sheet.write_url_with_options(row, column, link.as_str(), fit(text), "", format)?
        }
        Cell::Link(text, name) => {
            let format = Some(&look.link);
            let link = link(name, 0);
            sheet.write_url_with_options(row, column, link.as_str(), fit(text), "", format)?
        }
    };
    Ok(())
}

/// A note as large as its text.
fn note(text: &str) -> Note {
    let height = u32::from(lines(text, 44)).clamp(3, 40) * 18 + 8;
    Note::new(fit_note(text))
        .add_author_prefix(false)
        .set_width(320)
        .set_height(height)
}

/// How many lines a text takes up in so many columns, as far as a row can be high.
pub(super) fn lines(text: &str, columns: u16) -> u16 {
    let columns = usize::from(columns.max(1));
    let mut lines = 0;
    for line in text.lines() {
        lines += UnicodeWidthStr::width(line).div_ceil(columns).max(1);
        if lines >= usize::from(MOST_LINES) {
            return MOST_LINES;
        }
    }
    u16::try_from(lines.max(1)).unwrap_or(MOST_LINES)
}

/// Makes a row as high as so many lines.
pub(super) fn rise(sheet: &mut Worksheet, row: u32, lines: u16) -> Result<(), XlsxError> {
    if lines > 1 {
        sheet.set_row_height(row, LINE * f64::from(lines) + 2.0)?;
    }
    Ok(())
}
