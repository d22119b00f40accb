//! Bulk tables to facts.

use super::put;
use crate::catalogue::Catalogue;
use crate::facts::{Building, Repeated};
use crate::import::read_bulk;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{Noting, SourceId, Sources};

/// Reads all tables, and gives how many rows they have and which plans were left out.
pub(super) fn read(
    files: &[SourceId],
    (regions, catalogue): (&Regions, &Catalogue),
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
    building: &mut Building,
) -> (usize, Vec<Repeated>) {
    let loaded: Vec<(SourceId, Option<String>)> = files
        .iter()
        .filter_map(|source| load(*source, sources, problems))
        .collect();
    let texts = loaded.iter().map(|(source, text)| {
        let held = || sources.file(*source).text();
        (*source, text.as_deref().unwrap_or_else(held))
    });
    let texts: Vec<(SourceId, &str)> = texts.collect();
    let (batches, more) = read_bulk(&texts, regions, catalogue);
    drop(loaded);
    problems.extend(more);
    let tables = batches.iter().flat_map(|batch| &batch.plans);
    let rows = tables.map(|(_, table)| table.rows.len()).sum();
    building.expect(&batches);
    let batches = batches.into_iter();
    let repeated = batches.flat_map(|batch| building.take_alone(batch));
    (rows, repeated.collect())
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
