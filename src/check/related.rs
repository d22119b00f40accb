//! Findings that compare the same figures through several rules: the gravest is told, the others go with it.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

use super::found::Item;
use crate::source::Span;

/// The figures that a check compares, by their places. In so many bits no two different sets of places meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Compared(u64, u64);

impl Compared {
    /// One figure may be wrong in several ways; two are compared in one.
    pub fn new(figures: &[Span], bytes: &mut Vec<u8>) -> Option<Self> {
        let several = figures.len() > 1;
        several.then(|| {
            bytes.clear();
            for span in figures {
                for word in [span.source.number(), span.start, span.end] {
                    bytes.extend_from_slice(&word.to_le_bytes());
                }
            }
            let [low, high] = halves(XxHash3_128::oneshot(bytes));
            Self(low, high)
        })
    }
}

/// Two words take less room among others than one that is twice as wide.
fn halves(hash: u128) -> [u64; 2] {
    [0, 64].map(|by| u64::try_from((hash >> by) & u128::from(u64::MAX)).unwrap_or(0))
}

/// Which finding says which other again, as pairs of that one and this one in their order. Of several the gravest is
/// told, of equals the first.
pub(super) fn relate(items: &mut [Item]) -> Vec<(u32, u32)> {
    let mut told: FxHashMap<Compared, (Reverse<_>, u32)> = FxHashMap::default();
    told.reserve(items.iter().filter(|item| item.compared.is_some()).count());
    for (at, item) in (0..).zip(items.iter()) {
        if let Some(compared) = item.compared.filter(|_| item.is_open()) {
            let rank = (Reverse(item.brief.severity), at);
            let gravest = told.entry(compared).or_insert(rank);
            *gravest = rank.min(*gravest);
        }
    }
    let mut restating: Vec<(u32, u32)> = Vec::new();
    for (at, item) in (0..).zip(items.iter_mut()) {
        let compared = item.compared.filter(|_| item.is_open());
        let main = compared.and_then(|compared| told.get(&compared));
        if let Some((_, main)) = main
            && *main != at
        {
            item.brief.restates = Some(*main);
            restating.push((*main, at));
        }
    }
    for (main, _) in &restating {
        if let Some(main) = items.get_mut(*main as usize) {
            main.brief.related += 1;
        }
    }
    restating.sort_unstable();
    restating
}
