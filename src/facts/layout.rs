//! How rows are laid out: of millions, what is alike but for where they begin is kept once.

use hashbrown::HashTable;

use crate::model::{FormId, Part, Row};
use crate::pack::{self, Fixed};
use crate::source::{SourceId, Span};

/// A layout's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LayoutId(pub u32);

/// All of a row but where it begins and which figures are its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub form: FormId,
    /// Where each part begins, from the row's start on; [`ABSENT`] where there is none.
    offsets: [u16; 4],
    lengths: [u8; 4],
    /// [`WIDE`] for a row that is kept beside.
    baselines: u8,
    targets: u8,
}

/// The offset of a part that a row does not have.
const ABSENT: u16 = u16::MAX;

/// The baselines of a row that is not so simple.
const WIDE: u8 = u8::MAX;

impl Layout {
    /// The layout of a row that starts at a byte; `None` where it takes more.
    #[inline]
    fn of(row: &Row, start: u32) -> Option<Self> {
        let mut layout = Self {
            form: row.form,
            offsets: [ABSENT; 4],
            lengths: [0; 4],
            baselines: u8::try_from(row.baselines)
                .ok()
                .filter(|count| *count != WIDE)?,
            targets: u8::try_from(row.targets).ok()?,
        };
        let kept = layout.offsets.iter_mut().zip(&mut layout.lengths);
        for ((offset, length), place) in kept.zip(Part::ALL.map(|part| row.place(part))) {
            if is_there(&place) {
                let from = u16::try_from(place.start - start).ok();
                *offset = from.filter(|from| *from != ABSENT)?;
                *length = u8::try_from(place.end - place.start).ok()?;
            }
        }
        Some(layout)
    }

    /// That of a row that is kept beside.
    const fn wide(row: &Row) -> Self {
        Self {
            form: row.form,
            offsets: [ABSENT; 4],
            lengths: [0; 4],
            baselines: WIDE,
            targets: 0,
        }
    }

    /// Whether its rows are kept beside.
    pub const fn is_wide(&self) -> bool {
        self.baselines == WIDE
    }

    /// How many baselines a row has that is not kept beside.
    pub const fn baselines(&self) -> u8 {
        self.baselines
    }

    /// The row that starts at a byte of a file, and whose first figure is known.
    pub fn row(&self, source: SourceId, start: u32, first: u32) -> Row {
        let parts = Part::ALL.iter().zip(self.offsets).zip(self.lengths);
        let there = parts.filter(|((_, offset), _)| *offset != ABSENT);
        let row = there.fold(
            Row::new(self.form, source),
            |row, ((part, offset), length)| {
                let start = start as usize + usize::from(offset);
                row.placed(*part, Span::new(source, start..start + usize::from(length)))
            },
        );
        let counts = (usize::from(self.baselines), usize::from(self.targets));
        row.of_figures(self.form, first as usize, counts)
    }

    /// All that it is, in five words.
    #[inline]
    fn words(&self) -> [u32; 5] {
        let both = |low: u16, high: u16| u32::from(low) | u32::from(high) << 16;
        let [a, b, c, d] = self.offsets;
        let counts = u32::from_le_bytes([self.baselines, self.targets, 0, 0]);
        let lengths = u32::from_le_bytes(self.lengths);
        [self.form.0, both(a, b), both(c, d), lengths, counts]
    }

    /// Where to look for it.
    #[inline]
    fn hash(&self) -> u64 {
        let [form, near, far, lengths, counts] = self.words().map(u64::from);
        let mixed = (form << 32 | near).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ (far << 32 | lengths ^ counts << 8).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        (mixed ^ mixed >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Whether a row has the part of a place.
const fn is_there(place: &Span) -> bool {
    place.start > 0 || place.end > 0
}

/// Where a row starts: with the first of its parts.
#[inline]
pub(super) fn start_of(row: &Row) -> u32 {
    let places = Part::ALL.map(|part| row.place(part));
    let starts = places.iter().filter(|place| is_there(place));
    starts.map(|place| place.start).min().unwrap_or(0)
}

/// The layouts of rows, each once.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    all: Vec<Layout>,
    /// Not of those of a cache: one that comes again may stand there twice.
    known: HashTable<LayoutId>,
    /// By form, the layout of its last row, which is nearly always that of the next one.
    last: Vec<Option<Last>>,
}

/// The layout of a form's last row, and what a row is like that has the same one.
#[derive(Clone, Copy, Debug)]
struct Last {
    id: LayoutId,
    /// The part that a row starts with.
    first: usize,
    /// Where each part begins, from the row's start on, and the bits of its beginning: none of a part that is not there.
    offsets: [(u32, u32); 4],
    lengths: [u16; 4],
    counts: (u16, u16),
}

impl Last {
    /// Of a row that starts at a byte; `None` where that takes more.
    fn new(id: LayoutId, layout: &Layout, row: &Row, start: u32) -> Option<Self> {
        let starts = row.starts();
        let offsets = layout.offsets.map(|offset| match offset {
            ABSENT => (0, 0),
            offset => (offset.into(), u32::MAX),
        });
        let first = starts.iter().position(|from| *from == start && start > 0);
        Some(Self {
            id,
            first: first.filter(|_| !layout.is_wide())?,
            offsets,
            lengths: row.lengths(),
            counts: (row.baselines, row.targets),
        })
    }

    /// Where a row starts, where it is laid out so.
    #[inline]
    fn start_of(&self, row: &Row) -> Option<u32> {
        let starts = row.starts();
        let start = *starts.get(self.first)?;
        let moved = starts.iter().zip(self.offsets);
        let other = moved.fold(0, |other, (own, (offset, bits))| {
            other | own ^ (start.wrapping_add(offset) & bits)
        });
        let is_alike = other == 0 && self.lengths == row.lengths() && start > 0;
        (is_alike && self.counts == (row.baselines, row.targets)).then_some(start)
    }
}

impl Layouts {
    /// The layout of a number. Numbers come from this value only.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this value only")]
    pub fn get(&self, id: LayoutId) -> &Layout {
        &self.all[id.0 as usize]
    }

    /// The number of the layout of a row that starts at a byte, of a plan that begins in a file.
    pub fn of(&mut self, row: &Row, start: u32, source: SourceId) -> LayoutId {
        if let Some((last, _)) = self.again(row.form, row).filter(|_| row.source == source) {
            return last;
        }
        let narrow = Layout::of(row, start).filter(|_| row.source == source);
        let layout = narrow.unwrap_or_else(|| Layout::wide(row));
        let form = layout.form.0 as usize;
        let id = self.find(layout);
        if self.last.len() <= form {
            self.last.resize(form + 1, None);
        }
        if let Some(last) = self.last.get_mut(form) {
            *last = Last::new(id, &layout, row, start);
        }
        id
    }

    /// The layout of a row of a form, and where the row starts, where it is laid out as the form's last one.
    #[inline]
    pub fn again(&self, form: FormId, row: &Row) -> Option<(LayoutId, u32)> {
        let last = self.last.get(form.0 as usize)?.as_ref()?;
        Some((last.id, last.start_of(row)?))
    }

    fn find(&mut self, layout: Layout) -> LayoutId {
        let all = &self.all;
        let same = |id: &LayoutId| all.get(id.0 as usize) == Some(&layout);
        let hash = layout.hash();
        if let Some(known) = self.known.find(hash, same) {
            return *known;
        }
        let id = LayoutId(u32::try_from(all.len()).unwrap_or(u32::MAX));
        let rehash = |id: &LayoutId| all.get(id.0 as usize).map_or(0, Layout::hash);
        self.known.insert_unique(hash, id, rehash);
        self.all.push(layout);
        id
    }

    /// All of them, by their numbers.
    pub fn all(&self) -> &[Layout] {
        &self.all
    }

    /// What was written of them.
    pub fn numbered(all: Vec<Layout>) -> Self {
        Self {
            all,
            ..Self::default()
        }
    }
}

impl Fixed<20> for Layout {
    fn put(&self) -> [u8; 20] {
        pack::words(self.words())
    }

    fn get(bytes: &[u8; 20]) -> Self {
        let word = |at| pack::word(bytes, at);
        let both = |at| {
            let [a, b, c, d] = word(at).to_le_bytes();
            (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]))
        };
        let ((a, b), (c, d)) = (both(1), both(2));
        let [baselines, targets, ..] = word(4).to_le_bytes();
        Self {
            form: FormId(word(0)),
            offsets: [a, b, c, d],
            lengths: word(3).to_le_bytes(),
            baselines,
            targets,
        }
    }
}
