//! A plan read again while all others stay as they are.

use std::sync::OnceLock;

use super::build::Taking;
use super::values::{Known, Values};
use super::{Facts, FigureId, PlanId};
use crate::model::{Plan, Pool, Table};
use crate::region::Regions;

impl Facts {
    /// Puts a plan in the place of what it was. Its figures get new numbers, behind all others; the numbers of all
    /// other plans' figures stay. The old ones are in no table and no index any more.
    pub fn replace(&mut self, id: PlanId, plan: Plan, table: &Table, pool: Pool) {
        self.forget(id);
        self.place(id, &plan);
        let mut values = Values::default();
        let mut known = Known::default();
        values.take(pool, &mut known);
        let rows = self.rows.len();
        Taking::new(self, &mut values, &known).take(id, &plan, table);
        let forms = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        for row in self.rows.iter_mut().skip(rows) {
            row.form.0 += forms;
        }
        self.forms.extend(values.pool.into_parts().0);
        if let Some(place) = self.plans.get_mut(id.0 as usize) {
            *place = plan;
        }
        self.figures_by = OnceLock::new();
    }

    /// Strikes a plan's figures and rows out.
    fn forget(&mut self, id: PlanId) {
        let figures = self.figures_of.range(id.0 as usize, self.figures.len());
        for at in figures {
            if let Some(figure) = self.figures.get_mut(at) {
                figure.marks.add_gone();
                if figure.marks.has_rest() {
                    let id = FigureId(u32::try_from(at).unwrap_or(u32::MAX));
                    self.rests.remove(&id);
                }
            }
        }
        for row in self.rows_of(id) {
            self.row_ordinals.remove(&row);
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
