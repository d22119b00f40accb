//! Typed rule to query: each condition asked as early as what it reads is known, each table by an index where
//! a condition names the indicator.

mod alike;
mod compile;
mod indicator;
mod keeps;
pub mod quick;
mod reach;
mod shortcut;

pub use keeps::{Needs, Reads, keeps_indicator, reads};
pub use reach::{reach, reads_others_unnamed};

use crate::bound::Order;
use crate::facts::{Alike, Field, Section};
use crate::relation::{Relation, Table};
use crate::resolve::{Code, Condition, Source, Step, TypedRule};
use crate::source::Span;

use compile::Compiler;
use quick::{Figures, Quick, Read};

/// A rule in join order.
#[derive(Debug)]
pub struct Query<'r> {
    /// The rule.
    pub rule: &'r TypedRule,
    /// The stages, in the order of the rule's own clauses.
    pub stages: Vec<Stage<'r>>,
    /// The conditions.
    pub conditions: Vec<Asked<'r>>,
    /// What is required, each the quick way where it has one.
    pub requires: Vec<Option<Quick<'r>>>,
    /// When its severities apply, each the quick way where it has one.
    pub severities: Vec<Option<Quick<'r>>>,
    /// In what outermost values are alike for whom its checks come out the same, if there are any.
    pub alike: Option<Alike>,
}

impl Query<'_> {
    /// Whether nothing is done behind a stage.
    #[must_use]
    pub fn is_last(&self, at: usize) -> bool {
        let behind = self.stages.get(at + 1);
        behind.is_none_or(|stage| stage.next == self.stages.len())
    }
}

/// A stage.
#[derive(Debug)]
pub struct Stage<'r> {
    /// What it does.
    pub action: Action<'r>,
    /// The conditions that can first be asked behind it.
    pub asks: Vec<usize>,
    /// The first stage from this one on that does something where nothing is pending.
    pub next: usize,
    /// Whether nothing comes behind it but variables that are read and conditions.
    pub innermost: bool,
    /// Those of its conditions that read no variable but its own.
    pub own: Vec<usize>,
    /// The variable whose value its own surely is not, where one of its conditions wants that: of another year.
    pub apart: Option<usize>,
    /// Whether the one requirement reads only what was bound before it.
    pub foretold: bool,
}

/// What a stage does.
#[derive(Debug)]
pub enum Action<'r> {
    /// Runs a variable over something.
    For(usize, Access<'r>, Span),
    /// Gives a variable a value.
    Let(usize, Given<'r>, Span),
    /// The place where a `where` stands: a condition still undecided here makes the check undetermined.
    Where,
}

/// How a variable's values are found.
#[derive(Debug)]
pub enum Access<'r> {
    /// All of a table.
    Scan(&'static Table),
    /// The figures of one indicator; all of the table where it is unknown which.
    ByIndicator(&'static Table, Read<'r>),
    /// Figures that plans list; the list where it is unknown which plans.
    Figures(Figures<'r>, &'r Code),
    /// What a relation answers.
    Relation(&'static Relation, Given<'r>),
    /// A section of a plan; the list where it is unknown of which plan.
    Entries(Read<'r>, Section, &'r Code),
    /// A list.
    List(&'r Code),
}

/// An expression, and how it is read where that takes no working out.
#[derive(Debug)]
pub struct Given<'r> {
    /// The expression.
    pub code: &'r Code,
    /// How it is read.
    pub read: Option<Read<'r>>,
    /// Whether the quick ways look through it: its value is needed for the general way only.
    pub looked_through: bool,
}

/// One part of a `where`.
#[derive(Debug)]
pub struct Asked<'r> {
    /// What must hold.
    pub condition: &'r Condition,
    /// The stage of its `where`.
    pub home: usize,
    /// The same the quick way, where it has one.
    pub quick: Option<Quick<'r>>,
    /// The variable of whose figures it reads nothing but the indicator, and nothing else: the answer is then the
    /// same for all of one indicator.
    pub of_indicator: Option<usize>,
}

/// Lays a rule out.
///
/// Conditions only ever move forward to prune: an undecided one waits for its own `where`, so that the checks a
/// rule makes are those its text says, whatever the order they are asked in.
#[must_use]
pub fn plan_query(rule: &TypedRule) -> Query<'_> {
    lay_out(rule, Some(Compiler::new(rule)))
}

/// Lays a rule out without any index and without the quick way: slow, and with the same checks in the same order.
#[must_use]
pub fn plan_query_plainly(rule: &TypedRule) -> Query<'_> {
    lay_out(rule, None)
}

fn lay_out<'r>(rule: &'r TypedRule, compiler: Option<Compiler<'_, 'r>>) -> Query<'r> {
    let mut stages: Vec<Stage<'_>> = Vec::with_capacity(rule.steps.len());
    let mut conditions: Vec<Asked<'_>> = Vec::new();
    let quick = |code| compiler.and_then(|compiler| compiler.quick(code));
    let given = |code| Given {
        code,
        read: compiler.and_then(|compiler| compiler.read(code)),
        looked_through: compiler.is_some_and(|compiler| compiler.looks_through(code)),
    };
    for (home, step) in rule.steps.iter().enumerate() {
        let action = match step {
            Step::For { slot, source, span } => {
                let access = match source {
                    Source::Relation(relation, code) => Access::Relation(relation, given(code)),
                    Source::Table(table) => by_indicator(table, *slot, home, rule, compiler)
                        .unwrap_or(Access::Scan(table)),
                    Source::List(code) => listed(code, *slot, home, rule, compiler),
                };
                Action::For(*slot, access, *span)
            }
            Step::Let { slot, code, span } => Action::Let(*slot, given(code), *span),
            Step::Where(all) => {
                conditions.extend(all.iter().map(|condition| Asked {
                    condition,
                    home,
                    quick: quick(&condition.code),
                    of_indicator: compiler.and(indicator::alone(&condition.code, rule)),
                }));
                Action::Where
            }
        };
        stages.push(Stage {
            action,
            asks: Vec::new(),
            next: home,
            innermost: false,
            own: Vec::new(),
            apart: None,
            foretold: false,
        });
    }
    for (number, asked) in conditions.iter().enumerate() {
        let at = earliest(&asked.condition.code, &rule.steps).min(asked.home);
        if let Some(stage) = stages.get_mut(at) {
            stage.asks.push(number);
        }
    }
    look_ahead(&mut stages);
    look_around(&mut stages, &conditions, rule);
    let requires = rule.requires.iter();
    let severities = rule.severities.iter();
    Query {
        rule,
        stages,
        conditions,
        requires: requires.map(|require| quick(&require.code)).collect(),
        severities: severities
            .map(|weight| quick(weight.when.as_ref()?))
            .collect(),
        alike: compiler.and_then(|_| alike::alike(rule)),
    }
}

/// Notes at each loop what its conditions and the requirement read.
fn look_around(stages: &mut [Stage<'_>], conditions: &[Asked<'_>], rule: &TypedRule) {
    for (at, stage) in stages.iter_mut().enumerate() {
        let Action::For(slot, ..) = stage.action else {
            continue;
        };
        let reads_own = |number: &usize| {
            let asked = conditions.get(*number);
            asked.is_some_and(|asked| reads_only(&asked.condition.code, slot, rule))
        };
        stage
            .own
            .extend(stage.asks.iter().copied().filter(reads_own));
        let mut asks = stage
            .asks
            .iter()
            .filter_map(|number| conditions.get(*number));
        stage.apart = asks.find_map(|asked| other_year(&asked.condition.code, slot));
        stage.foretold = match rule.requires.as_slice() {
            [require] => earliest(&require.code, &rule.steps) < at,
            _ => false,
        };
    }
}

/// Notes at each stage what comes behind it.
fn look_ahead(stages: &mut [Stage<'_>]) {
    let mut next = stages.len();
    let mut innermost = true;
    for (at, stage) in stages.iter_mut().enumerate().rev() {
        stage.innermost = innermost;
        innermost &= match &stage.action {
            Action::For(..) => false,
            Action::Let(_, given, _) => given.read.is_some(),
            Action::Where => true,
        };
        // Nothing is left to ask at a `where` whose conditions were all asked before.
        if !matches!(stage.action, Action::Where) || !stage.asks.is_empty() {
            next = at;
        }
        stage.next = next;
    }
}

/// The first stage behind which all that a condition reads is known.
fn earliest(code: &Code, steps: &[Step]) -> usize {
    let mut latest = 0;
    code.slots(&mut |slot| {
        if let Some(at) = binding(slot, steps) {
            latest = latest.max(at);
        }
    });
    latest
}

/// The variable that a condition wants another year of than that of this one: every figure has a year.
fn other_year(code: &Code, slot: usize) -> Option<usize> {
    let year_of = |code: &Code| match code {
        Code::Column(of, column) if column.field == Some(Field::Year) => match **of {
            Code::Slot(of) => Some(of),
            _ => None,
        },
        _ => None,
    };
    let Code::Compare(Order::Below | Order::Above | Order::Unequal, left, right) = code else {
        return None;
    };
    match (year_of(left)?, year_of(right)?) {
        (own, other) | (other, own) if own == slot => Some(other),
        _ => None,
    }
}

/// Whether an expression reads no variable but this one.
fn reads_only(code: &Code, slot: usize, rule: &TypedRule) -> bool {
    let mut only = true;
    code.slots(&mut |read| {
        let read_of = rule.slots.get(read);
        only &= read == slot || read_of.is_some_and(|slot| slot.parameter.is_some());
    });
    only
}

/// The step that binds a variable; none binds a parameter.
fn binding(slot: usize, steps: &[Step]) -> Option<usize> {
    steps.iter().position(|step| match step {
        Step::For { slot: bound, .. } | Step::Let { slot: bound, .. } => *bound == slot,
        Step::Where(_) => false,
    })
}

fn by_indicator<'r>(
    table: &'static Table,
    slot: usize,
    at: usize,
    rule: &'r TypedRule,
    compiler: Option<Compiler<'_, 'r>>,
) -> Option<Access<'r>> {
    let _ = table.set?;
    let indicator = indicator_of(slot, at, &rule.steps, compiler?)?;
    Some(Access::ByIndicator(table, indicator))
}

/// What a list is gone through by.
fn listed<'r>(
    code: &'r Code,
    slot: usize,
    at: usize,
    rule: &'r TypedRule,
    compiler: Option<Compiler<'_, 'r>>,
) -> Access<'r> {
    let figures = figures(code, slot, at, rule, compiler);
    let listed = figures.or_else(|| entries(code, compiler));
    listed.unwrap_or(Access::List(code))
}

fn figures<'r>(
    code: &'r Code,
    slot: usize,
    at: usize,
    rule: &'r TypedRule,
    compiler: Option<Compiler<'_, 'r>>,
) -> Option<Access<'r>> {
    let compiler = compiler?;
    let parts = compiler.listed(code)?;
    let by = indicator_of(slot, at, &rule.steps, compiler);
    Some(Access::Figures(Figures { parts, by }, code))
}

fn entries<'r>(code: &'r Code, compiler: Option<Compiler<'_, 'r>>) -> Option<Access<'r>> {
    match code {
        Code::Column(of, column) => {
            let plan = compiler?.read(of)?;
            Some(Access::Entries(plan, column.section?, code))
        }
        _ => None,
    }
}

/// The indicator that some condition says a variable is of, where it is known before the variable is bound: the
/// condition is then asked as soon as the variable is, and false of every other figure.
fn indicator_of<'r>(
    slot: usize,
    at: usize,
    steps: &'r [Step],
    compiler: Compiler<'_, 'r>,
) -> Option<Read<'r>> {
    let conditions = steps.iter().filter_map(|step| match step {
        Step::Where(conditions) => Some(conditions),
        _ => None,
    });
    let codes = conditions.flatten().map(|condition| &condition.code);
    compiler.indicator(slot, codes, &|other| {
        binding(other, steps).is_none_or(|bound| bound < at)
    })
}
