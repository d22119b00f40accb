//! What plans say outside the table: claims, changes, lists, counts, promises, duties, measurements.

use serde::{Deserialize, Serialize};

use super::{Date, YearValue};
use crate::catalogue::IndicatorId;
use crate::quantity::UnitUse;
use crate::region::RegionId;
use crate::source::{Span, Spanned};

/// What a sentence about an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ClaimKind {
    /// A baseline.
    Baseline,
    /// A target.
    Target,
    /// A figure as it was.
    Actual,
}

/// What the prose says about an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The indicator.
    pub indicator: Spanned<IndicatorId>,
    /// What the sentence is.
    pub kind: ClaimKind,
    /// The year and the value.
    pub value: YearValue,
    /// The unit read; the indicator's own where none is given.
    pub unit_use: UnitUse,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The statistical base, where it is not the usual one.
    pub basis: Option<Spanned<String>>,
    /// Whose figure it is, if not the plan's own region's.
    pub region: Option<Spanned<RegionId>>,
    /// The whole entry.
    pub span: Span,
}

/// A stated rise or fall: "rose from A to B, by P".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The indicator, where it is one of the catalogue.
    pub indicator: Option<Spanned<IndicatorId>>,
    /// What it is about, where it is no indicator.
    pub subject: Option<Spanned<String>>,
    /// The figure it starts from.
    pub from: Option<YearValue>,
    /// The figure it arrives at.
    pub to: Option<YearValue>,
    /// The rise or fall as printed.
    pub stated: Option<YearValue>,
    /// The unit of both figures, as printed.
    pub unit: Option<Spanned<String>>,
    /// The unit read, where it is known.
    pub unit_use: Option<UnitUse>,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The statistical base.
    pub basis: Option<Spanned<String>>,
    /// Whose figures they are.
    pub region: Option<Spanned<RegionId>>,
    /// The whole entry.
    pub span: Span,
}

/// What a list names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RosterKind {
    /// Regions, by code or name.
    Region,
    /// Anything else, by name.
    Name,
}

/// A named list, with the count that the text gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// What ties lists of different plans together.
    pub subject: Spanned<String>,
    /// What the document calls it.
    pub name: Option<String>,
    /// How many the text says there are.
    pub count: Option<Spanned<i64>>,
    /// The names as given.
    pub members: Vec<Spanned<String>>,
    /// The regions that the names mean, in the same order; empty for other kinds.
    pub regions: Vec<Option<RegionId>>,
    /// What the list names.
    pub kind: RosterKind,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The whole entry.
    pub span: Span,
}

/// How many there are of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The thing.
    pub subject: Spanned<String>,
    /// What the document calls it.
    pub name: Option<String>,
    /// The year and the value.
    pub value: YearValue,
    /// What narrows it: a part of the region, a kind.
    pub scope: Option<Spanned<String>>,
    /// Its unit, as printed.
    pub unit: Option<Spanned<String>>,
    /// The unit read, where it is known.
    pub unit_use: Option<UnitUse>,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The statistical base.
    pub basis: Option<Spanned<String>>,
    /// Whose count it is.
    pub region: Option<Spanned<RegionId>>,
    /// The whole entry.
    pub span: Span,
}

/// What a general promise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CommitmentKind {
    /// Not weaker than a region's figures.
    NoWeakerThan,
    /// Better than the baseline.
    Improves,
    /// A value by a year.
    Reaches,
}

/// What the text promises about numbers in general.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What it is.
    pub kind: Spanned<CommitmentKind>,
    /// The region compared with.
    pub region: Option<Spanned<RegionId>>,
    /// The group of indicators it is about.
    pub domain: Option<Spanned<String>>,
    /// The indicator it is about.
    pub indicator: Option<Spanned<IndicatorId>>,
    /// The year and the value promised.
    pub value: Option<YearValue>,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The whole entry.
    pub span: Span,
}

/// Who does what by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What is to be done.
    pub title: Spanned<String>,
    /// Who leads.
    pub lead: Option<Spanned<String>>,
    /// Who else takes part.
    pub partners: Vec<Spanned<String>>,
    /// By which year.
    pub due: Option<Spanned<i64>>,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The whole entry.
    pub span: Span,
}

/// What was measured since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The indicator.
    pub indicator: Spanned<IndicatorId>,
    /// The year and the value.
    pub value: YearValue,
    /// The unit read; the indicator's own where none is given.
    pub unit_use: UnitUse,
    /// Where it stands in the document.
    pub at: Option<String>,
    /// The statistical base.
    pub basis: Option<Spanned<String>>,
    /// Whose figure it is.
    pub region: Option<Spanned<RegionId>>,
    /// The whole entry.
    pub span: Span,
}

/// An official figure: a population or another denominator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistic {
    /// The region.
    pub region: Spanned<RegionId>,
    /// The indicator.
    pub indicator: Spanned<IndicatorId>,
    /// The year and the value.
    pub value: YearValue,
    /// The unit read.
    pub unit_use: UnitUse,
    /// Where it was published.
    pub source: String,
}

/// A deviation that a plan accepts for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// What is accepted, and why.
    pub consent: Consent,
    /// Only for this indicator.
    pub indicator: Option<Spanned<IndicatorId>>,
}

/// What is accepted and on which terms, whoever writes it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The rule.
    pub rule: Spanned<String>,
    /// Only for this year.
    pub year: Option<i64>,
    /// Why.
    pub reason: Spanned<String>,
    /// Who accepted it.
    pub issuer: Option<String>,
    /// The number of the document that says so.
    pub number: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Spanned<Date>>,
    /// The value that it was granted for, as printed.
    pub value: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}
