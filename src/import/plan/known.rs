//! Rows of a shape that is known: what came of one that was read, with other values.

use std::sync::Arc;

use super::super::desk::{Desk, RowUnit};
use super::super::record::{Record, Rows, TableRow};
use super::super::scan::Shapes;
use crate::catalogue::IndicatorId;
use crate::model::{Cell, FigureKind, FormId, FormKey, Part, Row, Table};
use crate::source::{SourceId, Span, Spanned};

/// What came of rows, by their shapes.
#[derive(Default)]
pub struct Foresight<'a> {
    pub shapes: Shapes,
    known: Vec<Option<Known<'a>>>,
}

/// What came of a row.
struct Known<'a> {
    form: FormId,
    of: (IndicatorId, RowUnit<'a>),
    /// Where its parts stand, if they are there.
    parts: [Option<Anchored>; 4],
    /// Its cells in their order, by kind and year, and which of its values each prints.
    cells: Vec<(FigureKind, i32, usize)>,
    baselines: usize,
}

/// Where a part of a row stands.
#[derive(Clone, Copy)]
struct Anchored {
    /// Behind how many of the row's values.
    behind: usize,
    /// How far behind the last of these, or behind the row's start.
    from: usize,
    length: usize,
}

impl<'a> Foresight<'a> {
    /// Shapes are forgotten between files only: a record of one names them.
    pub fn tidy(&mut self) {
        if self.shapes.forget() {
            self.known.clear();
        }
    }

    fn known(&self, shape: usize) -> Option<&Known<'a>> {
        self.known.get(shape)?.as_ref()
    }

    /// Keeps what came of a row.
    fn settle(&mut self, shape: usize, known: Known<'a>) {
        if self.known.len() <= shape {
            self.known.resize_with(shape + 1, || None);
        }
        if let Some(place) = self.known.get_mut(shape) {
            *place = Some(known);
            self.shapes.settle(shape);
        }
    }
}

impl<'a> Desk<'a> {
    /// The indicator table of a plan.
    pub(super) fn table(
        &mut self,
        record: &Record<'_>,
        source: SourceId,
        foresight: &mut Foresight<'a>,
    ) -> Table {
        let Some(rows) = record.rows("indicators") else {
            let rows = record.many("indicators");
            // Most rows have one baseline and one target.
            let mut table = Table::with_room(rows.len(), 2 * rows.len());
            for row in rows {
                self.row(row, source, &mut table);
            }
            return table;
        };
        self.rows(rows, source, foresight)
    }

    fn rows(&mut self, rows: &Rows<'_>, source: SourceId, foresight: &mut Foresight<'a>) -> Table {
        let mut table = Table::with_room(rows.rows.len(), 2 * rows.rows.len());
        let mut cells = Vec::new();
        for row in &rows.rows {
            match row {
                TableRow::Read(record, shape) => {
                    let before = self.problems.len();
                    let taken = self.row(record, source, &mut table);
                    let fine = taken.is_some() && self.problems.len() == before;
                    let new = shape.filter(|shape| fine && foresight.known(*shape).is_none());
                    if let Some(shape) = new
                        && let Some(known) = self.known(record, &table)
                    {
                        foresight.settle(shape, known);
                    }
                }
                TableRow::Foreseen {
                    shape,
                    start,
                    values,
                } => {
                    let values = rows.values.get(*values..).unwrap_or(&[]);
                    if let Some(known) = foresight.known(*shape) {
                        cells.clear();
                        let row = self.foreseen(known, (source, *start), values, &mut cells);
                        let (baselines, targets) = cells.split_at(known.baselines);
                        table.push(row, baselines, targets);
                    }
                }
            }
        }
        table
    }

    /// What came of the row that was taken in last; nothing where its cells are not in the order of reading.
    fn known(&self, record: &Record<'_>, table: &Table) -> Option<Known<'a>> {
        let row = table.rows.last()?;
        let form = self.pool.form(row.form);
        let baselines = usize::from(row.baselines);
        let cells: Vec<Cell> = table.cells_of(row).map(|(_, cell)| cell).collect();
        let (before, behind) = cells.split_at_checked(baselines)?;
        let in_order = |cells: &[Cell]| cells.is_sorted_by_key(|cell| cell.start);
        if !in_order(before) || !in_order(behind) {
            return None;
        }
        let places = cells.iter().map(|cell| cell.place(row.source));
        let mut values: Vec<Span> = places.collect();
        values.sort_unstable();
        let each = cells.iter().enumerate().map(|(at, cell)| {
            let kind = if at < baselines {
                FigureKind::Baseline
            } else {
                FigureKind::Target
            };
            let value = values.binary_search_by_key(&cell.start, |value| value.start);
            Some((kind, i32::from(cell.year), value.ok()?))
        });
        let start = record.span.start;
        let parts = Part::ALL.map(|part| {
            let place = row.place(part);
            let behind = values.partition_point(|value| value.end <= place.start);
            let last = behind.checked_sub(1).and_then(|last| values.get(last));
            let anchor = last.map_or(start, |value| value.end);
            // A part that is not there has no place in the row.
            (place.start >= start).then(|| Anchored {
                behind,
                from: (place.start - anchor) as usize,
                length: (place.end - place.start) as usize,
            })
        });
        Some(Known {
            form: row.form,
            of: (form.indicator, self.row_unit(form.indicator, form.unit_use)),
            parts,
            cells: each.collect::<Option<_>>()?,
            baselines,
        })
    }

    /// A row from its first byte on, and its cells.
    fn foreseen(
        &mut self,
        known: &Known<'a>,
        (source, start): (SourceId, usize),
        values: &[Spanned<&str>],
        cells: &mut Vec<Cell>,
    ) -> Row {
        let before = self.problems.len();
        let (indicator, unit) = known.of;
        for (kind, year, value) in &known.cells {
            if let Some(printed) = values.get(*value) {
                cells.push(self.cell(indicator, *kind, *year, printed, unit));
            }
        }
        let form = if self.problems.len() == before {
            known.form
        } else {
            self.spoiled(known.form)
        };
        let place = |part: Option<Anchored>| {
            let Some(part) = part else {
                return Span::new(source, 0..0);
            };
            let last = part.behind.checked_sub(1);
            let last = last.and_then(|last| values.get(last));
            let from = last.map_or(start, |value| value.span.end as usize) + part.from;
            Span::new(source, from..from + part.length)
        };
        let [indicator, name, unit, nature] = known.parts.map(place);
        Row::new(form, source)
            .placed(Part::Indicator, indicator)
            .placed(Part::Name, name)
            .placed(Part::Unit, unit)
            .placed(Part::Nature, nature)
    }

    /// The same form of a row of which something could not be read.
    fn spoiled(&mut self, form: FormId) -> FormId {
        let form = Arc::clone(self.pool.form(form));
        self.pool.add_form(FormKey {
            spoiled: true,
            ..form.key()
        })
    }
}
