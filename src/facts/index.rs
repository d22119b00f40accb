//! Where the figures of a plan's indicators are: plans print alike, so that most find theirs as the plan before does.

use std::ops::Range;
use std::slice::Iter;

use hashbrown::HashTable;
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::FigureId;
use super::ranges::Starts;
use crate::catalogue::IndicatorId;
use crate::pack::{Column, Fixed, Reader, Writer};

/// How much there is in an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    groups: usize,
    scattered: usize,
    figures: usize,
}

/// The figures of a group, counted from the plan's first figure: of nearly every one a few that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    Scattered(Iter<'f, FigureId>),
}

impl Listed<'_> {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Moves so many to a list.
    pub(super) fn move_to(&mut self, list: &mut Vec<FigureId>, size: usize) {
        match self {
            Self::Run(range) => list.extend(range.take(size).map(FigureId)),
            Self::Scattered(some) => {
                let (moved, rest) = some.as_slice().split_at(size.min(some.len()));
                list.extend_from_slice(moved);
                *some = rest.iter();
            }
        }
    }

    /// Passes over those that stand before a place; gives how many they were.
    pub(super) fn pass(&mut self, end: u32) -> usize {
        let before = self.len();
        match self {
            Self::Run(range) => range.start = end.clamp(range.start, range.end),
            Self::Scattered(list) => {
                let all = list.as_slice();
                let first = all.iter().position(|id| id.0 >= end);
                *list = all
                    .get(first.unwrap_or(all.len())..)
                    .unwrap_or_default()
                    .iter();
            }
        }
        before - self.len()
    }
}

impl Iterator for Listed<'_> {
    type Item = FigureId;

    #[inline]
    fn next(&mut self) -> Option<FigureId> {
        match self {
            Self::Run(range) => range.next().map(FigureId),
            Self::Scattered(list) => list.next().copied(),
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
    start: Start,
    bits: Vec<u64>,
}

/// A plan's first group, and the figure from which its groups count.
type Start = (u32, u32);

/// Figures by plan, and within a plan by indicator.
///
/// A bit per plan and indicator says whether there is any; how many bits stand before it says which group it is.
/// So a figure of a superior plan is found in a few steps, whatever the plans' sizes.
#[derive(Debug, Default)]
pub(super) struct ByIndicator {
    /// Words of bits per plan.
    words: usize,
    bits: Vec<u64>,
    /// By plan; plans whose figures are found in the same way have the same groups.
    groups: Vec<Start>,
    /// The figures of each group.
    found: Vec<Found>,
    /// Where the groups of a plan begin and end, those of plans that have the same ones once; none of a cache's.
    known: HashTable<(usize, usize)>,
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

    /// Takes a plan's figures in, from its first one on, each with its indicator, sorted; in the place of those it had.
    pub fn take(&mut self, plan: usize, base: usize, figures: &[(IndicatorId, FigureId)]) {
        let first = plan * self.words;
        let base = u32::try_from(base).unwrap_or(u32::MAX);
        if self.groups.len() <= plan {
            self.groups.resize(plan + 1, (0, 0));
            self.bits.resize(first + self.words, 0);
        }
        for word in self.bits.iter_mut().skip(first).take(self.words) {
            *word = 0;
        }
        let before = self.found.len();
        for group in figures.chunk_by(|a, b| a.0 == b.0) {
            if let Some((indicator, _)) = group.first() {
                let at = indicator.index();
                if let Some(word) = self.bits.get_mut(first + at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
            let found = self.find(base, group);
            self.found.push(found);
        }
        let group = u32::try_from(self.settle(before)).unwrap_or(u32::MAX);
        if let Some(start) = self.groups.get_mut(plan) {
            *start = (group, base);
        }
    }

    /// How the figures of a group are found.
    fn find(&mut self, base: u32, group: &[(IndicatorId, FigureId)]) -> Found {
        let ids = group.iter().map(|(_, id)| id.0);
        let first = group.first().map_or(0, |(_, id)| id.0);
        let number = first.wrapping_sub(base);
        if group.len() <= MOST && number <= NUMBER && ids.clone().eq((first..).take(group.len())) {
            // No more than seven.
            let count = u32::try_from(group.len()).unwrap_or(0);
            return Found(count << NUMBER.count_ones() | number);
        }
        self.scattered.begin(self.figures.len());
        self.figures.extend(ids.map(FigureId));
        self.scattered_count += 1;
        Found(u32::try_from(self.scattered_count - 1).unwrap_or(NUMBER) & NUMBER)
    }

    /// Gives where the last groups begin, which are given up where the same ones are known.
    fn settle(&mut self, before: usize) -> usize {
        let found = &self.found;
        let groups = |(start, end): (usize, usize)| found.get(start..end).unwrap_or(&[]);
        let new = (before, found.len());
        let same = |known: &(usize, usize)| groups(*known) == groups(new);
        let code = hash(groups(new));
        if let Some((start, _)) = self.known.find(code, same).copied() {
            self.found.truncate(before);
            return start;
        }
        let rehash = |known: &(usize, usize)| hash(groups(*known));
        self.known.insert_unique(code, new, rehash);
        before
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
        if self.found.len() > to.groups {
            self.found.truncate(to.groups);
            self.known.retain(|(_, end)| *end <= to.groups);
        }
        self.scattered.truncate(to.scattered);
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
            start: self.groups.get(plan).copied().unwrap_or((0, 0)),
            bits: bits.copied().collect(),
        }
    }

    /// Says where they are.
    pub fn put(&mut self, plan: usize, group: &Group) {
        if let Some(start) = self.groups.get_mut(plan) {
            *start = group.start;
        }
        let bits = self.bits.iter_mut().skip(plan * self.words);
        for (place, bits) in bits.zip(&group.bits) {
            *place = *bits;
        }
    }

    /// Whether a plan has figures of any of some indicators, a bit each.
    pub fn has_any(&self, plan: usize, indicators: &[u64]) -> bool {
        let bits = self.bits.iter().skip(plan * self.words).take(self.words);
        bits.zip(indicators).any(|(held, some)| held & some != 0)
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
        let (group, base) = self.groups.get(plan).copied().unwrap_or((0, 0));
        let Some(found) = self.found.get(group as usize + rank) else {
            return Listed::Run(0..0);
        };
        let (count, number) = found.parts();
        if count > 0 {
            return Listed::Run(base + number..base + number + count);
        }
        let figures = self.scattered.slice(number as usize, &self.figures);
        Listed::Scattered(figures.iter())
    }
}

impl Found {
    /// How many figures there are, and how far behind the plan's first one they begin; of scattered ones nothing, and
    /// their number.
    #[inline]
    const fn parts(self) -> (u32, u32) {
        (self.0 >> NUMBER.count_ones(), self.0 & NUMBER)
    }
}

fn hash(groups: &[Found]) -> u64 {
    groups.iter().fold(0, |hash: u64, Found(found)| {
        (hash.rotate_left(5) ^ u64::from(*found)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
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
    groups: Column<'b, 8>,
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
        let words = Self::new(indicators).words;
        let scattered_count = packed.scattered.len();
        let (bits, groups, found): (Vec<u64>, Vec<Start>, Vec<Found>) = (
            packed.bits.read()?,
            packed.groups.read()?,
            packed.found.read()?,
        );
        let fits = |base: u32, found: &Found| {
            let (count, number) = found.parts();
            match count {
                0 => (number as usize) < scattered_count,
                _ => base as usize + (number + count) as usize <= figures,
            }
        };
        let fit = bits
            .par_chunks(words)
            .zip(&groups)
            .all(|(bits, (group, base))| {
                let count: usize = bits.iter().map(|word| word.count_ones() as usize).sum();
                let own = found.get(*group as usize..).unwrap_or(&[]);
                own.len() >= count && own.iter().take(count).all(|found| fits(*base, found))
            });
        (fit && bits.len() == groups.len() * words).then_some(())?;
        Some(Self {
            bits,
            groups,
            found,
            scattered: Starts::unpack(packed.scattered, packed.figures.len())?,
            scattered_count,
            figures: packed
                .figures
                .read_if(|id: &FigureId| (id.0 as usize) < figures)?,
            ..Self::new(indicators)
        })
    }
}
