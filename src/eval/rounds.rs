//! Aggregates the quick way: their loops, and what these come to.

use super::part::Part;
use super::quick::{Scope, alike};
use crate::facts::{AnyOf, Field, FigureId, Together};
use crate::query::quick::{Extent, Figures, Over, Quick, Read, Round};
use crate::value::{Atom, Measure};

/// What a loop of an aggregate comes upon.
pub(super) enum Met<'s, 'e> {
    /// A member, its variable bound.
    Member(Scope<'s, 'e>),
    /// Somebody who should have said something.
    Silent,
    /// Something that only the general way can tell.
    Unclear,
}

impl<'e> Scope<'_, 'e> {
    /// `any` and `every`.
    pub fn among(
        self,
        decides: bool,
        rounds: &'e [Round<'e>],
        asked: &'e Quick<'e>,
    ) -> Option<bool> {
        match self.any_together(decides, rounds, asked) {
            Some(AnyOf::Known(holds)) => return Some(holds),
            Some(AnyOf::Undecided) => return None,
            None => (),
        }
        if let (true, Some(part)) = (decides, self.all_asked_for(rounds, asked)) {
            return Some(!part.each(self.facts, &mut |_| false));
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

    /// The figures that a loop runs over, where nothing is asked of them but the indicator that they are listed by.
    fn all_asked_for(self, rounds: &'e [Round<'e>], asked: &'e Quick<'e>) -> Option<Part> {
        let (Quick::Shared(Field::Indicator, Read::Slot(one), Read::Slot(other)), [round]) =
            (asked, rounds)
        else {
            return None;
        };
        let (Over::Figures(figures), None) = (&round.over, &round.filter) else {
            return None;
        };
        let ([_], Some(Read::IndicatorOf(like))) = (&*figures.parts, &figures.by) else {
            return None;
        };
        if *one != round.slot || other != like {
            return None;
        }
        self.part(figures, 0).filter(|part| part.by.is_some())
    }

    /// Whether any that a loop runs over is no weaker than another figure, told of all of them together.
    pub fn any_together(
        self,
        decides: bool,
        rounds: &'e [Round<'e>],
        asked: &'e Quick<'e>,
    ) -> Option<AnyOf> {
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

    /// How many say something; who is silent is no figure to count.
    pub fn count(self, rounds: &'e [Round<'e>], most: i64) -> Option<i64> {
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

    /// The sum; of nothing, unclear, as it is where anybody is silent.
    pub fn sum(self, rounds: &'e [Round<'e>], value: &'e Extent<'e>) -> Option<Measure<'e>> {
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
