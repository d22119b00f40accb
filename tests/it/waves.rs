//! Bulk tables read in parts: whatever the parts' size, a check says what it says of tables that are read whole.

use std::num::NonZeroUsize;
use std::sync::Arc;

use planlint::check::{File, Options, Outcome, Repository, check};
use planlint::import::{BulkCutter, BulkReader, Cut, read_bulk, read_catalogue, read_regions};
use planlint::source::Sources;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases::{report, repository};
use crate::unread::{places, unread};

const HEADER: &str = "plan,region,field,status,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target";

/// A plan file that a table has the id of, and a rule that is asked of all plans.
const CASE: &str = r#"
-- plans/jia.plan.toml --
format = 1
id = "jia"
title = "甲"
region = "100000"
field = "health"
status = "issued"
period = { from = 2021, to = 2025 }
indicators = [
  { id = "life_expectancy", unit = "岁", target = { 2025 = "74" } },
]
-- rules/any/any.rule --
rule any/any "弱于上级" {
    for t in targets
    for s in superiors(t)
    require t no weaker than s
}
"#;

/// A table that has no rows. With a quote in its header, all tables are read whole.
fn last(quote: &str) -> String {
    HEADER.replacen("plan", &format!("{quote}plan{quote}"), 1)
}

fn files(tables: &[Vec<u8>], quote: &str) -> Repository {
    let last = last(quote).into_bytes();
    let tables = tables.iter().cloned().chain([last]).enumerate();
    let bulk = tables.map(|(number, table)| File {
        path: format!("plans/{number}.targets.csv"),
        bytes: Ok(table),
    });
    Repository {
        bulk: bulk.collect(),
        ..repository(CASE)
    }
}

fn checked(files: Repository, part: usize) -> Outcome {
    let options = Options {
        part: NonZeroUsize::new(part),
        ..Options::default()
    };
    check(files, &options)
}

/// Holds tables read in parts against the same read whole.
fn hold(tables: &[Vec<u8>], sizes: &[usize]) {
    let whole = checked(files(tables, "\""), 1 << 20);
    for size in sizes {
        let held = checked(files(tables, ""), *size);
        let loaded = checked(unread(files(tables, ""), &Arc::default()), *size);
        for outcome in [held, loaded] {
            assert_eq!(report(&outcome), report(&whole), "{size} {tables:?}");
            // Columns of the one quoted header are others, but no finding is there.
            assert_eq!(places(&outcome), places(&whole), "{size} {tables:?}");
            let ids = |outcome: &Outcome| -> Vec<_> {
                let facts = &outcome.facts;
                let plans = facts.plans().map(|plan| facts.plan(plan).clone());
                plans.collect()
            };
            assert_eq!(ids(&outcome), ids(&whole));
            let count = |outcome: &Outcome| outcome.facts.figure_count();
            assert_eq!(count(&outcome), count(&whole));
            for file in outcome.sources.files().take(outcome.sources.len() - 1) {
                let other = whole.sources.find(&file.path).unwrap();
                if !file
                    .path
                    .ends_with(&format!("{}.targets.csv", tables.len()))
                {
                    assert_eq!(file.digest(), whole.sources.file(other).digest());
                }
            }
        }
    }
}

/// Rows of so many plans, two each.
fn rows(plans: std::ops::Range<usize>, end: &str) -> String {
    let rows = plans.map(|plan| {
        let head = format!("p-{plan},10{:02}00,health,issued,2021,2025", plan % 3);
        let value = if plan % 5 == 0 { "69" } else { "≥75" };
        format!(
            "{head},life_expectancy,岁,binding,2020,71,2025,{value}{end}{head},infant_mortality,‰,binding,2020,7,2025,≤6{end}"
        )
    });
    rows.collect()
}

fn table(rows: &str) -> Vec<u8> {
    format!("{HEADER}\n{rows}").into_bytes()
}

const SIZES: [usize; 5] = [1, 64, 300, 1000, 1 << 20];

#[test]
fn plain_tables_say_the_same_in_parts() {
    let plain = rows(0..40, "\n");
    let dos = format!("\u{FEFF}{HEADER}\r\n{}", rows(0..40, "\r\n")).into_bytes();
    let unended = table(plain.trim_end());
    for tables in [
        vec![table(&plain)],
        vec![dos],
        vec![unended],
        vec![table(&rows(0..20, "\n")), table(&rows(20..40, "\n"))],
        vec![Vec::new()],
        vec![table("")],
        vec![HEADER.as_bytes().to_vec()],
        vec![b"\n\n".to_vec(), b"\xEF\xBB\xBF".to_vec()],
        vec![[b"\n\n".to_vec(), table(&plain)].concat()],
    ] {
        hold(&tables, &SIZES);
    }
}

#[test]
fn what_cannot_be_read_in_parts_is_read_whole() {
    let plain = rows(0..40, "\n");
    let quoted = rows(40..41, "\n").replace("岁", "\"岁\"");
    let open = rows(41..42, "\n").replace("69,", "\"69,") + "p-42,1\"\n";
    let gbk = [table(&plain), b"\xb9\xe6,1\n".to_vec()].concat();
    let again = "jia,100000,health,issued,2021,2025,life_expectancy,岁,,2020,71,2025,74\n";
    let faulty = "p-3,100100,health,wrong,2021,202x,life_expectancy,岁,binding,2020,71,2025,74\n";
    let missing = plain.replace('\n', "\"\n");
    for tables in [
        vec![table(&format!("{plain}{quoted}"))],
        vec![table(&format!("{plain}{open}{}", rows(43..50, "\n")))],
        vec![gbk, table(&rows(60..70, "\n"))],
        vec![table(&format!("{plain}{}", rows(7..8, "\n")))],
        vec![table(&plain), table(&rows(39..42, "\n"))],
        vec![table(&format!("{again}{plain}{again}"))],
        // A row that begins no plan, whose plan is in another part.
        vec![table(&format!("{plain}{faulty}"))],
        vec![table(&format!("{faulty}{plain}"))],
        vec![table(&plain.replace('\n', "\r"))],
        vec![format!("plan,nothing\n{missing}").into_bytes()],
        vec![format!("{HEADER},more\n{plain}").into_bytes()],
    ] {
        hold(&tables, &SIZES);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_tables_say_the_same_in_parts(
        tables in vec(vec(line(), 0..14), 1..4),
        end in select(vec!["\n", "\n", "\r\n"]),
        last in select(vec!["", "\n"]),
        size in 1_usize..400,
    ) {
        let tables = tables.iter().map(|lines| {
            let lines: Vec<&str> = std::iter::once(HEADER).chain(lines.iter().map(String::as_str)).collect();
            (lines.join(end) + last).into_bytes()
        });
        hold(&tables.collect::<Vec<_>>(), &[size]);
    }

    #[test]
    fn parts_together_are_the_table(lines in vec(line(), 0..30), bom in select(vec!["", "\u{FEFF}"]), size in 1_usize..500) {
        let files = repository(CASE);
        let mut sources = Sources::default();
        let text = |file: Option<File>| String::from_utf8(file.unwrap().bytes.unwrap()).unwrap();
        let (regions, _) = read_regions(&text(files.regions), sources.add("regions", ""));
        let (catalogue, _) = read_catalogue(&text(files.catalogue), sources.add("catalogue", ""));
        let source = sources.add("table", "");
        let text = format!("{bom}{HEADER}\n{}", lines.join("\n"));
        let (whole, wrong) = read_bulk(&[(source, &text)], &regions, &catalogue);
        let mut cutter = BulkCutter::new(source, size);
        let mut reader = BulkReader::new(&regions, &catalogue);
        let (mut plans, mut problems, mut begun) = (Vec::new(), Vec::new(), 0);
        let mut ids = std::collections::HashSet::new();
        loop {
            let cut = cutter.next(Vec::new(), |from, length, bytes| {
                let end = text.len().min(from + length);
                bytes.extend(&text.as_bytes()[from..end]);
                Ok::<_, ()>(())
            });
            let part = match cut.unwrap() {
                Cut::Part(part) => reader.read(part),
                Cut::End => break,
                Cut::Odd => panic!("a plain header"),
            };
            let Some(part) = part else {
                prop_assert!(text.contains(['"', '\r']));
                return Ok(());
            };
            begun += part.begun.len();
            ids.extend(part.begun);
            plans.extend(part.batch.plans);
            problems.extend(part.problems);
        }
        prop_assert!(!text.contains('"'));
        if ids.len() == begun {
            prop_assert_eq!(plans, whole.plans);
            prop_assert_eq!(problems, wrong);
        }
    }
}

/// A line of a table, as often as not one of a plan's; some are faulty, few are odd.
fn line() -> impl Strategy<Value = String> {
    let plan = select(vec![
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "k", "jia", " a", "",
    ]);
    let head = select(vec![
        "100000,health,issued,2021,2025",
        "100100,health,issued,2021,2025",
        "100100,health,issued,2021,2025",
        "100100,health,wrong,2025,2021",
        "109999,health,,2021,2025",
    ]);
    let row = select(vec![
        "life_expectancy,岁,binding,2020,71,2025,74",
        "life_expectancy,岁,binding,2020,71,2025,69",
        "life_expectancy,岁,anticipatory,2020,70,2023,七",
        "infant_mortality,‰,binding,2020,7,2025,≤6",
        "life_expectency,岁,,2020,71,2025,74",
        "infant_mortality,歲,,,,2025,6",
        "infant_mortality,‰",
    ]);
    let odd = select(vec!["", "", "", "", "\r", "\"", "x\"", ",,,,,,,,,,,,"]);
    (plan, head, row, odd, 0..30).prop_map(|(plan, head, row, odd, which)| match which {
        0 => odd.to_owned(),
        1 => String::new(),
        _ => format!("{plan},{head},{row}"),
    })
}
