//! Expressions, from the loosest operator to the tightest.

use nom::Parser;
use nom::combinator::opt;
use nom::multi::{many0, many1, separated_list0};
use nom::sequence::{preceded, terminated};

use super::keyword::{Keyword, reserved};
use super::phrase::{
    aggregate, can_name, comparator, is, is_at, keyword, one_symbol, set_operator, symbol,
};
use super::text::text;
use super::token::{Expected, Kind, Parsed, Tokens};
use super::tree::{Aggregate, Expression, Loop, Node, Operator};
use crate::language::Said;
use crate::source::{SourceId, Span, Spanned};

/// How deep expressions may nest, and how many operands a chain may have: more is no sentence a person wrote.
const MOST_NESTED: u32 = 64;
const MOST_CHAINED: usize = 200;

const NAME: Expected = ("名称", "a name");
const OPERAND: Expected = ("表达式", "an expression");

/// Parses expressions of one file.
#[derive(Clone, Copy)]
pub(super) struct Grammar {
    pub source: SourceId,
}

impl Grammar {
    /// The place from one input up to another.
    pub fn span(self, from: &Tokens<'_>, to: &Tokens<'_>) -> Span {
        Span::new(self.source, from.until(to))
    }

    /// expression := 'if' expression 'then' expression 'else' expression | or ('implies' expression)?
    pub fn expression(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let depth = input.state.depth.get();
        if depth >= MOST_NESTED {
            return too_deep(input);
        }
        input.state.depth.set(depth + 1);
        let parsed = match keyword(Keyword::If).parse(input) {
            Ok((rest, _)) => self.choice(&input, rest),
            Err(_) => self.implication(input),
        };
        input.state.depth.set(depth);
        parsed
    }

    fn choice<'a>(self, start: &Tokens<'a>, rest: Tokens<'a>) -> Parsed<'a, Expression> {
        let (rest, condition) = self.expression(rest)?;
        let (rest, _) = keyword(Keyword::Then).parse(rest)?;
        let (rest, yes) = self.expression(rest)?;
        let (rest, _) = keyword(Keyword::Else).parse(rest)?;
        let (rest, no) = self.expression(rest)?;
        let span = self.span(start, &rest);
        let node = Node::If(Box::new(condition), Box::new(yes), Box::new(no));
        Ok((rest, Expression { node, span }))
    }

    fn implication(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (rest, left) = self.chain(input, Keyword::Or)?;
        let (rest, arrow) = opt(keyword(Keyword::Implies)).parse(rest)?;
        let Some(at) = arrow else {
            return Ok((rest, left));
        };
        let operator = Spanned::new(Operator::Implies, Span::new(self.source, at));
        let (rest, right) = self.expression(rest)?;
        Ok((rest, self.binary(&input, &rest, left, operator, right)))
    }

    /// or := and ('or' and)*, and := not ('and' not)*
    fn chain(self, input: Tokens<'_>, joint: Keyword) -> Parsed<'_, Expression> {
        let operand = |rest| match joint {
            Keyword::Or => self.chain(rest, Keyword::And),
            _ => self.negation(rest),
        };
        let (rest, first) = operand(input)?;
        let (rest, more) = many0(preceded(keyword(joint), operand)).parse(rest)?;
        if more.is_empty() {
            return Ok((rest, first));
        }
        if more.len() >= MOST_CHAINED {
            return too_deep(input);
        }
        let mut all = vec![first];
        all.extend(more);
        let node = if joint == Keyword::Or {
            Node::Any(all)
        } else {
            Node::All(all)
        };
        let span = self.span(&input, &rest);
        Ok((rest, Expression { node, span }))
    }

    /// not := 'not' not | comparison
    fn negation(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (rest, not) = opt(keyword(Keyword::Not)).parse(input)?;
        if not.is_none() {
            return self.comparison(input);
        }
        let depth = input.state.depth.get();
        if depth >= MOST_NESTED {
            return too_deep(input);
        }
        input.state.depth.set(depth + 1);
        let parsed = self.negation(rest);
        input.state.depth.set(depth);
        let (rest, inner) = parsed?;
        let span = self.span(&input, &rest);
        let node = Node::Not(Box::new(inner));
        Ok((rest, Expression { node, span }))
    }

    /// comparison := set (operator set | 'is' 'at'? 'not'? word)?
    fn comparison(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (rest, left) = self.set(input)?;
        let is = is_at(rest).or_else(|_| is(rest));
        if let Ok((after, at)) = is {
            return self.is(&input, after, left, at);
        }
        let (after, operator) = match comparator(rest) {
            Ok(read) => read,
            Err(nom::Err::Error(_)) => return Ok((rest, left)),
            Err(other) => return Err(other),
        };
        let at = self.span(&rest, &after);
        let (end, right) = self.set(after)?;
        if let Ok((_, _)) = comparator(end) {
            let message = Said::new("比较不能连写", "comparisons cannot be chained");
            let help = Said::new("写成 a < b and b < c", "write a < b and b < c");
            return end.mistake(end.at(), message, help);
        }
        let operator = Spanned::new(operator, at);
        Ok((end, self.binary(&input, &end, left, operator, right)))
    }

    fn is<'a>(
        self,
        start: &Tokens<'a>,
        rest: Tokens<'a>,
        of: Expression,
        at: bool,
    ) -> Parsed<'a, Expression> {
        let (rest, not) = opt(keyword(Keyword::Not)).parse(rest)?;
        let (end, what) = self.name(rest)?;
        let what = reserved(what, Keyword::is_reserved);
        let span = self.span(start, &end);
        let of = Box::new(of);
        let negated = not.is_some();
        let node = Node::Is {
            of,
            at,
            negated,
            what,
        };
        Ok((end, Expression { node, span }))
    }

    /// set := range (('union' | 'except' | 'intersect') range)*
    fn set(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (mut rest, mut left) = self.range(input)?;
        let mut count = 0;
        while let Ok((after, operator)) = set_operator(rest) {
            count += 1;
            if count >= MOST_CHAINED {
                return too_deep(input);
            }
            let operator = Spanned::new(operator, self.span(&rest, &after));
            let (end, right) = self.range(after)?;
            left = self.binary(&input, &end, left, operator, right);
            rest = end;
        }
        Ok((rest, left))
    }

    /// range := sum ('..' sum)?
    fn range(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (rest, low) = self.sum(input)?;
        let (rest, high) = opt(preceded(symbol(".."), |rest| self.sum(rest))).parse(rest)?;
        let Some(high) = high else {
            return Ok((rest, low));
        };
        let span = self.span(&input, &rest);
        let node = Node::Range(Box::new(low), Box::new(high));
        Ok((rest, Expression { node, span }))
    }

    /// sum := product (('+' | '-') product)*
    fn sum(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let operators = [("+", Operator::Plus), ("-", Operator::Minus)];
        self.arithmetic(input, operators, |rest| self.product(rest))
    }

    /// product := unary (('*' | '/') unary)*
    fn product(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let operators = [("*", Operator::Times), ("/", Operator::Over)];
        self.arithmetic(input, operators, |rest| self.unary(rest))
    }

    fn arithmetic<'a>(
        self,
        input: Tokens<'a>,
        operators: [(&'static str, Operator); 2],
        operand: impl Fn(Tokens<'a>) -> Parsed<'a, Expression>,
    ) -> Parsed<'a, Expression> {
        let (mut rest, mut left) = operand(input)?;
        let mut count = 0;
        while let Some((after, operator)) = one_symbol(rest, operators) {
            count += 1;
            if count >= MOST_CHAINED {
                return too_deep(input);
            }
            let operator = Spanned::new(operator, self.span(&rest, &after));
            let (end, right) = operand(after)?;
            left = self.binary(&input, &end, left, operator, right);
            rest = end;
        }
        Ok((rest, left))
    }

    /// unary := '-'? postfix
    fn unary(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (rest, minus) = opt(symbol("-")).parse(input)?;
        if minus.is_none() {
            return self.postfix(input);
        }
        let (rest, inner) = self.postfix(rest)?;
        let span = self.span(&input, &rest);
        let node = Node::Negative(Box::new(inner));
        Ok((rest, Expression { node, span }))
    }

    /// postfix := primary ('.' word)*
    fn postfix(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let (rest, first) = self.primary(input)?;
        let (rest, fields) = many0(preceded(symbol("."), |rest| self.name(rest))).parse(rest)?;
        if fields.len() >= MOST_CHAINED {
            return too_deep(input);
        }
        let chained = fields.into_iter().fold(first, |of, field| {
            let span = of.span.to(field.span);
            let node = Node::Field(Box::new(of), field);
            Expression { node, span }
        });
        Ok((rest, chained))
    }

    /// primary := number | text | 「name」 | word | word '(' arguments ')' | '(' expression ')'
    fn primary(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        let Some(token) = input.first() else {
            return input.expected(OPERAND);
        };
        let one = nom::Input::take_from(&input, 1);
        let span = self.span(&input, &one);
        let node = match &token.kind {
            Kind::Number(digits, unit) => Node::Number(digits.clone(), unit.clone()),
            Kind::Quoted(name) => Node::Quoted(name.clone()),
            Kind::Text => Node::Text(text(self, input, span)?),
            Kind::Word(word) if can_name(word) => return self.call_or_name(input),
            Kind::Symbol("(") => {
                let (rest, inner) = self.expression(one)?;
                let (rest, ()) = symbol(")").parse(rest)?;
                let span = self.span(&input, &rest);
                return Ok((rest, Expression { span, ..inner }));
            }
            _ => return input.expected(OPERAND),
        };
        Ok((one, Expression { node, span }))
    }

    /// aggregate := word '(' expression ('weighted by' expression)? loop+ ')'
    fn aggregate<'a>(
        self,
        start: &Tokens<'a>,
        rest: Tokens<'a>,
        aggregate: Spanned<Aggregate>,
    ) -> Parsed<'a, Expression> {
        let (rest, value) = self.expression(rest)?;
        let weight = preceded(keyword(Keyword::WeightedBy), |rest| self.expression(rest));
        let (rest, weight) = opt(weight).parse(rest)?;
        let (rest, loops) = many1(|rest| self.one_loop(rest)).parse(rest)?;
        let (rest, ()) = symbol(")").parse(rest)?;
        let span = self.span(start, &rest);
        let node = Node::Aggregate {
            aggregate,
            value: Box::new(value),
            weight: weight.map(Box::new),
            loops,
        };
        Ok((rest, Expression { node, span }))
    }

    /// loop := 'for' word 'in' expression ('where' expression)?
    pub fn one_loop(self, input: Tokens<'_>) -> Parsed<'_, Loop> {
        let (rest, _) = keyword(Keyword::For).parse(input)?;
        let (rest, variable) = self.name(rest)?;
        let (rest, _) = keyword(Keyword::In).parse(rest)?;
        let (rest, source) = self.expression(rest)?;
        let condition = preceded(keyword(Keyword::Where), |rest| self.expression(rest));
        let (rest, filter) = opt(condition).parse(rest)?;
        let found = Loop {
            variable,
            source,
            filter,
        };
        Ok((rest, found))
    }

    fn call_or_name(self, input: Tokens<'_>) -> Parsed<'_, Expression> {
        if let Some((rest, aggregate)) = aggregate(input) {
            let span = self.span(&input, &rest);
            return self.aggregate(&input, rest, Spanned::new(aggregate, span));
        }
        let (rest, name) = self.name(input)?;
        let arguments = separated_list0(symbol(","), |rest| self.expression(rest));
        if symbol("(").parse(rest).is_err() {
            let span = name.span;
            let node = Node::Name(name.value);
            return Ok((rest, Expression { node, span }));
        }
        let mut call = preceded(symbol("("), terminated(arguments, symbol(")")));
        let (rest, arguments) = call.parse(rest)?;
        let span = self.span(&input, &rest);
        let node = Node::Call(name, arguments);
        Ok((rest, Expression { node, span }))
    }

    /// A word used as a name; 「…」 too.
    pub fn name(self, input: Tokens<'_>) -> Parsed<'_, Spanned<String>> {
        let rest = nom::Input::take_from(&input, 1);
        match input.first().map(|token| &token.kind) {
            Some(Kind::Word(name) | Kind::Quoted(name)) => {
                Ok((rest, Spanned::new(name.clone(), self.span(&input, &rest))))
            }
            _ => input.expected(NAME),
        }
    }

    fn binary<'a>(
        self,
        start: &Tokens<'a>,
        end: &Tokens<'a>,
        left: Expression,
        operator: Spanned<Operator>,
        right: Expression,
    ) -> Expression {
        let span = self.span(start, end);
        let node = Node::Binary(Box::new(left), operator, Box::new(right));
        Expression { node, span }
    }
}

fn too_deep<T>(input: Tokens<'_>) -> Parsed<'_, T> {
    let message = Said::new(
        "表达式嵌套太深或太长",
        "the expression is nested too deep or too long",
    );
    let help = Said::new(
        "拆成几个 let 或几条 require",
        "split it into several `let` or `require` clauses",
    );
    input.mistake(input.at(), message, help)
}
