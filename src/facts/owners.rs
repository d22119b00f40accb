//! Whose figures are whose: those of a plan stand together, so that not each of millions names it.

use super::{FigureId, PlanId};
use crate::pack::{Column, Writer};

/// How many figures are found by one number: few enough that seldom more than one plan begins among them.
const BLOCK: u32 = 16;

/// The mark of a block in which figures of several plans may stand: below it stands the run in which it begins.
const SEVERAL: u32 = 1 << 31;

/// The plans of figures, in the order of the figures.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// Where the figures of each reading of a plan begin.
    runs: Vec<(u32, PlanId)>,
    /// By block, the plan of all its figures, or [`SEVERAL`]; as far as the last run has begun.
    blocks: Vec<u32>,
}

impl Owners {
    /// Begins a plan's figures, so many being there.
    pub fn begin(&mut self, plan: PlanId, length: usize) {
        let first = u32::try_from(length).unwrap_or(u32::MAX);
        let several = self.last() | SEVERAL;
        let plan_before = self.runs.last().map_or(several, |(_, plan)| plan.0);
        while self.next_block() < first {
            let is_whole = first - self.next_block() >= BLOCK;
            self.blocks
                .push(if is_whole { plan_before } else { several });
        }
        self.runs.push((first, plan));
    }

    /// The number of the last run.
    fn last(&self) -> u32 {
        u32::try_from(self.runs.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The first figure of the next block.
    fn next_block(&self) -> u32 {
        u32::try_from(self.blocks.len()).map_or(u32::MAX, |blocks| blocks.saturating_mul(BLOCK))
    }

    /// The plan of a figure.
    #[inline]
    pub fn of(&self, id: FigureId) -> PlanId {
        match self.blocks.get((id.0 / BLOCK) as usize) {
            Some(block) if block & SEVERAL == 0 => PlanId(*block),
            block => self.among(block.copied(), id),
        }
    }

    /// The plan of a figure of a block in which several may have some: apart, so that the usual way is short.
    #[inline(never)]
    fn among(&self, block: Option<u32>, id: FigureId) -> PlanId {
        let mut at = block.unwrap_or_else(|| self.last()) & !SEVERAL;
        let run = |at: u32| self.runs.get(at as usize);
        while run(at + 1).is_some_and(|(first, _)| *first <= id.0) {
            at += 1;
        }
        run(at).map_or(PlanId(0), |(_, plan)| *plan)
    }

    /// Forgets all figures but the first ones, so many.
    pub fn truncate(&mut self, figures: usize) {
        let is_kept = |first: u32| (first as usize) < figures;
        while self.runs.pop_if(|(first, _)| !is_kept(*first)).is_some() {}
        // The block in which the next run is to begin is no longer one plan's.
        let whole = figures / BLOCK as usize;
        self.blocks.truncate(whole);
        if !figures.is_multiple_of(BLOCK as usize) {
            let first = self.next_block();
            let run = self.runs.partition_point(|(begun, _)| *begun <= first);
            let run = u32::try_from(run.saturating_sub(1)).unwrap_or(u32::MAX);
            self.blocks.push(run | SEVERAL);
        }
    }

    /// Each run: its plan, and where its figures stand, of so many in all.
    pub fn runs(&self, figures: usize) -> impl Iterator<Item = (PlanId, std::ops::Range<usize>)> {
        let ends = self.runs.iter().skip(1).map(|(first, _)| *first as usize);
        let ends = ends.chain(std::iter::once(figures));
        let runs = self.runs.iter().zip(ends);
        runs.map(|((first, plan), end)| (*plan, *first as usize..end))
    }

    /// As a column of a cache.
    pub fn pack(&self, to: &mut Writer) {
        let runs = self.runs.iter().map(|(first, plan)| (*first, plan.0));
        to.column(&runs.collect::<Vec<_>>());
    }

    /// Read back; `None` where they are not those of so many plans and figures.
    pub fn unpack(column: Column<'_, 8>, plans: usize, figures: usize) -> Option<Self> {
        let runs: Vec<(u32, u32)> = column.read()?;
        let first = runs.first().map_or(figures, |(first, _)| *first as usize);
        let last = runs.last().map_or(0, |(first, _)| *first as usize);
        let fits = first == 0
            && last <= figures
            && runs.is_sorted_by_key(|(first, _)| *first)
            && runs.iter().all(|(_, plan)| (*plan as usize) < plans);
        let mut owners = Self::default();
        for (first, plan) in fits.then_some(runs)? {
            owners.begin(PlanId(plan), first as usize);
        }
        Some(owners)
    }
}
