//! What templates ask of values: classes, signs, the keys that findings are filtered by.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "templates hand references over, whatever they are of"
)]

use std::fmt::Write;

pub(super) use super::super::chapter::{indicator, superiors, terms};
use super::super::drawing;
use super::super::words::{self, Words};
use super::drawing::said;
use crate::audit::{Audit, Entry, Standing, State, Undecided};
use crate::finding::Decided;
use crate::problem::Severity;

/// The class of a state, which has its colour.
pub(super) fn class(state: &State) -> &'static str {
    match state {
        State::Error => "s-error",
        State::Warning => "s-warning",
        State::Note => "s-note",
        State::Allowed => "s-allowed",
        State::Undetermined => "s-undetermined",
        State::Holds => "s-holds",
        State::Unchecked => "s-unchecked",
        State::NotStated => "s-none",
    }
}

pub(super) fn severity_class(severity: &Severity) -> &'static str {
    class(&State::of(*severity))
}

/// What a severity is filtered by.
pub(super) fn letter(severity: &Severity) -> &'static str {
    match severity {
        Severity::Error => "e",
        Severity::Warning => "w",
        Severity::Note => "n",
    }
}

fn key(rule: Option<usize>, severity: &str, verdict: &str) -> String {
    let rule = rule.map_or_else(|| "-".to_owned(), |rule| rule.to_string());
    format!("{rule}.{severity}.{verdict}")
}

/// What a finding is filtered by: `rule.severity.verdict`, and the same of those that are told under it, with commas.
pub(super) fn key_of_entry(entry: &Entry, audit: &Audit) -> String {
    let verdict = match entry.verdict {
        Some(Decided::Violated) => "v",
        Some(Decided::Undetermined) => "u",
        None => "i",
    };
    let mut keys = key(entry.rule, letter(&entry.severity), verdict);
    for of in &entry.related {
        let rule = audit.rules.binary_search_by(|rule| rule.id.cmp(&of.code));
        // Only what does not hold says another finding again.
        let _ = write!(keys, ",{}", key(rule.ok(), letter(&of.severity), "v"));
    }
    keys
}

/// The same of what could not be decided, which has no severity.
pub(super) fn key_of_undecided(of: &Undecided) -> String {
    key(of.rule, "-", "u")
}

/// How many findings of each severity there are, and how many checks hold and could not be decided; as HTML.
pub(super) fn tally(of: &Standing, words: &Words) -> String {
    let mut out = String::from("<span class=\"tally\">");
    for (state, count) in words::tally(of) {
        let (class, word) = (class(&state), words.state(&state));
        let _ = write!(out, "<span class=\"{class}\">{word} {count}</span> ");
    }
    out.push_str("</span>");
    out
}

/// What ends the lists of so many regions.
pub(super) fn closing(levels: &usize) -> String {
    "</ul></details></li>".repeat(*levels)
}

/// A place of an axis as a place of its drawing.
pub(super) fn across(place: &f64) -> String {
    said(drawing::across(*place))
}
