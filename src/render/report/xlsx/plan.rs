//! A plan's own rows as its planners know them; of very many plans, all their figures in one list.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::Book;
use super::names::{MOST_ROWS, link};
use super::table::{Cell, Column, Table, columns, sheet};
use super::text::fit;
use crate::audit::{Plan, SheetFigure, SheetRow, State};

/// Lines above a plan's table: its title, what it is, the way back.
const ABOVE: u32 = 3;

/// Figures of one kind and year: whether they are targets, the year, the kind in words.
type Group<'g> = (bool, i32, &'g str);

/// A sheet for each plan that has one.
pub(super) fn sheets(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    for (plan, name) in of.audit.plans.iter().zip(&of.names.plans) {
        if let Some(name) = name {
            of.plan_sheet(plan, name, book)?;
        }
    }
    Ok(())
}

impl Book<'_> {
    fn plan_sheet(&self, plan: &Plan, name: &str, book: &mut Workbook) -> Result<(), XlsxError> {
        let Book {
            audit,
            words,
            look,
            names,
            ..
        } = self;
        let sheet = sheet(book, name)?;
        let above = plan.superiors.iter().filter_map(|at| audit.plans.get(*at));
        let above: Vec<&str> = above.map(|plan| plan.title.as_str()).collect();
        let mut about = vec![
            plan.region.clone(),
            plan.level.clone(),
            plan.period.clone(),
            plan.status.clone(),
            plan.path.clone(),
        ];
        if !above.is_empty() {
            let above = above.join(words.comma());
            about.push(format!("{}{}{above}", words.answers_to, words.colon()));
        }
        sheet.write_string_with_format(0, 0, fit(&plan.title), &look.subject)?;
        sheet.write_string(1, 0, fit(&about.join(" · ")))?;
        let back = link(&names.summary, 0);
        sheet.write_url_with_text(2, 0, back.as_str(), words.back)?;
        let groups = groups(plan);
        let mut table = Table::new(sheet, look, ABOVE, &self.heads(&groups))?;
        for row in &plan.rows {
            table.push(&cells(row, &groups))?;
        }
        table.end(1)
    }

    fn heads<'h>(&'h self, groups: &BTreeSet<Group<'_>>) -> Vec<Column<'h>> {
        let words = &self.words;
        let mut heads = columns(&[
            (words.indicator, 28),
            (words.printed_name, 26),
            (words.unit, 10),
            (words.nature, 9),
            (words.stands_in, 9),
            (words.region, 11),
        ]);
        for (is_target, year, kind) in groups {
            heads.push((format!("{year} {kind}").into(), 14));
            if *is_target {
                heads.push((format!("{year} {}", words.superior).into(), 24));
            }
        }
        heads
    }
}

fn groups(plan: &Plan) -> BTreeSet<Group<'_>> {
    let figures = plan.rows.iter().flat_map(|row| &row.figures);
    figures.map(group).collect()
}

fn group(of: &SheetFigure) -> Group<'_> {
    (of.is_target, of.year, of.kind.as_str())
}

fn cells<'r>(row: &'r SheetRow, groups: &BTreeSet<Group<'_>>) -> Vec<Cell<'r>> {
    let mut cells = Vec::from(about(row));
    for key in groups {
        let figures = row.figures.iter().filter(|of| group(of) == *key);
        let figures: Vec<&SheetFigure> = figures.collect();
        cells.push(value(&figures));
        if key.0 {
            let above = figures.iter().find_map(|of| of.superior.as_ref());
            cells.push(Cell::maybe_value(above));
        }
    }
    cells
}

fn about(row: &SheetRow) -> [Cell<'_>; 6] {
    [
        Cell::text(&row.indicator),
        Cell::maybe(row.printed.as_ref()),
        Cell::value(&row.unit),
        Cell::maybe(row.nature.as_ref()),
        Cell::text(&row.origin),
        Cell::maybe(row.region.as_ref()),
    ]
}

/// What is printed for a year, in the colour of the worst that is said of it.
fn value<'f>(figures: &[&'f SheetFigure]) -> Cell<'f> {
    let Some(state) = figures.iter().map(|of| of.state).min() else {
        return Cell::value("");
    };
    let printed: Vec<&str> = figures.iter().map(|of| of.printed.as_str()).collect();
    let printed = printed.join("\n").into();
    let said = figures.iter().flat_map(|of| &of.said);
    let said: Vec<&str> = said.map(String::as_str).collect();
    if said.is_empty() {
        return Cell::State(state, printed);
    }
    Cell::Noted(state, printed, said.join("\n"))
}

/// All plans' figures, a row each, where not every plan has a sheet.
pub(super) fn all_rows(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Book {
        audit,
        words,
        look,
        names,
        ..
    } = of;
    let heads = columns(&[
        (words.plan, 34),
        (words.region, 14),
        (words.indicator, 34),
        (words.printed_name, 34),
        (words.unit, 12),
        (words.nature, 10),
        (words.stands_in, 10),
        (words.whose, 14),
        (words.kind, 10),
        (words.year, 7),
        (words.printed, 18),
        (words.superior, 28),
        (words.standing, 13),
        (words.message, 60),
    ]);
    let mut figures = audit.plans.iter().flat_map(|plan| {
        let rows = plan.rows.iter();
        rows.flat_map(move |row| row.figures.iter().map(move |figure| (plan, row, figure)))
    });
    for name in &names.rows {
        let mut table = Table::new(sheet(book, name)?, look, 0, &heads)?.bare();
        for (plan, row, figure) in figures.by_ref().take(MOST_ROWS) {
            let mut cells = vec![Cell::text(&plan.title), Cell::text(&plan.region)];
            cells.extend(about(row));
            let state: State = figure.state;
            cells.extend([
                Cell::text(&figure.kind),
                Cell::Year(Some(figure.year)),
                Cell::State(state, figure.printed.as_str().into()),
                Cell::maybe_value(figure.superior.as_ref()),
                Cell::State(state, words.state(&state).into()),
                Cell::Text(figure.said.join("\n").into()),
            ]);
            table.push(&cells)?;
        }
        table.end(3)?;
    }
    Ok(())
}
