//! Why something could not be decided.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::language::{Said, join};

/// Reasons kept of one undecided check; the rest would only repeat them.
const KEPT: usize = 12;

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReasonKind {
    /// The plan prints no figure.
    NotGiven,
    /// The source lost the cell.
    CellLost,
    /// The plan prints words, not a figure.
    Qualitative,
    /// The value could not be read; its own finding says why.
    Unreadable,
    /// The value is said relative to a baseline that is not given.
    NoBaseline,
    /// The value is said relative to a year of which no figure is known.
    OtherYear,
    /// A yearly change to a year that is no later than the baseline's.
    NotLater,
    /// The plan gives no baseline for the indicator.
    BaselineMissing,
    /// The plan has the indicator, but for another year or on another base.
    NotComparable,
    /// The region has a plan, but of another field or period.
    OtherPlan,
    /// The bound has no edge on the side that matters.
    OtherWay,
    /// The indicator has no better direction.
    NoDirection,
    /// The figure is rounded, and the answer depends on what it was.
    Approximate,
    /// The table prints no nature.
    NatureNotPrinted,
    /// The value's unit has another dimension than the indicator.
    OtherDimension,
    /// The figures of both sides have different dimensions.
    MixedDimensions,
    /// No superior plan says anything.
    NoSuperior,
    /// A region that is the highest.
    NoParent,
    /// A child region has no plan here.
    NoPlan,
    /// A plan has no such row.
    NoRow,
    /// The catalogue says nothing about it.
    NotInCatalogue,
    /// The plan does not say.
    NotSaid,
    /// There is nothing to aggregate.
    Nothing,
    /// A number grew beyond what is computed exactly.
    TooLarge,
    /// A division by zero.
    DividedByZero,
}

/// A reason, and what it is about (a region, a wording) where that helps.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// The kind.
    pub kind: ReasonKind,
    /// What it is about.
    pub about: Option<Said>,
}

/// The reasons that most undecided checks have, and that need no subject: these are made without asking for memory.
static PLAIN: [Reason; 10] = [
    Reason::new(ReasonKind::NotGiven),
    Reason::new(ReasonKind::CellLost),
    Reason::new(ReasonKind::NatureNotPrinted),
    Reason::new(ReasonKind::NotSaid),
    Reason::new(ReasonKind::BaselineMissing),
    Reason::new(ReasonKind::OtherWay),
    Reason::new(ReasonKind::NoDirection),
    Reason::new(ReasonKind::Approximate),
    Reason::new(ReasonKind::NotInCatalogue),
    Reason::new(ReasonKind::Nothing),
];

impl Reason {
    /// A reason that needs no subject.
    #[must_use]
    pub const fn new(kind: ReasonKind) -> Self {
        Self { kind, about: None }
    }

    /// A reason about something.
    #[must_use]
    pub const fn about(kind: ReasonKind, about: Said) -> Self {
        Self {
            kind,
            about: Some(about),
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn said(&self) -> Said {
        let (zh, en) = self.kind.words();
        match &self.about {
            // What is missing first, then who was asked.
            Some(about) if self.kind == ReasonKind::NoSuperior => Said::new(
                format!("{zh}（{}）", about.zh),
                format!("{en} ({})", about.en),
            ),
            Some(about) => Said::new(format!("{}：{zh}", about.zh), format!("{}: {en}", about.en)),
            None => Said::new(zh, en),
        }
    }
}

impl ReasonKind {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotGiven => ("没有给出数值", "not given"),
            Self::CellLost => ("来源文件中此格已缺失", "cell lost"),
            Self::Qualitative => ("只有文字表述，没有数值", "qualitative, no figure"),
            Self::Unreadable => ("数值无法识读", "the value cannot be read"),
            Self::NoBaseline => (
                "目标相对基期而定，而基期没有数值",
                "said relative to a baseline that is not given",
            ),
            Self::OtherYear => (
                "目标相对某一年而定，而该年没有数值",
                "said relative to a year of which no figure is known",
            ),
            Self::NotLater => (
                "目标年份不晚于基期，无法按年推算",
                "said by the year, but for a year no later than the baseline's",
            ),
            Self::BaselineMissing => (
                "规划没有这一指标的基期",
                "the plan gives no baseline for it",
            ),
            Self::NotComparable => (
                "规划有此指标，但年份或口径不同",
                "the plan has it, but for another year or base",
            ),
            Self::OtherPlan => (
                "有规划，但领域或规划期不同",
                "its plans are of another field or period",
            ),
            Self::OtherWay => (
                "数值的方向与指标改善方向相反",
                "the bound points the other way",
            ),
            Self::NoDirection => ("指标没有优劣方向", "no better direction"),
            Self::Approximate => ("近似值，无法确定", "approximate, cannot tell"),
            Self::NatureNotPrinted => ("表中未注明指标性质", "nature not printed"),
            Self::OtherDimension => (
                "单位与指标的量纲不同",
                "the unit has another dimension than the indicator",
            ),
            Self::MixedDimensions => (
                "两个数值的量纲不同",
                "the figures have different dimensions",
            ),
            Self::NoSuperior => ("没有上级规划提出此指标", "no superior plan states it"),
            Self::NoParent => ("再往上没有区划", "there is no region above"),
            Self::NoPlan => ("规划未收录", "no plan here"),
            Self::NoRow => ("规划中无此指标", "the plan has no such indicator"),
            Self::NotInCatalogue => ("指标目录未规定", "the catalogue does not say"),
            Self::NotSaid => ("规划未说明", "the plan does not say"),
            Self::Nothing => ("没有可以汇总的数值", "nothing to aggregate"),
            Self::TooLarge => ("数值过大，无法精确计算", "too large to compute exactly"),
            Self::DividedByZero => ("除数为零", "division by zero"),
        }
    }
}

/// One or more reasons, each once, in the order found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons(Cow<'static, [Reason]>);

impl Reasons {
    /// That nothing was said: what a variable is before it is bound.
    #[must_use]
    pub const fn unsaid() -> Self {
        static UNSAID: [Reason; 1] = [Reason::new(ReasonKind::NotSaid)];
        Self(Cow::Borrowed(&UNSAID))
    }

    /// One reason.
    #[must_use]
    pub fn one(reason: Reason) -> Self {
        let plain = PLAIN.iter().position(|plain| *plain == reason);
        let plain = plain.and_then(|at| PLAIN.get(at..=at));
        Self(plain.map_or_else(|| Cow::Owned(vec![reason]), Cow::Borrowed))
    }

    /// These reasons and those of another, each once.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "joined in folds, as truths are"
    )]
    pub fn with(mut self, more: Self) -> Self {
        for reason in more.0.iter() {
            if self.0.len() < KEPT && !self.0.contains(reason) {
                self.0.to_mut().push(reason.clone());
            }
        }
        self
    }

    /// Whether no further reason would be kept.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.len() >= KEPT
    }

    /// The reasons.
    #[must_use]
    pub fn as_slice(&self) -> &[Reason] {
        &self.0
    }

    /// All reasons in words, as one text.
    #[must_use]
    pub fn said(&self) -> Said {
        let each: Vec<Said> = self.0.iter().map(Reason::said).collect();
        join(&each)
    }
}
