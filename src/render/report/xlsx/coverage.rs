//! The sheets of what was accepted, of what was not looked at, and of the files that were read.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::super::words::Words;
use super::Book;
use super::table::{Cell, Table, columns, sheet};
use crate::audit::{Accepted, Plan};

/// The accepted deviations: a row for each finding that one covers, one row where it covers none.
pub(super) fn accepted(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[
        (words.rule_id, 26),
        (words.reason, 50),
        (words.approved_by, 32),
        (words.until, 12),
        (words.for_value, 16),
        (words.place, 34),
        (words.covers, 60),
        (words.severity, 9),
        (words.permalink, 20),
    ]);
    let mut table = Table::new(sheet(book, &names.accepted)?, look, 0, &heads)?;
    for accepted in &audit.accepted {
        let mut covers = accepted.covers.iter().peekable();
        if covers.peek().is_none() {
            table.push(&deviation(accepted))?;
        }
        for entry in covers {
            let mut cells = deviation(accepted);
            cells.extend([
                Cell::text(&entry.message),
                Cell::text(words.severity_of(&entry.severity)),
                Cell::value(&entry.anchor),
            ]);
            table.push(&cells)?;
        }
    }
    table.end(1)
}

fn deviation(of: &Accepted) -> Vec<Cell<'_>> {
    let deviation = &of.deviation;
    let by = [&deviation.issuer, &deviation.number].into_iter().flatten();
    let by: Vec<&str> = by.map(String::as_str).collect();
    vec![
        Cell::value(&deviation.rule),
        Cell::text(&deviation.reason),
        Cell::Text(by.join(" ").into()),
        Cell::maybe_value(deviation.until.as_ref()),
        Cell::maybe_value(deviation.value.as_ref()),
        Cell::value(&of.place),
    ]
}

/// What was not looked at: what it is, whose, how many, and which.
pub(super) fn write(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[
        (words.coverage, 34),
        (words.subject, 60),
        (words.number_of, 9),
        (words.which, 110),
    ]);
    let mut table = Table::new(sheet(book, &names.coverage)?, look, 0, &heads)?;
    let coverage = &audit.coverage;
    let list = |what: &'static str, about: String, which: &[String]| {
        let joined = which.join(words.comma());
        [
            Cell::text(what),
            Cell::Text(about.into()),
            Cell::Count(which.len()),
            Cell::Text(joined.into()),
        ]
    };
    let idle = coverage.idle.iter().filter_map(|at| audit.rules.get(*at));
    let idle: Vec<String> = idle
        .map(|rule| format!("{} ({})", rule.title, rule.id))
        .collect();
    table.push(&list(words.idle, String::new(), &idle))?;
    table.push(&list(words.turned_off, String::new(), &coverage.off))?;
    table.push(&list(words.unseen, String::new(), &coverage.unseen))?;
    let title = |at: usize| audit.plans.get(at).map_or("", |plan: &Plan| &plan.title);
    for of in &coverage.unmentioned {
        let about = format!("{} ← {}", title(of.plan), title(of.superior));
        table.push(&list(words.unmentioned, about, &of.indicators))?;
    }
    let unread = coverage.unread.iter().map(|at| title(*at).to_owned());
    table.push(&list(
        words.unread,
        String::new(),
        &unread.collect::<Vec<_>>(),
    ))?;
    for cells in audit.plans.iter().flat_map(|plan| unlisted(plan, words)) {
        table.push(&cells)?;
    }
    for (level, all, with) in &coverage.levels {
        let which = format!("{} {with}", words.with_plan);
        table.push(&[
            Cell::text(words.regions_count),
            Cell::text(level),
            Cell::Count(*all),
            Cell::Text(which.into()),
        ])?;
    }
    for of in &coverage.without_plan {
        table.push(&list(words.without_plan, of.above.clone(), &of.regions))?;
    }
    table.end(1)
}

/// The files that all this rests on.
pub(super) fn inputs(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[(words.path, 60), (words.bytes, 12), ("SHA-256", 68)]);
    let mut table = Table::new(sheet(book, &names.inputs)?, look, 0, &heads)?;
    for input in &audit.inputs {
        let path = Cell::value(&input.path);
        match input.bytes {
            Some(bytes) => table.push(&[path, Cell::Count(bytes), Cell::value(&input.sha256)])?,
            None => table.push(&[path, Cell::text(""), Cell::text(words.unreadable)])?,
        }
    }
    table.end(1)
}

/// What could not be decided of a plan and is listed nowhere else.
fn unlisted<'p>(plan: &'p Plan, words: &'p Words) -> impl Iterator<Item = [Cell<'p>; 4]> {
    plan.unlisted.iter().map(|of| {
        let about = format!("{}{}{}", plan.title, words.colon(), of.title);
        [
            Cell::text(words.unlisted),
            Cell::Text(about.into()),
            Cell::Count(of.count),
            Cell::text(&of.reason),
        ]
    })
}
