//! The command itself: its sessions, its exit codes, and what the README says to type.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::real::root;

#[test]
fn its_sessions_print_what_they_say() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .default_bin_name("planlint")
        .run();
}

/// Every command of the README's `sh` blocks runs, with the exit code that its comment names, 0 without one.
#[test]
fn the_commands_of_the_readme_run() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut ran = 0;
    for block in readme.split("```sh\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            let (typed, comment) = line.split_once('#').unwrap_or((line, ""));
            let arguments = typed
                .strip_prefix("cargo run --release -- ")
                .or_else(|| typed.strip_prefix("planlint "));
            let Some(arguments) = arguments else {
                assert!(
                    is_known(typed),
                    "the README types {typed:?}, which no test runs"
                );
                continue;
            };
            let wanted = i32::from(comment.contains("exit code 1"));
            // What writes a repository may not write it into this one.
            let elsewhere = tempfile::tempdir().unwrap();
            let folder = if arguments.starts_with("init") {
                elsewhere.path()
            } else {
                root()
            };
            let report = elsewhere.path().join("report.html");
            let arguments = arguments.replace(" report.html", &format!(" {}", report.display()));
            let output = planlint(folder, &arguments.split_whitespace().collect::<Vec<_>>());
            assert_eq!(output.status.code(), Some(wanted), "{typed}");
            assert!(!output.stdout.is_empty(), "{typed} prints nothing");
            ran += 1;
        }
    }
    assert!(ran >= 6, "the README types too little: {ran} commands");
}

/// What the README types besides planlint itself: this very test run, and installing.
fn is_known(typed: &str) -> bool {
    matches!(typed.trim(), "" | "cargo test" | "cargo install --path .")
}

/// A change to a small repository: the file and its new text, or none to delete it.
type Edit = (&'static str, Option<&'static str>);

type Situation = (
    &'static str,
    &'static [Edit],
    &'static [&'static str],
    i32,
    &'static str,
);

/// Each situation: the small repository, what is changed in it, what is typed, the exit code, and a piece of what is said on
/// standard error.
const SITUATIONS: &[Situation] = &[
    // 0: nothing at or above the threshold.
    ("holds", &[], &["check"], 0, ""),
    ("warning", &[], &["check"], 0, ""),
    (
        "violated",
        &[],
        &["check", "--write-baseline"],
        0,
        "findings in the baseline planlint.baseline now: 1",
    ),
    ("violated", &[SEVERITY_NOTE], &["check"], 0, ""),
    (
        "violated",
        &[(
            "planlint.toml",
            Some("[rules.\"a/fall\"]\nseverity = \"note\"\n"),
        )],
        &["check"],
        0,
        "",
    ),
    (
        "violated",
        &[("planlint.toml", Some(ALLOWED))],
        &["check"],
        0,
        "",
    ),
    // A note about the input is no error of it: a plan is followed that is not here.
    (
        "holds",
        &[("plans/c.plan.toml", Some(FOLLOWS_NOBODY))],
        &["check"],
        0,
        "",
    ),
    // 1: something is.
    ("violated", &[], &["check"], 1, ""),
    ("warning", &[], &["check", "--fail-on", "warning"], 1, ""),
    (
        "warning",
        &[("planlint.toml", Some("fail_on = \"warning\"\n"))],
        &["check"],
        1,
        "",
    ),
    (
        "holds",
        &[("plans/c.plan.toml", Some(FOLLOWS_NOBODY))],
        &["check", "--fail-on", "note"],
        1,
        "",
    ),
    (
        "violated",
        &[("planlint.toml", Some(EXPIRED))],
        &["check"],
        1,
        "",
    ),
    (
        "holds",
        &[("plans/a.plan.toml", Some(QUALITATIVE))],
        &["check", "--fail-on-undetermined"],
        1,
        "undetermined checks: 1",
    ),
    (
        "holds",
        &[("plans/a.plan.toml", Some(QUALITATIVE))],
        &["check", "--min-coverage", "99"],
        1,
        "less than 99%",
    ),
    // 2: the check was incomplete; it wins over 1.
    ("broken-plan", &[], &["check"], 2, ""),
    ("broken-rule", &[], &["check"], 2, ""),
    ("no-plans", &[], &["check"], 2, "no plan to check"),
    ("no-rules", &[], &["check"], 2, "no rule to check by"),
    (
        "violated",
        &[("plans/regions.csv", None)],
        &["check"],
        2,
        "",
    ),
    (
        "holds",
        &[("planlint.toml", Some("fail_no = \"note\"\n"))],
        &["check"],
        2,
        "",
    ),
    (
        "holds",
        &[(
            "planlint.toml",
            Some("[rules.\"a/fall\"]\nenabled = false\n"),
        )],
        &["check"],
        2,
        "every rule is turned off",
    ),
    (
        "holds",
        &[(
            "planlint.toml",
            Some("[rules.\"a/fell\"]\nenabled = false\n"),
        )],
        &["check"],
        2,
        "",
    ),
    // An error in a file that is only context.
    (
        "violated",
        &[("plans/c.plan.toml", Some("id = \"c\""))],
        &["check", "plans/b.plan.toml"],
        2,
        "input error at plans/c.plan.toml:1",
    ),
    ("holds", &[], &["check", "no-such-file"], 2, "no such file"),
    ("holds", &[], &["check", "--formt", "json"], 2, "--formt"),
    ("holds", &[], &["check", "--fail-on", "fatal"], 2, "fatal"),
    (
        "holds",
        &[],
        &["check", "--fail-on-undetermined=a/fell"],
        2,
        "did you mean a/fall",
    ),
    (
        "holds",
        &[],
        &["check", "--min-coverage", "much"],
        2,
        "no percentage",
    ),
    (
        "holds",
        &[],
        &["check", "--baseline", "no-such-file"],
        2,
        "no such file",
    ),
    (
        "holds",
        &[("b", Some("rubbish\n"))],
        &["check", "--baseline", "b"],
        2,
        "b:1: no line of a baseline",
    ),
    (
        "holds",
        &[],
        &["check", "--since", "HEAD"],
        2,
        "needs a git repository",
    ),
    (
        "holds",
        &[],
        &["diff", ".", "no-such-folder"],
        2,
        "no such file",
    ),
    (
        "broken-plan",
        &[],
        &["check", "--write-baseline"],
        2,
        "no baseline written",
    ),
];

const SEVERITY_NOTE: Edit = (
    "rules/a/fall.rule",
    Some(
        "rule a/fall {\n    severity note\n    for t in targets\n    require t no weaker than baseline(t)\n}\n",
    ),
);
const ALLOWED: &str =
    "[[allow]]\nrule = \"a/fall\"\nregion = \"000000\"\nsubtree = true\nreason = \"r\"\n";
const EXPIRED: &str = "[[allow]]\nrule = \"a/fall\"\nregion = \"000000\"\nsubtree = true\nreason = \"r\"\nuntil = 2020-01-01\n";
const FOLLOWS_NOBODY: &str = "format = 1\nid = \"c\"\ntitle = \"丙\"\nregion = \"100102\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = { from = 2021, to = 2025 }\nfollows = [\"nobody\"]\n";
const QUALITATIVE: &str = "format = 1\nid = \"a\"\ntitle = \"甲\"\nregion = \"100101\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = { from = 2021, to = 2025 }\nindicators = [\n  { id = \"life_expectancy\", unit = \"岁\", baseline = { 2020 = \"71\" }, target = { 2025 = \"同比例提高\" } },\n]\n";

#[test]
fn the_exit_code_says_how_the_check_went() {
    for (name, edits, typed, wanted, said) in SITUATIONS {
        let folder = small_repository(name);
        for (path, text) in *edits {
            let path = folder.path().join(path);
            match text {
                Some(text) => fs::write(path, text).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
        let arguments: Vec<&str> = ["--lang", "en"].iter().chain(*typed).copied().collect();
        let output = planlint(folder.path(), &arguments);
        let (shown, aside) = (text(&output.stdout), text(&output.stderr));
        let what = format!("{name} {edits:?} {typed:?}: {shown}{aside}");
        assert_eq!(output.status.code(), Some(*wanted), "{what}");
        assert!(aside.contains(said), "{what}");
    }
}

#[test]
fn statistics_stand_beside_the_report() {
    let wanted = ["check", "--lang", "en", "--format", "json", "--statistics"];
    let output = planlint(root(), &wanted);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = text(&output.stderr);
    let lines = told.lines().map(|line| line.split("  ").map(str::trim));
    let lines = lines.map(|line| line.filter(|cell| !cell.is_empty()).collect());
    let lines: Vec<Vec<&str>> = lines.collect();
    let last = |name: &str| {
        let line = lines.iter().find(|line| line.first() == Some(&name));
        line.and_then(|line| line.last()?.parse::<u64>().ok())
    };
    assert_eq!(last("plan files"), report["inputs"]["plans"].as_u64());
    assert_eq!(last("rules"), report["inputs"]["rules"].as_u64());
    for rule in report["rules"].as_array().unwrap() {
        let id = rule["rule"].as_str().unwrap();
        assert_eq!(last(id), rule["checks"].as_u64(), "{id}");
    }
}

#[test]
fn text_shows_so_many_findings_and_says_how_many_are_left() {
    let output = planlint(root(), &["check", "--lang", "en", "--max-findings", "3"]);
    let shown = text(&output.stdout);
    assert_eq!(shown.matches("more: planlint explain").count(), 3);
    assert_eq!(shown.matches("error ").count(), 3, "the gravest come first");
    assert!(shown.contains(" more are not shown; --max-findings 0 shows all"));
    assert_eq!(output.status.code(), Some(1));
    let output = planlint(root(), &["check", "--lang", "en", "--max-findings", "0"]);
    assert!(!text(&output.stdout).contains("are not shown"));
}

/// A file is laid out as a whole or not at all; one with errors is left as it is and hides no other.
#[test]
fn fmt_writes_what_it_can_and_leaves_what_it_cannot() {
    let folder = small_repository("broken-plan");
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| fs::read_to_string(path(name)).unwrap();
    let crowded = "define  f( x )=x.edge\nrule a/b {for t in targets\nrequire f(t)>=0}\n";
    fs::write(path("rules/crowded.rule"), crowded).unwrap();
    let broken = read("plans/a.plan.toml");

    let output = planlint(folder.path(), &["fmt", "--check", "rules/crowded.rule"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("+define f(x) = x.edge"));
    assert_eq!(read("rules/crowded.rule"), crowded);

    let output = planlint(folder.path(), &["fmt", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("input/syntax"));
    assert_eq!(read("plans/a.plan.toml"), broken);
    assert_eq!(
        read("rules/crowded.rule"),
        "define f(x) = x.edge\n\nrule a/b {\n    for t in targets\n    require f(t) >= 0\n}\n"
    );

    let output = planlint(folder.path(), &["fmt", "rules", "--keywords", "zh"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(read("rules/crowded.rule").contains("对于 t 属于 targets"));
    let output = planlint(folder.path(), &["fmt", "--check", "rules"]);
    assert_eq!(output.status.code(), Some(0));
    let output = planlint(folder.path(), &["fmt", "plans/regions.csv"]);
    assert_eq!(output.status.code(), Some(2));
}

/// A broken plan and a broken rule: both shown, everything else checked.
#[test]
fn broken_input_hides_nothing_else() {
    let folder = small_repository("broken-plan");
    let rule = folder.path().join("rules/broken.rule");
    fs::write(
        rule,
        "rule a/broken \"坏\" {\n    for t in targets\n    requre t is given\n}\n",
    )
    .unwrap();
    let output = planlint(folder.path(), &["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["rule"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"input/syntax"), "{codes:?}");
    assert!(codes.contains(&"rule/syntax"), "{codes:?}");
    assert!(report["summary"]["checks"].as_u64().unwrap() > 0);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn only_the_files_asked_for_are_shown_and_counted() {
    let plan = "plans/tibet/changdu-health-14fyp.plan.toml";
    let output = planlint(root(), &["check", "--format", "json", plan]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    for finding in findings {
        assert_eq!(finding["labels"][0]["path"], plan);
    }
    let summary = &report["summary"];
    let sum = |names: [&str; 3]| {
        names
            .iter()
            .map(|name| summary[name].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(
        summary["checks"].as_u64().unwrap(),
        sum(["holds", "violated", "undetermined"])
    );
    let folder = planlint(root(), &["check", "--format", "json", "plans/tibet"]);
    let report: Value = serde_json::from_slice(&folder.stdout).unwrap();
    for finding in report["findings"].as_array().unwrap() {
        assert!(
            finding["labels"][0]["path"]
                .as_str()
                .unwrap()
                .starts_with("plans/tibet/")
        );
    }
}

#[test]
fn an_error_in_a_file_of_the_context_makes_the_check_incomplete() {
    let folder = small_repository("broken-plan");
    let good = fs::read_to_string(folder.path().join("plans/a.plan.toml")).unwrap();
    let good = good
        .replace("id = \"a\"", "id = \"good\"")
        .replace(" \"72 }", " \"72\" }");
    fs::write(folder.path().join("plans/good.plan.toml"), good).unwrap();
    let output = planlint(folder.path(), &["check", "plans/good.plan.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("plans/a.plan.toml:9"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn the_places_of_the_json_lead_to_the_values() {
    let output = planlint(root(), &["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["version"], 1);
    let mut seen = 0;
    for label in report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|f| f["labels"].as_array().unwrap())
    {
        let text = fs::read_to_string(root().join(label["path"].as_str().unwrap())).unwrap();
        let number = |name: &str| usize::try_from(label[name].as_u64().unwrap()).unwrap();
        let (offset, length) = (number("offset"), number("length"));
        let value = label["value"].as_str().unwrap();
        assert_eq!(&text[offset..offset + length], value);
        let line = text.lines().nth(number("line") - 1).unwrap();
        let start = number("column") - 1;
        let by_column: String = line
            .chars()
            .skip(start)
            .take(number("end_column") - 1 - start)
            .collect();
        assert_eq!(by_column, value);
        seen += 1;
    }
    assert!(seen > 50);
}

#[test]
fn two_runs_say_the_same() {
    let run = || planlint(root(), &["check", "--format", "json"]).stdout;
    assert_eq!(run(), run());
}

/// A repository of one county, with what a case needs.
fn small_repository(case: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let whole = folder.path().join(path);
        fs::create_dir_all(whole.parent().unwrap()).unwrap();
        fs::write(whole, text).unwrap();
    };
    let fixture = root().join("tests/cases/fixture");
    for name in ["regions.csv", "indicators.toml"] {
        write(
            &format!("plans/{name}"),
            &fs::read_to_string(fixture.join(name)).unwrap(),
        );
    }
    let target = match case {
        "holds" => "\"72\"",
        "broken-plan" => "\"72",
        _ => "\"70\"",
    };
    if case != "no-plans" {
        write("plans/a.plan.toml", &plan(target));
        write(
            "plans/b.plan.toml",
            &plan("\"71\"").replace("id = \"a\"", "id = \"b\""),
        );
    }
    let severity = if case == "warning" {
        "warning"
    } else {
        "error"
    };
    let rule = format!(
        "rule a/fall \"倒退\" {{\n    severity {severity}\n    for t in targets\n    require t no weaker than baseline(t)\n}}\n"
    );
    match case {
        "no-rules" => (),
        "broken-rule" => {
            write("rules/a/fall.rule", &rule);
            write("rules/a/broken.rule", "rule a/broken {");
        }
        _ => write("rules/a/fall.rule", &rule),
    }
    folder
}

fn plan(target: &str) -> String {
    format!(
        "format = 1\nid = \"a\"\ntitle = \"甲\"\nregion = \"100101\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = {{ from = 2021, to = 2025 }}\nindicators = [\n  {{ id = \"life_expectancy\", unit = \"岁\", baseline = {{ 2020 = \"71\" }}, target = {{ 2025 = {target} }} }},\n]\n"
    )
}

pub(crate) fn planlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planlint"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
