//! Failures of the grammar: the furthest one is told, a known mistake before any other.

use nom::IResult;
use nom::error::{ErrorKind, ParseError};

use super::grammar::Mistake;

/// The furthest failure, by what was left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failure {
    pub left: usize,
    pub mistake: Option<Mistake>,
}

impl ParseError<&str> for Failure {
    fn from_error_kind(input: &str, _: ErrorKind) -> Self {
        Self {
            left: input.len(),
            mistake: None,
        }
    }

    fn append(_: &str, _: ErrorKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        self.furthest(other)
    }
}

impl Failure {
    fn furthest(self, other: Self) -> Self {
        let known = |failure: &Self| failure.mistake.is_some();
        match (known(&self), known(&other)) {
            (true, false) => self,
            (false, true) => other,
            _ if other.left < self.left => other,
            _ => self,
        }
    }
}

pub(super) fn fail<T>(input: &str, mistake: Mistake) -> IResult<&str, T, Failure> {
    Err(nom::Err::Error(Failure {
        left: input.len(),
        mistake: Some(mistake),
    }))
}

pub(super) type Read<'a, T> = IResult<&'a str, T, Failure>;

/// One of some words.
pub(super) fn one_of<'a>(list: &'static [&'static str]) -> impl Fn(&'a str) -> Read<'a, ()> {
    move |input| match list.iter().find(|word| input.starts_with(**word)) {
        Some(word) => Ok((input.get(word.len()..).unwrap_or(""), ())),
        None => Err(nom::Err::Error(Failure::from_error_kind(
            input,
            ErrorKind::Tag,
        ))),
    }
}

/// One of some words, and what it means.
pub(super) fn one_in<'a, T: Copy>(
    list: &'static [(&'static str, T)],
) -> impl Fn(&'a str) -> Read<'a, T> {
    move |input| match list.iter().find(|(word, _)| input.starts_with(word)) {
        Some((word, value)) => Ok((input.get(word.len()..).unwrap_or(""), *value)),
        None => Err(nom::Err::Error(Failure::from_error_kind(
            input,
            ErrorKind::Tag,
        ))),
    }
}
