//! Texts with holes: `"{t.region}的{t.indicator}"`.

use super::expression::Grammar;
use super::lexer::{lex, text_end};
use super::token::{Parsed, State, Tokens};
use super::tree::{Part, Text};
use crate::language::Said;
use crate::source::Span;

/// The text of a token. A hole that is no expression is a mistake at its place.
pub(super) fn text(
    grammar: Grammar,
    input: Tokens<'_>,
    span: Span,
) -> Result<Text, nom::Err<super::token::Miss>> {
    match parts(grammar, input, span) {
        Ok((_, parts)) => Ok(Text { parts, span }),
        Err(error) => Err(error),
    }
}

fn parts(grammar: Grammar, input: Tokens<'_>, span: Span) -> Parsed<'_, Vec<Part>> {
    let whole = span.range();
    let (from, to) = (
        whole.start + 1,
        whole.end.saturating_sub(1).max(whole.start + 1),
    );
    let inside = input.text.get(from..to).unwrap_or("");
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut characters = inside.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let doubled = characters
            .peek()
            .is_some_and(|(_, next)| *next == character);
        match character {
            '\\' => {
                if let Some((_, escaped)) = characters.next() {
                    plain.push(if escaped == 'n' { '\n' } else { escaped });
                }
            }
            '{' | '}' if doubled => {
                characters.next();
                plain.push(character);
            }
            '{' => {
                let end = hole_end(inside, at);
                let range = from + at + 1..from + end;
                if !plain.is_empty() {
                    parts.push(Part::Plain(std::mem::take(&mut plain)));
                }
                parts.push(hole(grammar, input, range)?);
                while characters.next_if(|(next, _)| *next <= end).is_some() {}
            }
            '}' => {
                let at = from + at;
                let message = Said::new("多了一个 }", "a `}` without its `{`");
                let help = Said::new("要印出花括号，写 }}", "write }} for a brace");
                return input.mistake(at..at + 1, message, help);
            }
            _ => plain.push(character),
        }
    }
    if !plain.is_empty() {
        parts.push(Part::Plain(plain));
    }
    Ok((input, parts))
}

/// Where the hole that opens at `open` ends: its own closing brace, texts within passed over.
fn hole_end(text: &str, open: usize) -> usize {
    let mut depth = 0_u32;
    let mut at = open;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let next = rest.find(['"', '{', '}']).unwrap_or(rest.len());
        at += next;
        match rest.as_bytes().get(next) {
            Some(b'"') => at += text_end(rest.get(next..).unwrap_or("")),
            Some(b'{') => {
                depth += 1;
                at += 1;
            }
            Some(_) if depth <= 1 => return at,
            Some(_) => {
                depth -= 1;
                at += 1;
            }
            None => (),
        }
    }
    text.len()
}

fn hole(
    grammar: Grammar,
    input: Tokens<'_>,
    range: std::ops::Range<usize>,
) -> Result<Part, nom::Err<super::token::Miss>> {
    let mut problems = Vec::new();
    let tokens = lex(input.text, range.clone(), grammar.source, &mut problems);
    let state = State::default();
    state.depth.set(input.state.depth.get() + 1);
    let inner = Tokens {
        text: input.text.get(..range.end).unwrap_or(input.text),
        rest: &tokens,
        state: &state,
    };
    if let Ok((rest, expression)) = grammar.expression(inner)
        && rest.rest.is_empty()
        && problems.is_empty()
    {
        return Ok(Part::Hole(expression));
    }
    if let Some((at, message, help)) = state.mistake.take() {
        return match input.mistake::<()>(at, message, help) {
            Err(error) => Err(error),
            Ok(_) => Err(nom::Err::Error(super::token::Miss)),
        };
    }
    let left = state
        .furthest
        .borrow()
        .as_ref()
        .map_or(0, |(left, _)| *left);
    let wrong = tokens.len().checked_sub(left).and_then(|at| tokens.get(at));
    let at = wrong.map_or(range.clone(), |token| token.at.clone());
    let at = if at.is_empty() {
        range.start.saturating_sub(1)..range.end + 1
    } else {
        at
    };
    let message = Said::new("花括号里应是一个表达式", "a hole holds one expression");
    let help = Said::new(
        "如 {t.region}；要印出花括号，写 {{ 和 }}",
        "such as {t.region}; write {{ and }} for braces",
    );
    match input.mistake::<()>(at, message, help) {
        Err(error) => Err(error),
        Ok(_) => Err(nom::Err::Error(super::token::Miss)),
    }
}
