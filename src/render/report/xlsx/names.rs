//! The names of a workbook's sheets, settled before any is written so that links can lead to them.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::super::words::Words;
use super::HIDDEN;
use crate::audit::{Audit, Plan, State};

/// Units of UTF-16 that a name has room for.
const LONGEST: usize = 31;

/// Rows of a table in one sheet, of the 1,048,576 that there are.
pub(super) const MOST_ROWS: usize = 1_000_000;

/// Plans from which on only some have a sheet.
const MANY_PLANS: usize = 255;

/// How many have one then.
const MOST_PLANS: usize = 250;

/// The sheets by their names.
pub(super) struct Names {
    pub summary: String,
    pub findings: Vec<String>,
    pub undecided: Vec<String>,
    pub matrix: String,
    pub indicators: String,
    pub rules: String,
    pub accepted: String,
    pub coverage: String,
    pub inputs: String,
    pub method: String,
    /// Of all plans' rows together; none where each plan has a sheet.
    pub rows: Vec<String>,
    /// Of each plan of the report, where it has one.
    pub plans: Vec<Option<String>>,
}

impl Names {
    pub fn new(audit: &Audit, words: &Words) -> Self {
        let mut taken = Taken::default();
        let own = own_sheets(&audit.plans);
        let figures = audit.plans.iter().flat_map(|plan| &plan.rows);
        let figures: usize = figures.map(|row| row.figures.len()).sum();
        let rows = if own.is_none() {
            Vec::new()
        } else {
            taken.parts(words.all_rows, figures)
        };
        Self {
            summary: taken.name(words.summary),
            findings: taken.parts(words.findings, audit.entries.len()),
            undecided: taken.parts(words.undetermined, audit.undecided.len()),
            matrix: taken.name(words.matrix),
            indicators: taken.name(words.indicators),
            rules: taken.name(words.rules),
            accepted: taken.name(words.accepted),
            coverage: taken.name(words.coverage),
            inputs: taken.name(words.inputs),
            method: taken.name(words.method),
            rows,
            plans: plans(audit, own.as_ref(), &mut taken),
        }
    }

    /// Whether some plans have no sheet.
    pub fn leaves_out(&self) -> bool {
        !self.rows.is_empty()
    }
}

/// The plans that have a sheet, by their places; nothing where all have.
fn own_sheets(plans: &[Plan]) -> Option<FxHashSet<usize>> {
    let reported = plans.iter().filter(|plan| plan.is_reported).count();
    (reported > MANY_PLANS).then_some(())?;
    let of_note = plans.iter().enumerate().filter(|(_, plan)| {
        plan.is_reported && matches!(plan.standing.state(), State::Error | State::Warning)
    });
    let mut gravest: Vec<(usize, &Plan)> = of_note.collect();
    gravest.sort_by_key(|(at, plan)| {
        let standing = &plan.standing;
        (Reverse((standing.errors, standing.warnings)), *at)
    });
    let kept = gravest.into_iter().take(MOST_PLANS);
    Some(kept.map(|(at, _)| at).collect())
}

fn plans(audit: &Audit, own: Option<&FxHashSet<usize>>, taken: &mut Taken) -> Vec<Option<String>> {
    let plans = audit.plans.iter().enumerate();
    let named = plans.map(|(at, plan)| {
        let has_one = plan.is_reported && own.is_none_or(|own| own.contains(&at));
        has_one.then(|| taken.name(&format!("{} {}", plan.region, plan.period)))
    });
    named.collect()
}

/// The names that are given away, in small letters: programs do not tell them apart by case.
struct Taken(FxHashSet<String>);

impl Default for Taken {
    fn default() -> Self {
        // "History" is a name that the most common program keeps for itself.
        Self([HIDDEN, "history"].map(str::to_owned).into_iter().collect())
    }
}

impl Taken {
    /// A name that no sheet has yet.
    fn name(&mut self, wanted: &str) -> String {
        let cleaned = cleaned(wanted);
        let mut number = 1;
        loop {
            let end = match number {
                1 => String::new(),
                _ => format!(" ({number})"),
            };
            let name = format!("{}{end}", cut(&cleaned, LONGEST - end.len()));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }

    /// The names of as many sheets as so many rows need.
    fn parts(&mut self, wanted: &str, rows: usize) -> Vec<String> {
        let sheets = rows.div_ceil(MOST_ROWS).max(1);
        (0..sheets).map(|_| self.name(wanted)).collect()
    }
}

/// A text without what no name may hold.
fn cleaned(text: &str) -> String {
    let fits = |of: char| {
        let is_forbidden = matches!(of, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
        !is_forbidden && !of.is_control() && !matches!(of, '\u{fffe}' | '\u{ffff}')
    };
    let kept = text.chars().map(|of| if fits(of) { of } else { ' ' });
    let kept: String = kept.collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    if words.is_empty() {
        return "–".to_owned();
    }
    words.join(" ")
}

/// The beginning of a text that so many units have room for.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let fits = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > most
    });
    let end = fits.map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default().trim_end()
}

/// What leads to a cell of a sheet.
pub(super) fn link(sheet: &str, row: u32) -> String {
    format!("internal:'{}'!A{}", sheet.replace('\'', "''"), row + 1)
}
