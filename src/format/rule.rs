//! The layout of a rule file, token by token: what the tokens say stays, the space between them is settled here. A line
//! break within a clause stays where its author put it.

use super::block;
use super::gap::{Gap, gap};
use super::line::Lines;
use super::mark::Marks;
use super::word::Words;
use crate::language::Language;
use crate::source::SourceId;
use crate::syntax::{Keyword, RuleFile, Token, TokenKind, tokens};

/// Lays a file without errors out; keywords in a language, or as they are.
pub(super) fn layout(
    text: &str,
    source: SourceId,
    file: &RuleFile,
    language: Option<Language>,
) -> String {
    let words = Words {
        text,
        source,
        marks: Marks::of(file),
        language,
    };
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let all = tokens(text, start..text.len(), source);
    let mut layout = Layout {
        words,
        file,
        all: &all,
        lines: Lines::new(4),
        inside: false,
        clause: None,
    };
    layout.file(start);
    layout.lines.text()
}

struct Layout<'t> {
    words: Words<'t>,
    file: &'t RuleFile,
    all: &'t [Token],
    lines: Lines<Keyword>,
    /// Whether it is between the braces of a rule.
    inside: bool,
    /// The keyword of the clause whose first line is being written.
    clause: Option<Keyword>,
}

/// What a token begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// A rule, a definition, a test, or a `///` line before one.
    Item,
    /// A clause, or a `///` line within a rule.
    Clause,
    /// The end of a rule.
    Close,
    /// Nothing: it goes on with what stands before it.
    Nothing,
}

/// Whether a blank line stands before what comes next.
#[derive(Clone, Copy)]
enum Blank {
    Always,
    Never,
    /// Where its author put one.
    Kept,
}

impl Layout<'_> {
    fn file(&mut self, start: usize) {
        let mut end = start;
        let mut at = 0;
        while let Some(token) = self.all.get(at) {
            let between = gap(self.words.text.get(end..token.at.start).unwrap_or(""));
            let used = self.token(at, token, &between);
            at += used;
            end = self.before(at).map_or(end, |token| token.at.end);
        }
        let rest = gap(self.words.text.get(end..).unwrap_or(""));
        self.comments(&rest, 0, Blank::Kept);
    }

    fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).and_then(|before| self.all.get(before))
    }

    /// Writes a token, and those that make one keyword with it; how many there were.
    fn token(&mut self, at: usize, token: &Token, between: &Gap<'_>) -> usize {
        let start = self.start(at, token);
        let depth = match (start, self.inside) {
            (Start::Item | Start::Close, _) => 0,
            // `format 1` opens a file.
            (Start::Nothing, false) if at == 0 => 0,
            (Start::Nothing, false) | (Start::Clause, _) => 1,
            (Start::Nothing, true) => 2,
        };
        let blank = self.blank(at, token, start);
        // What stands above a closing brace still stands inside.
        let above = if start == Start::Close { 1 } else { depth };
        let blank = self.comments(between, above, blank);
        let opens = matches!(token.kind, TokenKind::Symbol("{") | TokenKind::Block);
        let breaks = between.breaks > 0 && !opens;
        if self.lines.is_ended() || start != Start::Nothing || breaks {
            let blank = if start == Start::Close {
                Blank::Never
            } else {
                blank
            };
            self.begin(depth, blank, between.breaks);
            let is_clause = start == Start::Clause;
            self.clause = self.words.keyword(token).filter(|_| is_clause);
        }
        match token.kind {
            TokenKind::Block => {
                self.block(token);
                return 1;
            }
            TokenKind::Symbol("{") => self.inside = true,
            _ if start == Start::Close => self.inside = false,
            _ => (),
        }
        let (written, used) = self.words.written(self.all.get(at..).unwrap_or(&[]));
        let apart = self.words.apart(self.all, at);
        match self.clause.filter(|clause| self.aligns(*clause, token)) {
            Some(clause) => self.lines.aligned(clause, &written),
            None => self.lines.add(apart, &written),
        }
        // Comments among the words of one keyword follow it.
        for next in at + 1..at + used {
            let between = self.before(next).zip(self.all.get(next));
            let between = between.and_then(|(a, b)| self.words.text.get(a.at.end..b.at.start));
            let between = gap(between.unwrap_or(""));
            self.comments(&between, 1 + usize::from(self.inside), Blank::Never);
        }
        used
    }

    fn start(&self, at: usize, token: &Token) -> Start {
        let doc = matches!(token.kind, TokenKind::Doc(_));
        if self.inside {
            let closes = token.kind == TokenKind::Symbol("}");
            let clause = doc || self.words.marks.starts_clause(token.at.start);
            return match (closes, clause) {
                (true, _) => Start::Close,
                (false, true) => Start::Clause,
                (false, false) => Start::Nothing,
            };
        }
        let block = self.all.get(at + 2);
        let tests = block.is_some_and(|token| token.kind == TokenKind::Block);
        if doc || tests || self.words.marks.starts_item(token.at.start) {
            Start::Item
        } else {
            Start::Nothing
        }
    }

    fn blank(&self, at: usize, token: &Token, start: Start) -> Blank {
        let before = self.before(at);
        let tight = |before: &Token| {
            matches!(before.kind, TokenKind::Doc(_))
                || (self.inside && before.kind == TokenKind::Symbol("{"))
        };
        if start == Start::Nothing || before.is_some_and(tight) {
            return Blank::Never;
        }
        if start != Start::Item {
            return Blank::Kept;
        }
        // Definitions may stay together.
        let end = before.map(|before| before.at.end);
        let mut defines = self.file.defines.iter();
        let behind = defines.any(|define| Some(define.span.range().end) == end);
        let another = self.words.keyword(token) == Some(Keyword::Define);
        if behind && another {
            Blank::Kept
        } else {
            Blank::Always
        }
    }

    /// Comments, each on its line unless it stands behind something; gives what holds of the next line.
    fn comments(&mut self, between: &Gap<'_>, depth: usize, mut blank: Blank) -> Blank {
        for comment in &between.comments {
            if comment.breaks > 0 || self.lines.is_ended() {
                self.begin(depth, blank, comment.breaks);
                self.clause = None;
                blank = Blank::Kept;
            }
            self.lines.comment(comment.text);
        }
        blank
    }

    fn begin(&mut self, depth: usize, blank: Blank, breaks: usize) {
        let blank = match blank {
            Blank::Always => true,
            Blank::Never => false,
            Blank::Kept => breaks > 1,
        };
        self.lines.begin(depth, blank);
    }

    fn block(&mut self, token: &Token) {
        let inside = token.at.start + 1..token.at.end.saturating_sub(1);
        let mut tests = self.file.tests.iter();
        if let Some(test) = tests.find(|test| test.span.range() == inside) {
            block::layout(self.words.text, test, self.words.language, &mut self.lines);
        }
    }

    /// Whether lines of a clause are aligned at a token: at their text, or at their `when`.
    fn aligns(&self, clause: Keyword, token: &Token) -> bool {
        match clause {
            Keyword::Title | Keyword::Message | Keyword::Label | Keyword::Help => {
                token.kind == TokenKind::Text
            }
            Keyword::Severity => {
                let keyword = self.words.keyword(token);
                matches!(keyword, Some(Keyword::When | Keyword::Otherwise))
            }
            _ => false,
        }
    }
}
