//! Clauses, a function each.

use nom::Parser;
use nom::combinator::opt;
use nom::multi::{many1, separated_list0, separated_list1};
use nom::sequence::preceded;

use super::expression::Grammar;
use super::keyword::{Keyword, reserved};
use super::phrase::{keyword, symbol};
use super::text;
use super::token::{Kind, Parsed, Tokens};
use super::tree::{Applies, Clause, ClauseKind, Define, Node, Text, Undecided, When};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Spanned;

impl Grammar {
    /// clause := one of the clauses, by the keyword that starts it
    pub fn clause(self, input: Tokens<'_>) -> Parsed<'_, Clause> {
        let start = input.first().and_then(|token| match &token.kind {
            Kind::Word(word) => Keyword::of(word),
            _ => None,
        });
        let rest = nom::Input::take_from(&input, 1);
        let parsed = match start {
            Some(Keyword::Severity) => self.severity(rest),
            Some(Keyword::Tags) => self.tags(rest),
            Some(Keyword::Cite) => self.cite(rest),
            // The loop reads its own `for`: an aggregate has the same one.
            Some(Keyword::For) => self
                .one_loop(input)
                .map(|(r, one)| (r, ClauseKind::For(one))),
            Some(Keyword::Applies) => self.applies(rest),
            Some(Keyword::Let) => self
                .named(rest)
                .map(|(r, (n, v))| (r, ClauseKind::Let(n, v))),
            Some(Keyword::Param) => self
                .named(rest)
                .map(|(r, (n, v))| (r, ClauseKind::Param(n, v))),
            Some(Keyword::Where) => self
                .expression(rest)
                .map(|(r, e)| (r, ClauseKind::Where(e))),
            Some(Keyword::Require) => self
                .expression(rest)
                .map(|(r, e)| (r, ClauseKind::Require(e))),
            Some(Keyword::Unless) => self
                .expression(rest)
                .map(|(r, e)| (r, ClauseKind::Unless(e))),
            Some(Keyword::Undetermined) => undetermined(rest),
            Some(Keyword::Title) => self.said(rest, ClauseKind::Title),
            Some(Keyword::Message) => self.said(rest, ClauseKind::Message),
            Some(Keyword::Help) => self.said(rest, ClauseKind::Help),
            Some(Keyword::Label) => self.label(rest),
            _ => input.expected((
                "子句（for、where、require、message …）",
                "a clause (for, where, require, message …)",
            )),
        };
        let (rest, kind) = parsed?;
        let span = self.span(&input, &rest);
        Ok((rest, Clause { kind, span }))
    }

    /// severity := 'severity' level ('when' expression | 'otherwise')?
    fn severity(self, input: Tokens<'_>) -> Parsed<'_, ClauseKind> {
        let (rest, level) = level(input)?;
        if let Ok((rest, _)) = keyword(Keyword::Otherwise).parse(rest) {
            return Ok((rest, ClauseKind::Severity(level, When::Otherwise)));
        }
        let condition = preceded(keyword(Keyword::When), |rest| self.expression(rest));
        let (rest, when) = opt(condition).parse(rest)?;
        let when = when.map_or(When::Always, When::True);
        Ok((rest, ClauseKind::Severity(level, when)))
    }

    /// tags := 'tags' word (',' word)*
    fn tags(self, input: Tokens<'_>) -> Parsed<'_, ClauseKind> {
        let names = separated_list1(symbol(","), |rest| self.name(rest)).parse(input);
        names.map(|(rest, names)| (rest, ClauseKind::Tags(names)))
    }

    /// cite := 'cite' text+
    fn cite(self, input: Tokens<'_>) -> Parsed<'_, ClauseKind> {
        let texts = many1(|rest| self.text(rest)).parse(input);
        texts.map(|(rest, texts)| (rest, ClauseKind::Cite(texts)))
    }

    /// applies := 'applies' ('level' words | 'field' words | 'period' number '..' number)
    fn applies(self, input: Tokens<'_>) -> Parsed<'_, ClauseKind> {
        let words = |rest| separated_list1(symbol(","), |rest| self.name(rest)).parse(rest);
        if let Ok((rest, _)) = keyword(Keyword::Level).parse(input) {
            let (rest, words) = words(rest)?;
            let words = words.into_iter();
            let words = words
                .map(|word| reserved(word, Keyword::is_level))
                .collect();
            return Ok((rest, ClauseKind::Applies(Applies::Level(words))));
        }
        if let Ok((rest, _)) = keyword(Keyword::Field).parse(input) {
            let (rest, words) = words(rest)?;
            return Ok((rest, ClauseKind::Applies(Applies::Field(words))));
        }
        let (rest, _) = keyword(Keyword::Period).parse(input)?;
        let (rest, period) = self.expression(rest)?;
        match period.node {
            Node::Range(from, to) => Ok((rest, ClauseKind::Applies(Applies::Period(*from, *to)))),
            _ => rest.expected(("..", "..")),
        }
    }

    /// let := 'let' word '=' expression, param likewise
    fn named(self, input: Tokens<'_>) -> Parsed<'_, (Spanned<String>, super::tree::Expression)> {
        let (rest, name) = self.name(input)?;
        let (rest, ()) = symbol("=").parse(rest)?;
        let (rest, value) = self.expression(rest)?;
        Ok((rest, (name, value)))
    }

    fn said(
        self,
        input: Tokens<'_>,
        make: fn(Language, Text) -> ClauseKind,
    ) -> Parsed<'_, ClauseKind> {
        let (rest, language) = language(input)?;
        let (rest, text) = self.text(rest)?;
        Ok((rest, make(language, text)))
    }

    /// label := 'label' '@en'? expression text
    fn label(self, input: Tokens<'_>) -> Parsed<'_, ClauseKind> {
        let (rest, language) = language(input)?;
        let (rest, of) = self.expression(rest)?;
        let (rest, text) = self.text(rest)?;
        Ok((rest, ClauseKind::Label(of, language, text)))
    }

    /// define := 'define' word '(' (word (',' word)*)? ')' '=' expression
    pub fn define(self, input: Tokens<'_>) -> Parsed<'_, Define> {
        let (rest, _) = keyword(Keyword::Define).parse(input)?;
        let (rest, name) = self.name(rest)?;
        let (rest, ()) = symbol("(").parse(rest)?;
        let (rest, parameters) =
            separated_list0(symbol(","), |rest| self.name(rest)).parse(rest)?;
        let (rest, ()) = symbol(")").parse(rest)?;
        let (rest, ()) = symbol("=").parse(rest)?;
        let (rest, body) = self.expression(rest)?;
        let span = self.span(&input, &rest);
        let define = Define {
            name,
            parameters,
            body,
            span,
        };
        Ok((rest, define))
    }

    /// A text in quotes.
    pub fn text(self, input: Tokens<'_>) -> Parsed<'_, Text> {
        let rest = nom::Input::take_from(&input, 1);
        match input.first().map(|token| &token.kind) {
            Some(Kind::Text) => {
                let span = self.span(&input, &rest);
                Ok((rest, text::text(self, input, span)?))
            }
            _ => input.expected(("\"文字\"", "a \"text\"")),
        }
    }
}

/// undetermined := 'undetermined' ('ignore' | level)
fn undetermined(input: Tokens<'_>) -> Parsed<'_, ClauseKind> {
    if let Ok((rest, _)) = keyword(Keyword::Ignore).parse(input) {
        return Ok((rest, ClauseKind::Undetermined(Undecided::Ignored)));
    }
    let (rest, level) = level(input)?;
    Ok((rest, ClauseKind::Undetermined(Undecided::Raised(level))))
}

/// level := 'error' | 'warning' | 'note'
fn level(input: Tokens<'_>) -> Parsed<'_, Severity> {
    let levels = [
        (Keyword::Error, Severity::Error),
        (Keyword::Warning, Severity::Warning),
        (Keyword::Note, Severity::Note),
    ];
    for (word, level) in levels {
        if let Ok((rest, _)) = keyword(word).parse(input) {
            return Ok((rest, level));
        }
    }
    Err(nom::Err::Error(super::token::Miss))
}

/// `@en` or `@zh` behind a word; Chinese where there is none.
fn language(input: Tokens<'_>) -> Parsed<'_, Language> {
    let Ok((rest, ())) = symbol("@").parse(input) else {
        return Ok((input, Language::Chinese));
    };
    match rest.first().map(|token| &token.kind) {
        Some(Kind::Word(word)) if word == "en" => {
            Ok((nom::Input::take_from(&rest, 1), Language::English))
        }
        Some(Kind::Word(word)) if word == "zh" => {
            Ok((nom::Input::take_from(&rest, 1), Language::Chinese))
        }
        _ => rest.expected(("en 或 zh", "en or zh")),
    }
}
