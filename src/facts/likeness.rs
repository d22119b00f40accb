//! Figures that are alike: what is asked of no more than what they say, and of the make of their plans, has one answer.

use rustc_hash::FxHashMap;

use super::{Facts, FigureId, PlanId, RowId};
use crate::model::{Period, Plan, Status};
use crate::region::Level;

/// What figures, or rows, have in common that are alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Likeness([u64; 2]);

/// What plans of one make have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Make {
    level: Level,
    status: Status,
    period: (i32, i32),
    partial: bool,
}

/// The makes of plans, numbered.
#[derive(Debug, Default)]
pub(super) struct Makes {
    of: Vec<u32>,
    known: FxHashMap<Make, u32>,
}

impl Makes {
    fn number(&mut self, make: Make) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(make).or_insert(next)
    }
}

impl Facts {
    /// What a figure has in common with those that are alike; `None` for one that has something that few have.
    #[must_use]
    #[inline]
    pub fn likeness(&self, id: FigureId) -> Option<Likeness> {
        let packed = self.packed(id);
        if packed.marks.has_rest() {
            return None;
        }
        let [value, small] = packed.words();
        Some(Likeness([
            both(value, small),
            self.make(self.plan_of_figure(id)).into(),
        ]))
    }

    /// What a row has in common with those that are alike.
    #[must_use]
    pub fn row_likeness(&self, id: RowId) -> Likeness {
        let form = self.form_id(id).0;
        Likeness([form.into(), self.make(self.plan_of(id)).into()])
    }

    #[inline]
    fn make(&self, plan: PlanId) -> u32 {
        let makes = self.made.makes.get_or_init(|| {
            let mut makes = Makes::default();
            for plan in &self.plans {
                let number = makes.number(self.make_of(plan));
                makes.of.push(number);
            }
            makes
        });
        makes.of.get(plan.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// Notes the make of a plan that was read again.
    pub(super) fn remake(&mut self, id: PlanId) {
        let make = self.make_of(self.plan(id));
        if let Some(makes) = self.made.makes.get_mut() {
            let number = makes.number(make);
            if let Some(place) = makes.of.get_mut(id.0 as usize) {
                *place = number;
            }
        }
    }

    fn make_of(&self, plan: &Plan) -> Make {
        let Period { from, to } = plan.period.value;
        Make {
            level: self.regions.get(plan.region.value).level,
            status: plan.status.value,
            period: (from, to),
            partial: plan.partial,
        }
    }
}

impl Likeness {
    /// A number that spreads likenesses over tables.
    #[must_use]
    #[inline]
    pub fn spread(self) -> u64 {
        let Self([one, other]) = self;
        let mixed =
            (one.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ other).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ mixed >> 32
    }
}

fn both(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}
