//! Figures as they are kept: what nearly every figure has, in as few bytes as it takes.

use super::{Origin, PlanId};
use crate::catalogue::IndicatorId;
use crate::model::{FigureKind, Nature, ValueId};
use crate::pack::{self, Fixed};

/// What is asked of millions of figures to find the few that are wanted, apart from the rest: more of them are at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    pub value: ValueId,
    pub indicator: IndicatorId,
    pub year: i16,
    pub kind: FigureKind,
    pub marks: Marks,
}

impl Packed {
    /// Its year, kind and marks.
    #[inline]
    pub const fn small(&self) -> u32 {
        let [low, high] = self.year.to_le_bytes();
        u32::from_le_bytes([low, high, self.kind as u8, self.marks.0])
    }
}

/// Where a figure stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub plan: PlanId,
    /// [`NO_ROW`] for one outside the table.
    pub row: u32,
    pub start: u32,
    pub end: u32,
}

impl Fixed<12> for Packed {
    fn put(&self) -> [u8; 12] {
        pack::words([self.value.0, self.indicator.number(), self.small()])
    }

    fn get(bytes: &[u8; 12]) -> Self {
        let word = |at| pack::word(bytes, at);
        let [low, high, kind, marks] = word(2).to_le_bytes();
        Self {
            value: ValueId(word(0)),
            indicator: IndicatorId::numbered(word(1)),
            year: i16::from_le_bytes([low, high]),
            kind: match kind {
                0 => FigureKind::Target,
                1 => FigureKind::Baseline,
                _ => FigureKind::Actual,
            },
            marks: Marks(marks),
        }
    }
}

impl Fixed<16> for Placed {
    fn put(&self) -> [u8; 16] {
        pack::words([self.plan.0, self.row, self.start, self.end])
    }

    fn get(bytes: &[u8; 16]) -> Self {
        let word = |at| pack::word(bytes, at);
        Self {
            plan: PlanId(word(0)),
            row: word(1),
            start: word(2),
            end: word(3),
        }
    }
}

/// The row of a figure that stands outside the table.
pub(super) const NO_ROW: u32 = u32::MAX;

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
