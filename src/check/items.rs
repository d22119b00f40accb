//! Findings as they come in, part by part, and in the order of the report.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::found::Origin;
use super::placing::Placed;
use super::related::Compared;
use crate::finding::{Brief, Standing};

/// What findings are made of, in the parts that they came in.
#[derive(Debug, Default)]
pub(super) struct Items {
    parts: Vec<Vec<Origin>>,
}

/// The same, and where they stand.
pub(super) struct Standings {
    parts: Vec<(Vec<Origin>, Vec<Placed>)>,
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
const LARGE: usize = 1024;

impl Items {
    /// Takes a finding in, behind all others. A part that is large does not grow: it would have to be moved.
    pub fn push(&mut self, item: Origin) {
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

    /// How many there are.
    pub fn count(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// The findings, part by part.
    pub fn into_parts(self) -> impl Iterator<Item = Vec<Origin>> {
        self.parts.into_iter()
    }

    /// Finds out where they stand.
    pub fn stand(self, find: impl Fn(&[Origin]) -> Vec<Placed> + Sync) -> Standings {
        let parts = self.parts.into_par_iter();
        let parts = parts.map(|part| {
            let placed = find(&part);
            (part, placed)
        });
        Standings {
            parts: parts.collect(),
        }
    }
}

impl Standings {
    /// Every finding, in the order in which they came in.
    pub fn iter(&self) -> impl Iterator<Item = (&Origin, &Placed)> {
        let parts = self.parts.iter();
        parts.flat_map(|(items, placed)| items.iter().zip(placed))
    }

    /// What each is ordered by. As many are made room for as there are, so that they do not lie there twice.
    fn keys(&self, key: impl Fn(Origin, &Placed, &mut usize) -> (u64, u64) + Sync) -> Vec<Key> {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let count = self.parts.iter().map(|(items, _)| items.len()).sum();
        let mut keys = vec![Key::default(); count];
        let mut rest = keys.as_mut_slice();
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let (own, more) = rest.split_at_mut(part.0.len());
            parts.push((part, own));
            rest = more;
        }
        let parts = parts.into_par_iter().enumerate();
        parts.for_each(|(part, ((items, placed), own))| {
            let mut line = 0;
            let items = items.iter().zip(placed).enumerate();
            for ((at, (item, placed)), own) in items.zip(own) {
                let (first, second) = key(*item, placed, &mut line);
                *own = (first, second, number(part), number(at));
            }
        });
        keys
    }

    /// In the order of a key; equals stay in the order in which they came in. The key of one may know the line of the one
    /// before in its part.
    pub fn ordered(
        self,
        key: impl Fn(Origin, &Placed, &mut usize) -> (u64, u64) + Sync,
        brief: impl Fn(Origin, &Placed) -> Brief,
    ) -> Ordered {
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
            let item = part.and_then(|(items, placed)| {
                Some((items.get(at as usize)?, placed.get(at as usize)?))
            });
            if let Some((item, placed)) = item {
                let brief = brief(*item, placed);
                ordered.findings.push(brief);
                ordered.origins.push(*item);
                let open = brief.standing == Standing::Open;
                ordered.compared.push(placed.compared.filter(|_| open));
            }
        }
        ordered
    }
}

impl From<Vec<Origin>> for Items {
    fn from(items: Vec<Origin>) -> Self {
        Self { parts: vec![items] }
    }
}
