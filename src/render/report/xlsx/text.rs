//! Texts as a cell can hold them.

use std::borrow::Cow;

/// Units of UTF-16 that a cell holds.
const MOST: usize = 32_767;

/// Units that a note holds: the program that shows it may put an author before it.
const MOST_OF_A_NOTE: usize = 32_700;

/// A text as a cell can hold it: what XML has no place for is shown by a sign, what is too long ends in `…`.
pub(super) fn fit(text: &str) -> Cow<'_, str> {
    fitted(text, MOST)
}

/// The same for a note.
pub(super) fn fit_note(text: &str) -> Cow<'_, str> {
    fitted(text, MOST_OF_A_NOTE)
}

fn fitted(text: &str, most: usize) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    if text.chars().any(|of| shown(of) != of) {
        out = text.chars().map(shown).collect::<String>().into();
    }
    // The writer takes such a text for marked-up text that it may write as it stands.
    if out.starts_with("<r>") && out.ends_with("</r>") {
        out.to_mut().push(' ');
    }
    // No text has more units of UTF-16 than bytes of UTF-8.
    if out.len() > most
        && let Some(end) = end(&out, most)
    {
        let mut cut = out.get(..end).unwrap_or_default().to_owned();
        cut.push('…');
        out = cut.into();
    }
    out
}

/// Where a text has to end for a sign of more to have room; nothing where all of it has.
fn end(text: &str, most: usize) -> Option<usize> {
    let mut units = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > most {
            return Some(end);
        }
        if units < most {
            end = at + character.len_utf8();
        }
    }
    None
}

/// A character, or the sign for one that XML cannot hold.
fn shown(of: char) -> char {
    match of {
        '\n' | '\t' => of,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(of)).unwrap_or(' '),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => of,
    }
}
