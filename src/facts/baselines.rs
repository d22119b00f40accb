//! What targets start from.

use super::{Facts, FigureId};

impl Facts {
    /// A target's baseline: the latest before its year, else the last. Nearly always it is the figure before it.
    #[must_use]
    #[inline]
    pub fn baseline_of(&self, id: FigureId) -> Option<FigureId> {
        let packed = self.packed(id);
        if packed.is_behind_baseline() && !packed.marks.has_rest() {
            // A figure stands before it.
            return Some(FigureId(id.0 - 1));
        }
        self.figure(id).latest_baseline()
    }

    /// Gives the baselines of targets, and whether each target is no weaker than its own, as [`is_no_weaker`] says: both in
    /// one go, for the two stand side by side. Returned are the places of those that have none: any figure stands in for it.
    ///
    /// [`is_no_weaker`]: Self::is_no_weaker
    pub fn compare_with_baselines(
        &self,
        targets: &[FigureId],
        baselines: &mut Vec<FigureId>,
        answers: &mut Vec<Option<bool>>,
    ) -> Vec<usize> {
        baselines.clear();
        baselines.resize(targets.len(), FigureId(0));
        answers.clear();
        answers.resize(targets.len(), None);
        let mut missing = Vec::new();
        let places = baselines.iter_mut().zip(answers);
        for (at, (target, (baseline, answer))) in targets.iter().zip(places).enumerate() {
            match self.baseline_of(*target) {
                Some(found) => {
                    *baseline = found;
                    *answer = self.is_no_weaker(*target, found);
                }
                None => missing.push(at),
            }
        }
        missing
    }
}
