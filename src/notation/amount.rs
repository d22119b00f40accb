//! Figures, ranges and ratios, with the marks that stand around them.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit1};
use nom::combinator::{map, opt, recognize, value};
use nom::multi::{many0, many1};
use nom::sequence::{pair, preceded};

use super::failure::{Read, fail, one_in, one_of};
use super::grammar::Mistake;
use super::reading::{Amount, Figure, Multiple, Rounded, Shape, Side};
use super::words;
use crate::quantity::{Number, multiple_at_start};

/// amount := before* shape behind*; each of `before` and `behind` a side, a rounding or an idle word.
/// `tail` reads what a figure counts.
pub(super) fn amount<'a, T: Copy + PartialEq>(
    input: &'a str,
    tail: impl Fn(&'a str) -> (&'a str, Option<T>),
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
fn shape<'a, T: Copy + PartialEq>(
    input: &'a str,
    tail: impl Fn(&'a str) -> (&'a str, Option<T>),
) -> Read<'a, (Shape, Option<T>)> {
    let (rest, first) = figure(input)?;
    let (rest, counted) = tail(rest);
    let (rest, second) = opt(pair(joint, figure)).parse(rest)?;
    match second {
        None => Ok((rest, (Shape::Number(first), counted))),
        Some((Joint::Ratio, _)) if first.number == Number::ZERO => fail(input, Mistake::ZeroRatio),
        Some((Joint::Ratio, second)) => Ok((rest, (Shape::Ratio(first, second), counted))),
        Some((Joint::Range, second)) => {
            let (rest, last) = tail(rest);
            if counted.is_some() && last.is_some() && counted != last {
                return fail(input, Mistake::TwoUnits);
            }
            // 5-6万: the multiple behind the second figure is the first one's too.
            let shared = Figure {
                multiple: second.multiple,
                ..first
            };
            let bare = first.multiple == Multiple::default()
                && counted.is_none()
                && shared.value() <= second.value();
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
    let dash = alt((tag("-"), tag("~"), tag("至"), tag("到"), tag("..")));
    alt((value(Joint::Range, dash), value(Joint::Ratio, tag(":")))).parse(input)
}
