//! Whether two lists hold the same violations: rule, plan, indicator, year, and the places of both values.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// What is read of planlint's JSON.
#[derive(Deserialize)]
struct Report {
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    subject: Subject,
    labels: Vec<Label>,
}

#[derive(Deserialize)]
struct Subject {
    plan: String,
    indicator: String,
    year: u16,
}

#[derive(Deserialize)]
struct Label {
    path: String,
    line: u32,
    offset: u32,
    length: u32,
}

/// Compares the reference's list with planlint's JSON, and both with what the generator expects.
pub fn run(root: &Path, list: &Path, json: &Path) -> Result<String, String> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let table = root.join("plans/all.targets.csv");
    let bulk = table.is_file().then(|| read(&table)).transpose()?;
    let report: Report = serde_json::from_str(&read(json)?).map_err(|error| error.to_string())?;
    let lines = report
        .findings
        .iter()
        .map(|finding| line(finding, bulk.as_deref()));
    let theirs: Vec<String> = lines.collect();
    let text = read(list)?;
    let ours: BTreeSet<&str> = text.lines().collect();
    let planlint: BTreeSet<&str> = theirs.iter().map(String::as_str).collect();
    if let Some(line) = ours.symmetric_difference(&planlint).next() {
        let who = if ours.contains(line) {
            "the reference"
        } else {
            "planlint"
        };
        return Err(format!("only {who} has {line}"));
    }
    if theirs.len() != text.lines().count() || theirs.len() != planlint.len() {
        return Err("a violation is told twice".to_owned());
    }
    for rule in ["bench/back", "bench/floor", "bench/short", "bench/weaker"] {
        let start = format!("{rule},");
        let found = planlint.iter().filter(|line| line.starts_with(&start));
        let (found, wanted) = (found.count() as u64, expected(root, rule)?);
        if found != wanted {
            return Err(format!("{rule}: {found} found, {wanted} expected"));
        }
    }
    Ok(format!("{} violations, the same in both", theirs.len()))
}

/// A count of `expected.json`.
pub fn expected(root: &Path, name: &str) -> Result<u64, String> {
    let path = root.join("expected.json");
    let told = |why: String| format!("{}: {why}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| told(error.to_string()))?;
    let counts: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| told(error.to_string()))?;
    let count = counts.get(name).and_then(serde_json::Value::as_u64);
    count.ok_or_else(|| told(format!("no {name}")))
}

/// A finding as a line of the reference's list.
fn line(finding: &Finding, bulk: Option<&str>) -> String {
    let Subject {
        plan,
        indicator,
        year,
    } = &finding.subject;
    let place = |number: usize| {
        finding.labels.get(number).map_or_else(
            || ",,".to_owned(),
            |label| format!("{},{},{}", label.line, label.offset, label.length),
        )
    };
    let superior = finding
        .labels
        .get(1)
        .filter(|_| finding.rule == "bench/weaker");
    let superior = superior
        .map(|label| plan_at(label, bulk))
        .unwrap_or_default();
    let (own, other) = (place(0), place(1));
    let rule = &finding.rule;
    format!("{rule},{plan},{indicator},{year},{superior},{own},{other}")
}

/// The plan that a place is in: the first cell of its line, or by the file's name.
fn plan_at<'t>(label: &'t Label, bulk: Option<&'t str>) -> String {
    if let Some(text) = bulk {
        let before = text.get(..label.offset as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        return line.split(',').next().unwrap_or_default().to_owned();
    }
    let name = label.path.rsplit('/').next().unwrap_or_default();
    let code = name.split('.').next().unwrap_or_default();
    format!("plan-{code}")
}
