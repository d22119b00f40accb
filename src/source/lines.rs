//! Where the lines of a text start, in two bytes for nearly every one.

use std::ops::Range;

/// Lines that are counted from the first one of them on.
const BLOCK: usize = 64;

/// Words in front of a block's lines: where it starts.
const HEAD: usize = 2;

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub(crate) enum Lines {
    /// Block by block, where it starts, the upper half first, and by line, how far behind that it starts. No block is so
    /// long that its lines do not fit.
    Near(Vec<u16>),
    /// By line.
    Far(Vec<u32>),
}

impl Default for Lines {
    fn default() -> Self {
        Self::Near(Vec::new())
    }
}

/// Where the block starts whose words stand from a place on.
fn base(words: &[u16], at: usize) -> Option<u32> {
    let &[high, low] = words.get(at..)?.first_chunk()?;
    Some(u32::from(high) << 16 | u32::from(low))
}

impl Lines {
    /// Takes in where the next line starts; the first one starts at 0.
    pub fn push(&mut self, start: u32) {
        let far = match self {
            Self::Near(words) => {
                let within = words.len() % (HEAD + BLOCK);
                if within == 0 {
                    let [one, two, three, four] = start.to_be_bytes();
                    let halves = [[one, two], [three, four]].map(u16::from_be_bytes);
                    words.extend(halves);
                    words.push(0);
                    return;
                }
                let base = base(words, words.len() - within).unwrap_or(0);
                if let Ok(behind) = u16::try_from(start - base) {
                    words.push(behind);
                    return;
                }
                self.iter().collect()
            }
            Self::Far(starts) => std::mem::take(starts),
        };
        let mut starts: Vec<u32> = far;
        starts.push(start);
        *self = Self::Far(starts);
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        match self {
            Self::Near(words) => words.len() - HEAD * words.len().div_ceil(HEAD + BLOCK),
            Self::Far(starts) => starts.len(),
        }
    }

    /// Where a line starts, by its number from 0.
    pub fn get(&self, line: usize) -> Option<u32> {
        match self {
            Self::Near(words) => {
                let block = line / BLOCK * (HEAD + BLOCK);
                let behind = *words.get(block + HEAD + line % BLOCK)?;
                Some(base(words, block)? + u32::from(behind))
            }
            Self::Far(starts) => starts.get(line).copied(),
        }
    }

    /// The first of some lines that starts behind an offset; the end of them where none does.
    pub fn first_behind(&self, lines: Range<usize>, offset: usize) -> usize {
        let (mut low, mut high) = (lines.start, lines.end.min(self.len()));
        while low < high {
            let middle = low.midpoint(high);
            if self
                .get(middle)
                .is_some_and(|start| start as usize <= offset)
            {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.len()).filter_map(|line| self.get(line))
    }

    /// Gives room back that is not used.
    pub fn shrink(&mut self) {
        match self {
            Self::Near(words) => words.shrink_to_fit(),
            Self::Far(starts) => starts.shrink_to_fit(),
        }
    }
}

impl FromIterator<u32> for Lines {
    fn from_iter<I: IntoIterator<Item = u32>>(starts: I) -> Self {
        let mut lines = Self::default();
        for start in starts {
            lines.push(start);
        }
        lines.shrink();
        lines
    }
}
