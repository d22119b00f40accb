//! Which figures answer to which: superiors and children over the region hierarchy.

use super::{Facts, Figure, FigureId, PlanId};
use crate::bound::{Better, Reason, ReasonKind, Truth, no_weaker};
use crate::language::Said;
use crate::region::RegionId;

/// What one region says about an indicator.
#[derive(Clone, Debug)]
pub enum Member {
    /// It says this.
    Says(FigureId),
    /// It says nothing, and why.
    Silent(Reason),
}

impl Facts {
    /// The plans that a plan answers to: of its region's ancestors, in its field, with a period that overlaps;
    /// nearest first.
    pub fn superior_plans(&self, plan: PlanId) -> impl Iterator<Item = PlanId> {
        let region = self.plan(plan).region.value;
        let above = self.regions.ancestors(region);
        above.flat_map(move |region| self.comparable(plan, region))
    }

    fn comparable(&self, plan: PlanId, region: RegionId) -> impl Iterator<Item = PlanId> {
        let own = self.plan(plan);
        let plans = self.plans_of(region).iter().copied();
        plans.filter(move |other| {
            let other = self.plan(*other);
            other.field.value == own.field.value && other.period.value.overlaps(own.period.value)
        })
    }

    /// The figures a target answers to: of each superior plan its strictest target of the same year or an
    /// earlier one, on the same statistical base; nearest first.
    #[must_use]
    pub fn superiors(&self, target: FigureId) -> Vec<FigureId> {
        let figure = self.figure(target);
        if !figure.own {
            return Vec::new();
        }
        let plans = self.superior_plans(figure.plan);
        plans
            .filter_map(|plan| self.strictest(figure, plan))
            .collect()
    }

    /// The nearest of [`superiors`](Self::superiors) that gives a value, and the regions on the way that said nothing.
    #[must_use]
    pub fn nearest_superior(&self, target: FigureId) -> (Option<FigureId>, Vec<Reason>) {
        let figure = self.figure(target);
        let mut way = Vec::new();
        if !figure.own {
            return (None, way);
        }
        for region in self.regions.ancestors(self.plan(figure.plan).region.value) {
            let plans: Vec<PlanId> = self.comparable(figure.plan, region).collect();
            let mut says = plans
                .iter()
                .filter_map(|plan| self.strictest(figure, *plan));
            let given = says
                .clone()
                .find(|id| self.figure(*id).is_given() != Some(false));
            if given.is_some() {
                return (given, way);
            }
            let kind = if says.next().is_some() {
                ReasonKind::NotGiven
            } else {
                self.silence(figure, region, &plans)
            };
            way.push(Reason::about(kind, self.region_said(region)));
        }
        (None, way)
    }

    /// Why a region says nothing that a figure could be compared with.
    fn silence(&self, figure: &Figure, region: RegionId, plans: &[PlanId]) -> ReasonKind {
        let states = |plan: &PlanId| !self.targets_of(*plan, figure.indicator).is_empty();
        if plans.iter().any(states) {
            ReasonKind::NotComparable
        } else if !plans.is_empty() {
            ReasonKind::NoRow
        } else if self.plans_of(region).is_empty() {
            ReasonKind::NoPlan
        } else {
            ReasonKind::OtherPlan
        }
    }

    /// What each region directly below says about a figure's indicator for its year, in the table's order.
    #[must_use]
    pub fn children(&self, target: FigureId) -> Vec<Member> {
        let figure = self.figure(target);
        let below = self.regions.children(self.plan(figure.plan).region.value);
        below
            .into_iter()
            .flat_map(|region| self.members(figure, region))
            .collect()
    }

    /// The targets of all regions below, at any level, of a figure's indicator for its year.
    #[must_use]
    pub fn subordinates(&self, target: FigureId) -> Vec<FigureId> {
        let figure = self.figure(target);
        let below = self
            .regions
            .descendants(self.plan(figure.plan).region.value);
        let members = below
            .into_iter()
            .flat_map(|region| self.members(figure, region));
        let says = members.filter_map(|member| match member {
            Member::Says(figure) => Some(figure),
            Member::Silent(_) => None,
        });
        says.collect()
    }

    /// What each other region below the same parent says of a figure's indicator for its year.
    #[must_use]
    pub fn siblings(&self, target: FigureId) -> Vec<Member> {
        let figure = self.figure(target);
        let own = self.plan(figure.plan).region.value;
        let Some(parent) = self.regions.parent(own) else {
            return Vec::new();
        };
        let beside = self
            .regions
            .children(parent)
            .into_iter()
            .filter(|region| *region != own);
        beside
            .flat_map(|region| self.members(figure, region))
            .collect()
    }

    fn members(&self, figure: &Figure, region: RegionId) -> Vec<Member> {
        let plans: Vec<PlanId> = self.comparable(figure.plan, region).collect();
        let targets = plans
            .iter()
            .flat_map(|plan| self.targets_of(*plan, figure.indicator));
        let says = targets.copied().filter(|id| {
            let other = self.figure(*id);
            other.year == figure.year && other.basis == figure.basis
        });
        let says: Vec<Member> = says.map(Member::Says).collect();
        if says.is_empty() {
            let kind = self.silence(figure, region, &plans);
            let reason = Reason::about(kind, self.region_said(region));
            return vec![Member::Silent(reason)];
        }
        says
    }

    fn region_said(&self, region: RegionId) -> Said {
        Said::same(&self.regions.get(region).name)
    }

    /// The strictest of a plan's targets that a figure answers to; where no two can be compared, the latest.
    fn strictest(&self, figure: &Figure, plan: PlanId) -> Option<FigureId> {
        let better = self.catalogue.get(figure.indicator).better;
        let targets = self.targets_of(plan, figure.indicator).iter().copied();
        let earlier = targets.filter(|id| {
            let other = self.figure(*id);
            other.year <= figure.year && other.basis == figure.basis
        });
        earlier.reduce(|best, next| {
            if self.is_stricter(next, best, better) {
                next
            } else {
                best
            }
        })
    }

    fn is_stricter(&self, next: FigureId, best: FigureId, better: Better) -> bool {
        let (next, best) = (self.figure(next), self.figure(best));
        match (&next.value.bound, &best.value.bound) {
            (Ok(a), Ok(b)) => match no_weaker(a, b, better) {
                Truth::True => true,
                Truth::False => false,
                Truth::Unknown(_) => next.year > best.year,
            },
            (Ok(_), Err(_)) => true,
            (Err(_), Ok(_)) => false,
            (Err(_), Err(_)) => next.year > best.year,
        }
    }
}
