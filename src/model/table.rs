//! Indicator tables, packed: the rows of a nation's plans are millions, what they say in common is told once.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Nature, Plan};
use crate::catalogue::IndicatorId;
use crate::notation::Reading;
use crate::quantity::UnitUse;
use crate::region::RegionId;
use crate::source::{SourceId, Span};

/// A form's number in its [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FormId(pub(crate) u32);

/// A value's number in its [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub(crate) u32);

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureKind {
    /// What the plan promises.
    Target,
    /// What it starts from.
    Baseline,
    /// What was measured, or said to be so.
    Actual,
}

impl FigureKind {
    /// The word of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Actual => "actual",
        }
    }
}

/// All that a row says beside its figures. Rows that say the same share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowForm {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The name as printed.
    pub name: Option<String>,
    /// The unit as printed; empty where the row prints none.
    pub unit: String,
    /// The unit read; the indicator's own where the row prints none or a short form of it.
    pub unit_use: UnitUse,
    /// What the target obliges to, where printed.
    pub nature: Option<Nature>,
    /// The statistical base, where it is not the usual one.
    pub basis: Option<String>,
    /// Whose figure it is, if not the plan's own region's.
    pub region: Option<RegionId>,
    /// Whether something of it could not be read, which is reported: what it lacks is then not missing.
    pub spoiled: bool,
}

/// A value and what it is read with. Figures that print and mean the same share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellValue {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The unit of the row.
    pub unit: UnitUse,
    /// What it is.
    pub kind: FigureKind,
    /// As printed; empty where there is none.
    pub printed: String,
    /// As read; `None` where it could not be.
    pub reading: Option<Arc<Reading>>,
}

/// Forms and values that rows share.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    forms: Vec<Arc<RowForm>>,
    values: Vec<CellValue>,
    known_forms: HashTable<FormId>,
    known_values: HashTable<ValueId>,
}

impl PartialEq for Pool {
    fn eq(&self, other: &Self) -> bool {
        self.forms == other.forms && self.values == other.values
    }
}

/// What finds a value: whether it could be read is part of it, for the same text may stand where it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValueKey<'k> {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The unit of the row.
    pub unit: UnitUse,
    /// What it is.
    pub kind: FigureKind,
    /// Whether it could be read.
    pub readable: bool,
    /// As printed.
    pub printed: &'k str,
}

impl CellValue {
    fn key(&self) -> ValueKey<'_> {
        ValueKey {
            indicator: self.indicator,
            unit: self.unit,
            kind: self.kind,
            readable: self.reading.is_some(),
            printed: &self.printed,
        }
    }
}

fn hash(of: impl Hash) -> u64 {
    FxBuildHasher.hash_one(of)
}

impl ValueKey<'_> {
    /// The unit's multiple is left to the comparison: it is seldom all that differs, and dear to hash.
    fn hash(&self) -> u64 {
        hash((self.indicator, self.unit.unit, self.kind, self.printed))
    }
}

impl Pool {
    /// The form of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this pool only")]
    pub fn form(&self, id: FormId) -> &Arc<RowForm> {
        &self.forms[id.0 as usize]
    }

    /// The value of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this pool only")]
    pub fn value(&self, id: ValueId) -> &CellValue {
        &self.values[id.0 as usize]
    }

    /// Every form and every value, in the order of their numbers.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Arc<RowForm>>, Vec<CellValue>) {
        (self.forms, self.values)
    }

    /// The number of a form; a new one where it is not known yet.
    pub fn add_form(&mut self, form: Arc<RowForm>) -> FormId {
        let code = hash(&form);
        let same = |id: &FormId| self.forms.get(id.0 as usize) == Some(&form);
        if let Some(known) = self.known_forms.find(code, same) {
            return *known;
        }
        let id = FormId(u32::try_from(self.forms.len()).unwrap_or(u32::MAX));
        self.forms.push(form);
        let forms = &self.forms;
        let rehash = |id: &FormId| forms.get(id.0 as usize).map_or(0, hash);
        self.known_forms.insert_unique(code, id, rehash);
        id
    }

    /// The number of a value that is known.
    #[must_use]
    pub fn find_value(&self, key: ValueKey<'_>) -> Option<ValueId> {
        let same = |id: &ValueId| {
            let value = self.values.get(id.0 as usize);
            value.is_some_and(|value| value.key() == key)
        };
        self.known_values.find(key.hash(), same).copied()
    }

    /// The number of a value; a new one where it is not known yet.
    pub fn add_value(&mut self, value: CellValue) -> ValueId {
        let key = value.key();
        if let Some(known) = self.find_value(key) {
            return known;
        }
        let code = key.hash();
        let id = ValueId(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
        self.values.push(value);
        let values = &self.values;
        let rehash = |id: &ValueId| {
            let value = values.get(id.0 as usize);
            value.map_or(0, |value| value.key().hash())
        };
        self.known_values.insert_unique(code, id, rehash);
        id
    }
}

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

    /// The place of a part; that of the row's start where it has no such part.
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
    /// The cells of a row, with their places in this table.
    pub fn cells_of(&self, row: &Row) -> impl Iterator<Item = (u32, Cell)> {
        let first = row.first as usize;
        let count = usize::from(row.baselines) + usize::from(row.targets);
        let cells = self.cells.iter().enumerate().skip(first).take(count);
        cells.map(|(at, cell)| (u32::try_from(at).unwrap_or(u32::MAX), *cell))
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
