//! The tree as text again: the same tree when it is parsed, keywords in one language. It is plain text of a line a
//! clause, brackets only where they are needed; what reads well is the layout's business.

mod block;
mod expression;

use super::keyword::Keyword;
use super::tree::{Applies, Clause, ClauseKind, Define, Loop, Rule, RuleFile, Undecided, When};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Spanned;

/// A file without its comments. Two files print alike exactly where their trees are alike but for places, which a
/// property test holds; definitions come first, then rules, then tests.
#[must_use]
pub fn print(file: &RuleFile, language: Language) -> String {
    let mut printer = Printer::new(language);
    for define in &file.defines {
        printer.define(define);
    }
    for rule in &file.rules {
        printer.rule(rule);
    }
    for test in &file.tests {
        printer.test(test);
    }
    printer.out
}

/// Words and marks one behind another, a space between them.
struct Printer {
    out: String,
    language: Language,
}

impl Printer {
    const fn new(language: Language) -> Self {
        let out = String::new();
        Self { out, language }
    }

    /// Words or marks as they are.
    fn raw(&mut self, text: &str) {
        if !self.out.is_empty() && !self.out.ends_with(['\n', '{']) {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }

    fn keyword(&mut self, keyword: Keyword) {
        self.raw(keyword.word(self.language));
    }

    /// A name; in corner brackets where it is no word.
    fn name(&mut self, name: &str) {
        if super::lexer::is_word(name) {
            self.raw(name);
        } else {
            self.raw(&format!("「{name}」"));
        }
    }

    fn names(&mut self, names: &[Spanned<String>]) {
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                self.raw(",");
            }
            self.name(&name.value);
        }
    }

    fn define(&mut self, define: &Define) {
        self.keyword(Keyword::Define);
        self.name(&define.name.value);
        self.raw("(");
        self.names(&define.parameters);
        self.raw(")");
        self.raw("=");
        self.expression(&define.body);
        self.out.push('\n');
    }

    fn rule(&mut self, rule: &Rule) {
        for line in &rule.doc {
            self.out.push_str("///");
            self.raw(line);
            self.out.push('\n');
        }
        self.keyword(Keyword::Rule);
        self.raw(&rule.id.value);
        let mut clauses = rule.clauses.as_slice();
        if let Some((title, rest)) = clauses.split_first()
            && let ClauseKind::Title(Language::Chinese, text) = &title.kind
        {
            self.text(text);
            clauses = rest;
        }
        self.raw("{");
        self.out.push('\n');
        for clause in clauses {
            self.clause(clause);
            self.out.push('\n');
        }
        self.out.push_str("}\n");
    }

    fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Severity(severity, when) => {
                self.keyword(Keyword::Severity);
                self.severity(*severity);
                self.when(when);
            }
            ClauseKind::Tags(tags) => {
                self.keyword(Keyword::Tags);
                self.names(tags);
            }
            ClauseKind::Cite(texts) => {
                self.keyword(Keyword::Cite);
                for text in texts {
                    self.text(text);
                }
            }
            ClauseKind::For(one) => self.one_loop(one),
            ClauseKind::Let(name, value) => self.named(Keyword::Let, name, value),
            ClauseKind::Param(name, value) => self.named(Keyword::Param, name, value),
            ClauseKind::Where(condition) => self.asked(Keyword::Where, condition),
            ClauseKind::Require(condition) => self.asked(Keyword::Require, condition),
            ClauseKind::Unless(condition) => self.asked(Keyword::Unless, condition),
            ClauseKind::Undetermined(undecided) => {
                self.keyword(Keyword::Undetermined);
                match undecided {
                    Undecided::Ignored => self.keyword(Keyword::Ignore),
                    Undecided::Raised(severity) => self.severity(*severity),
                }
            }
            ClauseKind::Applies(applies) => self.applies(applies),
            ClauseKind::Title(language, text) => self.said(Keyword::Title, *language, text),
            ClauseKind::Message(language, text) => self.said(Keyword::Message, *language, text),
            ClauseKind::Help(language, text) => self.said(Keyword::Help, *language, text),
            ClauseKind::Label(of, language, text) => {
                self.keyword(Keyword::Label);
                self.language(*language);
                self.expression(of);
                self.text(text);
            }
        }
    }

    fn severity(&mut self, severity: Severity) {
        self.keyword(match severity {
            Severity::Error => Keyword::Error,
            Severity::Warning => Keyword::Warning,
            Severity::Note => Keyword::Note,
        });
    }

    fn when(&mut self, when: &When) {
        match when {
            When::Always => (),
            When::True(condition) => self.asked(Keyword::When, condition),
            When::Otherwise => self.keyword(Keyword::Otherwise),
        }
    }

    fn asked(&mut self, keyword: Keyword, condition: &super::tree::Expression) {
        self.keyword(keyword);
        self.expression(condition);
    }

    fn named(&mut self, keyword: Keyword, name: &Spanned<String>, value: &super::tree::Expression) {
        self.keyword(keyword);
        self.name(&name.value);
        self.raw("=");
        self.expression(value);
    }

    fn said(&mut self, keyword: Keyword, language: Language, text: &super::tree::Text) {
        self.keyword(keyword);
        self.language(language);
        self.text(text);
    }

    fn language(&mut self, language: Language) {
        if language == Language::English {
            self.raw("@en");
        }
    }

    fn one_loop(&mut self, one: &Loop) {
        self.keyword(Keyword::For);
        self.name(&one.variable.value);
        self.keyword(Keyword::In);
        self.expression(&one.source);
        if let Some(filter) = &one.filter {
            self.asked(Keyword::Where, filter);
        }
    }

    fn applies(&mut self, applies: &Applies) {
        self.keyword(Keyword::Applies);
        match applies {
            Applies::Level(words) => {
                self.keyword(Keyword::Level);
                self.names(words);
            }
            Applies::Field(words) => {
                self.keyword(Keyword::Field);
                self.names(words);
            }
            Applies::Period(from, to) => {
                self.keyword(Keyword::Period);
                self.range(from, to);
            }
        }
    }
}
