//! Counts and findings of a run, as checks come in.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Shown;
use crate::eval::Verdict;
use crate::finding::{Finding, Inputs, Report, RuleCount, Summary};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::{SourceId, Sources};

/// What has been counted so far.
pub(super) struct Tally<'s> {
    shown: &'s Shown,
    summary: Summary,
    rules: Vec<RuleCount>,
    findings: Vec<Finding>,
    context_errors: BTreeSet<String>,
}

impl<'s> Tally<'s> {
    pub fn new(shown: &'s Shown) -> Self {
        Self {
            shown,
            summary: Summary::default(),
            rules: Vec::new(),
            findings: Vec::new(),
            context_errors: BTreeSet::new(),
        }
    }

    /// Takes over what another has counted of further rules.
    pub fn absorb(&mut self, other: Self) {
        let (own, more) = (&mut self.summary, other.summary);
        own.checks += more.checks;
        own.holds += more.holds;
        own.violated += more.violated;
        own.undetermined += more.undetermined;
        own.allowed += more.allowed;
        self.rules.extend(other.rules);
        self.findings.extend(other.findings);
    }

    pub fn start_rule(&mut self, id: &str) {
        self.rules.push(RuleCount {
            rule: id.to_owned(),
            ..RuleCount::default()
        });
    }

    /// Whether checks have to say where they stand before they are counted.
    pub const fn needs_place(&self) -> bool {
        !self.shown.is_all()
    }

    /// Whether what stands in a file is shown.
    pub fn shows(&self, source: Option<SourceId>) -> bool {
        self.shown.holds(source)
    }

    pub fn count(&mut self, verdict: &Verdict) {
        let Some(rule) = self.rules.last_mut() else {
            return;
        };
        rule.checks += 1;
        self.summary.checks += 1;
        let (of_rule, of_all) = match verdict {
            Verdict::Holds => (&mut rule.holds, &mut self.summary.holds),
            Verdict::Violated => (&mut rule.violated, &mut self.summary.violated),
            Verdict::Undetermined(_) => (&mut rule.undetermined, &mut self.summary.undetermined),
        };
        *of_rule += 1;
        *of_all += 1;
    }

    pub fn allow(&mut self) {
        self.summary.allowed += 1;
    }

    pub fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// An input problem. An error in a file that is only context is not shown, but counts: the check was incomplete.
    pub fn problem(&mut self, finding: Finding, sources: &Sources) {
        let span = finding.labels.first().map(|label| label.span);
        let is_error = finding.severity == Severity::Error;
        if is_error {
            self.summary.input_errors += 1;
        }
        if self.shows(span.map(|span| span.source)) {
            self.findings.push(finding);
        } else if let (true, Some(span)) = (is_error, span) {
            self.summary.errors += 1;
            let path = &sources.file(span.source).path;
            let line = sources.place(span).line;
            self.context_errors.insert(format!("{path}:{line}"));
        }
    }

    pub fn report(mut self, language: Language, inputs: Inputs, sources: &Sources) -> Report {
        self.findings.sort_by_cached_key(|finding| {
            let label = finding.labels.first();
            let place = label.map(|label| {
                let path = sources.file(label.span.source).path.clone();
                (path, sources.place(label.span).line)
            });
            (
                place,
                finding.code.clone(),
                label.map(|label| label.span.start),
            )
        });
        number_equals(&mut self.findings);
        super::related::relate(&mut self.findings);
        for finding in self.findings.iter().filter(|finding| finding.counts()) {
            match finding.severity {
                Severity::Error => self.summary.errors += 1,
                Severity::Warning => self.summary.warnings += 1,
                Severity::Note => self.summary.notes += 1,
            }
        }
        Report {
            language,
            inputs,
            summary: self.summary,
            findings: self.findings,
            rules: self.rules,
            context_errors: self.context_errors.into_iter().collect(),
        }
    }
}

/// Findings with one fingerprint are told apart by their order.
fn number_equals(findings: &mut [Finding]) {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_insert(0);
        if *count > 0 {
            finding.fingerprint =
                super::fingerprint::digest(&[&finding.fingerprint, &count.to_string()]);
        }
        *count += 1;
    }
}
