//! The figures of each set, listed when a rule first runs over all of them.

use std::mem;
use std::ops::Range;
use std::sync::OnceLock;

use super::{Facts, FigureId, FigureSet, Listed, PlanId};

/// By set, its figures.
#[derive(Debug, Default)]
pub(super) struct Sets([OnceLock<Vec<FigureId>>; 5]);

/// What was [moved](Facts::move_wanted).
#[derive(Clone, Copy, Debug, Default)]
pub struct Moved {
    /// How many figures were left out on the way.
    pub left_out: usize,
    /// Whether those that were not are surely all of indicators that are wanted.
    pub of_wanted: bool,
}

impl Sets {
    const fn of(&self, set: FigureSet) -> &OnceLock<Vec<FigureId>> {
        let [targets, baselines, claims, observations, all] = &self.0;
        match set {
            FigureSet::Targets => targets,
            FigureSet::Baselines => baselines,
            FigureSet::Claims => claims,
            FigureSet::Observations => observations,
            FigureSet::All => all,
        }
    }
}

impl Facts {
    /// The figures of a set at some places.
    #[must_use]
    pub fn figures_in(&self, set: FigureSet, places: Range<usize>) -> Listed<'_> {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (number(places.start), number(places.end));
        if set == FigureSet::All && !self.has_gone {
            return Listed::Run(start..end);
        }
        let all = self.made.sets.of(set).get_or_init(|| self.list(set));
        let before = |place: u32| all.partition_point(|id| id.0 < place);
        let some = all.get(before(start)..before(end));
        Listed::Scattered(some.unwrap_or_default().iter())
    }

    /// Each is put where the next one goes, and stays there if it is of the set: no figure is another way to go.
    fn list(&self, set: FigureSet) -> Vec<FigureId> {
        let count = self.figures.iter().filter(|figure| set.holds(**figure));
        let count = count.count();
        if count == 0 {
            return Vec::new();
        }
        let mut list = vec![FigureId(0); count + 1];
        let mut next = 0;
        for (id, figure) in (0..).zip(&self.figures) {
            if let Some(place) = list.get_mut(next) {
                *place = FigureId(id);
            }
            next += usize::from(set.holds(*figure));
        }
        list.truncate(next);
        list
    }

    /// Moves so many figures to an empty list, but for those of indicators that are surely not wanted; a plan that has none of
    /// others is passed over whole.
    pub fn move_wanted(
        &self,
        from: &mut Listed<'_>,
        wanted: &[Option<bool>],
        list: &mut Vec<FigureId>,
        size: usize,
    ) -> Moved {
        if !wanted.contains(&Some(false)) {
            from.move_to(list, size);
            return Moved {
                left_out: 0,
                of_wanted: !wanted.contains(&None),
            };
        }
        // Each is put where the next one goes, and stays there if it is wanted.
        list.resize(size, FigureId(0));
        let some = bits(wanted);
        let (mut next, mut left_out, mut open) = (0, 0, false);
        let mut plan_end = 0;
        while let Some(place) = list.get_mut(next) {
            let Some(id) = from.next() else {
                break;
            };
            if id.0 >= plan_end {
                let plan = self.plan_of_figure(id);
                plan_end = self.range_of(plan).end;
                if !self.indexed.has_any(plan.0 as usize, &some) {
                    left_out += 1 + from.pass(plan_end);
                    continue;
                }
            }
            *place = id;
            let is_wanted = wanted.get(self.indicator_of(id).index());
            let is_wanted = is_wanted.copied().flatten();
            next += usize::from(is_wanted != Some(false));
            left_out += usize::from(is_wanted == Some(false));
            open |= is_wanted.is_none();
        }
        list.truncate(next);
        Moved {
            left_out,
            of_wanted: !open,
        }
    }

    /// Whether no two figures of a set in a plan are of one indicator; the memory is used again.
    pub fn has_one_of_each(&self, plan: PlanId, set: FigureSet, seen: &mut Vec<bool>) -> bool {
        seen.clear();
        seen.resize(self.catalogue.len(), false);
        let range = self.range_of(plan);
        let figures = self.figures.get(range.start as usize..range.end as usize);
        let figures = figures.into_iter().flatten();
        let mut held = figures.filter(|figure| set.holds(**figure));
        held.all(|figure| {
            let seen = seen.get_mut(self.indicator(*figure).index());
            seen.is_some_and(|seen| !mem::replace(seen, true))
        })
    }

    /// Makes what rules will ask for that run over whole tables, side by side: the figures of some sets, whom plans answer
    /// to, who answers to them.
    pub fn prepare(&self, sets: &[FigureSet], superiors: bool, children: bool) {
        rayon::scope(|scope| {
            for set in sets {
                scope.spawn(|_| {
                    let _ = self.figures_in(*set, 0..0);
                });
            }
            if superiors {
                scope.spawn(|_| {
                    self.onlys();
                });
            }
            if children {
                scope.spawn(|_| {
                    self.all_below();
                });
            }
        });
    }
}

/// A bit for each indicator that may be wanted.
fn bits(wanted: &[Option<bool>]) -> Vec<u64> {
    let word = |some: &[Option<bool>]| {
        let bits = some.iter().rev();
        bits.fold(0, |word, wanted| {
            word << 1 | u64::from(*wanted != Some(false))
        })
    };
    wanted.chunks(64).map(word).collect()
}
