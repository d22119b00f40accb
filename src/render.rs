//! Output formats of a report, a file each.

mod batch;
mod checkstyle;
mod csv;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod place;
mod report;
mod sarif;
mod snippet;
mod statistics;
mod summary;
mod table;
mod text;
mod wording;
mod xml;

pub use report::{PAPERS, Paper, manifest, verification, written};
pub use statistics::statistics;
pub use summary::summary;
pub use text::Style;

use std::io;

use crate::finding::{Brief, Finding, Findings, Group, Report, Standing};
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Sources;

/// An output format.
pub struct Format {
    /// Its name behind `--format`.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Writes the report in it.
    pub render: Render,
}

/// Writes a report. Findings are asked for one at a time, as many as the format shows.
pub type Render =
    fn(&Report, &dyn Findings, &Sources, &View<'_>, &mut dyn io::Write) -> io::Result<()>;

/// What of a report is wanted, and how it may look.
#[derive(Clone, Copy, Debug)]
pub struct View<'v> {
    /// Checks that could not be decided are listed too.
    pub undetermined: bool,
    /// How many findings text shows, the gravest first; all where there is no number.
    pub most: Option<usize>,
    /// How text may look.
    pub style: Style,
    /// What text puts findings together by.
    pub group: Group,
    /// Text tells the counts of each rule, too.
    pub rules: bool,
    /// The severity from which the check fails.
    pub threshold: Severity,
    /// What stands before each path for programs that look from the root of the version-controlled tree: empty, or a
    /// folder with `/` at its end.
    pub prefix: &'v str,
}

impl Default for View<'_> {
    fn default() -> Self {
        Self {
            undetermined: false,
            most: None,
            style: Style::default(),
            group: Group::default(),
            rules: false,
            threshold: Severity::Error,
            prefix: "",
        }
    }
}

impl View<'_> {
    /// Whether a finding is listed: what counts, and what could not be decided where that is asked for.
    #[must_use]
    pub fn lists(&self, brief: &Brief) -> bool {
        self.shows(brief) && brief.standing == Standing::Open
    }

    /// Whether a finding is listed, or would be if nobody had accepted it and it had not been there before.
    #[must_use]
    pub fn shows(&self, brief: &Brief) -> bool {
        self.undetermined || brief.is_raised()
    }
}

/// Every output format.
pub const ALL: &[Format] = &[
    Format {
        name: "text",
        doc: "for people: each finding with the lines it is about",
        render: text::render,
    },
    Format {
        name: "json",
        doc: "for programs: schema version 1",
        render: json::render,
    },
    Format {
        name: "sarif",
        doc: "for code scanning: SARIF 2.1.0",
        render: sarif::render,
    },
    Format {
        name: "junit",
        doc: "for test reports: a suite per rule",
        render: junit::render,
    },
    Format {
        name: "github",
        doc: "for GitHub Actions: annotations of the changed lines",
        render: github::render,
    },
    Format {
        name: "gitlab",
        doc: "for GitLab CI: a Code Quality report",
        render: gitlab::render,
    },
    Format {
        name: "checkstyle",
        doc: "for programs that take Checkstyle's XML",
        render: checkstyle::render,
    },
    Format {
        name: "markdown",
        doc: "for comments on a merge request and job summaries",
        render: markdown::render,
    },
    Format {
        name: "csv",
        doc: "for spreadsheets: a row per finding",
        render: csv::render,
    },
];

/// One finding as text.
#[must_use]
pub fn one(finding: &Finding, language: Language, sources: &Sources, style: Style) -> String {
    text::finding(finding, language, sources, style)
}
