//! Reports for people who never saw the tool, a file per format: the same content in each.

mod chapter;
mod docx;
mod drawing;
mod html;
mod markdown;
mod verification;
mod words;
mod xlsx;

use std::fmt::Write;
use std::io;

use crate::audit::{Audit, Manifest, Standing};
use crate::language::{Language, counted};

pub use verification::verification;

/// A format of a report.
pub struct Paper {
    /// Its name behind `--format`.
    pub name: &'static str,
    /// How its files' names end.
    pub ending: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Writes a report in it.
    pub write: fn(&Audit, &mut dyn io::Write) -> io::Result<()>,
    /// What a file in it says of itself; `None` where it is no report.
    pub manifest: fn(&[u8]) -> Option<Manifest>,
}

/// Every format of a report.
pub const PAPERS: &[Paper] = &[
    Paper {
        name: "html",
        ending: "html",
        doc: "for reading, on a screen or printed: one file",
        write: html::write,
        manifest: html::manifest,
    },
    Paper {
        name: "docx",
        ending: "docx",
        doc: "for offices that live in Word, and for comments",
        write: docx::write,
        manifest: docx::manifest,
    },
    Paper {
        name: "xlsx",
        ending: "xlsx",
        doc: "for planners: a sheet per plan, findings to sort and to filter",
        write: xlsx::write,
        manifest: xlsx::manifest,
    },
    Paper {
        name: "markdown",
        ending: "md",
        doc: "for repositories, which show it by themselves",
        write: markdown::write,
        manifest: markdown::manifest,
    },
];

/// What is said when a report was written into a file.
#[must_use]
pub fn written(audit: &Audit, path: &str) -> String {
    let Standing {
        errors,
        warnings,
        notes,
        counts,
    } = audit.summary.standing;
    let undetermined = counts.undetermined;
    match audit.language {
        Language::Chinese => format!(
            "已写出 {path}：错误 {errors}，警告 {warnings}，提示 {notes}，无法判断 {undetermined}\n"
        ),
        Language::English => format!(
            "wrote {path}: {}, {}, {}, {undetermined} undetermined\n",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(notes, "note"),
        ),
    }
}

/// What a report says of itself, in whatever format it is, and which that is.
#[must_use]
pub fn manifest(bytes: &[u8]) -> Option<(&'static Paper, Manifest)> {
    PAPERS
        .iter()
        .find_map(|paper| Some((paper, (paper.manifest)(bytes)?)))
}

/// A manifest as JSON in which some characters are escaped: those that what it stands in would take for its own.
/// Only texts may hold them.
fn json(manifest: &Manifest, is_escaped: fn(char) -> bool) -> io::Result<String> {
    let json = serde_json::to_string(manifest)?;
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if !is_escaped(character) {
            out.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    Ok(out)
}
