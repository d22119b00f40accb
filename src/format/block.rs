//! The layout of a `test` block: an item a line; braces that their author opened over several lines stay so.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::gap::{Gap, gap};
use super::line::Lines;
use crate::language::Language;
use crate::source::{Span, Spanned};
use crate::syntax::{Keyword, TestBlock, TestRegion, closing, is_plain};

/// Writes a block behind its name; its items are one level in.
pub(super) fn layout(
    text: &str,
    block: &TestBlock,
    language: Option<Language>,
    lines: &mut Lines<Keyword>,
) {
    let range = block.span.range();
    let mut layout = Layout {
        text,
        atoms: atoms(block),
        language,
        lines,
        groups: Vec::new(),
    };
    layout.lines.add(true, "{");
    layout.pieces(range);
    layout.lines.begin(0, false);
    layout.lines.add(false, "}");
}

/// What a word or a value of a block is.
#[derive(Clone, Copy)]
enum Role {
    /// The first word of a region or of a plan's line, what stands between two on one line, and which of them are
    /// words of the language.
    First(&'static str, fn(Keyword) -> bool),
    /// A word that is as it is.
    Word,
    /// A word of the language, where it is one of some.
    Reserved(fn(Keyword) -> bool),
    /// A value, which may be empty.
    Value,
}

/// A pair of braces.
struct Group {
    /// Whether it stands on several lines.
    broken: bool,
    /// Whether nothing was written in it so far.
    empty: bool,
}

struct Layout<'t, 'l> {
    text: &'t str,
    atoms: FxHashMap<usize, (Range<usize>, Role)>,
    language: Option<Language>,
    lines: &'l mut Lines<Keyword>,
    groups: Vec<Group>,
}

impl Layout<'_, '_> {
    fn pieces(&mut self, range: Range<usize>) {
        let mut at = range.start;
        loop {
            let end = self.text.get(..range.end).unwrap_or(self.text);
            let from = space(end, at);
            let between = gap(end.get(at..from).unwrap_or(""));
            let Some(first) = end.get(from..).and_then(|rest| rest.chars().next()) else {
                self.comments(&between);
                return;
            };
            let atom = self.atoms.get(&from).cloned();
            let length = match (&atom, first) {
                (Some((range, _)), _) => range.len(),
                (None, '{' | '}' | ':' | ';' | ',') => 1,
                (None, _) => {
                    let rest = end.get(from..).unwrap_or("");
                    rest.find(|c| !is_plain(c)).unwrap_or(rest.len()).max(1)
                }
            };
            let piece = from..from + length;
            self.piece(piece.clone(), atom.map(|(_, role)| role), &between);
            at = piece.end;
        }
    }

    fn piece(&mut self, at: Range<usize>, role: Option<Role>, between: &Gap<'_>) {
        let text = self.text.get(at.clone()).unwrap_or("");
        let keyword = Keyword::of(text);
        self.comments(between);
        match (role, text) {
            (Some(Role::First(apart, fits)), _) => {
                let word = keyword.filter(|keyword| fits(*keyword));
                self.first(self.spelling(word, text), apart, between);
            }
            (Some(Role::Reserved(fits)), _) => {
                let reserved = keyword.filter(|keyword| fits(*keyword));
                self.add(true, self.spelling(reserved, text));
            }
            (Some(Role::Word | Role::Value), _) => self.add(true, text),
            (None, "{") => {
                let rest = self.text.get(at.start..).unwrap_or("");
                let inside = rest.get(..closing(rest).unwrap_or(rest.len()));
                let broken = inside.is_some_and(|inside| inside.contains('\n'));
                self.add(true, "{");
                self.groups.push(Group {
                    broken,
                    empty: true,
                });
            }
            (None, "}") => self.close(),
            // What ends a line, or tells two apart on one, is written where the next begins.
            (None, ";") => (),
            (None, ":" | ",") => self.add(false, text),
            (None, _) => {
                let starts = [
                    Keyword::Rules,
                    Keyword::Regions,
                    Keyword::Plan,
                    Keyword::Expect,
                ];
                if self.groups.is_empty()
                    && keyword.is_some_and(|keyword| starts.contains(&keyword))
                {
                    let blank = between.breaks > 1 && !self.lines.ends_with("{");
                    self.lines.begin(self.depth(), blank);
                }
                self.add(true, self.spelling(keyword, text));
            }
        }
    }

    /// The first word of something that may stand on a line of its own.
    fn first(&mut self, text: &str, apart: &str, between: &Gap<'_>) {
        let depth = self.depth();
        let Some(group) = self.groups.last_mut() else {
            return self.add(true, text);
        };
        let first = std::mem::replace(&mut group.empty, false);
        if group.broken && (first || between.breaks > 0) {
            self.lines.begin(depth, between.breaks > 1 && !first);
        } else if !first {
            self.add(false, apart);
        }
        self.add(first, text);
    }

    fn close(&mut self) {
        match self.groups.pop() {
            Some(Group { broken: true, .. }) => {
                self.lines.begin(self.depth(), false);
                self.add(false, "}");
            }
            Some(Group { empty, .. }) => self.add(!empty, "}"),
            None => (),
        }
    }

    fn comments(&mut self, between: &Gap<'_>) {
        for comment in &between.comments {
            if comment.breaks > 0 || self.lines.is_ended() {
                let blank = comment.breaks > 1 && !self.lines.ends_with("{");
                self.lines.begin(self.depth(), blank);
            }
            self.lines.comment(comment.text);
        }
    }

    fn add(&mut self, space: bool, text: &str) {
        if self.lines.is_ended() {
            self.lines.begin(self.depth(), false);
        }
        self.lines.add(space, text);
    }

    fn depth(&self) -> usize {
        1 + self.groups.iter().filter(|group| group.broken).count()
    }

    fn spelling<'w>(&self, keyword: Option<Keyword>, text: &'w str) -> &'w str {
        match self.language.zip(keyword) {
            Some((language, keyword)) => keyword.word(language),
            None => text,
        }
    }
}

/// Where white space and comments from a place on end.
fn space(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or("");
        let trimmed = rest.trim_start();
        at = text.len() - trimmed.len();
        if !trimmed.starts_with("//") {
            return at;
        }
        at += trimmed.find('\n').unwrap_or(trimmed.len());
    }
}

/// The words and values of a block by the place they start at.
fn atoms(test: &TestBlock) -> FxHashMap<usize, (Range<usize>, Role)> {
    let mut atoms = FxHashMap::default();
    let mut add = |span: Span, role: Role| {
        let range = span.range();
        if !range.is_empty() {
            atoms.insert(range.start, (range, role));
        }
    };
    let mut words = |words: &[Spanned<String>], role: Role| {
        for word in words {
            add(word.span, role);
        }
    };
    words(&test.rules, Role::Word);
    for expect in &test.expects {
        words(expect.rule.as_slice(), Role::Word);
        words(&expect.at, Role::Word);
        words(&expect.with, Role::Word);
        words(expect.because.as_slice(), Role::Word);
    }
    for plan in &test.plans {
        words(std::slice::from_ref(&plan.region), Role::Word);
        words(&plan.options, Role::Reserved(Keyword::is_option));
        for entry in &plan.entries {
            let (first, rest) = entry.head.split_at(entry.head.len().min(1));
            words(first, Role::First("; ", Keyword::is_section));
            words(rest, Role::Reserved(Keyword::is_detail));
            words(std::slice::from_ref(&entry.value), Role::Value);
        }
    }
    let mut open: Vec<&TestRegion> = test.regions.iter().collect();
    while let Some(region) = open.pop() {
        words(
            std::slice::from_ref(&region.name),
            Role::First("  ", |_| false),
        );
        let level = std::slice::from_ref(&region.level);
        words(level, Role::Reserved(Keyword::is_level));
        open.extend(&region.children);
    }
    atoms
}
