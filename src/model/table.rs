//! Indicator tables, packed: the rows of a nation's plans are millions, what they say in common is told once.

use rustc_hash::FxHashMap;

use super::{FormId, Plan, Pool, ValueId};
use crate::pack::{self, Fixed};
use crate::source::{SourceId, Span};

/// A part of a row that has a place of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The indicator.
    Indicator,
    /// The printed name.
    Name,
    /// The unit; the indicator where the row prints none.
    Unit,
    /// What the target obliges to.
    Nature,
}

impl Part {
    /// All of them, in the order of their places in a row.
    pub const ALL: [Self; 4] = [Self::Indicator, Self::Name, Self::Unit, Self::Nature];
}

/// One row of an indicator table; of a compound row, one indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it says beside its figures.
    pub form: FormId,
    /// The file that it begins in.
    pub source: SourceId,
    /// Its first cell.
    pub first: u32,
    /// How many of its cells are baselines, which stand first.
    pub baselines: u16,
    /// How many are targets.
    pub targets: u16,
    starts: [u32; 4],
    lengths: [u16; 4],
}

impl Row {
    /// A row without cells.
    #[must_use]
    pub const fn new(form: FormId, source: SourceId) -> Self {
        Self {
            form,
            source,
            first: 0,
            baselines: 0,
            targets: 0,
            starts: [0; 4],
            lengths: [0; 4],
        }
    }

    /// Puts a part in its place. A place longer than 64 KiB is cut there.
    #[must_use]
    pub fn placed(mut self, part: Part, place: Span) -> Self {
        let at = part as usize;
        if let (Some(start), Some(length)) = (self.starts.get_mut(at), self.lengths.get_mut(at)) {
            *start = place.start;
            *length = u16::try_from(place.end - place.start).unwrap_or(u16::MAX);
        }
        self
    }

    /// The same row with other beginnings of its parts, in their order.
    #[must_use]
    pub const fn at(self, starts: [u32; 4]) -> Self {
        Self { starts, ..self }
    }

    /// The same row with figures for cells: the first one, and how many are baselines and targets.
    #[must_use]
    pub fn of_figures(
        self,
        form: FormId,
        first: usize,
        (baselines, targets): (usize, usize),
    ) -> Self {
        Self {
            form,
            first: u32::try_from(first).unwrap_or(u32::MAX),
            baselines: u16::try_from(baselines).unwrap_or(u16::MAX),
            targets: u16::try_from(targets).unwrap_or(u16::MAX),
            ..self
        }
    }

    /// Where its parts begin, in their order.
    #[must_use]
    pub const fn starts(&self) -> [u32; 4] {
        self.starts
    }

    /// How long they are.
    #[must_use]
    pub const fn lengths(&self) -> [u16; 4] {
        self.lengths
    }

    /// The place of a part; nothing at the file's start where it has no such part.
    #[must_use]
    pub fn place(&self, part: Part) -> Span {
        let at = part as usize;
        let start = self.starts.get(at).map_or(0, |start| *start as usize);
        let length = self
            .lengths
            .get(at)
            .map_or(0, |length| usize::from(*length));
        Span::new(self.source, start..start + length)
    }
}

impl Fixed<40> for Row {
    fn put(&self) -> [u8; 40] {
        let both = |low: u16, high: u16| u32::from(low) | u32::from(high) << 16;
        let [a, b, c, d] = self.lengths;
        let counts = both(self.baselines, self.targets);
        let head = [self.form.0, self.source.number(), self.first, counts];
        let lengths = [both(a, b), both(c, d)];
        pack::words(head.into_iter().chain(self.starts).chain(lengths))
    }

    fn get(bytes: &[u8; 40]) -> Self {
        let word = |at| pack::word(bytes, at);
        let both = |at| {
            let [a, b, c, d] = word(at).to_le_bytes();
            (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]))
        };
        let (baselines, targets) = both(3);
        let ((a, b), (c, d)) = (both(8), both(9));
        Self {
            form: FormId(word(0)),
            source: SourceId::numbered(word(1)),
            first: word(2),
            baselines,
            targets,
            starts: [word(4), word(5), word(6), word(7)],
            lengths: [a, b, c, d],
        }
    }
}

/// One cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its value.
    pub value: ValueId,
    /// The place of the printed text: where it begins.
    pub start: u32,
    /// And how long it is; a text longer than 64 KiB is cut there.
    pub length: u16,
    /// The year.
    pub year: i16,
}

impl Cell {
    /// Where it stands in its file.
    #[must_use]
    pub fn place(&self, source: SourceId) -> Span {
        let start = self.start as usize;
        Span::new(source, start..start + usize::from(self.length))
    }
}

/// The indicator table of a plan, in printed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
    /// Their cells: of a row first the baselines, then the targets, each by year.
    pub cells: Vec<Cell>,
    /// Cells that stand in another file than their row begins in.
    pub strays: FxHashMap<u32, SourceId>,
}

impl Table {
    /// An empty table with room for as much.
    #[must_use]
    pub fn alike(&self) -> Self {
        Self::with_room(self.rows.len(), self.cells.len())
    }

    /// An empty table with room for so many rows and cells.
    #[must_use]
    pub fn with_room(rows: usize, cells: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            cells: Vec::with_capacity(cells),
            strays: FxHashMap::default(),
        }
    }

    /// Where a cell of a row stands in its file.
    #[must_use]
    pub fn place(&self, row: &Row, at: u32, cell: &Cell) -> Span {
        let source = self.strays.get(&at).copied().unwrap_or(row.source);
        cell.place(source)
    }

    /// The cells of a row, with their places in this table.
    pub fn cells_of(&self, row: &Row) -> impl Iterator<Item = (u32, Cell)> {
        let first = row.first as usize;
        let count = usize::from(row.baselines) + usize::from(row.targets);
        let cells = self.cells.iter().enumerate().skip(first).take(count);
        cells.map(|(at, cell)| (u32::try_from(at).unwrap_or(u32::MAX), *cell))
    }

    /// The baseline and the target of a row that has one of each, where all cells stand in their rows' files.
    #[must_use]
    #[inline]
    pub fn both_of(&self, row: &Row) -> Option<[Cell; 2]> {
        let first = row.first as usize;
        match self.cells.get(first..first + 2)? {
            [baseline, target]
                if row.baselines == 1 && row.targets == 1 && self.strays.is_empty() =>
            {
                Some([*baseline, *target])
            }
            _ => None,
        }
    }

    /// Takes a row in with one target.
    #[inline]
    pub fn push_one(&mut self, row: Row, baseline: Option<Cell>, target: Cell) {
        let first = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        if let Some(baseline) = baseline {
            self.cells.push(baseline);
        }
        self.cells.push(target);
        self.rows.push(Row {
            first,
            baselines: u16::from(baseline.is_some()),
            targets: 1,
            ..row
        });
    }

    /// Takes a row in with its cells, baselines first.
    pub fn push(&mut self, mut row: Row, baselines: &[Cell], targets: &[Cell]) {
        let count = |cells: &[Cell]| u16::try_from(cells.len()).unwrap_or(u16::MAX);
        row.first = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        row.baselines = count(baselines);
        row.targets = count(targets);
        self.cells.extend(baselines);
        self.cells.extend(targets);
        self.rows.push(row);
    }

    /// Gives a row other cells, each with the file it stands in; they are put in order by year.
    pub fn replace(
        &mut self,
        row: usize,
        mut baselines: Vec<(Cell, SourceId)>,
        mut targets: Vec<(Cell, SourceId)>,
    ) {
        let Some(row) = self.rows.get_mut(row) else {
            return;
        };
        baselines.sort_by_key(|(cell, _)| cell.year);
        targets.sort_by_key(|(cell, _)| cell.year);
        let count = |cells: &[_]| u16::try_from(cells.len()).unwrap_or(u16::MAX);
        (row.baselines, row.targets) = (count(&baselines), count(&targets));
        // The old cells are left where they are: no row names them.
        row.first = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        for (cell, source) in baselines.into_iter().chain(targets) {
            if source != row.source {
                let at = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
                self.strays.insert(at, source);
            }
            self.cells.push(cell);
        }
    }
}

/// Plans with their tables, and what these share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The plans, each with its indicator table.
    pub plans: Vec<(Plan, Table)>,
    /// What the tables' numbers mean.
    pub pool: Pool,
}
