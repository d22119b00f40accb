//! Aggregates: `sum(c.edge for c in children(t) where …)`.

use super::scope::{Resolver, Typed};
use super::typed::{AggregateCode, Code, Source};
use super::wrong;
use crate::quantity::Dimension;
use crate::source::{Span, Spanned};
use crate::syntax::{Aggregate, Expression, Loop};
use crate::value::Kind;

impl Resolver<'_> {
    pub fn aggregate(
        &mut self,
        aggregate: &Spanned<Aggregate>,
        value: &Expression,
        weight: Option<&Expression>,
        loops: &[Loop],
        span: Span,
    ) -> Option<Typed> {
        let first = self.slots.len();
        let mut resolved = Some(Vec::new());
        for one in loops {
            let found = self.aggregate_loop(one);
            resolved = resolved.zip(found).map(|(mut all, one)| {
                all.push(one);
                all
            });
        }
        let value = self.expression(value);
        let weight = weight.map(|weight| self.expression(weight));
        self.hide_from(first);
        let (loops, value) = (resolved?, value?);
        let weight = match weight {
            None => None,
            Some(weight) => Some(weight?),
        };
        self.check_weight(aggregate, weight.as_ref())?;
        let (kind, dimension) = self.aggregate_kind(aggregate, &value)?;
        let value = match (aggregate.value, value.kind) {
            (Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max, Kind::Figure) => {
                super::operator::measured(value)
            }
            _ => value.code,
        };
        let code = Code::Aggregate(Box::new(AggregateCode {
            aggregate: aggregate.value,
            value,
            weight: weight.map(super::operator::measured),
            loops,
        }));
        Some(Typed {
            code,
            kind,
            dimension,
            span,
        })
    }

    fn aggregate_loop(&mut self, one: &Loop) -> Option<(usize, Source, Option<Code>)> {
        let source = self.source(&one.source);
        let kind = source.as_ref().map_or(Kind::Figure, |(_, kind)| *kind);
        let slot = self.bind(&one.variable, kind, None);
        self.mark_used(slot);
        let filter = match &one.filter {
            None => None,
            Some(filter) => {
                let code = self.truth(filter)?;
                self.learn_all(&code);
                Some(code)
            }
        };
        Some((slot, source?.0, filter))
    }

    fn check_weight(
        &mut self,
        aggregate: &Spanned<Aggregate>,
        weight: Option<&Typed>,
    ) -> Option<()> {
        let problem = match weight {
            None => return Some(()),
            Some(_) if aggregate.value != Aggregate::Mean => wrong::weight_of_other(aggregate.span),
            Some(weight) if weight.kind.is_measured() || weight.kind == Kind::Number => {
                return Some(());
            }
            Some(weight) => wrong::not_kind(weight, Kind::Amount),
        };
        self.wrong(problem)
    }

    fn aggregate_kind(
        &mut self,
        aggregate: &Spanned<Aggregate>,
        value: &Typed,
    ) -> Option<(Kind, Option<Dimension>)> {
        let numeric = value.kind.is_measured() || value.kind == Kind::Number;
        let problem = match aggregate.value {
            Aggregate::Count => return Some((Kind::Number, None)),
            Aggregate::Any | Aggregate::Every if value.kind == Kind::Truth => {
                return Some((Kind::Truth, None));
            }
            Aggregate::Min | Aggregate::Max if value.kind == Kind::Year => {
                return Some((Kind::Year, None));
            }
            Aggregate::Any | Aggregate::Every => wrong::not_kind(value, Kind::Truth),
            _ if value.kind == Kind::Number => return Some((Kind::Number, None)),
            _ if numeric => return Some((Kind::Amount, value.dimension.clone())),
            _ => wrong::not_kind(value, Kind::Amount),
        };
        self.wrong(problem)
    }
}
