//! Single words and marks of the language, and the fixed sequences of them.

use nom::{IResult, Parser};

use super::keyword::Keyword;
use super::token::{Kind, Miss, Parsed, Token, Tokens};
use super::tree::{Aggregate, Operator};

/// Words that join or compare cannot stand for a value.
pub(super) fn can_name(word: &str) -> bool {
    !matches!(
        Keyword::of(word),
        Some(
            Keyword::And
                | Keyword::Or
                | Keyword::Not
                | Keyword::Implies
                | Keyword::Where
                | Keyword::For
                | Keyword::Let
                | Keyword::Require
                | Keyword::When
                | Keyword::Otherwise
                | Keyword::Is
                | Keyword::In
                | Keyword::Within
                | Keyword::Then
                | Keyword::Else
        )
    )
}

/// is-at := 'is at'
pub(super) fn is_at(input: Tokens<'_>) -> Parsed<'_, bool> {
    keyword(Keyword::IsAt)
        .parse(input)
        .map(|(rest, _)| (rest, true))
}

/// is := 'is'
pub(super) fn is(input: Tokens<'_>) -> Parsed<'_, bool> {
    keyword(Keyword::Is)
        .parse(input)
        .map(|(rest, _)| (rest, false))
}

/// comparator := '=' | '!=' | … | 'no weaker than' | 'within' | 'in'
pub(super) fn comparator(input: Tokens<'_>) -> Parsed<'_, Operator> {
    const SYMBOLS: [(&str, Operator); 9] = [
        ("=", Operator::Equal),
        ("!=", Operator::Unequal),
        ("≠", Operator::Unequal),
        ("<=", Operator::AtMost),
        ("≤", Operator::AtMost),
        (">=", Operator::AtLeast),
        ("≥", Operator::AtLeast),
        ("<", Operator::Below),
        (">", Operator::Above),
    ];
    const WORDS: [(Keyword, Operator); 8] = [
        (Keyword::NoWeakerThan, Operator::NoWeaker),
        (Keyword::WeakerThan, Operator::Weaker),
        (Keyword::Within, Operator::Within),
        (Keyword::In, Operator::In),
        (Keyword::AgreesWith, Operator::AgreesWith),
        (Keyword::StartsWith, Operator::StartsWith),
        (Keyword::Contains, Operator::Contains),
        (Keyword::SubsetOf, Operator::SubsetOf),
    ];
    if let Some((rest, operator)) = one_symbol(input, SYMBOLS) {
        return Ok((rest, operator));
    }
    for (word, operator) in WORDS {
        if let Ok((rest, _)) = keyword(word).parse(input) {
            return Ok((rest, operator));
        }
    }
    input.expected(("比较", "a comparison"))
}

/// The operator of one of some symbols.
pub(super) fn one_symbol<'a, const N: usize>(
    input: Tokens<'a>,
    operators: [(&'static str, Operator); N],
) -> Option<(Tokens<'a>, Operator)> {
    let Some(Kind::Symbol(found)) = input.first().map(|token| &token.kind) else {
        return None;
    };
    let (_, operator) = operators.iter().find(|(symbol, _)| symbol == found)?;
    Some((nom::Input::take_from(&input, 1), *operator))
}

/// A symbol.
pub(super) fn symbol<'a>(
    wanted: &'static str,
) -> impl Parser<Tokens<'a>, Output = (), Error = Miss> {
    move |input: Tokens<'a>| -> IResult<Tokens<'a>, (), Miss> {
        match input.first().map(|token| &token.kind) {
            Some(Kind::Symbol(found)) if *found == wanted => {
                Ok((nom::Input::take_from(&input, 1), ()))
            }
            _ => input.expected((wanted, wanted)),
        }
    }
}

/// A keyword in either spelling; its place.
pub(super) fn keyword<'a>(
    wanted: Keyword,
) -> impl Parser<Tokens<'a>, Output = std::ops::Range<usize>, Error = Miss> {
    move |input: Tokens<'a>| -> IResult<Tokens<'a>, std::ops::Range<usize>, Miss> {
        let spelling = wanted.spelling();
        let chinese = words(input, spelling.zh).or_else(|| words(input, spelling.en));
        match chinese {
            Some(rest) => Ok((rest, input.until(&rest))),
            None => input.expected((spelling.zh, spelling.en)),
        }
    }
}

/// The longest keyword, in either spelling, that some tokens begin with, and how many of them it takes.
#[must_use]
pub fn spelled(tokens: &[Token]) -> Option<(Keyword, usize)> {
    let taken = |spelling: &str| {
        let words = spelling.split(' ').count();
        let found = tokens.get(..words)?;
        let is = |(token, word): (&Token, &str)| matches!(&token.kind, Kind::Word(found) if found == word);
        found
            .iter()
            .zip(spelling.split(' '))
            .all(is)
            .then_some(words)
    };
    let found = Keyword::ALL.iter().filter_map(|keyword| {
        let spelling = keyword.spelling();
        let used = taken(spelling.en).or_else(|| taken(spelling.zh))?;
        Some((*keyword, used))
    });
    found.max_by_key(|(_, used)| *used)
}

/// What follows a fixed sequence of words.
fn words<'a>(input: Tokens<'a>, wanted: &str) -> Option<Tokens<'a>> {
    wanted.split(' ').try_fold(input, |rest, word| {
        match rest.first().map(|token| &token.kind) {
            Some(Kind::Word(found)) if found == word => Some(nom::Input::take_from(&rest, 1)),
            _ => None,
        }
    })
}

/// set := 'union' | 'except' | 'intersect'
pub(super) fn set_operator(input: Tokens<'_>) -> Parsed<'_, Operator> {
    let words = [
        (Keyword::Union, Operator::Union),
        (Keyword::Except, Operator::Except),
        (Keyword::Intersect, Operator::Intersect),
    ];
    for (word, operator) in words {
        if let Ok((rest, _)) = keyword(word).parse(input) {
            return Ok((rest, operator));
        }
    }
    Err(nom::Err::Error(Miss))
}

/// aggregate := 'sum' | 'count' | 'min' | 'max' | 'mean' | 'any' | 'every', where a bracket follows
pub(super) fn aggregate(input: Tokens<'_>) -> Option<(Tokens<'_>, Aggregate)> {
    let word = match input.first().map(|token| &token.kind) {
        Some(Kind::Word(word)) => Keyword::of(word)?,
        _ => return None,
    };
    let aggregate = match word {
        Keyword::Sum => Aggregate::Sum,
        Keyword::Count => Aggregate::Count,
        Keyword::Min => Aggregate::Min,
        Keyword::Max => Aggregate::Max,
        Keyword::Mean => Aggregate::Mean,
        Keyword::Any => Aggregate::Any,
        Keyword::Every => Aggregate::Every,
        _ => return None,
    };
    let rest = nom::Input::take_from(&input, 1);
    let (rest, ()) = symbol("(").parse(rest).ok()?;
    Some((rest, aggregate))
}
