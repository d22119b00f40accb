//! Output formats of a report, a file each.

mod json;
mod snippet;
mod statistics;
mod table;
mod text;

pub use statistics::statistics;
pub use text::Style;

use std::io;

use crate::finding::{Finding, Findings, Report};
use crate::language::Language;
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
pub type Render = fn(&Report, &dyn Findings, &Sources, &View, &mut dyn io::Write) -> io::Result<()>;

/// What of a report is wanted, and how it may look.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    /// Checks that could not be decided are listed too.
    pub undetermined: bool,
    /// How many findings text shows, the gravest first; all where there is no number.
    pub most: Option<usize>,
    /// How text may look.
    pub style: Style,
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
];

/// One finding as text.
#[must_use]
pub fn one(finding: &Finding, language: Language, sources: &Sources, style: Style) -> String {
    text::finding(finding, language, sources, style)
}
