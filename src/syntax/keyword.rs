//! The words of the language, each in both spellings, in one table.

use crate::language::Language;
use crate::source::Spanned;

/// A word's two spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The English one; words separated by one space.
    pub en: &'static str,
    /// The Chinese one.
    pub zh: &'static str,
}

macro_rules! keywords {
    ($($name:ident = $en:literal $zh:literal,)*) => {
        /// A word, or a fixed sequence of words, of the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is named after its English spelling")]
        pub enum Keyword { $($name,)* }

        impl Keyword {
            /// Every keyword, in the order of this table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its spellings.
            #[must_use]
            pub const fn spelling(self) -> Spelling {
                match self { $(Self::$name => Spelling { en: $en, zh: $zh },)* }
            }
        }
    };
}

keywords! {
    Format = "format" "格式",
    Rule = "rule" "规则",
    Severity = "severity" "级别",
    When = "when" "当",
    Otherwise = "otherwise" "否则为",
    Tags = "tags" "标签",
    Cite = "cite" "依据",
    For = "for" "对于",
    In = "in" "属于",
    Where = "where" "其中",
    Let = "let" "令",
    Require = "require" "要求",
    Unless = "unless" "除非",
    Undetermined = "undetermined" "存疑",
    Ignore = "ignore" "忽略",
    Error = "error" "错误",
    Warning = "warning" "警告",
    Note = "note" "提示",
    Param = "param" "参数",
    Title = "title" "标题",
    Message = "message" "说明",
    Label = "label" "标注",
    Help = "help" "建议",
    And = "and" "且",
    Or = "or" "或",
    Not = "not" "非",
    Implies = "implies" "蕴含",
    NoWeakerThan = "no weaker than" "不弱于",
    WeakerThan = "weaker than" "弱于",
    Within = "within" "介于",
    AgreesWith = "agrees with" "相符于",
    StartsWith = "starts with" "开头为",
    Contains = "contains" "含有",
    SubsetOf = "subset of" "包含于",
    Union = "union" "并",
    Except = "except" "除去",
    Intersect = "intersect" "交",
    If = "if" "如果",
    Then = "then" "那么",
    Else = "else" "否则",
    WeightedBy = "weighted by" "加权于",
    Sum = "sum" "合计",
    Count = "count" "个数",
    Min = "min" "最小",
    Max = "max" "最大",
    Mean = "mean" "平均",
    Any = "any" "存在",
    Every = "every" "任一",
    Define = "define" "定义",
    Test = "test" "测试",
    Rules = "rules" "规则集",
    Regions = "regions" "区划",
    Plan = "plan" "规划",
    Expect = "expect" "期望",
    Nothing = "nothing" "没有",
    Once = "once" "一次",
    At = "at" "在",
    With = "with" "值为",
    Because = "because" "因为",
    Applies = "applies" "适用",
    Level = "level" "层级",
    Field = "field" "领域",
    Period = "period" "规划期",
    IsAt = "is at" "位于",
    Is = "is" "是",
    Binding = "binding" "约束性",
    Anticipatory = "anticipatory" "预期性",
    Given = "given" "已给出",
    Qualitative = "qualitative" "定性",
    Approximate = "approximate" "约数",
    Nation = "nation" "国家",
    Province = "province" "省级",
    Prefecture = "prefecture" "地级",
    County = "county" "县级",
    Township = "township" "乡级",
    Village = "village" "村级",
    Draft = "draft" "草案",
    Consultation = "consultation" "征求意见",
    Issued = "issued" "已印发",
    Claim = "claim" "正文",
    Change = "change" "增减",
    Roster = "roster" "名单",
    Commitment = "commitment" "承诺",
    Task = "task" "任务",
    Observation = "observation" "监测",
    Target = "target" "目标",
    Baseline = "baseline" "基期",
    Actual = "actual" "实际",
    NoWeaker = "no_weaker_than" "不弱于地区",
    Improves = "improves" "改善",
    Reaches = "reaches" "达到",
    Unit = "unit" "单位",
    Basis = "basis" "口径",
    Region = "region" "地区",
    Scope = "scope" "范围",
    Domain = "domain" "类别",
    Indicator = "indicator" "指标",
    Lead = "lead" "牵头",
    Name = "name" "名称",
    Id = "id" "编号",
    Number = "number" "文号",
    Follows = "follows" "依循",
    Partial = "partial" "部分收录",
}

impl Keyword {
    /// The spelling in a language.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.spelling().zh,
            Language::English => self.spelling().en,
        }
    }

    /// Whether a clause may start with it.
    #[must_use]
    pub const fn starts_clause(self) -> bool {
        matches!(
            self,
            Self::Severity
                | Self::Tags
                | Self::Cite
                | Self::For
                | Self::Where
                | Self::Let
                | Self::Require
                | Self::Unless
                | Self::Undetermined
                | Self::Param
                | Self::Title
                | Self::Message
                | Self::Label
                | Self::Help
                | Self::Applies
        )
    }

    /// Whether it is a word that `is` takes: a test, a level or a status.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        let test = matches!(self, Self::Given | Self::Qualitative | Self::Approximate);
        test || self.is_nature() || self.is_level() || self.is_status()
    }

    /// binding, anticipatory
    #[must_use]
    pub const fn is_nature(self) -> bool {
        matches!(self, Self::Binding | Self::Anticipatory)
    }

    /// nation … village
    #[must_use]
    pub const fn is_level(self) -> bool {
        matches!(
            self,
            Self::Nation
                | Self::Province
                | Self::Prefecture
                | Self::County
                | Self::Township
                | Self::Village
        )
    }

    /// draft, consultation, issued
    #[must_use]
    pub const fn is_status(self) -> bool {
        matches!(self, Self::Draft | Self::Consultation | Self::Issued)
    }

    /// Whether it is a word of rules themselves, not of `is` or of tests only.
    #[must_use]
    pub const fn is_of_rules(self) -> bool {
        let of_tests = self.is_detail() || self.is_option() || self.is_section();
        self.is_aggregate() || !(self.is_reserved() || of_tests)
    }

    /// The words that begin a line of a test's plan, but for indicators.
    #[must_use]
    pub const fn is_section(self) -> bool {
        matches!(
            self,
            Self::Claim
                | Self::Change
                | Self::Roster
                | Self::Count
                | Self::Commitment
                | Self::Task
                | Self::Observation
        )
    }

    /// The words that may stand behind the first one of a line of a test's plan.
    #[must_use]
    pub const fn is_detail(self) -> bool {
        let kind = matches!(
            self,
            Self::Target
                | Self::Baseline
                | Self::Actual
                | Self::NoWeaker
                | Self::Improves
                | Self::Reaches
        );
        let key = matches!(
            self,
            Self::Unit
                | Self::Basis
                | Self::Region
                | Self::Scope
                | Self::Domain
                | Self::Indicator
                | Self::Lead
                | Self::Name
        );
        kind || key || self.is_nature()
    }

    /// The words that may stand behind the region of a test's plan.
    #[must_use]
    pub const fn is_option(self) -> bool {
        let key = matches!(
            self,
            Self::Field | Self::Id | Self::Number | Self::Follows | Self::Partial
        );
        key || self.is_status()
    }

    /// sum … every
    #[must_use]
    pub const fn is_aggregate(self) -> bool {
        matches!(
            self,
            Self::Sum | Self::Count | Self::Min | Self::Max | Self::Mean | Self::Any | Self::Every
        )
    }

    /// The keyword of one written word, of those that are one word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let fits = |keyword: &&Self| {
            let Spelling { en, zh } = keyword.spelling();
            en == word || zh == word
        };
        Self::ALL.iter().find(fits).copied()
    }
}

/// A word that may be a reserved one of some: of those the tree holds the English spelling, so that whoever reads it
/// knows one.
pub(super) fn reserved(word: Spanned<String>, fits: fn(Keyword) -> bool) -> Spanned<String> {
    match Keyword::of(&word.value).filter(|keyword| fits(*keyword)) {
        Some(keyword) => word.map(|_| keyword.spelling().en.to_owned()),
        None => word,
    }
}
