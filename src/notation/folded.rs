//! A printed value made ready for the grammar: half width, no quotes, no idle spaces, offsets kept.

use crate::width::fold_char;

/// A folded text that remembers where each of its bytes came from.
pub(super) struct Folded {
    /// What the grammar reads.
    pub text: String,
    offsets: Vec<usize>,
    length: usize,
}

impl Folded {
    /// Folds a text. A space between two letters or digits stays: `1 000` is no number.
    pub fn new(original: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(original.len()),
            offsets: Vec::with_capacity(original.len()),
            length: original.len(),
        };
        let mut space = None;
        let mut long_before = false;
        for (offset, character) in original.char_indices() {
            let character = fold_char(character);
            if is_quote(character) {
                continue;
            }
            if character == ' ' {
                space = space.or(Some(offset));
                continue;
            }
            if let Some(at) = space.take()
                && folded.ends_in_word()
                && character.is_ascii_alphanumeric()
            {
                folded.push(' ', at);
            }
            // A long dash is often two characters: 5——6, ——.
            let long = character == '-'
                && original
                    .get(offset..)
                    .is_some_and(|rest| !rest.starts_with('-'));
            if long && long_before && folded.text.ends_with('-') {
                continue;
            }
            long_before = long;
            folded.push(character, offset);
        }
        folded
    }

    fn ends_in_word(&self) -> bool {
        self.text.ends_with(|c: char| c.is_ascii_alphanumeric())
    }

    fn push(&mut self, character: char, offset: usize) {
        self.text.push(character);
        self.offsets
            .extend(std::iter::repeat_n(offset, character.len_utf8()));
    }

    /// The byte offset in the original of a byte offset in the folded text.
    pub fn origin(&self, offset: usize) -> usize {
        self.offsets.get(offset).copied().unwrap_or(self.length)
    }
}

fn is_quote(character: char) -> bool {
    matches!(
        character,
        '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '《' | '》'
    )
}
