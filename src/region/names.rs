//! Regions by their names, as names are compared. Most tables and plans name regions by their codes: this is made when
//! somebody asks for a name.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{RegionId, Regions};
use crate::width::folded;

/// Every region in the order of its name's hash, then of the name; those of one name in the order of the table.
#[derive(Debug, Default)]
pub(super) struct Names {
    hashes: Vec<u64>,
    ids: Vec<RegionId>,
}

impl Names {
    /// The regions' names.
    pub fn of(regions: &Regions) -> Self {
        let keyed = regions.all().map(|id| (hash(name(regions, id)), id));
        let mut all: Vec<(u64, RegionId)> = keyed.collect();
        all.sort_unstable_by(|(one, first), (other, second)| {
            let by_name = || folded(name(regions, *first)).cmp(folded(name(regions, *second)));
            let by_place = || first.cmp(second);
            one.cmp(other).then_with(by_name).then_with(by_place)
        });
        let (hashes, ids) = all.into_iter().unzip();
        Self { hashes, ids }
    }

    /// Every region of a name, in the order of the table.
    pub fn find(&self, wanted: &str, regions: &Regions) -> &[RegionId] {
        let code = hash(wanted);
        let start = self.hashes.partition_point(|hash| *hash < code);
        let alike = self.hashes.iter().skip(start);
        let end = start + alike.take_while(|hash| **hash == code).count();
        // Nearly always all are of the name; names that differ seldom have one hash.
        let alike = self.ids.get(start..end).unwrap_or(&[]);
        let before = |id: &RegionId| folded(name(regions, *id)).lt(folded(wanted));
        let up_to = |id: &RegionId| folded(name(regions, *id)).le(folded(wanted));
        let range = alike.partition_point(before)..alike.partition_point(up_to);
        alike.get(range).unwrap_or(&[])
    }
}

fn name(regions: &Regions, id: RegionId) -> &str {
    &regions.get(id).name
}

fn hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    folded(name).for_each(|character| character.hash(&mut hasher));
    hasher.finish()
}
