//! From what was read to what can be asked, 3,200 plans, on one thread. `cargo bench --bench indexing`
//!
//! planlint's facts hold what each value means; the reference has numbers from reading on and only makes its indexes. What
//! compares like with like is `both`: the bulk table read, then indexed.
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
use planlint::facts::build;
use planlint::import::{read_bulk, read_catalogue, read_regions};
use planlint::source::Sources;
use reference::{csv, index, names};

fn main() {
    divan::main();
    print!("\n{}", measure::ratios());
}

/// The texts of the set: regions, catalogue, plans.
fn texts() -> [String; 3] {
    let plans = set(3200, Form::Bulk).expect("a set").join("plans");
    ["regions.csv", "indicators.toml", "all.targets.csv"]
        .map(|name| fs::read_to_string(plans.join(name)).expect("a table"))
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn facts_planlint(bencher: Bencher<'_, '_>) {
    let [regions, catalogue, plans] = texts();
    let mut sources = Sources::default();
    let sources =
        ["regions.csv", "indicators.toml", "all.targets.csv"].map(|path| sources.add(path, ""));
    let [for_regions, for_catalogue, for_plans] = sources;
    let inputs = || {
        let (regions, _) = read_regions(&regions, for_regions);
        let (catalogue, _) = read_catalogue(&catalogue, for_catalogue);
        let (plans, _) = read_bulk(&[(for_plans, &plans)], &regions, &catalogue);
        (regions, catalogue, plans)
    };
    bencher
        .with_inputs(inputs)
        .bench_local_values(|(regions, catalogue, plans)| {
            timed("facts", "planlint", || {
                build(regions, catalogue, vec![plans], Vec::new())
            })
        });
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn facts_reference(bencher: Bencher<'_, '_>) {
    let [regions, catalogue, plans] = texts();
    let names = names::parse(&regions, &catalogue).expect("names");
    let table = csv::read_text(&plans, &names).expect("plans");
    bencher.bench_local(|| timed("facts", "reference", || index::build(&table, &names)));
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn both_planlint(bencher: Bencher<'_, '_>) {
    let [regions, catalogue, plans] = texts();
    let mut sources = Sources::default();
    let sources =
        ["regions.csv", "indicators.toml", "all.targets.csv"].map(|path| sources.add(path, ""));
    bencher.bench_local(|| {
        timed("both", "planlint", || {
            let (regions, _) = read_regions(&regions, sources[0]);
            let (catalogue, _) = read_catalogue(&catalogue, sources[1]);
            let (plans, _) = read_bulk(&[(sources[2], &plans)], &regions, &catalogue);
            build(regions, catalogue, vec![plans], Vec::new())
        })
    });
}

#[divan::bench(sample_count = 11, sample_size = 1)]
fn both_reference(bencher: Bencher<'_, '_>) {
    let [regions, catalogue, plans] = texts();
    bencher.bench_local(|| {
        timed("both", "reference", || {
            let names = names::parse(&regions, &catalogue).expect("names");
            let table = csv::read_text(&plans, &names).expect("plans");
            let index = index::build(&table, &names);
            (names, table, index)
        })
    });
}
