//! The grammar of printed values, in nom, over the folded text.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1};
use nom::combinator::{all_consuming, map, opt, recognize, value, verify};
use nom::error::{ErrorKind, ParseError};
use nom::multi::{many0, many1};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use super::folded::Folded;
use super::reading::{
    Amount, Change, Figure, Form, Measure, Multiple, Reading, Rounded, Shape, Side, Trend,
};
use super::words;
use crate::quantity::{Number, UnitUse, Units, multiple_at_start};

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

/// The furthest failure, by what was left to read.
#[derive(Debug, Clone, Copy)]
struct Failure {
    left: usize,
    mistake: Option<Mistake>,
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

fn fail<T>(input: &str, mistake: Mistake) -> IResult<&str, T, Failure> {
    Err(nom::Err::Error(Failure {
        left: input.len(),
        mistake: Some(mistake),
    }))
}

type Read<'a, T> = IResult<&'a str, T, Failure>;

struct Grammar<'u> {
    units: &'u Units,
}

impl Grammar<'_> {
    /// value := not-given | lost | full | keep | trend | wording | change | amount
    fn read(&self, text: &str) -> Result<Reading, Failure> {
        let words = alt((not_given, lost, full, keep, trend, wording));
        let plain = map(words, |form| Reading { form, unit: None });
        let whole = alt((
            all_consuming(plain),
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

    fn unit<'a>(&self, input: &'a str) -> Read<'a, Option<UnitUse>> {
        match self.units.at_start(input) {
            Some((unit, length)) => Ok((input.get(length..).unwrap_or(""), Some(unit))),
            None => Ok((input, None)),
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
        let (rest, (by, counted)) = amount(rest, |rest| self.counted(rest))?;
        let (measure, unit) = match counted {
            None => (Measure::Absolute, None),
            Some(Counted::Unit(unit)) => (Measure::Absolute, Some(unit)),
            Some(Counted::Measure(measure)) => (measure, None),
        };
        Ok((rest, (up, by, measure, unit)))
    }

    /// What the amount of a change counts: 个百分点 and % stand where a unit would.
    fn counted<'a>(&self, input: &'a str) -> Read<'a, Option<Counted>> {
        if let Ok((rest, measure)) = one_in(words::MEASURES)(input) {
            return Ok((rest, Some(Counted::Measure(measure))));
        }
        let (rest, unit) = self.unit(input)?;
        Ok((rest, unit.map(Counted::Unit)))
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

/// amount := before* shape behind*; each of `before` and `behind` a side, a rounding or an idle word.
/// `tail` reads what a figure counts.
fn amount<'a, T: Copy>(
    input: &'a str,
    tail: impl Fn(&'a str) -> Read<'a, Option<T>>,
) -> Read<'a, (Amount, Option<T>)> {
    let (core, before) = many0(alt((
        map(one_in(words::SIDES_BEFORE), Mark::Side),
        map(one_in(words::ROUNDED_BEFORE), Mark::Rounded),
        map(one_of(words::IDLE_BEFORE), |()| Mark::Idle),
    )))
    .parse(input)?;
    if core.is_empty() && !before.is_empty() {
        return fail(input, Mistake::NoFigure);
    }
    let (rest, (shape, counted)) = shape(core, tail)?;
    let (rest, behind) = many0(alt((
        map(one_in(words::SIDES_BEHIND), Mark::Side),
        map(one_in(words::ROUNDED_BEHIND), Mark::Rounded),
    )))
    .parse(rest)?;
    let marks: Vec<Mark> = before.into_iter().chain(behind).collect();
    match marked(shape, &marks) {
        Ok(amount) => Ok((rest, (amount, counted))),
        Err(mistake) => fail(core, mistake),
    }
}

/// shape := figure tail? (dash figure tail? | ':' figure)?
fn shape<'a, T: Copy>(
    input: &'a str,
    tail: impl Fn(&'a str) -> Read<'a, Option<T>>,
) -> Read<'a, (Shape, Option<T>)> {
    let (rest, first) = figure(input)?;
    let (rest, counted) = tail(rest)?;
    let (rest, second) = opt(pair(joint, figure)).parse(rest)?;
    match second {
        None => Ok((rest, (Shape::Number(first), counted))),
        Some((Joint::Ratio, _)) if first.number == Number::ZERO => fail(input, Mistake::ZeroRatio),
        Some((Joint::Ratio, second)) => Ok((rest, (Shape::Ratio(first, second), counted))),
        Some((Joint::Range, second)) => {
            let (rest, last) = tail(rest)?;
            // 5-6万: the multiple behind the second figure is the first one's too.
            let bare = first.multiple == Multiple::default() && counted.is_none();
            let multiple = if bare {
                second.multiple
            } else {
                first.multiple
            };
            let first = Figure { multiple, ..first };
            if first.value() > second.value() {
                return fail(input, Mistake::Backwards);
            }
            Ok((rest, (Shape::Range(first, second), last.or(counted))))
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Side(Side),
    Rounded(Rounded),
    Idle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Yearly,
    Since(i32),
    Idle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Range,
    Ratio,
}

/// A shape with the marks that stand around it. Two sides must agree: `≥70以上` is one promise.
fn marked(shape: Shape, marks: &[Mark]) -> Result<Amount, Mistake> {
    let mut side: Option<Side> = None;
    let mut rounded = None;
    for mark in marks {
        match (mark, side) {
            (Mark::Side(new), None) => side = Some(*new),
            (Mark::Side(new), Some(old)) if new.up != old.up => return Err(Mistake::TwoSides),
            (Mark::Rounded(new), _) => rounded = Some(*new),
            (Mark::Side(_) | Mark::Idle, _) => (),
        }
    }
    let shape = match (shape, side) {
        (shape, None) => shape,
        (Shape::Number(figure), Some(side)) => Shape::Ray(side, figure),
        (_, Some(_)) => return Err(Mistake::RangeWithSide),
    };
    Ok(Amount { shape, rounded })
}

/// figure := '-'? digits (',' digits{3})* ('.' digits)? multiple?
fn figure(input: &str) -> Read<'_, Figure> {
    let (rest, digits) = alt((grouped, recognize(pair(opt(char('-')), digit1)))).parse(input)?;
    let (rest, fraction) = opt(recognize(pair(char('.'), digit1))).parse(rest)?;
    if rest.starts_with(',')
        && rest
            .get(1..)
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
    {
        return fail(rest, Mistake::Comma);
    }
    let fraction = fraction.unwrap_or("");
    let text = format!("{}{fraction}", digits.replace(',', ""));
    let Some(number) = Number::parse(&text) else {
        return fail(input, Mistake::TooLong);
    };
    let places = u32::try_from(fraction.len().saturating_sub(1)).unwrap_or(0);
    let (rest, multiple) = multiple(rest);
    Ok((
        rest,
        Figure {
            number,
            places,
            multiple,
        },
    ))
}

/// `1,107`: groups of three behind the first comma.
fn grouped(input: &str) -> Read<'_, &str> {
    let group = preceded(
        char(','),
        take_while_m_n(3, 3, |c: char| c.is_ascii_digit()),
    );
    let first = take_while_m_n(1, 3, |c: char| c.is_ascii_digit());
    let whole = (opt(char('-')), first, many1(group));
    let (rest, text) = recognize(whole).parse(input)?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return fail(input, Mistake::Comma);
    }
    Ok((rest, text))
}

fn multiple(input: &str) -> (&str, Multiple) {
    let Some((factor, length)) = multiple_at_start(input) else {
        return (input, Multiple::default());
    };
    let power = (0..=16).find(|power| Number::power_of_ten(*power) == factor);
    let power = power
        .and_then(|power| u8::try_from(power).ok())
        .unwrap_or(0);
    (input.get(length..).unwrap_or(""), Multiple(power))
}

fn joint(input: &str) -> Read<'_, Joint> {
    let dash = alt((
        tag("--"),
        tag("-"),
        tag("~"),
        tag("至"),
        tag("到"),
        tag(".."),
    ));
    alt((value(Joint::Range, dash), value(Joint::Ratio, tag(":")))).parse(input)
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
fn term(input: &str) -> Read<'_, ()> {
    let middle = take_while_m_n(1, 1, |c: char| "一二三四五六七八九".contains(c));
    let (rest, _) = (tag("十"), middle, tag("五")).parse(input)?;
    let (rest, _) = opt(alt((tag("期间"), tag("时期"), tag("期末"), tag("末")))).parse(rest)?;
    Ok((rest, ()))
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

fn one_of<'a>(list: &'static [&'static str]) -> impl Fn(&'a str) -> Read<'a, ()> {
    move |input| match list.iter().find(|word| input.starts_with(**word)) {
        Some(word) => Ok((input.get(word.len()..).unwrap_or(""), ())),
        None => Err(nom::Err::Error(Failure::from_error_kind(
            input,
            ErrorKind::Tag,
        ))),
    }
}

fn one_in<'a, T: Copy>(list: &'static [(&'static str, T)]) -> impl Fn(&'a str) -> Read<'a, T> {
    move |input| match list.iter().find(|(word, _)| input.starts_with(word)) {
        Some((word, value)) => Ok((input.get(word.len()..).unwrap_or(""), *value)),
        None => Err(nom::Err::Error(Failure::from_error_kind(
            input,
            ErrorKind::Tag,
        ))),
    }
}
