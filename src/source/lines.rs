//! Where the lines of a text start, in two bytes for nearly every one.

use std::ops::Range;

/// Lines that are counted from the first one of them on.
const BLOCK: usize = 64;

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub(crate) enum Lines {
    /// No block is so long that its lines do not fit.
    Near {
        /// Where each block starts, from the second on.
        blocks: Vec<u32>,
        /// By line, how far behind its block's start it starts.
        behind: Vec<u16>,
    },
    /// By line.
    Far(Vec<u32>),
}

impl Default for Lines {
    fn default() -> Self {
        Self::Near {
            blocks: Vec::new(),
            behind: Vec::new(),
        }
    }
}

impl Lines {
    /// Takes in where the next line starts; the first one starts at 0.
    pub fn push(&mut self, start: u32) {
        let far = match self {
            Self::Near { blocks, behind } => {
                let at = behind.len();
                if at > 0 && at.is_multiple_of(BLOCK) {
                    blocks.push(start);
                }
                let base = if at < BLOCK { Some(&0) } else { blocks.last() };
                match base.and_then(|base| u16::try_from(start - base).ok()) {
                    Some(place) => {
                        behind.push(place);
                        return;
                    }
                    None => self.iter().collect(),
                }
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
            Self::Near { behind, .. } => behind.len(),
            Self::Far(starts) => starts.len(),
        }
    }

    /// Where a line starts, by its number from 0.
    pub fn get(&self, line: usize) -> Option<u32> {
        match self {
            Self::Near { blocks, behind } => {
                let behind = u32::from(*behind.get(line)?);
                let block = (line / BLOCK).checked_sub(1);
                let base = block.and_then(|block| blocks.get(block)).unwrap_or(&0);
                Some(base + behind)
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
            Self::Near { blocks, behind } => {
                blocks.shrink_to_fit();
                behind.shrink_to_fit();
            }
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
