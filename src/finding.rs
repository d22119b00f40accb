//! What is shown to a user: findings with labelled places, and the report that counts them.

mod standing;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::problem::Severity;
use crate::source::Span;

pub use standing::{Comparison, Deviation, Fixed, Group, RuleInfo, Standing};

/// A finding before it is told: enough to order, choose and count it. A run may have hundreds of thousands, of which
/// few are read, so that only these are kept of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
    /// How grave it is.
    pub severity: Severity,
    /// What was decided; `None` for an input problem, which is no check.
    pub verdict: Option<Decided>,
    /// The primary place.
    pub place: Option<Span>,
    /// How many others say it again.
    pub related: u32,
    /// Where in the report the finding stands that this one says again.
    pub restates: Option<u32>,
    /// Whether it counts.
    pub standing: Standing,
}

/// Where findings are made, each when somebody asks for it: by its place in [`Report::findings`].
pub trait Findings: Sync {
    /// The finding in full; `None` where there is none at that place.
    fn get(&self, at: usize) -> Option<Finding>;

    /// Its rule's id or its kind's, which is known before it is told.
    fn code(&self, at: usize) -> Option<&str>;

    /// What it belongs to, by its name: a plan, a rule, an indicator, a region; `None` where it is about none.
    fn heading(&self, _at: usize, _by: Group) -> Option<String> {
        None
    }

    /// The rules that were on, and the kinds of input problems that occur, in this order.
    fn rules(&self) -> Vec<RuleInfo>;
}

/// What a finding is known by from run to run: sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// A finding in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, or the kind of input problem.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// What was decided; `None` for an input problem, which is no check.
    pub verdict: Option<Decided>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Why it could not be decided.
    pub reason: Option<String>,
    /// Where the rule is explained.
    pub url: String,
    /// Stays the same while the finding is about the same things.
    pub fingerprint: Fingerprint,
    /// Replacements that would mend it.
    pub fixes: Vec<Fix>,
    /// What it is about.
    pub subject: Subject,
    /// The places it shows, the primary one first.
    pub labels: Vec<Label>,
    /// Other findings that compare the same figures: they say it again, and no more gravely.
    pub related: Vec<Related>,
    /// The fingerprint of the finding that this one says again.
    pub restates: Option<Fingerprint>,
    /// Whether it counts.
    pub standing: Standing,
}

/// A finding that says another again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its rule.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// What it says.
    pub message: String,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
}

/// What a check that became a finding decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Decided {
    /// It does not hold.
    Violated,
    /// It could not be decided.
    Undetermined,
}

impl Decided {
    /// The word in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Violated => "violated",
            Self::Undetermined => "undetermined",
        }
    }
}

/// A replacement that would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// What it replaces.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// What a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The plan's id.
    pub plan: Option<String>,
    /// The region's code.
    pub region: Option<String>,
    /// The indicator's id.
    pub indicator: Option<String>,
    /// The year.
    pub year: Option<i32>,
}

/// A labelled place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What it says of it.
    pub message: String,
}

/// The report of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The language of its texts.
    pub language: Language,
    /// What was read.
    pub inputs: Inputs,
    /// The counts.
    pub summary: Summary,
    /// The findings in brief, by path, line and rule.
    pub findings: Vec<Brief>,
    /// The counts of each rule, in the order of their ids.
    pub rules: Vec<RuleCount>,
    /// Where input errors stand in files loaded for context only: `path:line`, each once.
    pub context_errors: Vec<String>,
    /// The accepted deviations that were made use of, by path and line.
    pub deviations: Vec<Deviation>,
    /// What was there before, where that was asked for.
    pub comparison: Option<Comparison>,
    /// How many checks could be decided, of how many: allowed and known ones too.
    pub coverage: (usize, usize),
}

impl Report {
    /// The findings that count, each with its place.
    pub fn open(&self) -> impl Iterator<Item = (usize, &Brief)> {
        let all = self.findings.iter().enumerate();
        all.filter(|(_, brief)| brief.standing == Standing::Open)
    }

    /// The accepted deviation of an entry.
    #[must_use]
    pub fn deviation(&self, place: Span) -> Option<&Deviation> {
        let mut all = self.deviations.iter();
        all.find(|deviation| deviation.place == place)
    }
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Plans.
    pub plans: usize,
    /// Regions.
    pub regions: usize,
    /// Indicators of the catalogue.
    pub indicators: usize,
    /// Rules that were on.
    pub rules: usize,
    /// Targets of all plans.
    pub targets: usize,
}

/// The counts of a run. `checks = holds + violated + undetermined`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Checks made.
    pub checks: usize,
    /// Of them, those that hold.
    pub holds: usize,
    /// Of them, those that do not.
    pub violated: usize,
    /// Of them, those that could not be decided.
    pub undetermined: usize,
    /// Input problems of severity error, in files shown or loaded for context.
    pub input_errors: usize,
    /// Findings of severity error, input errors included.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Findings that a plan allows; in no other count.
    pub allowed: usize,
    /// Findings that a baseline holds; in no other count.
    pub baselined: usize,
}

/// The counts of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// Its id.
    pub rule: String,
    /// Checks made.
    pub checks: usize,
    /// Of them, those that hold.
    pub holds: usize,
    /// Of them, those that do not.
    pub violated: usize,
    /// Of them, those that could not be decided.
    pub undetermined: usize,
}

impl RuleCount {
    /// Adds the counts of another part of the same rule's checks.
    pub fn add(&mut self, part: &Self) {
        self.checks += part.checks;
        self.holds += part.holds;
        self.violated += part.violated;
        self.undetermined += part.undetermined;
    }

    /// Takes the counts of a part away again.
    pub fn subtract(&mut self, part: &Self) {
        self.checks -= part.checks;
        self.holds -= part.holds;
        self.violated -= part.violated;
        self.undetermined -= part.undetermined;
    }
}

impl Finding {
    /// Whether it is a problem with the input rather than with the numbers.
    #[must_use]
    pub const fn is_input(&self) -> bool {
        self.verdict.is_none()
    }

    /// Whether it is an input problem, a violation, or what a rule raises although it could not be decided.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        is_raised(self.verdict, self.severity)
    }

    /// Whether something could not be read, so that the check was incomplete: an input error that is not about what
    /// was read well but may not stand so.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        let judged = ["allow/", "since/"];
        self.is_input() && !judged.iter().any(|area| self.code.starts_with(area))
    }
}

impl Brief {
    /// Whether it stands in the counts of severities: of what is raised, what is open.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.is_raised() && self.standing == Standing::Open
    }

    /// Whether it is an input problem, a violation, or what a rule raises although it could not be decided.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        is_raised(self.verdict, self.severity)
    }
}

fn is_raised(verdict: Option<Decided>, severity: Severity) -> bool {
    verdict != Some(Decided::Undetermined) || severity > Severity::Note
}
