//! A value by itself, where one is written outside a rule file.

use std::ops::Range;

use super::expression::Grammar;
use super::lexer::lex;
use super::token::{State, Tokens};
use super::tree::Expression;
use crate::source::SourceId;

/// The expression that a range of a text holds; `None` where it holds anything else.
#[must_use]
pub fn literal(text: &str, range: Range<usize>, source: SourceId) -> Option<Expression> {
    let mut problems = Vec::new();
    let tokens = lex(text, range, source, &mut problems);
    let state = State::default();
    let all = Tokens {
        text,
        rest: &tokens,
        state: &state,
    };
    let (rest, expression) = Grammar { source }.expression(all).ok()?;
    (problems.is_empty() && rest.rest.is_empty()).then_some(expression)
}
