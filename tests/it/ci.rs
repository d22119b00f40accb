//! What continuous integration is told to run: the hooks, the action, the examples and docs/ci.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::command::{planlint, text};
use crate::real::root;

const FILES: [&str; 4] = [
    ".pre-commit-hooks.yaml",
    "action.yml",
    "examples/ci/github.yml",
    "examples/ci/gitlab.yml",
];

#[test]
fn the_files_are_yaml() {
    for path in FILES {
        assert!(!yaml(&read(path)).is_null(), "{path} is empty");
    }
}

/// Every command line that is typed anywhere, with the options and formats that its subcommand knows.
#[test]
fn every_command_line_uses_what_there_is() {
    let mut typed = 0;
    for path in FILES {
        let mut texts = Vec::new();
        let file = yaml(&read(path));
        strings(&file, &mut texts);
        for script in texts {
            typed += check_commands(script.lines(), path);
        }
    }
    assert!(typed >= 10, "the files type too little: {typed}");

    let guide = read("docs/ci.md");
    let mut typed = 0;
    for block in blocks(&guide, "sh") {
        typed += check_commands(block.lines(), "docs/ci.md");
        for line in block.lines() {
            assert!(line.starts_with("planlint "), "{line:?} is not checked");
        }
    }
    let spans = guide.split('`').skip(1).step_by(2);
    typed += check_commands(spans.filter(|span| !span.contains('\n')), "docs/ci.md");
    assert!(typed >= 15, "docs/ci.md types too little: {typed}");
}

#[test]
fn every_hook_runs_a_subcommand_on_the_whole_repository() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let ids: Vec<&str> = hooks
        .as_array()
        .unwrap()
        .iter()
        .map(|hook| {
            let entry = hook["entry"].as_str().unwrap();
            assert_eq!(check_commands([entry].into_iter(), "the hooks"), 1);
            assert_eq!(hook["language"], "rust");
            assert_eq!(hook["pass_filenames"], false);
            hook["id"].as_str().unwrap()
        })
        .collect();
    assert_eq!(ids, ["planlint", "planlint-fmt", "planlint-test"]);

    let guide = read("docs/ci.md");
    let mut named = BTreeSet::new();
    for block in blocks(&guide, "yaml") {
        for repository in yaml(block)["repos"].as_array().into_iter().flatten() {
            for hook in repository["hooks"].as_array().unwrap() {
                named.insert(hook["id"].as_str().unwrap().to_owned());
                let arguments = hook["args"].as_array().into_iter().flatten();
                let arguments = arguments.map(|argument| argument.as_str().unwrap());
                let line = format!("planlint check {}", arguments.collect::<Vec<_>>().join(" "));
                check_commands([line.as_str()].into_iter(), "docs/ci.md");
            }
        }
    }
    assert_eq!(named, ids.into_iter().map(str::to_owned).collect());
}

/// An expression in a script would be put into it before any shell could quote it.
#[test]
fn the_scripts_of_the_action_are_safe() {
    let action = yaml(&read("action.yml"));
    let steps = action["runs"]["steps"].as_array().unwrap();
    let mut scripts = 0;
    for step in steps {
        let Some(script) = step["run"].as_str() else {
            assert!(step["uses"].is_string(), "{step}");
            continue;
        };
        assert_eq!(step["shell"], "bash", "{step}");
        assert!(!script.contains("${{"), "{script}");
        scripts += 1;
    }
    assert!(scripts >= 3);
    let inputs = action["inputs"].as_object().unwrap();
    for (name, input) in inputs {
        let expression = format!("${{{{ inputs.{name} }}}}");
        let given = steps.iter().filter_map(|step| step["env"].as_object());
        let given = given.flat_map(|env| env.values());
        let times = given.filter(|value| **value == expression).count();
        assert_eq!(times, 1, "{name} reaches no script");
        assert!(input["description"].is_string(), "{name}");
        let row = format!("\n| `{name}` | ");
        let default = match input["default"].as_str().unwrap() {
            "" => "|".to_owned(),
            default => format!("`{default}` |"),
        };
        let row = format!("{row}{default}");
        assert!(read("docs/ci.md").contains(&row), "docs/ci.md has no {row}");
    }
}

/// The inputs that examples give are inputs, and the arguments among them are options of `check`.
#[test]
fn the_examples_give_the_action_what_it_takes() {
    let action = yaml(&read("action.yml"));
    let workflow = yaml(&read("examples/ci/github.yml"));
    let guide = read("docs/ci.md");
    let mut steps = Vec::new();
    for job in workflow["jobs"].as_object().unwrap().values() {
        steps.extend(job["steps"].as_array().unwrap().clone());
    }
    for block in blocks(&guide, "yaml") {
        steps.extend(yaml(block).as_array().into_iter().flatten().cloned());
    }
    let mut given = 0;
    for step in &steps {
        let uses = step["uses"].as_str().unwrap_or_default();
        if !uses.starts_with("OWNER/planlint@") {
            continue;
        }
        given += 1;
        assert_eq!(uses, concat!("OWNER/planlint@v", env!("CARGO_PKG_VERSION")));
        for (name, value) in step["with"].as_object().unwrap() {
            assert!(action["inputs"][name].is_object(), "{name} is no input");
            if name == "arguments" {
                let line = format!("planlint check {}", value.as_str().unwrap());
                check_commands([line.as_str()].into_iter(), "arguments");
            }
        }
    }
    assert_eq!(given, 3);
    let checkouts: Vec<&Value> = steps
        .iter()
        .filter(|step| {
            step["uses"]
                .as_str()
                .unwrap_or_default()
                .starts_with("actions/checkout@")
        })
        .collect();
    assert_eq!(checkouts.len(), 2);
    for checkout in checkouts {
        assert_eq!(checkout["with"]["fetch-depth"], 0, "--since reads history");
    }
}

/// The step that checks, run by bash, with a program in planlint's place that writes down what it was given.
#[test]
fn the_action_hands_its_inputs_on_as_they_are() {
    let plain = BTreeMap::from([("PLANLINT_SARIF", "planlint.sarif")]);
    let ran = Ran::of(&plain, 0);
    let summary = ran.folder.path().join("planlint.md");
    let markdown = format!("--output={}", summary.display());
    let mut wanted = vec!["check", "--format=github", "--format=sarif"];
    wanted.extend([
        "--output=planlint.sarif",
        "--format=markdown",
        &markdown,
        "--",
        ".",
    ]);
    assert_eq!(ran.given, wanted);
    assert_eq!(ran.output.status.code(), Some(0));
    assert_eq!(
        ran.read("output"),
        "exit-code=0\nsarif-file=planlint.sarif\n"
    );
    assert_eq!(ran.read("summary"), "found\n");

    let wild = "$(touch seized) `touch seized`; touch seized";
    let all = BTreeMap::from([
        ("PLANLINT_PATH", wild),
        ("PLANLINT_SINCE", wild),
        ("PLANLINT_BASELINE", "a b.json"),
        (
            "PLANLINT_ARGUMENTS",
            "--min-coverage 80\n  ; * $(touch seized)\n",
        ),
        ("PLANLINT_SARIF", ""),
        ("PLANLINT_SUMMARY", "false"),
    ]);
    let ran = Ran::of(&all, 2);
    let since = format!("--since={wild}");
    let mut wanted = vec!["check", "--format=github", &since, "--baseline=a b.json"];
    wanted.extend([
        "--min-coverage",
        "80",
        ";",
        "*",
        "$(touch",
        "seized)",
        "--",
        wild,
    ]);
    assert_eq!(ran.given, wanted);
    assert_eq!(ran.output.status.code(), Some(2));
    assert_eq!(ran.read("output"), "exit-code=2\n");
    assert!(!ran.folder.path().join("seized").exists());
}

/// The build is kept under a name that changes with the sources and with nothing else.
#[test]
fn the_action_names_its_build_by_the_sources() {
    let named = |sources: &Path| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = script(step("sources")["run"].as_str().unwrap(), folder.path());
        command.env("GITHUB_ACTION_PATH", sources);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        let told = fs::read_to_string(folder.path().join("output")).unwrap();
        let hash = told.strip_prefix("hash=").unwrap().trim_end().to_owned();
        assert!(hash.len() >= 40 && hash.chars().all(|c| c.is_ascii_hexdigit()));
        hash
    };
    assert_eq!(named(root()), named(root()));
    let other = tempfile::tempdir().unwrap();
    fs::create_dir(other.path().join("src")).unwrap();
    for (name, bytes) in [("Cargo.toml", ""), ("Cargo.lock", ""), ("src/lib.rs", "")] {
        fs::write(other.path().join(name), bytes).unwrap();
    }
    let before = named(other.path());
    fs::write(other.path().join("README.md"), "read me").unwrap();
    assert_eq!(named(other.path()), before);
    fs::write(other.path().join("src/lib.rs"), "//! New.").unwrap();
    assert_ne!(named(other.path()), before);
}

/// A step of the action.
fn step(id: &str) -> Value {
    let action = yaml(&read("action.yml"));
    let mut steps = action["runs"]["steps"].as_array().unwrap().iter();
    steps.find(|step| step["id"] == id).unwrap().clone()
}

/// A script as GitHub runs those whose shell is bash, in a folder that takes what it writes.
fn script(text: &str, folder: &Path) -> Command {
    fs::write(folder.join("step.sh"), text).unwrap();
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "step.sh"]);
    command.current_dir(folder).env("RUNNER_TEMP", folder);
    for name in ["output", "path", "step_summary"] {
        let file = folder.join(name.trim_start_matches("step_"));
        command.env(format!("GITHUB_{}", name.to_uppercase()), file);
    }
    command
}

/// A run of the action's step that checks, in a folder of its own.
struct Ran {
    folder: tempfile::TempDir,
    given: Vec<String>,
    output: Output,
}

impl Ran {
    fn of(environment: &BTreeMap<&str, &str>, code: u8) -> Self {
        let action = yaml(&read("action.yml"));
        let step = step("check");
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("planlint/bin")).unwrap();
        let stub = format!(
            "#!/usr/bin/env bash\nprintf '%s\\0' \"$@\" > given\nfor given in \"$@\"; do\n  case $given in --output=*) echo found > \"${{given#--output=}}\" ;; esac\ndone\nexit {code}\n"
        );
        let planlint = at("planlint/bin/planlint");
        fs::write(&planlint, stub).unwrap();
        let chmod = Command::new("chmod").arg("+x").arg(&planlint).status();
        assert!(chmod.unwrap().success());
        let mut command = script(step["run"].as_str().unwrap(), folder.path());
        for (name, value) in step["env"].as_object().unwrap() {
            let input = value.as_str().unwrap();
            let input = input
                .trim_start_matches("${{ inputs.")
                .trim_end_matches(" }}");
            let default = action["inputs"][input]["default"].as_str().unwrap();
            command.env(name, environment.get(name.as_str()).unwrap_or(&default));
        }
        let output = command.output().unwrap();
        assert_eq!(text(&output.stderr), "");
        let given = fs::read_to_string(at("given")).unwrap();
        let given: Vec<String> = given.split_terminator('\0').map(str::to_owned).collect();
        let line = format!("planlint {}", given.join(" "));
        check_commands([line.as_str()].into_iter(), "action.yml");
        Self {
            folder,
            given,
            output,
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

/// Holds the lines that type `planlint` against its helps, and says how many there are.
fn check_commands<'l>(lines: impl Iterator<Item = &'l str>, place: &str) -> usize {
    let mut typed = 0;
    for line in lines {
        let Some(arguments) = line.trim().strip_prefix("planlint ") else {
            continue;
        };
        let words: Vec<&str> = arguments
            .split(" #")
            .next()
            .unwrap()
            .split_whitespace()
            .collect();
        let known = options(words[0]).unwrap_or_else(|| panic!("{place}: no {}", words[0]));
        for (at, word) in words.iter().enumerate() {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            if !name.starts_with("--") || name == "--" {
                continue;
            }
            assert!(known.contains(name), "{place}: {line} has {name}");
            if name == "--format" {
                let value = if value.is_empty() {
                    words[at + 1]
                } else {
                    value
                };
                assert!(known.contains(value), "{place}: {line} has {value}");
            }
        }
        typed += 1;
    }
    typed
}

/// The options of a subcommand and the values that they take, as its help has them.
fn options(subcommand: &str) -> Option<BTreeSet<String>> {
    let output = planlint(root(), &[subcommand, "--help"]);
    let help = text(&output.stdout);
    let words = help.split(|c: char| c.is_whitespace() || ",[]<>=".contains(c));
    output
        .status
        .success()
        .then(|| words.map(str::to_owned).collect())
}

/// The texts anywhere in a value.
fn strings<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(pairs) => pairs.values().for_each(|value| strings(value, into)),
        _ => (),
    }
}

/// The fenced blocks of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("\n```{language}\n");
    let blocks = text.split(fence.as_str()).skip(1);
    blocks
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect()
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The TOML of the guide is TOML, and its `[[allow]]` is one that a plan file takes.
#[test]
fn the_toml_of_the_guide_is_what_it_says() {
    let guide = read("docs/ci.md");
    let parsed = blocks(&guide, "toml");
    let parsed = parsed
        .into_iter()
        .map(|block| block.parse::<toml::Table>().unwrap());
    let allowed: Vec<toml::Table> = parsed.filter(|block| block.contains_key("allow")).collect();
    assert_eq!(allowed.len(), 1);
    let schema: Value = serde_json::from_str(&read("schemas/plan.schema.json")).unwrap();
    let known = &schema["properties"]["allow"]["items"]["properties"];
    for key in allowed[0]["allow"][0].as_table().unwrap().keys() {
        assert!(known[key].is_object(), "{key}");
    }
}

/// Links of the guide and to it lead somewhere.
#[test]
fn the_links_of_the_guide_lead_somewhere() {
    let guide = read("docs/ci.md");
    let links = guide
        .split("](")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap());
    let links: Vec<&str> = links.collect();
    assert!(links.len() >= 2);
    for link in links {
        assert!(root().join("docs").join(link).is_file(), "{link}");
    }
    assert!(read("README.md").contains("](docs/ci.md)"));
}
