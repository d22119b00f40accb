//! The levels of the hierarchy, from the nation down to the village.

use serde::{Deserialize, Serialize};

/// A level. An autonomous region or municipality is a province; a league or an autonomous prefecture is a
/// prefecture; a district or a county-level city is a county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// 国家
    Nation,
    /// 省级
    Province,
    /// 地级
    Prefecture,
    /// 县级
    County,
    /// 乡级
    Township,
    /// 村级
    Village,
}

impl Level {
    /// All levels, highest first.
    pub const ALL: [Self; 6] = [
        Self::Nation,
        Self::Province,
        Self::Prefecture,
        Self::County,
        Self::Township,
        Self::Village,
    ];

    /// The words of all levels.
    pub const WORDS: [&'static str; 6] = [
        Self::Nation.word(),
        Self::Province.word(),
        Self::Prefecture.word(),
        Self::County.word(),
        Self::Township.word(),
        Self::Village.word(),
    ];

    /// The word of the table of regions and of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Township => "township",
            Self::Village => "village",
        }
    }

    /// The Chinese word.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Nation => "国家",
            Self::Province => "省级",
            Self::Prefecture => "地级",
            Self::County => "县级",
            Self::Township => "乡级",
            Self::Village => "村级",
        }
    }

    /// The level of a word, English or Chinese.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let fits = |level: &Self| level.word() == word || level.chinese() == word;
        Self::ALL.into_iter().find(fits)
    }
}
