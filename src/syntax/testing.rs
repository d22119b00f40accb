//! The tree of a `test` block.

use crate::source::{Span, Spanned};

/// A `test` block.
#[derive(Clone, Debug)]
pub struct TestBlock {
    /// Its name.
    pub name: Spanned<String>,
    /// Rules of other files that it runs too.
    pub rules: Vec<Spanned<String>>,
    /// Its region tree.
    pub regions: Vec<TestRegion>,
    /// Its plans.
    pub plans: Vec<TestPlan>,
    /// What it expects.
    pub expects: Vec<Expect>,
    /// The whole block.
    pub span: Span,
}

/// A region and those below it.
#[derive(Clone, Debug)]
pub struct TestRegion {
    /// Its name.
    pub name: Spanned<String>,
    /// Its level.
    pub level: Spanned<String>,
    /// The regions below.
    pub children: Vec<TestRegion>,
}

/// A plan.
#[derive(Clone, Debug)]
pub struct TestPlan {
    /// Its region's name.
    pub region: Spanned<String>,
    /// The words behind it: `2021..2025`, `draft`, `field education`.
    pub options: Vec<Spanned<String>>,
    /// What it says.
    pub entries: Vec<TestEntry>,
}

/// A line of a plan.
#[derive(Clone, Debug)]
pub struct TestEntry {
    /// The words before the colon.
    pub head: Vec<Spanned<String>>,
    /// What stands behind it.
    pub value: Spanned<String>,
}

/// What a test expects.
#[derive(Clone, Debug)]
pub struct Expect {
    /// What of it.
    pub kind: ExpectKind,
    /// Whether exactly one finding fits, not one or more.
    pub once: bool,
    /// By which rule; any rule for `nothing`.
    pub rule: Option<Spanned<String>>,
    /// At which region, then of which indicator, then for which year.
    pub at: Vec<Spanned<String>>,
    /// Values that its labels show.
    pub with: Vec<Spanned<String>>,
    /// A part of the reason.
    pub because: Option<Spanned<String>>,
    /// The whole line.
    pub span: Span,
}

/// The kinds of expectations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectKind {
    /// A violation.
    Violated,
    /// A check that could not be decided.
    Undetermined,
    /// No violation.
    Nothing,
}
