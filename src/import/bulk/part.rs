//! A part of a bulk table, read on its own: the rows of whole plans.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Header;
use super::plan::Drafts;
use crate::catalogue::Catalogue;
use crate::import::cells::{Lines, lines};
use crate::import::desk::Desk;
use crate::model::Batch;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::SourceId;

/// Some lines of a table, as bytes.
#[derive(Debug)]
pub struct BulkPart {
    pub(super) source: SourceId,
    pub(super) bytes: Vec<u8>,
    /// Where they stand in their file.
    pub(super) base: usize,
    /// Where its rows begin: behind the header, in the first part.
    pub(super) rows: usize,
    /// None where no row can be read by it.
    pub(super) header: Option<Arc<Header>>,
    /// What is wrong with the header, which the first part tells.
    pub(super) problems: Vec<Problem>,
}

/// What a part says.
#[derive(Debug)]
pub struct ReadPart {
    /// Its plans, with what is new in the pool of their reader.
    pub batch: Batch,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The hashes of the ids of plans that its rows were to begin. Where another part has one of them, too, neither can
    /// be read on its own.
    pub begun: FxHashSet<u64>,
    /// The bytes of its text, whose room another part can have.
    pub bytes: Vec<u8>,
}

/// Reads parts of bulk tables one after another; what their rows have in common is kept once.
pub struct BulkReader<'a> {
    desk: Desk<'a>,
    /// How many plans the last part had: most parts have about as many.
    plans: usize,
}

impl<'a> BulkReader<'a> {
    /// A reader that has read nothing.
    #[must_use]
    pub fn new(regions: &'a Regions, catalogue: &'a Catalogue) -> Self {
        Self {
            desk: Desk::new(regions, catalogue),
            plans: 0,
        }
    }

    /// Reads a part. Nothing is given of one that is no UTF-8, or has quotes or odd line ends, for a quote may run over
    /// lines and its part's end: its table has to be read whole, by [`read_bulk`](super::read_bulk).
    pub fn read(&mut self, part: BulkPart) -> Option<ReadPart> {
        let text = simdutf8::basic::from_utf8(&part.bytes).ok()?;
        let desk = &mut self.desk;
        desk.problems.extend(part.problems);
        let mut drafts = Drafts::new(desk.catalogue.len(), self.plans);
        if let Some(header) = &part.header {
            let lines = lines(text, part.source).within(part.base, part.rows);
            let is_plain = |lines: &Lines<'_>| !lines.is_odd();
            if !header.rows_while(lines, desk, &mut drafts, is_plain) {
                return None;
            }
        }
        let (plans, begun) = drafts.finish();
        self.plans = plans.len();
        Some(ReadPart {
            batch: Batch {
                plans,
                pool: desk.pool.news(),
            },
            problems: std::mem::take(&mut desk.problems),
            begun,
            bytes: part.bytes,
        })
    }
}
