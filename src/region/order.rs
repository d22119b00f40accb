//! The tree laid out in pre-order: what lies below a region is one range, and its children another.

use super::RegionId;

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
    pub fn of(parents: &[Option<RegionId>]) -> Self {
        let (children, ranges) = children(parents);
        let mut order = Self {
            preorder: Vec::with_capacity(parents.len()),
            below: vec![(0, 0); parents.len()],
            children,
            ranges,
        };
        order.walk(parents);
        order
    }

    /// Walks the trees by a list of what is left to do: a long chain of rows would overflow the stack.
    fn walk(&mut self, parents: &[Option<RegionId>]) {
        let mut left = Vec::new();
        for (parent, root) in parents.iter().zip(0..) {
            if parent.is_some() {
                continue;
            }
            left.push(RegionId(root));
            while let Some(region) = left.pop() {
                self.preorder.push(region);
                let here = short(self.preorder.len());
                if let Some(below) = self.below.get_mut(region.0 as usize) {
                    *below = (here, here);
                }
                let children = slice(&self.children, &self.ranges, region);
                left.extend(children.iter().rev());
            }
        }
        // Last first: where those below a region end is known before its parent is asked.
        for region in self.preorder.iter().rev() {
            let at = region.0 as usize;
            let parent = parents.get(at).copied().flatten();
            let end = self.below.get(at).map_or(0, |below| below.1);
            let above = parent.and_then(|parent| self.below.get_mut(parent.0 as usize));
            if let Some(above) = above {
                above.1 = above.1.max(end);
            }
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

/// Every region's children one after another, each one's in the order of the table; and by region where they are.
fn children(parents: &[Option<RegionId>]) -> (Vec<RegionId>, Vec<(u32, u32)>) {
    let mut ranges = vec![(0, 0); parents.len()];
    for parent in parents.iter().flatten() {
        if let Some(range) = ranges.get_mut(parent.0 as usize) {
            range.1 += 1;
        }
    }
    let mut end = 0;
    for range in &mut ranges {
        let count = range.1;
        *range = (end, end);
        end += count;
    }
    let mut children = vec![RegionId(0); end as usize];
    for (parent, child) in parents.iter().zip(0..) {
        let range = parent.and_then(|parent| ranges.get_mut(parent.0 as usize));
        if let Some((_, end)) = range
            && let Some(place) = children.get_mut(*end as usize)
        {
            *place = RegionId(child);
            *end += 1;
        }
    }
    (children, ranges)
}

fn slice<'o>(entries: &'o [RegionId], ranges: &[(u32, u32)], id: RegionId) -> &'o [RegionId] {
    let range = ranges.get(id.0 as usize);
    let range = range.map_or(0..0, |(start, end)| *start as usize..*end as usize);
    entries.get(range).unwrap_or(&[])
}
