//! Rules alone, one thread: the generator's four beside the reference's loops, then each family of `rules/` as a multiple of
//! all four loops. `cargo bench --bench rules [-- --plans 44134]`
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

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use clap::Parser;
use data::{Form, set};
use measure::{ROUNDS, median, milliseconds, ratio};
use planlint::check::{File, Options, Repository, check};
use planlint::language::Language;
use rayon::{ThreadPool, ThreadPoolBuilder};
use reference::checks::{Asked, Violation};
use reference::{files, index, names, run};

/// As the command's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// One of the reference's loops.
type Loop = for<'a> fn(Asked<'a>, Range<usize>, &mut Vec<Violation>);

const LOOPS: [(&str, Loop); 4] = [
    ("back", |asked, rows, found| asked.back(rows, found)),
    ("floor", |asked, rows, found| asked.floor(rows, found)),
    ("short", |asked, rows, found| asked.short(rows, found)),
    ("weaker", |asked, rows, found| asked.weaker(rows, found)),
];

#[derive(Parser)]
#[command(about = "Times rules beside the reference's loops.")]
struct Arguments {
    /// How many plans.
    #[arg(long, default_value_t = 3200)]
    plans: usize,
    /// How often each is timed.
    #[arg(long, default_value_t = ROUNDS)]
    rounds: usize,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let root = set(arguments.plans, Form::Bulk).expect("a set");
    let pool = ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.expect("a thread");
    let repository = repository(&root);

    let names = names::read(&root.join("plans")).expect("names");
    let table = run::table(&root, &names, 1).expect("plans");
    let index = index::build(&table, &names).expect("indexes");
    let asked = Asked {
        names: &names,
        table: &table,
        index: &index,
    };
    println!(
        "{} plans\n\nrule, its indexes left out: planlint, reference, ratio",
        arguments.plans
    );
    for (name, work) in LOOPS {
        let rule = with(&repository, vec![bench_rule(&root, name)]);
        let (own, reference) = beside(&pool, &rule, &[work], asked, arguments.rounds);
        line(&format!("bench/{name}"), own.checks, reference.checks);
    }
    let four = with(
        &repository,
        LOOPS.map(|(name, _)| bench_rule(&root, name)).to_vec(),
    );
    let works = LOOPS.map(|(_, work)| work);
    let (own, reference) = beside(&pool, &four, &works, asked, arguments.rounds);
    line("all four", own.checks, reference.checks);
    line("their indexes", own.indexes, reference.indexes);
    line("all four and their indexes", own.whole, reference.whole);
    let pairs = u32::try_from(asked.pairs()).unwrap_or(u32::MAX);
    let each = [own, reference].map(|spent| spent.checks.as_secs_f64() * 1e9 / f64::from(pairs));
    println!(
        "{pairs} pairs of a target and a superior's: {:.1} ns, {:.1} ns each",
        each[0], each[1]
    );

    println!("\nfamily, its indexes left out: planlint, reference's four loops, ratio");
    let of = |rules: Vec<File>| {
        let repository = with(&repository, rules);
        let rounds = 0..arguments.rounds;
        let all: Vec<_> = rounds.map(|_| spent(&pool, &repository)).collect();
        Spent::medians(&all)
    };
    let mut library = Vec::new();
    for (family, rules) in families() {
        library.extend(rules.iter().cloned());
        line(&family, of(rules).checks, reference.checks);
    }
    let library = with(&repository, library);
    let (own, reference) = beside(&pool, &library, &works, asked, arguments.rounds);
    line("the whole library at once", own.checks, reference.checks);
    line("the library and its indexes", own.whole, reference.whole);
}

/// What is spent on rules, and on what they look things up in.
#[derive(Clone, Copy)]
struct Spent {
    checks: Duration,
    indexes: Duration,
    whole: Duration,
}

impl Spent {
    fn new(indexes: Duration, checks: Duration) -> Self {
        Self {
            checks,
            indexes,
            whole: checks + indexes,
        }
    }

    /// The median of each.
    fn medians(all: &[Self]) -> Self {
        let of = |part: fn(&Self) -> Duration| median(all.iter().map(part).collect());
        Self {
            checks: of(|spent| spent.checks),
            indexes: of(|spent| spent.indexes),
            whole: of(|spent| spent.whole),
        }
    }
}

/// Rules and loops in turn; what they look things up in was just built on either side.
fn beside(
    pool: &ThreadPool,
    rules: &Repository,
    loops: &[Loop],
    asked: Asked<'_>,
    rounds: usize,
) -> (Spent, Spent) {
    let (mut own, mut reference) = (Vec::new(), Vec::new());
    let ask = || {
        let start = Instant::now();
        let index = &index::build(asked.table, asked.names).expect("indexes");
        let indexes = start.elapsed();
        let asked = Asked { index, ..asked };
        let start = Instant::now();
        let mut found = Vec::new();
        for work in loops {
            work(asked, 0..asked.table.rows.len(), &mut found);
        }
        std::hint::black_box(found);
        Spent::new(indexes, start.elapsed())
    };
    for _ in 0..rounds {
        own.push(spent(pool, rules));
        ask();
        reference.push(ask());
    }
    (Spent::medians(&own), Spent::medians(&reference))
}

fn bench_rule(root: &Path, name: &str) -> File {
    file(root, &format!("rules/bench/{name}.rule"))
}

fn line(name: &str, own: Duration, reference: Duration) {
    let times = ratio(own, reference);
    let (own, reference) = (milliseconds(own), milliseconds(reference));
    println!("{name}: {own}, {reference}, {times}");
}

/// What one check spends on its rules, and on what is made for them before they run.
fn spent(pool: &ThreadPool, repository: &Repository) -> Spent {
    let options = Options {
        clock: Some(|| START.elapsed()),
        ..Options::default()
    };
    let outcome = pool.install(|| check(repository.clone(), &options));
    assert_eq!(outcome.report.summary.input_errors, 0, "a rule is broken");
    let took = |name: &str| {
        let mut phases = outcome.statistics.phases.iter();
        let phase = phases.find(|phase| phase.name.text(Language::English) == name);
        phase.expect("a phase").took
    };
    // Whom plans answer to is found with the facts.
    Spent::new(took("facts") + took("indexes"), took("checks"))
}

/// The set, its indicators beside those that the shipped rules name.
fn repository(root: &Path) -> Repository {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/indicators.toml");
    let mut catalogue = fs::read_to_string(shipped).expect("the catalogue");
    let made = fs::read_to_string(root.join("plans/indicators.toml")).expect("a catalogue");
    let made = made.find("[[indicator]]").and_then(|at| made.get(at..));
    catalogue += "\n";
    catalogue += made.expect("indicators");
    Repository {
        regions: Some(file(root, "plans/regions.csv")),
        catalogue: Some(File {
            path: "plans/indicators.toml".to_owned(),
            bytes: Ok(catalogue.into_bytes()),
        }),
        bulk: vec![file(root, "plans/all.targets.csv")],
        ..Repository::default()
    }
}

fn with(repository: &Repository, rules: Vec<File>) -> Repository {
    Repository {
        rules,
        ..repository.clone()
    }
}

fn file(root: &Path, path: &str) -> File {
    File {
        path: path.to_owned(),
        bytes: fs::read(root.join(path)).map_err(|error| error.to_string()),
    }
}

/// The shipped rules by their folders.
fn families() -> BTreeMap<String, Vec<File>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut families: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for path in files::below(&root.join("rules"), ".rule").expect("rules") {
        let path = path.strip_prefix(root).expect("below the root");
        let family = path.iter().nth(1).unwrap_or_default().to_string_lossy();
        let rules = families.entry(family.into_owned()).or_default();
        rules.push(file(root, &path.to_string_lossy()));
    }
    families
}
