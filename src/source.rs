//! Files as texts, byte spans in them, and their lines and columns.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// A file's number in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceId(u32);

impl SourceId {
    /// The file of a place in the order of taking.
    pub(crate) const fn numbered(number: u32) -> Self {
        Self(number)
    }

    /// The same place as a word.
    pub(crate) const fn number(self) -> u32 {
        self.0
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

/// Gives the text of a file, by its number and path, when it is first wanted.
#[derive(Clone)]
pub struct Loader(Arc<Load>);

type Load = dyn Fn(usize, &str) -> String + Send + Sync;

impl Loader {
    /// A loader of texts that are as they were when their lines were noted; one that is not is given empty.
    pub fn new(load: impl Fn(usize, &str) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(load))
    }
}

impl fmt::Debug for Loader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Loader")
    }
}

/// One file: its path as given, its text, and where its lines start.
#[derive(Debug)]
pub struct SourceFile {
    /// The path, with `/`, relative to the repository's root where it lies in it.
    pub path: String,
    /// Of a file that is known from an earlier run, only what is shown is loaded.
    text: OnceLock<String>,
    load: Option<(usize, Loader)>,
    /// Found when the first place is asked for: of thousands of files few have one that is shown.
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    fn new(path: String, text: String) -> Self {
        Self {
            path,
            text: OnceLock::from(text),
            load: None,
            line_starts: OnceLock::new(),
        }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let load = self.load.as_ref();
            load.map_or_else(String::new, |(number, loader)| {
                (loader.0)(*number, &self.path)
            })
        })
    }

    /// Byte offsets at which its lines start.
    #[must_use]
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text().as_bytes());
            let after = breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after).collect()
        })
    }

    /// Line number from 0 and byte offset of that line's start, for an offset.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let after = starts.partition_point(|start| *start as usize <= offset);
        let line = after.saturating_sub(1);
        let start = starts.get(line).map_or(0, |start| *start as usize);
        (line, start)
    }

    /// Byte offset where a line (from 0) starts; the text's length past the last line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts()
            .get(line)
            .map_or(self.text().len(), |start| *start as usize)
    }

    /// The text of a range of bytes, widened to whole characters and cut to the file.
    #[must_use]
    pub fn slice(&self, range: std::ops::Range<usize>) -> &str {
        let range = self.clamp(range);
        self.text().get(range).unwrap_or("")
    }

    /// A range of bytes cut to the file and widened to whole characters.
    #[must_use]
    pub fn clamp(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let text = self.text();
        let length = text.len();
        let mut start = range.start.min(length);
        let mut end = range.end.clamp(start, length);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// Line and column from 1; a character is as many columns as `width` says.
    fn position(&self, offset: usize, width: Width) -> (usize, usize) {
        let (line, start) = self.line_at(offset);
        let before = self.slice(start..offset);
        // A byte order mark is no column that an editor counts.
        let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
        (line + 1, before.chars().map(width).sum::<usize>() + 1)
    }
}

/// All files of a run. A span names one of them.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    by_path: FxHashMap<String, SourceId>,
}

impl Sources {
    /// Takes a file in; its number is its place in the order of taking.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(SourceFile::new(path.into(), text.into()))
    }

    /// Takes a file in whose lines are known from an earlier run.
    pub fn add_known(&mut self, path: String, line_starts: Vec<u32>, loader: &Loader) -> SourceId {
        self.push(SourceFile {
            path,
            text: OnceLock::new(),
            load: Some((self.files.len(), loader.clone())),
            line_starts: OnceLock::from(line_starts),
        })
    }

    fn push(&mut self, file: SourceFile) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.by_path.entry(file.path.clone()).or_insert(id);
        self.files.push(file);
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
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            *file = SourceFile::new(std::mem::take(&mut file.path), text.into());
        }
    }

    /// The file of a number. Numbers come from [`Sources::add`] of the same value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `add` only")]
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The first file of a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<SourceId> {
        self.by_path.get(path).copied()
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
