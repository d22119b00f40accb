//! The ways in: a new repository, completions, manual pages.

use std::fs;
use std::process::{Command, Stdio};

use crate::command::{planlint, text};
use crate::real::root;

#[test]
fn a_new_repository_passes_everything_it_is_told_to_run() {
    let folder = tempfile::tempdir().unwrap();
    let output = planlint(folder.path(), &["init", "new/plans", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    let (written, next) = told.split_once("\nnext:\n").unwrap();
    for path in written.lines().skip(1) {
        assert!(folder.path().join(path.trim()).is_file(), "{path}");
    }
    assert_eq!(written.lines().count(), 8);
    let mut inside = folder.path().to_path_buf();
    let mut ran = 0;
    for line in next.lines() {
        let typed = line.split('#').next().unwrap().trim();
        if let Some(folder) = typed.strip_prefix("cd ") {
            inside = inside.join(folder);
            continue;
        }
        let arguments = typed.strip_prefix("planlint ").unwrap();
        let output = planlint(&inside, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(0), "{typed}");
        ran += 1;
    }
    assert_eq!(ran, 4);
    for arguments in [
        &["check", "--fail-on", "note"][..],
        &["test", "--mutate"],
        &["fmt", "--check"],
    ] {
        let output = planlint(&inside, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    }
}

/// What its plan says to try: there is something to find.
#[test]
fn the_rule_of_a_new_repository_finds_what_its_plan_says_to_try() {
    let folder = tempfile::tempdir().unwrap();
    planlint(folder.path(), &["init"]);
    let path = folder.path().join("plans/county-health-15fyp.plan.toml");
    let plan = fs::read_to_string(&path).unwrap();
    fs::write(&path, plan.replace("2030 = \"≥78.2\"", "2030 = \"77\"")).unwrap();
    let output = planlint(folder.path(), &["check", "--lang", "zh"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("示例县人均预期寿命目标 77（2030年）弱于示例市的 78"));
}

#[test]
fn init_overwrites_nothing() {
    for (taken, named) in [
        ("plans/regions.csv", "plans/regions.csv"),
        (".gitignore", ".gitignore"),
        ("rules", "rules"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(taken);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "mine").unwrap();
        let output = planlint(folder.path(), &["init", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(2), "{taken}");
        let told = text(&output.stderr);
        let (message, paths) = told.split_once('\n').unwrap();
        assert!(message.contains("nothing was written"), "{told}");
        assert_eq!(paths, format!("  ./{named}\n"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        assert!(!folder.path().join("planlint.toml").exists());
    }
    let output = planlint(root(), &["init", "--lang", "zh"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("什么也没有写"));
}

#[test]
fn completions_are_scripts_of_their_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = planlint(root(), &["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = text(&output.stdout);
        for word in ["check", "completions", "fail-on"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    let output = planlint(root(), &["completions", "csh"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn bash_completes_subcommands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    let script = planlint(root(), &["completions", "bash"]).stdout;
    let path = folder.path().join("planlint.bash");
    fs::write(&path, script).unwrap();
    let parsed = Command::new("bash").arg("-n").arg(&path).status().unwrap();
    assert!(parsed.success());
    let complete = |words: &str, at: usize| {
        let ask = format!(
            ". '{}'; COMP_WORDS=(planlint {words}); COMP_CWORD={at}; _planlint planlint \"${{COMP_WORDS[{at}]}}\" planlint; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            path.display()
        );
        let output = Command::new("bash").args(["-c", &ask]).output().unwrap();
        text(&output.stdout)
    };
    let help = text(&planlint(root(), &["--help"]).stdout);
    let subcommands = help.split_once("Commands:\n").unwrap().1;
    let subcommands = subcommands.split("\n\n").next().unwrap().lines();
    let mut known = 0;
    for line in subcommands.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        let found = complete(name, 1);
        assert!(found.lines().any(|word| word == name), "{name}: {found}");
        known += 1;
    }
    assert!(known >= 10, "{help}");
    assert_eq!(
        complete("check --fail", 2).trim(),
        "--fail-on\n--fail-on-undetermined"
    );
    assert_eq!(complete("schema ind", 2).trim(), "indicators");
}

#[test]
fn the_manual_has_a_page_of_every_command() {
    let main = text(&planlint(root(), &["man"]).stdout);
    let sections: Vec<&str> = main
        .lines()
        .filter_map(|line| line.strip_prefix(".SH "))
        .map(|name| name.trim_matches('"'))
        .collect();
    for name in ["NAME", "SYNOPSIS", "SUBCOMMANDS", "EXIT STATUS", "EXAMPLES"] {
        assert!(sections.contains(&name), "{name} of {sections:?}");
    }
    let codes = main.split("EXIT STATUS").nth(1).unwrap();
    let codes: Vec<&str> = codes.split(".TP\n").skip(1).collect();
    let starts = ["\\fB0\\fR", "\\fB1\\fR", "\\fB2\\fR"];
    assert_eq!(codes.len(), starts.len());
    for (code, start) in codes.iter().zip(starts) {
        assert!(code.starts_with(start), "{code}");
    }

    let folder = tempfile::tempdir().unwrap();
    let output = planlint(folder.path(), &["man", "--output", "man/man1"]);
    let told = text(&output.stdout);
    let pages: Vec<&str> = told.lines().collect();
    assert!(pages.len() >= 11, "{told}");
    assert_eq!(pages.first(), Some(&"man/man1/planlint.1"));
    assert!(pages.contains(&"man/man1/planlint-check.1"));
    for page in pages {
        let text = fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(text.contains(".SH NAME\nplanlint"), "{page}");
        assert!(text.contains(".SH EXAMPLES\n.nf\n例 example"), "{page}");
    }
    let same = fs::read_to_string(folder.path().join("man/man1/planlint.1")).unwrap();
    assert_eq!(same, main);
}

/// A page that groff complains about is none; where there is no groff, nobody complains.
#[test]
fn the_manual_is_sound_roff() {
    let page = planlint(root(), &["man"]).stdout;
    let typeset = Command::new("groff")
        .args(["-k", "-Tutf8", "-man", "-ww"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut typeset) = typeset else {
        return;
    };
    std::io::Write::write_all(&mut typeset.stdin.take().unwrap(), &page).unwrap();
    let output = typeset.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("planlint check"));
}
