//! Which plans a rule's checks read, seen from the plan that its outermost variable stands in.

use crate::relation::{Reach, Table};
use crate::resolve::{Code, Formula, Source, Step, TypedRule};

/// How far a rule reaches: when a plan changes, the checks of the plans that reach it are to be made again.
#[must_use]
pub fn reach(rule: &TypedRule) -> Reach {
    let Some(Step::For {
        source: Source::Table(outermost),
        ..
    }) = rule.steps.first()
    else {
        return Reach::Any;
    };
    if outermost.of_plan.is_none() {
        return Reach::Any;
    }
    let mut whole = Reach::Own;
    let mut add = |reach: Reach| whole = whole.with(reach);
    for step in rule.steps.iter().skip(1) {
        match step {
            Step::For { source, .. } => {
                add(of_source(source));
                if let Source::Relation(_, code) | Source::List(code) = source {
                    add(of(code));
                }
            }
            Step::Let { code, .. } => add(of(code)),
            Step::Where(all) => {
                for condition in all {
                    add(of(&condition.code));
                }
            }
        }
    }
    let conditions = rule.severities.iter();
    let conditions = conditions.filter_map(|weight| weight.when.as_ref());
    let labels = rule.labels.iter().map(|label| &label.of);
    let requires = rule.requires.iter().map(|require| &require.code);
    for code in requires.chain(conditions).chain(labels) {
        add(of(code));
    }
    whole
}

/// Whether a rule reads plans of other regions without a variable that stands for them: a sum over siblings, say. What it
/// then tells of them shows in none of its variables.
#[must_use]
pub fn reads_others_unnamed(rule: &TypedRule) -> bool {
    let of_steps = rule.steps.iter().flat_map(|step| -> Vec<&Code> {
        match step {
            Step::For {
                source: Source::Relation(_, code) | Source::List(code),
                ..
            }
            | Step::Let { code, .. } => vec![code],
            Step::For { .. } => Vec::new(),
            Step::Where(all) => all.iter().map(|condition| &condition.code).collect(),
        }
    });
    let conditions = rule.severities.iter();
    let conditions = conditions.filter_map(|weight| weight.when.as_ref());
    let labels = rule.labels.iter();
    let lines = labels.clone().map(|label| &label.text);
    let lines = lines.chain([&rule.title, &rule.message, &rule.help]);
    let templates = lines.flat_map(|line| [&line.zh, &line.en]).flatten();
    let holes = templates.flat_map(|template| &template.0);
    let holes = holes.filter_map(|formula| match formula {
        Formula::Hole(code) => Some(code),
        Formula::Plain(_) => None,
    });
    let requires = rule.requires.iter().map(|require| &require.code);
    let all = of_steps
        .chain(conditions)
        .chain(labels.map(|label| &label.of));
    let mut all = all.chain(requires).chain(holes);
    all.any(|code| matches!(of(code), Reach::Beside | Reach::Any))
}

/// The reach of an expression and of all that it is made of.
fn of(code: &Code) -> Reach {
    let mut sources = Reach::Own;
    let mut parts = Reach::Own;
    code.walk(
        &mut |part| parts = parts.with(of_code(part)),
        &mut |source| sources = sources.with(of_source(source)),
    );
    parts.with(sources)
}

fn of_code(code: &Code) -> Reach {
    match code {
        Code::Column(_, column) => column.reach,
        Code::Answers(relation, _) => relation.reach,
        Code::Table(table) => of_table(table),
        _ => Reach::Own,
    }
}

fn of_source(source: &Source) -> Reach {
    match source {
        Source::Table(table) => of_table(table),
        Source::Relation(relation, _) => relation.reach,
        Source::List(_) => Reach::Own,
    }
}

/// What is in no plan changes with none.
fn of_table(table: &Table) -> Reach {
    if table.of_plan.is_some() {
        Reach::Any
    } else {
        Reach::Own
    }
}
