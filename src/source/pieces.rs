//! The pieces of a file, of which most files have one.

/// Some lines of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its first byte.
    pub start: u32,
    /// The hash of its bytes.
    pub digest: u128,
}

/// The pieces of a file, in order; the first one starts at 0.
#[derive(Clone, Debug)]
pub(crate) enum Pieces {
    /// The hash of the only one.
    One(u128),
    /// None, or several.
    Many(Vec<Piece>),
}

impl Default for Pieces {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Pieces {
    /// Takes in the next one.
    pub fn push(&mut self, piece: Piece) {
        match self {
            Self::One(digest) => {
                let (start, digest) = (0, *digest);
                *self = Self::Many(vec![Piece { start, digest }, piece]);
            }
            Self::Many(pieces) if pieces.is_empty() => *self = Self::One(piece.digest),
            Self::Many(pieces) => pieces.push(piece),
        }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many(pieces) => pieces.len(),
        }
    }

    /// One by its number from 0.
    pub fn get(&self, number: usize) -> Option<Piece> {
        match self {
            Self::One(digest) => (number == 0).then_some(Piece {
                start: 0,
                digest: *digest,
            }),
            Self::Many(pieces) => pieces.get(number).copied(),
        }
    }

    /// The number of the one in which an offset stands.
    pub fn at(&self, offset: usize) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Many(pieces) => {
                let after = pieces.partition_point(|piece| piece.start as usize <= offset);
                after.saturating_sub(1)
            }
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Piece> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Gives room back that is not used.
    pub fn shrink(&mut self) {
        if let Self::Many(pieces) = self {
            pieces.shrink_to_fit();
        }
    }
}

impl FromIterator<Piece> for Pieces {
    fn from_iter<I: IntoIterator<Item = Piece>>(all: I) -> Self {
        let mut pieces = Self::default();
        for piece in all {
            pieces.push(piece);
        }
        pieces.shrink();
        pieces
    }
}
