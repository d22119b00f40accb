//! Findings that compare the same figures through several rules: the gravest is told, the others go with it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::finding::{Decided, Finding, Related};
use crate::source::Span;

/// Puts each finding that says another again under that one. Of several the gravest is told, of equals the first.
pub(super) fn relate(findings: &mut [Finding]) {
    // One figure may be wrong in several ways; two are compared in one.
    let compares =
        |finding: &Finding| finding.figures.len() > 1 && finding.verdict == Some(Decided::Violated);
    let mut told: BTreeMap<Vec<Span>, (Reverse<_>, usize)> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if compares(finding) {
            let rank = (Reverse(finding.severity), at);
            let gravest = told.entry(finding.figures.clone()).or_insert(rank);
            *gravest = rank.min(*gravest);
        }
    }
    let mut restating: Vec<(usize, Related)> = Vec::new();
    for at in 0..findings.len() {
        let Some(finding) = findings.get(at).filter(|finding| compares(finding)) else {
            continue;
        };
        let main = told.get(&finding.figures).map(|(_, main)| *main);
        let Some(main) = main.filter(|main| *main != at) else {
            continue;
        };
        let related = Related {
            code: finding.code.clone(),
            severity: finding.severity,
            message: finding.message.clone(),
            fingerprint: finding.fingerprint.clone(),
        };
        restating.push((main, related));
        let restates = findings.get(main).map(|main| main.fingerprint.clone());
        if let Some(finding) = findings.get_mut(at) {
            finding.restates = restates;
        }
    }
    for (main, related) in restating {
        if let Some(finding) = findings.get_mut(main) {
            finding.related.push(related);
        }
    }
}
