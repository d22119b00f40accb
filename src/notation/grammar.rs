//! The grammar of printed values, in nom, over the folded text.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::combinator::{all_consuming, map, opt};
use nom::multi::many0;
use nom::sequence::pair;

use super::amount::amount;
use super::failure::{Failure, Read, one_in, one_of};
use super::folded::Folded;
use super::phrase::phrase;
use super::reading::{Amount, Change, Figure, Form, Measure, Reading, Shape};
use super::words;
use crate::quantity::{Number, UnitUse, Units};

/// Why a value cannot be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotationError {
    /// Bytes of the printed text from the first that was not understood.
    pub span: std::ops::Range<usize>,
    /// What is wrong, where it is a known mistake.
    pub mistake: Option<Mistake>,
}

/// Mistakes that deserve their own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// `25,3`: a comma that groups no thousands.
    Comma,
    /// `6-5`: the range's upper end is below its lower end.
    Backwards,
    /// `≥70以下`: two limits that contradict.
    TwoSides,
    /// `80-90以上`: a range with an open side.
    RangeWithSide,
    /// More digits than are computed exactly.
    TooLong,
    /// `1:0` read from the zero side, or `0:5`.
    ZeroRatio,
    /// `80%-900‰`: the ends of a range in two units.
    TwoUnits,
    /// A mark such as `≥` without a figure.
    NoFigure,
}

/// Reads a printed value.
///
/// # Errors
/// Where the text is none of the forms of `words::expected`, with the place inside the text.
pub fn read(text: &str, units: &Units) -> Result<Reading, NotationError> {
    let folded = Folded::new(text);
    let grammar = Grammar { units };
    grammar.read(&folded.text).map_err(|failure| {
        let from = folded.text.len() - failure.left;
        let start = folded.origin(from).min(text.len());
        // An error at the end points at the last character: a caret needs something to stand under.
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        NotationError {
            span: start.min(last)..text.len(),
            mistake: failure.mistake,
        }
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Yearly,
    Since(i32),
    Idle,
}

struct Grammar<'u> {
    units: &'u Units,
}

impl Grammar<'_> {
    /// value := not-given | lost | full | keep | trend | wording | change | amount
    fn read(&self, text: &str) -> Result<Reading, Failure> {
        let words = map(phrase, |form| Reading { form, unit: None });
        let whole = alt((
            all_consuming(words),
            all_consuming(|i| self.change(i)),
            all_consuming(|i| self.value(i)),
        ))
        .parse(text);
        match whole {
            Ok((_, reading)) => Ok(reading),
            Err(nom::Err::Error(failure) | nom::Err::Failure(failure)) => Err(failure),
            Err(nom::Err::Incomplete(_)) => Err(Failure {
                left: 0,
                mistake: None,
            }),
        }
    }

    /// value := idle* marked(figures)
    fn value<'a>(&self, input: &'a str) -> Read<'a, Reading> {
        let (rest, (amount, unit)) = amount(input, |rest| self.unit(rest))?;
        let form = Form::Value(amount);
        Ok((rest, Reading { form, unit }))
    }

    fn unit<'a>(&self, input: &'a str) -> (&'a str, Option<UnitUse>) {
        match self.units.at_start(input) {
            Some((unit, length)) => (input.get(length..).unwrap_or(""), Some(unit)),
            None => (input, None),
        }
    }

    /// change := before* (doubling | verb idle* amount)
    fn change<'a>(&self, input: &'a str) -> Read<'a, Reading> {
        let (rest, before) = many0(alt((
            map(one_of(words::YEARLY), |()| Before::Yearly),
            map(since, Before::Since),
            map(term, |()| Before::Idle),
            map(one_of(words::IDLE_BEFORE_CHANGE), |()| Before::Idle),
        )))
        .parse(input)?;
        let yearly = before.contains(&Before::Yearly);
        let since = before.iter().find_map(|word| match word {
            Before::Since(year) => Some(*year),
            _ => None,
        });
        let (rest, (up, by, measure, unit)) =
            alt((doublings, |input| self.verb_and_amount(input))).parse(rest)?;
        let form = Form::Change(Change {
            up,
            by,
            measure,
            yearly,
            since,
        });
        Ok((rest, Reading { form, unit }))
    }

    fn verb_and_amount<'a>(&self, input: &'a str) -> Read<'a, Said> {
        let (rest, up) = one_in(words::VERBS).parse(input)?;
        let (rest, _) = many0(one_of(words::IDLE_AFTER_VERB)).parse(rest)?;
        let (rest, _) = opt(pair(
            one_of(words::EXTENT),
            many0(one_of(words::IDLE_AFTER_EXTENT)),
        ))
        .parse(rest)?;
        let (rest, (by, counted)) = amount(rest, |rest| self.counted(rest))?;
        let (measure, unit) = match counted {
            None => (Measure::Absolute, None),
            Some(Counted::Unit(unit)) => (Measure::Absolute, Some(unit)),
            Some(Counted::Measure(measure)) => (measure, None),
        };
        Ok((rest, (up, by, measure, unit)))
    }

    /// What the amount of a change counts: 个百分点 and % stand where a unit would.
    fn counted<'a>(&self, input: &'a str) -> (&'a str, Option<Counted>) {
        if let Ok((rest, measure)) = one_in(words::MEASURES)(input) {
            return (rest, Some(Counted::Measure(measure)));
        }
        let (rest, unit) = self.unit(input);
        (rest, unit.map(Counted::Unit))
    }
}

/// A change's direction, amount, measure and unit.
type Said = (bool, Amount, Measure, Option<UnitUse>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Measure(Measure),
    Unit(UnitUse),
}

/// doubling := 翻一番 | 翻两番 | …
fn doublings(input: &str) -> Read<'_, Said> {
    let (rest, times) = one_in(words::DOUBLINGS)(input)?;
    let by = Amount {
        shape: Shape::Number(Figure::new(Number::integer(times), 0)),
        rounded: None,
    };
    Ok((rest, (true, by, Measure::Doublings, None)))
}

/// 比2015年, 较2020年, 在2020年基础上
fn since(input: &str) -> Read<'_, i32> {
    let (rest, _) = alt((tag("相比"), tag("比"), tag("较"), tag("在"))).parse(input)?;
    let mut four = take_while_m_n(4, 4, |c: char| c.is_ascii_digit());
    let (rest, year) = four.parse(rest)?;
    let (rest, _) = tag("年").parse(rest)?;
    let (rest, _) = opt(alt((tag("基础上"), tag("的基础上"), tag("末"), tag("底")))).parse(rest)?;
    Ok((rest, year.parse().unwrap_or(0)))
}

/// 十四五, 十四五期间, 十三五末
pub(super) fn term(input: &str) -> Read<'_, ()> {
    let middle = take_while_m_n(1, 1, |c: char| "一二三四五六七八九".contains(c));
    let (rest, _) = (tag("十"), middle, tag("五")).parse(input)?;
    let (rest, _) = opt(alt((tag("期间"), tag("时期"), tag("期末"), tag("末")))).parse(rest)?;
    Ok((rest, ()))
}
