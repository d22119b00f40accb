//! Texts in pieces: what is known of a text that is not held, so that a part of it can be loaded again.

use std::fmt;
use std::sync::Arc;

use twox_hash::XxHash3_128;

use super::lines::Lines;
use super::pieces::{Piece, Pieces};

/// Bytes of a piece, at least, but for the last of a file: enough that there are not too many, and little enough to be
/// loaded for the sake of one line.
const PIECE: usize = 32 << 10;

/// The fixed hash of a file's bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> u128 {
    Noted::of(bytes).digest()
}

impl Piece {
    /// Whether it is what some bytes are.
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.digest == XxHash3_128::oneshot(bytes)
    }
}

/// What is known of a file that was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noted {
    /// How many bytes it has.
    pub length: usize,
    /// It, piece by piece: each ends with the first line that makes it long enough.
    pub pieces: Pieces,
    /// Where its lines start: findings are ordered by line, for which no text is loaded.
    pub lines: Lines,
}

impl Noted {
    /// What is to be known of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut noting = Noting::default();
        let rest = noting.whole(bytes);
        noting.end(rest)
    }

    /// Whether it is what some bytes are.
    pub fn is(&self, bytes: &[u8]) -> bool {
        match self.pieces {
            Pieces::One(one) => one == XxHash3_128::oneshot(bytes),
            Pieces::Many(_) => self.digest() == digest(bytes),
        }
    }

    /// The hash of all its bytes.
    pub fn digest(&self) -> u128 {
        if let Pieces::One(digest) = self.pieces {
            return digest;
        }
        let digests = self.pieces.iter().map(|piece| piece.digest.to_le_bytes());
        XxHash3_128::oneshot(&digests.collect::<Vec<_>>().concat())
    }
}

/// The noting of a file, as its bytes come in.
#[derive(Debug, Default)]
pub(crate) struct Noting {
    noted: Noted,
    /// The beginning of a piece whose end has not come in.
    begun: Vec<u8>,
}

impl Noting {
    /// Notes the next bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        let begun = self.whole(bytes);
        self.begun.extend(begun);
    }

    /// Notes the pieces that end in some bytes, and gives what begins another one.
    fn whole<'b>(&mut self, mut bytes: &'b [u8]) -> &'b [u8] {
        loop {
            let wanted = (PIECE - 1).saturating_sub(self.begun.len());
            let line = bytes.get(wanted..).unwrap_or(&[]);
            let Some(end) = memchr::memchr(b'\n', line) else {
                return bytes;
            };
            let (piece, rest) = bytes.split_at(wanted + end + 1);
            if self.begun.is_empty() {
                self.piece(piece);
            } else {
                let mut begun = std::mem::take(&mut self.begun);
                begun.extend(piece);
                self.piece(&begun);
                begun.clear();
                self.begun = begun;
            }
            bytes = rest;
        }
    }

    fn piece(&mut self, bytes: &[u8]) {
        let cut = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.noted.pieces.push(Piece {
            start: cut(self.noted.length),
            digest: XxHash3_128::oneshot(bytes),
        });
        if self.noted.lines.len() == 0 {
            self.noted.lines.push(0);
        }
        let length = self.noted.length;
        let breaks = memchr::memchr_iter(b'\n', bytes);
        for at in breaks {
            self.noted.lines.push(cut(length + at + 1));
        }
        self.noted.length += bytes.len();
    }

    /// All bytes have come in.
    pub fn finish(mut self) -> Noted {
        let begun = std::mem::take(&mut self.begun);
        self.end(&begun)
    }

    fn end(mut self, rest: &[u8]) -> Noted {
        if !rest.is_empty() || self.noted.pieces.len() == 0 {
            self.piece(rest);
        }
        self.noted.pieces.shrink();
        self.noted.lines.shrink();
        self.noted
    }
}

/// Reads files, by their paths, when they are wanted.
#[derive(Clone)]
pub struct Loader(Arc<Load>);

type Load = dyn Fn(&str, usize, usize, &mut Vec<u8>) -> Result<(), String> + Send + Sync;

impl Loader {
    /// A loader that puts bytes of a file behind those that a buffer has: of a path, from an offset on, so many; fewer
    /// only where the file ends, and all for [`usize::MAX`]. Where it cannot read it says why.
    pub fn new(
        load: impl Fn(&str, usize, usize, &mut Vec<u8>) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(load))
    }

    /// Puts bytes of a file behind those of a buffer.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn load(
        &self,
        path: &str,
        start: usize,
        length: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<(), String> {
        (self.0)(path, start, length, buffer)
    }

    /// A part of a file, where it is still what it was.
    pub(super) fn same(
        &self,
        path: &str,
        start: usize,
        length: usize,
        is_same: impl Fn(&[u8]) -> bool,
    ) -> Option<String> {
        let mut bytes = Vec::with_capacity(length);
        self.load(path, start, length, &mut bytes).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        is_same(text.as_bytes()).then_some(text)
    }
}

impl fmt::Debug for Loader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Loader")
    }
}
