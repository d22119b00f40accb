//! The plan files of a repository, read by some threads.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;

use super::names::Names;
use super::plan::scan;
use super::rows::{Table, place};

/// Every file below a folder whose name ends so, in the order of their paths.
pub fn below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    walk(folder, ending, &mut found).map_err(|error| format!("{}: {error}", folder.display()))?;
    found.sort_unstable();
    Ok(found)
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), ending, found)?;
        } else if entry.file_name().to_string_lossy().ends_with(ending) {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Reads plan files; each thread takes one stretch of them.
pub fn read(paths: &[PathBuf], names: &Names, threads: usize) -> Result<Table, String> {
    if threads == 1 {
        return stretch(paths, names);
    }
    let each = paths.len().div_ceil(threads).max(1);
    let parts = thread::scope(|scope| {
        let stretches = paths.chunks(each);
        let running: Vec<_> = stretches
            .map(|paths| scope.spawn(move || stretch(paths, names)))
            .collect();
        let ended = running.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            .map(|part| part.unwrap_or_else(|_| Err("a thread stopped".to_owned())))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let mut table = Table::default();
    for mut part in parts {
        let before = place(table.plans.len())?;
        for row in &mut part.rows {
            row.plan += before;
        }
        if table.plans.is_empty() {
            table = part;
        } else {
            table.plans.append(&mut part.plans);
            table.rows.append(&mut part.rows);
        }
    }
    Ok(table)
}

fn stretch(paths: &[PathBuf], names: &Names) -> Result<Table, String> {
    let mut table = Table::default();
    table.rows.reserve(paths.len() * names.indicators.len());
    let mut text = Vec::new();
    for (number, path) in (0_u32..).zip(paths) {
        text.clear();
        let read = File::open(path).and_then(|mut file| file.read_to_end(&mut text));
        read.map_err(|error| format!("{}: {error}", path.display()))?;
        let plan = scan(&text, number, names, &mut table.rows);
        let plan = plan.map_err(|why| format!("{}: {why}", path.display()))?;
        table.plans.push(plan);
    }
    Ok(table)
}

/// Reads texts that are there already.
pub fn read_texts(texts: &[String], names: &Names) -> Result<Table, String> {
    let mut table = Table::default();
    for (number, text) in (0_u32..).zip(texts) {
        let plan = scan(text.as_bytes(), number, names, &mut table.rows)?;
        table.plans.push(plan);
    }
    Ok(table)
}
