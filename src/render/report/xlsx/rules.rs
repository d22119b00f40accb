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
        (words.rule_id, 26.0),
        (words.rule, 30.0),
        (words.severity, 9.0),
        (words.description, 70.0),
        (words.cites, 44.0),
        (words.parameters, 24.0),
        (words.checks, 9.0),
        (words.holds, 9.0),
        (words.violated, 9.0),
        (words.undecided, 13.0),
        (words.allowed, 10.0),
        (words.findings, 11.0),
        (words.place, 34.0),
        (words.rule_text, 70.0),
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
    let heads = columns(&[(words.method, 22.0), ("", 110.0)]);
    let mut table = Table::new(sheet(book, &names.method)?, look, 0, &heads)?;
    for (head, text) in words.method() {
        table.push(&[Cell::text(head), Cell::text(text)])?;
    }
    // Nobody filters a text.
    Ok(())
}
