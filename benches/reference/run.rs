//! The whole way, from a repository's files to a written list.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use super::checks::{Asked, RULES, all};
use super::names::{self, Names};
use super::rows::Table;
use super::{csv, files, index, list};

/// Reads, checks and writes; gives one line on how long each step took and what was found.
pub fn run(root: &Path, threads: usize, out: &Path) -> Result<String, String> {
    let start = Instant::now();
    let mut steps = Vec::new();
    let mut lap = || steps.push(start.elapsed().as_secs_f64());
    let names = names::read(&root.join("plans"))?;
    let table = table(root, &names, threads)?;
    lap();
    let index = index::build(&table, &names)?;
    lap();
    let asked = Asked {
        names: &names,
        table: &table,
        index: &index,
    };
    let violations = all(asked, threads)?;
    lap();
    let file = File::create(out).map_err(|error| error.to_string())?;
    let mut file = BufWriter::with_capacity(1 << 18, file);
    let written = list::write(&violations, &names, &table, &mut file).and_then(|()| file.flush());
    written.map_err(|error| error.to_string())?;
    lap();
    let mut before = 0.0;
    let mut told = Vec::new();
    for (name, end) in ["read", "index", "check", "write"].into_iter().zip(steps) {
        told.push(format!("\"{name}\": {:.4}", end - before));
        before = end;
    }
    for (number, rule) in (0_u8..).zip(RULES) {
        let of = violations.iter().filter(|found| found.rule == number);
        told.push(format!("\"{rule}\": {}", of.count()));
    }
    // The process ends here.
    std::mem::forget((names, table, index, violations));
    Ok(format!("{{{}}}", told.join(", ")))
}

/// The plans of a repository: one bulk table, or plan files.
pub fn table(root: &Path, names: &Names, threads: usize) -> Result<Table, String> {
    let plans = root.join("plans");
    let bulk = plans.join("all.targets.csv");
    if bulk.is_file() {
        return csv::read(&bulk, names, threads);
    }
    let paths = files::below(&plans, ".plan.toml")?;
    files::read(&paths, names, threads)
}
