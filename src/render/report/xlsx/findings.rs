//! The sheets of findings and of what could not be decided: a row each, to sort and to filter.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::super::chapter::indicator;
use super::Book;
use super::names::MOST_ROWS;
use super::table::{Cell, Table, columns, sheet};
use crate::audit::{Entry, Evidence, State, Undecided};

/// Where a table's row stands: the sheet, the row in it.
pub(super) fn place(sheets: &[String], at: usize) -> (&str, u32) {
    let sheet = sheets.get(at / MOST_ROWS).map_or("", String::as_str);
    let row = u32::try_from(at % MOST_ROWS).unwrap_or_default();
    (sheet, row + 1)
}

/// The findings, those told under others too: a filter on plans or rules shall leave none out.
pub(super) fn write(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let [first, second] = [words.first, words.second];
    let of_place = |place: &str, word: &str| format!("{word}{}{place}", words.colon());
    let mut heads = columns(&[
        (words.severity, 7),
        (words.verdict, 9),
        (words.rule_id, 17),
        (words.rule, 18),
        (words.plan, 20),
        (words.region, 10),
        (words.indicator, 15),
        (words.year, 6),
        (words.message, 40),
        (words.why, 20),
    ]);
    for place in [first, second] {
        heads.extend([
            (of_place(place, words.printed).into(), 10),
            (of_place(place, words.read_as).into(), 12),
            (of_place(place, words.place).into(), 20),
        ]);
    }
    heads.extend(columns(&[
        (words.mend, 26),
        (words.cites, 20),
        (words.permalink, 18),
        (words.same_as, 18),
    ]));
    let mut parts = audit.entries.chunks(MOST_ROWS);
    for name in &names.findings {
        let mut table = Table::new(sheet(book, name)?, look, 0, &heads)?;
        for entry in parts.next().unwrap_or_default() {
            table.push(&of.entry(entry))?;
        }
        table.end(3)?;
    }
    Ok(())
}

/// What could not be decided, and why.
pub(super) fn undecided(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[
        (words.plan, 20),
        (words.region, 10),
        (words.indicator, 16),
        (words.year, 6),
        (words.message, 46),
        (words.why, 40),
        (words.rule_id, 17),
        (words.rule, 20),
        (words.place, 24),
        (words.permalink, 18),
    ]);
    let mut parts = audit.undecided.chunks(MOST_ROWS);
    for name in &names.undecided {
        let mut table = Table::new(sheet(book, name)?, look, 0, &heads)?;
        for one in parts.next().unwrap_or_default() {
            table.push(&of.undecided(one))?;
        }
        table.end(3)?;
    }
    Ok(())
}

impl Book<'_> {
    /// The title and the region of a plan; nothing of no plan.
    fn about(&self, plan: Option<usize>) -> [Cell<'_>; 2] {
        let plan = plan.and_then(|at| self.audit.plans.get(at));
        plan.map_or([Cell::text(""), Cell::text("")], |plan| {
            [Cell::text(&plan.title), Cell::text(&plan.region)]
        })
    }

    fn entry<'e>(&'e self, entry: &'e Entry) -> Vec<Cell<'e>> {
        let Book { audit, words, .. } = self;
        let rule = entry.rule.and_then(|at| audit.rules.get(at));
        let severity = words.severity_of(&entry.severity);
        let mut cells = vec![
            Cell::State(State::of(entry.severity), severity.into()),
            Cell::text(words.verdict_of(entry.verdict)),
            Cell::value(&entry.code),
            Cell::text(rule.map_or(words.input, |rule| &rule.title)),
        ];
        cells.extend(self.about(entry.plan));
        cells.extend([
            Cell::text(indicator(entry.indicator.as_ref(), audit)),
            Cell::Year(entry.year),
            Cell::text(&entry.message),
            Cell::maybe(entry.reason.as_ref()),
        ]);
        for at in 0..2 {
            cells.extend(evidence(entry.evidence.get(at)));
        }
        let mend: Vec<&str> = entry
            .help
            .iter()
            .chain(&entry.fixes)
            .map(String::as_str)
            .collect();
        let cites = rule.map(|rule| rule.cites.join("\n")).unwrap_or_default();
        let same = if entry.is_told_elsewhere() {
            &entry.shown_at
        } else {
            ""
        };
        cells.extend([
            Cell::Text(mend.join("\n").into()),
            Cell::Text(cites.into()),
            Cell::value(&entry.anchor),
            Cell::value(same),
        ]);
        cells
    }

    fn undecided<'u>(&'u self, of: &'u Undecided) -> Vec<Cell<'u>> {
        let audit = self.audit;
        let rule = of.rule.and_then(|at| audit.rules.get(at));
        let mut cells = Vec::from(self.about(of.plan));
        cells.extend([
            Cell::text(indicator(of.indicator.as_ref(), audit)),
            Cell::Year(of.year),
            Cell::text(&of.message),
            Cell::text(&of.reason),
            Cell::value(&of.code),
            Cell::text(rule.map_or("", |rule| &rule.title)),
            Cell::value(&of.place),
            Cell::value(&of.anchor),
        ]);
        cells
    }
}

/// What stands at a place, and where it is.
fn evidence(of: Option<&Evidence>) -> [Cell<'_>; 3] {
    let Some(of) = of else {
        return [Cell::value(""), Cell::value(""), Cell::value("")];
    };
    [
        Cell::maybe_value(of.printed.as_ref()),
        Cell::maybe_value(of.read.as_ref()),
        Cell::value(&of.place),
    ]
}
