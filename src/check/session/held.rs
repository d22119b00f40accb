//! What a session holds of the checks that do not hold, by the plan of their outermost variable.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::marks::Marks;
use crate::catalogue::IndicatorId;
use crate::check::found::Item;
use crate::facts::PlanId;
use crate::source::SourceId;

/// How many words of marks one thread takes at a time.
const WORDS: usize = 32;

/// How many files a finding mostly concerns at most: its own and those of two figures.
const FILES: usize = 3;

/// A check that does not hold, with what a change asks of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub item: Item,
    /// The indicator of the figure that it is made of.
    pub indicator: Option<IndicatorId>,
    /// The files that it concerns, some of them twice; nothing where they are too many or none.
    pub files: Option<[SourceId; FILES]>,
}

/// The few files of a finding that are told apart.
pub(super) fn few(files: impl Iterator<Item = SourceId>) -> Option<[SourceId; FILES]> {
    let mut few: Option<[SourceId; FILES]> = None;
    let mut known = 0;
    for file in files {
        let all = few.get_or_insert([file; FILES]);
        if known > 0 && all.iter().take(known).any(|other| *other == file) {
            continue;
        }
        *all.get_mut(known)? = file;
        known += 1;
    }
    few
}

/// All that is held.
#[derive(Debug, Default)]
pub(super) struct Holding {
    plans: Vec<Vec<Held>>,
    /// Of rules that read any plan.
    others: Vec<Held>,
}

impl Holding {
    /// What is held of a plan.
    pub fn of(&self, plan: Option<PlanId>) -> &[Held] {
        match plan {
            Some(plan) => self.plans.get(plan.0 as usize).map_or(&[], Vec::as_slice),
            None => &self.others,
        }
    }

    /// All of it.
    pub fn all(&self) -> impl Iterator<Item = (Option<PlanId>, &Held)> {
        let plans = self.plans.iter().zip(0..);
        let plans = plans.flat_map(|(held, plan)| held.iter().map(move |one| (plan, one)));
        let plans = plans.map(|(plan, one)| (Some(PlanId(plan)), one));
        let others = self.others.iter().map(|one| (None, one));
        others.chain(plans)
    }

    pub fn add(&mut self, plan: Option<PlanId>, held: Held) {
        let Some(plan) = plan else {
            self.others.push(held);
            return;
        };
        let at = plan.0 as usize;
        if at >= self.plans.len() {
            self.plans.resize_with(at + 1, Vec::new);
        }
        if let Some(list) = self.plans.get_mut(at) {
            list.push(held);
        }
    }

    /// Takes out what is held of some plans and, if so wanted, of none, where it is among what is asked; gives its files.
    pub fn take(
        &mut self,
        (plans, others): (&Marks, bool),
        is_asked: impl Fn(Option<PlanId>, &Held) -> bool + Sync,
        files: impl Fn(&Held, &mut Marks) + Sync,
    ) -> Marks {
        let sift = |list: &mut Vec<Held>, plan: Option<PlanId>, named: &mut Marks| {
            list.retain(|held| {
                let is_asked = is_asked(plan, held);
                if is_asked {
                    files(held, named);
                }
                !is_asked
            });
        };
        let mut named = Marks::default();
        if others {
            sift(&mut self.others, None, &mut named);
        }
        let size = WORDS * u64::BITS as usize;
        let parts = self.plans.par_chunks_mut(size).enumerate();
        let of_parts = parts.map(|(at, lists)| {
            let mut named = Marks::default();
            for plan in plans.within(at * WORDS..(at + 1) * WORDS) {
                if let Some(list) = lists.get_mut(plan as usize - at * size) {
                    sift(list, Some(PlanId(plan)), &mut named);
                }
            }
            named
        });
        named.or(of_parts.reduce(Marks::default, Marks::or))
    }
}
