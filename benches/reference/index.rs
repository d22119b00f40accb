//! What the checks look things up in: the plans above and below each plan, and where each indicator's row is.

use super::names::Names;
use super::rows::{Plan, Table, place};

/// No row, no plan.
pub const NOWHERE: u32 = u32::MAX;

/// The indexes.
pub struct Index {
    /// How many indicators there are.
    width: usize,
    /// The row of each plan's indicator: plan times width plus indicator.
    slots: Vec<u32>,
    above: Lists,
    below: Lists,
}

/// Lists of plans, one behind the other.
#[derive(Default)]
struct Lists {
    ends: Vec<usize>,
    plans: Vec<u32>,
}

impl Lists {
    fn of(&self, plan: u32) -> &[u32] {
        let plan = plan as usize;
        let start = if plan == 0 { 0 } else { self.ends[plan - 1] };
        &self.plans[start..self.ends[plan]]
    }

    fn end(&mut self) {
        self.ends.push(self.plans.len());
    }
}

impl Index {
    /// The plans that a plan answers to, nearest first.
    pub fn above(&self, plan: u32) -> &[u32] {
        self.above.of(plan)
    }

    /// The plans of the regions directly below; [`NOWHERE`] for a region without one.
    pub fn below(&self, plan: u32) -> &[u32] {
        self.below.of(plan)
    }

    /// The row of a plan's indicator; [`NOWHERE`] if it has none.
    pub fn slot(&self, plan: u32, indicator: u16) -> u32 {
        self.slots[plan as usize * self.width + usize::from(indicator)]
    }
}

/// Makes the indexes. Two plans of one region, or two rows of one indicator in a plan, are refused.
pub fn build(table: &Table, names: &Names) -> Result<Index, String> {
    let of = plans_of(table, names)?;
    let width = names.indicators.len();
    let mut slots = vec![NOWHERE; table.plans.len() * width];
    for (number, row) in table.rows.iter().enumerate() {
        let slot = &mut slots[row.plan as usize * width + usize::from(row.indicator)];
        if *slot != NOWHERE {
            return Err(format!("line {}: the indicator comes twice", row.line));
        }
        *slot = place(number)?;
    }
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); names.parents.len()];
    for (region, parent) in (0_u32..).zip(&names.parents) {
        if let Some(parent) = parent {
            children[*parent as usize].push(region);
        }
    }
    let comparable = |region: u32, own: &Plan| {
        let plan = of[region as usize];
        let fits = plan != NOWHERE && table.plans[plan as usize].is_comparable(own);
        if fits { plan } else { NOWHERE }
    };
    let (mut above, mut below) = (Lists::default(), Lists::default());
    for plan in &table.plans {
        let mut next = names.parents[plan.region as usize];
        while let Some(region) = next {
            let superior = comparable(region, plan);
            above
                .plans
                .extend(Some(superior).filter(|superior| *superior != NOWHERE));
            next = names.parents[region as usize];
        }
        above.end();
        let regions = children[plan.region as usize].iter();
        below
            .plans
            .extend(regions.map(|region| comparable(*region, plan)));
        below.end();
    }
    Ok(Index {
        width,
        slots,
        above,
        below,
    })
}

/// The plan of each region.
fn plans_of(table: &Table, names: &Names) -> Result<Vec<u32>, String> {
    let mut of = vec![NOWHERE; names.parents.len()];
    for (number, plan) in (0_u32..).zip(&table.plans) {
        let place = of.get_mut(plan.region as usize);
        let place = place.ok_or_else(|| format!("{}: no region", plan.id))?;
        if *place != NOWHERE {
            return Err(format!("{}: a second plan of its region", plan.id));
        }
        *place = number;
    }
    Ok(of)
}
