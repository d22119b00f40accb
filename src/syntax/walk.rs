//! Every expression of a tree, from the outside in.

use super::tree::{
    Applies, Clause, ClauseKind, Expression, Loop, Node, Part, Rule, RuleFile, Text, When,
};

impl RuleFile {
    /// Shows every clause of its rules.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.rules.iter().flat_map(|rule: &Rule| &rule.clauses)
    }
}

impl Clause {
    /// Shows its expressions, those of aggregates and holes too.
    pub fn walk<'t>(&'t self, see: &mut dyn FnMut(&'t Expression)) {
        match &self.kind {
            ClauseKind::Severity(_, When::True(of))
            | ClauseKind::Let(_, of)
            | ClauseKind::Param(_, of)
            | ClauseKind::Where(of)
            | ClauseKind::Require(of)
            | ClauseKind::Unless(of)
            | ClauseKind::Label(of, ..) => of.walk(see),
            ClauseKind::For(one) => one.walk(see),
            ClauseKind::Applies(Applies::Period(from, to)) => {
                from.walk(see);
                to.walk(see);
            }
            ClauseKind::Severity(..)
            | ClauseKind::Applies(_)
            | ClauseKind::Undetermined(_)
            | ClauseKind::Tags(_)
            | ClauseKind::Cite(_)
            | ClauseKind::Title(..)
            | ClauseKind::Message(..)
            | ClauseKind::Help(..) => (),
        }
        for text in self.texts() {
            text.walk(see);
        }
    }

    /// Its own texts.
    #[must_use]
    pub fn texts(&self) -> &[Text] {
        match &self.kind {
            ClauseKind::Cite(texts) => texts,
            ClauseKind::Title(_, text)
            | ClauseKind::Message(_, text)
            | ClauseKind::Help(_, text)
            | ClauseKind::Label(_, _, text) => std::slice::from_ref(text),
            _ => &[],
        }
    }
}

impl Loop {
    fn walk<'t>(&'t self, see: &mut dyn FnMut(&'t Expression)) {
        self.source.walk(see);
        if let Some(filter) = &self.filter {
            filter.walk(see);
        }
    }
}

impl Text {
    /// The expressions of its holes.
    pub fn holes(&self) -> impl Iterator<Item = &Expression> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(expression) => Some(expression),
            Part::Plain(_) => None,
        })
    }

    fn walk<'t>(&'t self, see: &mut dyn FnMut(&'t Expression)) {
        self.holes().for_each(|hole| hole.walk(see));
    }
}

impl Expression {
    /// Shows it and all its parts.
    pub fn walk<'t>(&'t self, see: &mut dyn FnMut(&'t Self)) {
        see(self);
        match &self.node {
            Node::Field(of, _) | Node::Not(of) | Node::Negative(of) | Node::Is { of, .. } => {
                of.walk(see);
            }
            Node::Call(_, parts) | Node::All(parts) | Node::Any(parts) => {
                for part in parts {
                    part.walk(see);
                }
            }
            Node::Binary(left, _, right) | Node::Range(left, right) => {
                left.walk(see);
                right.walk(see);
            }
            Node::If(condition, yes, no) => {
                for part in [condition, yes, no] {
                    part.walk(see);
                }
            }
            Node::Aggregate {
                value,
                weight,
                loops,
                ..
            } => {
                value.walk(see);
                if let Some(weight) = weight {
                    weight.walk(see);
                }
                for one in loops {
                    one.walk(see);
                }
            }
            Node::Text(text) => text.walk(see),
            Node::Number(..) | Node::Name(_) | Node::Quoted(_) => (),
        }
    }
}
