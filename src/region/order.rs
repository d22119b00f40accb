//! The tree laid out in pre-order: what lies below a region is one range, and its children another.

use petgraph::Direction;
use petgraph::graph::DiGraph;

use super::{Region, RegionId};

/// The layout.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Every region before all below it.
    preorder: Vec<RegionId>,
    /// By region: where those below it begin and end in the pre-order.
    below: Vec<(u32, u32)>,
    /// Every region's children one after another.
    children: Vec<RegionId>,
    /// By region: where its children begin and end among these.
    ranges: Vec<(u32, u32)>,
}

fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Order {
    /// Lays a tree out.
    pub fn of(graph: &DiGraph<Region, ()>, parents: &[Option<RegionId>]) -> Self {
        let mut order = Self {
            preorder: Vec::with_capacity(parents.len()),
            below: vec![(0, 0); parents.len()],
            children: Vec::with_capacity(parents.len()),
            ranges: Vec::with_capacity(parents.len()),
        };
        for node in graph.node_indices() {
            let start = order.children.len();
            let below = graph.neighbors_directed(node, Direction::Outgoing);
            order.children.extend(below.map(RegionId));
            if let Some(own) = order.children.get_mut(start..) {
                own.sort_unstable();
            }
            order
                .ranges
                .push((short(start), short(order.children.len())));
        }
        for node in graph.node_indices() {
            let root = RegionId(node);
            if parents.get(node.index()).copied().flatten().is_none() {
                order.walk(root);
            }
        }
        order
    }

    /// Walks a tree by a list of what is left to do: a long chain of rows would overflow the stack.
    fn walk(&mut self, root: RegionId) {
        let mut left = vec![(root, false)];
        while let Some((region, done)) = left.pop() {
            let at = region.0.index();
            let here = short(self.preorder.len());
            if done {
                if let Some(below) = self.below.get_mut(at) {
                    below.1 = here;
                }
                continue;
            }
            self.preorder.push(region);
            if let Some(below) = self.below.get_mut(at) {
                below.0 = here + 1;
            }
            left.push((region, true));
            let children = self.children(region).iter().rev();
            left.extend(children.map(|child| (*child, false)));
        }
    }

    /// Every region before all below it.
    pub fn all(&self) -> &[RegionId] {
        &self.preorder
    }

    /// What lies below a region, each before what is below it.
    pub fn below(&self, id: RegionId) -> &[RegionId] {
        slice(&self.preorder, &self.below, id)
    }

    /// What lies directly below a region.
    pub fn children(&self, id: RegionId) -> &[RegionId] {
        slice(&self.children, &self.ranges, id)
    }
}

fn slice<'o>(entries: &'o [RegionId], ranges: &[(u32, u32)], id: RegionId) -> &'o [RegionId] {
    let range = ranges.get(id.0.index());
    let range = range.map_or(0..0, |(start, end)| *start as usize..*end as usize);
    entries.get(range).unwrap_or(&[])
}
