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
    let (codes, sources) = parts(rule);
    let codes = codes.into_iter().map(of);
    let sources = sources.into_iter().skip(1).map(of_source);
    codes.chain(sources).fold(Reach::Own, Reach::with)
}

/// All expressions of a rule, those of what its findings say too, and what its variables run over.
pub(super) fn parts(rule: &TypedRule) -> (Vec<&Code>, Vec<&Source>) {
    let (mut codes, mut sources): (Vec<&Code>, Vec<&Source>) = (Vec::new(), Vec::new());
    for step in &rule.steps {
        match step {
            Step::For { source, .. } => {
                sources.push(source);
                if let Source::Relation(_, code) | Source::List(code) = source {
                    codes.push(code);
                }
            }
            Step::Let { code, .. } => codes.push(code),
            Step::Where(all) => codes.extend(all.iter().map(|condition| &condition.code)),
        }
    }
    let conditions = rule.severities.iter();
    codes.extend(conditions.filter_map(|weight| weight.when.as_ref()));
    codes.extend(rule.labels.iter().map(|label| &label.of));
    codes.extend(rule.requires.iter().map(|require| &require.code));
    codes.extend(holes(rule));
    (codes, sources)
}

/// What the texts of a rule's findings read.
fn holes(rule: &TypedRule) -> impl Iterator<Item = &Code> {
    let lines = rule.labels.iter().map(|label| &label.text);
    let lines = lines.chain([&rule.title, &rule.message, &rule.help]);
    let templates = lines.flat_map(|line| [&line.zh, &line.en]).flatten();
    let formulas = templates.flat_map(|template| &template.0);
    formulas.filter_map(|formula| match formula {
        Formula::Hole(code) => Some(code),
        Formula::Plain(_) => None,
    })
}

/// Whether a rule reads plans of other regions without a variable that stands for them: a sum over siblings, say. What it
/// then tells of them shows in none of its variables.
#[must_use]
pub fn reads_others_unnamed(rule: &TypedRule) -> bool {
    let (codes, _) = parts(rule);
    let unnamed = |code: &Code| matches!(of(code), Reach::Beside | Reach::Any);
    codes.into_iter().any(unnamed)
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
