//! CSV text to cells with places: a line without quotes is split as it stands, all others are read by `csv-core`,
//! which says where each field ends.

mod ahead;

use std::borrow::Cow;
use std::ops::Range;

use csv_core::{ReadFieldResult, Reader};

use super::wrong;
use crate::problem::Problem;
use crate::source::{SourceId, Span, Spanned};

pub(super) use ahead::cell_end;

/// One line of cells.
pub(super) type Line = Vec<Spanned<String>>;

/// A cell that is part of its table's text, quotes inside it apart.
pub(super) type Cell<'t> = Spanned<Cow<'t, str>>;

/// A text's lines of cells, one at a time: a table of a nation's plans is never held as cells. A cell's place is its
/// text, quotes left out.
pub(super) struct Lines<'t> {
    text: &'t str,
    source: SourceId,
    /// Where the text stands in its file.
    base: usize,
    at: usize,
    /// Where the last line starts.
    start: usize,
    /// How many of the first cells lines repeat, and their text in the last line, the comma behind it included.
    head: usize,
    known: &'t str,
    repeats: bool,
    /// Made when a line needs it.
    quoted: Option<Quoted<'t>>,
}

/// What reading of cells with quotes needs.
struct Quoted<'t> {
    /// With a line end at the end, every field ends inside the input and none is split over two reads.
    ended: Cow<'t, str>,
    /// As long as the text, so that it is never full.
    buffer: Vec<u8>,
    reader: Reader,
}

/// Splits a text into lines of cells.
pub(super) fn lines(text: &str, source: SourceId) -> Lines<'_> {
    Lines {
        text,
        source,
        base: 0,
        at: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
        start: 0,
        head: 0,
        known: "",
        repeats: false,
        quoted: None,
    }
}

/// Marks the bytes of a word that are no greater than a comma, by their highest bit; above such a byte others may be
/// marked, too.
const fn up_to_comma(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    word.wrapping_sub(EACH * (b',' as u64 + 1)) & !word & (EACH * 0x80)
}

impl Iterator for Lines<'_> {
    /// A quote that is never closed is a problem; the line behind it is the next one.
    type Item = Result<Line, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        let read = self.read(&mut line)?;
        let owned = |cell: Cell<'_>| cell.map(Cow::into_owned);
        Some(read.map(|()| line.into_iter().map(owned).collect()))
    }
}

impl<'t> Lines<'t> {
    /// The lines from a place of the text on, which stands in its file from a byte on.
    pub fn within(self, base: usize, at: usize) -> Self {
        Self { base, at, ..self }
    }

    /// Where the next line starts.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Whether a line had quotes or odd line ends, so that a line need not end where the text's does.
    pub const fn is_odd(&self) -> bool {
        self.quoted.is_some()
    }

    /// Expects the first cells of a line to be those of the line before, as what rows of one plan repeat is.
    pub fn repeating(self, head: usize) -> Self {
        Self { head, ..self }
    }

    /// Whether the first cells of the line that was read last are those of the line before, as far as they were
    /// expected to be.
    pub const fn repeats(&self) -> bool {
        self.repeats
    }

    /// The next line, put in the place of the last one, whose repeated cells stay.
    pub fn read(&mut self, line: &mut Vec<Cell<'t>>) -> Option<Result<(), Problem>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            self.repeats = self.keep(rest, line);
            let (start, from) = (self.at, if self.repeats { self.known.len() } else { 0 });
            let Some(length) = self.split(rest, from, line) else {
                line.clear();
                (self.known, self.repeats) = ("", false);
                return self.read_quoted(line);
            };
            self.at += length;
            self.start = start;
            if !line.is_empty() {
                return Some(Ok(()));
            }
        }
    }

    /// Keeps the first cells of the last line where this one begins with them, and nothing else of it.
    fn keep(&mut self, rest: &str, line: &mut Vec<Cell<'t>>) -> bool {
        let repeats = !self.known.is_empty() && rest.starts_with(self.known);
        if !repeats {
            self.known = "";
            line.clear();
            return false;
        }
        line.truncate(self.head);
        for cell in line {
            cell.span = self.moved(cell.span);
        }
        true
    }

    /// Splits the line that a text begins with, from a place in it on, and gives its length with its end; nothing
    /// where it has quotes or odd line ends. A line without is what stands between its commas.
    fn split(&mut self, rest: &'t str, mut from: usize, line: &mut Vec<Cell<'t>>) -> Option<usize> {
        let bytes = rest.as_bytes();
        let (mut at, mut marks) = (from, 0);
        let mut word = from;
        loop {
            // Eight bytes at a time: bytes above a comma, as nearly all are, are not looked at one by one.
            while marks == 0 {
                let eight = bytes.get(word..).and_then(<[u8]>::first_chunk);
                let Some(eight) = eight else {
                    break;
                };
                marks = up_to_comma(u64::from_le_bytes(*eight));
                at = word;
                word += 8;
            }
            let here = if marks == 0 {
                let tail = bytes.get(word..).unwrap_or(&[]);
                let next = tail.iter().position(|byte| *byte <= b',');
                let here = next.map_or(bytes.len(), |next| word + next);
                word = here + 1;
                here
            } else {
                let here = at + marks.trailing_zeros() as usize / 8;
                marks &= marks - 1;
                here
            };
            match bytes.get(here) {
                Some(b',') => {
                    self.cell(rest, from..here, line);
                    from = here + 1;
                    if line.len() == self.head {
                        self.known = rest.get(..from).unwrap_or("");
                    }
                }
                Some(b'\r') if matches!(bytes.get(here + 1), Some(b'\n') | None) => (),
                Some(b'"' | b'\r') => return None,
                None | Some(b'\n') => {
                    let end = if bytes
                        .get(from..here)
                        .is_some_and(|own| own.ends_with(b"\r"))
                    {
                        here - 1
                    } else {
                        here
                    };
                    if end > 0 {
                        self.cell(rest, from..end, line);
                    }
                    return Some((here + 1).min(bytes.len()));
                }
                Some(_) => (),
            }
        }
    }

    #[inline]
    fn cell(&self, rest: &'t str, range: Range<usize>, line: &mut Vec<Cell<'t>>) {
        let field = rest.get(range.clone()).unwrap_or("");
        let range = self.at + range.start..self.at + range.end;
        // A character that is neither a space nor beyond ASCII at both ends leaves nothing to trim.
        let ends = [field.as_bytes().first(), field.as_bytes().last()];
        let plain = ends.iter().all(|end| end.is_none_or(u8::is_ascii_graphic));
        let value = if plain { field } else { field.trim() };
        let range = if value.len() == field.len() {
            range
        } else {
            cell_range(self.text, range)
        };
        let span = place(self.source, self.base, range);
        line.push(Spanned::new(Cow::Borrowed(value), span));
    }

    /// All other lines are read by the book.
    fn read_quoted(&mut self, line: &mut Vec<Cell<'t>>) -> Option<Result<(), Problem>> {
        let text = self.text;
        let quoted = self.quoted.get_or_insert_with(|| Quoted {
            ended: if text.ends_with('\n') {
                Cow::Borrowed(text)
            } else {
                Cow::Owned(format!("{text}\n"))
            },
            buffer: vec![0; text.len() + 1],
            reader: Reader::new(),
        });
        loop {
            let input = quoted.ended.as_bytes().get(self.at..).unwrap_or(&[]);
            let (result, read, written) = quoted.reader.read_field(input, &mut quoted.buffer);
            let start = self.at;
            self.at += read;
            match result {
                ReadFieldResult::Field { record_end } => {
                    let bytes = quoted.buffer.get(..written).unwrap_or(&[]);
                    let value = String::from_utf8_lossy(bytes);
                    let range = cell_range(text, start..self.at);
                    let span = place(self.source, self.base, range);
                    line.push(Spanned::new(Cow::Owned(value.trim().to_owned()), span));
                    if record_end {
                        return Some(Ok(()));
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
        if let Some(quoted) = &mut self.quoted {
            quoted.reader.reset();
        }
        self.at = (open + length + 1).min(self.text.len());
        let cell = line.get(..length)?.trim_end();
        let range = open..open + cell.len();
        Some(wrong::open_quote(place(self.source, self.base, range)))
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

/// A range of a text that stands in its file from a byte on.
fn place(source: SourceId, base: usize, range: Range<usize>) -> Span {
    Span::new(source, base + range.start..base + range.end)
}

/// The part of a field's bytes that is its text: no separator, no line end, no quotes, no spaces around.
fn cell_range(text: &str, range: Range<usize>) -> Range<usize> {
    let field = text.get(range.clone()).unwrap_or("");
    let outside = |c: char| c == ',' || c == '\r' || c == '\n' || c == ' ';
    let left = field.trim_start_matches(['\r', '\n', ' ']);
    let start = range.start + (field.len() - left.len());
    let kept = left.trim_end_matches(outside);
    let unquoted = kept
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match unquoted {
        Some(inside) => start + 1..start + 1 + inside.len(),
        None => start..start + kept.len(),
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
