//! Conditions that are undecided for sure, told without the reasons.

use super::quick::Scope;
use super::rounds::Met;
use crate::facts::AnyOf;
use crate::query::quick::{Extent, Quick, Read, Round};
use crate::syntax::Aggregate;

impl<'e> Scope<'_, 'e> {
    /// Whether a condition that is not known to hold or not is undecided for sure: a side of it has no meaning that could
    /// be compared, whatever the other is.
    pub fn is_undecided(self, quick: &'e Quick<'e>) -> bool {
        match quick {
            Quick::Not(inner) => self.is_undecided(inner),
            Quick::If(parts) => {
                let (condition, yes, no) = &**parts;
                match self.holds(condition) {
                    Some(holds) => self.is_undecided(if holds { yes } else { no }),
                    None => false,
                }
            }
            Quick::NoWeaker(left, right) => self.is_unbounded(left) || self.is_unbounded(right),
            Quick::Compare(_, left, right) => self.is_unknown(left) || self.is_unknown(right),
            Quick::Among(aggregate, rounds, asked) => {
                let decides = *aggregate == Aggregate::Any;
                self.any_together(decides, rounds, asked) == Some(AnyOf::Undecided)
            }
            _ => false,
        }
    }

    /// Whether a quantity is unknown for sure.
    fn is_unknown(self, extent: &'e Extent<'e>) -> bool {
        match extent {
            Extent::Constant(..) => false,
            Extent::Of(read, _) | Extent::Edge(read) => self.is_unbounded(read),
            Extent::Times(of, _) => self.is_unknown(of),
            Extent::Plus(sides) | Extent::Minus(sides) => {
                self.is_unknown(&sides.0) || self.is_unknown(&sides.1)
            }
            Extent::If(parts) => {
                let (condition, yes, no) = &**parts;
                match self.holds(condition) {
                    Some(holds) => self.is_unknown(if holds { yes } else { no }),
                    None => false,
                }
            }
            Extent::SumOfEdges(rounds, value) => match self.together(rounds) {
                Some(together) => together.lacks,
                None => self.is_lacking(rounds, value),
            },
            Extent::Sum(rounds, value) => self.is_lacking(rounds, value),
        }
    }

    /// Whether somebody says nothing of what is summed.
    fn is_lacking(self, rounds: &'e [Round<'e>], value: &'e Extent<'e>) -> bool {
        !self.each(rounds, &mut |met| match met {
            Met::Member(scope) => !scope.is_unknown(value),
            Met::Silent => false,
            Met::Unclear => true,
        })
    }

    /// Whether something is a figure without a meaning that could be compared.
    fn is_unbounded(self, read: &'e Read<'e>) -> bool {
        self.figure(read)
            .is_some_and(|id| !self.facts.is_bounded(id))
    }
}
