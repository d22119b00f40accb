//! What rows of indicator tables look like: thousands of plans have the same rows in the same order, and differ in their
//! values only.
//!
//! A row is its fixed stretches of bytes and the values between them. Where the stretches of a row that was read stand
//! again with other texts for values, reading would take the same way through them; so such a row is not read, and what
//! came of the first one holds for it, too.

use rustc_hash::FxHashMap;

use super::super::record::{Cell, Record, Rows, TableRow};
use super::cursor::Cursor;
use crate::source::Spanned;

/// How many shapes are kept of those that came behind one.
const NEXT: usize = 4;

/// How many shapes are kept before all are forgotten.
const MANY: usize = 4096;

/// Bytes of a row that is worth keeping.
const LONGEST: usize = 2 << 10;

/// The shapes of rows that were read.
#[derive(Debug)]
pub struct Shapes {
    /// The first one is that of nothing, which every table begins with.
    kept: Vec<Shape>,
    /// By their stretches, with a zero for each value.
    known: FxHashMap<Box<[u8]>, usize>,
    /// That of the row before.
    last: usize,
    /// How many rows and values the table before had.
    room: (usize, usize),
    /// How many rows were foreseen.
    hits: usize,
    /// Whether rows are not alike, so that there is nothing to learn.
    vain: bool,
}

/// What a row looks like.
#[derive(Debug, Default)]
struct Shape {
    /// The bytes before, between and behind its values.
    stretches: Box<[Box<[u8]>]>,
    /// Whether what comes of such a row is known.
    settled: bool,
    /// The shapes that came behind it, those that come often first.
    next: [usize; NEXT],
}

impl Default for Shapes {
    fn default() -> Self {
        Self {
            kept: vec![Shape::default()],
            known: FxHashMap::default(),
            last: 0,
            room: (0, 0),
            hits: 0,
            vain: false,
        }
    }
}

impl Shapes {
    /// A table begins.
    pub fn begin<'t>(&mut self) -> Rows<'t> {
        self.last = 0;
        let (rows, values) = self.room;
        Rows {
            rows: Vec::with_capacity(rows),
            values: Vec::with_capacity(values),
        }
    }

    /// A table ends.
    pub fn end(&mut self, rows: &Rows<'_>) {
        self.room = (rows.rows.len(), rows.values.len());
    }

    /// The row that stands here, if it has a shape of those that came behind that of the row before.
    pub fn foresee<'t>(
        &mut self,
        cursor: &mut Cursor<'t, '_>,
        values: &mut Vec<Spanned<&'t str>>,
    ) -> Option<TableRow<'t>> {
        let (start, first) = (cursor.at, values.len());
        let next = self.kept.get(self.last)?.next;
        for (place, number) in next.into_iter().enumerate() {
            let shape = self.kept.get(number).filter(|shape| shape.settled);
            let Some(shape) = shape else {
                continue;
            };
            if shape.fits(cursor, values).is_some() {
                if place > 0 {
                    self.prefer(place);
                }
                self.last = number;
                self.hits += 1;
                return Some(TableRow::Foreseen {
                    shape: number,
                    start,
                    values: first,
                });
            }
            cursor.at = start;
            values.truncate(first);
        }
        None
    }

    /// What came behind the row before comes more often than what stands before it.
    fn prefer(&mut self, place: usize) {
        if let Some(last) = self.kept.get_mut(self.last) {
            last.next.swap(place - 1, place);
        }
    }

    /// The shape of a row that was read; none of one whose values are not all texts in quotes without escapes.
    pub fn learn(&mut self, text: &str, start: usize, record: &Record<'_>) -> Option<usize> {
        if self.vain || text.len() > LONGEST {
            return None;
        }
        let mut places = Vec::new();
        for (_, cell) in &record.cells {
            let Cell::Keyed(pairs) = cell else {
                continue;
            };
            let each = pairs.iter().map(|(_, value)| value.span.range());
            places.extend(each.map(|place| place.start - start..place.end - start));
        }
        let mut stretches: Vec<Box<[u8]>> = Vec::with_capacity(places.len() + 1);
        let mut from = 0;
        for place in places {
            let stretch = text.get(from..place.start)?.as_bytes();
            let behind = text.get(place.end..)?.as_bytes();
            if !stretch.ends_with(b"\"") || !behind.starts_with(b"\"") {
                return None;
            }
            stretches.push(stretch.into());
            from = place.end;
        }
        stretches.push(text.get(from..)?.as_bytes().into());
        let key = stretches.join(&0).into_boxed_slice();
        if self.kept.len() >= MANY && !self.known.contains_key(&key) {
            return None;
        }
        let number = *self.known.entry(key).or_insert_with(|| {
            self.kept.push(Shape {
                stretches: stretches.into_boxed_slice(),
                ..Shape::default()
            });
            self.kept.len() - 1
        });
        self.follow(number);
        Some(number)
    }

    /// A shape comes behind that of the row before.
    fn follow(&mut self, number: usize) {
        if let Some(last) = self.kept.get_mut(self.last)
            && !last.next.contains(&number)
        {
            let free = last.next.iter().position(|next| *next == 0);
            if let Some(next) = last.next.get_mut(free.unwrap_or(NEXT - 1)) {
                *next = number;
            }
        }
        self.last = number;
    }

    /// What comes of rows of a shape is known from now on.
    pub fn settle(&mut self, number: usize) {
        if let Some(shape) = self.kept.get_mut(number) {
            shape.settled = true;
        }
    }

    /// Forgets all shapes where there are many, so that they are no more than a reader can hold; whether it did.
    pub fn forget(&mut self) -> bool {
        if self.kept.len() < MANY {
            return false;
        }
        *self = Self {
            // Rows that are not alike are read sooner if nothing is learnt of them.
            vain: self.hits < MANY,
            ..Self::default()
        };
        true
    }
}

impl Shape {
    /// Goes over a row of this shape and takes its values; where it is none, some of both may be done.
    fn fits<'t>(
        &self,
        cursor: &mut Cursor<'t, '_>,
        values: &mut Vec<Spanned<&'t str>>,
    ) -> Option<()> {
        let (first, others) = self.stretches.split_first()?;
        cursor.pass(first)?;
        for stretch in others {
            values.push(cursor.quoted()?);
            cursor.pass(stretch)?;
        }
        Some(())
    }
}
