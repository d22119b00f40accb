//! One file: its text, whole or in pieces that are loaded when they are wanted, and its lines.

use std::ops::Range;
use std::sync::OnceLock;

use super::Width;
use super::lines::Lines;
use super::piece::{Loader, Noted, digest};
use super::pieces::{Piece, Pieces};

/// One file: its path as given, its text, and where its lines start.
#[derive(Debug)]
pub struct SourceFile {
    /// The path, with `/`, relative to the repository's root where it lies in it.
    pub path: String,
    text: Text,
}

/// Files are many, so that either stands in a place of its own.
#[derive(Debug)]
enum Text {
    Held(Box<Held>),
    Known(Box<Known>),
}

/// A text that is held.
#[derive(Debug)]
struct Held {
    text: String,
    /// Found when the first place is asked for: of thousands of files few have one that is shown.
    lines: OnceLock<Lines>,
}

/// A text, as far as it was wanted; none where it is no longer what it was.
type Loaded = OnceLock<Option<Box<str>>>;

/// A text that is not held: of hundreds of megabytes, only what is shown is loaded.
#[derive(Debug)]
struct Known {
    loader: Loader,
    noted: Noted,
    /// Of a file that has several pieces, only where something asks for all of it.
    whole: Loaded,
    /// The pieces, where there are several.
    loaded: Box<[Loaded]>,
}

/// Byte offsets at which the lines of a text start.
fn lines(text: &str) -> Lines {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let after = breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
    std::iter::once(0).chain(after).collect()
}

impl Known {
    /// The piece in which an offset stands, by its number.
    fn piece_at(&self, offset: usize) -> (usize, Option<Piece>) {
        let number = self.noted.pieces.at(offset);
        (number, self.noted.pieces.get(number))
    }

    /// Where a piece ends.
    fn end(&self, number: usize) -> usize {
        let next = self.noted.pieces.get(number + 1);
        next.map_or(self.noted.length, |next| next.start as usize)
    }

    /// All of the text.
    fn whole(&self, path: &str) -> Option<&str> {
        let whole = self.whole.get_or_init(|| {
            let is_same = |bytes: &[u8]| self.noted.is(bytes);
            let text = self.loader.same(path, 0, self.noted.length, is_same)?;
            Some(text.into_boxed_str())
        });
        whole.as_deref()
    }

    /// A piece's text.
    fn loaded(&self, path: &str, number: usize) -> Option<&str> {
        if let Pieces::One(_) = self.noted.pieces {
            return self.whole(path);
        }
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
            text: Text::Held(Box::new(Held {
                text,
                lines: OnceLock::new(),
            })),
        }
    }

    /// A file whose text is not held.
    pub(super) fn known(path: String, loader: &Loader, noted: Noted) -> Self {
        let mut file = Self {
            path,
            text: Text::Known(Box::new(Known {
                loader: loader.clone(),
                noted: Noted::default(),
                whole: Loaded::new(),
                loaded: Box::default(),
            })),
        };
        file.note(noted);
        file
    }

    /// Keeps what it was when it was read.
    pub(super) fn note(&mut self, noted: Noted) {
        if let Text::Known(known) = &mut self.text {
            let apart = match &noted.pieces {
                Pieces::One(_) => 0,
                Pieces::Many(pieces) => pieces.len(),
            };
            let places = std::iter::repeat_with(Loaded::new);
            known.loaded = places.take(apart).collect();
            known.whole = Loaded::new();
            known.noted = noted;
        }
    }

    /// What is known of its text, where that is not held.
    const fn unheld(&self) -> Option<&Known> {
        match &self.text {
            Text::Held(_) => None,
            Text::Known(known) => Some(known),
        }
    }

    /// What its text is loaded by, where it is not held.
    pub(crate) fn loader(&self) -> Option<&Loader> {
        self.unheld().map(|known| &known.loader)
    }

    /// The text in pieces.
    pub(crate) fn noted(&self) -> Noted {
        match &self.text {
            Text::Held(held) => Noted::of(held.text.as_bytes()),
            Text::Known(known) => known.noted.clone(),
        }
    }

    /// The [`digest`] of its bytes, as they were when they were read.
    #[must_use]
    pub fn digest(&self) -> u128 {
        match &self.text {
            Text::Held(held) => digest(held.text.as_bytes()),
            Text::Known(known) => known.noted.digest(),
        }
    }

    /// Whether some of it was wanted when it was no longer what had been read.
    pub(super) fn is_changed(&self) -> bool {
        let gone = |text: &Loaded| text.get().is_some_and(Option::is_none);
        let known = self.unheld();
        known.is_some_and(|known| gone(&known.whole) || known.loaded.iter().any(gone))
    }

    /// How many bytes the text has.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.text {
            Text::Held(held) => held.text.len(),
            Text::Known(known) => known.noted.length,
        }
    }

    /// The whole text; empty where it has to be loaded and is no longer what it was.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Held(held) => &held.text,
            Text::Known(known) => known.whole(&self.path).unwrap_or(""),
        }
    }

    /// Byte offsets at which its lines start.
    fn lines(&self) -> &Lines {
        match &self.text {
            Text::Held(held) => held.lines.get_or_init(|| lines(&held.text)),
            Text::Known(known) => &known.noted.lines,
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
        if let Text::Known(known) = &self.text {
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
        let Some(known) = self.unheld() else {
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
