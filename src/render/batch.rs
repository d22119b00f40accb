//! Findings made and turned into text by all threads, and written in order, of which never many are held.

use std::io;

use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use crate::finding::{Finding, Findings};

/// Findings that one thread makes and turns into text in one go.
const PART: usize = 512;

/// Findings that are made while those before them are written: as many parts as threads have to do meanwhile.
const BATCH: usize = 16 * PART;

/// Turns a finding into text.
pub(super) type Each<'e> = dyn Fn(&Finding, &mut Vec<u8>) -> io::Result<()> + Sync + 'e;

/// Writes findings, by their places in the report, with a text between any two.
pub(super) fn write(
    wanted: &[usize],
    findings: &dyn Findings,
    between: &str,
    each: &Each<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let first = wanted.first().copied();
    let part = |part: &[usize]| -> io::Result<Vec<u8>> {
        let mut text = Vec::with_capacity(2_048 * part.len());
        for at in part {
            if Some(*at) != first {
                text.extend_from_slice(between.as_bytes());
            }
            if let Some(finding) = findings.get(*at) {
                each(&finding, &mut text)?;
            }
        }
        Ok(text)
    };
    let mut ready: Vec<io::Result<Vec<u8>>> = Vec::new();
    for batch in wanted.chunks(BATCH).chain([&[][..]]) {
        // One batch is written while the next one is made, so that two are held at a time.
        let mut next = Vec::new();
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = batch.par_chunks(PART).map(part).collect());
            let mut parts = ready.drain(..);
            parts.try_for_each(|part| out.write_all(&part?))
        })?;
        ready = next;
    }
    Ok(())
}
