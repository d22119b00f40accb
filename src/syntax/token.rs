//! Tokens with their places, and a run of them as an input of nom.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Input, Needed};

use crate::language::Said;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word: a keyword or a name.
    Word(String),
    /// An id behind `rule`: `align/weaker-than-superior`.
    Id(String),
    /// A name in corner brackets: 「5岁以下儿童死亡率」.
    Quoted(String),
    /// Digits, and the unit that sticks to them.
    Number(String, String),
    /// A text in quotes; the token's place holds the quotes.
    Text,
    /// What stands between the braces of a `test` block; the token's place holds the braces.
    Block,
    /// Punctuation or an operator.
    Symbol(&'static str),
    /// A `///` line, without its mark.
    Doc(String),
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub at: Range<usize>,
    /// Whether it is the first of its line.
    pub first: bool,
}

/// What was expected, in Chinese and English.
pub(super) type Expected = (&'static str, &'static str);

/// What parsing remembers besides its result: the furthest failure, and how deep it is.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Tokens left at the furthest failure, and what was expected there.
    pub furthest: RefCell<Option<(usize, Vec<Expected>)>>,
    /// A mistake that deserves its own words.
    pub mistake: RefCell<Option<(Range<usize>, Said, Said)>>,
    /// Nesting of expressions.
    pub depth: Cell<u32>,
}

/// A run of tokens of one text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tokens<'a> {
    pub text: &'a str,
    pub rest: &'a [Token],
    pub state: &'a State,
}

/// A failure; its particulars are in the [`State`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Miss;

pub(super) type Parsed<'a, T> = IResult<Tokens<'a>, T, Miss>;

impl<'a> ParseError<Tokens<'a>> for Miss {
    fn from_error_kind(_: Tokens<'a>, _: ErrorKind) -> Self {
        Self
    }

    fn append(_: Tokens<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

impl<'a> Tokens<'a> {
    /// The first token.
    pub fn first(&self) -> Option<&'a Token> {
        self.rest.first()
    }

    /// The place of the first token; the end of the text where there is none.
    pub fn at(&self) -> Range<usize> {
        let end = self.text.len();
        self.first().map_or(end..end, |token| token.at.clone())
    }

    /// The place from here up to where `rest` begins.
    pub fn until(&self, rest: &Self) -> Range<usize> {
        let used = self.rest.len().saturating_sub(rest.rest.len());
        let last = self.rest.get(..used).and_then(<[Token]>::last);
        let start = self.at().start;
        start..last.map_or(start, |token| token.at.end)
    }

    /// Notes what was expected here and fails.
    pub fn expected<T>(self, what: Expected) -> Parsed<'a, T> {
        let left = self.rest.len();
        let mut furthest = self.state.furthest.borrow_mut();
        match furthest.as_mut() {
            Some((least, _)) if *least < left => (),
            Some((least, set)) if *least == left => {
                if !set.contains(&what) {
                    set.push(what);
                }
            }
            _ => *furthest = Some((left, vec![what])),
        }
        Err(nom::Err::Error(Miss))
    }

    /// Notes a known mistake and gives up on the clause.
    pub fn mistake<T>(self, at: Range<usize>, message: Said, help: Said) -> Parsed<'a, T> {
        let mut mistake = self.state.mistake.borrow_mut();
        if mistake.is_none() {
            *mistake = Some((at, message, help));
        }
        Err(nom::Err::Failure(Miss))
    }
}

impl<'a> Input for Tokens<'a> {
    type Item = &'a Token;
    type Iter = std::slice::Iter<'a, Token>;
    type IterIndices = std::iter::Enumerate<std::slice::Iter<'a, Token>>;

    fn input_len(&self) -> usize {
        self.rest.len()
    }

    fn take(&self, index: usize) -> Self {
        let rest = self.rest.get(..index).unwrap_or(self.rest);
        Self { rest, ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        let rest = self.rest.get(index..).unwrap_or(&[]);
        Self { rest, ..*self }
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest.iter().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.rest.iter()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.rest.iter().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if self.rest.len() >= count {
            Ok(count)
        } else {
            Err(Needed::new(count - self.rest.len()))
        }
    }
}
