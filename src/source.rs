//! Files as texts, byte spans in them, and their lines and columns.

mod file;
mod lines;
mod piece;
mod pieces;

use std::hash::BuildHasher;
use std::num::NonZeroU32;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

pub use file::SourceFile;
pub use piece::{Loader, digest};
pub(crate) use piece::{Noted, Noting};
pub(crate) use pieces::Piece;

/// A file's number in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceId(NonZeroU32);

impl SourceId {
    /// The file of a place in the order of taking.
    pub(crate) const fn numbered(number: u32) -> Self {
        // No number is nought, so that a place that may be missing takes no more room than one.
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    /// The same place as a word.
    pub(crate) const fn number(self) -> u32 {
        self.0.get() - 1
    }
}

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets beyond 4 GiB are cut there.
    #[must_use]
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            source,
            start: cut(range.start),
            end: cut(range.end.max(range.start)),
        }
    }

    /// The range of bytes.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both; `self` where the files differ.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.source == other.source {
            Self {
                source: self.source,
                start: self.start.min(other.start),
                end: self.end.max(other.end),
            }
        } else {
            self
        }
    }

    /// A part of this span, by byte offsets relative to its start.
    #[must_use]
    pub fn inner(self, range: std::ops::Range<usize>) -> Self {
        let base = self.start as usize;
        Self::new(self.source, base + range.start..base + range.end)
    }

    /// Whether the two spans share a byte, or touch where one is empty.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.source == other.source && self.start <= other.end && other.start <= self.end
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The value changed, the place kept.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.value), self.span)
    }
}

/// A place as a person and an editor name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
}

/// How many columns a character is.
type Width = fn(char) -> usize;

/// All files of a run. A span names one of them.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The first file of each path, which stands only there.
    by_path: HashTable<SourceId>,
}

impl Sources {
    /// Takes a file in; its number is its place in the order of taking.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(SourceFile::new(path.into(), text.into()))
    }

    /// Takes a file in that is read later: its text is loaded to be read, and again where some of it is shown.
    pub fn add_unread(&mut self, path: impl Into<String>, loader: &Loader) -> SourceId {
        self.push(SourceFile::known(path.into(), loader, Noted::default()))
    }

    /// No files, with room for so many.
    pub(crate) fn with_room(count: usize) -> Self {
        Self {
            files: Vec::with_capacity(count),
            by_path: HashTable::with_capacity(count),
        }
    }

    /// Takes a file in that was read in an earlier run.
    pub(crate) fn add_known(&mut self, path: String, noted: Noted, loader: &Loader) -> SourceId {
        self.push(SourceFile::known(path, loader, noted))
    }

    /// Keeps of a file what it was when it was read.
    pub(crate) fn note(&mut self, id: SourceId, noted: Noted) {
        if let Some(file) = self.files.get_mut(id.number() as usize) {
            file.note(noted);
        }
    }

    /// The files that were no longer what was read when some of them was to be shown.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let changed = self.files.iter().filter(|file| file.is_changed());
        changed.map(|file| file.path.as_str())
    }

    fn push(&mut self, file: SourceFile) -> SourceId {
        let id = SourceId::numbered(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        let files = &self.files;
        let path = |id: &SourceId| {
            files
                .get(id.number() as usize)
                .map_or("", |file| &file.path)
        };
        let hash = |id: &SourceId| FxBuildHasher.hash_one(path(id));
        let same = |other: &SourceId| path(other) == path(&id);
        self.by_path.entry(hash(&id), same, hash).or_insert(id);
        id
    }

    /// How many files there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Every file, in the order of taking.
    #[must_use]
    pub fn files(&self) -> impl ExactSizeIterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// Gives a file another text. Spans of the old one mean nothing any more.
    pub fn replace(&mut self, id: SourceId, text: impl Into<String>) {
        if let Some(file) = self.files.get_mut(id.number() as usize) {
            *file = SourceFile::new(std::mem::take(&mut file.path), text.into());
        }
    }

    /// The file of a number. Numbers come from [`Sources::add`] of the same value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `add` only")]
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.number() as usize]
    }

    /// The first file of a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<SourceId> {
        let same = |id: &SourceId| self.file(*id).path == path;
        let found = self.by_path.find(FxBuildHasher.hash_one(path), same);
        found.copied()
    }

    /// Where each of some files stands among them by its path; files of one path stand together.
    #[must_use]
    pub fn ranks(&self, of: impl Iterator<Item = SourceId>) -> FxHashMap<SourceId, usize> {
        let of: FxHashSet<SourceId> = of.collect();
        let named = of.into_iter().map(|id| (self.file(id).path.as_str(), id));
        let mut files: Vec<(&str, SourceId)> = named.collect();
        files.sort_unstable();
        let groups = files.chunk_by(|(one, _), (other, _)| one == other);
        let ranked = groups.enumerate();
        ranked
            .flat_map(|(rank, group)| group.iter().map(move |(_, id)| (*id, rank)))
            .collect()
    }

    /// The line, from 1, on which a span starts.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        // No line starts inside a character or behind the text: the place need not be cut to it.
        let (line, _) = self.file(span.source).line_at(span.start as usize);
        line + 1
    }

    /// The same from 0, of one that is probably little behind the start of a line.
    #[must_use]
    pub fn line_behind(&self, line: usize, span: Span) -> usize {
        let file = self.file(span.source);
        file.line_behind(line, span.start as usize)
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.source).slice(span.range())
    }

    /// Line and column of a span's two ends.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.measured(span, |_| 1)
    }

    /// The same with columns in UTF-16 units, as editors' protocols and SARIF count them.
    #[must_use]
    pub fn place_utf16(&self, span: Span) -> Place {
        self.measured(span, char::len_utf16)
    }

    fn measured(&self, span: Span, width: Width) -> Place {
        let file = self.file(span.source);
        let range = file.clamp(span.range());
        let (line, column) = file.position(range.start, width);
        let (end_line, end_column) = file.position(range.end, width);
        Place {
            line,
            column,
            end_line,
            end_column,
        }
    }
}
