//! Small changes to a rule, each of which a test should notice.

use crate::quantity::Number;
use crate::source::Span;
use crate::syntax::{ClauseKind, Expression, Loop, Node, Operator, Rule};

/// What holds of everything, and what of nothing, in the language.
const ALWAYS: &str = "1 = 1";
const NEVER: &str = "1 = 2";

/// A change to a rule's text.
#[derive(Clone, Debug)]
pub(super) struct Mutant {
    /// What is changed.
    pub span: Span,
    /// To what; where it is `None`, to its opposite.
    pub replacement: Option<String>,
}

/// The changes to a rule: each comparison of a requirement the other way and its end in or out, each condition left out,
/// each number of a parameter one more and one less.
pub(super) fn mutants(rule: &Rule) -> Vec<Mutant> {
    let mut found = Vec::new();
    for clause in &rule.clauses {
        match &clause.kind {
            ClauseKind::Require(expression) => {
                expression.walk(&mut |part| compared(part, &mut found));
            }
            ClauseKind::Where(condition) => dropped(condition, ALWAYS, &mut found),
            ClauseKind::For(Loop {
                filter: Some(filter),
                ..
            }) => dropped(filter, ALWAYS, &mut found),
            ClauseKind::Unless(condition) => dropped(condition, NEVER, &mut found),
            ClauseKind::Param(_, value) => value.walk(&mut |part| shifted(part, &mut found)),
            _ => (),
        }
    }
    found
}

/// A comparison the other way; one of order with its end in or out.
fn compared(part: &Expression, found: &mut Vec<Mutant>) {
    let operator = match &part.node {
        Node::Is { .. } => None,
        Node::Binary(_, operator, _) if operator.value.compares() => Some(operator),
        _ => return,
    };
    found.push(Mutant {
        span: part.span,
        replacement: None,
    });
    let other_end = operator.and_then(|operator| match operator.value {
        Operator::AtMost => Some((operator.span, "<")),
        Operator::Below => Some((operator.span, "<=")),
        Operator::AtLeast => Some((operator.span, ">")),
        Operator::Above => Some((operator.span, ">=")),
        _ => None,
    });
    found.extend(other_end.map(|(span, end)| Mutant {
        span,
        replacement: Some(end.to_owned()),
    }));
}

/// A condition left out; of several joined by `and`, each by itself.
fn dropped(condition: &Expression, by: &str, found: &mut Vec<Mutant>) {
    if let Node::All(parts) = &condition.node {
        for part in parts {
            dropped(part, by, found);
        }
        return;
    }
    found.push(Mutant {
        span: condition.span,
        replacement: Some(by.to_owned()),
    });
}

/// A number one more, and one less.
fn shifted(part: &Expression, found: &mut Vec<Mutant>) {
    let Node::Number(digits, unit) = &part.node else {
        return;
    };
    let Some(number) = Number::parse(digits) else {
        return;
    };
    let moved = [number.plus(Number::ONE), number.minus(Number::ONE)];
    found.extend(moved.into_iter().flatten().map(|number| Mutant {
        span: part.span,
        replacement: Some(format!("{number}{unit}")),
    }));
}
