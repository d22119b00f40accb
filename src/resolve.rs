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
mod words;
mod wrong;

pub use typed::{
    AggregateCode, Arithmetic, Code, Condition, Formula, Label, Line, Require, SetOperator, Slot,
    Source, Step, Template, TypedRule, Weight,
};

use crate::catalogue::Catalogue;
use crate::problem::{Problem, Severity};
use crate::syntax::{BrokenRule, Define, Rule};

/// A rule resolved.
#[derive(Debug)]
pub struct Resolved {
    /// The rule; none where an error is among the problems. Warnings leave it whole.
    pub rule: Option<TypedRule>,
    /// The definitions that it uses, by their places.
    pub defines: Vec<usize>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Resolves a rule, with the definitions of its file.
#[must_use]
pub fn resolve(rule: &Rule, defines: &[Define], catalogue: &Catalogue) -> Resolved {
    let mut resolver = scope::Resolver::new(catalogue, defines);
    let typed = resolver.rule(rule);
    let problems = resolver.problems;
    let error = |problem: &Problem| problem.kind.severity() == Severity::Error;
    Resolved {
        rule: (!problems.iter().any(error)).then_some(typed),
        defines: resolver.used_defines,
        problems,
    }
}

/// The errors of names and kinds in what could be read of a rule with syntax errors.
#[must_use]
pub fn check_broken(
    broken: &BrokenRule,
    defines: &[Define],
    catalogue: &Catalogue,
) -> Vec<Problem> {
    if !broken.names {
        return Vec::new();
    }
    let mut resolver = scope::Resolver::new(catalogue, defines);
    resolver.clauses(&broken.rule);
    let mut problems = resolver.problems;
    problems.retain(|problem| problem.kind.severity() == Severity::Error);
    problems
}

/// What is wrong with the definitions of a file themselves; those that no rule uses among it.
#[must_use]
pub fn check_definitions(defines: &[Define], used: &[usize]) -> Vec<Problem> {
    let unused = defines.iter().enumerate();
    let unused = unused.filter(|(at, _)| !used.contains(at));
    let unused = unused.map(|(_, define)| define::unused_definition(&define.name));
    define::faults(defines).into_iter().chain(unused).collect()
}
