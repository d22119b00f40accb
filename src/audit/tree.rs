//! The regions of a report: those of its plans, and all above them.

use rustc_hash::FxHashMap;

use super::scope::Reach;
use crate::facts::Facts;
use crate::region::RegionId;

/// A region of the tree.
#[derive(Clone, Debug)]
pub struct Branch {
    /// How many regions of the tree are above it.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its plans, by their places in the report.
    pub plans: Vec<usize>,
}

/// The tree in the order in which it is told: each region before those below it.
pub(super) fn branches(facts: &Facts, reach: &Reach) -> Vec<Branch> {
    let regions = &facts.regions;
    let mut plans: FxHashMap<RegionId, Vec<usize>> = FxHashMap::default();
    for (at, (plan, _)) in reach.plans.iter().enumerate() {
        let region = facts.region_of(*plan);
        plans.entry(region).or_default().push(at);
        for above in regions.ancestors(region) {
            plans.entry(above).or_default();
        }
    }
    let told = regions.in_order().iter().filter_map(|id| {
        let plans = plans.get(id)?.clone();
        let region = regions.get(*id);
        Some(Branch {
            depth: regions.ancestors(*id).count(),
            name: region.name.clone(),
            code: region.code.to_string(),
            plans,
        })
    });
    told.collect()
}
