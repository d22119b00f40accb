//! Whether a report still holds: its files, its counts and its findings against those of now.

use std::collections::{BTreeMap, BTreeSet};

use super::{Audit, Manifest};

/// A report against the state of now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that are other than they were.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// Files that were not there.
    pub added: Vec<String>,
    /// Whether the list of files is the one that the report's hash is of.
    pub is_list_whole: bool,
    /// The report's counts of checks and those of now, where they differ.
    pub counts: Option<([usize; 5], [usize; 5])>,
    /// Findings of the report that are no more, as it notes them.
    pub resolved: Vec<String>,
    /// Findings that the report does not have, as it would note them.
    pub arisen: Vec<String>,
    /// The version of planlint that wrote the report, where that is another one.
    pub version: Option<String>,
}

impl Verification {
    /// Whether all that the report rests on and says is as it was.
    #[must_use]
    pub fn holds(&self) -> bool {
        let lists = [
            &self.changed,
            &self.gone,
            &self.added,
            &self.resolved,
            &self.arisen,
        ];
        self.is_list_whole && self.counts.is_none() && lists.iter().all(|list| list.is_empty())
    }
}

/// Holds what a report says of itself against a report of now.
#[must_use]
pub fn verify(then: &Manifest, now: &Audit) -> Verification {
    let own = &now.manifest;
    let hashes = |of: &Manifest| -> BTreeMap<String, String> {
        let lines = of.inputs.iter().filter_map(|line| line.split_once("  "));
        lines
            .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
            .collect()
    };
    let (before, after) = (hashes(then), hashes(own));
    let differs = |path: &&String| {
        after
            .get(*path)
            .is_some_and(|hash| before.get(*path) != Some(hash))
    };
    let is_gone = |path: &&String| !after.contains_key(*path);
    let is_new = |path: &&String| !before.contains_key(*path);
    let findings = |of: &Manifest| -> BTreeSet<String> { of.findings.iter().cloned().collect() };
    let (found, finds) = (findings(then), findings(own));
    Verification {
        changed: before.keys().filter(differs).cloned().collect(),
        gone: before.keys().filter(is_gone).cloned().collect(),
        added: after.keys().filter(is_new).cloned().collect(),
        is_list_whole: then.is_list_whole(),
        counts: (then.checks != own.checks).then_some((then.checks, own.checks)),
        resolved: found.difference(&finds).cloned().collect(),
        arisen: finds.difference(&found).cloned().collect(),
        version: (then.planlint != own.planlint).then(|| then.planlint.clone()),
    }
}
