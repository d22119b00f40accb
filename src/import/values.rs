//! Values that rows have printed, found again by their bytes: nearly all are so short that a number holds them.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::catalogue::IndicatorId;
use crate::model::{FigureKind, ValueId};
use crate::quantity::UnitUse;

/// What values are read by beside their text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Sort {
    pub indicator: IndicatorId,
    /// The unit of the row.
    pub unit: UnitUse,
    pub kind: FigureKind,
}

/// A sort's number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct SortId(u32);

/// A text of fewer bytes than [`Text::ROOM`], its length in the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Text([u64; 2]);

/// A value in the table: what finds it stands there, too, so that nothing else is looked at.
struct Known {
    text: Text,
    sort: SortId,
    value: ValueId,
}

/// Values with short texts that could be read.
#[derive(Default)]
pub(super) struct Values {
    sorts: Vec<Sort>,
    /// By indicator.
    sorts_of: Vec<Vec<SortId>>,
    known: HashTable<Known>,
}

impl Text {
    const ROOM: usize = 16;

    /// Nothing of a long text. What is loaded twice of a text is put in the same place.
    #[inline]
    pub fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let length = bytes.len();
        if length >= Self::ROOM {
            return None;
        }
        let (low, high) = if let (Some(first), Some(last)) =
            (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
        {
            let [first, last] = [first, last].map(|eight| u64::from_le_bytes(*eight));
            // Of the last eight bytes, those that the first eight are not; eight of them are too many for one shift.
            (first, last >> 8 >> (8 * (Self::ROOM - 1 - length)))
        } else if let (Some(first), Some(last)) =
            (bytes.first_chunk::<4>(), bytes.last_chunk::<4>())
        {
            let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
            (first | last << (8 * (length - 4)), 0)
        } else {
            let each = bytes.iter().rev();
            (each.fold(0, |low, byte| low << 8 | u64::from(*byte)), 0)
        };
        Some(Self([low, high | (length as u64) << 56]))
    }
}

fn hash(text: Text, sort: SortId) -> u64 {
    let Text([low, high]) = text;
    FxBuildHasher.hash_one((low, high, sort.0))
}

impl Values {
    /// The number of a sort; a new one where it is not known yet.
    pub fn sort(&mut self, sort: Sort) -> SortId {
        let at = sort.indicator.index();
        if self.sorts_of.len() <= at {
            self.sorts_of.resize_with(at + 1, Vec::new);
        }
        let of = self.sorts_of.get_mut(at);
        let known = of.as_deref().into_iter().flatten();
        for id in known {
            if self.sorts.get(id.0 as usize) == Some(&sort) {
                return *id;
            }
        }
        let id = SortId(u32::try_from(self.sorts.len()).unwrap_or(u32::MAX));
        self.sorts.push(sort);
        if let Some(of) = of {
            of.push(id);
        }
        id
    }

    /// The sort of a number. Numbers come from this value only.
    #[expect(clippy::indexing_slicing, reason = "ids are made by this value only")]
    pub fn get(&self, id: SortId) -> Sort {
        self.sorts[id.0 as usize]
    }

    /// The number of a value that is known.
    #[inline]
    pub fn find(&self, text: Text, sort: SortId) -> Option<ValueId> {
        let same = |known: &Known| known.text == text && known.sort == sort;
        let known = self.known.find(hash(text, sort), same);
        known.map(|known| known.value)
    }

    /// Makes a value known that is not.
    pub fn add(&mut self, text: Text, sort: SortId, value: ValueId) {
        let rehash = |known: &Known| hash(known.text, known.sort);
        let known = Known { text, sort, value };
        self.known.insert_unique(hash(text, sort), known, rehash);
    }
}
