//! The files that a report rests on, and what a program needs to check the report again.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::entry::{Entry, Found};
use super::scope::Scope;
use super::{Request, Summary};
use crate::check::{File, Repository};
use crate::finding::Decided;
use crate::language::Language;

/// The version of what a manifest holds.
pub const FORMAT: u32 = 1;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path, relative to the repository's root.
    pub path: String,
    /// How many bytes it has; nothing where it could not be read.
    pub bytes: Option<usize>,
    /// Its SHA-256 in hexadecimal; empty where it could not be read.
    pub sha256: String,
}

/// What a program needs to check a report again. It is a part of every report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of these fields.
    pub format: u32,
    /// The version of planlint.
    pub planlint: String,
    /// The language: `zh` or `en`.
    pub language: String,
    /// The day: `2026-11-22`.
    pub date: String,
    /// The region that the report is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The plan that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The files asked for, where these were not all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// The SHA-256 of the list of files: of its lines `sha256  path`, as `sha256sum` prints them.
    pub digest: String,
    /// The list of files, `sha256  path`.
    pub inputs: Vec<String>,
    /// How many checks were made, hold, do not, could not be decided, were accepted.
    pub checks: [usize; 5],
    /// The findings: `fingerprint severity verdict rule`.
    pub findings: Vec<Noted>,
}

/// A finding as a manifest notes it: `fingerprint severity verdict rule`.
pub type Noted = String;

/// The files of a repository, by their paths.
#[must_use]
pub fn inputs(repository: &Repository) -> Vec<Input> {
    let Repository {
        regions,
        catalogue,
        statistics,
        plans,
        bulk,
        rules,
        settings,
        unread: _,
    } = repository;
    let single = [regions, catalogue, statistics, settings];
    let single = single.into_iter().flatten();
    let all = single.chain(plans).chain(bulk).chain(rules);
    let mut inputs: Vec<Input> = all.map(input).collect();
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    inputs
}

fn input(file: &File) -> Input {
    let bytes = file.bytes.as_ref().ok();
    Input {
        path: file.path.clone(),
        bytes: bytes.map(Vec::len),
        sha256: bytes.map(|bytes| hash(bytes)).unwrap_or_default(),
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The SHA-256 of a list of files, line by line.
fn digest(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    hash(text.as_bytes())
}

impl Input {
    /// Its line in a list of files, as `sha256sum` prints it.
    #[must_use]
    pub fn listed(&self) -> String {
        format!("{}  {}", self.sha256, self.path)
    }
}

impl Manifest {
    pub(super) fn new(
        request: &Request,
        language: Language,
        found: &Found,
        summary: &Summary,
    ) -> Self {
        let (region, plan) = match &request.scope {
            Scope::All => (None, None),
            Scope::Region(region) => (Some(region.clone()), None),
            Scope::Plan(plan) => (None, Some(plan.clone())),
        };
        let counts = summary.standing.counts;
        let entries = found.entries.iter().map(|entry| noted(entry, false));
        let covered = found.accepted.iter().flat_map(|of| &of.covers);
        let covered = covered.map(|entry| noted(entry, true));
        let undecided = found.undecided.iter();
        let undecided = undecided.map(|of| format!("{} note undetermined {}", of.anchor, of.code));
        let inputs: Vec<String> = request.inputs.iter().map(Input::listed).collect();
        let mut findings: Vec<Noted> = entries.chain(covered).chain(undecided).collect();
        findings.sort_unstable();
        Self {
            format: FORMAT,
            planlint: env!("CARGO_PKG_VERSION").to_owned(),
            language: language.tag().to_owned(),
            date: request.date.to_string(),
            region,
            plan,
            only: request.only.clone(),
            digest: digest(&inputs),
            inputs,
            checks: [
                counts.all(),
                counts.holds,
                counts.violated,
                counts.undetermined,
                counts.allowed,
            ],
            findings,
        }
    }

    /// Whether the list of files is the one that the hash is of.
    pub(super) fn is_list_whole(&self) -> bool {
        digest(&self.inputs) == self.digest
    }

    /// What the report that it is of is about.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match (&self.region, &self.plan) {
            (Some(region), _) => Scope::Region(region.clone()),
            (None, Some(plan)) => Scope::Plan(plan.clone()),
            (None, None) => Scope::All,
        }
    }
}

fn noted(entry: &Entry, is_accepted: bool) -> Noted {
    let verdict = match entry.verdict {
        _ if is_accepted => "accepted",
        Some(Decided::Violated) => "violated",
        Some(Decided::Undetermined) => "undetermined",
        None => "input",
    };
    let severity = entry.severity.word();
    format!("{} {severity} {verdict} {}", entry.anchor, entry.code)
}
