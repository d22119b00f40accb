//! The two languages planlint speaks, and a text said in both.

use serde::{Deserialize, Serialize};

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese (`zh`), the language of the plans.
    #[default]
    Chinese,
    /// English (`en`).
    English,
}

impl Language {
    /// The language of a tag such as `zh-CN`: English where it is none of Chinese.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        if tag.starts_with("zh") {
            Self::Chinese
        } else {
            Self::English
        }
    }

    /// The tag that `--lang` takes and JSON prints: `zh` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// One of two texts, by language.
    #[must_use]
    pub fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Said {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}

impl Said {
    /// A text said in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The same text in both languages: a name, a figure.
    pub fn same(text: impl Into<String>) -> Self {
        let zh = text.into();
        Self { en: zh.clone(), zh }
    }

    /// The text in one language.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// Several texts as one, each language with its own separator (`；` and `; `).
#[must_use]
pub fn join(texts: &[Said]) -> Said {
    let each = |pick: fn(&Said) -> &str, separator: &str| {
        let parts: Vec<&str> = texts.iter().map(pick).collect();
        parts.join(separator)
    };
    Said::new(
        each(|said| said.zh.as_str(), "；"),
        each(|said| said.en.as_str(), "; "),
    )
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(number: usize, word: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {word}{end}")
}

/// A part of a whole in per cent, one decimal place.
#[must_use]
pub fn share((part, whole): (usize, usize)) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let tenths = part * 1000 / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}
