//! Rows that are foretold: plans that all have the same indicators print the same rows again and again, plan and
//! figures apart.
//!
//! What a row says was found out once, by the book, of a row that differs from it in nothing but the cells of the plan,
//! which are those of the row before, and those of the figures. As many separators stand in both, so that the cells
//! are the same, too. Whatever is not exactly so is no foretold row.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::line::{Cells, Column};
use super::plan::{Drafts, Figures, row};
use crate::catalogue::IndicatorId;
use crate::import::cells::{Cell, Lines, cell_end};
use crate::import::desk::{self, Desk};
use crate::import::values::SortId;
use crate::model::{self, FigureKind, FormId, Part, Row};
use crate::source::{Span, Spanned};

/// Shapes that are kept: more than a plan has rows. A table of more of them repeats itself too seldom.
const MOST: usize = 4096;

/// Parts of a row that have a place.
const PARTS: [(Part, Column); 3] = [
    (Part::Indicator, Column::Indicator),
    (Part::Unit, Column::Unit),
    (Part::Nature, Column::Nature),
];

/// What a row prints behind the cells of its plan: before, between and behind its figures. The second is empty where it
/// has one figure.
type Stretches<'t> = [&'t str; 3];

/// Rows that differ in their plan and their figures only.
struct Shape<'t> {
    stretches: Stretches<'t>,
    said: Said,
    /// The one that a row of this one was last followed by.
    next: usize,
}

/// What all rows of a shape say.
struct Said {
    /// A row of it, whose parts are in another place.
    row: Row,
    indicator: IndicatorId,
    /// Where the parts begin; nothing for what the table has no column of.
    parts: [Option<Place>; 3],
    target: Figure,
    baseline: Option<Figure>,
}

/// A place in a row: how far behind the beginning of a stretch.
struct Place {
    stretch: usize,
    behind: usize,
}

/// A figure of a row.
struct Figure {
    /// Whether it stands behind the first or the second stretch.
    gap: usize,
    sort: SortId,
    year: i32,
}

/// The shapes of a table's rows.
#[derive(Default)]
pub(super) struct Shapes<'t> {
    all: Vec<Shape<'t>>,
    by_text: HashTable<usize>,
    /// That of the last row, where it has one.
    last: Option<usize>,
}

/// Where in a text the stretches of a shape begin and the figures stand, and where the row ends.
struct Fit<'t> {
    starts: [usize; 3],
    gaps: [(usize, &'t str); 2],
    end: usize,
}

impl Said {
    /// The row that fits.
    #[inline]
    fn row<'t>(&self, lines: &Lines<'t>, fit: &Fit<'_>, first: &Cell<'t>) -> Row {
        let starts = self.parts.each_ref().map(|part| match part {
            Some(part) => {
                let stretch = fit.starts.get(part.stretch).copied().unwrap_or_default();
                let start = stretch + part.behind;
                lines.place_ahead(start..start).start
            }
            None => 0,
        });
        let [indicator, unit, nature] = starts;
        let row = self.row.at([indicator, 0, unit, nature]);
        if self.parts.iter().all(Option::is_some) {
            return row;
        }
        // What the table has no column of is said to stand in a row's first cell.
        let lacking = PARTS.iter().zip(&self.parts).filter(|(_, at)| at.is_none());
        lacking.fold(row, |row, ((part, _), _)| {
            row.placed(*part, lines.moved(first.span))
        })
    }
}

impl<'t> Shapes<'t> {
    /// Takes in the next row and goes on behind it, where it is what the last one foretells. The first cell is that of a
    /// row of the same plan, the last one that was read by the book.
    pub fn foretell(
        &mut self,
        lines: &mut Lines<'t>,
        desk: &mut Desk<'_>,
        drafts: &mut Drafts<'t>,
        first: Option<&Cell<'t>>,
    ) -> Option<()> {
        let next = self.all.get(self.last?)?.next;
        let Shape {
            stretches, said, ..
        } = self.all.get(next)?;
        let text = lines.ahead()?;
        let fit = fit(stretches, text)?;
        let mut cell = |figure: &Figure| {
            let (at, printed) = fit.gaps.get(figure.gap)?;
            let span = lines.place_ahead(*at..at + printed.len());
            let printed = Spanned::new(*printed, span);
            let value = desk.value_of(figure.sort, figure.year, &printed);
            Some((desk::cell(value, figure.year, span), span))
        };
        let baseline = match &said.baseline {
            Some(figure) => Some(cell(figure)?.0),
            None => None,
        };
        let (target, target_place) = cell(&said.target)?;
        let figures = Figures {
            baseline,
            target,
            target_place,
        };
        let row = said.row(lines, &fit, first?);
        drafts.take(desk, row, said.indicator, figures);
        lines.skip(fit.end);
        self.last = Some(next);
        Some(())
    }

    /// After a row that says nothing of the next one.
    pub const fn forget(&mut self) {
        self.last = None;
    }

    /// Notes of what shape the row is that was read last, without a problem.
    pub fn note(
        &mut self,
        lines: &Lines<'t>,
        desk: &mut Desk<'_>,
        cells: &Cells<'_, 't>,
        (form, figures): (FormId, Figures),
    ) {
        let before = self.last.take();
        let Some(row) = Plain::new(lines, cells, &figures) else {
            return;
        };
        let expected = before.and_then(|before| self.all.get(before));
        let expected = expected.map(|before| before.next).filter(|next| {
            let next = self.all.get(*next);
            next.is_some_and(|next| next.stretches == row.stretches)
        });
        let Some(now) = expected.or_else(|| self.find(&row, desk, cells, (form, figures))) else {
            return;
        };
        if let Some(before) = before.and_then(|before| self.all.get_mut(before)) {
            before.next = now;
        }
        self.last = Some(now);
    }

    /// The shape of a row, a new one where it is not known yet.
    fn find(
        &mut self,
        row: &Plain<'t>,
        desk: &mut Desk<'_>,
        cells: &Cells<'_, 't>,
        said: (FormId, Figures),
    ) -> Option<usize> {
        let hash = |stretches: &Stretches<'_>| FxBuildHasher.hash_one(stretches);
        let all = &self.all;
        let text = |at: &usize| all.get(*at).map(|shape| &shape.stretches);
        let code = hash(&row.stretches);
        let same = |at: &usize| text(at) == Some(&row.stretches);
        if let Some(known) = self.by_text.find(code, same) {
            return Some(*known);
        }
        if self.all.len() >= MOST {
            return None;
        }
        let said = row.said(desk, cells, said)?;
        let now = self.all.len();
        let rehash = |at: &usize| text(at).map_or(0, hash);
        self.by_text.insert_unique(code, now, rehash);
        self.all.push(Shape {
            stretches: row.stretches,
            said,
            next: now,
        });
        Some(now)
    }
}

/// Where the stretches stand that a text begins with, with cells between them that are as they are to be.
#[inline]
fn fit<'t>(stretches: &Stretches<'_>, text: &'t str) -> Option<Fit<'t>> {
    let [before, between, behind] = stretches;
    let bytes = text.as_bytes();
    let starts_with = |at: usize, stretch: &str| {
        let rest = bytes.get(at..);
        rest.is_some_and(|rest| rest.starts_with(stretch.as_bytes()))
    };
    if !starts_with(0, before) {
        return None;
    }
    let first = gap(text, before.len())?;
    let end = before.len() + first.len();
    let (mut starts, mut gaps) = ([0, end, end], [(before.len(), first), (end, "")]);
    if !between.is_empty() {
        if !starts_with(end, between) {
            return None;
        }
        let from = end + between.len();
        let second = gap(text, from)?;
        starts = [0, end, from + second.len()];
        gaps = [(before.len(), first), (from, second)];
    }
    let [_, _, last] = starts;
    starts_with(last, behind).then(|| Fit {
        starts,
        gaps,
        end: last + behind.len(),
    })
}

/// The cell that begins at a byte of a text, where it has something and no spaces around it.
#[inline]
fn gap(text: &str, from: usize) -> Option<&str> {
    let cell = text.get(from..cell_end(text.as_bytes(), from))?;
    let is_plain = |at: Option<char>| at.is_some_and(|at| !at.is_whitespace());
    (is_plain(cell.chars().next()) && is_plain(cell.chars().next_back())).then_some(cell)
}

/// A row that was read, of which a shape can be made.
struct Plain<'t> {
    stretches: Stretches<'t>,
    /// Where each of the stretches begins, in the file.
    starts: [usize; 3],
    /// Whether the baseline stands before the target.
    baseline_first: bool,
}

impl<'t> Plain<'t> {
    /// Nothing of a row with spaces around its figures, or of one that the text ends with.
    fn new(lines: &Lines<'t>, cells: &Cells<'_, 't>, figures: &Figures) -> Option<Self> {
        let (text, start) = lines.behind_head()?;
        let gap = |column| {
            let span: Span = cells.get(column).span;
            let range = span.range();
            Some(range.start.checked_sub(start)?..range.end.checked_sub(start)?)
        };
        let target = gap(Column::Target)?;
        let mut gaps = [target.clone(), target.end..target.end];
        let mut baseline_first = false;
        if figures.baseline.is_some() {
            let baseline = gap(Column::Baseline)?;
            baseline_first = baseline.start < target.start;
            gaps = if baseline_first {
                [baseline, target]
            } else {
                [target, baseline]
            };
        }
        let [first, second] = gaps;
        let stretches = [
            text.get(..first.start)?,
            text.get(first.end..second.start)?,
            text.get(second.end..)?,
        ];
        let [before, between, behind] = stretches;
        let separated = |text: &str| text.starts_with(',') && text.ends_with(',');
        let plain = (before.is_empty() || before.ends_with(','))
            && (between.is_empty() || separated(between))
            && between.is_empty() == figures.baseline.is_none()
            && (behind.starts_with([',', '\n']) || behind == "\r\n")
            && behind.ends_with('\n');
        plain.then_some(Self {
            stretches,
            starts: [start, start + first.end, start + second.end],
            baseline_first,
        })
    }

    fn said(
        &self,
        desk: &mut Desk<'_>,
        cells: &Cells<'_, 't>,
        (form, figures): (FormId, Figures),
    ) -> Option<Said> {
        let known = desk.pool.form(form);
        let (indicator, unit) = (known.indicator, known.unit_use);
        let mut figure = |kind, second: bool, cell: model::Cell| Figure {
            gap: usize::from(second),
            sort: desk.sort(indicator, kind, unit),
            year: i32::from(cell.year),
        };
        let mut parts = [const { None }; PARTS.len()];
        for (place, (_, column)) in parts.iter_mut().zip(PARTS) {
            if let Some(cell) = cells.in_table(column) {
                *place = Some(self.place(cell.span)?);
            }
        }
        let target = figure(FigureKind::Target, self.baseline_first, figures.target);
        let second = !self.baseline_first;
        let baseline = figures.baseline;
        Some(Said {
            row: row(form, cells),
            indicator,
            parts,
            target,
            baseline: baseline.map(|cell| figure(FigureKind::Baseline, second, cell)),
        })
    }

    /// Where a cell stands in its stretch.
    fn place(&self, span: Span) -> Option<Place> {
        let range = span.range();
        let begun = |start: &usize| *start <= range.start;
        let stretch = self.starts.iter().rposition(begun)?;
        Some(Place {
            stretch,
            behind: range.start - self.starts.get(stretch)?,
        })
    }
}
