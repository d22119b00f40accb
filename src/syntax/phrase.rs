//! Single words and marks of the language, and the fixed sequences of them.

use nom::{IResult, Parser};

use super::keyword::Keyword;
use super::token::{Kind, Miss, Parsed, Tokens};
use super::tree::Operator;

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
    const WORDS: [(Keyword, Operator); 4] = [
        (Keyword::NoWeakerThan, Operator::NoWeaker),
        (Keyword::WeakerThan, Operator::Weaker),
        (Keyword::Within, Operator::Within),
        (Keyword::In, Operator::In),
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

/// What follows a fixed sequence of words.
fn words<'a>(input: Tokens<'a>, wanted: &str) -> Option<Tokens<'a>> {
    wanted.split(' ').try_fold(input, |rest, word| {
        match rest.first().map(|token| &token.kind) {
            Some(Kind::Word(found)) if found == word => Some(nom::Input::take_from(&rest, 1)),
            _ => None,
        }
    })
}
