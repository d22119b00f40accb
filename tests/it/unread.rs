//! Files that are read one by one and not held: a check says the same of them, and tells of those that change meanwhile.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use planlint::check::{File, Options, Outcome, Repository, Unread, check};
use planlint::source::Loader;

use crate::cases::report;
use crate::real::repository;

/// A table of many pieces, here and there a value that cannot be read and one that is weaker than its baseline.
fn table() -> String {
    let mut table = "plan,region,field,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target\n".to_owned();
    for plan in 0..1500 {
        let value = match plan % 50 {
            // Only at the beginning: what is wrong with the input is shown by the check itself.
            0 if plan < 100 => "七八个",
            1 => "69",
            _ => "≥71",
        };
        let head = format!("p-{plan},540321,health,2021,2025");
        let _ = writeln!(
            table,
            "{head},life_expectancy,岁,anticipatory,2020,70,2025,{value}"
        );
        let _ = writeln!(
            table,
            "{head},infant_mortality,‰,binding,2020,7.5,2025,≤7.{}",
            plan % 10
        );
    }
    table
}

fn files() -> Repository {
    let mut files = repository();
    let odd = [
        (
            "plans/z-gbk.plan.toml",
            Ok(b"format = 1\n\xb9\xe6".to_vec()),
        ),
        ("plans/z-gone.plan.toml", Err("gone".to_owned())),
        ("plans/z-none.plan.toml", Ok(Vec::new())),
    ];
    let file = |(path, bytes): (&str, _)| File {
        path: path.to_owned(),
        bytes,
    };
    files.plans.extend(odd.map(file));
    let table = table().into_bytes();
    files.bulk.push(file(("plans/z.targets.csv", Ok(table))));
    files
}

/// The same files, loaded when they are wanted; once `later`, each with its first letter in its place otherwise.
pub(crate) fn unread(files: Repository, later: &Arc<AtomicBool>) -> Repository {
    let paths = |files: &[File]| files.iter().map(|file| file.path.clone()).collect();
    let (plans, bulk) = (paths(&files.plans), paths(&files.bulk));
    let all = files.plans.into_iter().chain(files.bulk);
    let all: HashMap<_, _> = all.map(|file| (file.path, file.bytes)).collect();
    let later = Arc::clone(later);
    let loader = Loader::new(move |path, start, length, buffer| {
        let bytes = all[path].as_ref().map_err(Clone::clone)?;
        let end = bytes.len().min(start.saturating_add(length));
        let from = buffer.len();
        buffer.extend(&bytes[start..end]);
        if later.load(Ordering::Relaxed)
            && let Some(first) = buffer.get_mut(from)
        {
            *first = b'#';
        }
        Ok(())
    });
    Repository {
        plans: Vec::new(),
        bulk: Vec::new(),
        unread: Some(Unread {
            plans,
            bulk,
            loader,
        }),
        ..files
    }
}

/// Every place that findings name, in all ways.
pub(crate) fn places(outcome: &Outcome) -> Vec<String> {
    let sources = &outcome.sources;
    let findings = outcome.findings();
    let labels = findings.flat_map(|finding| finding.labels);
    let shown = labels.map(|label| {
        let span = label.span;
        let (place, utf16) = (sources.place(span), sources.place_utf16(span));
        let file = sources.file(span.source);
        let next = file.line_start(place.line);
        let text = sources.text(span);
        let line = sources.line(span);
        format!("{} {line} {place:?} {utf16:?} {next} {text}", file.path)
    });
    shown.collect()
}

#[test]
fn a_check_of_files_that_are_not_held_says_the_same() {
    let options = Options::default();
    let held = check(files(), &options);
    let read = check(unread(files(), &Arc::default()), &options);
    assert_eq!(report(&read), report(&held));
    assert_eq!(places(&read), places(&held));
    assert!(places(&held).len() > 50);
    let pairs = held.sources.files().zip(read.sources.files());
    for (held, read) in pairs {
        assert_eq!(held.digest(), read.digest());
        assert_eq!(held.text(), read.text());
    }
    assert_eq!(read.sources.changed().count(), 0);
}

#[test]
fn a_file_that_changes_before_it_is_shown_is_told() {
    let later = Arc::new(AtomicBool::new(false));
    let outcome = check(unread(files(), &later), &Options::default());
    later.store(true, Ordering::Relaxed);
    let path = "plans/z.targets.csv";
    assert!(!outcome.sources.changed().any(|changed| changed == path));
    assert!(!places(&outcome).is_empty());
    assert!(outcome.sources.changed().any(|changed| changed == path));
}
