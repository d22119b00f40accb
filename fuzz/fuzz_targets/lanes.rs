//! Whatever the fast lane takes comes out as the recovering lane reads it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use planlint::catalogue::Catalogue;
use planlint::import::{
    is_plain, lanes_agree, read_catalogue, read_plan, read_plan_recovering, read_regions,
};
use planlint::region::Regions;
use planlint::source::{SourceId, Sources};

static WORLD: LazyLock<(Regions, Catalogue, SourceId)> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let regions = include_str!("../../tests/cases/fixture/regions.csv");
    let catalogue = include_str!("../../tests/cases/fixture/indicators.toml");
    let (regions, _) = read_regions(regions, sources.add("regions.csv", regions));
    let (catalogue, _) = read_catalogue(catalogue, sources.add("indicators.toml", catalogue));
    (regions, catalogue, sources.add("fuzzed.plan.toml", ""))
});

// A seed of `tests/cases` holds several files, a line `-- path --` before each: every one is read by itself.
fuzz_target!(|text: &str| {
    let (regions, catalogue, source) = &*WORLD;
    for part in text.split("\n-- ") {
        let part = part.split_once(" --\n").map_or(part, |(_, part)| part);
        // What the fast lane leaves has only one way.
        if is_plain(part) {
            assert!(lanes_agree(part));
            let fast = read_plan(part, *source, regions, catalogue);
            let slow = read_plan_recovering(part, *source, regions, catalogue);
            assert_eq!(fast, slow);
        }
    }
});
