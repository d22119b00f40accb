//! A typed rule: variables are slots, names are the things they mean.

use crate::bound::Order;
use crate::builtin::Builtin;
use crate::catalogue::IndicatorId;
use crate::problem::Severity;
use crate::relation::{Column, Relation, Table, Test};
use crate::source::{Span, Spanned};
use crate::syntax::{Aggregate, Undecided};
use crate::value::{Kind, Value};

/// A rule ready to be run.
#[derive(Debug)]
pub struct TypedRule {
    /// Its id.
    pub id: Spanned<String>,
    /// Its `///` lines.
    pub doc: Vec<String>,
    /// Its title.
    pub title: Line,
    /// Its severities, in order.
    pub severities: Vec<Weight>,
    /// What becomes of undecided checks.
    pub undecided: Undecided,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it cites: a document, then places in it.
    pub cites: Vec<Vec<String>>,
    /// Its variables and parameters.
    pub slots: Vec<Slot>,
    /// What it runs over and where it looks, in order.
    pub steps: Vec<Step>,
    /// What it requires, each its own check.
    pub requires: Vec<Require>,
    /// What it says.
    pub message: Line,
    /// What it advises.
    pub help: Line,
    /// The places it shows, the first one the primary.
    pub labels: Vec<Label>,
    /// The whole rule.
    pub span: Span,
}

/// A text in both languages, where each is given.
#[derive(Debug, Default)]
pub struct Line {
    /// Chinese.
    pub zh: Option<Template>,
    /// English.
    pub en: Option<Template>,
}

/// A text with holes.
#[derive(Debug)]
pub struct Template(pub Vec<Formula>);

/// A part of a text.
#[derive(Debug)]
pub enum Formula {
    /// Characters as they are.
    Plain(String),
    /// What an expression gives.
    Hole(Code),
}

/// A severity and when it is meant.
#[derive(Debug)]
pub struct Weight {
    /// The severity.
    pub severity: Severity,
    /// Only where this is true.
    pub when: Option<Code>,
    /// The place of that condition.
    pub span: Option<Span>,
}

/// A place that a finding shows.
#[derive(Debug)]
pub struct Label {
    /// What stands there.
    pub of: Code,
    /// What it says of it.
    pub text: Line,
}

/// A requirement.
#[derive(Debug)]
pub struct Require {
    /// What must hold.
    pub code: Code,
    /// Its place in the rule.
    pub span: Span,
}

/// A variable or parameter.
#[derive(Debug)]
pub struct Slot {
    /// Its name.
    pub name: Spanned<String>,
    /// The kind of its value.
    pub kind: Kind,
    /// A parameter's value; `None` for a variable.
    pub parameter: Option<Value>,
}

/// A step of a rule.
#[derive(Debug)]
pub enum Step {
    /// Runs a variable over something.
    For {
        /// The variable.
        slot: usize,
        /// What it runs over.
        source: Source,
        /// Its place, from the variable on.
        span: Span,
    },
    /// Gives a variable a value.
    Let {
        /// The variable.
        slot: usize,
        /// Its value.
        code: Code,
        /// Its clause.
        span: Span,
    },
    /// Goes on only where all of these hold.
    Where(Vec<Condition>),
}

/// A part of a condition, of those that `and` joins.
#[derive(Debug)]
pub struct Condition {
    /// What must hold.
    pub code: Code,
    /// Its place.
    pub span: Span,
    /// Whether it is written as what must not hold, behind `unless`.
    pub negated: bool,
}

/// What a variable runs over.
#[derive(Debug)]
pub enum Source {
    /// A table.
    Table(&'static Table),
    /// What a relation answers.
    Relation(&'static Relation, Code),
    /// A list.
    List(Code),
}

/// A typed expression.
#[derive(Debug)]
pub enum Code {
    /// A value.
    Constant(Value),
    /// A variable or parameter.
    Slot(usize),
    /// A column of an entity.
    Column(Box<Code>, &'static Column),
    /// A function.
    Call(&'static Builtin, Vec<Code>),
    /// A text with holes.
    Text(Template),
    /// `not`
    Not(Box<Code>),
    /// `-`
    Negative(Box<Code>),
    /// `and`
    All(Vec<Code>),
    /// `or`
    Any(Vec<Code>),
    /// `implies`
    Implies(Box<Code>, Box<Code>),
    /// An order between quantities, numbers or years.
    Compare(Order, Box<Code>, Box<Code>),
    /// Whether two things are one.
    Same(Box<Code>, Box<Code>),
    /// `no weaker than`
    NoWeaker(Box<Code>, Box<Code>),
    /// `within`: a value, the lower end, the upper end.
    Between(Box<Code>, Box<Code>, Box<Code>),
    /// `within` a bound.
    Within(Box<Code>, Box<Code>),
    /// `in` a list.
    In(Box<Code>, Box<Code>),
    /// `if`
    If(Box<Code>, Box<Code>, Box<Code>),
    /// `sum(…)` and the like.
    Aggregate(Box<AggregateCode>),
    /// A definition's body with its parameters.
    With(Vec<(usize, Code)>, Box<Code>),
    /// A table as a list.
    Table(&'static Table),
    /// What a relation answers, as a list.
    Answers(&'static Relation, Box<Code>),
    /// `union`, `except`, `intersect`
    Set(SetOperator, Box<Code>, Box<Code>),
    /// `subset of`
    Subset(Box<Code>, Box<Code>),
    /// `agrees with`
    Agrees(Box<Code>, Box<Code>),
    /// `starts with`
    StartsWith(Box<Code>, Box<Code>),
    /// `contains`, of texts
    Contains(Box<Code>, Box<Code>),
    /// `is` a word.
    Test(Box<Code>, &'static Test),
    /// `is` an indicator.
    IsIndicator(Box<Code>, IndicatorId),
    /// `+`, `-`, `*`, `/`
    Arithmetic(Arithmetic, Box<Code>, Box<Code>),
}

/// An aggregate: what is made of the values of an expression over some loops.
#[derive(Debug)]
pub struct AggregateCode {
    /// What is made of them.
    pub aggregate: Aggregate,
    /// The values.
    pub value: Code,
    /// Their weights.
    pub weight: Option<Code>,
    /// What they run over: a variable, its source, which of them.
    pub loops: Vec<(usize, Source, Option<Code>)>,
}

/// An operator on lists as sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it is called")]
pub enum SetOperator {
    Union,
    Except,
    Intersect,
}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it is called")]
pub enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

impl Code {
    /// Calls `visit` for the expression and every part of it, sources of aggregates apart: these go to `source`.
    pub fn walk<'c>(&'c self, visit: &mut dyn FnMut(&'c Self), source: &mut dyn FnMut(&'c Source)) {
        visit(self);
        match self {
            Self::Constant(_) | Self::Table(_) | Self::Slot(_) => (),
            Self::Answers(_, of)
            | Self::Column(of, _)
            | Self::Not(of)
            | Self::Negative(of)
            | Self::Test(of, _)
            | Self::IsIndicator(of, _) => of.walk(visit, source),
            Self::Call(_, parts) | Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.walk(visit, source);
                }
            }
            Self::Text(template) => template.walk(visit, source),
            Self::Implies(a, b)
            | Self::Compare(_, a, b)
            | Self::Same(a, b)
            | Self::NoWeaker(a, b)
            | Self::Within(a, b)
            | Self::In(a, b)
            | Self::Set(_, a, b)
            | Self::Subset(a, b)
            | Self::Agrees(a, b)
            | Self::StartsWith(a, b)
            | Self::Contains(a, b)
            | Self::Arithmetic(_, a, b) => {
                a.walk(visit, source);
                b.walk(visit, source);
            }
            Self::With(parts, body) => {
                for (_, part) in parts {
                    part.walk(visit, source);
                }
                body.walk(visit, source);
            }
            Self::Aggregate(aggregate) => aggregate.walk(visit, source),
            Self::Between(a, b, c) | Self::If(a, b, c) => {
                a.walk(visit, source);
                b.walk(visit, source);
                c.walk(visit, source);
            }
        }
    }

    /// Calls `visit` for every slot that the expression reads.
    pub fn slots(&self, visit: &mut dyn FnMut(usize)) {
        let mut slot = |code: &Self| {
            if let Self::Slot(slot) = code {
                visit(*slot);
            }
        };
        self.walk(&mut slot, &mut |_| ());
    }
}

impl AggregateCode {
    fn walk<'c>(&'c self, visit: &mut dyn FnMut(&'c Code), source: &mut dyn FnMut(&'c Source)) {
        let parts = std::iter::once(&self.value).chain(&self.weight);
        for part in parts {
            part.walk(visit, source);
        }
        for (_, of, filter) in &self.loops {
            source(of);
            of.walk(visit, source);
            if let Some(filter) = filter {
                filter.walk(visit, source);
            }
        }
    }
}

impl Source {
    /// Calls `visit` for every part of the expressions that it is made of.
    pub fn walk<'c>(&'c self, visit: &mut dyn FnMut(&'c Code), source: &mut dyn FnMut(&'c Self)) {
        if let Self::Relation(_, code) | Self::List(code) = self {
            code.walk(visit, source);
        }
    }
}

impl Template {
    fn walk<'c>(&'c self, visit: &mut dyn FnMut(&'c Code), source: &mut dyn FnMut(&'c Source)) {
        for part in &self.0 {
            if let Formula::Hole(code) = part {
                code.walk(visit, source);
            }
        }
    }

    /// Calls `visit` for every slot that its holes read.
    pub fn slots(&self, visit: &mut dyn FnMut(usize)) {
        for part in &self.0 {
            if let Formula::Hole(code) = part {
                code.slots(visit);
            }
        }
    }
}
