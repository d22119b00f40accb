//! The gate: what changed, what was there before, what is accepted, and the exit code of each situation.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::command::{planlint, text};
use crate::real::root;

/// A repository of a province, a prefecture and two counties, with the shipped rule that none may promise less than
/// those above it.
struct Team {
    folder: tempfile::TempDir,
}

const ROW: &str = "life_expectancy";

impl Team {
    fn new() -> Self {
        let team = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for name in ["regions.csv", "indicators.toml"] {
            let from = root().join("tests/cases/fixture").join(name);
            team.write(&format!("plans/{name}"), &fs::read_to_string(from).unwrap());
        }
        let rule = "align/weaker-than-superior";
        let from = root().join(format!("rules/{rule}.rule"));
        team.write(
            &format!("rules/{rule}.rule"),
            &fs::read_to_string(from).unwrap(),
        );
        team.plan("sheng", "100000", "issued", &[(ROW, "岁", "73")]);
        team.plan("shi", "100100", "draft", &[(ROW, "岁", "74")]);
        team.plan("bing", "100101", "draft", &[(ROW, "岁", "75")]);
        team.plan("ding", "100102", "draft", &[(ROW, "岁", "72")]);
        team.plan("ji", "109001", "draft", &[(ROW, "岁", "73.5")]);
        team
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let whole = self.path().join(path);
        fs::create_dir_all(whole.parent().unwrap()).unwrap();
        fs::write(whole, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old}");
        self.write(path, &text.replace(old, new));
    }

    fn plan(&self, id: &str, region: &str, status: &str, rows: &[(&str, &str, &str)]) {
        let rows: Vec<String> = rows
            .iter()
            .map(|(id, unit, target)| format!("  {{ id = \"{id}\", unit = \"{unit}\", target = {{ 2025 = \"{target}\" }}, nature = \"binding\" }},\n"))
            .collect();
        let rows = rows.concat();
        self.write(
            &format!("plans/{id}.plan.toml"),
            &format!("format = 1\nid = \"{id}\"\ntitle = \"{id}规划\"\nregion = \"{region}\"\nfield = \"health\"\nstatus = \"{status}\"\nperiod = {{ from = 2021, to = 2025 }}\nindicators = [\n{rows}]\n"),
        );
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        planlint(self.path(), arguments)
    }

    fn report(&self, arguments: &[&str]) -> (Value, i32) {
        let all: Vec<&str> = ["check", "--format", "json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let output = self.run(&all);
        let report = serde_json::from_slice(&output.stdout);
        let report = report.unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)));
        (report, output.status.code().unwrap())
    }
}

/// The rules and plans of the violations of a report.
fn violated(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let violated = findings.filter(|finding| finding["verdict"] != "undetermined");
    let mut all: Vec<String> = violated
        .map(|finding| {
            let plan = finding["subject"]["plan"].as_str().unwrap_or("-");
            format!("{} {plan}", finding["rule"].as_str().unwrap())
        })
        .collect();
    all.sort();
    all
}

fn fixed(report: &Value) -> Vec<&str> {
    let fixed = report["comparison"]["fixed"].as_array().unwrap();
    fixed
        .iter()
        .map(|of| of["plan"].as_str().unwrap())
        .collect()
}

#[test]
fn a_superior_target_that_is_raised_shows_exactly_the_subordinates_that_now_fail() {
    let team = Team::new();
    team.git(&["init", "-q"]);
    team.commit();
    // The one that fails already: it is below the province and its prefecture.
    let (report, code) = team.report(&[]);
    let weaker = "align/weaker-than-superior";
    assert_eq!(
        violated(&report),
        [format!("{weaker} ding"), format!("{weaker} ding")]
    );
    assert_eq!(code, 1);
    assert_eq!(team.report(&["--since", "HEAD"]).1, 0, "nothing is new");

    team.edit("plans/shi.plan.toml", "\"74\"", "\"74.5\"");
    team.edit(
        "plans/sheng.plan.toml",
        "status = \"issued\"",
        "status = \"draft\"",
    );
    team.commit();
    team.edit("plans/sheng.plan.toml", "\"73\"", "\"73.8\"");
    team.commit();
    let (report, code) = team.report(&["--since", "HEAD~1"]);
    assert_eq!(violated(&report), [format!("{weaker} ji")]);
    assert_eq!((code, &report["comparison"]["new"]), (1, &Value::from(1)));
    assert_eq!(report["comparison"]["known"], 2, "{}", report["comparison"]);
    assert_eq!(report["summary"]["violated"], 1);
    assert_eq!(report["summary"]["baselined"], 2);

    // Mended, and one gone.
    team.edit("plans/ji.plan.toml", "73.5", "73.9");
    team.edit("plans/ding.plan.toml", "72", "78");
    let (report, code) = team.report(&["--since", "HEAD"]);
    assert_eq!((violated(&report), code), (Vec::new(), 0));
    assert_eq!(fixed(&report), ["ding", "ding", "ji"]);
    let shown = text(
        &team
            .run(&["check", "--since", "HEAD", "--lang", "en"])
            .stdout,
    );
    assert!(
        shown.contains("against HEAD: 0 new, 0 still there (not counted), 3 fixed"),
        "{shown}"
    );
}

/// What fails already and is made to fail by more is no old matter.
#[test]
fn a_target_that_is_made_worse_counts_as_new() {
    let team = Team::new();
    team.git(&["init", "-q"]);
    team.commit();
    team.run(&["check", "--write-baseline=base"]);
    for (target, since, baseline) in [
        ("70", 1, 1),
        ("72.0", 0, 0),
        ("72.5", 0, 0),
        ("72左右", 0, 0),
    ] {
        team.write("plans/ding.plan.toml", &{
            let plan = Team::new().read("plans/ding.plan.toml");
            plan.replace("\"72\"", &format!("\"{target}\""))
        });
        assert_eq!(team.report(&["--since", "HEAD"]).1, since, "{target}");
        assert_eq!(team.report(&["--baseline", "base"]).1, baseline, "{target}");
    }
}

#[test]
fn a_target_of_an_issued_plan_that_changed_is_a_finding_of_its_own() {
    let team = Team::new();
    team.git(&["init", "-q"]);
    team.commit();
    let issued = "since/issued-target-changed";
    // Another way to print the same value is no change.
    team.edit("plans/sheng.plan.toml", "\"73\"", "\"73.0\"");
    assert_eq!(
        violated(&team.report(&["--since", "HEAD"]).0),
        Vec::<String>::new()
    );
    team.edit("plans/sheng.plan.toml", "\"73.0\"", "\"72\"");
    let (report, code) = team.report(&["--since", "HEAD", "--lang", "zh"]);
    assert_eq!(
        (violated(&report), code),
        (vec![format!("{issued} sheng")], 1)
    );
    let finding = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|of| of["rule"] == issued);
    let finding = finding.unwrap();
    assert!(
        finding["message"]
            .as_str()
            .unwrap()
            .contains("由 73 改为 72")
    );
    assert_eq!(finding["labels"][0]["value"], "72");
    // The plan is withdrawn, a target is gone, then the plan is gone.
    team.edit(
        "plans/sheng.plan.toml",
        "status = \"issued\"",
        "status = \"draft\"",
    );
    let (report, code) = team.report(&["--since", "HEAD"]);
    assert_eq!(
        (violated(&report), code),
        (
            vec![format!("{issued} sheng"), format!("{issued} sheng")],
            1
        )
    );
    team.edit(
        "plans/sheng.plan.toml",
        "status = \"draft\"",
        "status = \"issued\"",
    );
    team.edit("plans/sheng.plan.toml", "target = { 2025 = \"72\" }, ", "");
    assert_eq!(
        violated(&team.report(&["--since", "HEAD"]).0),
        [format!("{issued} sheng")]
    );
    fs::remove_file(team.path().join("plans/sheng.plan.toml")).unwrap();
    let (report, code) = team.report(&["--since", "HEAD"]);
    assert_eq!((violated(&report), code), (vec![format!("{issued} -")], 1));
    assert_eq!(fixed(&report), ["ding"], "what compared with it is fixed");
}

#[test]
fn since_says_what_is_wrong_with_its_revision() {
    let team = Team::new();
    let output = team.run(&["check", "--since", "HEAD", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("needs a git repository"),
        "{}",
        text(&output.stderr)
    );
    team.git(&["init", "-q"]);
    team.commit();
    for name in ["no-such", "HEAD~9", "-x", "--all"] {
        let since = format!("--since={name}");
        let output = team.run(&["check", &since, "--lang", "en"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let said = text(&output.stderr);
        assert!(
            said.contains(&format!("the git repository has no {name}")),
            "{said}"
        );
    }
    // The repository may lie below the root of the tree, and a hook's environment leads nobody astray.
    let below = team.path().join("below");
    fs::create_dir(&below).unwrap();
    for name in ["plans", "rules"] {
        fs::rename(team.path().join(name), below.join(name)).unwrap();
    }
    team.commit();
    let output = Command::new(env!("CARGO_BIN_EXE_planlint"))
        .args(["check", "--since", "HEAD", "--lang", "en"])
        .current_dir(&below)
        .env("GIT_DIR", "/nowhere")
        .env("GIT_INDEX_FILE", "/nowhere/index")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // Before there was anything, all is new.
    let output = planlint(&below, &["check", "--since", "HEAD~1", "--lang", "en"]);
    assert!(
        text(&output.stdout).contains("2 new, 0 still there"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn diff_compares_two_folders() {
    let (old, new) = (Team::new(), Team::new());
    new.edit("plans/bing.plan.toml", "75", "73");
    let both = [old.path().to_str().unwrap(), new.path().to_str().unwrap()];
    let output = planlint(root(), &["diff", both[0], both[1], "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(violated(&report), ["align/weaker-than-superior bing"]);
    assert_eq!(report["comparison"]["known"], 2);
    // Two repositories in a third one, and one with itself.
    old.write("planlint.toml", "");
    for name in ["2024", "2025"] {
        for file in [
            "plans/regions.csv",
            "plans/indicators.toml",
            "rules/align/weaker-than-superior.rule",
        ] {
            old.write(&format!("{name}/{file}"), &old.read(file));
        }
    }
    old.write("2024/plans/a.plan.toml", &old.read("plans/sheng.plan.toml"));
    old.write(
        "2025/plans/a.plan.toml",
        &old.read("plans/sheng.plan.toml")
            .replace("\"73\"", "\"72\""),
    );
    let output = planlint(old.path(), &["diff", "2024", "2025", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(violated(&report), ["since/issued-target-changed sheng"]);
    assert_eq!(
        planlint(old.path(), &["diff", ".", "plans"]).status.code(),
        Some(2)
    );
    let output = planlint(root(), &["diff", both[1], both[0], "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fixed(&report), ["bing"]);
}

#[test]
fn a_baseline_survives_moved_lines_renamed_files_and_reordered_rows() {
    let team = Team::new();
    team.plan(
        "ding",
        "100102",
        "draft",
        &[
            ("infant_mortality", "‰", "6"),
            (ROW, "岁", "72"),
            (ROW, "岁", "71"),
        ],
    );
    team.edit(
        "plans/ding.plan.toml",
        "\"71\" }",
        "\"71\" }, basis = \"农村\"",
    );
    let before = violated(&team.report(&[]).0);
    assert!(before.len() >= 2, "{before:?}");
    let output = team.run(&["check", "--write-baseline", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let written = team.read("planlint.baseline");
    let lines: Vec<&str> = written.lines().skip(1).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(lines, sorted, "a line each, sorted");
    assert!(lines.len() >= before.len());

    let baseline = ["--baseline", "planlint.baseline"];
    let (report, code) = team.report(&baseline);
    assert_eq!((violated(&report), code), (Vec::new(), 0));
    // Rows in another order, lines moved, the file elsewhere under another name.
    let plan = team.read("plans/ding.plan.toml");
    let (head, rows) = plan.split_once("indicators = [\n").unwrap();
    let mut rows: Vec<&str> = rows.trim_end().trim_end_matches(']').lines().collect();
    rows.reverse();
    team.write(
        "plans/counties/renamed.plan.toml",
        &format!("# moved\n\n{head}indicators = [\n{}\n]\n", rows.join("\n")),
    );
    fs::remove_file(team.path().join("plans/ding.plan.toml")).unwrap();
    fs::rename(
        team.path().join("rules/align/weaker-than-superior.rule"),
        team.path().join("rules/one.rule"),
    )
    .unwrap();
    let (report, code) = team.report(&baseline);
    assert_eq!((violated(&report), code), (Vec::new(), 0));
    assert_eq!(fixed(&report), Vec::<&str>::new());
}

#[test]
fn a_baseline_shrinks_and_says_what_is_wrong_with_it() {
    let team = Team::new();
    team.run(&["check", "--write-baseline"]);
    let written = team.read("planlint.baseline");
    let baseline = ["--baseline", "planlint.baseline"];
    // A new one counts, a mended one is reported, and writing anew shrinks the file.
    team.edit("plans/ding.plan.toml", "\"72\"", "\"79\"");
    team.edit("plans/ji.plan.toml", "73.5", "70");
    let (report, code) = team.report(&baseline);
    assert_eq!(
        (violated(&report), code),
        (vec!["align/weaker-than-superior ji".to_owned()], 1)
    );
    assert_eq!(fixed(&report), ["ding", "ding"]);
    // The settings may name it; a line that is none is told and the rest holds.
    team.write("planlint.toml", "baseline = \"planlint.baseline\"\n");
    assert_eq!(team.report(&[]).1, 1);
    team.write("planlint.baseline", &format!("{written}<<<<<<< ours\n"));
    let output = team.run(&["check", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("merge conflict"), "{said}");
    let output = team.run(&["check", "--write-baseline", "plans/ji.plan.toml"]);
    assert_eq!(output.status.code(), Some(2), "a part is no baseline");
    team.run(&["check", "--write-baseline"]);
    assert!(team.read("planlint.baseline").lines().count() < written.lines().count());
}

#[test]
fn an_accepted_deviation_that_expires_gives_its_finding_back_with_the_reason_it_had() {
    let team = Team::new();
    let allow = |until: &str| {
        format!(
            "\n[[allow]]\nrule = \"align/weaker-than-superior\"\nindicator = \"{ROW}\"\nreason = \"高海拔地区\"\nvalue = \"72\"\nuntil = {until}\n"
        )
    };
    let plan = team.read("plans/ding.plan.toml");
    team.write(
        "plans/ding.plan.toml",
        &format!("{plan}{}", allow("2999-12-31")),
    );
    let (report, code) = team.report(&[]);
    assert_eq!((violated(&report), code), (Vec::new(), 0));
    assert_eq!(report["summary"]["allowed"], 2);
    assert_eq!(report["allowed"][0]["reason"], "高海拔地区");
    assert_eq!(report["allowed"][0]["findings"], 2);

    team.write(
        "plans/ding.plan.toml",
        &format!("{plan}{}", allow("2020-12-31")),
    );
    let (report, code) = team.report(&[]);
    let weaker = "align/weaker-than-superior ding";
    assert_eq!(violated(&report), [weaker, weaker, "allow/expired ding"]);
    assert_eq!(
        (code, &report["summary"]["input_errors"]),
        (1, &Value::from(0))
    );
    let back = report["findings"].as_array().unwrap().iter();
    for finding in back {
        assert!(finding.to_string().contains("高海拔地区"), "{finding}");
    }

    let text = format!("{plan}{}", allow("2999-12-31")).replace("2025 = \"72\"", "2025 = \"71\"");
    team.write("plans/ding.plan.toml", &text);
    let (report, _) = team.report(&[]);
    assert_eq!(
        violated(&report),
        [weaker, weaker, "allow/value-changed ding"]
    );
}

/// An entry is about what the finding says it is about; one beside another is not unused; what has lapsed before is not
/// blamed on a change.
#[test]
fn accepted_deviations_stand_beside_each_other() {
    let team = Team::new();
    let rule = "align/weaker-than-superior";
    let allow = |more: &str| format!("[[allow]]\nrule = \"{rule}\"\nreason = \"r\"\n{more}\n");
    let both =
        allow("plan = \"ding\"\nyear = 2025") + &allow("region = \"100000\"\nsubtree = true");
    team.write("planlint.toml", &both);
    let (report, code) = team.report(&[]);
    assert_eq!((violated(&report), code), (Vec::new(), 0));
    team.write(
        "planlint.toml",
        &(both + &allow("plan = \"ding\"\nuntil = \"2020-01\"")),
    );
    assert_eq!(team.report(&[]).1, 0, "one was renewed");
    team.write(
        "planlint.toml",
        &allow("plan = \"ding\"\nuntil = \"2020-01\""),
    );
    team.git(&["init", "-q"]);
    team.commit();
    assert_eq!(team.report(&[]).1, 1);
    assert_eq!(team.report(&["--since", "HEAD"]).1, 0, "it was over before");
    team.write(
        "planlint.toml",
        &allow("plan = \"ding\"").replace("weaker", "weakr"),
    );
    let output = team.run(&["check", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("did you mean `align/weaker-than-superior`?"));
}

#[test]
fn not_knowing_can_fail_a_check() {
    let team = Team::new();
    team.edit("plans/ding.plan.toml", "\"72\"", "\"明显提高\"");
    let code = |arguments: &[&str]| team.run(&[&["check"], arguments].concat()).status.code();
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on-undetermined"]), Some(1));
    assert_eq!(code(&["--fail-on-undetermined=align/*"]), Some(1));
    assert_eq!(
        code(&["--fail-on-undetermined=align/weaker-than-superior"]),
        Some(1)
    );
    assert_eq!(
        code(&["--fail-on-undetermined=align/weaker-than-superor"]),
        Some(2)
    );
    assert_eq!(code(&["--min-coverage", "100"]), Some(1));
    assert_eq!(code(&["--min-coverage", "50%"]), Some(0));
    assert_eq!(code(&["--min-coverage", "150"]), Some(2));
    team.write("planlint.toml", "min_coverage = 99.5\n");
    assert_eq!(code(&[]), Some(1));
    assert_eq!(
        code(&["--min-coverage", "0"]),
        Some(0),
        "what is typed wins"
    );
    team.write("planlint.toml", "fail_on_undetermined = [\"align/*\"]\n");
    assert_eq!(code(&[]), Some(1));
    team.run(&["check", "--write-baseline"]);
    assert_eq!(
        code(&["--baseline", "planlint.baseline"]),
        Some(0),
        "known ones pass"
    );
    assert_eq!(
        code(&["--baseline", "planlint.baseline", "--min-coverage", "100"]),
        Some(1),
        "but are not known to hold"
    );
}

#[test]
fn settings_say_where_things_stand_and_config_says_what_holds() {
    let team = Team::new();
    fs::create_dir(team.path().join("data")).unwrap();
    for name in ["regions.csv", "indicators.toml"] {
        fs::rename(
            team.path().join("plans").join(name),
            team.path().join("data").join(name),
        )
        .unwrap();
    }
    fs::rename(team.path().join("rules"), team.path().join("law")).unwrap();
    team.write(
        "planlint.toml",
        "language = \"en\"\nfail_on = \"note\"\n\n[paths]\nrules = [\"law\"]\nregions = \"data/regions.csv\"\nindicators = \"data/indicators.toml\"\nexclude = [\"ding*\"]\n\n[[override]]\nrules = [\"align/*\"]\nlevel = \"county\"\nseverity = \"note\"\n",
    );
    let output = team.run(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(
        text(&output.stdout).contains("4 plans"),
        "{}",
        text(&output.stdout)
    );
    team.edit("planlint.toml", "exclude = [\"ding*\"]\n", "");
    let output = team.run(&["check"]);
    assert_eq!(output.status.code(), Some(1), "a note fails here");
    assert!(
        text(&output.stdout).contains("0 errors"),
        "{}",
        text(&output.stdout)
    );
    let output = team.run(&["config"]);
    insta::assert_snapshot!("config", text(&output.stdout));
    team.write("planlint.toml", "[paths]\nrules = [\"lore\"]\n");
    let output = team.run(&["check", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("planlint.toml:2: there is no folder lore"));
    let output = team.run(&["config"]);
    assert_eq!(output.status.code(), Some(0));
    team.write("planlint.toml", "langage = \"zh\"\n");
    let output = team.run(&["config", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("did you mean `language`?"));
}

#[test]
fn outputs_go_where_they_are_told() {
    let team = Team::new();
    let output = team.run(&[
        "check", "--format", "json", "--output", "a.json", "--format", "text", "--lang", "en",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_str(&team.read("a.json")).unwrap();
    assert_eq!(violated(&report).len(), 2);
    assert!(text(&output.stdout).contains("== plans/ding.plan.toml"));
    let output = team.run(&[
        "check", "-o", "a.txt", "--format", "json", "-o", "b.json", "--lang", "en",
    ]);
    assert!(team.read("a.txt").contains("== plans/ding.plan.toml"));
    assert!(team.read("b.json").starts_with('{'));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("2 errors") && !shown.contains("=="),
        "only the counts: {shown}"
    );
    let output = team.run(&["check", "--quiet"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let output = team.run(&["check", "--format", "json", "--format", "text"]);
    assert_eq!(output.status.code(), Some(2));
    let output = team.run(&["check", "-o", "a.txt", "--format", "json", "-o", "a.txt"]);
    assert_eq!(output.status.code(), Some(2), "one file, two reports");
    let output = team.run(&["check", "--format", "json", "-o", "-"]);
    assert!(text(&output.stdout).starts_with('{'));
    let output = team.run(&["check", "--format", "json", "-o", "plans"]);
    assert_eq!(output.status.code(), Some(2), "a folder is no file");
    #[cfg(unix)]
    {
        // A link stays one, and a device is written to.
        std::os::unix::fs::symlink("b.json", team.path().join("link")).unwrap();
        team.write("b.json", "");
        team.run(&["check", "--format", "json", "-o", "link"]);
        assert!(team.read("b.json").starts_with('{'));
        let link = fs::symlink_metadata(team.path().join("link")).unwrap();
        assert!(link.is_symlink());
        let output = team.run(&["check", "--format", "json", "-o", "/dev/stdout", "--quiet"]);
        assert!(text(&output.stdout).starts_with('{'));
    }
    let output = team.run(&["check", "--format", "json", "-o", "no/such/folder.json"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn text_is_quiet_loud_and_grouped_as_it_is_told() {
    let team = Team::new();
    let output = team.run(&["check", "--verbose", "--lang", "en"]);
    assert!(
        text(&output.stdout).contains("align/weaker-than-superior       6     4         2"),
        "{}",
        text(&output.stdout)
    );
    assert!(text(&output.stderr).contains("fail_on"));
    for (by, heading) in [
        ("plan", "== ding规划 (ding) (2 errors"),
        (
            "rule",
            "== a target weaker than a superior plan's (align/weaker-than-superior)",
        ),
        ("indicator", "== 人均预期寿命 (life_expectancy)"),
        ("region", "== 丁县 (100102)"),
    ] {
        let output = team.run(&["check", "--group-by", by, "--lang", "en"]);
        let shown = text(&output.stdout);
        assert!(shown.contains(heading), "{by}: {shown}");
    }
    assert!(
        !text(&team.run(&["check"]).stdout).contains('\x1b'),
        "no colour in pipes"
    );
}

/// A reader that wants no more is no error.
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_planlint"))
        .args(["check", "--format", "json"])
        .current_dir(root())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "");
}
