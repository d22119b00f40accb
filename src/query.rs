//! Typed rule to query: each condition asked as early as what it reads is known, each table by an index where
//! a condition names the indicator.

mod reach;

pub use reach::reach;

use crate::catalogue::IndicatorId;
use crate::facts::FigureSet;
use crate::relation::Table;
use crate::resolve::{Code, Condition, Source, Step, TypedRule};
use crate::source::Span;

/// A rule in join order.
#[derive(Debug)]
pub struct Query<'r> {
    /// The rule.
    pub rule: &'r TypedRule,
    /// The stages, in the order of the rule's own clauses.
    pub stages: Vec<Stage<'r>>,
    /// The conditions.
    pub conditions: Vec<Asked<'r>>,
}

/// A stage.
#[derive(Debug)]
pub struct Stage<'r> {
    /// What it does.
    pub action: Action<'r>,
    /// The conditions that can first be asked behind it.
    pub asks: Vec<usize>,
}

/// What a stage does.
#[derive(Debug)]
pub enum Action<'r> {
    /// Runs a variable over something.
    For(usize, Access<'r>, Span),
    /// Gives a variable a value.
    Let(usize, &'r Code, Span),
    /// The place where a `where` stands: a condition still undecided here makes the check undetermined.
    Where,
}

/// How a variable's values are found.
#[derive(Debug)]
pub enum Access<'r> {
    /// All of a table.
    Scan(&'static Table),
    /// The figures of one indicator.
    ByIndicator(&'static Table, IndicatorId),
    /// The figures of one indicator that a plan lists.
    OfPlan(&'r Code, FigureSet, IndicatorId),
    /// What a relation answers.
    Relation(&'static crate::relation::Relation, &'r Code),
    /// A list.
    List(&'r Code),
}

/// One part of a `where`.
#[derive(Debug)]
pub struct Asked<'r> {
    /// What must hold.
    pub condition: &'r Condition,
    /// The stage of its `where`.
    pub home: usize,
}

/// Lays a rule out.
///
/// Conditions only ever move forward to prune: an undecided one waits for its own `where`, so that the checks a
/// rule makes are those its text says, whatever the order they are asked in.
#[must_use]
pub fn plan_query(rule: &TypedRule) -> Query<'_> {
    let mut stages: Vec<Stage<'_>> = Vec::with_capacity(rule.steps.len());
    let mut conditions: Vec<Asked<'_>> = Vec::new();
    for (home, step) in rule.steps.iter().enumerate() {
        let action = match step {
            Step::For { slot, source, span } => {
                Action::For(*slot, access(*slot, source, &rule.steps), *span)
            }
            Step::Let { slot, code, span } => Action::Let(*slot, code, *span),
            Step::Where(all) => {
                conditions.extend(all.iter().map(|condition| Asked { condition, home }));
                Action::Where
            }
        };
        stages.push(Stage {
            action,
            asks: Vec::new(),
        });
    }
    for (number, asked) in conditions.iter().enumerate() {
        let at = earliest(&asked.condition.code, &rule.steps).min(asked.home);
        if let Some(stage) = stages.get_mut(at) {
            stage.asks.push(number);
        }
    }
    Query {
        rule,
        stages,
        conditions,
    }
}

/// The first stage behind which all that a condition reads is known.
fn earliest(code: &Code, steps: &[Step]) -> usize {
    let mut latest = 0;
    code.slots(&mut |slot| {
        let binds = |step: &Step| match step {
            Step::For { slot: bound, .. } | Step::Let { slot: bound, .. } => *bound == slot,
            Step::Where(_) => false,
        };
        if let Some(at) = steps.iter().position(binds) {
            latest = latest.max(at);
        }
    });
    latest
}

fn access<'r>(slot: usize, source: &'r Source, steps: &[Step]) -> Access<'r> {
    match source {
        Source::Table(table) => match indicator_of(slot, steps) {
            Some(indicator) if table.set.is_some() => Access::ByIndicator(table, indicator),
            _ => Access::Scan(table),
        },
        Source::Relation(relation, code) => Access::Relation(relation, code),
        Source::List(code) => match (code, indicator_of(slot, steps)) {
            (Code::Column(plan, column), Some(indicator)) => match column.set {
                Some(set) => Access::OfPlan(plan, set, indicator),
                None => Access::List(code),
            },
            _ => Access::List(code),
        },
    }
}

/// The indicator that some condition says a variable is of.
fn indicator_of(slot: usize, steps: &[Step]) -> Option<IndicatorId> {
    let conditions = steps.iter().filter_map(|step| match step {
        Step::Where(conditions) => Some(conditions),
        _ => None,
    });
    let codes = conditions.flatten().map(|condition| &condition.code);
    codes.into_iter().find_map(|code| match code {
        Code::IsIndicator(of, indicator) => match &**of {
            Code::Column(figure, column) if column.name == "indicator" => match **figure {
                Code::Slot(of) if of == slot => Some(*indicator),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}
