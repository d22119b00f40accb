//! `--format xlsx`: a workbook for planners, who sort, filter and compare in a spreadsheet.

mod coverage;
mod cover;
mod findings;
mod look;
mod matrix;
mod names;
mod plan;
mod rules;
mod table;
mod text;

use std::io;

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::words::{Words, words};
use crate::audit::{Audit, Manifest};
use look::Look;
use names::Names;

/// The hidden sheet that the manifest stands in.
const HIDDEN: &str = "planlint";

/// Characters of the manifest in a cell: below what a cell holds, and what other programs are known to hold.
const PIECE: usize = 30_000;

/// What the sheets of a workbook are written from.
struct Book<'b> {
    audit: &'b Audit,
    words: Words,
    look: Look,
    names: Names,
}

pub(super) fn write(audit: &Audit, out: &mut dyn io::Write) -> io::Result<()> {
    let manifest = super::json(&audit.manifest, |of| {
        // The writer has its own ideas of `_x0041_` and `<r>`.
        !of.is_ascii() || matches!(of, '_' | '<')
    })?;
    let bytes = workbook(audit, &manifest).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(audit: &Audit, manifest: &str) -> Result<Vec<u8>, XlsxError> {
    let words = words(audit.language);
    let of = Book {
        audit,
        words,
        look: Look::new(),
        names: Names::new(audit, &words),
    };
    let mut book = Workbook::new();
    book.set_properties(&properties(&of)?);
    cover::write(&of, &mut book)?;
    findings::write(&of, &mut book)?;
    findings::undecided(&of, &mut book)?;
    matrix::write(&of, &mut book)?;
    matrix::indicators(&of, &mut book)?;
    rules::write(&of, &mut book)?;
    coverage::accepted(&of, &mut book)?;
    coverage::write(&of, &mut book)?;
    coverage::inputs(&of, &mut book)?;
    rules::method(&of, &mut book)?;
    plan::all_rows(&of, &mut book)?;
    plan::sheets(&of, &mut book)?;
    hide(manifest, &mut book)?;
    book.save_to_buffer()
}

/// Without a day of its own a workbook has the clock's, and no two are alike.
fn properties(of: &Book<'_>) -> Result<DocProperties, XlsxError> {
    let date = of.audit.date;
    let year = u16::try_from(date.year).unwrap_or_default();
    // The format knows no days before these.
    let day = ExcelDateTime::from_ymd(year, date.month, date.day.unwrap_or(1))
        .or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))?;
    let title = text::fit(of.words.title);
    Ok(DocProperties::new()
        .set_title(title)
        .set_subject(text::fit(of.words.subject(of.audit)))
        .set_author(format!("planlint {}", of.audit.version))
        .set_creation_datetime(&day))
}

/// Puts the manifest where no reader stumbles over it.
fn hide(manifest: &str, book: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(HIDDEN)?.set_very_hidden(true);
    let mut rest = manifest;
    let mut row = 0;
    while !rest.is_empty() {
        // It is ASCII: any place is one between characters.
        let (piece, next) = rest.split_at_checked(PIECE).unwrap_or((rest, ""));
        sheet.write_string(row, 0, piece)?;
        rest = next;
        row += 1;
    }
    Ok(())
}

pub(super) fn manifest(bytes: &[u8]) -> Option<Manifest> {
    // What is no archive costs no look into it.
    bytes.starts_with(b"PK").then_some(())?;
    let mut book = Xlsx::new(io::Cursor::new(bytes)).ok()?;
    let names = book.sheet_names();
    names.iter().any(|name| name == HIDDEN).then_some(())?;
    // Cell by cell: a table of all would have as many as the sheet claims to have.
    let mut cells = book.worksheet_cells_reader(HIDDEN).ok()?;
    let mut json = String::new();
    while let Some(cell) = cells.next_cell().ok()? {
        match cell.get_value() {
            DataRef::SharedString(piece) => json.push_str(piece),
            DataRef::String(piece) => json.push_str(piece),
            _ => (),
        }
    }
    serde_json::from_str(&json).ok()
}
