//! Figures as they are kept: what nearly every figure has, in as few bytes as it takes.

use super::{Origin, PlanId};
use crate::catalogue::IndicatorId;
use crate::model::{FigureKind, Nature, ValueId};
use crate::pack::{self, Fixed};

/// What is asked of millions of figures to find the few that are wanted, apart from the rest: more of them are at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    /// The number of its value; its kind in the two highest bits.
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
            0 => FigureKind::Target,
            1 => FigureKind::Baseline,
            _ => FigureKind::Actual,
        }
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

    /// All that it is, in two words.
    #[inline]
    pub const fn words(self) -> [u32; 2] {
        let [low, high] = self.indicator.to_le_bytes();
        let small = u32::from_le_bytes([low, high, self.year, self.marks.0]);
        [self.value, small]
    }
}

/// Where a figure stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub plan: PlanId,
    pub start: u32,
    /// A text longer than 64 KiB is cut there.
    pub length: u16,
    /// Its row among its plan's; [`NO_ROW`] for one outside the table, [`FAR_ROW`] for one that is kept beside.
    pub row: u16,
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

impl Fixed<12> for Placed {
    fn put(&self) -> [u8; 12] {
        let both = u32::from(self.length) | u32::from(self.row) << 16;
        pack::words([self.plan.0, self.start, both])
    }

    fn get(bytes: &[u8; 12]) -> Self {
        let word = |at| pack::word(bytes, at);
        let [a, b, c, d] = word(2).to_le_bytes();
        Self {
            plan: PlanId(word(0)),
            start: word(1),
            length: u16::from_le_bytes([a, b]),
            row: u16::from_le_bytes([c, d]),
        }
    }
}

/// The row of a figure that stands outside the table.
pub(super) const NO_ROW: u16 = u16::MAX;

/// The row of a figure that has too many before it in its plan.
pub(super) const FAR_ROW: u16 = u16::MAX - 1;

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
