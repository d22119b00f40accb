//! Comparison and arithmetic of values; dimensions that were not known before running are checked here.

use crate::bound::{self, Better, Bound, Edge, Order, Printed, Reason, ReasonKind, Reasons, Truth};
use crate::facts::{Facts, Figure, FigureId, FigureKind};
use crate::language::Said;
use crate::model::Date;
use crate::quantity::{Dimension, Number};
use crate::resolve::Arithmetic;
use crate::value::{Amount, Value};

/// A quantity as it is compared: where its bound and its dimension stand.
struct Side<'v> {
    bound: &'v Bound,
    dimension: &'v Dimension,
}

/// A value as a quantity: a figure is its bound, a number has no dimension.
fn side<'v>(facts: &'v Facts, value: &'v Value) -> Result<Side<'v>, Reasons> {
    match value {
        Value::Amount(amount) => Ok(Side {
            bound: &amount.bound,
            dimension: &amount.dimension,
        }),
        Value::Figure(id) => {
            let figure = facts.figure(*id);
            match &figure.value.bound {
                Ok(bound) => Ok(Side {
                    bound,
                    dimension: facts.catalogue.units.dimension(figure.value.unit),
                }),
                Err(reason) => Err(Reasons::one(whose(facts, &figure, reason))),
            }
        }
        Value::Unknown(reasons) => Err(reasons.clone()),
        _ => Err(Reasons::one(Reason::new(ReasonKind::NotSaid))),
    }
}

/// A reason that says whose figure is missing: of two figures compared, only one may be.
pub(super) fn whose(facts: &Facts, figure: &Figure<'_>, reason: &Reason) -> Reason {
    if reason.about.is_some() {
        return reason.clone();
    }
    let region = &facts.regions.get(figure.region()).name;
    let (zh, en) = match figure.kind {
        FigureKind::Target => ("目标", "target"),
        FigureKind::Baseline => ("基期", "baseline"),
        FigureKind::Actual => ("实际值", "figure"),
    };
    let about = Said::new(
        format!("{region}{}年{zh}", figure.year),
        format!("{en} of {region} for {}", figure.year),
    );
    Reason::about(reason.kind, about)
}

/// `agrees with`: to the precision of the less precise side.
pub(super) fn agrees(facts: &Facts, left: &Value, right: &Value) -> Truth {
    let (one, other) = match (printed(facts, left), printed(facts, right)) {
        (Ok(one), Ok(other)) => (one, other),
        (Err(one), Err(more)) => return Truth::Unknown(one.with(more)),
        (Err(reasons), _) | (_, Err(reasons)) => return Truth::Unknown(reasons),
    };
    match (one, other) {
        ((one, Some(x)), (other, Some(y))) if x != y => {
            let _ = (one, other);
            Truth::unknown(Reason::new(ReasonKind::MixedDimensions))
        }
        ((one, _), (other, _)) => bound::agrees(&one, &other),
    }
}

/// A value as it was printed, and its dimension.
fn printed<'v>(
    facts: &'v Facts,
    value: &'v Value,
) -> Result<(Printed, Option<&'v Dimension>), Reasons> {
    if let Some(number) = number(value) {
        return Ok((Printed::exact(Bound::point(number)), None));
    }
    let side = side(facts, value)?;
    let form = match value {
        Value::Figure(id) => {
            let figure = facts.figure(*id);
            facts
                .form(&figure)
                .map_err(|reason| Reasons::one(whose(facts, &figure, &reason)))?
        }
        _ => Printed::exact(*side.bound),
    };
    Ok((form, Some(side.dimension)))
}

/// A number or a year.
fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Year(year) => Some(Number::integer((*year).into())),
        _ => None,
    }
}

/// A date as one number of which only the month may be known.
fn day(date: Date) -> Bound {
    let day = |day: u8| {
        let month = i64::from(date.year) * 100 + i64::from(date.month);
        Number::integer(month * 100 + i64::from(day))
    };
    let (first, last) = date.day.map_or((1, 31), |day| (day, day));
    Bound {
        low: Some(Edge::closed(day(first))),
        high: Some(Edge::closed(day(last))),
        blur: Number::integer(i64::from(last - first)),
    }
}

/// What two values of one dimension say to each other as bounds; a bare zero has any dimension.
fn pair(
    facts: &Facts,
    left: &Value,
    right: &Value,
    say: impl FnOnce(&Bound, &Bound) -> Truth,
) -> Truth {
    if let (Value::Date(left), Value::Date(right)) = (left, right) {
        return say(&day(*left), &day(*right));
    }
    let of = |value| side(facts, value);
    let mixed = || Truth::unknown(Reason::new(ReasonKind::MixedDimensions));
    match (number(left), number(right)) {
        (Some(a), Some(b)) => say(&Bound::point(a), &Bound::point(b)),
        (None, Some(number)) => match of(left) {
            Ok(left) if number == Number::ZERO => say(left.bound, &Bound::point(number)),
            Ok(_) => mixed(),
            Err(reasons) => Truth::Unknown(reasons),
        },
        (Some(number), None) => match of(right) {
            Ok(right) if number == Number::ZERO => say(&Bound::point(number), right.bound),
            Ok(_) => mixed(),
            Err(reasons) => Truth::Unknown(reasons),
        },
        (None, None) => match (of(left), of(right)) {
            (Ok(a), Ok(b)) if a.dimension == b.dimension => say(a.bound, b.bound),
            (Ok(_), Ok(_)) => mixed(),
            (Err(one), Err(more)) => Truth::Unknown(one.with(more)),
            (Err(reasons), _) | (_, Err(reasons)) => Truth::Unknown(reasons),
        },
    }
}

/// `=`, `<` and the like.
pub(super) fn compare(facts: &Facts, left: &Value, order: Order, right: &Value) -> Truth {
    pair(facts, left, right, |left, right| {
        bound::compare(left, order, right)
    })
}

/// `no weaker than`, by the direction of the indicator of whichever side is a figure.
pub(super) fn no_weaker(facts: &Facts, left: &Value, right: &Value) -> Truth {
    let better = direction(facts, left).or_else(|| direction(facts, right));
    let better = better.unwrap_or(Better::Neither);
    if let (Value::Figure(a), Value::Figure(b)) = (left, right)
        && let Some(quick) = quickly(facts, *a, *b, better)
    {
        return quick.into();
    }
    pair(facts, left, right, |left, right| {
        bound::no_weaker(left, right, better)
    })
}

/// Two figures of one unit, whose bounds compare without a fraction.
fn quickly(facts: &Facts, a: FigureId, b: FigureId, better: Better) -> Option<bool> {
    let (a, b) = (facts.figure(a).value, facts.figure(b).value);
    let same = a.unit.unit == b.unit.unit;
    let (a, b) = (a.compact.as_ref()?, b.compact.as_ref()?);
    if same { a.no_weaker(b, better) } else { None }
}

fn direction(facts: &Facts, value: &Value) -> Option<Better> {
    match value {
        Value::Figure(id) => Some(facts.catalogue.get(facts.figure(*id).indicator).better),
        _ => None,
    }
}

/// `within` a bound.
pub(super) fn within(facts: &Facts, left: &Value, right: &Value) -> Truth {
    pair(facts, left, right, bound::within)
}

/// `within a..b`, both ends included.
pub(super) fn between(facts: &Facts, of: &Value, low: &Value, high: &Value) -> Truth {
    compare(facts, of, Order::AtLeast, low).and(compare(facts, of, Order::AtMost, high))
}

pub(super) fn negative(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(number.negated()),
        Value::Amount(amount) => Value::from(Amount {
            bound: amount.bound.negated(),
            ..*amount
        }),
        other => other,
    }
}

/// `+`, `-`, `*`, `/`
pub(super) fn arithmetic(operator: Arithmetic, left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Unknown(one), Value::Unknown(more)) => Value::Unknown(one.with(more)),
        (Value::Unknown(reasons), _) | (_, Value::Unknown(reasons)) => Value::Unknown(reasons),
        (Value::Year(year), Value::Number(number)) => {
            let year = Number::integer(year.into());
            known(plain(operator, year, number).map(year_of))
        }
        (left, right) => match (number(&left), number(&right)) {
            (Some(a), Some(b)) => known(plain(operator, a, b).map(Value::Number)),
            _ => quantities(operator, left, right),
        },
    }
}

fn year_of(number: Number) -> Value {
    match number.to_places(0).parse() {
        Ok(year) => Value::Year(year),
        Err(_) => Value::Number(number),
    }
}

fn known(value: Result<Value, ReasonKind>) -> Value {
    value.unwrap_or_else(|kind| Value::unknown(Reason::new(kind)))
}

fn plain(operator: Arithmetic, a: Number, b: Number) -> Result<Number, ReasonKind> {
    let result = match operator {
        Arithmetic::Plus => a.plus(b),
        Arithmetic::Minus => a.minus(b),
        Arithmetic::Times => a.times(b),
        Arithmetic::Over if b == Number::ZERO => return Err(ReasonKind::DividedByZero),
        Arithmetic::Over => a.over(b),
    };
    result.ok_or(ReasonKind::TooLarge)
}

fn quantities(operator: Arithmetic, left: Value, right: Value) -> Value {
    let (Some(a), Some(b)) = (amount_of(left), amount_of(right)) else {
        return Value::unknown(Reason::new(ReasonKind::NotSaid));
    };
    let result = match operator {
        Arithmetic::Plus | Arithmetic::Minus if a.dimension != b.dimension => {
            Err(ReasonKind::MixedDimensions)
        }
        Arithmetic::Plus => sum(a, &b),
        // Of two levels: shares are then shown in percentage points.
        Arithmetic::Minus => sum(
            Amount {
                difference: !b.difference,
                ..a
            },
            &Amount {
                bound: b.bound.negated(),
                ..b
            },
        ),
        Arithmetic::Times => product(&a, &b),
        Arithmetic::Over => quotient(&a, &b),
    };
    known(result.map(Value::from))
}

fn amount_of(value: Value) -> Option<Amount> {
    match value {
        Value::Amount(amount) => Some(*amount),
        Value::Number(number) => Some(Amount {
            bound: Bound::point(number),
            dimension: Dimension::ratio(),
            unit: None,
            difference: false,
        }),
        _ => None,
    }
}

fn sum(a: Amount, b: &Amount) -> Result<Amount, ReasonKind> {
    let bound = a.bound.plus(&b.bound).ok_or(ReasonKind::TooLarge)?;
    Ok(Amount { bound, ..a })
}

fn product(a: &Amount, b: &Amount) -> Result<Amount, ReasonKind> {
    let bound = match (a.bound.as_point(), b.bound.as_point()) {
        (_, Some(factor)) => a.bound.times(factor),
        (Some(factor), None) => b.bound.times(factor),
        (None, None) => return Err(ReasonKind::Approximate),
    };
    Ok(Amount {
        bound: bound.ok_or(ReasonKind::TooLarge)?,
        dimension: a.dimension.times(&b.dimension),
        unit: a
            .unit
            .filter(|_| b.unit.is_none())
            .or(b.unit.filter(|_| a.unit.is_none())),
        difference: false,
    })
}

fn quotient(a: &Amount, b: &Amount) -> Result<Amount, ReasonKind> {
    let bound = match b.bound.as_point() {
        Some(divisor) if divisor == Number::ZERO => return Err(ReasonKind::DividedByZero),
        Some(divisor) => {
            let inverse = Number::ONE.over(divisor);
            let scaled = inverse.and_then(|inverse| a.bound.times(inverse));
            scaled.ok_or(ReasonKind::TooLarge)?
        }
        None => a.bound.over(&b.bound).ok_or(ReasonKind::Approximate)?,
    };
    Ok(Amount {
        bound,
        dimension: a.dimension.over(&b.dimension),
        unit: a.unit.filter(|_| b.unit.is_none()),
        difference: false,
    })
}
