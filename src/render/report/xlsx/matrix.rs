//! The sheet of indicators by plans, and what the plans promise of each indicator.

use std::borrow::Cow;
use std::iter;

use rust_xlsxwriter::{Workbook, XlsxError};
use rustc_hash::FxHashMap;

use super::super::words::sign;
use super::Book;
use super::table::{Cell, Column, Table, columns, sheet};
use crate::audit::{self, State};

/// Plans that have a column each; of more, each is a row.
const MANY_PLANS: usize = 40;

/// Links of a sheet: a program that reads it may know no more than 65,530.
const MOST_LINKS: usize = 60_000;

/// The rows that findings and undecided checks stand in, by their fingerprints.
type Places<'p> = FxHashMap<&'p str, (&'p str, u32)>;

/// How an indicator of a plan stands, by their places in the report.
type Cells<'c> = FxHashMap<(usize, usize), &'c audit::Cell>;

pub(super) fn write(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit, look, names, ..
    } = of;
    let blocks = &audit.matrix;
    let mut plans: Vec<usize> = blocks
        .iter()
        .flat_map(|block| &block.plans)
        .copied()
        .collect();
    plans.sort_unstable();
    let mut cells = Cells::default();
    for block in blocks {
        for row in &block.rows {
            let each = block.plans.iter().zip(&row.cells);
            cells.extend(each.map(|(plan, cell)| ((row.indicator, *plan), cell)));
        }
    }
    let linked = cells.values().filter(|cell| cell.anchor.is_some()).count();
    let places = if linked <= MOST_LINKS {
        of.places()
    } else {
        Places::default()
    };
    let at = |indicator: usize, plan: usize| one(cells.get(&(indicator, plan)), &places);
    let is_tall = plans.len() > MANY_PLANS;
    let heads = of.matrix_heads(&plans, is_tall);
    let mut table = Table::new(sheet(book, &names.matrix)?, look, 0, &heads)?;
    let indicators = 0..audit.indicators.len();
    if is_tall {
        for plan in plans {
            let each = indicators.clone().map(|number| at(number, plan));
            let row: Vec<Cell<'_>> = iter::once(of.plan_cell(plan)).chain(each).collect();
            table.push(&row)?;
        }
        return table.end(1);
    }
    for (number, indicator) in audit.indicators.iter().enumerate() {
        let name = Cell::text(&indicator.name);
        let each = plans.iter().map(|plan| at(number, *plan));
        let row: Vec<Cell<'_>> = iter::once(name).chain(each).collect();
        table.push(&row)?;
    }
    table.end(1)
}

/// A cell that leads to the row that says why.
fn one<'c>(cell: Option<&&'c audit::Cell>, places: &Places<'c>) -> Cell<'c> {
    let Some(cell) = cell else {
        return Cell::Sign(State::NotStated, sign(State::NotStated).into());
    };
    let mut text = Cow::from(sign(cell.state));
    if cell.anchor.is_some() && cell.count > 1 {
        text = format!("{text} {}", cell.count).into();
    }
    let anchor = cell.anchor.as_ref();
    match anchor.and_then(|anchor| places.get(anchor.as_str())) {
        Some((sheet, row)) => Cell::SignLink(cell.state, text, sheet, *row),
        None => Cell::Sign(cell.state, text),
    }
}

impl Book<'_> {
    fn places(&self) -> Places<'_> {
        let Book { audit, names, .. } = self;
        let of_entries = audit.entries.iter().enumerate();
        let of_entries = of_entries.map(|(at, entry)| {
            (
                entry.anchor.as_str(),
                super::findings::place(&names.findings, at),
            )
        });
        let of_undecided = audit.undecided.iter().enumerate();
        let of_undecided = of_undecided.map(|(at, of)| {
            (
                of.anchor.as_str(),
                super::findings::place(&names.undecided, at),
            )
        });
        of_entries.chain(of_undecided).collect()
    }

    fn matrix_heads(&self, plans: &[usize], is_tall: bool) -> Vec<Column<'_>> {
        let Book { audit, words, .. } = self;
        if is_tall {
            let names = audit.indicators.iter();
            let names = names.map(|of| (Cow::from(of.name.as_str()), 12));
            return iter::once((words.plan.into(), 36)).chain(names).collect();
        }
        let plans = plans.iter().filter_map(|at| audit.plans.get(*at));
        let named = plans.map(|plan| format!("{}\n{}", plan.region, plan.period));
        let named = named.map(|name| (Cow::from(name), 14));
        iter::once((words.indicator.into(), 36))
            .chain(named)
            .collect()
    }

    /// A plan's name that leads to its sheet, where it has one.
    fn plan_cell(&self, at: usize) -> Cell<'_> {
        let plan = self.audit.plans.get(at);
        let name = plan.map(|plan| format!("{} {}", plan.region, plan.period));
        let name = name.unwrap_or_default().into();
        match self.names.plans.get(at).and_then(Option::as_ref) {
            Some(sheet) => Cell::Link(name, sheet),
            None => Cell::Text(name),
        }
    }
}

/// What the plans promise of each indicator, side by side.
pub(super) fn indicators(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[
        (words.indicator, 26),
        (words.unit, 9),
        (words.better, 10),
        (words.definition, 34),
        (words.level, 8),
        (words.region, 14),
        (words.baseline, 12),
        (words.year, 6),
        (words.target, 12),
        (words.year, 6),
        (words.read_as, 16),
        (words.nature, 10),
        (words.standing, 12),
    ]);
    let mut table = Table::new(sheet(book, &names.indicators)?, look, 0, &heads)?;
    for indicator in &audit.indicators {
        for line in &indicator.lines {
            let [baseline, target] = [&line.baseline, &line.target].map(|of| match of {
                Some((printed, year)) => (printed.as_str(), Some(*year)),
                None => ("", None),
            });
            let standing = match line.state {
                Some(state) => Cell::State(state, words.state(&state).into()),
                None => Cell::State(State::NotStated, words.context.into()),
            };
            table.push(&[
                Cell::text(&indicator.name),
                Cell::text(&indicator.unit),
                Cell::text(&indicator.better),
                Cell::maybe(indicator.definition.as_ref()),
                Cell::text(&line.level),
                Cell::text(&line.region),
                Cell::value(baseline.0),
                Cell::Year(baseline.1),
                Cell::value(target.0),
                Cell::Year(target.1),
                Cell::value(&line.read),
                Cell::maybe(line.nature.as_ref()),
                standing,
            ])?;
        }
        if indicator.left_out > 0 {
            let text = format!("{} {}", words.left_out, indicator.left_out);
            table.push(&[Cell::text(&indicator.name), Cell::Text(text.into())])?;
        }
    }
    table.end(1)
}
