//! Which figures answer to which: superiors and children over the region hierarchy.

use std::sync::OnceLock;

use super::ranges::Starts;
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
    /// Works out once which plan answers to which.
    pub(super) fn link(&mut self) {
        self.superiors.clear();
        self.superiors_of = Starts::default();
        self.made.below = OnceLock::new();
        self.made.onlys = OnceLock::new();
        self.made.together = Default::default();
        let mut superiors = Vec::new();
        for plan in self.plans() {
            self.superiors_of.begin(superiors.len());
            let above = self.regions.ancestors(self.region_of(plan));
            superiors.extend(above.flat_map(|region| self.comparable(plan, region)));
        }
        self.superiors = superiors;
    }

    /// The plans that a plan answers to: of its region's ancestors, in its field, with a period that overlaps;
    /// nearest first.
    #[must_use]
    pub fn superior_plans(&self, plan: PlanId) -> &[PlanId] {
        self.superiors_of.slice(plan.0 as usize, &self.superiors)
    }

    pub(super) fn comparable(
        &self,
        plan: PlanId,
        region: RegionId,
    ) -> impl Iterator<Item = PlanId> + Clone {
        let own = self.head(plan);
        let plans = self.plans_of(region).iter().copied();
        plans.filter(move |other| {
            let other = self.head(*other);
            other.field == own.field && other.period.overlaps(own.period)
        })
    }

    /// The figures a target answers to: of each superior plan its strictest target of the same year or an
    /// earlier one, on the same statistical base; nearest first.
    pub fn superiors(&self, target: FigureId) -> impl Iterator<Item = FigureId> + use<'_> {
        let figure = self.figure(target);
        let basis = figure.basis();
        let plans = if figure.own {
            self.superior_plans(figure.plan)
        } else {
            &[]
        };
        plans
            .iter()
            .filter_map(move |plan| self.strictest(&figure, basis, *plan))
    }

    /// The nearest of [`superiors`](Self::superiors) that gives a value, and the regions on the way that said nothing.
    #[must_use]
    pub fn nearest_superior(&self, target: FigureId) -> (Option<FigureId>, Vec<Reason>) {
        let figure = self.figure(target);
        let basis = figure.basis();
        let mut way = Vec::new();
        if !figure.own {
            return (None, way);
        }
        for region in self.regions.ancestors(self.region_of(figure.plan)) {
            let plans = self.comparable(figure.plan, region);
            let mut says = plans.filter_map(|plan| self.strictest(&figure, basis, plan));
            let given = says
                .clone()
                .find(|id| self.figure(*id).is_given() != Some(false));
            if given.is_some() {
                return (given, way);
            }
            let kind = if says.next().is_some() {
                ReasonKind::NotGiven
            } else {
                self.silence(&figure, region)
            };
            way.push(Reason::about(kind, self.region_said(region)));
        }
        (None, way)
    }

    /// Why a region says nothing that a figure could be compared with.
    fn silence(&self, figure: &Figure<'_>, region: RegionId) -> ReasonKind {
        let mut plans = self.comparable(figure.plan, region);
        let states = |plan: PlanId| self.targets_of(plan, figure.indicator).next().is_some();
        if plans.clone().any(states) {
            ReasonKind::NotComparable
        } else if plans.next().is_some() {
            ReasonKind::NoRow
        } else if self.plans_of(region).is_empty() {
            ReasonKind::NoPlan
        } else {
            ReasonKind::OtherPlan
        }
    }

    /// What each region directly below says about a figure's indicator for its year, in the table's order.
    pub fn children(&self, target: FigureId) -> impl Iterator<Item = Member> + use<'_> {
        let plan = self.figure(target).plan;
        self.members(target, self.regions.children(self.region_of(plan)))
    }

    /// The targets of all regions below, at any level, of a figure's indicator for its year.
    pub fn subordinates(&self, target: FigureId) -> impl Iterator<Item = FigureId> + use<'_> {
        let figure = self.figure(target);
        let below = self.regions.descendants(self.region_of(figure.plan));
        below
            .iter()
            .flat_map(move |region| self.sayings(figure, *region))
    }

    /// What each other region below the same parent says of a figure's indicator for its year.
    pub fn siblings(&self, target: FigureId) -> impl Iterator<Item = Member> + use<'_> {
        let (before, after) = self.beside(target);
        self.members(target, before)
            .chain(self.members(target, after))
    }

    /// [`siblings`](Self::siblings) without reasons, until the taker has enough; gives whether it never had.
    pub fn siblings_say(
        &self,
        target: FigureId,
        take: &mut dyn FnMut(Option<FigureId>) -> bool,
    ) -> bool {
        let (before, after) = self.beside(target);
        self.say(target, before, take) && self.say(target, after, take)
    }

    fn say(
        &self,
        target: FigureId,
        regions: &[RegionId],
        take: &mut dyn FnMut(Option<FigureId>) -> bool,
    ) -> bool {
        let figure = self.figure(target);
        regions.iter().all(|region| {
            let mut says = self.sayings(figure, *region).peekable();
            let silent = says.peek().is_none();
            says.all(|id| take(Some(id))) && (!silent || take(None))
        })
    }

    /// The regions before and behind that of a figure, below the same parent.
    fn beside(&self, target: FigureId) -> (&[RegionId], &[RegionId]) {
        let own = self.region_of(self.figure(target).plan);
        let parent = self.regions.parent(own);
        let beside = parent.map_or(&[][..], |parent| self.regions.children(parent));
        let place = beside.iter().position(|region| *region == own);
        let (before, after) = beside.split_at(place.unwrap_or(beside.len()));
        (before, after.get(1..).unwrap_or(&[]))
    }

    /// What regions say: each its targets, or why it says nothing.
    fn members<'f>(
        &'f self,
        target: FigureId,
        regions: &'f [RegionId],
    ) -> impl Iterator<Item = Member> + use<'f> {
        let figure = self.figure(target);
        regions.iter().flat_map(move |region| {
            let mut says = self.sayings(figure, *region).peekable();
            let silent = says.peek().is_none().then(|| {
                let kind = self.silence(&figure, *region);
                Member::Silent(Reason::about(kind, self.region_said(*region)))
            });
            says.map(Member::Says).chain(silent)
        })
    }

    /// A region's targets of a figure's indicator, base and year.
    fn sayings<'f>(
        &'f self,
        figure: Figure<'f>,
        region: RegionId,
    ) -> impl Iterator<Item = FigureId> + use<'f> {
        let plans = self.comparable(figure.plan, region);
        let basis = figure.basis();
        let figures = plans.flat_map(move |plan| self.figures_of_by(plan, figure.indicator));
        figures.filter(move |id| self.is_target(*id, basis, |year| year == figure.year))
    }

    fn region_said(&self, region: RegionId) -> Said {
        Said::same(&self.regions.get(region).name)
    }

    /// The strictest of a plan's targets that a figure answers to; where no two can be compared, the latest.
    #[inline]
    pub(super) fn strictest(
        &self,
        figure: &Figure<'_>,
        basis: Option<&str>,
        plan: PlanId,
    ) -> Option<FigureId> {
        let figures = self.figures_of_by(plan, figure.indicator);
        let earlier = figures.filter(|id| self.is_target(*id, basis, |year| year <= figure.year));
        earlier.reduce(|best, next| {
            let better = self.catalogue.get(figure.indicator).better;
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
