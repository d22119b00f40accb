//! Sets of numbers that are given from nought on: a bit for each.

/// How many numbers a word holds.
pub(super) const WIDTH: u32 = u64::BITS;

/// A set of plans or files, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// Whether a number is in it.
    pub fn holds(&self, number: u32) -> bool {
        let word = self.word((number / WIDTH) as usize);
        word & (1 << (number % WIDTH)) != 0
    }

    /// A word of it.
    pub fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The numbers, lowest first.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        let numbered = self.0.iter().zip(0..);
        numbered.flat_map(|(word, at)| {
            let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            let words = std::iter::successors(Some(*word).filter(|word| *word != 0), rest);
            words.map(move |word| at * WIDTH + word.trailing_zeros())
        })
    }
}

impl FromIterator<u32> for Marks {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut marks = Self::default();
        numbers.into_iter().for_each(|number| marks.insert(number));
        marks
    }
}
