//! Who answers to whom, kept at hand: superiors' targets found once for all that answer to the same ones, and the plans
//! of the regions directly below.

use super::index::Starts;
use super::{Facts, FigureId, PlanId};
use crate::catalogue::IndicatorId;

/// Superiors' targets that were found before: the plans below one region answer to the same ones, indicator by
/// indicator, and are asked one after another.
#[derive(Debug, Default)]
pub struct Sought(Vec<Place>);

/// What a plan's figures say of an indicator for a year.
#[derive(Clone, Copy, Debug)]
struct Place {
    plan: PlanId,
    year: i32,
    found: Option<FigureId>,
}

impl Sought {
    /// A place for each indicator of each superior, counted from the highest: what is known stays known from one plan to
    /// the next one below the same region.
    #[inline]
    fn place(
        &mut self,
        height: usize,
        indicator: IndicatorId,
        indicators: usize,
    ) -> Option<&mut Place> {
        let at = height * indicators + indicator.index();
        if self.0.len() <= at {
            let nothing = Place {
                plan: PlanId(u32::MAX),
                year: 0,
                found: None,
            };
            self.0.resize((height + 1) * indicators, nothing);
        }
        self.0.get_mut(at)
    }
}

/// A plan of a region directly below, or that there is none.
#[derive(Clone, Copy, Debug)]
struct Below {
    plan: Option<PlanId>,
    /// Whether it is the region's last.
    last: bool,
}

/// By plan, the comparable plans of the regions directly below, in the table's order.
#[derive(Debug, Default)]
pub(super) struct AllBelow {
    starts: Starts,
    plans: Vec<Below>,
}

impl Facts {
    /// Puts what [`superiors`](Self::superiors) gives into a list.
    #[inline]
    pub fn list_superiors(&self, target: FigureId, sought: &mut Sought, list: &mut Vec<FigureId>) {
        list.clear();
        if self.packed(target).marks.has_rest() {
            list.extend(self.superiors(target));
            return;
        }
        let figure = self.figure(target);
        if !figure.own {
            return;
        }
        let plans = self.superior_plans(figure.plan);
        let (indicator, year) = (figure.indicator, figure.year);
        for (height, plan) in (0..plans.len()).rev().zip(plans) {
            let Some(place) = sought.place(height, indicator, self.catalogue.len()) else {
                continue;
            };
            if place.plan != *plan || place.year != year {
                *place = Place {
                    plan: *plan,
                    year,
                    found: self.strictest(&figure, None, *plan),
                };
            }
            list.extend(place.found);
        }
    }

    /// [`children`](Self::children) without reasons, until the taker has enough; gives whether it never had.
    pub fn children_say(
        &self,
        target: FigureId,
        take: &mut dyn FnMut(Option<FigureId>) -> bool,
    ) -> bool {
        let figure = self.figure(target);
        let basis = figure.basis();
        let below = self.below.get_or_init(|| self.all_below());
        let mut silent = true;
        let plans = below.starts.slice(figure.plan.0 as usize, &below.plans);
        plans.iter().all(|below| {
            let figures = below
                .plan
                .map_or(&[][..], |plan| self.figures_of_by(plan, figure.indicator));
            for id in figures {
                if self.is_target(*id, basis, |year| year == figure.year) {
                    silent = false;
                    if !take(Some(*id)) {
                        return false;
                    }
                }
            }
            let nobody = below.last && silent;
            silent |= below.last;
            !nobody || take(None)
        })
    }

    fn all_below(&self) -> AllBelow {
        let mut all = AllBelow::default();
        for plan in self.plans() {
            all.starts.begin(all.plans.len());
            for region in self.regions.children(self.region_of(plan)) {
                let first = all.plans.len();
                let plans = self.comparable(plan, *region).map(Some);
                let below = |plan| Below { plan, last: false };
                all.plans.extend(plans.map(below));
                if all.plans.len() == first {
                    all.plans.push(below(None));
                }
                if let Some(last) = all.plans.last_mut() {
                    last.last = true;
                }
            }
        }
        all
    }
}
