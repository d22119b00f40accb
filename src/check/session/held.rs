//! What a session holds of the checks that do not hold, by the plan of their outermost variable.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::marks::{Marks, WIDTH};
use crate::catalogue::IndicatorId;
use crate::check::hit::Hit;
use crate::facts::PlanId;
use crate::source::SourceId;

/// How many blocks one thread takes at a time.
const BLOCKS: usize = 32;

/// How many files a finding mostly concerns at most: its own and those of two figures.
const FILES: usize = 3;

/// A check that does not hold, with what a change asks of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub hit: Hit,
    /// The plan of its outermost variable; none of a rule that reads any plan.
    pub plan: Option<PlanId>,
    /// The indicator of the figure that it is made of.
    pub indicator: Option<IndicatorId>,
    /// The files that it concerns, some of them twice; nothing where they are too many or none.
    pub files: Option<[SourceId; FILES]>,
    /// The file that it is shown in.
    pub shown: Option<SourceId>,
    /// Whether it compares several figures.
    pub compares: bool,
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

/// What is held of as many plans as a word of marks has bits: a list for each indicator, and the first for what is
/// of none. What a change asks of one indicator in all plans stands close together, and so does what it asks of one plan.
#[derive(Debug, Default)]
struct Block(Vec<Vec<Held>>);

/// All that is held.
#[derive(Debug, Default)]
pub(super) struct Holding {
    blocks: Vec<Block>,
    /// Of rules that read any plan.
    others: Vec<Held>,
}

/// Of what a change asks something.
#[derive(Debug, Default)]
pub(super) struct Holders {
    /// Plans whatever the indicator.
    pub plans: Marks,
    /// Plans of which some indicators are asked only.
    pub readers: Marks,
    pub indicators: Vec<IndicatorId>,
    /// Whether what is of no plan is asked, too.
    pub others: bool,
}

/// The list of a block that holds what is of an indicator.
const fn list_of(indicator: Option<IndicatorId>) -> usize {
    match indicator {
        Some(indicator) => indicator.index() + 1,
        None => 0,
    }
}

/// The block of a plan.
const fn block_of(plan: PlanId) -> usize {
    (plan.0 / WIDTH) as usize
}

impl Holding {
    /// What is held of a plan, or of none.
    pub fn of(&self, plan: Option<PlanId>) -> impl Iterator<Item = &Held> {
        let block = plan.and_then(|plan| self.blocks.get(block_of(plan)));
        let own = block.into_iter().flat_map(|block| block.0.iter().flatten());
        let others = self.others.iter().filter(move |_| plan.is_none());
        own.filter(move |held| held.plan == plan).chain(others)
    }

    /// All of it; what is of one figure, or of one plan and no figure, as it was added.
    pub fn all(&self) -> impl Iterator<Item = &Held> {
        let blocks = self.blocks.iter();
        let plans = blocks.flat_map(|block| block.0.iter().flatten());
        self.others.iter().chain(plans)
    }

    pub fn add(&mut self, held: Held) {
        let Some(plan) = held.plan else {
            self.others.push(held);
            return;
        };
        let (at, list) = (block_of(plan), list_of(held.indicator));
        if at >= self.blocks.len() {
            self.blocks.resize_with(at + 1, Block::default);
        }
        let Some(Block(lists)) = self.blocks.get_mut(at) else {
            return;
        };
        if list >= lists.len() {
            lists.resize_with(list + 1, Vec::new);
        }
        if let Some(list) = lists.get_mut(list) {
            list.push(held);
        }
    }

    /// Takes out what is asked among what is held of some; gives its files.
    pub fn take(
        &mut self,
        of: &Holders,
        is_asked: impl Fn(&Held) -> bool + Sync,
        files: impl Fn(&Held, &mut Marks) + Sync,
    ) -> Marks {
        let sift = |list: &mut Vec<Held>, named: &mut Marks| {
            list.retain(|held| {
                let is_asked = is_asked(held);
                if is_asked {
                    files(held, named);
                }
                !is_asked
            });
        };
        let mut named = Marks::default();
        if of.others {
            sift(&mut self.others, &mut named);
        }
        let parts = self.blocks.par_chunks_mut(BLOCKS).enumerate();
        let of_parts = parts.map(|(part, blocks)| {
            let mut named = Marks::default();
            for (Block(lists), at) in blocks.iter_mut().zip(part * BLOCKS..) {
                if of.plans.word(at) != 0 {
                    for list in lists {
                        sift(list, &mut named);
                    }
                } else if of.readers.word(at) != 0 {
                    for indicator in &of.indicators {
                        if let Some(list) = lists.get_mut(list_of(Some(*indicator))) {
                            sift(list, &mut named);
                        }
                    }
                }
            }
            named
        });
        named.or(of_parts.reduce(Marks::default, Marks::or))
    }
}
