//! A plan read again while all others stay as they are.

use std::ops::Range;
use std::sync::OnceLock;

use super::build::Taking;
use super::index::{Group, Length};
use super::packed::FAR_ROW;
use super::sets::Sets;
use super::values::{Known, Values};
use super::{Facts, FigureId, PlanId, RowId};
use crate::catalogue::IndicatorId;
use crate::model::{Plan, Pool, Table};
use crate::region::Regions;

/// A plan's new reading beside its old one, which is still the one that is asked.
#[derive(Debug)]
pub struct Draft {
    id: PlanId,
    plan: Plan,
    figures: (Range<usize>, Range<usize>),
    rows: (Range<usize>, Range<usize>),
    index: Length,
    group: Group,
    /// The indicators that the two say something else of: the others' figures and rows are the same, one by one.
    pub differing: Vec<IndicatorId>,
    /// Whether any place of the plan is another.
    pub moved: bool,
    /// Whether the figures and rows stand as they stood: then each keeps its number.
    pub in_place: bool,
}

impl Facts {
    /// Reads a plan's figures anew, behind all others and in no table: the old ones are asked until it is
    /// [settled](Self::settle), which has to come next.
    pub fn draft(&mut self, id: PlanId, plan: Plan, table: &Table, pool: Pool) -> Draft {
        let at = id.0 as usize;
        let (length, group) = (self.indexed.length(), self.indexed.group(at));
        let old = (
            self.figures_of.range(at, self.figures.len()),
            self.rows_of.range(at, self.rows.len()),
        );
        let region = self.region_of(id);
        self.set_region(id, plan.region.value);
        let mut values = Values::default();
        let mut known = Known::default();
        values.take(pool, &mut known);
        let rows = self.rows.len();
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.has_gone = true;
        self.drafted = Some((FigureId(number(self.figures.len())), RowId(number(rows))));
        Taking::new(self, &mut values, &known).take(id, &plan, table);
        self.forms.extend(values.pool.into_parts().0);
        let new = (
            self.figures_of.range(at, self.figures.len()),
            self.rows_of.range(at, self.rows.len()),
        );
        for figure in self.figures.get_mut(new.0.clone()).into_iter().flatten() {
            figure.marks.add_gone();
        }
        let taken = self.indexed.group(at);
        self.indexed.put(at, &group);
        self.set_ranges(at, &old);
        self.set_region(id, region);
        let mut draft = Draft {
            id,
            moved: *self.plan(id) != plan,
            plan,
            figures: (old.0, new.0),
            rows: (old.1, new.1),
            index: length,
            group: taken,
            differing: Vec::new(),
            in_place: false,
        };
        draft.in_place = self.stand_alike(&draft);
        self.compare(&mut draft);
        draft
    }

    /// Puts a plan's new reading in the place of its old one. Where figures and rows stand as they stood, each keeps
    /// its number. Otherwise they get new ones, behind all others: given are the old and new numbers of those that
    /// say the same; the old ones are in no table and no index any more.
    pub fn settle(&mut self, draft: Draft) -> Vec<(FigureId, FigureId)> {
        let id = draft.id;
        self.drafted = None;
        self.place(id, &draft.plan);
        for figure in self
            .figures
            .get_mut(draft.figures.1.clone())
            .into_iter()
            .flatten()
        {
            figure.marks.remove_gone();
        }
        let mut renumbered = Vec::new();
        if draft.in_place {
            self.overwrite(&draft);
        } else {
            renumbered = self.same(&draft);
            self.forget(&draft);
            let at = id.0 as usize;
            self.set_ranges(at, &(draft.figures.1, draft.rows.1));
            self.indexed.put(at, &draft.group);
            self.made.figures_by = OnceLock::new();
        }
        if let Some(place) = self.plans.get_mut(id.0 as usize) {
            *place = draft.plan;
        }
        self.made.sets = Sets::default();
        self.remake(id);
        self.find_onlys(id);
        self.take_together(id);
        renumbered
    }

    fn set_region(&mut self, id: PlanId, region: crate::region::RegionId) {
        if let Some(head) = self.heads.get_mut(id.0 as usize) {
            head.region = region;
        }
    }

    fn set_ranges(&mut self, plan: usize, (figures, rows): &(Range<usize>, Range<usize>)) {
        self.figures_of.begin(plan, figures.start);
        self.figures_of.end(plan, figures.end);
        self.rows_of.begin(plan, rows.start);
        self.rows_of.end(plan, rows.end);
    }

    /// Whether both readings have as many rows and figures, each of the same indicator and row.
    fn stand_alike(&self, draft: &Draft) -> bool {
        let ((old, new), rows) = (&draft.figures, &draft.rows);
        let stands = |at: usize| {
            let row = self.places.get(at).map(|place| place.row());
            let figure = self.figures.get(at);
            (figure.map(|figure| self.indicator(*figure)), row)
        };
        let mut both = old.clone().zip(new.clone());
        // Plans of so many rows are taken anew.
        let is_near = rows.0.len() < FAR_ROW as usize;
        is_near
            && old.len() == new.len()
            && rows.0.len() == rows.1.len()
            && both.all(|(a, b)| stands(a) == stands(b))
    }

    /// Moves the new figures and rows to where the old ones stand.
    fn overwrite(&mut self, draft: &Draft) {
        let ((old, new), rows) = (&draft.figures, &draft.rows);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let figure = |id: FigureId| FigureId(number(id.0 as usize + old.start - new.start));
        for at in new.clone() {
            let (from, to) = (FigureId(number(at)), figure(FigureId(number(at))));
            let apart = self.apart.remove(&from);
            self.apart.remove(&to);
            self.apart.extend(apart.map(|apart| (to, apart)));
            let rest = self.rests.remove(&from);
            self.rests.remove(&to);
            if let Some(mut rest) = rest {
                rest.baselines = rest.baselines.into_iter().map(figure).collect();
                self.rests.insert(to, rest);
            }
        }
        self.figures.copy_within(new.clone(), old.start);
        self.places.copy_within(new.clone(), old.start);
        for at in rows.1.clone() {
            let to = at + rows.0.start - rows.1.start;
            let ordinal = self.row_ordinals.remove(&RowId(number(at)));
            self.row_ordinals.remove(&RowId(number(to)));
            if let Some(ordinal) = ordinal {
                self.row_ordinals.insert(RowId(number(to)), ordinal);
            }
            let wide = self.wide.remove(&RowId(number(at)));
            self.wide.remove(&RowId(number(to)));
            if let Some(mut wide) = wide {
                wide.first = figure(FigureId(wide.first)).0;
                self.wide.insert(RowId(number(to)), wide);
            }
            if let Some(row) = self.rows.get_mut(at) {
                row.first = figure(FigureId(row.first)).0;
            }
        }
        self.rows.copy_within(rows.1.clone(), rows.0.start);
        self.figures.truncate(new.start);
        self.places.truncate(new.start);
        self.owners.truncate(new.start);
        self.rows.truncate(rows.1.start);
        self.indexed.cut(draft.index);
    }

    /// Strikes a plan's old figures and rows out.
    fn forget(&mut self, draft: &Draft) {
        for at in draft.figures.0.clone() {
            let id = FigureId(u32::try_from(at).unwrap_or(u32::MAX));
            self.apart.remove(&id);
            if let Some(figure) = self.figures.get_mut(at) {
                figure.marks.add_gone();
                if figure.marks.has_rest() {
                    self.rests.remove(&id);
                }
            }
        }
        for row in draft.rows.0.clone() {
            let row = RowId(u32::try_from(row).unwrap_or(u32::MAX));
            self.row_ordinals.remove(&row);
            self.wide.remove(&row);
        }
    }

    /// Notes what the plan is compared by; where that has changed, all plans are linked anew.
    fn place(&mut self, id: PlanId, plan: &Plan) {
        let old = *self.head(id);
        let same = self.plan(id).field.value == plan.field.value;
        let field = if same {
            old.field
        } else {
            let named = |other: &PlanId| self.plan(*other).field.value == plan.field.value;
            let other = self.plans().find(named).map(|other| self.head(other).field);
            let highest = self.heads.iter().map(|head| head.field).max();
            other.unwrap_or_else(|| highest.map_or(0, |highest| highest + 1))
        };
        let (region, period) = (plan.region.value, plan.period.value);
        if let Some(head) = self.heads.get_mut(id.0 as usize) {
            (head.region, head.field, head.period) = (region, field, period);
            head.source = plan.id.span.source;
        }
        if region != old.region {
            if let Some(plans) = self.plans_of.get_mut(Regions::index(old.region)) {
                plans.retain(|other| *other != id);
            }
            if let Some(plans) = self.plans_of.get_mut(Regions::index(region)) {
                plans.push(id);
                plans.sort_unstable();
            }
        }
        if region != old.region || field != old.field || period != old.period {
            self.link();
        }
    }
}

impl Draft {
    /// The plan as it is read now.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(super) const fn figures(&self) -> &(Range<usize>, Range<usize>) {
        &self.figures
    }

    pub(super) const fn rows(&self) -> &(Range<usize>, Range<usize>) {
        &self.rows
    }
}
