//! All files as one source for miette, so that one finding can show places of several files.
//!
//! miette takes one source per diagnostic. The files stand behind one another at virtual offsets; a place is
//! shown as its own line, cut to a window where the line is long, with columns counted in characters.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::finding::Label;
use crate::source::{SourceFile, SourceId, Sources, Span};

/// Terminal columns a shown line may take; plan rows are longer.
const WIDEST: usize = 96;

/// The files of a run at virtual offsets.
#[derive(Debug)]
pub(super) struct Snippets<'s> {
    sources: &'s Sources,
    spans: &'s [Span],
    starts: Vec<usize>,
    /// What is underlined: a line may not be cut in the midst of it.
    labels: Vec<(SourceId, Range<usize>)>,
}

impl<'s> Snippets<'s> {
    /// The files that some places stand in, a place for each, and all places that are underlined.
    pub fn new(sources: &'s Sources, spans: &'s [Span], labels: &[Label]) -> Self {
        let mut start = 0;
        let starts = spans.iter().map(|span| {
            let here = start;
            start += sources.file(span.source).length() + 2;
            here
        });
        let starts = starts.collect();
        let labels = labels.iter().map(|label| {
            let file = sources.file(label.span.source);
            (label.span.source, visible(file, label.span.range()))
        });
        Self {
            sources,
            spans,
            starts,
            labels: labels.collect(),
        }
    }

    /// A place as miette is given it, never empty and never outside its file.
    pub fn place(&self, span: Span) -> SourceSpan {
        let first = self
            .spans
            .iter()
            .position(|other| other.source == span.source);
        let start = first
            .and_then(|at| self.starts.get(at))
            .copied()
            .unwrap_or(0);
        let range = visible(self.sources.file(span.source), span.range());
        (start + range.start, range.len()).into()
    }

    /// A window that cuts no underlined place in two: what would be cut is left out.
    fn uncut(&self, source: SourceId, window: Range<usize>, shown: &Range<usize>) -> Range<usize> {
        let mut kept = window;
        for (_, label) in self.labels.iter().filter(|(of, _)| *of == source) {
            if label.start < kept.start && kept.start < label.end && label.end <= shown.start {
                kept.start = label.end;
            }
            if label.start < kept.end && kept.end < label.end && shown.end <= label.start {
                kept.end = label.start;
            }
        }
        kept
    }

    fn find(&self, offset: usize) -> Option<(SourceId, usize)> {
        let at = self
            .starts
            .partition_point(|start| *start <= offset)
            .checked_sub(1)?;
        let (span, start) = (self.spans.get(at)?, self.starts.get(at)?);
        Some((span.source, *start))
    }
}

/// A range that has something to underline: an empty one takes in the character behind it, or before it at a
/// line's end.
fn visible(file: &SourceFile, range: Range<usize>) -> Range<usize> {
    let range = file.clamp(range);
    if !range.is_empty() {
        return shortened(file, range);
    }
    let (line, line_start) = file.line_at(range.start);
    let rest = file.slice(range.start..file.line_start(line + 1));
    match rest.chars().next() {
        Some(next) if next != '\n' && next != '\r' => range.start..range.start + next.len_utf8(),
        _ => {
            let last = file.slice(line_start..range.start).chars().next_back();
            range.start - last.map_or(0, char::len_utf8)..range.start
        }
    }
}

/// The start of a range that is wider than what can be shown, or runs over several lines.
fn shortened(file: &SourceFile, range: Range<usize>) -> Range<usize> {
    let line = file.slice(range.clone()).lines().next().unwrap_or("");
    let length = taken(line.chars(), WIDEST - 8);
    let end = range.start + length.max(1);
    file.clamp(range.start..end.min(range.end))
}

impl SourceCode for Snippets<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (source, start) = self.find(span.offset()).ok_or(MietteError::OutOfBounds)?;
        let file = self.sources.file(source);
        let from = span.offset() - start;
        let range = from..from + span.len();
        if range.end > file.length() {
            return Err(MietteError::OutOfBounds);
        }
        let (line, line_start) = file.line_at(range.start);
        let window = window(file, line_start, &range).ok_or(MietteError::OutOfBounds)?;
        let window = self.uncut(source, window, &range);
        // miette asks without context for the place in the heading, with context for the lines it shows.
        let column = if before == 0 {
            let text = file.slice(line_start..range.start);
            // A byte order mark is no column that an editor counts.
            text.trim_start_matches('\u{FEFF}').chars().count()
        } else {
            0
        };
        let text = file.slice(window.clone());
        let lines = text.matches('\n').count().max(1);
        let shown = (start + window.start, window.len()).into();
        let path = file.path.clone();
        let contents =
            MietteSpanContents::new_named(path, text.as_bytes(), shown, line, column, lines);
        Ok(Box::new(contents))
    }
}

/// The part of the text to show for a range: its lines whole, or a cut around it; `None` where even the range is
/// wider than what can be shown.
fn window(file: &SourceFile, line_start: usize, range: &Range<usize>) -> Option<Range<usize>> {
    let (last, _) = file.line_at(range.end.saturating_sub(1).max(range.start));
    let line_end = file.line_start(last + 1);
    let whole = file.slice(line_start..line_end);
    if whole.lines().all(|line| line.width() <= WIDEST) {
        return Some(line_start..line_end);
    }
    let shown = file.slice(range.clone());
    let room = WIDEST.checked_sub(shown.width())? / 2;
    let before = file.slice(line_start..range.start);
    let start = range.start - taken(before.chars().rev(), room);
    let after = file.slice(range.end..line_end);
    let end = range.end + taken(after.trim_end_matches(['\r', '\n']).chars(), room);
    Some(start..end)
}

/// Bytes of the characters that fit into so many columns.
fn taken(characters: impl Iterator<Item = char>, room: usize) -> usize {
    let mut left = room;
    let fitting = characters.map_while(|character| {
        left = left.checked_sub(character.width().unwrap_or(0))?;
        Some(character.len_utf8())
    });
    fitting.sum()
}
