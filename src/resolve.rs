//! Names and types settled: from the syntax tree of a rule to a typed rule, every fault with its place.

mod clause;
mod expression;
mod operator;
mod scope;
mod typed;
mod wrong;

pub use typed::{
    Arithmetic, Code, Formula, Label, Line, Require, Slot, Source, Step, Template, TypedRule,
    Weight,
};

use crate::catalogue::Catalogue;
use crate::problem::Problem;
use crate::syntax::Rule;

/// Resolves a rule. With an error among the problems there is no rule; warnings leave it whole.
#[must_use]
pub fn resolve(rule: &Rule, catalogue: &Catalogue) -> (Option<TypedRule>, Vec<Problem>) {
    let mut resolver = scope::Resolver::new(catalogue);
    let typed = resolver.rule(rule);
    let problems = resolver.finish();
    let broken = problems
        .iter()
        .any(|problem| problem.kind.severity() == crate::problem::Severity::Error);
    ((!broken).then_some(typed), problems)
}
