//! Figures as they are kept: what nearly every figure has, in as few bytes as it takes.

use super::Origin;
use crate::catalogue::IndicatorId;
use crate::model::{FigureKind, Nature, ValueId};
use crate::pack::{self, Fixed};

/// What is asked of millions of figures to find the few that are wanted, apart from the rest: more of them are at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    /// The number of its value; its kind in the two highest bits, or [`BEHIND_BASELINE`].
    value: u32,
    /// [`MANY`] where it is that of its value.
    indicator: u16,
    /// From 1900 on.
    year: u8,
    pub marks: Marks,
}

/// The indicator of a figure whose number is too high to be kept.
const MANY: u16 = u16::MAX;

/// The year from which years are counted: those of figures are read between 1949 and 2100.
const FIRST: i32 = 1900;

/// The bits of a value's number.
const VALUE: u32 = u32::MAX >> 2;

/// What stands for the kind of a target that has one baseline, just before it.
const BEHIND_BASELINE: u32 = 3;

impl Packed {
    pub fn new(
        value: ValueId,
        kind: FigureKind,
        indicator: IndicatorId,
        year: i32,
        marks: Marks,
    ) -> Self {
        Self {
            value: value.0 & VALUE | (kind as u32) << 30,
            indicator: u16::try_from(indicator.number()).unwrap_or(MANY),
            year: u8::try_from(year - FIRST).unwrap_or(u8::MAX),
            marks,
        }
    }

    #[inline]
    pub const fn value(self) -> ValueId {
        ValueId(self.value & VALUE)
    }

    #[inline]
    pub const fn kind(self) -> FigureKind {
        match self.value >> 30 {
            1 => FigureKind::Baseline,
            2 => FigureKind::Actual,
            _ => FigureKind::Target,
        }
    }

    /// Whether it is a target.
    #[inline]
    pub const fn is_target(self) -> bool {
        matches!(self.value >> 30, 0 | BEHIND_BASELINE)
    }

    /// Notes that it is a target, of whose row the only baseline is the figure before it.
    pub const fn add_baseline_before(&mut self) {
        self.value |= BEHIND_BASELINE << 30;
    }

    /// Whether that was noted.
    #[inline]
    pub const fn is_behind_baseline(self) -> bool {
        self.value >> 30 == BEHIND_BASELINE
    }

    /// The indicator; `None` where it has to be asked of the value.
    #[inline]
    pub fn indicator(self) -> Option<IndicatorId> {
        (self.indicator != MANY).then(|| IndicatorId::numbered(self.indicator.into()))
    }

    #[inline]
    pub fn year(self) -> i32 {
        FIRST + i32::from(self.year)
    }

    /// Its kind, year and marks, in eighteen bits.
    #[inline]
    pub fn small(self) -> u32 {
        self.value >> 30 << 16 | u32::from(self.year) << 8 | u32::from(self.marks.0)
    }

    /// All that it is, in two words.
    #[inline]
    pub const fn words(self) -> [u32; 2] {
        let [low, high] = self.indicator.to_le_bytes();
        let small = u32::from_le_bytes([low, high, self.year, self.marks.0]);
        [self.value, small]
    }
}

/// Where a figure stands: its row among its plan's, how far behind the row's start it begins, and how long it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed(u32);

/// The bits of a figure's length.
const LENGTH: u32 = 8;

/// The bits of how far behind its row's start a figure begins.
const BEHIND: u32 = 12;

/// How far behind its row's start a figure begins whose place is kept beside.
const APART: u32 = (1 << BEHIND) - 1;

/// The row of a figure that stands outside the table.
pub(super) const NO_ROW: u32 = u32::MAX >> (LENGTH + BEHIND);

/// The row of a figure that has too many before it in its plan: it is kept beside.
pub(super) const FAR_ROW: u32 = NO_ROW - 1;

impl Placed {
    /// A figure of a row, so many bytes behind the row's start; `None` where that takes more.
    #[inline]
    pub fn near(row: u32, behind: u32, length: u32) -> Option<Self> {
        let fits = row < FAR_ROW && behind < APART && length < 1 << LENGTH;
        fits.then_some(Self(row << (LENGTH + BEHIND) | behind << LENGTH | length))
    }

    /// One whose place is kept beside.
    pub fn apart(row: u32) -> Self {
        Self(row.min(NO_ROW) << (LENGTH + BEHIND) | APART << LENGTH)
    }

    /// Its row among its plan's; [`NO_ROW`] or [`FAR_ROW`] where it is none of them.
    #[inline]
    pub const fn row(self) -> u32 {
        self.0 >> (LENGTH + BEHIND)
    }

    /// How far behind its row's start it begins, and how long it is; `None` where its place is kept beside.
    pub const fn behind(self) -> Option<(u32, u32)> {
        let behind = self.0 >> LENGTH & APART;
        if behind == APART {
            return None;
        }
        Some((behind, self.0 & ((1 << LENGTH) - 1)))
    }
}

impl Fixed<8> for Packed {
    fn put(&self) -> [u8; 8] {
        pack::words(self.words())
    }

    fn get(bytes: &[u8; 8]) -> Self {
        let [low, high, year, marks] = pack::word(bytes, 1).to_le_bytes();
        Self {
            value: pack::word(bytes, 0),
            indicator: u16::from_le_bytes([low, high]),
            year,
            marks: Marks(marks),
        }
    }
}

impl Fixed<4> for Placed {
    fn put(&self) -> [u8; 4] {
        self.0.put()
    }

    fn get(bytes: &[u8; 4]) -> Self {
        Self(u32::get(bytes))
    }
}

/// The small parts of a figure, a bit or two each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(u8);

impl Marks {
    pub const OWN: u8 = 1;
    pub const LISTED: u8 = 2;
    const REST: u8 = 4;
    const BINDING: u8 = 8;
    const ANTICIPATORY: u8 = 16;
    pub const PROSE: u8 = 32;
    pub const MONITORING: u8 = 64;
    pub const GONE: u8 = 128;
    /// Those of its nature and origin.
    pub const SAID: u8 = Self::BINDING | Self::ANTICIPATORY | Self::PROSE | Self::MONITORING;

    pub fn new(own: bool, listed: bool, nature: Option<Nature>, origin: Origin) -> Self {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        Self(
            bit(own, Self::OWN)
                | bit(listed, Self::LISTED)
                | match nature {
                    None => 0,
                    Some(Nature::Binding) => Self::BINDING,
                    Some(Nature::Anticipatory) => Self::ANTICIPATORY,
                }
                | match origin {
                    Origin::Table => 0,
                    Origin::Prose => Self::PROSE,
                    Origin::Monitoring => Self::MONITORING,
                },
        )
    }

    /// Notes that the figure has something that few figures have.
    pub const fn add_rest(&mut self) {
        self.0 |= Self::REST;
    }

    /// Notes that it is no figure of any set: its plan was read again, or is being read again.
    pub const fn add_gone(&mut self) {
        self.0 |= Self::GONE;
    }

    /// Notes that it is one.
    pub const fn remove_gone(&mut self) {
        self.0 &= !Self::GONE;
    }

    pub const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// Those of some bits that are set.
    #[inline]
    pub const fn of(self, bits: u8) -> u8 {
        self.0 & bits
    }

    pub const fn has_rest(self) -> bool {
        self.has(Self::REST)
    }

    pub const fn own(self) -> bool {
        self.has(Self::OWN)
    }

    pub const fn listed(self) -> bool {
        self.has(Self::LISTED)
    }

    pub const fn nature(self) -> Option<Nature> {
        if self.has(Self::BINDING) {
            Some(Nature::Binding)
        } else if self.has(Self::ANTICIPATORY) {
            Some(Nature::Anticipatory)
        } else {
            None
        }
    }

    pub const fn origin(self) -> Origin {
        if self.has(Self::PROSE) {
            Origin::Prose
        } else if self.has(Self::MONITORING) {
            Origin::Monitoring
        } else {
            Origin::Table
        }
    }
}
