//! What can be wrong with an input: one list of kinds, and a problem with its places, in both languages.

use serde::{Deserialize, Serialize};

use crate::language::Said;
use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended or explained.
    Warning,
    /// Contradicts what binds it.
    Error,
}

impl Severity {
    /// All severities, gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word of the rule language, of JSON and of `--fail-on`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares the kinds with their ids and severities, in one list.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal $severity:ident,)*) => {
        /// A kind of input problem. Ids are fixed points.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind { $($(#[doc = $doc])* $name,)* }

        impl Kind {
            /// Every kind, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The id that findings carry.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// How grave it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

kinds! {
    /// A file that cannot be read as text.
    UnreadableFile = "input/unreadable-file" Error,
    /// Text that is no TOML or CSV.
    Syntax = "input/syntax" Error,
    /// A top-level key that stands below a `[[…]]` header.
    MisplacedKey = "input/misplaced-key" Error,
    /// A key that its table does not have.
    UnknownKey = "input/unknown-key" Error,
    /// A value of another type than its key takes.
    WrongType = "input/wrong-type" Error,
    /// A key that its table needs.
    MissingKey = "input/missing-key" Error,
    /// An indicator that the catalogue does not have.
    UnknownIndicator = "input/unknown-indicator" Error,
    /// A region that the table of regions does not have.
    UnknownRegion = "input/unknown-region" Error,
    /// A unit that the catalogue does not have.
    UnknownUnit = "input/unknown-unit" Error,
    /// A value that is written in no known notation.
    UnreadableValue = "input/unreadable-value" Error,
    /// The same cell, indicator or unit given twice.
    DuplicateEntry = "input/duplicate-entry" Error,
    /// Two plans with one id.
    DuplicatePlan = "input/duplicate-plan" Error,
    /// Rows of a bulk table that say different things of one plan.
    DisagreeingRows = "input/disagreeing-rows" Error,
    /// A region whose parent is not in the table.
    RegionOrphan = "input/region-orphan" Error,
    /// A region with two parents.
    RegionTwoParents = "input/region-two-parents" Error,
    /// Regions that are their own ancestors.
    RegionCycle = "input/region-cycle" Error,
    /// A region whose level does not lie below its parent's.
    RegionLevel = "input/region-level" Error,
    /// A region given twice.
    RegionDuplicate = "input/region-duplicate" Error,
    /// A plan followed that is not here.
    UnknownBasisPlan = "input/unknown-basis-plan" Note,
    /// Text that is no rule.
    RuleSyntax = "rule/syntax" Error,
    /// A name that means nothing where it stands.
    RuleUnknownName = "rule/unknown-name" Error,
    /// An expression of another type than is needed.
    RuleType = "rule/type" Error,
    /// Quantities of different dimensions put together.
    RuleDimension = "rule/dimension" Error,
    /// Two rules with one id.
    RuleDuplicateId = "rule/duplicate-id" Error,
    /// A hole in a message that cannot be filled.
    RuleHole = "rule/hole" Error,
    /// Conditions that cannot all hold.
    RuleContradictory = "rule/contradictory" Warning,
    /// A requirement that always holds.
    RuleAlwaysTrue = "rule/always-true" Warning,
    /// A `let` or `param` that nothing uses.
    RuleUnused = "rule/unused" Warning,
    /// A rule that applied to nothing.
    RuleIdle = "rule/idle" Note,
    /// Characters in an id that look like others.
    RuleConfusable = "rule/confusable" Warning,
    /// What a test expects and was not found.
    TestMissing = "test/missing" Error,
    /// What was found in a test that does not expect it.
    TestUnexpected = "test/unexpected" Error,
    /// A change to a rule that none of its tests notices.
    TestSurvivor = "test/survivor" Warning,
}

/// A further place that belongs to a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Also {
    /// Where.
    pub span: Span,
    /// What it has to do with it.
    pub label: Said,
}

/// Something wrong with an input, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Its kind.
    pub kind: Kind,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Said,
    /// What stands at the place.
    pub label: Said,
    /// Other places it has to do with.
    pub also: Vec<Also>,
    /// What to do about it.
    pub help: Option<Said>,
    /// A replacement for the text at the place that mends it.
    pub replacement: Option<String>,
}

impl Problem {
    /// A problem with one place.
    #[must_use]
    pub fn new(kind: Kind, span: Span, message: Said, label: Said) -> Self {
        Self {
            kind,
            span,
            message,
            label,
            also: Vec::new(),
            help: None,
            replacement: None,
        }
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: Said) -> Self {
        self.help = Some(help);
        self
    }

    /// With another place.
    #[must_use]
    pub fn also(mut self, span: Span, label: Said) -> Self {
        self.also.push(Also { span, label });
        self
    }

    /// With a text that, put at the place, mends it.
    #[must_use]
    pub fn replacement(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }

    /// With a suggestion out of known names, where one is near; as a fix only where it is a slip of one or two letters.
    #[must_use]
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let Some(name) = nearest(wrong, known) else {
            return self;
        };
        let help = Said::new(
            format!("是否想写“{name}”？"),
            format!("did you mean `{name}`?"),
        );
        let problem = self.help(help);
        if strsim::damerau_levenshtein(wrong, name) <= 2 {
            problem.replacement(name)
        } else {
            problem
        }
    }
}

/// The known name that is most like a wrong one, if any is like it.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for name in known.into_iter().filter(|name| *name != wrong) {
        let score = strsim::normalized_damerau_levenshtein(wrong, name);
        if score >= 0.7 && best.is_none_or(|(high, _)| score > high) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name)
}
