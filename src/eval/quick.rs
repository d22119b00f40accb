//! The quick way: conditions over ids, without memory. `None` is no verdict but a question for the general way.

use super::part::Part;
use crate::bound::{Compact, Order, ReasonKind};
use crate::facts::{Facts, Field, FigureId, Together};
use crate::query::quick::{Extent, Figures, Over, Quick, Read, Round, Whole};
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

/// What a loop of an aggregate comes upon.
pub(super) enum Met<'s, 'e> {
    /// A member, its variable bound.
    Member(Scope<'s, 'e>),
    /// Somebody who should have said something.
    Silent,
    /// Something that only the general way can tell.
    Unclear,
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

    /// `any` and `every`.
    fn among(self, decides: bool, rounds: &'e [Round<'e>], asked: &'e Quick<'e>) -> Option<bool> {
        if let Some(known) = self.any_together(decides, rounds, asked) {
            return known;
        }
        let (mut unclear, mut settled) = (false, false);
        self.each(rounds, &mut |met| {
            let answer = match met {
                Met::Member(scope) => scope.holds(asked),
                Met::Silent | Met::Unclear => None,
            };
            unclear |= answer.is_none();
            settled |= answer == Some(decides);
            !settled
        });
        match (settled, unclear) {
            (true, _) => Some(decides),
            (false, true) => None,
            (false, false) => Some(!decides),
        }
    }

    /// What all that a loop runs over say, taken together, where that is known.
    pub fn together(self, rounds: &'e [Round<'e>]) -> Option<Together<'e>> {
        let [round] = rounds else { return None };
        match &round.over {
            Over::Relation(relation, of) if round.filter.is_none() => {
                relation.quick?.together(self.facts, self.read(of).ok()?)
            }
            _ => None,
        }
    }

    /// Whether any that a loop runs over is no weaker than another figure, told of all of them together; `Some(None)` where
    /// that is undecided for sure.
    pub fn any_together(
        self,
        decides: bool,
        rounds: &'e [Round<'e>],
        asked: &'e Quick<'e>,
    ) -> Option<Option<bool>> {
        let (Quick::NoWeaker(Read::Slot(one), than @ Read::Slot(other)), [round]) = (asked, rounds)
        else {
            return None;
        };
        if !decides || *one != round.slot || *other == round.slot {
            return None;
        }
        let together = self.together(rounds)?;
        together.any_no_weaker(self.figure(than)?)
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
            Read::PlanOf(slot) => {
                let figure = self.figure_in(*slot).ok_or(None)?;
                Ok(Atom::Plan(self.facts.plan_of_figure(figure)))
            }
            Read::IndicatorOf(slot) => {
                let figure = self.figure_in(*slot).ok_or(None)?;
                Ok(Atom::Indicator(self.facts.indicator_of(figure)))
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

    /// How many say something; who is silent is no figure to count.
    fn count(self, rounds: &'e [Round<'e>], most: i64) -> Option<i64> {
        if let Some(together) = self.together(rounds) {
            return i64::try_from(together.count).ok();
        }
        let (mut count, mut unclear) = (0, false);
        self.each(rounds, &mut |met| {
            match met {
                Met::Member(_) => count += 1,
                Met::Silent => (),
                Met::Unclear => unclear = true,
            }
            !unclear && count < most
        });
        (!unclear).then_some(count)
    }

    pub fn measure(self, extent: &'e Extent<'e>) -> Option<Measure<'e>> {
        match extent {
            Extent::Constant(compact, dimension) => Some(Measure {
                compact: *compact,
                dimension: *dimension,
            }),
            Extent::Of(read, measure) => measure(self.facts, self.read(read).ok()?),
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

    /// The sum; of nothing, unclear, as it is where anybody is silent.
    fn sum(self, rounds: &'e [Round<'e>], value: &'e Extent<'e>) -> Option<Measure<'e>> {
        let mut sum: Option<Measure<'e>> = None;
        let mut add = |measure: Measure<'e>| {
            sum = Some(match &sum {
                None => measure,
                Some(sum) => {
                    alike(sum, &measure)?;
                    Measure {
                        compact: sum.compact.plus(&measure.compact)?,
                        ..*sum
                    }
                }
            });
            Some(())
        };
        let whole = self.each(rounds, &mut |met| match met {
            Met::Member(scope) => scope.measure(value).and_then(&mut add).is_some(),
            Met::Silent | Met::Unclear => false,
        });
        sum.filter(|_| whole)
    }

    /// Goes through what loops run over, until `take` has enough; gives whether it never had.
    pub fn each(self, rounds: &'e [Round<'e>], take: &mut dyn FnMut(Met<'_, 'e>) -> bool) -> bool {
        let Some((round, rest)) = rounds.split_first() else {
            return take(Met::Member(self));
        };
        match &round.over {
            Over::Relation(relation, of) => match (relation.quick, self.read(of)) {
                (Some(quick), Ok(of)) => quick.each(self.facts, of, &mut |member| match member {
                    Some(figure) => self.member(round, rest, figure, take),
                    None => take(Met::Silent),
                }),
                _ => take(Met::Unclear),
            },
            Over::Figures(figures) => {
                if !self.knows(figures) {
                    return take(Met::Unclear);
                }
                (0..figures.parts.len()).all(|at| {
                    let mut one = |figure| {
                        self.stood_before(figures, at, figure)
                            || self.member(round, rest, figure, take)
                    };
                    let part = self.part(figures, at);
                    part.is_none_or(|part| part.each(self.facts, &mut one))
                })
            }
        }
    }

    /// Goes on with a member, where it is one that is wanted.
    fn member(
        self,
        round: &'e Round<'e>,
        rest: &'e [Round<'e>],
        figure: FigureId,
        take: &mut dyn FnMut(Met<'_, 'e>) -> bool,
    ) -> bool {
        self.of(round.slot, figure, |scope| {
            match round.filter.as_ref().map(|filter| scope.holds(filter)) {
                None | Some(Some(true)) => scope.each(rest, take),
                Some(Some(false)) => true,
                Some(None) => take(Met::Unclear),
            }
        })
    }

    /// Whether all plans are known whose figures these are.
    pub fn knows(self, figures: &'e Figures<'e>) -> bool {
        let mut plans = figures.parts.iter().map(|(plan, _)| self.read(plan));
        plans.all(|plan| matches!(plan, Ok(Atom::Plan(_))))
    }

    /// The figures of one of the plans.
    pub fn part(self, figures: &'e Figures<'e>, at: usize) -> Option<Part> {
        let (plan, set) = figures.parts.get(at)?;
        let Ok(Atom::Plan(plan)) = self.read(plan) else {
            return None;
        };
        let by = match figures.by.as_ref().map(|by| self.read(by)) {
            Some(Ok(Atom::Indicator(indicator))) => Some(indicator),
            // Every figure is asked then: each is undecided for the reason that the indicator is unknown for.
            _ => None,
        };
        Some(Part {
            plan,
            set: *set,
            by,
        })
    }

    /// Whether a figure is one of a part before this one: a union has each once.
    pub fn stood_before(self, figures: &'e Figures<'e>, at: usize, figure: FigureId) -> bool {
        let own = self.facts.figure(figure).plan;
        figures.parts.iter().take(at).any(|(plan, set)| {
            self.read(plan) == Ok(Atom::Plan(own)) && self.facts.holds(*set, figure)
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
