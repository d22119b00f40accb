//! Figures and rows that nothing but their order tells apart, numbered.

use super::build::Taking;
use super::packed::FAR_ROW;
use super::{FigureId, PlanId, RowId};
use crate::catalogue::IndicatorId;
use crate::model::{FormId, RowForm};

impl Taking<'_> {
    /// Numbers figures that nothing but their order tells apart. Only figures of one indicator can be such, and of
    /// these most plans have two or three. Says whether several rows are of one indicator.
    pub fn number_figures(&mut self) -> bool {
        let mut own = std::mem::take(&mut self.own);
        let mut rows = false;
        for group in own.chunk_by(|a, b| a.0 == b.0) {
            if self.are_one_row(group) {
                continue;
            }
            let row = |(_, id): &(IndicatorId, FigureId)| self.facts.figure(*id).row();
            let first = group.first().and_then(row);
            rows |= group
                .iter()
                .any(|entry| row(entry).is_some_and(|row| Some(row) != first));
            for (at, (_, id)) in group.iter().enumerate() {
                let figure = self.facts.figure(*id);
                let before = group.iter().take(at).map(|(_, id)| self.facts.figure(*id));
                let equal = before.filter(|other| {
                    other.year == figure.year
                        && other.kind == figure.kind
                        && other.origin == figure.origin
                        && other.region() == figure.region()
                        && other.basis() == figure.basis()
                });
                let ordinal = u32::try_from(equal.count()).unwrap_or(u32::MAX);
                if ordinal > 0 {
                    self.rest(*id).ordinal = ordinal;
                }
            }
        }
        own.clear();
        self.own = own;
        rows
    }

    /// Whether figures are the baseline and the target of one row, as nearly all are.
    fn are_one_row(&self, group: &[(IndicatorId, FigureId)]) -> bool {
        let [(_, one), (_, other)] = group else {
            return false;
        };
        let row = |id: &FigureId| {
            self.facts
                .places
                .get(id.0 as usize)
                .map(|place| place.row())
        };
        let kind = |id: &FigureId| self.facts.figures.get(id.0 as usize).map(|own| own.kind());
        row(one) == row(other)
            && row(one).is_some_and(|row| row < FAR_ROW)
            && kind(one) != kind(other)
    }

    /// Numbers rows of one indicator and base.
    pub fn number_rows(&mut self, plan: PlanId) {
        let mut seen: Vec<(IndicatorId, RowId)> = Vec::new();
        for row in self.facts.rows_of(plan) {
            seen.push((self.form_of(row).indicator, row));
        }
        seen.sort_unstable();
        for group in seen
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1)
        {
            for (at, (_, row)) in group.iter().enumerate() {
                let basis = |row: &RowId| self.form_of(*row).basis.as_deref();
                let before = group.iter().take(at);
                let equal = before.filter(|(_, other)| basis(other) == basis(row));
                let ordinal = u32::try_from(equal.count()).unwrap_or(u32::MAX);
                if ordinal > 0 {
                    self.facts.row_ordinals.insert(*row, ordinal);
                }
            }
        }
    }

    /// The form of a row that was taken in here.
    fn form_of(&self, row: RowId) -> &RowForm {
        let before = self.first_form();
        let form = FormId(self.facts.form_id(row).0 - before);
        self.values.pool.form(form)
    }
}
