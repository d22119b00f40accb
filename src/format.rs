//! `fmt`: one layout for rule files and one for plan files; what they say stays as it is.

mod block;
mod gap;
mod line;
mod mark;
mod note;
mod plan;
mod rule;
mod word;

use toml_edit::Document;

use crate::import::toml_problems;
use crate::language::{Language, Said};
use crate::problem::{Kind, Problem};
use crate::source::{SourceId, Span};
use crate::syntax::{parse, print};

/// A rule file laid out, keywords in a language or as they are; or what is wrong with it.
///
/// # Errors
/// Its syntax errors. A file with one is not laid out: what a broken rule means is not known.
pub fn format_rules(
    text: &str,
    source: SourceId,
    keywords: Option<Language>,
) -> Result<String, Vec<Problem>> {
    let (file, problems) = parse(text, source);
    if !problems.is_empty() {
        return Err(problems);
    }
    let laid = rule::layout(text, source, &file, keywords);
    // Files are overwritten: a layout that says something else is never given away.
    let (again, problems) = parse(&laid, source);
    let language = Language::English;
    if problems.is_empty() && print(&again, language) == print(&file, language) {
        Ok(endings(laid, text))
    } else {
        Err(vec![changed(Span::new(source, 0..text.len().min(1)))])
    }
}

/// A plan file laid out; or what is wrong with it.
///
/// # Errors
/// What makes it no TOML.
pub fn format_plan(text: &str, source: SourceId) -> Result<String, Vec<Problem>> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let problems = toml_problems(text, source);
            // Both parsers read TOML 1.1; where they should differ, the file is left alone all the same.
            return Err(if problems.is_empty() {
                vec![unread(&error, source)]
            } else {
                problems
            });
        }
    };
    let laid = plan::layout(text, &document);
    let meaning = |text: &str| text.parse::<toml::Table>().ok();
    if meaning(&laid).is_some_and(|table| meaning(text) == Some(table)) {
        Ok(endings(laid, text))
    } else {
        Err(vec![changed(Span::new(source, 0..text.len().min(1)))])
    }
}

fn unread(error: &toml_edit::TomlError, source: SourceId) -> Problem {
    let span = Span::new(source, error.span().unwrap_or(0..0));
    let message = Said::new("不是 TOML", "this is no TOML");
    let label = Said::new(error.message(), error.message());
    Problem::new(Kind::Syntax, span, message, label)
}

/// Line ends and byte order mark as the file had them.
fn endings(laid: String, text: &str) -> String {
    let mark = if text.starts_with('\u{FEFF}') {
        "\u{FEFF}"
    } else {
        ""
    };
    let laid = if text.contains("\r\n") {
        laid.replace('\n', "\r\n")
    } else {
        laid
    };
    format!("{mark}{laid}")
}

fn changed(span: Span) -> Problem {
    let message = Said::new(
        "排版会改变这个文件的意思，未作改动",
        "a layout would change what this file says; it was left as it is",
    );
    let label = Said::new("这个文件", "this file");
    let help = Said::new(
        "这是 planlint 的缺陷，请附上文件报告",
        "this is a fault of planlint: please report it with the file",
    );
    Problem::new(Kind::Syntax, span, message, label).help(help)
}
