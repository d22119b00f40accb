//! Where entries stand that stand together by what they belong to: plan by plan, region by region.

use std::ops::Range;

use crate::pack::{Column, Writer};

/// Entries that stand together by what they belong to: plan by plan, region by region.
#[derive(Debug, Default)]
pub(super) struct Starts(Vec<u32>);

impl Starts {
    /// Begins the entries of the next one, so many being there.
    pub fn begin(&mut self, length: usize) {
        self.0.push(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// The entries of one, of so many in all.
    #[inline]
    pub fn range(&self, of: usize, length: usize) -> Range<usize> {
        let start = |at: usize| self.0.get(at).map_or(length, |start| *start as usize);
        start(of)..start(of + 1)
    }

    /// Forgets the entries of all but the first ones, so many.
    pub fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// The entries of one.
    #[inline]
    pub fn slice<'e, T>(&self, of: usize, entries: &'e [T]) -> &'e [T] {
        let range = self.range(of, entries.len());
        entries.get(range).unwrap_or(&[])
    }
}

/// Where each plan's entries stand. A plan that is read again has its new ones behind all others.
#[derive(Debug, Default)]
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Begins a plan's entries, so many being there; they run to the last one until they are ended.
    pub fn begin(&mut self, plan: usize, length: usize) {
        if self.0.len() <= plan {
            self.0.resize(plan + 1, (0, 0));
        }
        if let Some(range) = self.0.get_mut(plan) {
            *range = (u32::try_from(length).unwrap_or(u32::MAX), u32::MAX);
        }
    }

    /// Ends them, so many being there now.
    pub fn end(&mut self, plan: usize, length: usize) {
        if let Some((_, end)) = self.0.get_mut(plan) {
            *end = u32::try_from(length).unwrap_or(u32::MAX);
        }
    }

    /// Forgets all plans but the first ones, so many.
    pub fn truncate(&mut self, plans: usize) {
        self.0.truncate(plans);
    }

    /// The entries of a plan, of so many in all.
    #[inline]
    pub fn range(&self, plan: usize, length: usize) -> Range<usize> {
        let range = self.0.get(plan);
        range.map_or(0..0, |(start, end)| {
            *start as usize..(*end as usize).min(length)
        })
    }
}

impl Starts {
    /// As a column of a cache.
    pub fn pack(&self, to: &mut Writer) {
        to.column(&self.0);
    }

    /// Read back; `None` where one begins behind the end of the entries.
    pub fn unpack(column: Column<'_, 4>, length: usize) -> Option<Self> {
        let fits = |start: &u32| *start as usize <= length;
        column.read_if(fits).map(Self)
    }
}

impl Ranges {
    /// As a column of a cache.
    pub fn pack(&self, to: &mut Writer) {
        to.column(&self.0);
    }

    /// Read back; `None` where one begins behind the end of the entries.
    pub fn unpack(column: Column<'_, 8>, length: usize) -> Option<Self> {
        let fits = |(start, _): &(u32, u32)| *start as usize <= length;
        column.read_if(fits).map(Self)
    }
}
