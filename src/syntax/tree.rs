//! The syntax tree, every node with its place.

use super::testing::TestBlock;
use crate::language::Language;
use crate::problem::Severity;
use crate::source::{Span, Spanned};

/// A rule file.
#[derive(Clone, Debug, Default)]
pub struct RuleFile {
    /// Its rules; a rule with a syntax error is not among them.
    pub rules: Vec<Rule>,
    /// Its definitions, in order; each may use those before it.
    pub defines: Vec<Define>,
    /// Its tests.
    pub tests: Vec<TestBlock>,
    /// The rules with syntax errors, with the clauses that could be read: they exist, but say nothing.
    pub broken: Vec<BrokenRule>,
}

/// What could be read of a rule with syntax errors.
#[derive(Clone, Debug)]
pub struct BrokenRule {
    /// The rule, without the clauses that could not be read.
    pub rule: Rule,
    /// Whether every clause that gives a name was read: what the others say can then be told right from wrong.
    pub names: bool,
}

/// `define name(x, y) = …`: an expression with a name.
#[derive(Clone, Debug)]
pub struct Define {
    /// Its name.
    pub name: Spanned<String>,
    /// Its parameters.
    pub parameters: Vec<Spanned<String>>,
    /// What it stands for.
    pub body: Expression,
    /// The whole definition.
    pub span: Span,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its `///` lines.
    pub doc: Vec<String>,
    /// Its id.
    pub id: Spanned<String>,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// The whole rule.
    pub span: Span,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// The clauses.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `severity error when …`
    Severity(Severity, When),
    /// `tags a, b`
    Tags(Vec<Spanned<String>>),
    /// `cite "law" "article"`
    Cite(Vec<Text>),
    /// `for x in … where …`
    For(Loop),
    /// `let x = …`
    Let(Spanned<String>, Expression),
    /// `where …`
    Where(Expression),
    /// `require …`
    Require(Expression),
    /// `unless …`
    Unless(Expression),
    /// `undetermined note`
    Undetermined(Undecided),
    /// `applies level county, prefecture`
    Applies(Applies),
    /// `param x = …`
    Param(Spanned<String>, Expression),
    /// The title, behind the id or as a clause.
    Title(Language, Text),
    /// `message "…"`
    Message(Language, Text),
    /// `label x "…"`
    Label(Expression, Language, Text),
    /// `help "…"`
    Help(Language, Text),
}

/// To which plans a rule applies.
#[derive(Clone, Debug)]
pub enum Applies {
    /// Those of regions of these levels.
    Level(Vec<Spanned<String>>),
    /// Those of these fields.
    Field(Vec<Spanned<String>>),
    /// Those whose period shares a year with this one.
    Period(Expression, Expression),
}

/// One `for … in … where …`.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The variable.
    pub variable: Spanned<String>,
    /// What it runs over.
    pub source: Expression,
    /// Which of them.
    pub filter: Option<Expression>,
}

/// What an aggregate makes of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after what it is called")]
pub enum Aggregate {
    Sum,
    Count,
    Min,
    Max,
    Mean,
    Any,
    Every,
}

/// When a severity is meant.
#[derive(Clone, Debug)]
pub enum When {
    /// In every case.
    Always,
    /// Where this is true.
    True(Expression),
    /// Where none of the others is.
    Otherwise,
}

/// What becomes of a check that could not be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// It is counted, and shown nowhere.
    Ignored,
    /// It is a finding of this severity.
    Raised(Severity),
}

/// A text with holes.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its parts.
    pub parts: Vec<Part>,
    /// Its place, quotes included.
    pub span: Span,
}

/// A part of a text.
#[derive(Clone, Debug)]
pub enum Part {
    /// Characters as they are.
    Plain(String),
    /// `{expression}`
    Hole(Expression),
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub node: Node,
    /// Its place.
    pub span: Span,
}

/// The expressions.
#[derive(Clone, Debug)]
pub enum Node {
    /// `95%`: digits and unit.
    Number(String, String),
    /// `"…"`
    Text(Text),
    /// A name: a variable, a parameter, a table, an indicator, a word.
    Name(String),
    /// 「…」: an indicator by its printed name.
    Quoted(String),
    /// `x.field`
    Field(Box<Expression>, Spanned<String>),
    /// `f(x, y)`
    Call(Spanned<String>, Vec<Expression>),
    /// `not x`
    Not(Box<Expression>),
    /// `-x`
    Negative(Box<Expression>),
    /// `x and y and z`
    All(Vec<Expression>),
    /// `x or y or z`
    Any(Vec<Expression>),
    /// `x op y`
    Binary(Box<Expression>, Spanned<Operator>, Box<Expression>),
    /// `x is word`, `x is at word`
    Is {
        /// What is asked.
        of: Box<Expression>,
        /// `is at`: about its region's level.
        at: bool,
        /// `is not`
        negated: bool,
        /// The word or indicator.
        what: Spanned<String>,
    },
    /// `if a then b else c`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `sum(x for y in z where …)`
    Aggregate {
        /// What is made of the values.
        aggregate: Spanned<Aggregate>,
        /// The values.
        value: Box<Expression>,
        /// Their weights.
        weight: Option<Box<Expression>>,
        /// What they run over.
        loops: Vec<Loop>,
    },
    /// `a..b`
    Range(Box<Expression>, Box<Expression>),
}

/// The operators of two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after what it is called")]
pub enum Operator {
    Implies,
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
    NoWeaker,
    Weaker,
    Within,
    In,
    AgreesWith,
    StartsWith,
    Contains,
    SubsetOf,
    Union,
    Except,
    Intersect,
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    /// Whether it asks something of its two sides.
    #[must_use]
    pub const fn compares(self) -> bool {
        !matches!(
            self,
            Self::Implies
                | Self::Union
                | Self::Except
                | Self::Intersect
                | Self::Plus
                | Self::Minus
                | Self::Times
                | Self::Over
        )
    }
}
