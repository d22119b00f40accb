//! Text to tokens, in nom. What is no token is reported and passed over.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while, take_while1};
use nom::character::complete::{char, digit1};
use nom::combinator::{map, opt, recognize};
use nom::sequence::{pair, preceded, terminated};
use nom::{IResult, Parser};

use super::block::closing;
use super::keyword::Keyword;
use super::token::{Kind, Token};
use crate::language::Said;
use crate::problem::{Kind as ProblemKind, Problem};
use crate::source::{SourceId, Span};
use crate::width::fold_char;

/// Operators and punctuation; a longer one stands before every one that begins it.
const SYMBOLS: [&str; 25] = [
    "..", "!=", "<=", ">=", "->", "≠", "≤", "≥", "=", "<", ">", "{", "}", "(", ")", "[", "]", ",",
    ".", "+", "-", "*", "/", "@", ":",
];

/// The tokens of a range of a text without errors.
#[must_use]
pub fn tokens(text: &str, range: std::ops::Range<usize>, source: SourceId) -> Vec<Token> {
    lex(text, range, source, &mut Vec::new())
}

/// Splits a range of a text into tokens. Comments are passed over.
pub(super) fn lex(
    text: &str,
    range: std::ops::Range<usize>,
    source: SourceId,
    problems: &mut Vec<Problem>,
) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let whole = text.get(..range.end).unwrap_or(text);
    let mut at = range.start;
    let mut first = true;
    while let Some(rest) = whole.get(at..).filter(|rest| !rest.is_empty()) {
        let (after, space) = blank(rest);
        if after.len() < rest.len() {
            first |= space.contains('\n');
            at = whole.len() - after.len();
            continue;
        }
        if opens_test(&tokens) && rest.starts_with('{') {
            let end = closing(rest).map_or(whole.len(), |end| at + end + 1);
            tokens.push(Token {
                kind: Kind::Block,
                at: at..end,
                first,
            });
            at = end;
            continue;
        }
        let names_follow = tokens.last().is_some_and(names_rule);
        let read = if names_follow {
            alt((id, token)).parse(rest)
        } else {
            token(rest)
        };
        if let Ok((after, kind)) = read {
            let end = whole.len() - after.len();
            if kind == Kind::Text && !rest.get(..end - at).is_some_and(closed) {
                problems.push(unclosed(Span::new(source, at..end)));
            }
            tokens.push(Token {
                kind,
                at: at..end,
                first,
            });
            at = end;
        } else {
            let character = rest.chars().next().unwrap_or(' ');
            let end = at + character.len_utf8();
            let folded = fold_char(character);
            problems.push(stray(character, folded, Span::new(source, at..end)));
            // A full-width mark is read as its half-width form: one mistake, one message.
            if let Some(symbol) = SYMBOLS.iter().find(|symbol| symbol.starts_with(folded)) {
                tokens.push(Token {
                    kind: Kind::Symbol(symbol),
                    at: at..end,
                    first,
                });
            }
            at = end;
        }
        first = false;
    }
    tokens
}

/// White space and comments at the start: what is left, and what was passed over.
fn blank(input: &str) -> (&str, &str) {
    let space = take_while1(char::is_whitespace);
    let comment = recognize(pair(tag("//"), take_till(|c| c == '\n')));
    let mut either = alt((space, comment));
    let read: IResult<&str, &str> = if input.starts_with("///") && !input.starts_with("////") {
        return (input, "");
    } else {
        either.parse(input)
    };
    match read {
        Ok((rest, passed)) => (rest, passed),
        Err(_) => (input, ""),
    }
}

/// Whether the last tokens are `test "…"`: a block of another notation follows.
fn opens_test(tokens: &[Token]) -> bool {
    match tokens {
        [.., word, name] if word.first && name.kind == Kind::Text => {
            matches!(&word.kind, Kind::Word(word) if Keyword::of(word) == Some(Keyword::Test))
        }
        _ => false,
    }
}

fn names_rule(token: &Token) -> bool {
    match &token.kind {
        Kind::Word(word) => token.first && (word == "rule" || word == "规则"),
        _ => false,
    }
}

fn token(input: &str) -> IResult<&str, Kind> {
    alt((
        map(
            preceded(tag("///"), take_till(|c| c == '\n')),
            |line: &str| Kind::Doc(line.trim().to_owned()),
        ),
        map(text, |_| Kind::Text),
        quoted,
        number,
        map(word, |word: &str| Kind::Word(word.to_owned())),
        symbol,
    ))
    .parse(input)
}

/// word := identifier of Unicode, `_` at its start allowed
fn word(input: &str) -> IResult<&str, &str> {
    recognize(pair(
        nom::character::complete::satisfy(|c| unicode_ident::is_xid_start(c) || c == '_'),
        take_while(unicode_ident::is_xid_continue),
    ))
    .parse(input)
}

/// Whether a name needs no corner brackets.
pub(super) fn is_word(name: &str) -> bool {
    word(name).is_ok_and(|(rest, _)| rest.is_empty())
}

/// id := (word character | '/' | '-')+
fn id(input: &str) -> IResult<&str, Kind> {
    let fits = |c: char| unicode_ident::is_xid_continue(c) || matches!(c, '/' | '-');
    map(take_while1(fits), |id: &str| Kind::Id(id.to_owned())).parse(input)
}

/// quoted := '「' … '」'
fn quoted(input: &str) -> IResult<&str, Kind> {
    let inside = take_till(|c| c == '」' || c == '\n');
    let whole = preceded(char('「'), terminated(inside, char('」')));
    map(whole, |name: &str| Kind::Quoted(name.to_owned())).parse(input)
}

/// number := digits ('.' digits)? unit?, the unit without a space between
fn number(input: &str) -> IResult<&str, Kind> {
    let fraction = recognize(pair(char('.'), digit1));
    let (rest, digits) = recognize(pair(digit1, opt(fraction))).parse(input)?;
    let in_unit =
        |c: char| !c.is_whitespace() && !",;(){}[]<>=!≠≤≥\"+*-.:@「」，；（）".contains(c);
    let (rest, unit) = take_while(in_unit).parse(rest)?;
    Ok((rest, Kind::Number(digits.to_owned(), unit.to_owned())))
}

fn symbol(input: &str) -> IResult<&str, Kind> {
    match SYMBOLS.iter().find(|symbol| input.starts_with(**symbol)) {
        Some(found) => Ok((input.get(found.len()..).unwrap_or(""), Kind::Symbol(found))),
        None => Err(nom::Err::Error(nom::error::Error::new(
            input,
            nom::error::ErrorKind::Tag,
        ))),
    }
}

/// text := '"' (character | '\' character | '{{' | '}}' | '{' … '}')* '"'; a hole may hold texts. Ends at the line's end
/// where the closing quote is missing.
fn text(input: &str) -> IResult<&str, &str> {
    let (_, _) = char('"').parse(input)?;
    let end = text_end(input);
    Ok((
        input.get(end..).unwrap_or(""),
        input.get(..end).unwrap_or(input),
    ))
}

/// The length of the text at the start of `input`, quotes included.
pub(super) fn text_end(input: &str) -> usize {
    // How many holes are open within each open text, innermost last.
    let mut open: Vec<u32> = Vec::new();
    let mut characters = input.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let inside_text = open.last().is_some_and(|holes| *holes == 0);
        match character {
            '\n' => return at,
            '\\' if inside_text => {
                characters.next();
            }
            '"' if inside_text => {
                open.pop();
                if open.is_empty() {
                    return at + 1;
                }
            }
            '"' => open.push(0),
            '{' | '}' => {
                let doubled = characters
                    .peek()
                    .is_some_and(|(_, next)| *next == character);
                if inside_text && doubled {
                    characters.next();
                } else if let Some(holes) = open.last_mut() {
                    *holes = if character == '{' {
                        *holes + 1
                    } else {
                        holes.saturating_sub(1)
                    };
                }
            }
            _ => (),
        }
    }
    input.len()
}

fn closed(text: &str) -> bool {
    text.len() > 1 && text.ends_with('"')
}

fn unclosed(span: Span) -> Problem {
    let message = Said::new("文字缺少右引号", "a text has no closing quote");
    let label = Said::new("到行末都没有引号", "no quote up to the line's end");
    let help = Said::new("补上 \"；文字不能跨行", "add \"; a text stays on one line");
    Problem::new(ProblemKind::RuleSyntax, span, message, label).help(help)
}

fn stray(character: char, folded: char, span: Span) -> Problem {
    let label = Said::new("这里", "here");
    if folded != character && folded.is_ascii_punctuation() {
        let message = Said::new(
            format!("全角符号 {character} 应写成半角 {folded}"),
            format!("`{character}` is a full-width character: write `{folded}`"),
        );
        return Problem::new(ProblemKind::RuleSyntax, span, message, label)
            .replacement(folded.to_string());
    }
    // What cannot be seen, or turns the line round, is named by its code point.
    let shown =
        if character.is_control() || unicode_width::UnicodeWidthChar::width(character) == Some(0) {
            format!("U+{:04X}", u32::from(character))
        } else {
            character.to_string()
        };
    let message = Said::new(
        format!("符号 {shown} 在规则语言里没有意义"),
        format!("`{shown}` means nothing in the rule language"),
    );
    let problem = Problem::new(ProblemKind::RuleSyntax, span, message, label);
    match character {
        '“' | '”' | '‘' | '’' => problem
            .help(Said::new("文字用半角引号 \"", "texts are quoted with \""))
            .replacement("\""),
        '，' | '。' | '、' | '；' | ';' => problem.help(Said::new(
            "子句之间不用标点",
            "clauses need no punctuation between them",
        )),
        _ => problem,
    }
}
