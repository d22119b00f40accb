//! Expressions: names, fields, calls, words and literals.

use super::scope::{Resolver, Typed};
use super::typed::{Code, Formula, Template};
use super::wrong;
use crate::bound::Bound;
use crate::builtin;
use crate::problem::Kind as ProblemKind;
use crate::quantity::{Dimension, Number};
use crate::relation::{RELATIONS, TABLES, TESTS, column, columns_of};
use crate::source::{Span, Spanned};
use crate::syntax::{Expression, Node, Part, Text};
use crate::value::{Amount, Kind, Value, vocabulary};

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

    fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        if let Some((slot, kind)) = self.slot(name) {
            let dimension = self.slot_dimension(slot);
            return Some(Typed {
                code: Code::Slot(slot),
                kind,
                dimension,
                span,
            });
        }
        if matches!(name, "true" | "false") {
            let truth = Value::Truth((name == "true").into());
            return Some(plain(Code::Constant(truth), Kind::Truth, span));
        }
        if let Some(id) = self.catalogue.find(name) {
            let code = Code::Constant(Value::Indicator(id));
            return Some(plain(code, Kind::Indicator, span));
        }
        let known: Vec<String> = self
            .slots
            .iter()
            .map(|slot| slot.name.value.clone())
            .collect();
        let known = known.iter().map(String::as_str);
        let tables = TABLES.iter().map(|table| table.name);
        let all: Vec<&str> = known.chain(tables).chain(self.catalogue.ids()).collect();
        let problem = wrong::unknown_name(name, span, &all);
        self.wrong(problem)
    }

    /// What is known before running of the dimension of a slot: that of its parameter, or of the indicator it is
    /// known to be of.
    fn slot_dimension(&self, slot: usize) -> Option<Dimension> {
        if let Some(Some(Value::Amount(amount))) = self.slots.get(slot).map(|slot| &slot.parameter)
        {
            return Some(amount.dimension.clone());
        }
        let indicator = *self.indicators.get(&slot)?;
        let unit = self.catalogue.get(indicator).unit;
        Some(self.catalogue.units.dimension(unit).clone())
    }

    pub fn indicator(&mut self, name: &Spanned<String>) -> Option<Typed> {
        if let Some(id) = self.catalogue.find(&name.value) {
            let code = Code::Constant(Value::Indicator(id));
            Some(plain(code, Kind::Indicator, name.span))
        } else {
            let known: Vec<&str> = self.catalogue.spellings().collect();
            let problem = wrong::unknown_indicator(name, &known);
            self.wrong(problem)
        }
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

    fn call(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Expression],
        span: Span,
    ) -> Option<Typed> {
        let Some(found) = builtin::ALL
            .iter()
            .find(|builtin| builtin.name == name.value)
        else {
            let relation = RELATIONS.iter().any(|relation| relation.name == name.value);
            let problem = if relation {
                wrong::relation_outside_for(name)
            } else {
                let known: Vec<&str> = builtin::ALL.iter().map(|builtin| builtin.name).collect();
                wrong::unknown_function(name, &known)
            };
            return self.wrong(problem);
        };
        if arguments.len() != found.parameters.len() {
            let problem = wrong::argument_count(name, found.parameters.len(), arguments.len());
            return self.wrong(problem);
        }
        let typed: Vec<Option<Typed>> =
            arguments.iter().map(|part| self.expression(part)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        let dimension = typed.first().and_then(|first| first.dimension.clone());
        let mut codes = Vec::new();
        for (argument, kinds) in typed.into_iter().zip(found.parameters) {
            if !kinds.contains(&argument.kind) {
                let wanted = kinds.first().copied().unwrap_or(Kind::Figure);
                let problem = wrong::not_kind(&argument, wanted);
                return self.wrong(problem);
            }
            codes.push(argument.code);
        }
        let code = Code::Call(found, codes);
        Some(Typed {
            code,
            kind: found.result,
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

    /// `x is word`: a test, a level, a status or an indicator.
    fn is(&mut self, of: &Expression, at: bool, what: &Spanned<String>) -> Option<Code> {
        let inner = self.expression(of)?;
        if at {
            return self.is_at(inner, what);
        }
        let word = what.value.as_str();
        let test = TESTS
            .iter()
            .find(|test| test.word == word || test.chinese == word);
        if let Some(test) = test {
            if !test.of.contains(&inner.kind) {
                let problem = wrong::test_of_other(test, &inner, what.span);
                return self.wrong(problem);
            }
            return Some(Code::Test(Box::new(inner.code), test));
        }
        let vocabulary = match inner.kind {
            Kind::Region => Some((&vocabulary::LEVEL, "level")),
            Kind::Plan => Some((&vocabulary::STATUS, "status")),
            _ => None,
        };
        if let Some((words, name)) = vocabulary
            && let Some(word) = words.words.iter().find(|known| **known == word)
        {
            let of = column(inner.kind, name)?;
            return Some(same(Code::Column(Box::new(inner.code), of), word));
        }
        if inner.kind == Kind::Indicator {
            let indicator = self.catalogue.find(word);
            if let Some(indicator) = indicator {
                return Some(Code::IsIndicator(Box::new(inner.code), indicator));
            }
            let known: Vec<&str> = self.catalogue.spellings().collect();
            let problem = wrong::unknown_indicator(what, &known);
            return self.wrong(problem);
        }
        let tests = TESTS.iter().filter(|test| test.of.contains(&inner.kind));
        let words = vocabulary
            .map_or(&[][..], |(words, _)| words.words)
            .iter()
            .copied();
        let known: Vec<&str> = tests.map(|test| test.word).chain(words).collect();
        let problem = wrong::unknown_word(what, &inner, &known);
        self.wrong(problem)
    }

    /// `x is at county`: the level of its region.
    fn is_at(&mut self, inner: Typed, what: &Spanned<String>) -> Option<Code> {
        let region = match inner.kind {
            Kind::Region => inner.code,
            Kind::Figure | Kind::Row => {
                let plan = column(inner.kind, "plan")?;
                let plan = Code::Column(Box::new(inner.code), plan);
                Code::Column(Box::new(plan), column(Kind::Plan, "region")?)
            }
            Kind::Plan => Code::Column(Box::new(inner.code), column(Kind::Plan, "region")?),
            _ => {
                let problem = wrong::not_kind(&inner, Kind::Region);
                return self.wrong(problem);
            }
        };
        let words = vocabulary::LEVEL.words;
        let level = crate::region::Level::parse(&what.value);
        let Some(level) = level else {
            let problem = wrong::no_word(what, &vocabulary::LEVEL);
            return self.wrong(problem);
        };
        let word = words.iter().find(|word| **word == level.word())?;
        let of = column(Kind::Region, "level")?;
        Some(same(Code::Column(Box::new(region), of), word))
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
    let value = Value::Amount(Amount {
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
