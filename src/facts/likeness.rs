//! Figures that are alike: what is asked of no more than what they say, and of the make of their plans, has one answer.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Facts, FigureId, PlanId, RowId};
use crate::model::{Period, Plan, Status};
use crate::region::Level;

/// What figures, or rows, have in common that are [`Alike`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Likeness {
    /// The number of what they say: of a value, of a way to fill a row.
    said: u32,
    /// The small parts of a figure, and the make of the plan where that counts.
    rest: u32,
}

/// What figures, or rows, are to have in common; each beside those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// What they say.
    Said,
    /// The make of their plans: level, status, period, and whether only a part of them is here.
    Make,
}

/// The bits of a make's number.
const MAKE: u32 = 14;

/// What plans of one make have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Make {
    level: Level,
    status: Status,
    period: (i32, i32),
    partial: bool,
}

/// The plan whose figures were asked of last: those of one plan stand together. Where makes do not count, all are of one.
#[derive(Debug, Default)]
pub struct Recent {
    figures: Range<u32>,
    make: u32,
}

/// The makes of plans, numbered.
#[derive(Debug, Default)]
pub(super) struct Makes {
    of: Vec<u32>,
    known: FxHashMap<Make, u32>,
}

impl Recent {
    /// For what is alike in this.
    #[must_use]
    pub const fn new(alike: Alike) -> Self {
        let figures = match alike {
            // All plans are as one.
            Alike::Said => 0..u32::MAX,
            Alike::Make => 0..0,
        };
        Self { figures, make: 0 }
    }
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
    pub fn likeness(&self, id: FigureId, recent: &mut Recent) -> Option<Likeness> {
        let packed = self.packed(id);
        if packed.marks.has_rest() {
            return None;
        }
        let make = self.make_of_figure(id, recent);
        // Its indicator is that of its value.
        (make < 1 << MAKE).then(|| Likeness {
            said: packed.value().0,
            rest: packed.small() << MAKE | make,
        })
    }

    /// Takes the rows at some places, each with its [likeness](Self::row_likeness).
    pub fn each_row_likeness(
        &self,
        places: Range<usize>,
        recent: &mut Recent,
        mut take: impl FnMut(RowId, Likeness),
    ) {
        let rows = self.rows.get(places.clone()).unwrap_or_default();
        // The rows of a plan stand together; those that it had before it was read again are not among them.
        let mut own = 0..0;
        for (at, row) in places.zip(rows) {
            if !own.contains(&at) {
                let plan = self.plan_of_figure(FigureId(row.first));
                own = self.rows_of.range(plan.0 as usize, self.rows.len());
            }
            if own.contains(&at) {
                let id = RowId(u32::try_from(at).unwrap_or(u32::MAX));
                take(id, self.row_likeness(id, recent));
            }
        }
    }

    /// What a row has in common with those that are alike.
    #[must_use]
    #[inline]
    pub fn row_likeness(&self, id: RowId, recent: &mut Recent) -> Likeness {
        Likeness {
            said: self.form_id(id).0,
            rest: self.make_of_figure(FigureId(self.narrow(id).first), recent),
        }
    }

    /// The make of a figure's plan.
    #[inline]
    fn make_of_figure(&self, id: FigureId, recent: &mut Recent) -> u32 {
        if !recent.figures.contains(&id.0) {
            *recent = self.recent(self.plan_of_figure(id));
        }
        recent.make
    }

    /// Apart, so that the usual way is short.
    #[inline(never)]
    fn recent(&self, plan: PlanId) -> Recent {
        Recent {
            figures: self.range_of(plan),
            make: self.make(plan),
        }
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
    /// What they say, counted from nothing on.
    #[must_use]
    #[inline]
    pub const fn said(self) -> usize {
        self.said as usize
    }

    /// What they have in common beside that.
    #[must_use]
    #[inline]
    pub const fn rest(self) -> u32 {
        self.rest
    }
}
