//! A rule file: rules one after another. A broken clause is reported and passed over, a broken rule hides no other.

use nom::Parser;

use super::expression::Grammar;
use super::keyword::Keyword;
use super::lexer::lex;
use super::phrase::{keyword, symbol};
use super::token::{Kind, State, Token, Tokens};
use super::tree::{BrokenRule, Clause, ClauseKind, Rule, RuleFile};
use super::wrong::{unclosed, unexpected};
use crate::language::{Language, Said};
use crate::problem::{Kind as ProblemKind, Problem, nearest};
use crate::source::{SourceId, Span, Spanned};

/// Parses a rule file. Every error is reported; the rules without one are in the tree.
#[must_use]
pub fn parse(text: &str, source: SourceId) -> (RuleFile, Vec<Problem>) {
    let mut problems = Vec::new();
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let tokens = lex(text, start..text.len(), source, &mut problems);
    let state = State::default();
    let mut reader = Reader {
        grammar: Grammar { source },
        file: RuleFile::default(),
        problems,
    };
    let all = Tokens {
        text,
        rest: &tokens,
        state: &state,
    };
    reader.items(all);
    reader.problems.sort_by_key(|problem| problem.span);
    (reader.file, reader.problems)
}

struct Reader {
    grammar: Grammar,
    file: RuleFile,
    problems: Vec<Problem>,
}

impl Reader {
    /// file := ('format' number)? (doc* (rule | define | test))*
    fn items(&mut self, mut input: Tokens<'_>) {
        input = self.format(input);
        while !input.rest.is_empty() {
            let (after, doc) = docs(input);
            if keyword(Keyword::Rule).parse(after).is_ok() {
                input = self.rule(after, doc);
                continue;
            }
            if keyword(Keyword::Define).parse(after).is_ok() {
                input = self.define(after);
                continue;
            }
            if keyword(Keyword::Test).parse(after).is_ok() {
                input = self.test(after);
                continue;
            }
            forget(after.state);
            if after.rest.is_empty() {
                return;
            }
            let _: Result<_, _> = after.expected::<()>(("rule", "rule"));
            self.report(after);
            input = skip(nom::Input::take_from(&after, 1), starts_item);
        }
    }

    fn format<'a>(&mut self, input: Tokens<'a>) -> Tokens<'a> {
        let Ok((rest, _)) = keyword(Keyword::Format).parse(input) else {
            return input;
        };
        let after = nom::Input::take_from(&rest, 1);
        match rest.first().map(|token| &token.kind) {
            Some(Kind::Number(digits, _)) if digits == "1" => (),
            _ => {
                let span = Span::new(self.grammar.source, rest.at());
                let message = Said::new("不认识的格式版本", "unknown format version");
                let label = Said::new("目前只有 1", "there is only 1");
                self.problems
                    .push(Problem::new(ProblemKind::RuleSyntax, span, message, label));
            }
        }
        after
    }

    /// define := 'define' word '(' (word (',' word)*)? ')' '=' expression
    fn define<'a>(&mut self, input: Tokens<'a>) -> Tokens<'a> {
        forget(input.state);
        match self.grammar.define(input) {
            Ok((rest, define)) if rest.first().is_none_or(starts_item) => {
                self.file.defines.push(define);
                rest
            }
            Ok((rest, _)) => {
                let _: Result<_, _> =
                    rest.expected::<()>(("下一个定义或规则", "another define or rule"));
                self.report(rest);
                skip(rest, starts_item)
            }
            Err(_) => {
                self.report(input);
                skip(nom::Input::take_from(&input, 1), starts_item)
            }
        }
    }

    /// test := 'test' text block
    fn test<'a>(&mut self, input: Tokens<'a>) -> Tokens<'a> {
        forget(input.state);
        let rest = nom::Input::take_from(&input, 1);
        let (Some(name), Some(block)) = (rest.rest.first(), rest.rest.get(1)) else {
            let _: Result<_, _> = rest.expected::<()>(("\"测试名\" { … }", "\"name\" { … }"));
            self.report(rest);
            return skip(rest, starts_item);
        };
        if name.kind != Kind::Text || block.kind != Kind::Block {
            let wrong = nom::Input::take_from(&rest, usize::from(name.kind == Kind::Text));
            let _: Result<_, _> = wrong.expected::<()>(("\"测试名\" { … }", "\"name\" { … }"));
            self.report(wrong);
            return skip(rest, starts_item);
        }
        let source = self.grammar.source;
        let inside = name.at.start + 1..name.at.end.saturating_sub(1);
        let text = input.text.get(inside.clone()).unwrap_or("").to_owned();
        let name = Spanned::new(text, Span::new(source, inside));
        if !input
            .text
            .get(block.at.clone())
            .is_some_and(|text| text.ends_with('}'))
        {
            self.problems.push(unclosed(&name, ("测试", "test")));
        }
        let inside = block.at.start + 1..block.at.end.saturating_sub(1).max(block.at.start + 1);
        let block = super::block::block(input.text, name, inside, source, &mut self.problems);
        self.file.tests.push(block);
        nom::Input::take_from(&rest, 2)
    }

    /// rule := 'rule' id text? '{' clause* '}'
    fn rule<'a>(&mut self, input: Tokens<'a>, doc: Vec<String>) -> Tokens<'a> {
        forget(input.state);
        let known = self.problems.len();
        let rest = nom::Input::take_from(&input, 1);
        let (rest, id) = if let Some((rest, id, at)) = id(rest) {
            (rest, Spanned::new(id, Span::new(self.grammar.source, at)))
        } else {
            let _: Result<_, _> = rest.expected::<()>((
                "规则名，如 align/weaker-than-superior",
                "a rule's id such as align/weaker-than-superior",
            ));
            self.report(rest);
            return skip(rest, starts_item);
        };
        let mut clauses = Vec::new();
        let rest = self.title(rest, &mut clauses);
        let rest = if let Ok((rest, ())) = symbol("{").parse(rest) {
            rest
        } else {
            if !swallows_brace(input, rest) {
                self.report(rest);
            }
            skip(rest, |token| starts_clause(token) || starts_item(token))
        };
        let (rest, names) = if rest.first().is_none_or(starts_item) {
            (rest, false)
        } else {
            self.clauses(rest, &id, &mut clauses)
        };
        let span = self.grammar.span(&input, &rest);
        let faults = |problem: &Problem| problem.span.meets(span);
        let broken = self.problems.len() > known || self.problems.iter().any(faults);
        let rule = Rule {
            doc,
            id,
            clauses,
            span,
        };
        if broken {
            self.file.broken.push(BrokenRule { rule, names });
        } else {
            self.file.rules.push(rule);
        }
        rest
    }

    /// The title behind the id.
    fn title<'a>(&mut self, input: Tokens<'a>, clauses: &mut Vec<Clause>) -> Tokens<'a> {
        let is_text = matches!(input.first().map(|token| &token.kind), Some(Kind::Text));
        if !is_text {
            return input;
        }
        if let Ok((rest, text)) = self.grammar.text(input) {
            let span = text.span;
            let kind = ClauseKind::Title(Language::Chinese, text);
            clauses.push(Clause { kind, span });
            rest
        } else {
            self.report(input);
            nom::Input::take_from(&input, 1)
        }
    }

    /// Reads clauses up to the closing brace; whether all of them that give a name could be read.
    fn clauses<'a>(
        &mut self,
        mut input: Tokens<'a>,
        id: &Spanned<String>,
        clauses: &mut Vec<Clause>,
    ) -> (Tokens<'a>, bool) {
        let mut names = true;
        loop {
            input = stray_docs(input);
            if let Ok((rest, ())) = symbol("}").parse(input) {
                return (rest, names);
            }
            if input.first().is_none_or(starts_item) {
                self.problems.push(unclosed(id, ("规则", "rule")));
                return (input, names);
            }
            let gives_name = matches!(
                input.first().and_then(word_of),
                None | Some(Keyword::For | Keyword::Let | Keyword::Param)
            );
            forget(input.state);
            match self.grammar.clause(input) {
                Ok((rest, clause)) if ends_clause(&rest) => {
                    clauses.push(clause);
                    input = rest;
                }
                Ok((rest, _)) => {
                    let _: Result<_, _> = rest.expected::<()>(("下一个子句", "another clause"));
                    names &= !gives_name;
                    input = self.recover(rest);
                }
                Err(_) => {
                    names &= !gives_name;
                    input = self.recover(input);
                }
            }
        }
    }

    /// Reports the furthest failure and passes on to the next clause.
    fn recover<'a>(&mut self, input: Tokens<'a>) -> Tokens<'a> {
        self.report(input);
        let used = nom::Input::take_from(&input, 1);
        let ends = |(at, token): (usize, &Token)| {
            // A brace in the midst of a line closes the rule where nothing of the rule follows.
            let last = || used.rest.get(at + 1).is_none_or(starts_item);
            let closes = is_close(token) && (token.first || last());
            starts_clause(token) || resembles_clause(token) || starts_item(token) || closes
        };
        let at = used.rest.iter().enumerate().position(ends);
        nom::Input::take_from(&used, at.unwrap_or(used.rest.len()))
    }

    /// Says what was expected at the furthest place that was reached.
    fn report(&mut self, input: Tokens<'_>) {
        let source = self.grammar.source;
        let state = input.state;
        if let Some((at, message, help)) = state.mistake.take() {
            let label = Said::new("这里", "here");
            let span = Span::new(source, at);
            let problem = Problem::new(ProblemKind::RuleSyntax, span, message, label);
            self.problems.push(problem.help(help));
            return;
        }
        let (left, expected) = state
            .furthest
            .take()
            .unwrap_or((input.rest.len(), Vec::new()));
        let used = input.rest.len().saturating_sub(left);
        let there = nom::Input::take_from(&input, used);
        self.problems.push(unexpected(there, &expected, source));
    }
}

fn forget(state: &State) {
    state.furthest.take();
    state.mistake.take();
}

fn docs(mut input: Tokens<'_>) -> (Tokens<'_>, Vec<String>) {
    let mut lines = Vec::new();
    while let Some(Kind::Doc(line)) = input.first().map(|token| &token.kind) {
        lines.push(line.clone());
        input = nom::Input::take_from(&input, 1);
    }
    (input, lines)
}

/// What is left behind `///` lines within a rule: there they are comments. Before a rule they are its words.
fn stray_docs(input: Tokens<'_>) -> Tokens<'_> {
    let (rest, _) = docs(input);
    match rest.first() {
        Some(token) if starts_item(token) => input,
        None => input,
        Some(_) => rest,
    }
}

fn id(input: Tokens<'_>) -> Option<(Tokens<'_>, String, std::ops::Range<usize>)> {
    let Some(Kind::Id(id)) = input.first().map(|token| &token.kind) else {
        return None;
    };
    Some((nom::Input::take_from(&input, 1), id.clone(), input.at()))
}

/// Whether a rule starts here, or the words about it.
fn starts_rule(token: &Token) -> bool {
    let is_doc = matches!(token.kind, Kind::Doc(_));
    is_doc || (token.first && word_of(token) == Some(Keyword::Rule))
}

/// Whether a rule, a definition or a test starts here.
fn starts_item(token: &Token) -> bool {
    let starts = || matches!(word_of(token), Some(Keyword::Define | Keyword::Test));
    starts_rule(token) || (token.first && starts())
}

fn starts_clause(token: &Token) -> bool {
    token.first && word_of(token).is_some_and(Keyword::starts_clause)
}

/// A mistyped clause: it is told by itself, not passed over with the one before.
fn resembles_clause(token: &Token) -> bool {
    let Kind::Word(word) = &token.kind else {
        return false;
    };
    let clauses = Keyword::ALL
        .iter()
        .filter(|keyword| keyword.starts_clause());
    let spellings = clauses.flat_map(|keyword| [keyword.spelling().en, keyword.spelling().zh]);
    token.first && Keyword::of(word).is_none() && nearest(word, spellings).is_some()
}

fn is_close(token: &Token) -> bool {
    token.kind == Kind::Symbol("}")
}

fn word_of(token: &Token) -> Option<Keyword> {
    match &token.kind {
        Kind::Word(word) => Keyword::of(word),
        _ => None,
    }
}

/// A clause ends where another starts, or the rule does.
fn ends_clause(rest: &Tokens<'_>) -> bool {
    rest.first().is_none_or(|token| {
        is_close(token) || starts_rule(token) || word_of(token).is_some_and(Keyword::starts_clause)
    })
}

fn skip(input: Tokens<'_>, stop: impl Fn(&Token) -> bool) -> Tokens<'_> {
    let at = input.rest.iter().position(stop).unwrap_or(input.rest.len());
    nom::Input::take_from(&input, at)
}

/// Whether the rule's brace stands in a title whose closing quote is missing, which was already said.
fn swallows_brace(start: Tokens<'_>, rest: Tokens<'_>) -> bool {
    let header = start.text.get(start.until(&rest)).unwrap_or("");
    header.trim_end().ends_with('{') && header.contains('"')
}
