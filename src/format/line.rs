//! Lines being written: indented, a blank line between them at most, neighbours of one kind aligned.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

/// A line.
#[derive(Debug)]
struct Line<K> {
    /// Whether a blank line stands before it.
    blank: bool,
    depth: usize,
    text: String,
    /// Lines of one kind below each other are aligned at this byte of theirs.
    column: Option<(K, usize)>,
}

/// Lines of a text; `K` tells which may be aligned with each other.
#[derive(Debug)]
pub(super) struct Lines<K> {
    /// Spaces of one level.
    indent: usize,
    all: Vec<Line<K>>,
    /// A blank line stands before the next one.
    parted: bool,
    /// The last line cannot be gone on with: it ends with a comment.
    ended: bool,
}

impl<K: Copy + PartialEq> Lines<K> {
    pub const fn new(indent: usize) -> Self {
        let all = Vec::new();
        Self {
            indent,
            all,
            parted: false,
            ended: false,
        }
    }

    /// Begins a line; `blank` is dropped before the first one.
    pub fn begin(&mut self, depth: usize, blank: bool) {
        let blank = (blank || std::mem::take(&mut self.parted)) && !self.all.is_empty();
        self.ended = false;
        self.all.push(Line {
            blank,
            depth,
            text: String::new(),
            column: None,
        });
    }

    /// Puts a blank line before the next line.
    pub const fn part(&mut self) {
        self.parted = true;
    }

    /// Whether what follows must begin a line.
    pub const fn is_ended(&self) -> bool {
        self.ended || self.all.is_empty()
    }

    /// Whether the last line ends so.
    pub fn ends_with(&self, text: &str) -> bool {
        self.all
            .last()
            .is_some_and(|line| line.text.ends_with(text))
    }

    /// Goes on with the last line.
    pub fn add(&mut self, space: bool, text: &str) {
        let Some(line) = self.all.last_mut() else {
            return;
        };
        if space && !line.text.is_empty() {
            line.text.push(' ');
        }
        line.text.push_str(text);
    }

    /// Ends the last line with a comment.
    pub fn comment(&mut self, text: &str) {
        self.add(true, text);
        self.ended = true;
    }

    /// Goes on with the last line at the column of its neighbours of one kind.
    pub fn aligned(&mut self, kind: K, text: &str) {
        self.add(true, "");
        if let Some(line) = self.all.last_mut() {
            line.column = Some((kind, line.text.len()));
        }
        self.add(false, text);
    }

    /// The text, a line break at its end.
    pub fn text(mut self) -> String {
        self.widen();
        let mut out = String::new();
        for line in &self.all {
            if line.blank {
                out.push('\n');
            }
            let indent = if line.text.is_empty() {
                0
            } else {
                self.indent * line.depth
            };
            let _ = writeln!(out, "{:indent$}{}", "", line.text.trim_end());
        }
        out
    }

    /// Fills the lines of each run of one kind up to their common column.
    fn widen(&mut self) {
        let kind = |line: &Line<K>| line.column.map(|(kind, _)| kind);
        let together =
            |a: &Line<K>, b: &Line<K>| kind(a).is_some() && kind(a) == kind(b) && !b.blank;
        for run in self.all.chunk_by_mut(together) {
            let width = |line: &Line<K>| {
                let at = line.column.map_or(0, |(_, at)| at);
                line.text.get(..at).unwrap_or("").width()
            };
            let widest = run.iter().map(width).max().unwrap_or(0);
            for line in run {
                let fill = " ".repeat(widest - width(line));
                if let Some((_, at)) = line.column {
                    line.text.insert_str(at, &fill);
                }
            }
        }
    }
}
