//! What can be wrong with an input: one list of kinds, and a problem with its places, in both languages.

use serde::{Deserialize, Serialize};

use crate::language::Said;
use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

/// Declares the kinds with their ids, severities and titles in both languages, in one list.
macro_rules! kinds {
    ($(#[doc = $doc:literal] $name:ident = $id:literal $severity:ident $zh:literal,)*) => {
        /// A kind of input problem. Ids are fixed points.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind { $(#[doc = $doc] $name,)* }

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

            /// What is wrong, in a few words.
            #[must_use]
            pub fn title(self) -> Said {
                let (zh, en): (&str, &str) = match self { $(Self::$name => ($zh, $doc),)* };
                Said::new(zh, en.trim().trim_end_matches('.'))
            }
        }
    };
}

kinds! {
    /// A file that cannot be read as text.
    UnreadableFile = "input/unreadable-file" Error "文件无法作为文本读取",
    /// Text that is no TOML or CSV.
    Syntax = "input/syntax" Error "文本不是合法的 TOML 或 CSV",
    /// A top-level key that stands below a `[[…]]` header.
    MisplacedKey = "input/misplaced-key" Error "顶层的键写在了 [[…]] 之下",
    /// A key that its table does not have.
    UnknownKey = "input/unknown-key" Error "没有这个键",
    /// A value of another type than its key takes.
    WrongType = "input/wrong-type" Error "值的类型不对",
    /// A key that its table needs.
    MissingKey = "input/missing-key" Error "缺少必需的键",
    /// An indicator that the catalogue does not have.
    UnknownIndicator = "input/unknown-indicator" Error "目录里没有这项指标",
    /// A region that the table of regions does not have.
    UnknownRegion = "input/unknown-region" Error "区划表里没有这个区划",
    /// A unit that the catalogue does not have.
    UnknownUnit = "input/unknown-unit" Error "目录里没有这个单位",
    /// A value that is written in no known notation.
    UnreadableValue = "input/unreadable-value" Error "数值的写法无法识别",
    /// The same cell, indicator or unit given twice.
    DuplicateEntry = "input/duplicate-entry" Error "同一格、同一指标或单位给了两次",
    /// Two plans with one id.
    DuplicatePlan = "input/duplicate-plan" Error "两份规划用了同一个 id",
    /// Rows of a bulk table that say different things of one plan.
    DisagreeingRows = "input/disagreeing-rows" Error "批量表各行对同一规划说法不一",
    /// A region whose parent is not in the table.
    RegionOrphan = "input/region-orphan" Error "区划的上级不在表里",
    /// A region with two parents.
    RegionTwoParents = "input/region-two-parents" Error "区划有两个上级",
    /// Regions that are their own ancestors.
    RegionCycle = "input/region-cycle" Error "区划成了自己的上级",
    /// A region whose level does not lie below its parent's.
    RegionLevel = "input/region-level" Error "区划的层级不低于上级",
    /// A region given twice.
    RegionDuplicate = "input/region-duplicate" Error "同一区划给了两次",
    /// A plan followed that is not here.
    UnknownBasisPlan = "input/unknown-basis-plan" Note "作为依据的规划未收录",
    /// Text that is no rule.
    RuleSyntax = "rule/syntax" Error "文本不是规则",
    /// A name that means nothing where it stands.
    RuleUnknownName = "rule/unknown-name" Error "这里没有这个名称",
    /// An expression of another type than is needed.
    RuleType = "rule/type" Error "表达式的类型不对",
    /// Quantities of different dimensions put together.
    RuleDimension = "rule/dimension" Error "不同量纲的量放在了一起",
    /// Two rules with one id.
    RuleDuplicateId = "rule/duplicate-id" Error "两条规则用了同一个名称",
    /// A hole in a message that cannot be filled.
    RuleHole = "rule/hole" Error "消息里的空无法填写",
    /// Conditions that cannot all hold.
    RuleContradictory = "rule/contradictory" Warning "几个条件不可能同时成立",
    /// A requirement that always holds.
    RuleAlwaysTrue = "rule/always-true" Warning "要求总是成立",
    /// A `let` or `param` that nothing uses.
    RuleUnused = "rule/unused" Warning "let 或 param 没有用到",
    /// A rule that applied to nothing.
    RuleIdle = "rule/idle" Note "规则没有用上",
    /// Characters in an id that look like others.
    RuleConfusable = "rule/confusable" Warning "名称里有形近的字符",
    /// What a test expects and was not found.
    TestMissing = "test/missing" Error "测试所期望的没有出现",
    /// What was found in a test that does not expect it.
    TestUnexpected = "test/unexpected" Error "测试没有期望的却出现了",
    /// A change to a rule that none of its tests notices.
    TestSurvivor = "test/survivor" Warning "对规则的改动没有测试发觉",
    /// An accepted deviation that covers no finding.
    AllowUnused = "allow/unused" Warning "准许的偏差没有用上",
    /// An accepted deviation whose day is over.
    AllowExpired = "allow/expired" Error "准许的偏差已到期",
    /// An accepted deviation that was granted for another value.
    AllowValueChanged = "allow/value-changed" Error "准许的偏差所针对的数值已改",
    /// A target that was changed in a plan that is issued.
    IssuedTargetChanged = "since/issued-target-changed" Error "已印发规划的目标被改动",
    /// A rule that the settings name and nobody has.
    SettingsUnknownRule = "settings/unknown-rule" Error "设置里的规则不存在",
    /// A parameter that the settings name and the rule does not have.
    SettingsUnknownParameter = "settings/unknown-parameter" Error "设置里的参数不存在",
    /// A setting whose value cannot be used.
    SettingsValue = "settings/wrong-value" Error "设置的值不能用",
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
