//! The region hierarchy: codes, names, levels; a tree over petgraph.

mod build;
mod level;
mod order;

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use build::{RegionRow, build, rebuild};
pub use level::Level;

use crate::source::Span;
use crate::width::name_key;

/// A region's number in [`Regions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub struct RegionId(NodeIndex);

impl From<u32> for RegionId {
    fn from(number: u32) -> Self {
        Self(NodeIndex::from(number))
    }
}

impl From<RegionId> for u32 {
    fn from(id: RegionId) -> Self {
        // A node's number is made of a word.
        Self::try_from(id.0.index()).unwrap_or(Self::MAX)
    }
}

/// One region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// GB/T 2260 code: six digits, nine for townships, twelve for villages.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Its row in the table of regions.
    pub span: Span,
}

/// The hierarchy: an edge runs from a region to each of its children.
#[derive(Debug, Default)]
pub struct Regions {
    graph: DiGraph<Region, ()>,
    parents: Vec<Option<RegionId>>,
    /// Regions with all that lie below a region behind it, and each region's place among them.
    order: order::Order,
    codes: FxHashMap<String, RegionId>,
    names: FxHashMap<String, Vec<RegionId>>,
}

impl Regions {
    /// The region of a number. Numbers come from this value only.
    #[must_use]
    pub fn get(&self, id: RegionId) -> &Region {
        &self.graph[id.0]
    }

    /// How many regions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every region, in the order of the table.
    pub fn all(&self) -> impl Iterator<Item = RegionId> {
        self.graph.node_indices().map(RegionId)
    }

    /// A region by its code, or by its name where only one region has it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<RegionId> {
        let by_code = self.codes.get(text.trim()).copied();
        by_code.or_else(|| match self.named(text) {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// Every region of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> &[RegionId] {
        self.names.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }

    /// The region directly above.
    #[must_use]
    pub fn parent(&self, id: RegionId) -> Option<RegionId> {
        self.parents.get(id.0.index()).copied().flatten()
    }

    /// The regions above, nearest first.
    pub fn ancestors(&self, id: RegionId) -> impl Iterator<Item = RegionId> {
        std::iter::successors(self.parent(id), |region| self.parent(*region))
    }

    /// Whether a region lies below another, or is it.
    #[must_use]
    pub fn is_within(&self, id: RegionId, other: RegionId) -> bool {
        id == other || self.ancestors(id).any(|above| above == other)
    }

    /// The regions below, at any level, each before those below it, in the order of the table.
    #[must_use]
    pub fn descendants(&self, id: RegionId) -> &[RegionId] {
        self.order.below(id)
    }

    /// Every region, each before those below it, in the order of the table.
    #[must_use]
    pub fn in_order(&self) -> &[RegionId] {
        self.order.all()
    }

    /// The regions directly below, in the order of the table.
    #[must_use]
    pub fn children(&self, id: RegionId) -> &[RegionId] {
        self.order.children(id)
    }

    /// A region's place in the table.
    #[must_use]
    pub fn index(id: RegionId) -> usize {
        id.0.index()
    }
}
