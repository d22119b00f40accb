//! Findings as they come in, part by part, and in the order of the report.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::found::{Item, Origin};
use super::related::Compared;
use crate::finding::{Brief, Standing};

/// Findings, in the parts that they came in: hundreds of thousands are not moved about before their order is known.
#[derive(Debug, Default)]
pub(super) struct Items {
    parts: Vec<Vec<Item>>,
}

/// Findings in the order of the report, each with what it is made of, and the figures that it compares where it counts.
#[derive(Default)]
pub(super) struct Ordered {
    pub findings: Vec<Brief>,
    pub origins: Vec<Origin>,
    pub compared: Vec<Option<Compared>>,
}

/// What a finding is ordered by, and where it stands among the parts: of equals the first comes first.
type Key = (u64, u64, u32, u32);

/// The findings of a large part.
const LARGE: usize = 256;

impl Items {
    /// Takes a finding in, behind all others. A part that is large does not grow: it would have to be moved.
    pub fn push(&mut self, item: Item) {
        match self.parts.last_mut() {
            Some(part) if part.len() < part.capacity() || part.len() < LARGE => part.push(item),
            None => self.parts.push(vec![item]),
            Some(_) => {
                let mut part = Vec::with_capacity(LARGE);
                part.push(item);
                self.parts.push(part);
            }
        }
    }

    /// Takes further findings in.
    pub fn append(&mut self, other: Self) {
        self.parts.extend(other.parts);
    }

    /// Every finding, in the order in which they came in.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.parts.iter().flatten()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.parts.iter_mut().flatten()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// The same, taken apart.
    pub fn into_all(self) -> Vec<Item> {
        self.parts.into_iter().flatten().collect()
    }

    /// What each is ordered by. As many are made room for as there are, so that they do not lie there twice.
    fn keys(&self, key: impl Fn(&Item, &mut usize) -> (u64, u64) + Sync) -> Vec<Key> {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut keys = vec![Key::default(); self.len()];
        let mut rest = keys.as_mut_slice();
        let mut parts = Vec::with_capacity(self.parts.len());
        for items in &self.parts {
            let (own, more) = rest.split_at_mut(items.len());
            parts.push((items, own));
            rest = more;
        }
        let parts = parts.into_par_iter().enumerate();
        parts.for_each(|(part, (items, own))| {
            let mut line = 0;
            for ((at, item), own) in items.iter().enumerate().zip(own) {
                let (first, second) = key(item, &mut line);
                *own = (first, second, number(part), number(at));
            }
        });
        keys
    }

    /// In the order of a key; equals stay in the order in which they came in. The key of one may know the line of the one
    /// before in its part.
    pub fn ordered(self, key: impl Fn(&Item, &mut usize) -> (u64, u64) + Sync) -> Ordered {
        let mut keys = self.keys(key);
        // The checks of a rule come in by their places: long runs are in order already, which a stable sort makes use of.
        keys.par_sort();
        // The keys are gone before there is room for the findings once more.
        let order = keys.iter().map(|(_, _, part, at)| (*part, *at));
        let order: Vec<(u32, u32)> = order.collect();
        drop(keys);
        let mut ordered = Ordered {
            findings: Vec::with_capacity(order.len()),
            origins: Vec::with_capacity(order.len()),
            compared: Vec::with_capacity(order.len()),
        };
        for (part, at) in order {
            let part = self.parts.get(part as usize);
            if let Some(item) = part.and_then(|part| part.get(at as usize)) {
                ordered.findings.push(item.brief);
                ordered.origins.push(item.origin);
                let open = item.brief.standing == Standing::Open;
                ordered.compared.push(item.compared.filter(|_| open));
            }
        }
        ordered
    }
}

impl From<Vec<Item>> for Items {
    fn from(items: Vec<Item>) -> Self {
        Self { parts: vec![items] }
    }
}
