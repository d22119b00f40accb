//! Syntax errors of TOML in plain words: the slips that planners make, each with its mend.

use std::ops::Range;

use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::source::Span;

/// A message, a label and advice.
type Words = (Said, Said, Option<Said>);

/// A syntax error as the TOML parser gave it, to be said in plain words.
pub(super) struct Syntax<'a> {
    pub text: &'a str,
    pub span: Span,
    pub line: Range<usize>,
    pub message: &'a str,
}

impl Syntax<'_> {
    pub fn problem(&self) -> Problem {
        let (message, label, help) = self.words();
        let span = self.swallowed().unwrap_or(self.span);
        let kind = if self.message.contains("duplicate key") {
            Kind::DuplicateEntry
        } else {
            Kind::Syntax
        };
        let problem = Problem::new(kind, span, message, label);
        match help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }

    /// Where a text swallowed what follows it, for its closing quote is missing: at the comma that it holds.
    fn swallowed(&self) -> Option<Span> {
        let line = self.text.get(self.line.clone())?;
        if line.matches('"').count() % 2 == 0 {
            return None;
        }
        let mut start = 0;
        for (number, part) in line.split('"').enumerate() {
            let inside = number % 2 == 1;
            if let (true, Some(comma)) = (inside && part.contains('='), part.find(',')) {
                let at = self.line.start + start + comma;
                return Some(Span::new(self.span.source, at..at + 1));
            }
            start += part.len() + 1;
        }
        None
    }

    fn words(&self) -> Words {
        let line = self.text.get(self.line.clone()).unwrap_or("");
        let here = self.text.get(self.span.range()).unwrap_or("");
        if self.message.contains("duplicate key") {
            return duplicate_key(here);
        }
        if let Some(wide) = full_width(line) {
            return full_width_mark(wide);
        }
        let quotes = line.matches('"').count();
        if quotes % 2 == 1 {
            return unclosed_quote();
        }
        if self.message.contains("string values must be quoted") && !here.is_empty() {
            return unquoted(here);
        }
        if depth(line) != 0 {
            return unclosed_bracket();
        }
        if self
            .message
            .contains("missing comma between array elements")
        {
            return missing_comma_before();
        }
        if self.message.contains("missing comma") {
            return missing_comma();
        }
        if self.message.contains("unclosed") || self.message.contains("expected key") {
            return unclosed_bracket();
        }
        self.other(here)
    }

    fn other(&self, here: &str) -> Words {
        let label = if here.is_empty() {
            Said::new("这里", "here")
        } else {
            Said::new(format!("这里：{here}"), format!("here: {here}"))
        };
        let message = Said::new(
            "这一行不合 TOML 的写法".to_owned(),
            format!("no valid TOML: {}", self.message),
        );
        let help = Said::new(
            "这一行暂未检查；检查逗号、引号和括号是否配对",
            "this line was left out of the check; look for a missing comma, quote or bracket",
        );
        (message, label, Some(help))
    }
}

fn duplicate_key(key: &str) -> Words {
    let message = Said::new(
        format!("键 {key} 在同一个表里写了两次"),
        format!("key `{key}` is given twice in one table"),
    );
    let help = Said::new("只留一个", "keep one of them");
    (message, Said::new("又一次", "again here"), Some(help))
}

fn full_width_mark(wide: char) -> Words {
    let message = Said::new(
        format!("这一行有全角符号 {wide}，TOML 只认半角"),
        format!("`{wide}` is a full-width character; TOML knows only the half-width one"),
    );
    let help = Said::new(
        "引号、等号、逗号、括号一律用半角：\" = , { } [ ]",
        "write \" = , { } [ ] in half width",
    );
    let label = Said::new("这一行没有读", "this line was not read");
    (message, label, Some(help))
}

fn unquoted(here: &str) -> Words {
    let message = Said::new(
        format!("{here} 没有加引号"),
        format!("`{here}` is not quoted"),
    );
    let help = Said::new(format!("写作 \"{here}\""), format!("write \"{here}\""));
    let label = Said::new("应写在半角引号里", "needs quotes");
    (message, label, Some(help))
}

fn unclosed_quote() -> Words {
    let message = Said::new("引号没有配对", "a quotation mark is missing");
    let help = Said::new(
        "补上引号；这一行暂未检查",
        "add it; this line was left out of the check",
    );
    let label = Said::new("这里应有引号 \"", "expected \" here");
    (message, label, Some(help))
}

fn missing_comma_before() -> Words {
    let message = Said::new("两行之间缺少逗号", "a comma is missing between two rows");
    let help = Said::new(
        "在上一行末尾加上逗号",
        "add a comma at the end of the row before",
    );
    let label = Said::new("这里之前缺逗号", "no comma before this");
    (message, label, Some(help))
}

fn missing_comma() -> Words {
    let message = Said::new("两项之间缺少逗号", "a comma is missing between two keys");
    let help = Said::new(
        "加上逗号；这一行暂未检查",
        "add it; this line was left out of the check",
    );
    let label = Said::new("这里之前缺逗号", "no comma before this");
    (message, label, Some(help))
}

fn unclosed_bracket() -> Words {
    let message = Said::new("括号没有配对", "a bracket is not closed");
    let help = Said::new(
        "每一行以 { 开头、以 }, 结尾，整张表以 ] 结尾；这一行暂未检查",
        "a row starts with { and ends with }, and the list of rows ends with ]; this line was left out of the check",
    );
    let label = Said::new("这里应已闭合", "should be closed here");
    (message, label, Some(help))
}

/// A list that is still open where the next key or section begins.
pub(super) fn unclosed_list(span: Span, at_end: bool) -> Problem {
    let message = Said::new("列表没有用 ] 结束", "a list is not closed with ]");
    let (label, help) = if at_end {
        (
            Said::new("最后一行之后缺 ]", "no ] behind the last line"),
            Said::new("在文件末尾补上 ]", "add ] at the file's end"),
        )
    } else {
        (
            Said::new("这里已是另一部分", "another part begins here"),
            Said::new("在这一行之前补上 ]", "add ] before this line"),
        )
    };
    Problem::new(Kind::Syntax, span, message, label).help(help)
}

/// Three quotes without their closing three.
pub(super) fn unclosed_text(span: Span) -> Problem {
    let message = Said::new("三个引号没有配对", "three quotes that are never closed");
    let label = Said::new("从这里起都成了文字", "all behind it became text");
    let help = Said::new(
        "一行的文字用一个引号",
        "a text of one line takes single quotes \"",
    );
    Problem::new(Kind::Syntax, span, message, label).help(help)
}

/// Where the parser lost its way.
pub(super) fn unread_rest(span: Span) -> Problem {
    let message = Said::new(
        "从这里到文件末尾没有读",
        "from here to the file's end nothing was read",
    );
    let label = Said::new("从这里起", "from here on");
    let help = Said::new(
        "检查这里之前是否有没有配对的引号或括号（如 \"\"\"）",
        "look for an unclosed quote or bracket before, such as \"\"\"",
    );
    Problem::new(Kind::Syntax, span, message, label).help(help)
}

/// The first full-width mark that stands where TOML needs its half-width form, outside quotes.
fn full_width(line: &str) -> Option<char> {
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '“' | '”' | '＝' | '，' | '｛' | '｝' | '［' | '］' | '：' | '‘' | '’' | '＂'
                if !quoted =>
            {
                return Some(character);
            }
            '#' if !quoted => return None,
            _ => (),
        }
    }
    None
}

pub(super) fn too_many_errors(span: Span, most: usize) -> Problem {
    Problem::new(
        Kind::Syntax,
        span,
        Said::new(
            format!("语法错误超过 {most} 处，其余有错的行没有逐一列出，也没有检查"),
            format!(
                "more than {most} syntax errors: the other faulty lines are not listed, and not checked"
            ),
        ),
        Said::new("从这里起", "from here on"),
    )
}

/// Braces opened less braces closed, outside strings.
pub(super) fn depth(line: &str) -> i32 {
    let mut quoted = false;
    let mut depth = 0;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth -= 1,
            '#' if !quoted => break,
            _ => (),
        }
    }
    depth
}
