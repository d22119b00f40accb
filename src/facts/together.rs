//! What those directly below say, taken together: gone through once, plan by plan, for all that is asked of their sum, their
//! number and their best.

use std::mem;
use std::sync::OnceLock;

use super::edge::Edge;
use super::{Facts, FigureId, FigureSet, PlanId};
use crate::bound::Compact;
use crate::catalogue::Aggregate;
use crate::quantity::Dimension;

/// By plan with somebody below and by indicator, of those that are combined in one way, what these say on the usual base.
#[derive(Debug, Default)]
pub(super) struct Togethers {
    /// Each plan's row, [`NONE`] for one with nobody below.
    rows: Vec<u32>,
    /// By indicator, its place in a row; [`NONE`] for one that is not combined in this way.
    columns: Vec<u32>,
    /// The places of a row: in the first, how many regions are below.
    width: usize,
    /// Row by row.
    places: Vec<Place>,
}

/// No row.
const NONE: u32 = u32::MAX;

/// What the regions directly below say of an indicator for a year.
#[derive(Clone, Copy, Debug)]
pub struct Together<'f> {
    facts: &'f Facts,
    place: Place,
    /// How many targets they give.
    pub count: usize,
    /// Whether one of the regions says nothing, or nothing that could be compared.
    pub lacks: bool,
}

/// Whether any of some is as one asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyOf {
    /// That is known.
    Known(bool),
    /// Of those that say something none is: it is undecided, for one says nothing, or nothing that could be compared.
    Undecided,
}

/// Targets of one year, one unit and one direction, each with an exact edge or with nothing that could be compared; or that
/// they are not so simple.
#[derive(Clone, Copy, Debug)]
struct Place {
    count: u32,
    /// How many regions they are of.
    regions: u32,
    /// The first of them with an edge; [`NONE`] where none has one.
    first: u32,
    year: i16,
    is_simple: bool,
    /// Whether one means nothing that could be compared.
    unbounded: bool,
    /// The strictest edge.
    best: Edge,
    /// The sum of the edges' numbers.
    sum: i64,
}

impl Place {
    const EMPTY: Self = Self {
        count: 0,
        regions: 0,
        first: NONE,
        year: 0,
        is_simple: true,
        unbounded: false,
        best: Edge::INEXACT,
        sum: 0,
    };

    /// Takes a target in.
    #[inline]
    fn take(&mut self, id: FigureId, year: i32, edge: Edge) {
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        if self.count == 0 {
            self.year = year;
        }
        self.is_simple &= year == self.year;
        self.count += 1;
        if !edge.is_bounded() {
            self.unbounded = true;
            return;
        }
        let number = edge.number();
        let (best, sum) = if self.first == NONE {
            self.first = id.0;
            (Some(edge), number)
        } else {
            let sum = number.and_then(|number| self.sum.checked_add(number));
            (self.best.stricter(&edge), sum)
        };
        match best.zip(sum) {
            Some((best, sum)) => (self.best, self.sum) = (best, sum),
            None => self.is_simple = false,
        }
    }
}

impl<'f> Together<'f> {
    /// The sum of the guaranteed edges of what they say; `None` where one says nothing, or nothing that could be
    /// compared.
    #[must_use]
    pub fn sum(&self) -> Option<(Compact, &'f Dimension)> {
        if self.lacks || self.place.first == NONE {
            return None;
        }
        let (_, dimension) = self.facts.compact_of(FigureId(self.place.first))?;
        Some((Compact::exactly(self.place.sum), dimension))
    }

    /// Whether any of them is no weaker than a figure; `None` where nobody knows.
    #[must_use]
    pub fn any_no_weaker(&self, than: FigureId) -> Option<AnyOf> {
        let than = self.facts.edge(self.facts.packed(than));
        let said = match self.place.first {
            NONE => false,
            _ if !than.is_bounded() => return Some(AnyOf::Undecided),
            _ => self.place.best.is_no_weaker(&than)?,
        };
        Some(if self.lacks && !said {
            AnyOf::Undecided
        } else {
            AnyOf::Known(said)
        })
    }
}

impl Facts {
    /// What the regions directly below say of a target's indicator for its year, taken together; `None` where that is not
    /// so simple: they have to be [gone through](Self::children_say).
    #[must_use]
    pub fn together(&self, target: FigureId) -> Option<Together<'_>> {
        let packed = self.packed(target);
        if packed.marks.has_rest() {
            return None;
        }
        let indicator = self.indicator(packed);
        let combined = self.catalogue.get(indicator).aggregate;
        let all = self.made.together.get(combined as usize)?;
        let all = all.get_or_init(|| self.all_together(combined));
        let row = all.rows.get(self.plan_of_figure(target).0 as usize)?;
        let (mut place, mut regions) = (Place::EMPTY, 0);
        if *row != NONE {
            let first = *row as usize * all.width;
            let column = *all.columns.get(indicator.index())?;
            regions = all.places.get(first)?.regions;
            place = *all.places.get(first + column as usize)?;
        }
        if !place.is_simple {
            return None;
        }
        if i32::from(place.year) != packed.year() {
            place = Place::EMPTY;
        }
        Some(Together {
            facts: self,
            place,
            count: place.count as usize,
            lacks: place.unbounded || place.regions < regions,
        })
    }

    fn all_together(&self, combined: Aggregate) -> Togethers {
        let mut all = Togethers {
            rows: Vec::with_capacity(self.plans.len()),
            columns: vec![NONE; self.catalogue.len()],
            width: 1,
            places: Vec::new(),
        };
        for indicator in self.catalogue.all() {
            let column = all.columns.get_mut(indicator.index());
            if let Some(column) =
                column.filter(|_| self.catalogue.get(indicator).aggregate == combined)
            {
                *column = u32::try_from(all.width).unwrap_or(NONE);
                all.width += 1;
            }
        }
        let mut rows = 0;
        for plan in self.plans() {
            if self.has_nobody_below(plan) {
                all.rows.push(NONE);
            } else {
                all.rows.push(rows);
                all.places.extend(self.row_together(plan, &all));
                rows += 1;
            }
        }
        all
    }

    /// A plan's row.
    fn row_together(&self, plan: PlanId, all: &Togethers) -> Vec<Place> {
        let mut row = vec![Place::EMPTY; all.width];
        // By place, the last region that says something, counted from one.
        let mut last = vec![0; all.width];
        let mut region = 1;
        for below in self.directly_below(plan) {
            let range = below.plan.map(|plan| self.range_of(plan));
            let first = range.clone().map_or(0, |range| range.start);
            let figures = range.map(|range| range.start as usize..range.end as usize);
            let figures = figures.and_then(|range| self.figures.get(range));
            for (id, packed) in (first..).zip(figures.unwrap_or_default()) {
                if !FigureSet::Targets.holds(*packed) {
                    continue;
                }
                let column = all.columns.get(self.indicator(*packed).index());
                let Some(column) = column.filter(|column| **column != NONE) else {
                    continue;
                };
                let (id, at) = (FigureId(id), *column as usize);
                let is_said = !packed.marks.has_rest() || self.is_target(id, None, |_| true);
                if let (true, Some(place), Some(last)) =
                    (is_said, row.get_mut(at), last.get_mut(at))
                {
                    place.take(id, packed.year(), self.edge(*packed));
                    place.regions += u32::from(*last != region);
                    *last = region;
                }
            }
            region += u32::from(below.last);
        }
        if let Some(first) = row.first_mut() {
            first.regions = region - 1;
        }
        row
    }

    /// Takes together anew what a plan that was read again and those beside it say.
    pub(super) fn take_together(&mut self, plan: PlanId) {
        let mut together = mem::take(&mut self.made.together);
        let above = self.regions.parent(self.region_of(plan));
        let above = above.map_or(&[][..], |region| self.plans_of(region));
        for all in together.iter_mut().filter_map(OnceLock::get_mut) {
            for plan in above {
                let row = all.rows.get(plan.0 as usize).copied();
                let Some(row) = row.filter(|row| *row != NONE) else {
                    continue;
                };
                let found = self.row_together(*plan, all);
                let first = row as usize * all.width;
                if let Some(places) = all.places.get_mut(first..first + all.width) {
                    places.copy_from_slice(&found);
                }
            }
        }
        self.made.together = together;
    }
}
