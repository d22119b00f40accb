//! What two readings of a plan say otherwise, indicator by indicator.

use std::collections::BTreeMap;
use std::ops::Range;

use super::replace::Draft;
use super::{Facts, FigureId, RowId};
use crate::catalogue::IndicatorId;
use crate::model::Part;

/// Figures by their indicators, each in printed order.
type Sorted = BTreeMap<IndicatorId, Vec<FigureId>>;

impl Facts {
    /// Notes of which indicators the readings differ, and whether what they say alike stands elsewhere.
    pub(super) fn compare(&self, draft: &mut Draft) {
        let (old, new) = draft.figures().clone();
        let (old, new) = (self.sorted(old), self.sorted(new));
        let none = Vec::new();
        let all = old
            .keys()
            .chain(new.keys().filter(|of| !old.contains_key(of)));
        for indicator in all {
            let of = |sorted: &Sorted| sorted.get(indicator).unwrap_or(&none).clone();
            let (old, new) = (of(&old), of(&new));
            if !self.say_the_same(&old, &new) {
                draft.differing.push(*indicator);
            } else if !draft.moved {
                let mut both = old.iter().zip(&new);
                draft.moved =
                    both.any(|(a, b)| self.figure(*a).stands() != self.figure(*b).stands());
            }
        }
        draft.differing.sort_unstable();
        let (old, new) = draft.rows().clone();
        draft.moved |= old.len() != new.len();
        let parts = |rows: &Range<usize>| {
            let id = |at| RowId(u32::try_from(at).unwrap_or(u32::MAX));
            let rows = rows.clone().map(|row| self.row(id(row)));
            let places = rows.flat_map(|row| Part::ALL.map(|part| row.place(part)));
            places.collect::<Vec<_>>()
        };
        draft.moved = draft.moved || parts(&old) != parts(&new);
    }

    /// The figures that say the same in both readings: as they were and as they are.
    pub(super) fn same(&self, draft: &Draft) -> Vec<(FigureId, FigureId)> {
        let (old, new) = draft.figures().clone();
        let (old, new) = (self.sorted(old), self.sorted(new));
        let same = old.iter().filter(|(of, _)| !draft.differing.contains(of));
        let pairs = same
            .filter_map(|(of, ids)| Some(ids.iter().copied().zip(new.get(of)?.iter().copied())));
        pairs.flatten().collect()
    }

    fn sorted(&self, figures: Range<usize>) -> Sorted {
        let mut sorted = Sorted::new();
        for at in figures {
            let id = FigureId(u32::try_from(at).unwrap_or(u32::MAX));
            sorted.entry(self.indicator_of(id)).or_default().push(id);
        }
        sorted
    }

    /// Whether the figures of an indicator say the same, one by one.
    fn say_the_same(&self, old: &[FigureId], new: &[FigureId]) -> bool {
        let (old_rows, new_rows) = (self.rows_among(old), self.rows_among(new));
        let rows = old_rows.iter().zip(&new_rows);
        let mut rows = rows.map(|(a, b)| (self.form_of(*a), self.form_of(*b)));
        let at = |rows: &[RowId], row: RowId| rows.iter().position(|other| *other == row);
        old.len() == new.len()
            && old_rows.len() == new_rows.len()
            && rows.all(|(a, b)| a == b)
            && old.iter().zip(new).all(|(a, b)| {
                let (one, other) = (self.figure(*a), self.figure(*b));
                let base = |all: &[FigureId], id| all.iter().position(|other| *other == id);
                let bases = one.baselines().map(|id| base(old, id));
                self.is_alike(*a, *b)
                    && one.row().map(|row| at(&old_rows, row))
                        == other.row().map(|row| at(&new_rows, row))
                    && bases.eq(other.baselines().map(|id| base(new, id)))
            })
    }

    /// The rows of some figures, each once.
    fn rows_among(&self, figures: &[FigureId]) -> Vec<RowId> {
        let mut rows: Vec<RowId> = figures
            .iter()
            .filter_map(|id| self.figure(*id).row())
            .collect();
        rows.dedup();
        rows
    }

    /// Whether two figures say the same, their rows and baselines apart.
    fn is_alike(&self, one: FigureId, other: FigureId) -> bool {
        let (one, other) = (self.figure(one), self.figure(other));
        let what =
            |of: &super::Figure<'_>| (of.kind, of.origin, of.year, of.own, of.listed, of.nature);
        let (value, than) = (one.value, other.value);
        what(&one) == what(&other)
            && one.region() == other.region()
            && one.basis() == other.basis()
            && one.ordinal() == other.ordinal()
            && value.printed == than.printed
            && value.unit == than.unit
            && value.reading == than.reading
            && value.bound == than.bound
    }
}
