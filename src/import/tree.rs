//! TOML text to a tree with places. A line that breaks the syntax is reported and blanked, and the rest read again,
//! so that one broken row costs one row.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::syntax_error::{Syntax, too_many_errors, unclosed_list};
use crate::problem::Problem;
use crate::source::{SourceId, Span};

/// Syntax errors reported of one file; a file with more is no plan file that was edited by hand.
const MOST_ERRORS: usize = 50;

/// A file's tree, and what was wrong with its syntax.
pub(super) struct Tree<'t> {
    /// The top-level table.
    pub root: DeTable<'t>,
    /// The lines left out, as ranges of bytes of the text.
    pub blanked: Vec<Range<usize>>,
    /// Places whose recovered values are guesses.
    pub guessed: Vec<Range<usize>>,
}

/// Parses a text into `mended`, which must outlive the tree.
pub(super) fn parse<'t>(
    text: &str,
    source: SourceId,
    mended: &'t mut String,
    problems: &mut Vec<Problem>,
) -> Tree<'t> {
    text.clone_into(mended);
    let mut blanked = Vec::new();
    while blanked.len() < MOST_ERRORS {
        let Some((place, message)) = first_error(mended) else {
            break;
        };
        let line = blamed_line(mended, place.start);
        if close_array(mended, &line) {
            problems.push(unclosed_list(Span::new(source, line)));
            continue;
        }
        let at = if line.contains(&place.start) {
            place
        } else {
            line.end..line.end
        };
        problems.push(problem(text, source, at, line.clone(), &message));
        blank(mended, &line);
        blanked.push(line);
    }
    let (root, errors) = DeTable::parse_recoverable(mended);
    let mut guessed = Vec::new();
    for error in errors {
        let place = error.span().unwrap_or(0..0);
        if harmless(error.message()) {
            let line = line_of(text, place.start);
            problems.push(problem(text, source, place, line, error.message()));
        } else {
            guessed.push(place);
        }
    }
    if !guessed.is_empty() {
        problems.push(too_many_errors(
            Span::new(source, guessed_start(&guessed)),
            MOST_ERRORS,
        ));
    }
    Tree {
        root: root.into_inner(),
        blanked,
        guessed,
    }
}

fn problem(
    text: &str,
    source: SourceId,
    at: Range<usize>,
    line: Range<usize>,
    message: &str,
) -> Problem {
    let span = Span::new(source, at);
    Syntax {
        text,
        span,
        line,
        message,
    }
    .problem()
}

fn guessed_start(guessed: &[Range<usize>]) -> Range<usize> {
    let start = guessed.iter().map(|range| range.start).min().unwrap_or(0);
    start..start
}

/// Errors after which the tree holds all that was written.
fn harmless(message: &str) -> bool {
    message.contains("missing comma between array elements") || message.contains("duplicate key")
}

fn first_error(text: &str) -> Option<(Range<usize>, String)> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let real = errors.iter().filter(|error| !harmless(error.message()));
    let placed = real.map(|error| (error.span().unwrap_or(0..0), error.message().to_owned()));
    placed.min_by_key(|(span, _)| span.start)
}

/// The line of an error, or the one before where that left a brace open.
fn blamed_line(text: &str, offset: usize) -> Range<usize> {
    let line = line_of(text, offset);
    let mut before = line.start;
    while before > 0 {
        let earlier = line_of(text, before - 1);
        let content = text.get(earlier.clone()).unwrap_or("").trim();
        if !content.is_empty() && !content.starts_with('#') {
            let open = content.starts_with('{') && depth(content) > 0;
            return if open { earlier } else { line };
        }
        before = earlier.start;
    }
    line
}

/// Braces opened less braces closed, outside strings.
fn depth(line: &str) -> i32 {
    let mut quoted = false;
    let mut depth = 0;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth -= 1,
            _ => (),
        }
    }
    depth
}

fn line_of(text: &str, offset: usize) -> Range<usize> {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = text.get(..offset).and_then(|before| before.rfind('\n'));
    let start = start.map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|after| after.find('\n'));
    let end = end.map_or(text.len(), |at| offset + at);
    start..end
}

/// Where a new section begins inside an array that was never closed, closes it in the place of the comma before.
fn close_array(text: &mut String, line: &Range<usize>) -> bool {
    let content = text.get(line.clone()).unwrap_or("");
    let key = content.split('=').next().unwrap_or("").trim();
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let assigns = content.contains('=') && !key.is_empty() && key.chars().all(is_key);
    if !(assigns || content.starts_with('[')) || content.starts_with(char::is_whitespace) {
        return false;
    }
    let before = text.get(..line.start).unwrap_or("").trim_end();
    if !before.ends_with(',') {
        return false;
    }
    let comma = before.len() - 1;
    text.replace_range(comma..=comma, "]");
    true
}

fn blank(text: &mut String, line: &Range<usize>) {
    let spaces = " ".repeat(line.len());
    text.replace_range(line.clone(), &spaces);
}

impl Tree<'_> {
    /// Whether a place holds or touches a recovered guess.
    pub fn is_guessed(&self, range: &Range<usize>) -> bool {
        let meets = |guess: &Range<usize>| guess.start <= range.end && range.start <= guess.end;
        self.guessed.iter().any(meets)
    }

    /// Whether a key stands in a line that was left out: it is not missing.
    pub fn was_blanked(&self, text: &str, key: &str) -> bool {
        let holds = |line: &Range<usize>| {
            let content = text.get(line.clone()).unwrap_or("");
            content.contains(key)
        };
        !self.guessed.is_empty() || self.blanked.iter().any(holds)
    }
}

/// What a TOML value is called.
pub(super) const fn type_name(value: &DeValue<'_>) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("文字", "text"),
        DeValue::Integer(_) => ("整数", "a whole number"),
        DeValue::Float(_) => ("小数", "a decimal number"),
        DeValue::Boolean(_) => ("真假值", "true or false"),
        DeValue::Datetime(_) => ("日期", "a date"),
        DeValue::Array(_) => ("列表", "a list"),
        DeValue::Table(_) => ("表", "a table"),
    }
}
