//! Sets of numbers that are given from nought on: a bit for each.

use std::ops::Range;

/// How many numbers a word holds.
const WIDTH: u32 = u64::BITS;

/// A set of plans or files, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    pub fn insert(&mut self, number: u32) {
        let at = (number / WIDTH) as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= 1 << (number % WIDTH);
        }
    }

    /// What either holds.
    pub fn or(self, other: Self) -> Self {
        let (mut long, short) = if self.0.len() < other.0.len() {
            (other, self)
        } else {
            (self, other)
        };
        for (own, more) in long.0.iter_mut().zip(short.0) {
            *own |= more;
        }
        long
    }

    /// The numbers, lowest first.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        self.within(0..self.0.len())
    }

    /// The numbers whose bits are in some words.
    pub fn within(&self, words: Range<usize>) -> impl Iterator<Item = u32> {
        let words = words.start.min(self.0.len())..words.end.min(self.0.len());
        let first = u32::try_from(words.start).unwrap_or(u32::MAX);
        let words = self.0.get(words).unwrap_or_default();
        let numbered = words.iter().zip(first..);
        numbered.flat_map(|(word, at)| {
            let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            let words = std::iter::successors(Some(*word).filter(|word| *word != 0), rest);
            words.map(move |word| at * WIDTH + word.trailing_zeros())
        })
    }
}
