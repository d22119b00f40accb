//! The plan itself, all but its indicator table.

use std::fmt;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Allow, Change, Claim, Commitment, Count, Few, Observation, Roster, Task};
use crate::notation::Reading;
use crate::region::RegionId;
use crate::source::Spanned;

/// How far a plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Being written.
    Draft,
    /// Put out for comment.
    Consultation,
    /// In force.
    Issued,
}

impl Status {
    /// The word of plan files and of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Consultation => "consultation",
            Self::Issued => "issued",
        }
    }
}

/// What a target obliges to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Nature {
    /// 约束性: must be met.
    Binding,
    /// 预期性: is expected.
    Anticipatory,
}

/// A day, or a month where only that is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// The day itself; the last of the month where only that is known.
    #[must_use]
    pub fn last_day(self) -> Self {
        Self {
            day: self.day.or(Some(31)),
            ..self
        }
    }
}

/// `2026-12-31`, or `2026-12` where only the month is known.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)?;
        match self.day {
            Some(day) => write!(formatter, "-{day:02}"),
            None => Ok(()),
        }
    }
}

/// The years a plan covers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
}

impl Period {
    /// Whether the two share a year.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// The document that a plan file was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSource {
    /// Its title.
    pub title: Option<String>,
    /// Its file name.
    pub file: Option<String>,
    /// The SHA-256 of that file, in hexadecimal.
    pub sha256: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<Date>,
}

/// A plan, all but its indicator table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: Spanned<String>,
    /// The region it is of.
    pub region: Spanned<RegionId>,
    /// The field it is in; plans are compared within one. Plans of one field share its text.
    pub field: Spanned<Arc<str>>,
    /// How far it has come.
    pub status: Spanned<Status>,
    /// When it was issued.
    pub issued: Option<Spanned<Date>>,
    /// Its document number.
    pub number: Option<String>,
    /// The years it covers.
    pub period: Spanned<Period>,
    /// The ids of the plans it names as its basis.
    pub follows: Few<Spanned<String>>,
    /// Whether only part of it is here.
    pub partial: bool,
    /// Where it came from, where it says.
    pub source: Option<Box<PlanSource>>,
    /// What its prose says about indicators.
    pub claims: Few<Claim>,
    /// Stated rises and falls.
    pub changes: Few<Change>,
    /// Named lists.
    pub rosters: Few<Roster>,
    /// Counts of things.
    pub counts: Few<Count>,
    /// What it promises about numbers in general.
    pub commitments: Few<Commitment>,
    /// Who does what by when.
    pub tasks: Few<Task>,
    /// What was measured since.
    pub observations: Few<Observation>,
    /// Accepted deviations.
    pub allows: Few<Allow>,
}

/// A value and its year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearValue {
    /// The year.
    pub year: i32,
    /// The value as printed, with the place of the text inside its quotes.
    pub printed: Spanned<String>,
    /// The value as read; `None` where it could not be.
    pub reading: Option<Arc<Reading>>,
}
