//! CSV text to cells with places, over `csv-core`, which says where each field ends.

use std::borrow::Cow;

use csv_core::{ReadFieldResult, Reader};

use super::wrong;
use crate::problem::Problem;
use crate::source::{SourceId, Span, Spanned};

/// One line of cells.
pub(super) type Line = Vec<Spanned<String>>;

/// A text's lines of cells, one at a time: a table of a nation's plans is never held as cells. A cell's place is its
/// text, quotes left out.
pub(super) struct Lines<'t> {
    text: &'t str,
    source: SourceId,
    /// With a line end at the end, every field ends inside the input and none is split over two reads.
    ended: Cow<'t, str>,
    reader: Reader,
    at: usize,
    buffer: Vec<u8>,
}

/// Splits a text into lines of cells.
pub(super) fn lines(text: &str, source: SourceId) -> Lines<'_> {
    let ended = if text.ends_with('\n') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{text}\n"))
    };
    Lines {
        text,
        source,
        reader: Reader::new(),
        at: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
        buffer: vec![0; ended.len()],
        ended,
    }
}

impl Iterator for Lines<'_> {
    /// A quote that is never closed is a problem; the line behind it is the next one.
    type Item = Result<Line, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Line::new();
        loop {
            let input = self.ended.as_bytes().get(self.at..).unwrap_or(&[]);
            let (result, read, written) = self.reader.read_field(input, &mut self.buffer);
            let start = self.at;
            self.at += read;
            match result {
                ReadFieldResult::Field { record_end } => {
                    let bytes = self.buffer.get(..written).unwrap_or(&[]);
                    let value = String::from_utf8_lossy(bytes);
                    let span = cell_span(self.text, self.source, start..self.at);
                    line.push(Spanned::new(value.trim().to_owned(), span));
                    if record_end {
                        return Some(Ok(line));
                    }
                }
                // The input ends in a line end, which only an open quote can swallow. The buffer holds the whole
                // text and is never full.
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull if read > 0 => {
                    return self.after_open_quote(start).map(Err);
                }
                _ => return None,
            }
        }
    }
}

impl Lines<'_> {
    /// Goes on behind the line in which a field opened a quote for good.
    fn after_open_quote(&mut self, field: usize) -> Option<Problem> {
        let rest = self.text.get(field..)?;
        let open = field + rest.find('"')?;
        let line = self.text.get(open..)?;
        let length = line.find('\n').unwrap_or(line.len());
        self.reader.reset();
        self.at = (open + length + 1).min(self.ended.len());
        let cell = line.get(..length)?.trim_end();
        Some(wrong::open_quote(Span::new(
            self.source,
            open..open + cell.len(),
        )))
    }

    /// The first line, which names the columns.
    pub fn header(&mut self, problems: &mut Vec<Problem>) -> Line {
        match self.next() {
            Some(Ok(line)) => line,
            Some(Err(problem)) => {
                problems.push(problem);
                Line::new()
            }
            None => Line::new(),
        }
    }
}

/// The part of a field's bytes that is its text: no separator, no line end, no quotes, no spaces around.
fn cell_span(text: &str, source: SourceId, range: std::ops::Range<usize>) -> Span {
    let field = text.get(range.clone()).unwrap_or("");
    let outside = |c: char| c == ',' || c == '\r' || c == '\n' || c == ' ';
    let left = field.trim_start_matches(['\r', '\n', ' ']);
    let start = range.start + (field.len() - left.len());
    let kept = left.trim_end_matches(outside);
    let unquoted = kept
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match unquoted {
        Some(inside) => Span::new(source, start + 1..start + 1 + inside.len()),
        None => Span::new(source, start..start + kept.len()),
    }
}

/// Where each of some columns stands in a header. A needed one that is missing is a problem, and then there is no
/// answer; so is one that is not known.
pub(super) fn columns(
    wanted: &[(&str, bool)],
    header: &Line,
    source: SourceId,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Option<usize>>> {
    let span = header.first().zip(header.last());
    let span = span.map_or(Span::new(source, 0..0), |(a, z)| a.span.to(z.span));
    let known: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    for cell in header
        .iter()
        .filter(|cell| !known.contains(&cell.value.as_str()))
    {
        problems.push(wrong::unknown_column(cell, &known));
    }
    let mut complete = true;
    let mut found = Vec::with_capacity(wanted.len());
    for (name, needed) in wanted {
        let at = header.iter().position(|cell| cell.value == *name);
        if *needed && at.is_none() {
            complete = false;
            problems.push(wrong::missing_column(name, &known, span));
        }
        found.push(at);
    }
    complete.then_some(found)
}

/// A line as it is where it has as many cells as the header; a problem where it has not.
pub(super) fn whole(
    line: Result<Line, Problem>,
    width: usize,
    problems: &mut Vec<Problem>,
) -> Option<Line> {
    let line = line.map_err(|problem| problems.push(problem)).ok()?;
    let (first, last) = (line.first()?, line.last()?);
    if line.len() == width {
        return Some(line);
    }
    problems.push(wrong::cell_count(
        first.span.to(last.span),
        line.len(),
        width,
    ));
    None
}
