//! Whole processes, from files to a written list: planlint beside the reference. `cargo bench --bench whole [-- --quick]`
//!
//! Sizes 320, 3,200 and 44,134; bulk table and plan files; one and two threads; planlint's text and its JSON. Before a set is
//! timed, the violations of both programs are compared one by one, and their counts with what the generator expects.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program to be run by hand: a slip stops it"
)]

#[path = "whole/compare.rs"]
mod compare;
#[path = "data/mod.rs"]
mod data;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "measure/mod.rs"]
mod measure;
#[path = "whole/process.rs"]
mod process;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "reference/mod.rs"]
mod reference;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Parser, Subcommand};
use data::{Form, folder, set};
use measure::{ROUNDS, median, ratio};
use process::{Program, Run, once};

const SIZES: [usize; 3] = [320, 3200, 44_134];

#[derive(Parser)]
#[command(about = "Times planlint and the reference as processes.")]
struct Arguments {
    /// Without the largest sets.
    #[arg(long)]
    quick: bool,
    /// Only these sets, made by the generator before.
    #[arg(long)]
    set: Vec<PathBuf>,
    /// How often each program is run.
    #[arg(long, default_value_t = ROUNDS)]
    rounds: usize,
    /// Only the comparison of the lists.
    #[arg(long)]
    compare: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
    #[command(subcommand)]
    inner: Option<Inner>,
}

/// What this program does as a process of its own.
#[derive(Subcommand)]
enum Inner {
    /// Runs the reference.
    Reference {
        root: PathBuf,
        threads: usize,
        out: PathBuf,
    },
    /// Compares the reference's list with planlint's.
    Compare {
        root: PathBuf,
        list: PathBuf,
        json: PathBuf,
    },
}

fn main() -> Result<(), String> {
    let arguments = Arguments::parse();
    match &arguments.inner {
        Some(Inner::Reference { root, threads, out }) => {
            println!("{}", reference::run::run(root, *threads, out)?);
            Ok(())
        }
        Some(Inner::Compare { root, list, json }) => {
            println!("{}", compare::run(root, list, json)?);
            Ok(())
        }
        None => measure_all(&arguments),
    }
}

/// A set and what to call it.
struct Set {
    name: String,
    root: PathBuf,
}

fn sets(arguments: &Arguments) -> Result<Vec<Set>, String> {
    let named = arguments.set.iter().map(|root| Set {
        name: root.display().to_string(),
        root: root.clone(),
    });
    let mut sets: Vec<Set> = named.collect();
    if sets.is_empty() {
        for form in Form::ALL {
            for plans in SIZES {
                if plans > 10_000 && arguments.quick {
                    continue;
                }
                let name = format!("{} {plans}", form.name());
                let root = set(plans, form)?;
                sets.push(Set { name, root });
            }
        }
    }
    Ok(sets)
}

fn measure_all(arguments: &Arguments) -> Result<(), String> {
    let sets = sets(arguments)?;
    let out = folder().join("out");
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    for set in &sets {
        println!("{}: {}", set.name, compared(&set.root, &out)?);
    }
    if arguments.compare {
        return Ok(());
    }
    println!(
        "\n| set | threads | reference | planlint text | ratio | planlint json | ratio |\n|---|---|---|---|---|---|---|"
    );
    let mut growth = Vec::new();
    for set in &sets {
        for threads in [1, 2] {
            let [reference, text, json] = medians(&set.root, threads, arguments.rounds, &out)?;
            let row = [
                shown(reference),
                shown(text),
                ratio(text.took, reference.took),
                shown(json),
                ratio(json.took, reference.took),
            ];
            println!("| {} | {threads} | {} |", set.name, row.join(" | "));
            if threads == 2 {
                let targets = compare::expected(&set.root, "targets")?;
                growth.push((&set.name, targets, [reference.took, text.took, json.took]));
            }
        }
    }
    println!(
        "\nMicroseconds a target, two threads:\n\n| set | targets | reference | planlint text | planlint json |\n|---|---|---|---|---|"
    );
    for (name, targets, times) in growth {
        let [reference, text, json] = times.map(|took| each(took, targets));
        println!("| {name} | {targets} | {reference} | {text} | {json} |");
    }
    Ok(())
}

fn shown(run: Run) -> String {
    let (seconds, processor) = (run.took.as_secs_f64(), run.processor.as_secs_f64());
    format!("{seconds:.3} s ({processor:.3}), {} MB", run.memory >> 20)
}

fn each(took: Duration, targets: u64) -> String {
    let nanoseconds = took.as_nanos() / u128::from(targets.max(1));
    format!("{}.{:02}", nanoseconds / 1000, nanoseconds % 1000 / 10)
}

/// Both lists, compared by a process of its own: what this one holds would count as its children's memory.
fn compared(root: &Path, out: &Path) -> Result<String, String> {
    let (list, json) = (out.join("list"), out.join("json"));
    once(Program::Reference, root, 2, &list)?;
    once(Program::Json, root, 2, &json)?;
    process::compare(root, &list, &json)
}

/// The three programs in turn, round by round: the medians of time, the greatest memory.
fn medians(root: &Path, threads: usize, rounds: usize, out: &Path) -> Result<[Run; 3], String> {
    let programs = [Program::Reference, Program::Text, Program::Json];
    let mut runs = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        for (program, runs) in programs.into_iter().zip(&mut runs) {
            runs.push(once(program, root, threads, &out.join("timed"))?);
        }
    }
    Ok(runs.map(|runs| Run {
        took: median(runs.iter().map(|run| run.took).collect()),
        processor: median(runs.iter().map(|run| run.processor).collect()),
        memory: runs.iter().map(|run| run.memory).max().unwrap_or_default(),
    }))
}
