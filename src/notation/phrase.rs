//! Values said in words: not given, lost, complete, kept, trending, qualitative.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::digit1;
use nom::combinator::{all_consuming, map, recognize, value, verify};
use nom::multi::{many0, many1};
use nom::sequence::{pair, preceded};

use super::failure::{Read, one_in, one_of};
use super::grammar::term;
use super::reading::{Form, Trend};
use super::words;

/// The forms that are words only.
pub(super) fn phrase(input: &str) -> Read<'_, Form> {
    alt((not_given, lost, full, keep, trend, wording)).parse(input)
}

fn not_given(input: &str) -> Read<'_, Form> {
    let dash = map(all_consuming(one_of(words::DASHES)), |()| ());
    let word = alt((
        map(one_of(words::NOT_GIVEN), |()| true),
        map(one_of(words::NOT_GIVEN_IDLE), |()| false),
        map(term, |()| false),
        map(recognize(pair(digit1, tag("年"))), |_: &str| false),
    ));
    let wording = verify(many1(word), |found: &Vec<bool>| found.contains(&true));
    let empty = map(all_consuming(tag("")), |_| ());
    value(Form::NotGiven, alt((dash, map(wording, |_| ()), empty))).parse(input)
}

fn lost(input: &str) -> Read<'_, Form> {
    value(Form::Lost, tag("?")).parse(input)
}

fn full(input: &str) -> Read<'_, Form> {
    value(Form::Full, one_of(words::FULL)).parse(input)
}

fn keep(input: &str) -> Read<'_, Form> {
    match one_in(words::KEEPS)(input) {
        Ok((rest, keep)) => Ok((rest, Form::Keep(keep))),
        // 总体保持稳定: 保持 is idle only where it begins no promise itself.
        Err(_) => preceded(one_of(words::IDLE_BEFORE_WORDS), keep).parse(input),
    }
}

fn trend(input: &str) -> Read<'_, Form> {
    let (rest, _) = many0(one_of(words::IDLE_BEFORE_WORDS)).parse(input)?;
    let (rest, _) = many0(one_of(words::STEADILY)).parse(rest)?;
    let way = one_in(words::TRENDS);
    map(all_consuming(way), |trend: Trend| Form::Trend(trend)).parse(rest)
}

fn wording(input: &str) -> Read<'_, Form> {
    let text = verify(take_while1(|_| true), |text: &str| {
        words::WORDINGS.contains(&text)
    });
    map(text, |text: &str| Form::Wording(text.to_owned())).parse(input)
}
