//! Reading 3,200 plans that are in memory, on one thread: planlint beside the reference. `cargo bench --bench reading`
//!
//! The reference reads values as numbers right away; planlint gives their notation its meaning when it builds its facts
//! (`indexing`), so that the two benches belong together.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program to be run by hand: a slip stops it"
)]

#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "data/mod.rs"]
mod data;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "measure/mod.rs"]
mod measure;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "reference/mod.rs"]
mod reference;

use std::fs;

use data::{Form, set};
use divan::Bencher;
use measure::timed;
use planlint::import::{PlanReader, read_bulk, read_catalogue, read_regions};
use planlint::source::Sources;
use reference::{csv, files, names};

fn main() {
    divan::main();
    print!("\n{}", measure::ratios());
}

/// The texts of a set: regions, catalogue, plans.
fn texts(form: Form) -> (String, String, Vec<String>) {
    let plans = set(3200, form).expect("a set").join("plans");
    let text = |name: &str| fs::read_to_string(plans.join(name)).expect("a table");
    let ending = match form {
        Form::Bulk => ".targets.csv",
        Form::Files => ".plan.toml",
    };
    let paths = files::below(&plans, ending).expect("plans");
    let texts = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("a plan"));
    (
        text("regions.csv"),
        text("indicators.toml"),
        texts.collect(),
    )
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn bulk_planlint(bencher: Bencher<'_, '_>) {
    let (regions, catalogue, plans) = texts(Form::Bulk);
    let mut sources = Sources::default();
    let (regions, _) = read_regions(&regions, sources.add("regions.csv", ""));
    let (catalogue, _) = read_catalogue(&catalogue, sources.add("indicators.toml", ""));
    let source = sources.add("all.targets.csv", "");
    bencher.bench_local(|| {
        timed("bulk", "planlint", || {
            let (plans, problems) = read_bulk(&[(source, &plans[0])], &regions, &catalogue);
            assert!(problems.is_empty());
            plans
        })
    });
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn bulk_reference(bencher: Bencher<'_, '_>) {
    let (regions, catalogue, plans) = texts(Form::Bulk);
    let names = names::parse(&regions, &catalogue).expect("names");
    bencher.bench_local(|| timed("bulk", "reference", || csv::read_text(&plans[0], &names)));
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn files_planlint(bencher: Bencher<'_, '_>) {
    let (regions, catalogue, plans) = texts(Form::Files);
    let mut sources = Sources::default();
    let (regions, _) = read_regions(&regions, sources.add("regions.csv", ""));
    let (catalogue, _) = read_catalogue(&catalogue, sources.add("indicators.toml", ""));
    let source = sources.add("some.plan.toml", "");
    bencher.bench_local(|| {
        timed("files", "planlint", || {
            let mut reader = PlanReader::new(&regions, &catalogue);
            for text in &plans {
                reader.read(text, source);
            }
            let (plans, problems) = reader.finish();
            assert!(problems.is_empty());
            plans
        })
    });
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn files_reference(bencher: Bencher<'_, '_>) {
    let (regions, catalogue, plans) = texts(Form::Files);
    let names = names::parse(&regions, &catalogue).expect("names");
    bencher.bench_local(|| timed("files", "reference", || files::read_texts(&plans, &names)));
}
