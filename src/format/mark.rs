//! What the tree knows of a file's tokens: which words are names, where clauses start, where texts have holes.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::source::{Span, Spanned};
use crate::syntax::{Applies, ClauseKind, Expression, Keyword, Loop, Node, RuleFile, Text};

/// Places by the byte they start at.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Words that are names; every other word is one of the language.
    names: FxHashSet<usize>,
    /// Rules and definitions.
    items: FxHashSet<usize>,
    clauses: FxHashSet<usize>,
    /// The expressions in the holes of a text.
    holes: FxHashMap<usize, Vec<Range<usize>>>,
}

impl Marks {
    pub fn of(file: &RuleFile) -> Self {
        let mut marks = Self::default();
        let rules = file.rules.iter().map(|rule| rule.span);
        let defines = file.defines.iter().map(|define| define.span);
        let starts = rules.chain(defines).map(|span| span.range().start);
        marks.items.extend(starts);
        for define in &file.defines {
            marks.name(define.name.span);
            marks.names(&define.parameters);
            define.body.walk(&mut |part| marks.part(part));
        }
        for clause in file.clauses() {
            marks.clauses.insert(clause.span.range().start);
            marks.clause(&clause.kind);
            for text in clause.texts() {
                marks.text(text);
            }
            clause.walk(&mut |part| marks.part(part));
        }
        marks
    }

    pub fn is_name(&self, at: usize) -> bool {
        self.names.contains(&at)
    }

    /// Whether a rule or a definition starts there.
    pub fn starts_item(&self, at: usize) -> bool {
        self.items.contains(&at)
    }

    pub fn starts_clause(&self, at: usize) -> bool {
        self.clauses.contains(&at)
    }

    /// The holes of the text at a place.
    pub fn holes(&self, at: usize) -> &[Range<usize>] {
        self.holes.get(&at).map_or(&[], Vec::as_slice)
    }

    fn clause(&mut self, kind: &ClauseKind) {
        match kind {
            ClauseKind::Tags(names) | ClauseKind::Applies(Applies::Field(names)) => {
                self.names(names);
            }
            ClauseKind::Applies(Applies::Level(words)) => {
                for word in words {
                    self.unreserved(word);
                }
            }
            ClauseKind::Let(name, _) | ClauseKind::Param(name, _) => self.name(name.span),
            ClauseKind::For(one) => self.name(one.variable.span),
            _ => (),
        }
    }

    fn part(&mut self, part: &Expression) {
        match &part.node {
            Node::Name(_) => self.name(part.span),
            Node::Field(_, name) | Node::Call(name, _) => self.name(name.span),
            Node::Is { what, .. } => self.unreserved(what),
            Node::Text(text) => self.text(text),
            Node::Aggregate { loops, .. } => {
                let variables = loops.iter().map(|one: &Loop| one.variable.span);
                variables.for_each(|variable| self.name(variable));
            }
            _ => (),
        }
    }

    fn text(&mut self, text: &Text) {
        let holes = text.holes().map(|hole| hole.span.range()).collect();
        self.holes.insert(text.span.range().start, holes);
    }

    /// A word that may be one of the language's own.
    fn unreserved(&mut self, word: &Spanned<String>) {
        let keyword = Keyword::of(&word.value);
        if !keyword.is_some_and(Keyword::is_reserved) {
            self.name(word.span);
        }
    }

    fn names(&mut self, names: &[Spanned<String>]) {
        for name in names {
            self.name(name.span);
        }
    }

    fn name(&mut self, span: Span) {
        self.names.insert(span.range().start);
    }
}
