//! The region hierarchy: codes, names, levels; a tree.

mod build;
mod code;
mod cycle;
mod level;
mod names;
mod order;

use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::HashTable;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

pub use build::{Building, RegionRow, rebuild};
pub use code::RegionCode;
pub use level::Level;

use crate::source::Span;

/// A region's number in [`Regions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RegionId(u32);

impl From<u32> for RegionId {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<RegionId> for u32 {
    fn from(id: RegionId) -> Self {
        id.0
    }
}

/// One region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Its row in the table of regions.
    pub span: Span,
}

/// The hierarchy: a graph with an edge from each region to those directly below.
#[derive(Debug, Default)]
pub struct Regions {
    graph: DiGraph<Region, ()>,
    /// Regions with all that lie below a region behind it, and each region's place among them.
    order: order::Order,
    /// The regions by their codes.
    codes: HashTable<RegionId>,
    names: OnceLock<names::Names>,
    /// Each region's level: a rule may ask for that of a quarter of a million.
    levels: OnceLock<Vec<Level>>,
}

fn node(id: RegionId) -> NodeIndex {
    NodeIndex::from(id.0)
}

fn region(node: NodeIndex) -> RegionId {
    RegionId(u32::try_from(node.index()).unwrap_or(u32::MAX))
}

fn hash(code: &RegionCode) -> u64 {
    FxBuildHasher.hash_one(code)
}

impl Regions {
    /// The region of a number. Numbers come from this value only.
    #[must_use]
    pub fn get(&self, id: RegionId) -> &Region {
        &self.graph[node(id)]
    }

    /// The level of a region.
    #[must_use]
    pub fn level(&self, id: RegionId) -> Level {
        let levels = self.levels.get_or_init(|| {
            self.graph
                .node_weights()
                .map(|region| region.level)
                .collect()
        });
        let level = levels.get(Self::index(id)).copied();
        level.unwrap_or_else(|| self.get(id).level)
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
        self.graph.node_indices().map(region)
    }

    /// The region behind another in the table.
    #[must_use]
    pub fn after(&self, id: RegionId) -> Option<RegionId> {
        let next = RegionId(id.0 + 1);
        (Self::index(next) < self.len()).then_some(next)
    }

    /// A region by its code, or by its name where only one region has it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<RegionId> {
        self.coded(text.trim()).or_else(|| match self.named(text) {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The region of a code.
    fn coded(&self, code: &str) -> Option<RegionId> {
        let code = RegionCode::parse(code)?;
        let is_it = |id: &RegionId| self.get(*id).code == code;
        self.codes.find(hash(&code), is_it).copied()
    }

    /// Every region of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> &[RegionId] {
        let names = self.names.get_or_init(|| names::Names::of(self));
        names.find(name, self)
    }

    /// The region directly above.
    #[must_use]
    pub fn parent(&self, id: RegionId) -> Option<RegionId> {
        let mut above = self.graph.neighbors_directed(node(id), Direction::Incoming);
        above.next().map(region)
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
        id.0 as usize
    }
}
