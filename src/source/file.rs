//! One file: its text, whole or in pieces that are loaded when they are wanted, and its lines.

use std::ops::Range;
use std::sync::OnceLock;

use super::Width;
use super::lines::Lines;
use super::piece::{Loader, Noted, Piece, digest};

/// One file: its path as given, its text, and where its lines start.
#[derive(Debug)]
pub struct SourceFile {
    /// The path, with `/`, relative to the repository's root where it lies in it.
    pub path: String,
    /// Of a file that is known in pieces, only where something asks for all of it.
    text: OnceLock<String>,
    /// Found when the first place is asked for: of thousands of files few have one that is shown.
    lines: OnceLock<Lines>,
    /// What is known of a text that is not held.
    known: Option<Box<Known>>,
}

/// A text that is not held: of hundreds of megabytes, only what is shown is loaded.
#[derive(Debug)]
struct Known {
    loader: Loader,
    noted: Noted,
    /// The pieces, as far as they were wanted; none of one that is no longer what it was.
    loaded: Vec<OnceLock<Option<Box<str>>>>,
}

/// Byte offsets at which the lines of a text start.
fn lines(text: &str) -> Lines {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let after = breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
    std::iter::once(0).chain(after).collect()
}

impl Known {
    /// The piece in which an offset stands, by its number.
    fn piece_at(&self, offset: usize) -> (usize, Option<&Piece>) {
        let pieces = &self.noted.pieces;
        let after = pieces.partition_point(|piece| piece.start as usize <= offset);
        let number = after.saturating_sub(1);
        (number, pieces.get(number))
    }

    /// Where a piece ends.
    fn end(&self, number: usize) -> usize {
        let next = self.noted.pieces.get(number + 1);
        next.map_or(self.noted.length, |next| next.start as usize)
    }

    /// A piece's text.
    fn loaded(&self, path: &str, number: usize) -> Option<&str> {
        let piece = self.noted.pieces.get(number)?;
        let loaded = self.loaded.get(number)?.get_or_init(|| {
            let start = piece.start as usize;
            let length = self.end(number) - start;
            let is_same = |bytes: &[u8]| piece.is(bytes);
            let text = self.loader.same(path, start, length, is_same)?;
            Some(text.into_boxed_str())
        });
        loaded.as_deref()
    }
}

impl SourceFile {
    pub(super) fn new(path: String, text: String) -> Self {
        Self {
            path,
            text: OnceLock::from(text),
            lines: OnceLock::new(),
            known: None,
        }
    }

    /// A file whose text is not held.
    pub(super) fn known(path: String, loader: &Loader, noted: Noted) -> Self {
        let mut file = Self {
            path,
            text: OnceLock::new(),
            lines: OnceLock::new(),
            known: Some(Box::new(Known {
                loader: loader.clone(),
                noted: Noted::default(),
                loaded: Vec::new(),
            })),
        };
        file.note(noted);
        file
    }

    /// Keeps what it was when it was read.
    pub(super) fn note(&mut self, noted: Noted) {
        if let Some(known) = &mut self.known {
            let places = std::iter::repeat_with(OnceLock::new);
            known.loaded = places.take(noted.pieces.len()).collect();
            known.noted = noted;
        }
    }

    /// What its text is loaded by, where it is not held.
    pub(crate) fn loader(&self) -> Option<&Loader> {
        self.known.as_ref().map(|known| &known.loader)
    }

    /// The text in pieces.
    pub(crate) fn noted(&self) -> Noted {
        if let Some(known) = &self.known {
            return known.noted.clone();
        }
        Noted::of(self.text().as_bytes())
    }

    /// The [`digest`] of its bytes, as they were when they were read.
    #[must_use]
    pub fn digest(&self) -> u128 {
        match &self.known {
            Some(known) => known.noted.digest(),
            None => digest(self.text().as_bytes()),
        }
    }

    /// Whether some of it was wanted when it was no longer what had been read.
    pub(super) fn is_changed(&self) -> bool {
        let Some(known) = &self.known else {
            return false;
        };
        let gone = |piece: &OnceLock<Option<_>>| piece.get().is_some_and(Option::is_none);
        let whole = self.text.get().map(String::len);
        known.loaded.iter().any(gone) || whole.is_some_and(|length| length != known.noted.length)
    }

    /// How many bytes the text has.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.known {
            Some(known) => known.noted.length,
            None => self.text().len(),
        }
    }

    /// The whole text; empty where it has to be loaded and is no longer what it was.
    #[must_use]
    pub fn text(&self) -> &str {
        if let Some(known) = &self.known
            && known.loaded.len() == 1
        {
            return known.loaded(&self.path, 0).unwrap_or("");
        }
        self.text.get_or_init(|| {
            let text = self.known.as_ref().and_then(|known| {
                let is_same = |bytes: &[u8]| digest(bytes) == known.noted.digest();
                let length = known.noted.length;
                known.loader.same(&self.path, 0, length, is_same)
            });
            text.unwrap_or_default()
        })
    }

    /// Byte offsets at which its lines start.
    fn lines(&self) -> &Lines {
        match &self.known {
            Some(known) => &known.noted.lines,
            None => self.lines.get_or_init(|| lines(self.text())),
        }
    }

    /// Line number from 0 and byte offset of that line's start, for an offset.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> (usize, usize) {
        let lines = self.lines();
        let line = lines.first_behind(0..lines.len(), offset).saturating_sub(1);
        (line, lines.get(line).map_or(0, |start| start as usize))
    }

    /// The line number from 0 of an offset that is probably little behind the start of a line.
    #[must_use]
    pub fn line_behind(&self, line: usize, offset: usize) -> usize {
        let lines = self.lines();
        let begun = |line: usize| {
            lines
                .get(line)
                .is_some_and(|start| start as usize <= offset)
        };
        if !begun(line) {
            return self.line_at(offset).0;
        }
        let (mut low, mut step) = (line, 1);
        while begun(low + step) {
            low += step;
            step *= 2;
        }
        lines
            .first_behind(low..low + step, offset)
            .saturating_sub(1)
    }

    /// Byte offset where a line (from 0) starts; the text's length past the last line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        let start = self.lines().get(line);
        start.map_or_else(|| self.length(), |start| start as usize)
    }

    /// The text of a range of bytes, widened to whole characters and cut to the file.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        let range = self.clamp(range);
        if let Some(known) = &self.known {
            let (number, piece) = known.piece_at(range.start);
            if let Some(piece) = piece
                && range.end <= known.end(number)
            {
                let start = piece.start as usize;
                let text = known.loaded(&self.path, number);
                let text = text.unwrap_or_default();
                return text
                    .get(range.start - start..range.end - start)
                    .unwrap_or("");
            }
        }
        self.text().get(range).unwrap_or("")
    }

    /// A range of bytes cut to the file and widened to whole characters.
    #[must_use]
    pub fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let length = self.length();
        let mut start = range.start.min(length);
        let mut end = range.end.clamp(start, length);
        while !self.is_boundary(start) {
            start -= 1;
        }
        while !self.is_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// Whether a character begins at an offset, or the text ends there.
    fn is_boundary(&self, offset: usize) -> bool {
        let Some(known) = &self.known else {
            return self.text().is_char_boundary(offset);
        };
        let (number, piece) = known.piece_at(offset);
        let start = piece.map_or(0, |piece| piece.start as usize);
        // A piece begins with a line.
        if offset == start || offset == known.noted.length {
            return true;
        }
        let loaded = known.loaded(&self.path, number);
        loaded.is_none_or(|text| text.is_char_boundary(offset - start))
    }

    /// Line and column from 1; a character is as many columns as `width` says.
    pub(super) fn position(&self, offset: usize, width: Width) -> (usize, usize) {
        let (line, start) = self.line_at(offset);
        let before = self.slice(start..offset);
        // A byte order mark is no column that an editor counts.
        let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
        (line + 1, before.chars().map(width).sum::<usize>() + 1)
    }
}
