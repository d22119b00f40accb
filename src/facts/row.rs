//! Table rows as they are kept: their parts stand close to each other, in the file that their plan begins in.

use super::{Facts, FigureId, PlanId, RowId};
use crate::model::{FormId, Part, Row, RowForm};
use crate::pack::{self, Fixed};
use crate::source::{SourceId, Span};

/// A row in as few bytes as nearly every one takes; the others are kept beside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrow {
    pub form: FormId,
    /// Its first figure.
    pub first: u32,
    /// Where the first of its parts begins.
    start: u32,
    /// Where each part begins, from there on; [`ABSENT`] where there is none.
    offsets: [u16; 4],
    lengths: [u8; 4],
    /// [`WIDE`] for a row that is kept beside.
    baselines: u8,
    targets: u8,
}

/// The offset of a part that a row does not have.
const ABSENT: u16 = u16::MAX;

/// The baselines of a row that is not so simple.
const WIDE: u8 = u8::MAX;

impl Narrow {
    /// A row of a plan that begins in a file; `None` where it takes more.
    fn of(row: &Row, source: SourceId) -> Option<Self> {
        let places = Part::ALL.map(|part| row.place(part));
        let is_there = |place: &&Span| place.start > 0 || place.end > 0;
        let starts = places.iter().filter(is_there).map(|place| place.start);
        let start = starts.min().unwrap_or(0);
        let mut narrow = Self {
            form: row.form,
            first: row.first,
            start,
            offsets: [ABSENT; 4],
            lengths: [0; 4],
            baselines: u8::try_from(row.baselines)
                .ok()
                .filter(|count| *count != WIDE)?,
            targets: u8::try_from(row.targets).ok()?,
        };
        let kept = narrow.offsets.iter_mut().zip(&mut narrow.lengths);
        for ((offset, length), place) in kept.zip(&places).filter(|(_, place)| is_there(place)) {
            let from = u16::try_from(place.start - start).ok();
            *offset = from.filter(|from| *from != ABSENT)?;
            *length = u8::try_from(place.end - place.start).ok()?;
        }
        (row.source == source).then_some(narrow)
    }

    /// One that is kept beside.
    const fn wide(row: &Row) -> Self {
        Self {
            form: row.form,
            first: row.first,
            start: 0,
            offsets: [ABSENT; 4],
            lengths: [0; 4],
            baselines: WIDE,
            targets: 0,
        }
    }

    pub const fn is_wide(&self) -> bool {
        self.baselines == WIDE
    }

    fn row(&self, source: SourceId) -> Row {
        let parts = Part::ALL.iter().zip(self.offsets).zip(self.lengths);
        let there = parts.filter(|((_, offset), _)| *offset != ABSENT);
        let row = there.fold(
            Row::new(self.form, source),
            |row, ((part, offset), length)| {
                let start = self.start as usize + usize::from(offset);
                row.placed(*part, Span::new(source, start..start + usize::from(length)))
            },
        );
        let counts = (usize::from(self.baselines), usize::from(self.targets));
        row.of_figures(self.form, self.first as usize, counts)
    }
}

impl Fixed<28> for Narrow {
    fn put(&self) -> [u8; 28] {
        let both = |low: u16, high: u16| u32::from(low) | u32::from(high) << 16;
        let [a, b, c, d] = self.offsets;
        let lengths = u32::from_le_bytes(self.lengths);
        let counts = u32::from_le_bytes([self.baselines, self.targets, 0, 0]);
        let head = [self.form.0, self.first, self.start];
        pack::words(
            head.into_iter()
                .chain([both(a, b), both(c, d), lengths, counts]),
        )
    }

    fn get(bytes: &[u8; 28]) -> Self {
        let word = |at| pack::word(bytes, at);
        let both = |at| {
            let [a, b, c, d] = word(at).to_le_bytes();
            (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]))
        };
        let ((a, b), (c, d)) = (both(3), both(4));
        let [baselines, targets, ..] = word(6).to_le_bytes();
        Self {
            form: FormId(word(0)),
            first: word(1),
            start: word(2),
            offsets: [a, b, c, d],
            lengths: word(5).to_le_bytes(),
            baselines,
            targets,
        }
    }
}

impl Facts {
    /// Takes a row in of a plan that begins in a file.
    pub(super) fn push_row(&mut self, row: &Row, source: SourceId) {
        let narrow = Narrow::of(row, source).unwrap_or_else(|| {
            let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
            self.wide.insert(id, *row);
            Narrow::wide(row)
        });
        self.rows.push(narrow);
    }

    /// The table row of a number; its cells are figures here. Numbers come from this value only.
    #[must_use]
    pub fn row(&self, id: RowId) -> Row {
        let narrow = self.narrow(id);
        if let Some(wide) = self.wide.get(&id).filter(|_| narrow.is_wide()) {
            return *wide;
        }
        narrow.row(self.head(self.plan_of(id)).source)
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub(super) fn narrow(&self, id: RowId) -> &Narrow {
        &self.rows[id.0 as usize]
    }

    /// What a row says beside its figures.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn form_of(&self, id: RowId) -> &RowForm {
        &self.forms[self.narrow(id).form.0 as usize]
    }

    /// The plan of a row.
    #[must_use]
    pub fn plan_of(&self, id: RowId) -> PlanId {
        // Every row has figures: what it does not give is one that is not given.
        let first = self.places.get(self.narrow(id).first as usize);
        first.map_or(PlanId(0), |figure| figure.plan)
    }

    /// How many rows of the same plan, indicator and base stand before a row.
    #[must_use]
    pub fn row_ordinal(&self, id: RowId) -> u32 {
        self.row_ordinals.get(&id).copied().unwrap_or(0)
    }

    /// The baselines of a row, by year.
    pub(super) fn baselines_of(
        &self,
        row: RowId,
    ) -> impl Iterator<Item = FigureId> + Clone + use<> {
        let narrow = self.narrow(row);
        let count = match self.wide.get(&row) {
            Some(wide) if narrow.is_wide() => u32::from(wide.baselines),
            _ => u32::from(narrow.baselines),
        };
        (narrow.first..narrow.first + count).map(FigureId)
    }

    /// The baseline of a row that has one only, as nearly all have.
    pub(super) fn only_baseline(&self, row: RowId) -> Option<FigureId> {
        let narrow = self.narrow(row);
        (narrow.baselines == 1).then_some(FigureId(narrow.first))
    }

    /// Whether a row is one of its plan's: not where the plan was read again since.
    #[must_use]
    pub fn has_row(&self, id: RowId) -> bool {
        let plan = self.plan_of(id).0 as usize;
        self.rows_of
            .range(plan, self.rows.len())
            .contains(&(id.0 as usize))
    }

    /// Every place of a table row, plan by plan in printed order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = RowId> + use<> {
        (0..u32::try_from(self.rows.len()).unwrap_or(0)).map(RowId)
    }

    /// A plan's table rows, in printed order.
    pub fn rows_of(&self, plan: PlanId) -> impl Iterator<Item = RowId> + use<> {
        let range = self.rows_of.range(plan.0 as usize, self.rows.len());
        range.map(|at| RowId(u32::try_from(at).unwrap_or(u32::MAX)))
    }
}
