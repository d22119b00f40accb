//! Audits that reports are written of in tests: of the repository's own plans, and with texts that mean harm.

use planlint::audit::{Audit, Request, Scope, audit, inputs};
use planlint::check::{Options, Outcome, Repository, check};
use planlint::language::Language;
use planlint::model::Date;
use planlint::render::{PAPERS, Paper};

use crate::real::repository;

/// Texts that a careless writer lets become something else.
pub(crate) const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://a.example\",\"b\")",
    "+1+1",
    "-2+3",
    "@SUM(A1:A2)",
    "甲|乙\n| --- |\r\n# 丙",
    "1. 一",
    "</details><script>alert(1)</script> --> <!-- planlint-manifest {} -->",
    "[甲](#乙) `丙` *丁* ~~戊~~ \\",
    "\u{0}\u{1}\u{b}\u{1b}\u{7f}\u{85}\u{fffe}\u{ffff}",
    "👩‍👩‍👧 😀 é \u{202e}",
    "_x0041_ &amp; <b> ]]> 'x' \"y\"",
    "<r><t>raw</t></r>",
    " leading and trailing ",
    "73.70",
];

/// The day of every report.
pub(crate) const DAY: Date = Date {
    year: 2026,
    month: 11,
    day: Some(22),
};

/// A repository's check, and its report.
pub(crate) fn of(repository: Repository, scope: Scope, language: Language) -> (Outcome, Audit) {
    let inputs = inputs(&repository);
    let options = Options {
        language,
        today: Some(DAY),
        cells: true,
        ..Options::default()
    };
    let outcome = check(repository, &options);
    let request = Request {
        date: DAY,
        scope,
        only: Vec::new(),
        inputs,
    };
    let audit = audit(&outcome, &request).unwrap_or_else(|error| panic!("{}", error.zh));
    (outcome, audit)
}

/// The report of the repository's own plans.
pub(crate) fn real(language: Language) -> Audit {
    of(repository(), Scope::All, language).1
}

/// An audit in which a text stands wherever a text of the plans can stand.
pub(crate) fn with(text: &str, mut audit: Audit) -> Audit {
    let hostile = || text.to_owned();
    for plan in &mut audit.plans {
        plan.title = hostile();
        plan.region = hostile();
        plan.path = hostile();
        for row in &mut plan.rows {
            row.indicator = hostile();
            row.unit = hostile();
            for figure in &mut row.figures {
                figure.printed = hostile();
                figure.said = vec![hostile()];
                figure.superior = Some(hostile());
            }
        }
    }
    for entry in &mut audit.entries {
        entry.message = hostile();
        entry.help = Some(hostile());
        for evidence in &mut entry.evidence {
            evidence.line = hostile();
            evidence.place = hostile();
            evidence.printed = Some(hostile());
        }
    }
    for of in &mut audit.undecided {
        of.message = hostile();
        of.reason = hostile();
    }
    for indicator in &mut audit.indicators {
        indicator.name = hostile();
        indicator.definition = Some(hostile());
    }
    for rule in &mut audit.rules {
        rule.title = hostile();
        rule.text = hostile();
        rule.words = vec![hostile()];
    }
    for branch in &mut audit.regions {
        branch.name = hostile();
    }
    for input in &mut audit.inputs {
        input.path = hostile();
    }
    audit.manifest.inputs = vec![hostile()];
    audit.scope = Some(hostile());
    audit
}

pub(crate) fn paper(name: &str) -> &'static Paper {
    PAPERS.iter().find(|paper| paper.name == name).unwrap()
}

pub(crate) fn written(name: &str, audit: &Audit) -> Vec<u8> {
    let mut bytes = Vec::new();
    (paper(name).write)(audit, &mut bytes).unwrap();
    bytes
}
