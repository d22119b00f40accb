//! `*.targets.csv`: plans from a database, one row per plan, indicator and target year.

mod again;
mod line;
mod plan;

use memchr::{memchr, memrchr};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use super::cells::{Lines, columns, lines};
use super::desk::Desk;
use super::wrong;
use crate::catalogue::Catalogue;
use crate::model::Batch;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::SourceId;

use line::{COLUMNS, Cells};
use plan::Drafts;

/// Bytes of a part that is read on its own, at least: enough that putting parts together costs little beside it.
const PART: usize = 4 << 20;

/// Parts for each thread, so that none waits long for another; each knows its values for itself, so not too many.
const PARTS: usize = 4;

/// Reads all bulk tables of a repository together: rows of one plan need not stand in one place. A faulty row is
/// reported, the others are read. Where each plan's rows do stand together, parts of a table are read in parallel.
#[must_use]
pub fn read_bulk(
    texts: &[(SourceId, &str)],
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Vec<Batch>, Vec<Problem>) {
    let parts: Vec<Part<'_>> = texts
        .iter()
        .flat_map(|(source, text)| split(*source, text))
        .collect();
    if parts.len() > texts.len() {
        let read = parts.into_par_iter().map(|part| {
            let mut reading = Reading::new(regions, catalogue);
            reading.part(&part);
            reading.finish()
        });
        let read: Vec<(Batch, Vec<Problem>)> = read.collect();
        let mut ids: FxHashSet<&str> = FxHashSet::default();
        let plans = read.iter().flat_map(|(batch, _)| &batch.plans);
        if plans
            .into_iter()
            .all(|(plan, _)| ids.insert(&plan.id.value))
        {
            let (batches, problems): (Vec<Batch>, Vec<Vec<Problem>>) = read.into_iter().unzip();
            return (batches, problems.concat());
        }
    }
    let mut reading = Reading::new(regions, catalogue);
    for (source, text) in texts {
        reading.part(&Part::whole(*source, text));
    }
    let (batch, problems) = reading.finish();
    (vec![batch], problems)
}

/// A part of a table: its header and some of its lines.
struct Part<'t> {
    source: SourceId,
    text: &'t str,
    /// The first line that is not the header, and where the part ends.
    lines: Option<(usize, usize)>,
}

impl<'t> Part<'t> {
    /// A table as one part.
    const fn whole(source: SourceId, text: &'t str) -> Self {
        Self {
            source,
            text,
            lines: None,
        }
    }
}

/// Cuts a table where one plan's rows end and another's begin. One with quotes is left whole: a quote may run over
/// lines.
fn split(source: SourceId, text: &str) -> Vec<Part<'_>> {
    let bytes = text.as_bytes();
    let header = memchr(b'\n', bytes).map_or(text.len(), |end| end + 1);
    let size = (text.len() / (PARTS * rayon::current_num_threads())).max(PART);
    if text.len() < 2 * PART || memchr(b'"', bytes).is_some() {
        return vec![Part::whole(source, text)];
    }
    let mut parts = Vec::new();
    let mut start = header;
    while start < text.len() {
        let end = next_plan(text, start + size);
        parts.push(Part {
            source,
            text,
            lines: Some((start, end)),
        });
        start = end;
    }
    parts
}

/// The first line from about here on whose first cell is another than that of the line before.
fn next_plan(text: &str, near: usize) -> usize {
    let bytes = text.as_bytes();
    let line_end = |from: usize| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        memchr(b'\n', rest).map_or(text.len(), |end| from + end + 1)
    };
    let first = |from: usize| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        rest.split(|byte| matches!(byte, b',' | b'\n')).next()
    };
    let before = bytes.get(..near.min(text.len())).unwrap_or(&[]);
    let mut line = memrchr(b'\n', before).map_or(0, |end| end + 1);
    loop {
        let next = line_end(line);
        if next >= text.len() || first(next) != first(line) {
            return next;
        }
        line = next;
    }
}

/// The reading of some parts at one desk.
struct Reading<'a, 't> {
    desk: Desk<'a>,
    drafts: Drafts<'t>,
}

impl<'a, 't> Reading<'a, 't> {
    fn new(regions: &'a Regions, catalogue: &'a Catalogue) -> Self {
        Self {
            desk: Desk::new(regions, catalogue),
            drafts: Drafts::new(catalogue.len()),
        }
    }

    fn part(&mut self, part: &Part<'t>) {
        let problems = &mut self.desk.problems;
        let mut header = lines(part.text, part.source);
        let names = header.header(problems);
        let Some(columns) = columns(&COLUMNS, &names, part.source, problems) else {
            return;
        };
        let rest: Lines<'t> = match part.lines {
            None => header,
            Some((start, end)) => header.between(start, end),
        };
        let mut rest = rest.repeating(line::head(&columns));
        let mut line = Vec::with_capacity(names.len());
        let mut taken = false;
        while let Some(read) = rest.read(&mut line) {
            let again = rest.repeats() && std::mem::take(&mut taken);
            match (read, line.first(), line.last()) {
                (Err(problem), ..) => self.desk.problems.push(problem),
                (Ok(()), Some(first), Some(last)) if line.len() != names.len() => {
                    let span = first.span.to(last.span);
                    let problem = wrong::cell_count(span, line.len(), names.len());
                    self.desk.problems.push(problem);
                }
                (Ok(()), Some(first), _) => {
                    let cells = Cells::new(&line, &columns, first);
                    self.drafts.row(&mut self.desk, &cells, again);
                    taken = true;
                }
                (Ok(()), ..) => (),
            }
        }
    }

    fn finish(self) -> (Batch, Vec<Problem>) {
        let batch = Batch {
            plans: self.drafts.finish(),
            pool: self.desk.pool,
        };
        (batch, self.desk.problems)
    }
}
