//! What a rule's conditions say of each other: some cannot all hold, and some leave a requirement nothing to find.

use super::typed::Code;
use super::wrong;
use crate::bound::{Order, Truth};
use crate::problem::Problem;
use crate::quantity::Number;
use crate::source::Span;
use crate::value::Value;

/// What a condition says of a subject; the subject is an expression with every name settled.
#[derive(Debug, PartialEq)]
struct Claim {
    subject: String,
    says: Says,
}

#[derive(Debug, PartialEq)]
enum Says {
    /// It is true, or false.
    Truth(bool),
    /// It is this one.
    Is(String),
    /// It is not this one.
    IsNot(String),
    /// It is no less than a number, itself included or not.
    From(Number, bool),
    /// It is no more than a number, itself included or not.
    To(Number, bool),
}

/// The conditions that a rule has set so far.
#[derive(Debug, Default)]
pub(super) struct Settled {
    claims: Vec<(Claim, Span)>,
}

impl Settled {
    /// Takes a condition in; a problem where it cannot hold together with an earlier one, or at all.
    pub fn take(&mut self, condition: &Code, negated: bool, span: Span) -> Option<Problem> {
        if constant(condition).is_some_and(|holds| holds == negated) {
            return Some(wrong::contradictory(span, None));
        }
        let claim = claim(condition, negated)?;
        let against = self.claims.iter().find(|(known, _)| known.excludes(&claim));
        let problem = against.map(|(_, first)| wrong::contradictory(span, Some(*first)));
        self.claims.push((claim, span));
        problem
    }

    /// A problem where a requirement cannot be violated: it holds of everything, or a condition has said the same.
    pub fn always(&self, requirement: &Code, span: Span) -> Option<Problem> {
        if constant(requirement) == Some(true) {
            return Some(wrong::always_true(span, None));
        }
        // Of alternatives one that always holds is enough.
        if let Code::Any(parts) = requirement {
            return parts.iter().find_map(|part| self.always(part, span));
        }
        let claim = claim(requirement, false)?;
        let (_, first) = self.claims.iter().find(|(known, _)| *known == claim)?;
        Some(wrong::always_true(span, Some(*first)))
    }
}

impl Claim {
    fn excludes(&self, other: &Self) -> bool {
        use Says::{From, Is, IsNot, To, Truth};
        if self.subject != other.subject {
            return false;
        }
        match (&self.says, &other.says) {
            (Truth(a), Truth(b)) => a != b,
            (Is(a), Is(b)) => a != b,
            (Is(a), IsNot(b)) | (IsNot(b), Is(a)) => a == b,
            (From(low, above), To(high, below)) | (To(high, below), From(low, above)) => {
                low > high || (low == high && !(*above && *below))
            }
            _ => false,
        }
    }
}

/// What a condition comes to whatever the plans say: two constants compared, a thing with itself, a range upside down.
fn constant(condition: &Code) -> Option<bool> {
    match condition {
        Code::Constant(Value::Truth(truth)) => match truth {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown(_) => None,
        },
        Code::Not(inner) => constant(inner).map(|holds| !holds),
        Code::All(parts) => {
            let parts: Vec<Option<bool>> = parts.iter().map(constant).collect();
            let holds = parts.iter().all(|part| *part == Some(true)).then_some(true);
            parts.contains(&Some(false)).then_some(false).or(holds)
        }
        Code::Any(parts) => {
            let opposite = |a: &Code| match a {
                Code::Not(inner) => parts.iter().any(|b| same(inner, b)),
                _ => false,
            };
            let each: Vec<Option<bool>> = parts.iter().map(constant).collect();
            let holds = each.contains(&Some(true)) || parts.iter().any(opposite);
            let fails = each.iter().all(|part| *part == Some(false));
            holds.then_some(true).or(fails.then_some(false))
        }
        Code::Implies(a, b) => {
            let holds = same(a, b) || constant(a) == Some(false) || constant(b) == Some(true);
            holds.then_some(true)
        }
        Code::Between(_, low, high) => {
            let (low, high) = (number(low)?, number(high)?);
            (low > high).then_some(false)
        }
        Code::Same(a, b) => match (&**a, &**b) {
            (Code::Constant(a), Code::Constant(b)) => Some(a == b),
            (a, b) => same(a, b).then_some(true),
        },
        Code::NoWeaker(a, b) => same(a, b).then_some(true),
        Code::Compare(order, a, b) => match (number(a), number(b)) {
            (Some(a), Some(b)) => Some(order.holds(&a, &b)),
            _ if same(a, b) => Some(order.holds(&Number::ZERO, &Number::ZERO)),
            _ => None,
        },
        _ => None,
    }
}

fn same(a: &Code, b: &Code) -> bool {
    format!("{a:?}") == format!("{b:?}")
}

fn claim(condition: &Code, negated: bool) -> Option<Claim> {
    let is = |one: String| {
        if negated {
            Says::IsNot(one)
        } else {
            Says::Is(one)
        }
    };
    let (subject, says) = match condition {
        Code::Not(inner) => return claim(inner, !negated),
        Code::IsIndicator(of, indicator) => (
            format!("{of:?}"),
            is(format!("{:?}", Value::Indicator(*indicator))),
        ),
        Code::Same(of, one) | Code::Same(one, of) if matches!(**one, Code::Constant(_)) => {
            let Code::Constant(one) = &**one else {
                return None;
            };
            (format!("{of:?}"), is(format!("{one:?}")))
        }
        Code::Test(of, test) if NATURES.contains(&test.word) => {
            (format!("nature of {of:?}"), is(test.word.to_owned()))
        }
        Code::Compare(order, of, than) => {
            let Some(number) = number(than) else {
                return Some(plain(condition, negated));
            };
            let says = match (order, negated) {
                (Order::Equal, false) | (Order::Unequal, true) => Says::Is(number.to_string()),
                (Order::Unequal, false) | (Order::Equal, true) => Says::IsNot(number.to_string()),
                (Order::Below, false) => Says::To(number, false),
                (Order::AtMost, false) => Says::To(number, true),
                (Order::Above, false) => Says::From(number, false),
                (Order::AtLeast, false) => Says::From(number, true),
                // Not below of a bound is not above it: some of its outcomes may be either.
                _ => return Some(plain(condition, negated)),
            };
            (format!("{of:?}"), says)
        }
        other => return Some(plain(other, negated)),
    };
    Some(Claim { subject, says })
}

/// A target is one of these or the other.
const NATURES: [&str; 2] = ["binding", "anticipatory"];

fn plain(condition: &Code, negated: bool) -> Claim {
    Claim {
        subject: format!("{condition:?}"),
        says: Says::Truth(!negated),
    }
}

/// A constant's number: a year, a plain number, a quantity in the base of its dimension.
fn number(code: &Code) -> Option<Number> {
    match code {
        Code::Constant(Value::Number(number)) => Some(*number),
        Code::Constant(Value::Year(year)) => Some(Number::integer(i64::from(*year))),
        Code::Constant(Value::Amount(amount)) if amount.bound.is_exact() => {
            let ends = amount.bound.low.zip(amount.bound.high);
            let one = ends.filter(|(low, high)| low == high);
            one.map(|(low, _)| low.value)
        }
        _ => None,
    }
}

/// A rule's id with letters that look like others.
pub(super) fn confusable(id: &str) -> Option<char> {
    let looks_ascii = |letter: &char| {
        let text = letter.to_string();
        let mut looks = unicode_security::skeleton(&text).peekable();
        looks.peek().is_some() && looks.all(|c| c.is_ascii_alphanumeric())
    };
    id.chars()
        .filter(|letter| !letter.is_ascii())
        .find(|letter| looks_ascii(letter))
}
