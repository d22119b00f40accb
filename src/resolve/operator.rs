//! Operators of two sides: what may be compared and computed with what.

use super::expression::{plain, same};
use super::scope::{Resolver, Typed};
use super::typed::{Arithmetic, Code, SetOperator};
use super::wrong;
use crate::bound::Order;
use crate::problem::Problem;
use crate::quantity::{Dimension, Number};
use crate::relation::column;
use crate::source::{Span, Spanned};
use crate::syntax::{Expression, Keyword, Node, Operator};
use crate::value::{Kind, Value, Vocabulary};

impl Resolver<'_> {
    pub fn binary(
        &mut self,
        left: &Expression,
        operator: &Spanned<Operator>,
        right: &Expression,
        span: Span,
    ) -> Option<Typed> {
        let code = match operator.value {
            Operator::Implies => {
                let (left, right) = (self.truth(left), self.truth(right));
                Code::Implies(Box::new(left?), Box::new(right?))
            }
            Operator::Equal => self.compare(left, Order::Equal, right)?,
            Operator::Unequal => self.compare(left, Order::Unequal, right)?,
            Operator::Below => self.compare(left, Order::Below, right)?,
            Operator::AtMost => self.compare(left, Order::AtMost, right)?,
            Operator::Above => self.compare(left, Order::Above, right)?,
            Operator::AtLeast => self.compare(left, Order::AtLeast, right)?,
            Operator::NoWeaker => self.no_weaker(left, right)?,
            Operator::Weaker => Code::Not(Box::new(self.no_weaker(left, right)?)),
            Operator::Within => self.within(left, right)?,
            Operator::In => self.is_in(left, right)?,
            Operator::AgreesWith => self.agrees(left, right)?,
            Operator::StartsWith => self.texts(left, right, Code::StartsWith)?,
            Operator::Contains => self.contains(left, right)?,
            Operator::SubsetOf => {
                let (one, other) = self.lists(left, right)?;
                Code::Subset(Box::new(one.code), Box::new(other.code))
            }
            Operator::Union => return self.set(SetOperator::Union, left, right, span),
            Operator::Except => return self.set(SetOperator::Except, left, right, span),
            Operator::Intersect => return self.set(SetOperator::Intersect, left, right, span),
            Operator::Plus => return self.sum(left, Arithmetic::Plus, right, span),
            Operator::Minus => return self.sum(left, Arithmetic::Minus, right, span),
            Operator::Times => return self.product(left, Arithmetic::Times, right, span),
            Operator::Over => return self.product(left, Arithmetic::Over, right, span),
        };
        Some(plain(code, Kind::Truth, span))
    }

    fn both(&mut self, left: &Expression, right: &Expression) -> Option<(Typed, Typed)> {
        let (left, right) = (self.expression(left), self.expression(right));
        left.zip(right)
    }

    fn compare(&mut self, left: &Expression, order: Order, right: &Expression) -> Option<Code> {
        let one = self.expression(left)?;
        if let Kind::Word(words) = one.kind
            && let Node::Name(name) = &right.node
            && self.slot(name).is_none()
        {
            let word = self.word(&Spanned::new(name.clone(), right.span), words)?;
            return Some(negated(order, same(one.code, word)));
        }
        let other = self.expression(right)?;
        if let Some(problem) = compared(&one, order, &other) {
            return self.wrong(problem);
        }
        let ordered = |kind: Kind| {
            kind.is_measured() || matches!(kind, Kind::Number | Kind::Year | Kind::Date)
        };
        let (left, right) = (Box::new(one.code), Box::new(other.code));
        if ordered(one.kind) {
            return Some(Code::Compare(order, left, right));
        }
        Some(negated(order, Code::Same(left, right)))
    }

    /// A word of a vocabulary, where the other side needs one.
    fn word(&mut self, name: &Spanned<String>, words: &'static Vocabulary) -> Option<&'static str> {
        let written = name.value.as_str();
        let reserved = Keyword::of(written).filter(|keyword| keyword.is_reserved());
        let written = reserved.map_or(written, |keyword| keyword.spelling().en);
        let found = words.words.iter().find(|word| **word == written).copied();
        if found.is_none() {
            let problem = wrong::no_word(name, words);
            return self.wrong(problem);
        }
        found
    }

    fn no_weaker(&mut self, left: &Expression, right: &Expression) -> Option<Code> {
        let (one, other) = self.both(left, right)?;
        for side in [&one, &other] {
            if !side.kind.is_measured() {
                let problem = wrong::not_kind(side, Kind::Figure);
                return self.wrong(problem);
            }
        }
        if one.kind != Kind::Figure && other.kind != Kind::Figure {
            let problem = wrong::no_direction(one.span);
            return self.wrong(problem);
        }
        if let Some(problem) = other_dimension(&one, &other) {
            return self.wrong(problem);
        }
        Some(Code::NoWeaker(Box::new(one.code), Box::new(other.code)))
    }

    fn within(&mut self, left: &Expression, right: &Expression) -> Option<Code> {
        if let Node::Range(low, high) = &right.node {
            let one = self.expression(left)?;
            let (low, high) = self.both(low, high)?;
            for end in [&low, &high] {
                let fits = match one.kind {
                    Kind::Year | Kind::Number => matches!(end.kind, Kind::Year | Kind::Number),
                    _ => end.kind.is_measured(),
                };
                if !fits {
                    let problem = wrong::incomparable(&one, end);
                    return self.wrong(problem);
                }
                if let Some(problem) = other_dimension(&one, end) {
                    return self.wrong(problem);
                }
            }
            let ends = (Box::new(low.code), Box::new(high.code));
            return Some(Code::Between(Box::new(one.code), ends.0, ends.1));
        }
        let (one, other) = self.both(left, right)?;
        if let Some(problem) = other_dimension(&one, &other) {
            return self.wrong(problem);
        }
        if one.kind.is_measured() && other.kind.is_measured() {
            return Some(Code::Within(Box::new(one.code), Box::new(other.code)));
        }
        let problem = wrong::incomparable(&one, &other);
        self.wrong(problem)
    }

    fn is_in(&mut self, left: &Expression, right: &Expression) -> Option<Code> {
        let (one, other) = self.both(left, right)?;
        match other.kind {
            Kind::List(of) if *of == one.kind => {
                Some(Code::In(Box::new(one.code), Box::new(other.code)))
            }
            _ => {
                let problem = wrong::incomparable(&one, &other);
                self.wrong(problem)
            }
        }
    }

    fn agrees(&mut self, left: &Expression, right: &Expression) -> Option<Code> {
        let (one, other) = self.both(left, right)?;
        let fits = |typed: &Typed| typed.kind.is_measured() || typed.kind == Kind::Number;
        if !fits(&one) || !fits(&other) {
            let problem = wrong::incomparable(&one, &other);
            return self.wrong(problem);
        }
        if let Some(problem) = compared(&one, Order::Equal, &other) {
            return self.wrong(problem);
        }
        Some(Code::Agrees(Box::new(one.code), Box::new(other.code)))
    }

    fn texts(
        &mut self,
        left: &Expression,
        right: &Expression,
        make: fn(Box<Code>, Box<Code>) -> Code,
    ) -> Option<Code> {
        let (one, other) = self.both(left, right)?;
        for side in [&one, &other] {
            if side.kind != Kind::Text {
                let problem = wrong::not_kind(side, Kind::Text);
                return self.wrong(problem);
            }
        }
        Some(make(Box::new(one.code), Box::new(other.code)))
    }

    /// `contains`: a text holds a text, or a list an item.
    fn contains(&mut self, left: &Expression, right: &Expression) -> Option<Code> {
        let known = self.problems.len();
        let one = self.expression(left)?;
        if matches!(one.kind, Kind::List(_)) {
            return self.is_in(right, left);
        }
        self.problems.truncate(known);
        self.texts(left, right, Code::Contains)
    }

    /// Two lists of one kind.
    fn lists(&mut self, left: &Expression, right: &Expression) -> Option<(Typed, Typed)> {
        let (one, other) = self.both(left, right)?;
        match (one.kind, other.kind) {
            (Kind::List(a), Kind::List(b)) if a == b => Some((one, other)),
            _ => {
                let problem = wrong::incomparable(&one, &other);
                self.wrong(problem)
            }
        }
    }

    fn set(
        &mut self,
        operator: SetOperator,
        left: &Expression,
        right: &Expression,
        span: Span,
    ) -> Option<Typed> {
        let (one, other) = self.lists(left, right)?;
        let kind = one.kind;
        let code = Code::Set(operator, Box::new(one.code), Box::new(other.code));
        Some(plain(code, kind, span))
    }

    fn sum(
        &mut self,
        left: &Expression,
        operator: Arithmetic,
        right: &Expression,
        span: Span,
    ) -> Option<Typed> {
        let (one, other) = self.both(left, right)?;
        let kind = match (one.kind, other.kind) {
            (Kind::Year, Kind::Year) if operator == Arithmetic::Minus => Kind::Number,
            (Kind::Year, Kind::Number) => Kind::Year,
            (Kind::Number, Kind::Number) => Kind::Number,
            (a, b) if a.is_measured() && b.is_measured() => Kind::Amount,
            _ => {
                let problem = wrong::incomparable(&one, &other);
                return self.wrong(problem);
            }
        };
        if let Some(problem) = other_dimension(&one, &other) {
            return self.wrong(problem);
        }
        let dimension = one.dimension.clone().or(other.dimension.clone());
        let (one, other) = (measured(one), measured(other));
        let code = Code::Arithmetic(operator, Box::new(one), Box::new(other));
        Some(Typed {
            code,
            kind,
            dimension,
            span,
        })
    }

    fn product(
        &mut self,
        left: &Expression,
        operator: Arithmetic,
        right: &Expression,
        span: Span,
    ) -> Option<Typed> {
        let (one, other) = self.both(left, right)?;
        let numeric = |typed: &Typed| typed.kind.is_measured() || typed.kind == Kind::Number;
        if !numeric(&one) || !numeric(&other) {
            let problem = wrong::incomparable(&one, &other);
            return self.wrong(problem);
        }
        let kind = if one.kind == Kind::Number && other.kind == Kind::Number {
            Kind::Number
        } else {
            Kind::Amount
        };
        let of = |typed: &Typed| match typed.kind {
            Kind::Number => Some(Dimension::ratio()),
            _ => typed.dimension.clone(),
        };
        let dimension = of(&one).zip(of(&other)).map(|(x, y)| match operator {
            Arithmetic::Over => x.over(&y),
            _ => x.times(&y),
        });
        let (one, other) = (measured(one), measured(other));
        let code = Code::Arithmetic(operator, Box::new(one), Box::new(other));
        Some(Typed {
            code,
            kind,
            dimension,
            span,
        })
    }
}

/// Two quantities whose dimensions are known and are not one.
pub(super) fn other_dimension(one: &Typed, other: &Typed) -> Option<Problem> {
    let (x, y) = one.dimension.as_ref().zip(other.dimension.as_ref())?;
    (x != y).then(|| wrong::dimensions((one.span, x), (other.span, y)))
}

/// What is wrong with comparing two things, if anything is.
fn compared(one: &Typed, order: Order, other: &Typed) -> Option<Problem> {
    match (one.kind, other.kind) {
        (a, b) if a.is_measured() && b.is_measured() => other_dimension(one, other),
        (a, Kind::Number) if a.is_measured() => bare_number(other, one.dimension.as_ref()),
        (Kind::Number, b) if b.is_measured() => bare_number(one, other.dimension.as_ref()),
        (Kind::Number | Kind::Year, Kind::Number | Kind::Year) | (Kind::Date, Kind::Date) => None,
        (a, b) if a == b && matches!(order, Order::Equal | Order::Unequal) => None,
        _ => Some(wrong::incomparable(one, other)),
    }
}

fn negated(order: Order, code: Code) -> Code {
    if order == Order::Unequal {
        Code::Not(Box::new(code))
    } else {
        code
    }
}

/// A figure in arithmetic is its guaranteed edge.
pub(super) fn measured(typed: Typed) -> Code {
    match (typed.kind, column(Kind::Figure, "edge")) {
        (Kind::Figure, Some(edge)) => Code::Column(Box::new(typed.code), edge),
        _ => typed.code,
    }
}

/// `t.edge >= 95` where `t` is a share: the unit was forgotten. Zero needs none.
fn bare_number(number: &Typed, against: Option<&Dimension>) -> Option<Problem> {
    let zero = matches!(&number.code, Code::Constant(Value::Number(n)) if *n == Number::ZERO);
    match against {
        Some(dimension) if !zero => Some(wrong::bare_number(number.span, dimension)),
        _ => None,
    }
}
