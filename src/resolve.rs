//! Names and types settled: from the syntax tree of a rule to a typed rule, every fault with its place.

mod aggregate;
mod applies;
mod clause;
mod define;
mod expression;
mod is;
mod lint;
mod name;
mod operator;
mod scope;
mod source;
mod typed;
mod wrong;

pub use typed::{
    AggregateCode, Arithmetic, Code, Condition, Formula, Label, Line, Require, SetOperator, Slot,
    Source, Step, Template, TypedRule, Weight,
};

use crate::catalogue::Catalogue;
use crate::problem::Problem;
use crate::syntax::{Define, Rule};

/// Resolves a rule, with the definitions of its file. With an error among the problems there is no rule; warnings leave it whole.
#[must_use]
pub fn resolve(
    rule: &Rule,
    defines: &[Define],
    catalogue: &Catalogue,
) -> (Option<TypedRule>, Vec<Problem>) {
    let mut resolver = scope::Resolver::new(catalogue, defines);
    let typed = resolver.rule(rule);
    let problems = resolver.finish();
    let broken = problems
        .iter()
        .any(|problem| problem.kind.severity() == crate::problem::Severity::Error);
    ((!broken).then_some(typed), problems)
}
