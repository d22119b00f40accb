//! What stands behind the colon of a test's line, in parts.

use crate::source::Spanned;

/// A value and the year it is for.
pub(super) struct Dated {
    pub value: Spanned<String>,
    pub year: Option<Spanned<String>>,
}

/// `2021..2025`
pub(super) fn years(text: &str) -> Option<(i32, i32)> {
    let (from, to) = text.split_once("..")?;
    from.parse().ok().zip(to.parse().ok())
}

/// A value and the year behind its last `@`.
pub(super) fn dated(text: &Spanned<String>) -> Dated {
    let year = text.value.rfind('@').map(|at| {
        let value = part(text, 0..at);
        (value, part(text, at + 1..text.value.len()))
    });
    match year {
        Some((value, year)) if !year.value.is_empty() => Dated {
            value: unquoted(&value),
            year: Some(year),
        },
        _ => Dated {
            value: unquoted(text),
            year: None,
        },
    }
}

/// The parts before and behind the first of a mark that stands in no quotes.
pub(super) fn split(
    text: &Spanned<String>,
    mark: &str,
) -> Option<(Spanned<String>, Spanned<String>)> {
    let mut quoted = false;
    let at = text.value.char_indices().find(|(at, character)| {
        quoted ^= *character == '"';
        let here = text.value.get(*at..).unwrap_or("");
        !quoted && here.starts_with(mark)
    });
    let (at, _) = at?;
    let before = part(text, 0..at);
    let after = part(text, at + mark.len()..text.value.len());
    Some((before, unquoted(&after)))
}

/// The parts between some marks that stand in no quotes.
pub(super) fn parts(text: &Spanned<String>, marks: &[char]) -> Vec<Spanned<String>> {
    let mut quoted = false;
    let mut start = 0;
    let mut found = Vec::new();
    for (at, character) in text.value.char_indices() {
        quoted ^= character == '"';
        if !quoted && marks.contains(&character) {
            found.push(part(text, start..at));
            start = at + character.len_utf8();
        }
    }
    found.push(part(text, start..text.value.len()));
    found
}

/// A part of a text without the space around it.
fn part(text: &Spanned<String>, range: std::ops::Range<usize>) -> Spanned<String> {
    let whole = text.value.get(range.clone()).unwrap_or("");
    let start = range.start + (whole.len() - whole.trim_start().len());
    let trimmed = whole.trim();
    let span = text.span.inner(start..start + trimmed.len());
    Spanned::new(trimmed.to_owned(), span)
}

/// What stands in quotes, where all of a text does.
fn unquoted(text: &Spanned<String>) -> Spanned<String> {
    let inside = text.value.strip_prefix('"');
    match inside.and_then(|inside| inside.strip_suffix('"')) {
        Some(inside) if !inside.contains('"') => {
            let span = text.span.inner(1..1 + inside.len());
            Spanned::new(inside.to_owned(), span)
        }
        _ => text.clone(),
    }
}
