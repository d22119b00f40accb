//! The kinds of values, known before a rule runs.

use crate::language::Said;

/// A closed set of words.
#[derive(Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// What they say, in Chinese and English.
    pub name: (&'static str, &'static str),
    /// The words.
    pub words: &'static [&'static str],
}

/// The vocabularies of the language.
pub mod vocabulary {
    use super::Vocabulary;
    use crate::region::Level;

    /// binding, anticipatory
    pub static NATURE: Vocabulary = Vocabulary {
        name: ("指标性质", "a nature"),
        words: &["binding", "anticipatory"],
    };
    /// nation … village
    pub static LEVEL: Vocabulary = Vocabulary {
        name: ("级别", "a level"),
        words: &Level::WORDS,
    };
    /// draft, consultation, issued
    pub static STATUS: Vocabulary = Vocabulary {
        name: ("规划状态", "a status"),
        words: &["draft", "consultation", "issued"],
    };
    /// higher, lower, neither
    pub static BETTER: Vocabulary = Vocabulary {
        name: ("优劣方向", "a direction"),
        words: &["higher", "lower", "neither"],
    };
    /// sum, mean, none
    pub static AGGREGATE: Vocabulary = Vocabulary {
        name: ("汇总方式", "an aggregate"),
        words: &["sum", "mean", "none"],
    };
    /// target, baseline, actual
    pub static FIGURE: Vocabulary = Vocabulary {
        name: ("数值种类", "a kind of figure"),
        words: &["target", "baseline", "actual"],
    };
    /// `no_weaker_than`, improves, reaches
    pub static COMMITMENT: Vocabulary = Vocabulary {
        name: ("承诺种类", "a kind of commitment"),
        words: &["no_weaker_than", "improves", "reaches"],
    };
    /// region, name
    pub static ROSTER: Vocabulary = Vocabulary {
        name: ("名单种类", "a kind of roster"),
        words: &["region", "name"],
    };
    /// table, prose, monitoring
    pub static ORIGIN: Vocabulary = Vocabulary {
        name: ("数值出处", "an origin"),
        words: &["table", "prose", "monitoring"],
    };
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each is named after the value it is the kind of"
)]
pub enum Kind {
    Truth,
    Amount,
    Number,
    Year,
    Date,
    Text,
    Region,
    Plan,
    Indicator,
    Figure,
    Row,
    Unit,
    Change,
    Roster,
    Count,
    Commitment,
    Task,
    Statistic,
    Word(&'static Vocabulary),
    List(&'static Kind),
}

impl Kind {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> Said {
        let (zh, en) = match self {
            Self::Truth => ("真假值", "a truth value"),
            Self::Amount => ("带单位的量", "a quantity"),
            Self::Number => ("数", "a number"),
            Self::Year => ("年份", "a year"),
            Self::Date => ("日期", "a date"),
            Self::Text => ("文字", "a text"),
            Self::Region => ("区划", "a region"),
            Self::Plan => ("规划", "a plan"),
            Self::Indicator => ("指标", "an indicator"),
            Self::Figure => ("指标数值", "a figure"),
            Self::Row => ("指标行", "a table row"),
            Self::Unit => ("单位", "a unit"),
            Self::Change => ("增减表述", "a change"),
            Self::Roster => ("名单", "a roster"),
            Self::Count => ("数量", "a count"),
            Self::Commitment => ("承诺", "a commitment"),
            Self::Task => ("任务", "a task"),
            Self::Statistic => ("统计数据", "a statistic"),
            Self::Word(vocabulary) => vocabulary.name,
            Self::List(of) => {
                let of = of.name();
                let bare = of.en.trim_start_matches("an ").trim_start_matches("a ");
                return Said::new(format!("{}的列表", of.zh), format!("a list of {bare}s"));
            }
        };
        Said::new(zh, en)
    }

    /// Whether it can be compared as a quantity: a figure stands for its bound.
    #[must_use]
    pub const fn is_measured(self) -> bool {
        matches!(self, Self::Amount | Self::Figure)
    }
}
