//! Table rows as they are kept: where each begins, and how it is laid out from there on.

use super::layout::{Layout, LayoutId};
use super::{Facts, FigureId, PlanId, RowId};
use crate::model::{FormId, Row, RowForm};
use crate::pack::{self, Fixed};
use crate::source::SourceId;

/// A row in as few bytes as nearly every one takes; the others are kept beside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrow {
    pub layout: LayoutId,
    /// Its first figure.
    pub first: u32,
    /// Where the first of its parts begins.
    pub start: u32,
}

impl Fixed<12> for Narrow {
    fn put(&self) -> [u8; 12] {
        pack::words([self.layout.0, self.first, self.start])
    }

    fn get(bytes: &[u8; 12]) -> Self {
        let word = |at| pack::word(bytes, at);
        Self {
            layout: LayoutId(word(0)),
            first: word(1),
            start: word(2),
        }
    }
}

impl Facts {
    /// Takes a row in that starts at a byte, of a plan that begins in a file.
    pub(super) fn push_row(&mut self, row: &Row, start: u32, source: SourceId) {
        let layout = self.layouts.of(row, start, source);
        if self.layouts.get(layout).is_wide() {
            let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
            self.wide.insert(id, *row);
        }
        self.rows.push(Narrow {
            layout,
            first: row.first,
            start,
        });
    }

    /// The table row of a number; its cells are figures here. Numbers come from this value only.
    #[must_use]
    pub fn row(&self, id: RowId) -> Row {
        let (narrow, layout) = (self.narrow(id), self.layout(id));
        if let Some(wide) = self.wide.get(&id).filter(|_| layout.is_wide()) {
            return *wide;
        }
        let source = self.head(self.plan_of(id)).source;
        layout.row(source, narrow.start, narrow.first)
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub(super) fn narrow(&self, id: RowId) -> &Narrow {
        &self.rows[id.0 as usize]
    }

    #[inline]
    fn layout(&self, id: RowId) -> &Layout {
        self.layouts.get(self.narrow(id).layout)
    }

    /// The number of what a row says beside its figures.
    #[inline]
    pub(super) fn form_id(&self, id: RowId) -> FormId {
        self.layout(id).form
    }

    /// What a row says beside its figures.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn form_of(&self, id: RowId) -> &RowForm {
        &self.forms[self.form_id(id).0 as usize]
    }

    /// The plan of a row.
    #[must_use]
    pub fn plan_of(&self, id: RowId) -> PlanId {
        // Every row has figures: what it does not give is one that is not given.
        self.plan_of_figure(FigureId(self.narrow(id).first))
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
        let (narrow, layout) = (self.narrow(row), self.layout(row));
        let count = match self.wide.get(&row) {
            Some(wide) if layout.is_wide() => u32::from(wide.baselines),
            _ => u32::from(layout.baselines()),
        };
        (narrow.first..narrow.first + count).map(FigureId)
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
