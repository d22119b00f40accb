//! A table of a sheet: heads that stay in sight and on each printed page, a filter, cells by what they hold.

use std::borrow::Cow;

use rust_xlsxwriter::{IgnoreError, Note, Workbook, Worksheet, XlsxError};

use super::look::Look;
use super::names::link;
use super::text::{fit, fit_note};
use crate::audit::State;

/// A4, as the format numbers papers.
const A4: u8 = 9;

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
    /// Words that lead to a row of a sheet, in the colour of a state where there is one.
    Link(Cow<'c, str>, &'c str, u32, Option<State>),
}

impl<'c> Cell<'c> {
    pub fn text(text: &'c str) -> Self {
        Self::Text(text.into())
    }

    pub fn value(text: &'c str) -> Self {
        Self::Value(text.into())
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
pub(super) type Column<'c> = (Cow<'c, str>, f64);

/// Columns of heads that are known beforehand.
pub(super) fn columns<'c>(of: &[(&'c str, f64)]) -> Vec<Column<'c>> {
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
    columns: u16,
}

impl<'t> Table<'t> {
    /// Writes the heads into a row.
    pub fn new(
        sheet: &'t mut Worksheet,
        look: &'t Look,
        top: u32,
        columns: &[Column<'_>],
    ) -> Result<Self, XlsxError> {
        let mut count = 0;
        for (head, width) in columns {
            sheet.write_string_with_format(top, count, fit(head), &look.head)?;
            sheet.set_column_width(count, *width)?;
            count += 1;
        }
        Ok(Self {
            sheet,
            look,
            top,
            next: top + 1,
            columns: count,
        })
    }

    /// Writes a row.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        for (cell, column) in cells.iter().zip(0..) {
            put(self.sheet, self.look, (self.next, column), cell)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Sets up what a table as long as this needs: the first columns stay in sight with the heads.
    pub fn end(self, frozen: u16) -> Result<(), XlsxError> {
        let Self { sheet, top, .. } = self;
        sheet.set_freeze_panes(top + 1, frozen)?;
        sheet.set_repeat_rows(top, top)?;
        if self.next > top + 1 && self.columns > 0 {
            sheet.autofilter(top, 0, self.next - 1, self.columns - 1)?;
            let (last, right) = (self.next - 1, self.columns - 1);
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
        Cell::Link(text, name, to, state) => {
            let format = state.map_or(&look.link, |state| look.state(state));
            let link = link(name, *to);
            sheet.write_url_with_options(row, column, link.as_str(), fit(text), "", Some(format))?
        }
    };
    Ok(())
}

/// A note as large as its text.
fn note(text: &str) -> Note {
    let lines = lines(text, 44);
    let height = u32::try_from(lines).unwrap_or(40).clamp(3, 40) * 18 + 8;
    Note::new(fit_note(text))
        .add_author_prefix(false)
        .set_width(320)
        .set_height(height)
}

/// How many lines a text takes up in so many columns.
pub(super) fn lines(text: &str, columns: usize) -> usize {
    let lines = text.lines().map(|line| {
        let width = unicode_width::UnicodeWidthStr::width(line);
        width.div_ceil(columns).max(1)
    });
    lines.sum::<usize>().max(1)
}
