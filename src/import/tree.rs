//! TOML text to a tree with places. A line that breaks the syntax is reported and blanked, and the rest read again,
//! so that one broken row costs one row.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::syntax_error::{
    Syntax, depth, too_many_errors, unclosed_list, unclosed_text, unread_rest,
};
use crate::problem::Problem;
use crate::source::{SourceId, Span};

/// Syntax errors reported of one file; a file with more is no plan file that was edited by hand.
const MOST_ERRORS: usize = 50;

/// Times that all faulty lines are blanked at once, past that number.
const ROUNDS: usize = 20;

/// A file's tree, and what was wrong with its syntax.
pub(super) struct Tree<'t> {
    /// The top-level table.
    pub root: DeTable<'t>,
    /// The lines left out, as ranges of bytes of the text.
    pub blanked: Vec<Range<usize>>,
    /// Places whose recovered values are guesses.
    pub guessed: Vec<Range<usize>>,
}

/// What makes a text no TOML.
#[must_use]
pub fn toml_problems(text: &str, source: SourceId) -> Vec<Problem> {
    let mut problems = Vec::new();
    parse(text, source, &mut String::new(), &mut problems);
    problems
}

/// Parses a text; one with errors is mended in `mended`, which must outlive the tree.
pub(super) fn parse<'t>(
    text: &'t str,
    source: SourceId,
    mended: &'t mut String,
    problems: &mut Vec<Problem>,
) -> Tree<'t> {
    if let Ok(root) = DeTable::parse(text) {
        return Tree {
            root: root.into_inner(),
            blanked: Vec::new(),
            guessed: Vec::new(),
        };
    }
    text.clone_into(mended);
    let blanked = mend(text, source, mended, problems);
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

/// Tells the errors one by one, first to last, and leaves out the line of each; gives the lines left out.
fn mend(
    text: &str,
    source: SourceId,
    mended: &mut String,
    problems: &mut Vec<Problem>,
) -> Vec<Range<usize>> {
    let mut blanked: Vec<Range<usize>> = Vec::new();
    while blanked.len() < MOST_ERRORS {
        let Some((place, message)) = first_error(mended) else {
            break;
        };
        if message.contains("unclosed array") && place.start >= text.trim_end().len() {
            // Nothing but the closing bracket is missing, and only at the file's end.
            let last = line_of(text, text.trim_end().len().saturating_sub(1));
            problems.push(unclosed_list(Span::new(source, last), true));
            mended.push_str("\n]");
            if blanked.iter().any(|line| line.start >= text.len()) {
                break;
            }
            blanked.push(text.len()..text.len());
            continue;
        }
        if let Some(open) = lone_quotes(mended) {
            let line = line_of(mended, open);
            problems.push(unclosed_text(Span::new(source, open..open + 3)));
            blank(mended, &line);
            blanked.push(line);
            continue;
        }
        let line = blamed_line(mended, place.start);
        if close_array(mended, &line) {
            problems.push(unclosed_list(Span::new(source, line), false));
            continue;
        }
        let at = if line.contains(&place.start) {
            place
        } else {
            line.end..line.end
        };
        if mended
            .get(line.clone())
            .is_none_or(|line| line.trim().is_empty())
        {
            // The fault is not where the parser says: what is left of the file is not read.
            problems.push(unread_rest(Span::new(source, line.clone())));
            blank(mended, &(line.start..mended.len()));
            blanked.push(line.start..mended.len());
            break;
        }
        problems.push(problem(text, source, at, line.clone(), &message));
        blank(mended, &line);
        blanked.push(line);
    }
    blank_the_rest(mended, source, &mut blanked, problems);
    blanked
}

/// Past what is worth telling one by one, every faulty line is left out, so that nothing guessed is checked.
fn blank_the_rest(
    mended: &mut String,
    source: SourceId,
    blanked: &mut Vec<Range<usize>>,
    problems: &mut Vec<Problem>,
) {
    let mut first = None;
    for _ in 0..ROUNDS {
        let (_, errors) = DeTable::parse_recoverable(mended);
        let real = errors.iter().filter(|error| !harmless(error.message()));
        let lines = real.map(|error| line_of(mended, error.span().map_or(0, |span| span.start)));
        let mut lines: Vec<Range<usize>> = lines.collect();
        lines.sort_by_key(|line| line.start);
        lines.dedup();
        lines.retain(|line| !mended.get(line.clone()).unwrap_or("").trim().is_empty());
        let Some(start) = lines.first().map(|line| line.start) else {
            break;
        };
        first = Some(first.map_or(start, |known: usize| known.min(start)));
        for line in lines {
            blank(mended, &line);
            blanked.push(line);
        }
    }
    if let Some(start) = first {
        problems.push(too_many_errors(
            Span::new(source, start..start),
            MOST_ERRORS,
        ));
    }
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
    match line_before(text, line.start) {
        Some(earlier) if depth(text.get(earlier.clone()).unwrap_or("")) > 0 => earlier,
        _ => line,
    }
}

/// Three quotes that nothing closes: they swallow the rest of the file.
fn lone_quotes(text: &str) -> Option<usize> {
    let quotes = ["\"\"\"", "'''"].into_iter();
    let mut lone = quotes.filter(|quotes| text.matches(quotes).count() % 2 == 1);
    lone.find_map(|quotes| text.rfind(quotes))
}

/// The nearest line before that says something.
fn line_before(text: &str, mut start: usize) -> Option<Range<usize>> {
    while start > 0 {
        let earlier = line_of(text, start - 1);
        let content = text.get(earlier.clone()).unwrap_or("").trim();
        if !content.is_empty() && !content.starts_with('#') {
            return Some(earlier);
        }
        start = earlier.start;
    }
    None
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
    let Some(earlier) = line_before(text, line.start) else {
        return false;
    };
    let row = text.get(earlier.clone()).unwrap_or("").trim_end();
    if !row.trim_start().starts_with('{') || !row.ends_with(',') {
        return false;
    }
    let comma = earlier.start + row.len() - 1;
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

    /// Whether a place lies behind a section's header that was left out: its keys belong to no table that is there.
    pub fn is_orphaned(&self, text: &str, at: usize) -> bool {
        let header = |line: &&Range<usize>| {
            line.start < at && text.get((*line).clone()).unwrap_or("").starts_with('[')
        };
        self.blanked.iter().any(|line| header(&line))
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
