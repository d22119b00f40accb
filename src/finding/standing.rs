//! Which findings count: those that nobody accepted and that were not there before.

use serde::{Deserialize, Serialize};

use crate::finding::Fingerprint;
use crate::problem::Severity;
use crate::source::Span;

/// Whether a finding counts, and why not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// It counts.
    #[default]
    Open,
    /// It was accepted, with a reason: by the entry at this place, one of [`Report::deviations`](super::Report::deviations).
    Allowed(Span),
    /// It was there before.
    Known,
}

/// An accepted deviation that findings were measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// The rule that may be broken.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Who accepted it.
    pub issuer: Option<String>,
    /// The number of the document that says so.
    pub number: Option<String>,
    /// The last day on which it holds, as `YYYY-MM-DD`.
    pub until: Option<String>,
    /// The value that it was granted for, as printed.
    pub value: Option<String>,
    /// The whole entry, in a plan file or in planlint.toml.
    pub place: Span,
    /// How many findings it covers.
    pub findings: usize,
}

/// A report against what was there before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What it is compared with: a file, a revision, a folder.
    pub against: String,
    /// How many findings were not there before.
    pub new: usize,
    /// How many were.
    pub known: usize,
    /// Those that were there and are no more, by rule, plan, indicator and year.
    pub fixed: Vec<Fixed>,
}

/// A finding that is no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed {
    /// Its rule.
    pub rule: String,
    /// The plan's id.
    pub plan: Option<String>,
    /// The indicator's id.
    pub indicator: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// What it said, where that is known.
    pub message: Option<String>,
}

/// What formats tell of a rule, or of a kind of input problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its id.
    pub id: String,
    /// What it finds wrong, in a few words.
    pub title: String,
    /// Its manual page: paragraphs of plain text, without its title.
    pub help: String,
    /// How grave it is where its rule says no more; of several severities the gravest.
    pub severity: Severity,
    /// Its area and its tags.
    pub tags: Vec<String>,
}

/// What findings are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// The file that they stand in.
    #[default]
    File,
    /// The plan.
    Plan,
    /// The rule.
    Rule,
    /// The indicator.
    Indicator,
    /// The region.
    Region,
}
