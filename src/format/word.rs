//! Tokens as they are written, and which of them stand apart.

use std::ops::Range;

use super::mark::Marks;
use crate::language::Language;
use crate::source::SourceId;
use crate::syntax::{Keyword, Token, TokenKind, spelled, tokens};

/// What writing tokens needs: the text they are of, what they are, the language of keywords.
pub(super) struct Words<'t> {
    pub text: &'t str,
    pub source: SourceId,
    pub marks: Marks,
    /// Keywords in this language; as they are where there is none.
    pub language: Option<Language>,
}

impl Words<'_> {
    /// The first of some tokens as it is written, and how many tokens that took: a keyword may be several words.
    pub fn written(&self, all: &[Token]) -> (String, usize) {
        let Some(token) = all.first() else {
            return (String::new(), 1);
        };
        let text = self.text.get(token.at.clone()).unwrap_or("");
        match &token.kind {
            TokenKind::Doc(line) if line.is_empty() => ("///".to_owned(), 1),
            TokenKind::Doc(line) => (format!("/// {line}"), 1),
            TokenKind::Text => (self.quoted(token), 1),
            TokenKind::Word(_) if !self.is_name(token) => {
                let translated = self.language.and_then(|language| {
                    let (keyword, used) = spelled(all)?;
                    Some((keyword.word(language).to_owned(), used))
                });
                translated.unwrap_or_else(|| (text.to_owned(), 1))
            }
            _ => (text.to_owned(), 1),
        }
    }

    /// A text with what stands in its holes laid out.
    fn quoted(&self, token: &Token) -> String {
        let mut out = String::new();
        let mut end = token.at.start;
        for hole in self.marks.holes(token.at.start) {
            let before = self.text.get(end..hole.start).unwrap_or("");
            // What stands between the braces and the expression is space.
            let plain = if end == token.at.start {
                before
            } else {
                before.trim_start()
            };
            out.push_str(plain.trim_end());
            out.push_str(&self.inline(hole.clone()));
            end = hole.end;
        }
        let rest = self.text.get(end..token.at.end).unwrap_or("");
        out.push_str(if end == token.at.start {
            rest
        } else {
            rest.trim_start()
        });
        out
    }

    fn inline(&self, range: Range<usize>) -> String {
        let all = tokens(self.text, range, self.source);
        let mut out = String::new();
        let mut at = 0;
        while let Some(rest) = all.get(at..).filter(|rest| !rest.is_empty()) {
            let (written, used) = self.written(rest);
            if at > 0 && self.apart(&all, at) {
                out.push(' ');
            }
            out.push_str(&written);
            at += used;
        }
        out
    }

    /// Whether a space stands before a token.
    pub fn apart(&self, all: &[Token], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| all.get(before)) else {
            return false;
        };
        let Some(token) = all.get(at) else {
            return false;
        };
        let symbol = |token: &Token, any: &[&str]| matches!(token.kind, TokenKind::Symbol(symbol) if any.contains(&symbol));
        if symbol(before, &["(", "[", ".", "..", "@"])
            || symbol(token, &[")", "]", ",", ".", "..", "@"])
        {
            return false;
        }
        if symbol(token, &["("]) {
            return !self.calls(before);
        }
        let operand = at.checked_sub(2).and_then(|before| all.get(before));
        let sign =
            symbol(before, &["-"]) && !operand.is_some_and(|operand| self.ends_operand(operand));
        !sign
    }

    /// Whether a bracket behind a token holds its arguments.
    fn calls(&self, token: &Token) -> bool {
        self.is_name(token) || self.keyword(token).is_some_and(Keyword::is_aggregate)
    }

    fn ends_operand(&self, token: &Token) -> bool {
        match &token.kind {
            TokenKind::Number(..) | TokenKind::Text | TokenKind::Quoted(_) => true,
            TokenKind::Symbol(symbol) => *symbol == ")",
            _ => self.is_name(token),
        }
    }

    fn is_name(&self, token: &Token) -> bool {
        self.marks.is_name(token.at.start)
    }

    /// The word of the language that a token is.
    pub fn keyword(&self, token: &Token) -> Option<Keyword> {
        match &token.kind {
            TokenKind::Word(word) if !self.is_name(token) => Keyword::of(word),
            _ => None,
        }
    }
}
