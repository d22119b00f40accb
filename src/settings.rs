//! What a repository's `planlint.toml` says, each with its place.

use crate::language::Language;
use crate::model::{Consent, Status};
use crate::problem::Severity;
use crate::quantity::Number;
use crate::region::Level;
use crate::source::{Span, Spanned};

/// The settings of a repository; what it does not say is as if there were no file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The language of messages.
    pub language: Option<Spanned<Language>>,
    /// The severity from which a check fails.
    pub fail_on: Option<Spanned<Severity>>,
    /// Patterns of rules that fail a check where they cannot be decided.
    pub fail_on_undetermined: Vec<Spanned<String>>,
    /// The least share of checks, in per cent, that must be decided.
    pub min_coverage: Option<Spanned<Number>>,
    /// The path of the baseline.
    pub baseline: Option<Spanned<String>>,
    /// Where things stand.
    pub paths: Paths,
    /// What is said of rules, first of all plans, then of some; later ones win.
    pub rules: Vec<Ruling>,
    /// Accepted deviations.
    pub exceptions: Vec<Exception>,
}

/// Where things stand, relative to the repository's root.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths {
    /// Folders of plan files and bulk tables.
    pub plans: Vec<Spanned<String>>,
    /// Folders of rule files.
    pub rules: Vec<Spanned<String>>,
    /// The table of regions.
    pub regions: Option<Spanned<String>>,
    /// The catalogue.
    pub indicators: Option<Spanned<String>>,
    /// The statistics.
    pub statistics: Option<Spanned<String>>,
    /// What is left out, as patterns of `.gitignore`.
    pub exclude: Vec<Spanned<String>>,
}

/// What is said of some rules for some plans.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// Which rules: ids, `area/*` or `*`.
    pub rules: Vec<Spanned<String>>,
    /// For which plans.
    pub plans: Plans,
    /// Whether the rules are on.
    pub enabled: Option<Spanned<bool>>,
    /// How grave a violation is.
    pub severity: Option<Spanned<Severity>>,
    /// Values of parameters, by name, as texts of the rule language.
    pub parameters: Vec<(Spanned<String>, Spanned<String>)>,
    /// The whole entry.
    pub span: Span,
}

/// Which plans are meant: those that answer to all that is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plans {
    /// Those of regions of a level.
    pub level: Option<Spanned<Level>>,
    /// Those of a region and the regions below it: its code or name.
    pub region: Option<Spanned<String>>,
    /// Those of a field.
    pub field: Option<Spanned<String>>,
    /// Those of a status.
    pub status: Option<Spanned<Status>>,
}

impl Plans {
    /// Whether nothing is said: all plans are meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// A deviation that the settings accept.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// What is accepted, and why.
    pub consent: Consent,
    /// Whose it is.
    pub whose: Whose,
    /// Only for this indicator.
    pub indicator: Option<Spanned<String>>,
}

/// Whose deviation is accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// That of the plan of this id.
    Plan(Spanned<String>),
    /// That of the plans of a region: its code or name.
    Region {
        /// The region.
        region: Spanned<String>,
        /// Whether the plans of the regions below are meant, too.
        subtree: bool,
    },
}

/// Whether a pattern names a rule: its id, `area/*` or `*`.
#[must_use]
pub fn names(pattern: &str, rule: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(area) => rule.starts_with(area),
        None => pattern == rule,
    }
}

/// A share in per cent, 0 to 100: `80`, `97.5`, `80%`.
#[must_use]
pub fn percent(text: &str) -> Option<Number> {
    let text = text.trim();
    let number = Number::parse(text.strip_suffix('%').unwrap_or(text))?;
    let most = Number::parse("100")?;
    (number >= Number::ZERO && number <= most).then_some(number)
}
