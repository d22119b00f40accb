//! What plan files are made of below tables: keys, texts, numbers, dates, and the space between them.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use toml::value::Datetime;

use super::super::record::Text;
use super::super::recover::month;
use super::Shapes;
use crate::model::Date;
use crate::source::{SourceId, Span, Spanned};

/// Characters of a whole number that surely fits.
const MOST_DIGITS: usize = 18;

/// How far a text has been read.
pub struct Cursor<'t, 's> {
    text: &'t str,
    bytes: &'t [u8],
    /// The next byte.
    pub at: usize,
    source: SourceId,
    /// What rows of the indicator table may look like, until it is read.
    pub shapes: Option<&'s mut Shapes>,
}

impl<'t, 's> Cursor<'t, 's> {
    /// At the start of a text; `None` where it holds what no plain text does.
    pub fn new(text: &'t str, source: SourceId, shapes: Option<&'s mut Shapes>) -> Option<Self> {
        // Places are kept in four bytes.
        u32::try_from(text.len()).ok()?;
        let bytes = text.as_bytes();
        printable(bytes).then_some(Self {
            text,
            bytes,
            at: 0,
            source,
            shapes,
        })
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Things between brackets, with commas between them; one may stand behind the last.
    pub fn list(
        &mut self,
        open: u8,
        close: u8,
        mut one: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.take(open)?;
        loop {
            self.gap();
            if self.take(close).is_some() {
                return Some(());
            }
            one(self)?;
            self.gap();
            if self.take(b',').is_none() {
                return self.take(close);
            }
        }
    }

    /// A key: the place is that of the whole, quotes included.
    pub fn key(&mut self) -> Option<Text<'t>> {
        let start = self.at;
        let value = match self.peek()? {
            b'"' | b'\'' => self.string()?.value,
            _ => {
                let bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
                Cow::Borrowed(self.run(bare)?)
            }
        };
        Some(Spanned::new(value, self.span(start..self.at)))
    }

    /// A text in one line without escapes. Where it opens with three quotes, the third stands where nothing may.
    pub fn string(&mut self) -> Option<Text<'t>> {
        let quote = self.peek()?;
        let start = self.at + 1;
        let rest = self.bytes.get(start..)?;
        let length = match quote {
            b'"' => memchr3(b'"', b'\\', b'\n', rest)?,
            b'\'' => memchr2(b'\'', b'\n', rest)?,
            _ => return None,
        };
        if rest.get(length) != Some(&quote) {
            return None;
        }
        let end = start + length;
        self.at = end + 1;
        let value = Cow::Borrowed(self.text.get(start..end)?);
        Some(Spanned::new(value, self.span(start..end)))
    }

    /// Over some bytes, if these stand here.
    pub fn pass(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.at + bytes.len();
        (self.bytes.get(self.at..end)? == bytes).then(|| self.at = end)
    }

    /// A text without escapes up to the quote that ends it, its opening quote being passed.
    pub fn quoted(&mut self) -> Option<Spanned<&'t str>> {
        let rest = self.bytes.get(self.at..)?;
        // Values are short: a search that has to be set up takes longer.
        let mut ends = rest.iter();
        let length = ends.position(|byte| matches!(byte, b'"' | b'\\' | b'\n'))?;
        let start = self.at;
        self.at += length;
        let value = self.text.get(start..self.at)?;
        (self.peek() == Some(b'"')).then(|| Spanned::new(value, self.span(start..self.at)))
    }

    /// A text, or a number as written.
    pub fn printed(&mut self) -> Option<Text<'t>> {
        if matches!(self.peek()?, b'"' | b'\'') {
            return self.string();
        }
        let start = self.at;
        let word = self.number()?;
        Some(Spanned::new(Cow::Borrowed(word), self.span(start..self.at)))
    }

    /// A decimal number without exponent or underscores.
    fn number(&mut self) -> Option<&'t str> {
        let word = self.word()?;
        let unsigned = word.strip_prefix('-').unwrap_or(word);
        let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let leading = whole.len() > 1 && whole.starts_with('0');
        (digits(whole) && digits(places) && !leading).then_some(word)
    }

    pub fn integer(&mut self) -> Option<i64> {
        let word = self.number().filter(|word| word.len() <= MOST_DIGITS)?;
        word.parse().ok()
    }

    pub fn boolean(&mut self) -> Option<bool> {
        self.word()?.parse().ok()
    }

    /// A day, or a text with a month.
    pub fn date(&mut self) -> Option<Date> {
        if matches!(self.peek()?, b'"' | b'\'') {
            return month(&self.string()?.value);
        }
        let word = self.word().filter(|word| word.len() == 10)?;
        let date = word.parse::<Datetime>().ok()?.date?;
        Some(Date {
            year: i32::from(date.year),
            month: date.month,
            day: Some(date.day),
        })
    }

    /// What numbers, dates and truth values are made of. Whatever else stands behind is no comma and no line's end.
    fn word(&mut self) -> Option<&'t str> {
        self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
    }

    /// The bytes of a kind that stand here, all of them ASCII; at least one.
    fn run(&mut self, kind: impl Fn(&u8) -> bool) -> Option<&'t str> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take_while(|byte| kind(byte)).count();
        let start = self.at;
        self.at += length;
        (length > 0).then(|| self.text.get(start..self.at))?
    }

    pub fn equals(&mut self) -> Option<()> {
        self.space();
        self.take(b'=')?;
        self.space();
        Some(())
    }

    /// Nothing more in this line but a comment.
    pub fn line_end(&mut self) -> Option<()> {
        self.space();
        matches!(self.peek(), None | Some(b'\n' | b'#')).then_some(())
    }

    /// Over spaces, line ends and comments.
    pub fn gap(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'#') => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    self.at += memchr(b'\n', rest).unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    pub fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }
}

/// Whether there are no control characters but tabs and line ends. With that known, a carriage return is but a space
/// before a line's end.
fn printable(bytes: &[u8]) -> bool {
    let control = |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 127;
    if bytes.iter().fold(false, |any, byte| any | control(*byte)) {
        return false;
    }
    let mut returns = memchr_iter(b'\r', bytes);
    returns.all(|at| bytes.get(at + 1) == Some(&b'\n'))
}
