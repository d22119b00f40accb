//! What a report is about: all plans, those of a region, or one; and the plans that these answer to.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::Outcome;
use crate::facts::{Facts, PlanId};
use crate::language::{Language, Said};
use crate::region::RegionId;
use crate::relation::plan_of;
use crate::value::Value;

/// What a report is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Every plan.
    #[default]
    All,
    /// The plans of a region, by its code or its name.
    Region(String),
    /// A plan, by its id.
    Plan(String),
}

/// Files that the cover has room for.
const NAMED: usize = 5;

/// The plans of a report, in its order.
pub(super) struct Reach {
    /// Each with whether the report is about it, or only shows what others answer to.
    pub plans: Vec<(PlanId, bool)>,
    places: FxHashMap<PlanId, usize>,
    /// The region that it is about, where it is about one.
    region: Option<RegionId>,
    /// The plan that it is about, where it is about one.
    plan: Option<PlanId>,
    /// The files that it is about; all where it is empty.
    only: Vec<String>,
    /// Whose figures may be shown; everybody's where there is nothing.
    shown: Option<FxHashSet<PlanId>>,
}

impl Reach {
    pub fn new(outcome: &Outcome, scope: &Scope, only: &[String]) -> Result<Self, Said> {
        let Outcome { facts, sources, .. } = outcome;
        let (region, plan) = match scope {
            Scope::All => (None, None),
            Scope::Region(name) => (Some(region(facts, name)?), None),
            Scope::Plan(id) => (None, Some(plan(facts, id)?)),
        };
        let own: FxHashSet<PlanId> = match (region, plan) {
            (Some(region), _) => facts.plans_of(region).iter().copied().collect(),
            (None, Some(plan)) => FxHashSet::from_iter([plan]),
            (None, None) => facts.plans().collect(),
        };
        let is_asked = |plan: &PlanId| {
            let path = &sources.file(facts.plan(*plan).id.span.source).path;
            only.is_empty() || only.contains(path)
        };
        let only = if facts.plans().all(|plan| is_asked(&plan)) {
            &[]
        } else {
            only
        };
        let own: FxHashSet<PlanId> = own.into_iter().filter(is_asked).collect();
        if own.is_empty() && !only.is_empty() {
            return Err(Said::new(
                format!("{} 里没有要报告的规划", only.join("、")),
                format!("no plan to report on in {}", only.join(", ")),
            ));
        }
        // In the order of loading, whatever the set's order is.
        let about = || facts.plans().filter(|plan| own.contains(plan));
        let above = about().flat_map(|plan| facts.superior_plans(plan).iter().copied());
        let mut all: Vec<PlanId> = about().chain(above).collect();
        let order: FxHashMap<RegionId, usize> =
            facts.regions.in_order().iter().copied().zip(0..).collect();
        all.sort_by_key(|plan| (order.get(&facts.region_of(*plan)).copied(), *plan));
        all.dedup();
        let is_all = *scope == Scope::All && only.is_empty();
        let shown = (!is_all).then(|| {
            let below = about().flat_map(|plan| below(facts, plan));
            all.iter().copied().chain(below).collect()
        });
        Ok(Self {
            places: all.iter().copied().zip(0..).collect(),
            plans: all.iter().map(|plan| (*plan, own.contains(plan))).collect(),
            region,
            plan,
            only: only.to_vec(),
            shown,
        })
    }

    /// The plans that the report is about, with their places in it.
    pub fn own(&self) -> impl Iterator<Item = (usize, PlanId)> {
        let all = self.plans.iter().enumerate();
        all.filter_map(|(at, (plan, own))| own.then_some((at, *plan)))
    }

    /// A plan's place in the report.
    pub fn place(&self, plan: PlanId) -> Option<usize> {
        self.places.get(&plan).copied()
    }

    /// Whether the report is about all there is.
    pub const fn is_all(&self) -> bool {
        self.shown.is_none()
    }

    /// Whether all that some values are of may be shown: the plans' own, what stands above and below them, and nobody
    /// else's draft.
    pub fn shows(&self, facts: &Facts, values: &[Value]) -> bool {
        let Some(shown) = &self.shown else {
            return true;
        };
        values.iter().all(|value| match value {
            Value::List(values) => self.shows(facts, values),
            value => plan_of(facts, value).is_none_or(|plan| shown.contains(&plan)),
        })
    }

    /// What the report is about, where that is not all.
    pub fn said(&self, facts: &Facts, language: Language) -> Option<String> {
        let (open, close) = language.pick(("（", "）"), (" (", ")"));
        if let Some(region) = self.region {
            let region = facts.regions.get(region);
            return Some(format!("{}{open}{}{close}", region.name, region.code));
        }
        if let Some(plan) = self.plan {
            let plan = facts.plan(plan);
            return Some(format!(
                "{}{open}{}{close}",
                plan.title.value, plan.id.value
            ));
        }
        let named = self.only.iter().take(NAMED).map(String::as_str);
        let named: Vec<&str> = named.collect();
        let named = named.join(language.pick("、", ", "));
        match self.only.len() {
            0 => None,
            files if files > NAMED => Some(language.pick(
                format!("{named} 等 {files} 个文件"),
                format!("{named} and {} more files", files - NAMED),
            )),
            _ => Some(named),
        }
    }
}

/// The plans of the regions below a plan's.
fn below(facts: &Facts, plan: PlanId) -> impl Iterator<Item = PlanId> {
    let regions = facts.regions.descendants(facts.region_of(plan)).iter();
    regions.flat_map(|region| facts.plans_of(*region).iter().copied())
}

fn region(facts: &Facts, name: &str) -> Result<RegionId, Said> {
    let Some(region) = facts.regions.find(name) else {
        return Err(match facts.regions.named(name) {
            [] => Said::new(
                format!("区划表里没有 {name}"),
                format!("the table of regions has no {name}"),
            ),
            several => {
                let codes = several
                    .iter()
                    .map(|id| facts.regions.get(*id).code.as_str());
                let codes: Vec<&str> = codes.collect();
                Said::new(
                    format!("{name} 有几个：请用代码，{}", codes.join("、")),
                    format!(
                        "several regions are named {name}: use a code, {}",
                        codes.join(", ")
                    ),
                )
            }
        });
    };
    if facts.plans_of(region).is_empty() {
        let of = &facts.regions.get(region).name;
        return Err(Said::new(
            format!("{of} 没有规划"),
            format!("{of} has no plan"),
        ));
    }
    Ok(region)
}

fn plan(facts: &Facts, id: &str) -> Result<PlanId, Said> {
    let found = facts.plans().find(|plan| facts.plan(*plan).id.value == id);
    found.ok_or_else(|| {
        let ids = facts.plans().map(|plan| facts.plan(plan).id.value.as_str());
        let near = crate::problem::nearest(id, ids);
        let (zh, en) = near.map_or_else(Default::default, |near| {
            (
                format!("，是否想写 {near}？"),
                format!("; did you mean {near}?"),
            )
        });
        Said::new(format!("没有规划 {id}{zh}"), format!("no plan {id}{en}"))
    })
}
