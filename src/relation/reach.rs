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
    /// Of those above that it answers to, those of the nearest region which has any, too.
    Nearest,
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
            (Self::Nearest, Self::Up) | (Self::Up, Self::Nearest) => Self::Up,
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
            Self::Up | Self::Nearest => readers.extend(regions.descendants(region)),
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

    /// The plans that may read a plan, as long as no plan answers to others than before; `None` for all.
    #[must_use]
    pub fn readers_of(self, facts: &Facts, plan: PlanId) -> Option<Vec<PlanId>> {
        let mut readers = match self {
            Self::Own => Vec::new(),
            _ => self.readers(facts, facts.region_of(plan))?,
        };
        if self == Self::Nearest {
            readers.retain(|reader| {
                let superiors = facts.superior_plans(*reader);
                let nearest = superiors.first().map(|first| facts.region_of(*first));
                nearest == Some(facts.region_of(plan)) && superiors.contains(&plan)
            });
        }
        readers.retain(|reader| *reader != plan);
        readers.sort_unstable();
        Some(readers)
    }
}
