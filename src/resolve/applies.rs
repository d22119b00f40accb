//! `applies`: to which plans a rule applies, as a condition on the plan of its first variable.

use super::expression::same;
use super::scope::Resolver;
use super::typed::{Code, Condition, Step, TypedRule};
use super::wrong;
use crate::bound::Order;
use crate::relation::column;
use crate::source::{Span, Spanned};
use crate::syntax::{Applies, Expression};
use crate::value::{Kind, Value, vocabulary};

/// The plan of the first variable.
#[derive(Clone, Copy)]
struct First {
    slot: usize,
    kind: Kind,
}

impl First {
    fn plan(self) -> Option<Code> {
        match self.kind {
            Kind::Plan => Some(Code::Slot(self.slot)),
            kind => {
                let plan = column(kind, "plan")?;
                Some(Code::Column(Box::new(Code::Slot(self.slot)), plan))
            }
        }
    }

    fn column(self, name: &str) -> Option<Code> {
        let plan = self.plan()?;
        Some(Code::Column(Box::new(plan), column(Kind::Plan, name)?))
    }

    fn level(self) -> Option<Code> {
        let region = self.column("region")?;
        Some(Code::Column(
            Box::new(region),
            column(Kind::Region, "level")?,
        ))
    }
}

impl Resolver<'_> {
    pub fn applies(&mut self, applies: &Applies, span: Span, typed: &mut TypedRule) {
        let is_loop = |step: &Step| matches!(step, Step::For { .. });
        let at = typed.steps.iter().position(is_loop);
        let Some((at, Step::For { slot, .. })) = at.and_then(|at| Some((at, typed.steps.get(at)?)))
        else {
            return;
        };
        let kind = self.slots.get(*slot).map_or(Kind::Plan, |slot| slot.kind);
        let first = First { slot: *slot, kind };
        let conditions = match applies {
            Applies::Level(words) => self.levels(first, words).map(|any| vec![any]),
            Applies::Field(words) => fields(first, words).map(|any| vec![any]),
            Applies::Period(from, to) => {
                let (from, to) = (self.year(from), self.year(to));
                from.zip(to).and_then(|(from, to)| period(first, from, to))
            }
        };
        if let Some(conditions) = conditions {
            let conditions = conditions.into_iter().map(|code| Condition {
                code,
                span,
                negated: false,
            });
            typed
                .steps
                .insert(at + 1, Step::Where(conditions.collect()));
        }
    }

    fn levels(&mut self, first: First, words: &[Spanned<String>]) -> Option<Code> {
        let mut any = Vec::new();
        for word in words {
            let known = vocabulary::LEVEL
                .words
                .iter()
                .find(|known| **known == word.value);
            if let Some(known) = known {
                any.push(same(first.level()?, known));
            } else {
                let problem = wrong::no_word(word, &vocabulary::LEVEL);
                self.problems.push(problem);
            }
        }
        Some(Code::Any(any))
    }

    /// A year written out.
    fn year(&mut self, expression: &Expression) -> Option<Code> {
        let typed = self.expression(expression)?;
        if typed.kind == Kind::Number {
            return Some(typed.code);
        }
        let problem = wrong::not_kind(&typed, Kind::Year);
        self.wrong(problem)
    }
}

fn fields(first: First, words: &[Spanned<String>]) -> Option<Code> {
    let each = words.iter().map(|word| {
        let field = Code::Constant(Value::Text(word.value.clone()));
        Some(Code::Same(
            Box::new(first.column("field")?),
            Box::new(field),
        ))
    });
    each.collect::<Option<Vec<Code>>>().map(Code::Any)
}

/// Some year of the plan's period lies in the one given.
fn period(first: First, from: Code, to: Code) -> Option<Vec<Code>> {
    let order = |name: &str, order, year| {
        let own = Box::new(first.column(name)?);
        Some(Code::Compare(order, own, Box::new(year)))
    };
    let starts = order("from", Order::AtMost, to)?;
    let ends = order("to", Order::AtLeast, from)?;
    Some(vec![starts, ends])
}
