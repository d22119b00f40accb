//! How far a question reaches: which plans it may read, seen from the one that it is asked of.

use crate::facts::{Facts, PlanId};
use crate::region::RegionId;

/// The plans that a question may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its own.
    Own,
    /// Those of the regions above, too.
    Up,
    /// Those of the regions below, too.
    Down,
    /// Those of the regions below the same parent, too.
    Beside,
    /// Any.
    Any,
}

impl Reach {
    /// The reach of two questions together, one asked of the other's answer or not.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Own, reach) | (reach, Self::Own) => reach,
            (one, other) if one == other => one,
            _ => Self::Any,
        }
    }

    /// The plans that may read a plan of a region, those of the region included; `None` for all.
    #[must_use]
    pub fn readers(self, facts: &Facts, region: RegionId) -> Option<Vec<PlanId>> {
        let regions = &facts.regions;
        let mut readers = vec![region];
        match self {
            Self::Own => (),
            Self::Up => readers.extend(regions.descendants(region)),
            Self::Down => readers.extend(regions.ancestors(region)),
            Self::Beside => {
                let parent = regions.parent(region);
                let beside = parent.map_or(&[][..], |parent| regions.children(parent));
                readers.extend(beside.iter().filter(|other| **other != region));
            }
            Self::Any => return None,
        }
        let plans = readers.iter().flat_map(|region| facts.plans_of(*region));
        Some(plans.copied().collect())
    }
}
