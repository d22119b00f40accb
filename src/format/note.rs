//! Comments of a TOML file, and what each belongs to: what it stands in or above, or behind on one line.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Item, Key, Table, Value};

use super::line::Lines;

/// What gets a line of its own, by its bytes.
pub(super) type Unit = Range<usize>;

/// A comment above something, and the line breaks before it.
struct Above<'t> {
    text: &'t str,
    breaks: usize,
}

#[derive(Default)]
struct Note<'t> {
    above: Vec<Above<'t>>,
    breaks: usize,
    behind: Vec<&'t str>,
}

/// The comments of each unit, by where it starts.
pub(super) struct Notes<'t> {
    of: BTreeMap<usize, Note<'t>>,
    /// Those at the top of the file, a blank line below them: they are about all of it.
    head: Vec<Above<'t>>,
    /// Those behind the last unit.
    rest: Vec<Above<'t>>,
}

impl<'t> Notes<'t> {
    /// Sorts the comments of a text out; `solid` are the scalars and keys, in which `#` begins none.
    pub fn new(text: &'t str, mut units: Vec<Unit>, mut solid: Vec<Range<usize>>) -> Self {
        units.sort_by_key(|unit| unit.start);
        solid.sort_by_key(|range| range.start);
        let mut notes: BTreeMap<usize, Note<'t>> = BTreeMap::new();
        for unit in &units {
            notes.entry(unit.start).or_default().breaks = breaks(text, unit.start);
        }
        let mut rest = Vec::new();
        for comment in comments(text, &solid) {
            let written = text.get(comment.clone()).unwrap_or("").trim_end();
            let next = units.partition_point(|unit| unit.start <= comment.start);
            let last = next.checked_sub(1).and_then(|last| units.get(last));
            let between = |unit: &Unit| text.get(unit.end..comment.start).unwrap_or("");
            let mut above = Above {
                text: written,
                breaks: breaks(text, comment.start),
            };
            let home = match last {
                Some(unit) if comment.start < unit.end => {
                    above.breaks = 1;
                    Some(unit)
                }
                Some(unit) if !between(unit).contains('\n') => {
                    notes.entry(unit.start).or_default().behind.push(written);
                    continue;
                }
                _ => units.get(next),
            };
            match home {
                Some(unit) => notes.entry(unit.start).or_default().above.push(above),
                None => rest.push(above),
            }
        }
        let mut head = Vec::new();
        if let Some(first) = notes.values_mut().next().filter(|note| note.breaks > 1) {
            head = std::mem::take(&mut first.above);
            first.breaks = 1;
        }
        Self {
            of: notes,
            head,
            rest,
        }
    }

    /// Begins the line of a unit, its comments above it.
    pub fn open(&self, lines: &mut Lines<()>, depth: usize, start: usize, apart: bool) {
        self.above(lines, depth, depth, start, apart);
    }

    /// Begins the line of a section's closing bracket; comments above it stand among the rows.
    pub fn finish(&self, lines: &mut Lines<()>, start: usize) {
        self.above(lines, 1, 0, start, false);
    }

    fn above(
        &self,
        lines: &mut Lines<()>,
        depth: usize,
        own: usize,
        start: usize,
        mut apart: bool,
    ) {
        let Some(note) = self.of.get(&start) else {
            return lines.begin(own, apart);
        };
        for comment in &note.above {
            let first = lines.ends_with("[");
            lines.begin(depth, apart || (comment.breaks > 1 && !first));
            lines.comment(comment.text);
            apart = false;
        }
        let kept = note.breaks > 1 && own == depth && !lines.ends_with("[");
        lines.begin(own, apart || kept);
    }

    /// Ends the line of a unit with the comments behind it.
    pub fn close(&self, lines: &mut Lines<()>, start: usize) {
        let behind = self.of.get(&start).map_or(&[][..], |note| &note.behind);
        for comment in behind {
            lines.comment(comment);
        }
    }

    /// The comments about the whole file.
    pub fn head(&self, lines: &mut Lines<()>) {
        loose(&self.head, lines);
        if !self.head.is_empty() {
            lines.part();
        }
    }

    /// The comments at the end of the file.
    pub fn rest(&self, lines: &mut Lines<()>) {
        loose(&self.rest, lines);
    }
}

fn loose(comments: &[Above<'_>], lines: &mut Lines<()>) {
    for comment in comments {
        lines.begin(0, comment.breaks > 1);
        lines.comment(comment.text);
    }
}

/// Line breaks in the space before a place.
fn breaks(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let space = before.get(before.trim_end().len()..).unwrap_or("");
    space.matches('\n').count()
}

/// The comments between the solid parts of a text.
fn comments(text: &str, solid: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let ends = solid.iter().map(|range| range.start).chain([text.len()]);
    let starts = solid.iter().map(|range| range.end).chain([text.len()]);
    for (end, next) in ends.zip(starts) {
        while let Some(gap) = text.get(at..end) {
            let Some(hash) = gap.find('#') else {
                break;
            };
            let line = gap.get(hash..).unwrap_or("");
            let length = line.find('\n').unwrap_or(line.len());
            found.push(at + hash..at + hash + length);
            at += hash + length;
        }
        at = at.max(next);
    }
    found
}

/// The scalars and keys of a table.
pub(super) fn solids(table: &Table, found: &mut Vec<Range<usize>>) {
    for (key, item) in table {
        found.extend(table.key(key).and_then(Key::span));
        match item {
            Item::Value(value) => solid(value, found),
            Item::Table(table) => solids(table, found),
            Item::ArrayOfTables(tables) => {
                for table in tables {
                    solids(table, found);
                }
            }
            Item::None => (),
        }
    }
}

fn solid(value: &Value, found: &mut Vec<Range<usize>>) {
    match value {
        Value::Array(array) => {
            for value in array {
                solid(value, found);
            }
        }
        Value::InlineTable(table) => {
            for (key, value) in table {
                found.extend(table.key(key).and_then(Key::span));
                solid(value, found);
            }
        }
        scalar => found.extend(scalar.span()),
    }
}
