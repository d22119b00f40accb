//! Expressions: names, fields, calls, words and literals.

use super::operator::other_dimension;
use super::scope::{Resolver, Typed};
use super::typed::{Code, Formula, Template};
use super::wrong;
use crate::bound::Bound;
use crate::problem::Kind as ProblemKind;
use crate::quantity::{Dimension, Number};
use crate::relation::{column, columns_of};
use crate::source::{Span, Spanned};
use crate::syntax::{Expression, Node, Part, Text};
use crate::value::{Amount, Kind, Value};

impl Resolver<'_> {
    /// The typed form of an expression; `None` where something in it is wrong, which is reported.
    pub fn expression(&mut self, expression: &Expression) -> Option<Typed> {
        let span = expression.span;
        match &expression.node {
            Node::Number(digits, unit) => self.number(digits, unit, span),
            Node::Text(text) => {
                let template = self.template(text);
                let code = Code::Text(template?);
                Some(plain(code, Kind::Text, span))
            }
            Node::Name(name) => self.name(name, span),
            Node::Quoted(name) => self.indicator(&Spanned::new(name.clone(), span)),
            Node::Field(of, field) => self.field(of, field, span),
            Node::Call(name, arguments) => self.call(name, arguments, span),
            Node::Not(inner) => {
                let inner = self.truth(inner)?;
                Some(plain(Code::Not(Box::new(inner)), Kind::Truth, span))
            }
            Node::Negative(inner) => self.negative(inner, span),
            Node::All(parts) => {
                let codes = self.truths(parts)?;
                Some(plain(Code::All(codes), Kind::Truth, span))
            }
            Node::Any(parts) => {
                let codes = self.truths(parts)?;
                Some(plain(Code::Any(codes), Kind::Truth, span))
            }
            Node::Binary(left, operator, right) => self.binary(left, operator, right, span),
            Node::Is {
                of,
                at,
                negated,
                what,
            } => {
                let code = self.is(of, *at, what)?;
                let code = if *negated {
                    Code::Not(Box::new(code))
                } else {
                    code
                };
                Some(plain(code, Kind::Truth, span))
            }
            Node::If(condition, yes, no) => self.choice(condition, yes, no, span),
            Node::Aggregate {
                aggregate,
                value,
                weight,
                loops,
            } => self.aggregate(aggregate, value, weight.as_deref(), loops, span),
            Node::Range(..) => {
                let problem = wrong::misplaced_range(span);
                self.wrong(problem)
            }
        }
    }

    /// An expression that must be a truth value.
    pub fn truth(&mut self, expression: &Expression) -> Option<Code> {
        let typed = self.expression(expression)?;
        if typed.kind == Kind::Truth {
            return Some(typed.code);
        }
        let problem = wrong::not_kind(&typed, Kind::Truth);
        self.wrong(problem)
    }

    fn truths(&mut self, parts: &[Expression]) -> Option<Vec<Code>> {
        // All parts are looked at, so that all faults are reported together.
        let codes: Vec<Option<Code>> = parts.iter().map(|part| self.truth(part)).collect();
        codes.into_iter().collect()
    }

    fn choice(
        &mut self,
        condition: &Expression,
        yes: &Expression,
        no: &Expression,
        span: Span,
    ) -> Option<Typed> {
        let condition = self.truth(condition);
        let (yes, no) = (self.expression(yes), self.expression(no));
        let (condition, yes, no) = (condition?, yes?, no?);
        if yes.kind != no.kind {
            let problem = wrong::incomparable(&yes, &no);
            return self.wrong(problem);
        }
        if let Some(problem) = other_dimension(&yes, &no) {
            return self.wrong(problem);
        }
        let kind = yes.kind;
        let dimension = yes.dimension.or(no.dimension);
        let code = Code::If(Box::new(condition), Box::new(yes.code), Box::new(no.code));
        Some(Typed {
            code,
            kind,
            dimension,
            span,
        })
    }

    fn number(&mut self, digits: &str, unit: &str, span: Span) -> Option<Typed> {
        let Some(number) = Number::parse(digits) else {
            let problem = wrong::bad_number(digits, span);
            return self.wrong(problem);
        };
        if unit.is_empty() {
            return Some(plain(
                Code::Constant(Value::Number(number)),
                Kind::Number,
                span,
            ));
        }
        if matches!(unit, "个百分点" | "百分点") {
            let bound = number.times(Number::power_of_ten(-2)).map(Bound::point);
            let percent = self.catalogue.units.find("%");
            return bound.map(|bound| amount(bound, Dimension::ratio(), percent, true, span));
        }
        let units = &self.catalogue.units;
        let Some(found) = units.find(unit) else {
            let unit_span = span.inner(digits.len()..digits.len() + unit.len());
            let problem = wrong::unknown_unit(unit, unit_span, &units.spellings());
            return self.wrong(problem);
        };
        let value = units.factor(found).and_then(|factor| number.times(factor));
        let Some(value) = value else {
            let problem = wrong::bad_number(digits, span);
            return self.wrong(problem);
        };
        let dimension = units.dimension(found).clone();
        Some(amount(
            Bound::point(value),
            dimension,
            Some(found),
            false,
            span,
        ))
    }

    fn field(&mut self, of: &Expression, field: &Spanned<String>, span: Span) -> Option<Typed> {
        let inner = self.expression(of)?;
        let Some(found) = column(inner.kind, &field.value) else {
            let known: Vec<&str> = columns_of(inner.kind).map(|column| column.name).collect();
            let problem = wrong::unknown_field(field, inner.kind, &known);
            return self.wrong(problem);
        };
        let dimension = inner.dimension.filter(|_| found.kind == Kind::Amount);
        let code = Code::Column(Box::new(inner.code), found);
        Some(Typed {
            code,
            kind: found.kind,
            dimension,
            span,
        })
    }

    fn negative(&mut self, inner: &Expression, span: Span) -> Option<Typed> {
        let inner = self.expression(inner)?;
        if !matches!(inner.kind, Kind::Number | Kind::Amount) {
            let problem = wrong::not_kind(&inner, Kind::Amount);
            return self.wrong(problem);
        }
        let code = Code::Negative(Box::new(inner.code));
        Some(Typed {
            code,
            span,
            ..inner
        })
    }

    /// A text with its holes resolved. A fault in a hole is also said to be one of a hole.
    pub fn template(&mut self, text: &Text) -> Option<Template> {
        let mut parts = Vec::new();
        let mut whole = true;
        for part in &text.parts {
            match part {
                Part::Plain(plain) => parts.push(Formula::Plain(plain.clone())),
                Part::Hole(expression) => {
                    let known = self.problems.len();
                    match self.expression(expression) {
                        Some(typed) => parts.push(Formula::Hole(typed.code)),
                        None => whole = false,
                    }
                    for problem in self.problems.iter_mut().skip(known) {
                        problem.kind = ProblemKind::RuleHole;
                    }
                }
            }
        }
        whole.then_some(Template(parts))
    }
}

/// An expression without a dimension.
pub(super) fn plain(code: Code, kind: Kind, span: Span) -> Typed {
    Typed {
        code,
        kind,
        dimension: None,
        span,
    }
}

fn amount(
    bound: Bound,
    dimension: Dimension,
    unit: Option<crate::quantity::UnitUse>,
    difference: bool,
    span: Span,
) -> Typed {
    let value = Value::from(Amount {
        bound,
        dimension: dimension.clone(),
        unit,
        difference,
    });
    Typed {
        code: Code::Constant(value),
        kind: Kind::Amount,
        dimension: Some(dimension),
        span,
    }
}

/// Whether a word column has a word.
pub(super) fn same(column: Code, word: &'static str) -> Code {
    let word = Code::Constant(Value::Word(word));
    Code::Same(Box::new(column), Box::new(word))
}
