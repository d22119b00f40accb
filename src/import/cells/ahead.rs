//! The next line, looked at before it is read: where lines repeat their first cells, the rest may be known, too.

use std::ops::Range;

use super::{Lines, place, up_to_comma};
use crate::source::Span;

impl<'t> Lines<'t> {
    /// What stands behind the first cells of the next line, where these are known to be repeated.
    #[inline]
    pub fn ahead(&self) -> Option<&'t str> {
        if self.known.is_empty() {
            return None;
        }
        self.text.get(self.at..)?.strip_prefix(self.known)
    }

    /// Where something stands in the file that is [`Self::ahead`].
    #[inline]
    pub fn place_ahead(&self, range: Range<usize>) -> Span {
        let start = self.at + self.known.len();
        place(
            self.source,
            self.base,
            start + range.start..start + range.end,
        )
    }

    /// Where in the next line something stands that stood in the line that was read last.
    pub fn moved(&self, span: Span) -> Span {
        let (range, moved) = (span.range(), self.at - self.start);
        Span::new(self.source, range.start + moved..range.end + moved)
    }

    /// Goes on behind the next line, which repeats the first cells and has so many bytes behind them.
    pub const fn skip(&mut self, length: usize) {
        self.at += self.known.len() + length;
    }

    /// What stands behind the repeated cells of the line that was read last, its end included, and where that is in the
    /// file; nothing of a line that was not split as it stands.
    pub fn behind_head(&self) -> Option<(&'t str, usize)> {
        let start = self.start + self.known.len();
        let text = self.text.get(start..self.at)?;
        (!self.known.is_empty()).then_some((text, self.base + start))
    }
}

/// Where a cell ends that stands in a plain line from a byte on: at a comma, a quote, a line end or the text's end.
#[inline]
pub(in crate::import) fn cell_end(bytes: &[u8], from: usize) -> usize {
    let is_end = |byte: u8| matches!(byte, b',' | b'\n' | b'\r' | b'"');
    let mut word = from;
    while let Some(eight) = bytes.get(word..).and_then(<[u8]>::first_chunk) {
        let mut marks = up_to_comma(u64::from_le_bytes(*eight));
        while marks != 0 {
            let here = word + marks.trailing_zeros() as usize / 8;
            if bytes.get(here).is_some_and(|byte| is_end(*byte)) {
                return here;
            }
            marks &= marks - 1;
        }
        word += 8;
    }
    let tail = bytes.get(word..).unwrap_or(&[]);
    let end = tail.iter().position(|byte| is_end(*byte));
    end.map_or(bytes.len(), |end| word + end)
}
