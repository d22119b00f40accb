//! Findings that compare the same figures through several rules: the gravest is told, the others go with it.

use std::num::NonZeroU64;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use twox_hash::XxHash3_128;

use crate::finding::Brief;
use crate::source::Span;

/// The figures that a check compares, by their places. In so many bits no two different sets of places meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Compared(NonZeroU64, u64);

impl Compared {
    /// One figure may be wrong in several ways; two are compared in one.
    pub fn new(figures: &mut Vec<Span>, bytes: &mut Vec<u8>) -> Option<Self> {
        figures.sort_unstable();
        figures.dedup();
        let several = figures.len() > 1;
        several.then(|| {
            bytes.clear();
            for span in figures {
                for word in [span.source.number(), span.start, span.end] {
                    bytes.extend_from_slice(&word.to_le_bytes());
                }
            }
            let [low, high] = halves(XxHash3_128::oneshot(bytes));
            // One that may be missing takes no more room than one.
            Self(NonZeroU64::new(low).unwrap_or(NonZeroU64::MIN), high)
        })
    }
}

/// Two words take less room among others than one that is twice as wide.
fn halves(hash: u128) -> [u64; 2] {
    [0, 64].map(|by| u64::try_from((hash >> by) & u128::from(u64::MAX)).unwrap_or(0))
}

/// Which finding says which other again, as pairs of that one and this one in their order. Of several the gravest is
/// told, of equals the first.
pub(super) fn relate(findings: &mut [Brief], compared: &[Option<Compared>]) -> Vec<(u32, u32)> {
    let figures = |at: u32| compared.get(at as usize).copied().flatten();
    let severity = |at: u32| findings.get(at as usize).map(|brief| brief.severity);
    let hash = |at: &u32| figures(*at).map_or(0, |Compared(low, _)| low.get());
    // Few sets of figures are compared twice: only the gravest check of each is noted, and which checks met another.
    let count = compared.iter().flatten().count();
    let mut gravest: HashTable<u32> = HashTable::with_capacity(count);
    let mut met = Vec::new();
    for (at, own) in (0..).zip(compared) {
        let Some(own) = own else {
            continue;
        };
        let same = |other: &u32| figures(*other) == Some(*own);
        match gravest.entry(own.0.get(), same, hash) {
            Entry::Vacant(place) => {
                place.insert(at);
            }
            Entry::Occupied(mut place) => {
                let other = *place.get();
                met.extend([other, at]);
                if severity(at) > severity(other) {
                    *place.get_mut() = at;
                }
            }
        }
    }
    met.sort_unstable();
    met.dedup();
    let mains = met.into_iter().filter_map(|at| {
        let own = figures(at)?;
        let main = gravest.find(own.0.get(), |other| figures(*other) == Some(own))?;
        (*main != at).then_some((*main, at))
    });
    let mut restating: Vec<(u32, u32)> = mains.collect();
    restating.sort_unstable();
    note(findings, &restating);
    restating
}

/// Notes of findings which other they say again, and how many say them again.
pub(super) fn note(findings: &mut [Brief], restating: &[(u32, u32)]) {
    for (main, at) in restating {
        if let Some(brief) = findings.get_mut(*at as usize) {
            brief.restates = Some(*main);
        }
        if let Some(main) = findings.get_mut(*main as usize) {
            main.related += 1;
        }
    }
}
