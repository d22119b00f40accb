//! Where a plan's figures and rows are: plans are taken in one after another, so that each one's stand together.

use std::iter::Copied;
use std::ops::Range;
use std::slice::Iter;

use super::FigureId;
use crate::catalogue::IndicatorId;
use crate::pack::{Column, Fixed, Reader, Writer};

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

/// How much there is in an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    groups: usize,
    scattered: usize,
    figures: usize,
}

/// The figures of a group: of nearly every one a few that stand together.
#[derive(Clone, Copy, Debug)]
struct Found(u32);

/// The bits of a number; above them stands how many figures there are, or nothing where they are scattered.
const NUMBER: u32 = u32::MAX >> 3;

/// The most figures that are told by how many they are.
const MOST: usize = 7;

/// Some figures, in printed order.
#[derive(Clone, Debug)]
pub enum Listed<'f> {
    /// They stand together.
    Run(Range<u32>),
    /// They do not.
    Scattered(Copied<Iter<'f, FigureId>>),
}

impl Listed<'_> {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Iterator for Listed<'_> {
    type Item = FigureId;

    #[inline]
    fn next(&mut self) -> Option<FigureId> {
        match self {
            Self::Run(range) => range.next().map(FigureId),
            Self::Scattered(list) => list.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Run(range) => range.size_hint(),
            Self::Scattered(list) => list.size_hint(),
        }
    }
}

impl ExactSizeIterator for Listed<'_> {}

/// Where an index finds the figures of a plan.
#[derive(Debug)]
pub(super) struct Group {
    first: u32,
    bits: Vec<u64>,
}

/// Figures by plan, and within a plan by indicator.
///
/// A bit per plan and indicator says whether there is any; how many bits stand before it says which group it is.
/// So a figure of a superior plan is found in a few steps, whatever the plans' sizes.
#[derive(Debug, Default)]
pub(super) struct ByIndicator {
    /// Words of bits per plan.
    words: usize,
    bits: Vec<u64>,
    /// Each plan's first group.
    groups: Vec<u32>,
    /// The figures of each group.
    found: Vec<Found>,
    /// Where those of each scattered group begin.
    scattered: Starts,
    scattered_count: usize,
    figures: Vec<FigureId>,
}

impl ByIndicator {
    /// An index for a catalogue of so many indicators.
    pub fn new(indicators: usize) -> Self {
        Self {
            words: indicators.div_ceil(64).max(1),
            ..Self::default()
        }
    }

    /// Takes a plan's figures in, each with its indicator, sorted; in the place of those it had.
    pub fn take(&mut self, plan: usize, figures: &[(IndicatorId, FigureId)]) {
        let first = plan * self.words;
        if self.groups.len() <= plan {
            self.groups.resize(plan + 1, 0);
            self.bits.resize(first + self.words, 0);
        }
        if let Some(group) = self.groups.get_mut(plan) {
            *group = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        }
        for word in self.bits.iter_mut().skip(first).take(self.words) {
            *word = 0;
        }
        for group in figures.chunk_by(|a, b| a.0 == b.0) {
            if let Some((indicator, _)) = group.first() {
                let at = indicator.index();
                if let Some(word) = self.bits.get_mut(first + at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
            let found = self.find(group);
            self.found.push(found);
        }
    }

    /// How the figures of a group are found.
    fn find(&mut self, group: &[(IndicatorId, FigureId)]) -> Found {
        let ids = group.iter().map(|(_, id)| id.0);
        let first = group.first().map_or(0, |(_, id)| id.0);
        if group.len() <= MOST && first <= NUMBER && ids.clone().eq((first..).take(group.len())) {
            // No more than seven.
            let count = u32::try_from(group.len()).unwrap_or(0);
            return Found(count << NUMBER.count_ones() | first);
        }
        self.scattered.begin(self.figures.len());
        self.figures.extend(ids.map(FigureId));
        self.scattered_count += 1;
        Found(u32::try_from(self.scattered_count - 1).unwrap_or(NUMBER) & NUMBER)
    }

    pub const fn length(&self) -> Length {
        Length {
            groups: self.found.len(),
            scattered: self.scattered_count,
            figures: self.figures.len(),
        }
    }

    /// Cuts off what came in last.
    pub fn cut(&mut self, to: Length) {
        self.found.truncate(to.groups);
        self.scattered.0.truncate(to.scattered);
        self.scattered_count = to.scattered;
        self.figures.truncate(to.figures);
    }

    /// Forgets all plans but the first ones, so many, whose figures [stay](Self::cut).
    pub fn truncate(&mut self, plans: usize) {
        self.groups.truncate(plans);
        self.bits.truncate(plans * self.words);
    }

    /// Where a plan's figures are.
    pub fn group(&self, plan: usize) -> Group {
        let bits = self.bits.iter().skip(plan * self.words).take(self.words);
        Group {
            first: self.groups.get(plan).copied().unwrap_or(0),
            bits: bits.copied().collect(),
        }
    }

    /// Says where they are.
    pub fn put(&mut self, plan: usize, group: &Group) {
        if let Some(first) = self.groups.get_mut(plan) {
            *first = group.first;
        }
        let bits = self.bits.iter_mut().skip(plan * self.words);
        for (place, bits) in bits.zip(&group.bits) {
            *place = *bits;
        }
    }

    /// A plan's figures of an indicator, in printed order.
    #[inline]
    pub fn get(&self, plan: usize, indicator: IndicatorId) -> Listed<'_> {
        let at = indicator.index();
        let first = plan * self.words;
        let words = self.bits.get(first..=first + at / 64).unwrap_or(&[]);
        let Some((word, before)) = words.split_last() else {
            return Listed::Run(0..0);
        };
        let bit = 1_u64 << (at % 64);
        if word & bit == 0 {
            return Listed::Run(0..0);
        }
        let ones = |word: &u64| word.count_ones() as usize;
        let rank = before.iter().map(ones).sum::<usize>() + ones(&(word & (bit - 1)));
        let group = self.groups.get(plan).map_or(0, |group| *group as usize) + rank;
        let Some(Found(found)) = self.found.get(group).copied() else {
            return Listed::Run(0..0);
        };
        let (count, number) = (found >> NUMBER.count_ones(), found & NUMBER);
        if count > 0 {
            return Listed::Run(number..number + count);
        }
        let figures = self.scattered.slice(number as usize, &self.figures);
        Listed::Scattered(figures.iter().copied())
    }

    /// Every figure of each indicator, plan by plan: where each indicator's begin, and the figures.
    pub fn by_indicator(
        indicators: usize,
        figures: impl Iterator<Item = (IndicatorId, FigureId)> + Clone,
    ) -> (Starts, Vec<FigureId>) {
        let mut counts = vec![0_usize; indicators];
        for (indicator, _) in figures.clone() {
            if let Some(count) = counts.get_mut(indicator.index()) {
                *count += 1;
            }
        }
        let mut starts = Starts::default();
        let mut next = Vec::with_capacity(indicators);
        let mut total = 0;
        for count in counts {
            starts.begin(total);
            next.push(total);
            total += count;
        }
        let mut sorted = vec![FigureId(0); total];
        for (indicator, figure) in figures {
            if let Some(at) = next.get_mut(indicator.index()) {
                if let Some(place) = sorted.get_mut(*at) {
                    *place = figure;
                }
                *at += 1;
            }
        }
        (starts, sorted)
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

impl Fixed<4> for Found {
    fn put(&self) -> [u8; 4] {
        self.0.put()
    }

    fn get(bytes: &[u8; 4]) -> Self {
        Self(u32::get(bytes))
    }
}

/// An index in a cache, not taken apart yet.
#[derive(Clone, Copy)]
pub(super) struct PackedIndex<'b> {
    bits: Column<'b, 8>,
    groups: Column<'b, 4>,
    found: Column<'b, 4>,
    scattered: Column<'b, 4>,
    figures: Column<'b, 4>,
}

impl<'b> PackedIndex<'b> {
    /// The next sections, written by [`ByIndicator::pack`].
    pub fn take(from: &mut Reader<'b>) -> Option<Self> {
        Some(Self {
            bits: from.column()?,
            groups: from.column()?,
            found: from.column()?,
            scattered: from.column()?,
            figures: from.column()?,
        })
    }
}

impl ByIndicator {
    /// As columns of a cache.
    pub fn pack(&self, to: &mut Writer) {
        to.column(&self.bits);
        to.column(&self.groups);
        to.column(&self.found);
        self.scattered.pack(to);
        to.column(&self.figures);
    }

    /// Read back, of so many indicators and figures.
    pub fn unpack(packed: &PackedIndex<'_>, indicators: usize, figures: usize) -> Option<Self> {
        let (groups, scattered_count) = (packed.found.len(), packed.scattered.len());
        let is_found = |Found(found): &Found| {
            let (count, number) = (found >> NUMBER.count_ones(), found & NUMBER);
            let limit = if count > 0 { figures } else { scattered_count };
            (number + count) as usize <= limit
        };
        Some(Self {
            bits: packed.bits.read(),
            groups: packed
                .groups
                .read_if(|group: &u32| *group as usize <= groups)?,
            found: packed.found.read_if(is_found)?,
            scattered: Starts::unpack(packed.scattered, packed.figures.len())?,
            scattered_count,
            figures: packed
                .figures
                .read_if(|id: &FigureId| (id.0 as usize) < figures)?,
            ..Self::new(indicators)
        })
    }
}
