//! What a rule says of itself, in a language.

use super::{Code, Formula, Line, Template, TypedRule};
use crate::language::Language;

impl TypedRule {
    /// The doc lines of a language: Chinese first, English behind a line `---`; all of them where there is no such line.
    #[must_use]
    pub fn paragraphs(&self, language: Language) -> Vec<&str> {
        let at = self.doc.iter().position(|line| line == "---");
        let (zh, en) = match at {
            Some(at) => (self.doc.get(..at), self.doc.get(at + 1..)),
            None => (Some(self.doc.as_slice()), Some(self.doc.as_slice())),
        };
        let lines = language.pick(zh, en).unwrap_or(&[]);
        lines.iter().map(String::as_str).collect()
    }
}

impl Line {
    /// In a language, or in the other where the rule has only that.
    #[must_use]
    pub const fn pick(&self, language: Language) -> Option<&Template> {
        let (first, second) = match language {
            Language::Chinese => (&self.zh, &self.en),
            Language::English => (&self.en, &self.zh),
        };
        match first {
            Some(template) => Some(template),
            None => second.as_ref(),
        }
    }

    /// The text with its holes shown by name; empty where there is none.
    #[must_use]
    pub fn pattern(&self, language: Language) -> String {
        let parts = self.pick(language).map_or(&[][..], |text| &text.0);
        let parts = parts.iter().map(|part| match part {
            Formula::Plain(plain) => plain.clone(),
            Formula::Hole(code) => format!("〈{}〉", hole(code)),
        });
        parts.collect()
    }
}

fn hole(code: &Code) -> &'static str {
    match code {
        Code::Column(_, column) => column.name,
        Code::Call(builtin, _) => builtin.name,
        _ => "…",
    }
}
