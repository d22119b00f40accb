//! `.planlint`: with it, without it and out of it a check says the same, and nothing that changed is missed.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use planlint::check::{
    Answers, Cache, File, Input, Options, Repository, Stamp, check, check_kept, digest, question,
};
use planlint::source::Loader;
use tempfile::TempDir;

use crate::cases::report;
use crate::real::root;

/// A bulk table beside the real plans: one row of it cannot be read.
const TABLE: &str = "\
plan,region,field,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target
a-health,540321,health,2021,2025,life_expectancy,岁,anticipatory,2020,71,2025,≥71
a-health,540321,health,2021,2025,infant_mortality,‰,anticipatory,2020,7,2025,七八个
b-health,540302,health,2021,2025,life_expectancy,岁,anticipatory,2020,70,2025,72
";

/// What a format shows of a run, its time left out.
const SHOWN: [&[&str]; 3] = [
    &["--format", "json", "--lang", "en"],
    &["--show", "undetermined", "--max-findings", "0"],
    &["plans/tibet", "--format", "json"],
];

/// The repository's own plans and rules, with a bulk table and statistics, all last changed an hour ago.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path();
    for name in ["plans", "rules"] {
        copy(&root().join(name), &to.join(name));
    }
    fs::write(to.join("planlint.toml"), "").unwrap();
    fs::write(to.join("plans/a.targets.csv"), TABLE).unwrap();
    let statistics =
        "region,indicator,year,value,unit,source\n540321,life_expectancy,2020,71,岁,x\n";
    fs::write(to.join("plans/statistics.csv"), statistics).unwrap();
    for path in inputs(to) {
        settle(&path);
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// One input file of each kind.
fn inputs(root: &Path) -> [std::path::PathBuf; 5] {
    [
        "plans/regions.csv",
        "plans/indicators.toml",
        "plans/statistics.csv",
        "plans/tibet/changdu-health-14fyp.plan.toml",
        "plans/a.targets.csv",
    ]
    .map(|path| root.join(path))
}

/// Makes a file one that was changed an hour ago.
fn settle(path: &Path) {
    let file = fs::File::options().append(true).open(path).unwrap();
    let hour = SystemTime::now() - Duration::from_hours(1);
    file.set_modified(hour).unwrap();
}

fn settle_all(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            settle_all(&path);
        } else {
            settle(&path);
        }
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planlint"));
    command.arg("check").args(arguments).current_dir(folder);
    command.env("PLANLINT_CACHE", "always").env("NO_COLOR", "1");
    command
}

/// Runs a check that does not know what the last one wrote.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let _ = fs::remove_dir_all(folder.join(".planlint/shown"));
    again(folder, arguments)
}

fn again(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// What a check prints, on both channels, and its exit code; the time it took left out.
fn said(output: &Output) -> String {
    let told = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let lines = told(&output.stdout) + &told(&output.stderr);
    let kept = lines
        .lines()
        .filter(|line| !line.starts_with("took") && !line.starts_with("用时"));
    let kept: Vec<&str> = kept.collect();
    format!("{}\n{:?}", kept.join("\n"), output.status.code())
}

/// Whether a check came out of the cache.
fn is_cached(folder: &Path) -> bool {
    let output = run(folder, &["--statistics", "--lang", "en"]);
    let told = String::from_utf8(output.stderr).unwrap();
    told.lines().any(|line| line.starts_with("cache "))
}

#[test]
fn a_check_out_of_the_cache_says_the_same() {
    let folder = repository();
    let cache = folder.path().join(".planlint/cache");
    let plain = SHOWN.map(|shown| {
        let arguments = [shown, &["--no-cache"]].concat();
        said(&run(folder.path(), &arguments))
    });
    assert!(!cache.exists(), "--no-cache writes none");
    assert!(
        plain[0].contains("input/unreadable-value"),
        "a problem is kept too"
    );
    let first = said(&run(folder.path(), SHOWN[0]));
    assert!(first == plain[0]);
    assert!(cache.exists() && cache.with_file_name("found").exists());
    assert!(is_cached(folder.path()));
    for (shown, plain) in SHOWN.iter().zip(&plain) {
        assert!(said(&run(folder.path(), shown)) == *plain, "{shown:?}");
    }
    let ignored = fs::read_to_string(folder.path().join(".planlint/.gitignore")).unwrap();
    assert_eq!(ignored, "*\n");
    assert!(folder.path().join(".planlint/CACHEDIR.TAG").exists());
}

/// Also where size and time stay as they were, as long as the time is not surely older than the look at it.
#[test]
fn a_changed_byte_is_noticed_in_every_input() {
    let folder = repository();
    run(folder.path(), &[]);
    for path in inputs(folder.path()) {
        assert!(is_cached(folder.path()));
        let text = fs::read_to_string(&path).unwrap();
        let now = SystemTime::now();
        let write = |text: &str| {
            let mut file = fs::File::create(&path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.set_modified(now).unwrap();
        };
        write(&text);
        assert!(is_cached(folder.path()), "only its time is new");
        fs::remove_file(folder.path().join(".planlint/cache")).unwrap();
        assert!(!is_cached(folder.path()));
        assert!(is_cached(folder.path()));
        write(&text.replacen(['1', '2'], "3", 1));
        assert!(!is_cached(folder.path()), "{}", path.display());
        write(&text);
        settle(&path);
        assert!(!is_cached(folder.path()));
    }
    let added = folder.path().join("plans/b.targets.csv");
    fs::write(&added, TABLE).unwrap();
    assert!(!is_cached(folder.path()));
    fs::remove_file(&added).unwrap();
    assert!(!is_cached(folder.path()));
    assert!(is_cached(folder.path()));
}

/// Of the same files and called in the same way, a check writes what the last one wrote, and reads nothing.
#[test]
fn the_same_call_is_answered_by_what_was_written() {
    let folder = repository();
    let to = folder.path();
    let way = ["--max-findings", "3", "--lang", "en"];
    settle_all(&to.join("plans"));
    let first = said(&again(to, &way));
    let forget = || fs::remove_file(to.join(".planlint/cache")).is_ok();
    assert!(forget());
    assert!(said(&again(to, &way)) == first);
    assert!(!forget(), "what was written is enough");
    for other in [
        &["--max-findings", "2", "--lang", "en"][..],
        &["--max-findings", "3", "--lang", "zh"],
        &["--max-findings", "3", "--lang", "en", "--fail-on", "note"],
        &["plans/tibet", "--max-findings", "3", "--lang", "en"],
        &["--max-findings", "3", "--lang", "en", "--statistics"],
    ] {
        let plain = said(&again(to, &[other, &["--no-cache"]].concat()));
        again(to, &way);
        forget();
        let told = said(&again(to, other));
        assert!(
            told == plain || other.contains(&"--statistics"),
            "{other:?}"
        );
        assert!(forget(), "{other:?} is another call");
    }
    again(to, &way);
    for path in inputs(to) {
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text).unwrap();
        forget();
        assert!(said(&again(to, &way)) == first);
        assert!(forget(), "{} may be another", path.display());
        settle(&path);
        again(to, &way);
    }
    let rule = to.join("rules/align/weaker-than-superior.rule");
    fs::remove_file(&rule).unwrap();
    let without = said(&again(to, &way));
    assert!(without != first);
    assert!(said(&again(to, &[&way[..], &["--no-cache"]].concat())) == without);
}

/// Megabytes too, to the byte; and one way of calling does not push another out.
#[test]
fn what_is_long_is_kept_and_so_are_several_calls() {
    let folder = repository();
    let to = folder.path();
    let said_at_length = "长".repeat(30_000);
    let rule = format!(
        "rule a/long \"长\" {{\n    severity note\n    for t in targets\n    require t.year < 2000\n    message \"{said_at_length}{{t.printed}}\"\n    label t \"这里\"\n}}\n"
    );
    fs::write(to.join("rules/long.rule"), rule).unwrap();
    settle_all(&to.join("plans"));
    let ways = [&["--format", "json"][..], &["--max-findings", "0"], &[]];
    let first = ways.map(|way| again(to, way));
    assert!(first[0].stdout.len() > 8 << 20);
    fs::remove_file(to.join(".planlint/cache")).unwrap();
    for (way, first) in ways.iter().zip(&first) {
        assert!(said(&again(to, way)) == said(first));
    }
    assert!(!to.join(".planlint/cache").exists(), "nothing is read");
    for most in 1..12 {
        again(to, &["--max-findings", &most.to_string()]);
        again(to, ways[0]);
    }
    fs::remove_file(to.join(".planlint/cache")).unwrap();
    again(to, ways[0]);
    assert!(
        !to.join(".planlint/cache").exists(),
        "what is asked for stays"
    );
    let pages = fs::read_dir(to.join(".planlint/shown")).unwrap();
    assert_eq!(pages.count(), 8, "the oldest go");
}

/// What coverage has to come up to, and that nothing is asked at all, is told beside the report.
#[test]
fn what_is_told_beside_the_report_is_told_again() {
    let folder = repository();
    settle_all(&folder.path().join("plans"));
    let twice = |way: &[&str]| {
        let first = again(folder.path(), way);
        assert!(!first.stderr.is_empty());
        let second = again(folder.path(), way);
        assert_eq!(said(&second), said(&first));
        let cache = folder.path().join(".planlint/cache");
        fs::remove_file(&cache).unwrap();
        assert_eq!(said(&again(folder.path(), way)), said(&first));
        assert!(!cache.exists(), "nothing is read");
    };
    twice(&["--min-coverage", "100", "--lang", "en"]);
    fs::remove_dir_all(folder.path().join("rules")).unwrap();
    twice(&["--lang", "en"]);
}

#[test]
fn a_damaged_cache_is_replaced() {
    let folder = repository();
    let plain = said(&run(folder.path(), SHOWN[0]));
    for (name, other) in [
        ("cache", "planlint cache 0"),
        ("found", "planlint found 0"),
        ("shown", "planlint shown 0"),
    ] {
        again(folder.path(), SHOWN[0]);
        let kept = folder.path().join(".planlint");
        let pages = fs::read_dir(kept.join("shown")).unwrap();
        let mut pages: Vec<_> = pages.map(|page| page.unwrap().path()).collect();
        assert_eq!(pages.len(), 1, "one call is one page");
        let page = pages.remove(0);
        let cache = if name == "shown" {
            page.clone()
        } else {
            kept.join(name)
        };
        let whole = fs::read(&cache).unwrap();
        let half = whole.len() / 2;
        let mut damaged = vec![whole[..half].to_vec(), other.as_bytes().to_vec()];
        for at in [30, half, whole.len() - 1] {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            damaged.push(flipped);
        }
        for bytes in damaged {
            if name != "shown" {
                fs::remove_file(&page).unwrap();
            }
            fs::write(&cache, bytes).unwrap();
            assert!(said(&again(folder.path(), SHOWN[0])) == plain);
            assert_eq!(fs::read(&cache).unwrap().len(), whole.len());
        }
    }
    assert!(is_cached(folder.path()));
}

/// What rules found is not told of other rules.
#[test]
fn a_changed_rule_is_noticed() {
    let folder = repository();
    let rule = folder.path().join("rules/align/weaker-than-superior.rule");
    let text = fs::read_to_string(&rule).unwrap();
    let first = said(&run(folder.path(), SHOWN[0]));
    assert!(said(&run(folder.path(), SHOWN[0])) == first);
    fs::write(&rule, text.replacen("/weaker", "/feebler", 1)).unwrap();
    let renamed = said(&run(folder.path(), SHOWN[0]));
    assert!(renamed.contains("/feebler") && !first.contains("/feebler"));
    assert!(said(&run(folder.path(), &[SHOWN[0], &["--no-cache"]].concat())) == renamed);
    fs::remove_file(&rule).unwrap();
    let without = said(&run(folder.path(), SHOWN[0]));
    assert!(said(&run(folder.path(), &[SHOWN[0], &["--no-cache"]].concat())) == without);
    assert!(without != first && without != renamed);
    assert!(is_cached(folder.path()), "the plans are as they were");
}

/// Answers out of the cache know what was accepted, what has lapsed, and what a baseline sets aside.
#[test]
fn changed_settings_are_noticed() {
    let folder = repository();
    let settings = folder.path().join("planlint.toml");
    fs::write(folder.path().join("planlint.baseline"), "").unwrap();
    let plain = || said(&run(folder.path(), &[SHOWN[0], &["--no-cache"]].concat()));
    let mut seen = vec![said(&run(folder.path(), SHOWN[0]))];
    let allow =
        "[[allow]]\nrule = \"target/weaker-than-baseline\"\nregion = \"510411\"\nreason = \"r\"\n";
    for text in [
        allow.to_owned(),
        format!("{allow}until = 2020-12-31\n"),
        "[rules.\"target/weaker-than-baseline\"]\nenabled = false\n".to_owned(),
        "[[override]]\nrules = [\"*\"]\nlevel = \"county\"\nseverity = \"note\"\n".to_owned(),
        "baseline = \"planlint.baseline\"\n".to_owned(),
    ] {
        fs::write(&settings, text).unwrap();
        let first = said(&run(folder.path(), SHOWN[0]));
        assert!(
            said(&run(folder.path(), SHOWN[0])) == first,
            "the second time"
        );
        assert!(plain() == first);
        assert!(!seen.contains(&first));
        seen.push(first);
    }
    assert!(is_cached(folder.path()), "the plans are as they were");
}

#[test]
fn several_runs_at_once_agree() {
    let folder = repository();
    let plain = said(&run(folder.path(), &[SHOWN[0], &["--no-cache"]].concat()));
    let start = || {
        let mut command = command(folder.path(), SHOWN[0]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let runs: Vec<_> = (0..4).map(|_| start()).collect();
    for running in runs {
        assert!(said(&running.wait_with_output().unwrap()) == plain);
    }
    assert!(is_cached(folder.path()));
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let folder = repository();
    let plain = said(&run(folder.path(), &[SHOWN[0], &["--no-cache"]].concat()));
    // A file in the folder's place: not even the superuser can write below it.
    fs::write(folder.path().join(".planlint"), "").unwrap();
    for _ in 0..2 {
        assert!(said(&run(folder.path(), SHOWN[0])) == plain);
    }
}

/// Another build may read the same files otherwise. A text that was changed behind the look at its file is empty:
/// nothing fails for that.
#[test]
fn a_cache_is_of_one_build_and_gives_texts_when_they_are_wanted() {
    let folder = repository();
    let read = |path: &str| File {
        path: path.to_owned(),
        bytes: fs::read(folder.path().join(path)).map_err(|error| error.to_string()),
    };
    let plan = "plans/tibet/changdu-health-14fyp.plan.toml";
    let superior = "plans/tibet/xizang-health-reform-14fyp.plan.toml";
    let names = ["plans/regions.csv", "plans/indicators.toml", plan, superior];
    let [regions, catalogue, plan, superior] = names.map(read);
    let rules = vec![read("rules/align/weaker-than-superior.rule")];
    let inputs = [&regions, &catalogue, &plan, &superior].map(|file| {
        let bytes = file.bytes.as_ref().unwrap();
        Input {
            path: file.path.clone(),
            size: bytes.len() as u64,
            modified: 0,
            digest: digest(bytes),
        }
    });
    let stamp = Stamp {
        build: "this".to_owned(),
        looked: 1,
        inputs: inputs.to_vec(),
    };
    let repository = Repository {
        regions: Some(regions),
        catalogue: Some(catalogue),
        plans: vec![plan, superior],
        rules: rules.clone(),
        ..Repository::default()
    };
    let options = Options::default();
    let outcome = check(repository, &options);
    let bytes = outcome.cache(&stamp).unwrap();
    assert!(Cache::open(&bytes, "another").is_none());
    let cache = Cache::open(&bytes, "this").unwrap();
    assert_eq!(cache.stamp, stamp);

    let asked = question(&stamp, &rules, None, &options).unwrap();
    let found = outcome.answers(asked).unwrap();
    let answers = |asked| Answers::read(&found, asked);
    assert!(answers(asked + 1).is_none());
    let root = folder.path().to_path_buf();
    let texts = Loader::new(move |path, start, length, buffer| {
        let bytes = fs::read(root.join(path)).unwrap();
        buffer.extend(&bytes[start..][..length]);
        Ok(())
    });
    assert!(!outcome.report.findings.is_empty());
    for answers in [None, answers(asked)] {
        let kept = cache.read(&texts).unwrap();
        let kept = check_kept(kept, (rules.clone(), None), answers, &options);
        assert_eq!(report(&kept), report(&outcome));
    }
    let empty = Loader::new(|_, _, _, _| Ok(()));
    let kept = check_kept(cache.read(&empty).unwrap(), (rules, None), None, &options);
    assert_eq!(kept.report.findings.len(), outcome.report.findings.len());
    assert!(!report(&kept).is_empty());
}
