//! Bulk tables to facts, a part by each reader at a time: while some are read, those before them are taken in.

use std::num::NonZeroUsize;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use super::put;
use crate::catalogue::Catalogue;
use crate::facts::{Building, Repeated};
use crate::import::{BulkCutter, BulkPart, BulkReader, Cut, ReadPart, read_bulk};
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{Noted, Noting, SourceId, Sources};

/// Readers for each thread, so that none waits long for another; each knows its values for itself, so not too many.
const READERS: usize = 2;

/// Bytes of a part: enough that taking it in costs little beside its rows, and little enough that it stays at hand between
/// its loading and its taking in.
const PART: usize = 1 << 18;

/// Tables that are to be read.
pub(super) struct Tables<'a> {
    files: &'a [SourceId],
    names: (&'a Regions, &'a Catalogue),
    part: usize,
}

/// Something that is not to be read in parts: all tables are read whole instead, from their beginning.
struct Odd;

/// Tables of which part after part is loaded.
struct Loading<'s> {
    files: std::slice::Iter<'s, SourceId>,
    sources: &'s Sources,
    part: usize,
    /// The table that is being loaded.
    open: Option<(SourceId, BulkCutter, Noting)>,
    /// What those were that are loaded.
    noted: Vec<(SourceId, Noted)>,
    /// Room of texts that have been read.
    rooms: Vec<Vec<u8>>,
}

/// What has been read and taken in.
struct Taking<'b> {
    building: &'b mut Building,
    /// The first reader's number.
    first: usize,
    /// The hashes of the ids of plans so far.
    begun: FxHashSet<u64>,
    rows: usize,
    problems: Vec<Problem>,
    repeated: Vec<Repeated>,
}

impl<'a> Tables<'a> {
    pub fn new(
        files: &'a [SourceId],
        names: (&'a Regions, &'a Catalogue),
        part: Option<NonZeroUsize>,
    ) -> Self {
        Self {
            files,
            names,
            part: part.map_or(PART, NonZeroUsize::get),
        }
    }

    /// Reads all tables, and gives how many rows they have and which plans were left out.
    pub fn read(
        &self,
        sources: &mut Sources,
        problems: &mut Vec<Problem>,
        building: &mut Building,
    ) -> (usize, Vec<Repeated>) {
        let mark = building.mark();
        let mut taking = Taking {
            first: building.reader_count(),
            building,
            begun: FxHashSet::default(),
            rows: 0,
            problems: Vec::new(),
            repeated: Vec::new(),
        };
        // From within the pool, a part is handed over without anyone being woken.
        let read = rayon::scope(|_| self.read_in_parts(sources, &mut taking));
        let Ok(noted) = read else {
            building.back_to(&mark);
            return self.read_whole(sources, problems, building);
        };
        problems.append(&mut taking.problems);
        for (source, noted) in noted {
            sources.note(source, noted);
        }
        (taking.rows, taking.repeated)
    }

    /// Reads a part by each reader, again and again, and takes in what they have read while the next ones are read.
    fn read_in_parts(
        &self,
        sources: &Sources,
        taking: &mut Taking<'_>,
    ) -> Result<Vec<(SourceId, Noted)>, Odd> {
        let count = match rayon::current_num_threads() {
            1 => 1,
            threads => READERS * threads,
        };
        let (regions, catalogue) = self.names;
        let new = || BulkReader::new(regions, catalogue);
        let mut readers: Vec<_> = std::iter::repeat_with(new).take(count).collect();
        let mut loading = Loading {
            files: self.files.iter(),
            sources,
            part: self.part,
            open: None,
            noted: Vec::new(),
            rooms: Vec::new(),
        };
        let mut parts = loading.next(count)?;
        let mut read = Vec::new();
        while !parts.is_empty() {
            let (now, next) = rayon::join(
                || read_each(&mut readers, parts),
                || {
                    loading.rooms.extend(taking.take(read)?);
                    loading.next(count)
                },
            );
            (read, parts) = (now?, next?);
        }
        taking.take(read)?;
        Ok(loading.noted)
    }

    /// Reads all tables at once: rows of a plan may stand anywhere, and quotes run over lines.
    fn read_whole(
        &self,
        sources: &mut Sources,
        problems: &mut Vec<Problem>,
        building: &mut Building,
    ) -> (usize, Vec<Repeated>) {
        let files = self.files.iter();
        let loaded: Vec<(SourceId, Option<String>)> = files
            .filter_map(|source| load(*source, sources, problems))
            .collect();
        let texts = loaded.iter().map(|(source, text)| {
            let held = || sources.file(*source).text();
            (*source, text.as_deref().unwrap_or_else(held))
        });
        let texts: Vec<(SourceId, &str)> = texts.collect();
        let (regions, catalogue) = self.names;
        let (batch, more) = read_bulk(&texts, regions, catalogue);
        drop(loaded);
        problems.extend(more);
        let rows = batch.plans.iter().map(|(_, table)| table.rows.len()).sum();
        building.expect(&batch);
        (rows, building.take_alone(batch))
    }
}

/// Reads a part by each reader.
fn read_each(readers: &mut [BulkReader<'_>], parts: Vec<BulkPart>) -> Result<Vec<ReadPart>, Odd> {
    let each = readers.into_par_iter().zip(parts);
    let read = each.map(|(reader, part)| reader.read(part).ok_or(Odd));
    read.collect()
}

impl Loading<'_> {
    /// The next parts, so many; fewer only at the end.
    fn next(&mut self, count: usize) -> Result<Vec<BulkPart>, Odd> {
        let mut parts = Vec::with_capacity(count);
        while parts.len() < count {
            let Some((source, cutter, noting)) = &mut self.open else {
                let Some(source) = self.files.next() else {
                    break;
                };
                let cutter = BulkCutter::new(*source, self.part);
                self.open = Some((*source, cutter, Noting::default()));
                continue;
            };
            let file = self.sources.file(*source);
            let room = self.rooms.pop().unwrap_or_default();
            let cut = cutter.next(room, |from, length, bytes| {
                if let Some(loader) = file.loader() {
                    let before = bytes.len();
                    loader.load(&file.path, from, length, bytes)?;
                    noting.write(bytes.get(before..).unwrap_or(&[]));
                } else {
                    let text = file.text().as_bytes();
                    let end = text.len().min(from.saturating_add(length));
                    bytes.extend_from_slice(text.get(from..end).unwrap_or(&[]));
                }
                Ok::<(), String>(())
            });
            match cut {
                Ok(Cut::Part(part)) => parts.push(part),
                Ok(Cut::End) => {
                    if let Some((source, _, noting)) = self.open.take()
                        && self.sources.file(source).loader().is_some()
                    {
                        self.noted.push((source, noting.finish()));
                    }
                }
                // Why a file cannot be read is told where it is read whole.
                Ok(Cut::Odd) | Err(_) => return Err(Odd),
            }
        }
        Ok(parts)
    }
}

impl Taking<'_> {
    /// Takes in what each reader has read, and gives the room of the texts.
    fn take(&mut self, read: Vec<ReadPart>) -> Result<Vec<Vec<u8>>, Odd> {
        let mut rooms = Vec::with_capacity(read.len());
        for (reader, part) in read.into_iter().enumerate() {
            if !part.begun.iter().all(|plan| self.begun.insert(*plan)) {
                return Err(Odd);
            }
            let tables = part.batch.plans.iter().map(|(_, table)| table);
            self.rows += tables.map(|table| table.rows.len()).sum::<usize>();
            self.problems.extend(part.problems);
            let repeated = self.building.take(self.first + reader, part.batch);
            self.repeated.extend(repeated);
            rooms.push(part.bytes);
        }
        Ok(rooms)
    }
}

/// A table's text, where it is not held; nothing of one that cannot be read.
fn load(
    source: SourceId,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Option<(SourceId, Option<String>)> {
    let file = sources.file(source);
    let Some(loader) = file.loader() else {
        return Some((source, None));
    };
    let mut bytes = Vec::new();
    let read = loader.load(&file.path, 0, usize::MAX, &mut bytes);
    let odd = match read.map(|()| String::from_utf8(bytes)) {
        Ok(Ok(text)) => {
            let mut noting = Noting::default();
            noting.write(text.as_bytes());
            sources.note(source, noting.finish());
            return Some((source, Some(text)));
        }
        Ok(Err(error)) => Ok(error.into_bytes()),
        Err(why) => Err(why),
    };
    put(source, odd, sources, problems);
    None
}
