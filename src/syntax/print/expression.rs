//! Expressions, in brackets where the grammar would otherwise read another tree.

use super::Printer;
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{Aggregate, Expression, Loop, Node, Operator, Part, Text};

/// How tightly the grammar binds, loosest first: a production's operands are those of a tighter one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Expression,
    Or,
    And,
    Not,
    Comparison,
    Set,
    Range,
    Sum,
    Product,
    Unary,
    Postfix,
}

impl Printer {
    pub(super) fn expression(&mut self, expression: &Expression) {
        self.operand(expression, Binding::Expression);
    }

    /// An expression where the grammar wants one that binds at least so tightly.
    fn operand(&mut self, expression: &Expression, least: Binding) {
        if binding(&expression.node) < least {
            self.raw("(");
            self.node(&expression.node);
            self.raw(")");
        } else {
            self.node(&expression.node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Number(digits, unit) => self.raw(&format!("{digits}{unit}")),
            Node::Text(text) => self.text(text),
            Node::Name(name) => self.raw(name),
            Node::Quoted(name) => self.raw(&format!("「{name}」")),
            Node::Field(of, field) => {
                self.operand(of, Binding::Postfix);
                self.raw(".");
                self.name(&field.value);
            }
            Node::Call(name, arguments) => {
                self.name(&name.value);
                self.raw("(");
                self.joined(arguments, ",", Binding::Expression);
                self.raw(")");
            }
            Node::Not(inner) => {
                self.keyword(Keyword::Not);
                self.operand(inner, Binding::Not);
            }
            Node::Negative(inner) => {
                self.raw("-");
                self.operand(inner, Binding::Postfix);
            }
            Node::All(all) => {
                let joint = Keyword::And.word(self.language);
                self.joined(all, joint, Binding::Not);
            }
            Node::Any(all) => {
                let joint = Keyword::Or.word(self.language);
                self.joined(all, joint, Binding::And);
            }
            Node::Binary(left, operator, right) => self.binary(left, operator.value, right),
            Node::Is {
                of,
                at,
                negated,
                what,
            } => {
                self.operand(of, Binding::Set);
                self.asked_for(*at, *negated, &what.value);
            }
            Node::If(condition, yes, no) => {
                let parts = [
                    (Keyword::If, condition),
                    (Keyword::Then, yes),
                    (Keyword::Else, no),
                ];
                for (keyword, part) in parts {
                    self.asked(keyword, part);
                }
            }
            Node::Aggregate {
                aggregate,
                value,
                weight,
                loops,
            } => self.aggregate(aggregate.value, value, weight.as_deref(), loops),
            Node::Range(low, high) => self.range(low, high),
        }
    }

    fn asked_for(&mut self, at: bool, negated: bool, what: &str) {
        self.keyword(if at { Keyword::IsAt } else { Keyword::Is });
        if negated {
            self.keyword(Keyword::Not);
        }
        match Keyword::of(what).filter(|word| word.is_reserved()) {
            Some(word) => self.keyword(word),
            None => self.name(what),
        }
    }

    fn binary(&mut self, left: &Expression, operator: Operator, right: &Expression) {
        let (from, to) = match operator {
            Operator::Implies => (Binding::Or, Binding::Expression),
            Operator::Union | Operator::Except | Operator::Intersect => {
                (Binding::Set, Binding::Range)
            }
            Operator::Plus | Operator::Minus => (Binding::Sum, Binding::Product),
            Operator::Times | Operator::Over => (Binding::Product, Binding::Unary),
            _ => (Binding::Set, Binding::Set),
        };
        self.operand(left, from);
        self.raw(spelling(operator, |keyword| keyword.word(self.language)));
        self.operand(right, to);
    }

    pub(super) fn range(&mut self, low: &Expression, high: &Expression) {
        self.operand(low, Binding::Sum);
        self.raw("..");
        self.operand(high, Binding::Sum);
    }

    fn joined(&mut self, all: &[Expression], joint: &str, least: Binding) {
        for (at, one) in all.iter().enumerate() {
            if at > 0 {
                self.raw(joint);
            }
            self.operand(one, least);
        }
    }

    fn aggregate(
        &mut self,
        aggregate: Aggregate,
        value: &Expression,
        weight: Option<&Expression>,
        loops: &[Loop],
    ) {
        self.keyword(match aggregate {
            Aggregate::Sum => Keyword::Sum,
            Aggregate::Count => Keyword::Count,
            Aggregate::Min => Keyword::Min,
            Aggregate::Max => Keyword::Max,
            Aggregate::Mean => Keyword::Mean,
            Aggregate::Any => Keyword::Any,
            Aggregate::Every => Keyword::Every,
        });
        self.raw("(");
        self.expression(value);
        if let Some(weight) = weight {
            self.asked(Keyword::WeightedBy, weight);
        }
        for one in loops {
            self.one_loop(one);
        }
        self.raw(")");
    }

    /// A text in quotes.
    pub(super) fn text(&mut self, text: &Text) {
        self.raw("\"");
        for part in &text.parts {
            match part {
                Part::Plain(plain) => plain.chars().for_each(|character| match character {
                    '\\' | '"' => self.out.extend(['\\', character]),
                    '{' | '}' => self.out.extend([character, character]),
                    '\n' => self.out.push_str("\\n"),
                    _ => self.out.push(character),
                }),
                Part::Hole(expression) => {
                    self.out.push('{');
                    self.expression(expression);
                    self.out.push('}');
                }
            }
        }
        self.out.push('"');
    }
}

const fn binding(node: &Node) -> Binding {
    match node {
        Node::If(..) => Binding::Expression,
        Node::Any(_) => Binding::Or,
        Node::All(_) => Binding::And,
        Node::Not(_) => Binding::Not,
        Node::Is { .. } => Binding::Comparison,
        Node::Range(..) => Binding::Range,
        Node::Negative(_) => Binding::Unary,
        Node::Binary(_, operator, _) => match operator.value {
            Operator::Implies => Binding::Expression,
            Operator::Union | Operator::Except | Operator::Intersect => Binding::Set,
            Operator::Plus | Operator::Minus => Binding::Sum,
            Operator::Times | Operator::Over => Binding::Product,
            _ => Binding::Comparison,
        },
        Node::Number(..)
        | Node::Text(_)
        | Node::Name(_)
        | Node::Quoted(_)
        | Node::Field(..)
        | Node::Call(..)
        | Node::Aggregate { .. } => Binding::Postfix,
    }
}

/// How an operator is written, given how its keyword is.
fn spelling(operator: Operator, word: impl Fn(Keyword) -> &'static str) -> &'static str {
    match operator {
        Operator::Implies => word(Keyword::Implies),
        Operator::Equal => "=",
        Operator::Unequal => "!=",
        Operator::Below => "<",
        Operator::AtMost => "<=",
        Operator::Above => ">",
        Operator::AtLeast => ">=",
        Operator::NoWeaker => word(Keyword::NoWeakerThan),
        Operator::Weaker => word(Keyword::WeakerThan),
        Operator::Within => word(Keyword::Within),
        Operator::In => word(Keyword::In),
        Operator::AgreesWith => word(Keyword::AgreesWith),
        Operator::StartsWith => word(Keyword::StartsWith),
        Operator::Contains => word(Keyword::Contains),
        Operator::SubsetOf => word(Keyword::SubsetOf),
        Operator::Union => word(Keyword::Union),
        Operator::Except => word(Keyword::Except),
        Operator::Intersect => word(Keyword::Intersect),
        Operator::Plus => "+",
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Over => "/",
    }
}
