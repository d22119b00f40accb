//! How the checks of each plan came out, by indicator and by rule: those that hold are counted, too.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::subject::{self, About};
use crate::bound::{ReasonKind, Reasons};
use crate::catalogue::IndicatorId;
use crate::facts::{Facts, FigureId, PlanId};
use crate::finding::{Decided, Standing};
use crate::value::Value;

/// How some checks came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that hold.
    pub holds: usize,
    /// Those that do not.
    pub violated: usize,
    /// Those that could not be decided.
    pub undetermined: usize,
    /// Those that do not hold and were accepted.
    pub allowed: usize,
}

impl Counts {
    /// How many there are, accepted ones too.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.holds + self.violated + self.undetermined + self.allowed
    }

    /// Adds the counts of others.
    pub const fn add(&mut self, more: &Self) {
        self.holds += more.holds;
        self.violated += more.violated;
        self.undetermined += more.undetermined;
        self.allowed += more.allowed;
    }

    const fn of(decided: Option<Decided>, standing: Standing) -> Self {
        let mut counts = Self {
            holds: 0,
            violated: 0,
            undetermined: 0,
            allowed: 0,
        };
        match (decided, standing) {
            (None, _) => counts.holds = 1,
            (Some(Decided::Undetermined), _) => counts.undetermined = 1,
            (Some(Decided::Violated), Standing::Allowed(_)) => counts.allowed = 1,
            (Some(Decided::Violated), _) => counts.violated = 1,
        }
        counts
    }
}

/// How the checks of a run came out, by what they are about: its first place's plan, and the first indicator that any
/// place names.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    of_indicator: FxHashMap<(PlanId, IndicatorId), Counts>,
    /// By the rule's place in the rule set.
    of_rule: FxHashMap<(Option<PlanId>, usize), Counts>,
    seen: FxHashSet<IndicatorId>,
    figures: FxHashSet<FigureId>,
    /// What could not be decided and is no finding, for its rule says so: why, and how often.
    unlisted: FxHashMap<(Option<PlanId>, usize, Vec<ReasonKind>), usize>,
}

/// A check as it is counted.
pub(super) struct Counted<'c> {
    /// The rule's place in the rule set.
    pub rule: usize,
    /// What was decided; `None` for what holds.
    pub decided: Option<Decided>,
    /// Whether it counts.
    pub standing: Standing,
    /// Why it could not be decided, where no finding says so.
    pub unlisted: Option<&'c Reasons>,
}

impl Cells {
    pub(super) fn take(&mut self, facts: &Facts, entities: &[Value], check: &Counted<'_>) {
        let about = subject::about(facts, entities);
        let counts = Counts::of(check.decided, check.standing);
        let plan = about.map(|about| about.plan);
        let of_rule = self.of_rule.entry((plan, check.rule));
        of_rule.or_default().add(&counts);
        if let Some(reasons) = check.unlisted {
            let kinds = reasons.as_slice().iter().map(|reason| reason.kind);
            let mut kinds: Vec<ReasonKind> = kinds.collect();
            kinds.sort_unstable();
            kinds.dedup();
            *self.unlisted.entry((plan, check.rule, kinds)).or_default() += 1;
        }
        if let Some(About {
            plan,
            indicator: Some(indicator),
            ..
        }) = about
        {
            let cell = self.of_indicator.entry((plan, indicator));
            cell.or_default().add(&counts);
        }
        // That a superior's figure was held against others says nothing of itself.
        self.figures
            .extend(entities.iter().filter_map(|of| match of {
                Value::Figure(id) if Some(facts.figure(*id).plan) == plan => Some(*id),
                _ => None,
            }));
        let named = entities.iter().filter_map(|of| subject::of(facts, of));
        self.seen.extend(named.filter_map(|of| of.indicator));
    }

    pub(super) fn absorb(&mut self, other: Self) {
        // Sums do not depend on the order in which they are made.
        let more: BTreeMap<_, _> = other.of_indicator.into_iter().collect();
        for (key, more) in more {
            self.of_indicator.entry(key).or_default().add(&more);
        }
        let more: BTreeMap<_, _> = other.of_rule.into_iter().collect();
        for (key, more) in more {
            self.of_rule.entry(key).or_default().add(&more);
        }
        let more: BTreeMap<_, _> = other.unlisted.into_iter().collect();
        for (key, more) in more {
            *self.unlisted.entry(key).or_default() += more;
        }
        self.seen.extend(&other.seen);
        self.figures.extend(&other.figures);
    }

    /// What could not be decided of each plan and is no finding: the rule, by its place in the rule set, the kinds of
    /// reasons, and how many checks; in this order.
    #[must_use]
    pub fn unlisted(&self) -> BTreeMap<(Option<PlanId>, usize, Vec<ReasonKind>), usize> {
        self.unlisted.clone().into_iter().collect()
    }

    /// The checks of a plan on an indicator.
    #[must_use]
    pub fn of_indicator(&self, plan: PlanId, indicator: IndicatorId) -> Counts {
        let cell = self.of_indicator.get(&(plan, indicator));
        cell.copied().unwrap_or_default()
    }

    /// The checks that a rule, by its place in the rule set, made of a plan; `None` for those about no plan.
    #[must_use]
    pub fn of_rule(&self, plan: Option<PlanId>, rule: usize) -> Counts {
        let cell = self.of_rule.get(&(plan, rule));
        cell.copied().unwrap_or_default()
    }

    /// Whether any check looked at an indicator.
    #[must_use]
    pub fn has_seen(&self, indicator: IndicatorId) -> bool {
        self.seen.contains(&indicator)
    }

    /// Whether any check was about a figure, or about another of its plan together with it.
    #[must_use]
    pub fn has_checked(&self, figure: FigureId) -> bool {
        self.figures.contains(&figure)
    }
}
