//! The quick way: conditions over ids, without memory. `None` is no verdict but a question for the general way.

use crate::bound::{Compact, Order, ReasonKind};
use crate::facts::{Facts, Field, FigureId};
use crate::query::quick::{Extent, Quick, Read, Whole};
use crate::relation::edge_of;
use crate::syntax::Aggregate;
use crate::value::{Atom, Measure, Value};

/// Whether a condition of a query holds, where that is quickly told of its variables.
#[must_use]
pub fn holds(quick: &Quick<'_>, frame: &[Value], facts: &Facts) -> Option<bool> {
    Scope::new(facts, frame).holds(quick)
}

/// What a condition is asked with: the rule's variables, and in front of them those of the loops it is in.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s, 'e> {
    pub facts: &'e Facts,
    frame: &'e [Value],
    inner: Option<&'s Inner<'s>>,
}

/// The variable of a loop.
struct Inner<'s> {
    slot: usize,
    figure: FigureId,
    outer: Option<&'s Self>,
}

/// Why nothing could be read; `None` where the general way is to be asked.
type Unread = Option<ReasonKind>;

impl<'e> Scope<'_, 'e> {
    #[inline]
    pub const fn new(facts: &'e Facts, frame: &'e [Value]) -> Self {
        Self {
            facts,
            frame,
            inner: None,
        }
    }

    /// Whether a condition holds: the commonest of all without a call.
    #[inline]
    pub fn told(self, quick: &'e Quick<'e>) -> Option<bool> {
        match quick {
            Quick::NoWeaker(left, right) => self.no_weaker(left, right),
            Quick::Shared(field, left, right) => self.shares(*field, left, right),
            Quick::Test(test, of @ Read::Slot(_)) => match self.figure(of) {
                Some(figure) => (test.quick)(self.facts, Ok(Atom::Figure(figure))),
                None => self.holds(quick),
            },
            Quick::Not(inner) => match &**inner {
                Quick::NoWeaker(left, right) => self.no_weaker(left, right).map(|holds| !holds),
                other => self.holds(other).map(|holds| !holds),
            },
            other => self.holds(other),
        }
    }

    #[inline]
    fn shares(self, field: Field, left: &'e Read<'e>, right: &'e Read<'e>) -> Option<bool> {
        let (left, right) = (self.figure(left)?, self.figure(right)?);
        Some(self.facts.is_same(field, left, right))
    }

    /// Asks with a figure in the place of a variable.
    pub fn of<T>(self, slot: usize, figure: FigureId, ask: impl FnOnce(Scope<'_, 'e>) -> T) -> T {
        let inner = Inner {
            slot,
            figure,
            outer: self.inner,
        };
        ask(Scope {
            facts: self.facts,
            frame: self.frame,
            inner: Some(&inner),
        })
    }

    /// Whether a condition holds.
    pub fn holds(self, quick: &'e Quick<'e>) -> Option<bool> {
        match quick {
            Quick::Not(inner) => self.holds(inner).map(|holds| !holds),
            Quick::All(parts) => self.joined(parts, false),
            Quick::Any(parts) => self.joined(parts, true),
            Quick::If(parts) => {
                let (condition, yes, no) = &**parts;
                let chosen = if self.holds(condition)? { yes } else { no };
                self.holds(chosen)
            }
            Quick::Same(left, right) => Some(self.read(left).ok()? == self.read(right).ok()?),
            Quick::Shared(field, left, right) => self.shares(*field, left, right),
            Quick::Order(order, left, right) => self.ordered(*order, left, right),
            Quick::Compare(order, left, right) => {
                let (left, right) = (self.measure(left)?, self.measure(right)?);
                alike(&left, &right)?;
                left.compact.compare(*order, &right.compact)
            }
            Quick::NoWeaker(left, right) => self.no_weaker(left, right),
            Quick::Test(test, of) => match self.read(of) {
                Ok(of) => (test.quick)(self.facts, Ok(of)),
                Err(kind) => (test.quick)(self.facts, Err(kind?)),
            },
            Quick::IsIndicator(of, indicator) => match self.read(of).ok()? {
                Atom::Indicator(found) => Some(found == *indicator),
                _ => None,
            },
            Quick::Among(aggregate, rounds, asked) => {
                self.among(*aggregate == Aggregate::Any, rounds, asked)
            }
        }
    }

    /// Kleene's `and` and `or`: one part that decides is enough.
    fn joined(self, parts: &'e [Quick<'e>], decides: bool) -> Option<bool> {
        let mut unclear = false;
        for part in parts {
            match self.holds(part) {
                Some(holds) if holds == decides => return Some(decides),
                Some(_) => (),
                None => unclear = true,
            }
        }
        (!unclear).then_some(!decides)
    }

    #[inline]
    fn no_weaker(self, left: &'e Read<'e>, right: &'e Read<'e>) -> Option<bool> {
        let (left, right) = (self.figure(left)?, self.figure(right)?);
        self.facts.is_no_weaker(left, right)
    }

    /// A figure: nearly always that of a variable, which is told without looking at what else it might be.
    #[inline]
    pub fn figure(self, read: &'e Read<'e>) -> Option<FigureId> {
        if let (Read::Slot(slot), None) = (read, self.inner) {
            return match self.frame.get(*slot)? {
                Value::Figure(id) => Some(*id),
                _ => None,
            };
        }
        match self.read(read).ok()? {
            Atom::Figure(id) => Some(id),
            _ => None,
        }
    }

    /// Of a count only as much is counted as the other side needs.
    fn ordered(self, order: Order, left: &'e Whole<'e>, right: &'e Whole<'e>) -> Option<bool> {
        let (left, right) = if matches!(left, Whole::Count(_)) {
            let right = self.whole(right, i64::MAX)?;
            (self.whole(left, right.saturating_add(1))?, right)
        } else {
            let left = self.whole(left, i64::MAX)?;
            (left, self.whole(right, left.saturating_add(1))?)
        };
        Some(order.holds(&left, &right))
    }

    /// Reads a value where it stands.
    #[inline]
    pub fn read(self, read: &'e Read<'e>) -> Result<Atom<'e>, Unread> {
        match read {
            Read::Slot(slot) => self.slot(*slot).ok_or(None),
            Read::Constant(atom) => Ok(*atom),
            Read::PlanOf(slot) | Read::IndicatorOf(slot) => {
                let figure = self.figure_in(*slot).ok_or(None)?;
                self.read_of(figure, read)
            }
            Read::Held(of, held) => {
                let of = match &**of {
                    Read::Slot(slot) => self.slot(*slot).ok_or(None)?,
                    deeper => self.read(deeper)?,
                };
                (held.get)(self.facts, of).ok_or(Some(held.absent))
            }
        }
    }

    /// Reads a value of a figure in the place of its only variable.
    #[inline]
    pub fn read_of(self, figure: FigureId, read: &'e Read<'e>) -> Result<Atom<'e>, Unread> {
        match read {
            Read::Slot(_) => Ok(Atom::Figure(figure)),
            Read::Constant(atom) => Ok(*atom),
            Read::PlanOf(_) => Ok(Atom::Plan(self.facts.plan_of_figure(figure))),
            Read::IndicatorOf(_) => Ok(Atom::Indicator(self.facts.indicator_of(figure))),
            Read::Held(of, held) => {
                let of = self.read_of(figure, of)?;
                (held.get)(self.facts, of).ok_or(Some(held.absent))
            }
        }
    }

    #[inline]
    fn figure_in(self, slot: usize) -> Option<FigureId> {
        match self.slot(slot)? {
            Atom::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    #[inline]
    fn slot(self, slot: usize) -> Option<Atom<'e>> {
        let mut inner = self.inner;
        while let Some(bound) = inner {
            if bound.slot == slot {
                return Some(Atom::Figure(bound.figure));
            }
            inner = bound.outer;
        }
        Atom::of(self.frame.get(slot)?)
    }

    fn whole(self, whole: &'e Whole<'e>, most: i64) -> Option<i64> {
        match whole {
            Whole::Read(read) => self.read(read).ok()?.whole(),
            Whole::Year(of) => Some(self.facts.year_of(self.figure(of)?).into()),
            Whole::Plus(sides) => {
                let left = self.whole(&sides.0, i64::MAX)?;
                left.checked_add(self.whole(&sides.1, i64::MAX)?)
            }
            Whole::Minus(sides) => {
                let left = self.whole(&sides.0, i64::MAX)?;
                left.checked_sub(self.whole(&sides.1, i64::MAX)?)
            }
            Whole::Count(rounds) => self.count(rounds, most),
        }
    }

    pub fn measure(self, extent: &'e Extent<'e>) -> Option<Measure<'e>> {
        match extent {
            Extent::Constant(compact, dimension) => Some(Measure {
                compact: *compact,
                dimension: *dimension,
            }),
            Extent::Of(read, measure) => measure(self.facts, self.read(read).ok()?),
            Extent::Edge(read) => edge_of(self.facts, self.read(read).ok()?),
            Extent::Times(of, factor) => {
                let of = self.measure(of)?;
                Some(Measure {
                    compact: of.compact.times(*factor)?,
                    ..of
                })
            }
            Extent::Sum(rounds, value) => self.sum(rounds, value),
            Extent::SumOfEdges(rounds, value) => match self.together(rounds) {
                Some(together) => together.sum().map(|(compact, dimension)| Measure {
                    compact,
                    dimension: Some(dimension),
                }),
                None => self.sum(rounds, value),
            },
            Extent::Plus(sides) => self.both(sides, Compact::plus),
            Extent::Minus(sides) => self.both(sides, Compact::minus),
            Extent::If(parts) => {
                let (condition, yes, no) = &**parts;
                self.measure(if self.holds(condition)? { yes } else { no })
            }
        }
    }

    fn both(
        self,
        (left, right): &'e (Extent<'e>, Extent<'e>),
        join: fn(&Compact, &Compact) -> Option<Compact>,
    ) -> Option<Measure<'e>> {
        let (left, right) = (self.measure(left)?, self.measure(right)?);
        alike(&left, &right)?;
        Some(Measure {
            compact: join(&left.compact, &right.compact)?,
            dimension: left.dimension.or(right.dimension),
        })
    }
}

/// Whether two quantities are of one dimension; a bare zero is of any.
pub(super) fn alike(one: &Measure<'_>, other: &Measure<'_>) -> Option<()> {
    match (one.dimension, other.dimension) {
        (Some(one), Some(other)) => (std::ptr::eq(one, other) || one == other).then_some(()),
        _ => Some(()),
    }
}
