//! `planlint report` as it is typed: its day, its formats, and whether a report still holds.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use planlint::render::PAPERS;

use crate::command::{planlint, text};
use crate::real::root;

/// A copy of the repository's plans and rules.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["plans", "rules"] {
        copy_folder(&root().join(part), &folder.path().join(part));
    }
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn edit(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(old), "{} has no {old}", path.display());
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

fn ran(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = planlint(folder, arguments);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

#[test]
fn a_report_of_each_format_holds_until_an_input_changes() {
    let folder = copy();
    let names: Vec<String> = PAPERS
        .iter()
        .map(|paper| format!("a.{}", paper.ending))
        .collect();
    for name in &names {
        ran(
            folder.path(),
            &["report", "--date", "2026-11-22", "--lang", "zh", "-o", name],
            0,
        );
        let said = ran(
            folder.path(),
            &["report", "--verify", name, "--lang", "zh"],
            0,
        );
        assert!(said.contains("报告仍然成立"), "{said}");
    }
    let plan = folder
        .path()
        .join("plans/tibet/changdu-health-14fyp.plan.toml");
    edit(&plan, "≥72", "≥74");
    for name in &names {
        let said = ran(
            folder.path(),
            &["report", "--verify", name, "--lang", "zh"],
            1,
        );
        assert!(
            said.contains("输入文件已改动：1 项\n  plans/tibet/changdu-health-14fyp.plan.toml"),
            "{said}"
        );
        assert!(said.contains("报告中的问题已不成立"), "{said}");
        assert!(said.ends_with("报告已不成立\n"), "{said}");
    }
    let english = ran(
        folder.path(),
        &["report", "--verify", &names[0], "--lang", "en"],
        1,
    );
    assert!(
        english.contains("the report does not hold any more"),
        "{english}"
    );
    edit(&plan, "≥74", "≥72");
    fs::write(folder.path().join("rules/new.rule"), "").unwrap();
    let said = ran(
        folder.path(),
        &["report", "--verify", &names[0], "--lang", "zh"],
        1,
    );
    assert!(
        said.contains("新增的输入文件：1 项\n  rules/new.rule"),
        "{said}"
    );
}

#[test]
fn a_report_that_was_altered_is_told_from_one_that_was_not() {
    let folder = copy();
    let report = folder.path().join("a.html");
    ran(
        folder.path(),
        &[
            "report", "--region", "540300", "--lang", "zh", "-o", "a.html",
        ],
        0,
    );
    edit(&report, "≥72", "≥74");
    let said = ran(
        folder.path(),
        &["report", "--verify", "a.html", "--lang", "zh"],
        1,
    );
    assert!(said.contains("写成后被改动过"), "{said}");
    edit(&report, "  plans/tibet/changdu", "  plans/tibet/chongdu");
    let said = ran(
        folder.path(),
        &["report", "--verify", "a.html", "--lang", "zh"],
        1,
    );
    assert!(said.contains("与其 SHA-256 不符"), "{said}");
    ran(
        folder.path(),
        &[
            "report", "--region", "540300", "--lang", "zh", "-o", "a.html",
        ],
        0,
    );
    edit(&report, "\"planlint\":\"", "\"planlint\":\"9");
    let said = ran(
        folder.path(),
        &["report", "--verify", "a.html", "--lang", "zh"],
        1,
    );
    assert!(said.contains("其文字没有核对"), "{said}");
    fs::remove_file(
        folder
            .path()
            .join("plans/tibet/changdu-health-14fyp.plan.toml"),
    )
    .unwrap();
    let said = ran(
        folder.path(),
        &["report", "--verify", "a.html", "--lang", "zh"],
        1,
    );
    assert!(said.contains("报告已不成立：昌都市 没有规划"), "{said}");
    fs::write(&report, "<html></html>").unwrap();
    let said = ran(
        folder.path(),
        &["report", "--verify", "a.html", "--lang", "zh"],
        2,
    );
    assert!(said.contains("不是 planlint 写的报告"), "{said}");
}

#[test]
fn the_day_is_asked_for_or_that_of_the_build() {
    let run = |arguments: &[&str], epoch: Option<&str>| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planlint"));
        command.arg("report").args(arguments).current_dir(root());
        command
            .args(["--lang", "zh"])
            .env_remove("SOURCE_DATE_EPOCH");
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        command.output().unwrap()
    };
    let epoch = run(&[], Some("1795305600"));
    let asked = run(&["--date", "2026-11-22"], Some("0"));
    assert!(text(&epoch.stdout).contains("2026年11月22日"));
    assert_eq!(epoch.stdout, asked.stdout);
    for (arguments, epoch) in [(&["--date", "2026-02-30"][..], None), (&[], Some("soon"))] {
        let output = run(arguments, epoch);
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {epoch:?}");
    }
}

#[test]
fn the_format_is_that_of_the_files_name() {
    let folder = copy();
    let said = ran(
        folder.path(),
        &["report", "-o", "report.pdf", "--lang", "zh"],
        2,
    );
    assert!(said.contains("从 .pdf 看不出格式"), "{said}");
    assert!(!folder.path().join("report.pdf").exists());
}
