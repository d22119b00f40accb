//! One line of a bulk table, its cells by their columns.

use std::borrow::Cow;

use crate::import::cells::Cell;
use crate::source::{Span, Spanned};

/// The columns, and whether a table can do without one.
pub(super) const COLUMNS: [(&str, bool); 13] = [
    ("plan", true),
    ("region", true),
    ("field", true),
    ("status", false),
    ("period_from", true),
    ("period_to", true),
    ("indicator", true),
    ("unit", false),
    ("nature", false),
    ("baseline_year", false),
    ("baseline", false),
    ("target_year", true),
    ("target", true),
];

/// A column, by its place in [`COLUMNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Plan,
    Region,
    Field,
    Status,
    PeriodFrom,
    PeriodTo,
    Indicator,
    Unit,
    Nature,
    BaselineYear,
    Baseline,
    TargetYear,
    Target,
}

impl Column {
    /// Those that say the same in every row of a plan.
    pub const HEAD: [Self; 5] = [
        Self::Region,
        Self::Field,
        Self::Status,
        Self::PeriodFrom,
        Self::PeriodTo,
    ];

    /// Its name in the header.
    pub fn name(self) -> &'static str {
        COLUMNS.get(self as usize).map_or("", |(name, _)| name)
    }
}

/// How many columns stand before all others and are what each row repeats of its plan; none where such a column
/// stands behind another.
pub(super) fn head(columns: &[Option<usize>]) -> usize {
    let place = |column: Column| columns.get(column as usize).copied().flatten();
    let places = [Column::Plan].into_iter().chain(Column::HEAD);
    let places: Vec<usize> = places.filter_map(place).collect();
    let first = places.iter().all(|place| *place < places.len());
    if first { places.len() } else { 0 }
}

/// The cells of a line.
pub(super) struct Cells<'c, 't> {
    line: &'c [Cell<'t>],
    columns: &'c [Option<usize>],
    /// What stands in a column that the table does not have: nothing, at the row's first cell.
    empty: Cell<'t>,
}

impl<'c, 't> Cells<'c, 't> {
    pub const fn new(line: &'c [Cell<'t>], columns: &'c [Option<usize>], first: &Cell<'t>) -> Self {
        Self {
            line,
            columns,
            empty: Spanned::new(Cow::Borrowed(""), first.span),
        }
    }

    /// A cell; an empty one where the table has no such column.
    pub fn get(&self, column: Column) -> &Cell<'t> {
        self.in_table(column).unwrap_or(&self.empty)
    }

    /// A cell, where the table has such a column.
    pub fn in_table(&self, column: Column) -> Option<&'c Cell<'t>> {
        let at = self.columns.get(column as usize).copied().flatten();
        at.and_then(|at| self.line.get(at))
    }

    /// A cell that is not empty.
    pub fn given(&self, column: Column) -> Option<&Cell<'t>> {
        Some(self.get(column)).filter(|cell| !cell.value.is_empty())
    }

    /// A cell as one of its own.
    pub fn owned(&self, column: Column) -> Spanned<String> {
        self.get(column).clone().map(Cow::into_owned)
    }

    /// From the first cell to the last.
    pub fn whole(&self) -> Span {
        let last = self.line.last();
        last.map_or(self.empty.span, |last| self.empty.span.to(last.span))
    }
}
