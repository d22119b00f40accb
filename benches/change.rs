//! One changed plan through the library call, at each level of the hierarchy, beside a check of everything.
//! `cargo bench --bench change [-- --plans 44134]`
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program to be run by hand: a slip stops it"
)]

#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "data/mod.rs"]
mod data;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "measure/mod.rs"]
mod measure;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser;
use data::{Form, set};
use measure::{median, milliseconds};
use planlint::check::{File, Options, Repository, Session, check};

#[derive(Parser)]
#[command(about = "Times a session's answer to a changed plan.")]
struct Arguments {
    /// How many plans.
    #[arg(long, default_value_t = 3200)]
    plans: usize,
    /// How often each plan is changed.
    #[arg(long, default_value_t = 21)]
    rounds: usize,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let root = set(arguments.plans, Form::Files).expect("a set");
    let repository = repository(&root);
    let start = Instant::now();
    let mut session = Session::open(repository.clone(), Options::default());
    println!(
        "{} plans, opened in {}",
        repository.plans.len(),
        milliseconds(start.elapsed())
    );
    println!("| plan of a | first change | median | most | files named | checks made |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    // A code of the level: its plan is in the file of that name.
    let levels = [
        ("township", "510411001"),
        ("county", "510411"),
        ("prefecture", "510400"),
        ("province", "510000"),
        ("nation", "000000"),
    ];
    let mut changed = repository;
    for (level, code) in levels {
        let ending = format!("/{code}.plan.toml");
        let known = changed
            .plans
            .iter_mut()
            .find(|file| file.path.ends_with(&ending));
        let Some(file) = known else {
            continue;
        };
        let mut times: Vec<Duration> = Vec::new();
        let mut last = (0, 0);
        for round in 0..arguments.rounds {
            *file = with_a_target(file, round);
            let start = Instant::now();
            let change = session
                .change(file.clone())
                .expect("a change that can be taken in");
            times.push(start.elapsed());
            last = (change.files.len(), change.checks);
        }
        let most = times.iter().max().copied().unwrap_or_default();
        let (plans, checks) = last;
        // The first of a plan follows one of another: nothing is known of what it asks.
        let first = milliseconds(times.first().copied().unwrap_or_default());
        let (middle, most) = (milliseconds(median(times)), milliseconds(most));
        println!("| {level} | {first} | {middle} | {most} | {plans} | {checks} |");
    }
    let start = Instant::now();
    let fresh = check(changed, &Options::default());
    let took = milliseconds(start.elapsed());
    let same = session.outcome().report == fresh.report;
    println!(
        "checked anew: {took}, {}",
        if same {
            "the same report"
        } else {
            "ANOTHER REPORT"
        }
    );
}

/// The file with another number in its first target.
fn with_a_target(file: &File, round: usize) -> File {
    let text = file
        .bytes
        .clone()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.expect("a text");
    let (before, target) = text.split_once("target = { 2025 = \"").expect("a target");
    let (_, after) = target.split_once('"').expect("a value");
    let text = format!(
        "{before}target = {{ 2025 = \"9{}.{}\"{after}",
        round % 10,
        round / 10
    );
    File {
        path: file.path.clone(),
        bytes: Ok(text.into_bytes()),
    }
}

fn repository(root: &Path) -> Repository {
    let one = |path: &str| File {
        path: path.to_owned(),
        bytes: fs::read(root.join(path)).map_err(|error| error.to_string()),
    };
    let below = |folder: &str, ending: &str| {
        let mut paths = Vec::new();
        gather(&root.join(folder), ending, &mut paths);
        let relative = paths.iter().filter_map(|path| path.strip_prefix(root).ok());
        let mut files: Vec<File> = relative.filter_map(|path| path.to_str()).map(one).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    };
    Repository {
        regions: Some(one("plans/regions.csv")),
        catalogue: Some(one("plans/indicators.toml")),
        statistics: None,
        plans: below("plans", ".plan.toml"),
        bulk: Vec::new(),
        unread: None,
        rules: below("rules", ".rule"),
        settings: None,
    }
}

fn gather(folder: &Path, ending: &str, paths: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, ending, paths);
        } else if path.to_string_lossy().ends_with(ending) {
            paths.push(path);
        }
    }
}
