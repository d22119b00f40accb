//! The sheets of the rules and of the method.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::Book;
use super::table::{Cell, Table, columns, sheet};
use crate::audit::State;

pub(super) fn write(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[
        (words.rule_id, 20),
        (words.rule, 22),
        (words.severity, 7),
        (words.description, 50),
        (words.cites, 28),
        (words.parameters, 18),
        (words.checks, 7),
        (words.holds, 7),
        (words.violated, 7),
        (words.undecided, 9),
        (words.allowed, 8),
        (words.findings, 9),
        (words.place, 20),
        (words.rule_text, 60),
    ]);
    let mut table = Table::new(sheet(book, &names.rules)?, look, 0, &heads)?;
    for rule in &audit.rules {
        let counts = &rule.counts;
        let severity = words.severity_of(&rule.severity);
        table.push(&[
            Cell::value(&rule.id),
            Cell::text(&rule.title),
            Cell::State(State::of(rule.severity), severity.into()),
            Cell::Text(rule.words.join("\n").into()),
            Cell::Text(rule.cites.join("\n").into()),
            Cell::Value(rule.parameters.join("\n").into()),
            Cell::Count(counts.all()),
            Cell::Count(counts.holds),
            Cell::Count(counts.violated),
            Cell::Count(counts.undetermined),
            Cell::Count(counts.allowed),
            Cell::Count(rule.findings),
            Cell::value(&rule.place),
            Cell::value(&rule.text),
        ])?;
    }
    table.end(2)
}

/// What a reader has to know to judge the rest.
pub(super) fn method(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        words, look, names, ..
    } = of;
    let heads = columns(&[(words.method, 22), ("", 110)]);
    let mut table = Table::new(sheet(book, &names.method)?, look, 0, &heads)?;
    for (head, text) in words.method() {
        table.push(&[Cell::text(head), Cell::text(text)])?;
    }
    // Nobody filters a text.
    Ok(())
}
