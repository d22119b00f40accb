//! Accepted deviations: what they cover, when they lapse, and which were made use of.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::allowance::{Allowance, Lapse, Scope};
use super::{RuleSet, Shown};
use crate::facts::{Facts, PlanId};
use crate::finding::{Deviation, Subject};
use crate::language::Said;
use crate::model::{Date, Plan};
use crate::problem::{Kind, Problem, Severity};
use crate::relation::plan_of;
use crate::settings::Settings;
use crate::source::{SourceId, Sources, Span};
use crate::value::Value;

/// What an accepted deviation says of a check that does not hold.
#[derive(Clone, Copy)]
pub(super) enum Answer<'a> {
    Covers(&'a Allowance),
    Lapsed(&'a Allowance, Lapse),
}

/// How often an accepted deviation was asked for, and what came of it.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Use {
    covered: usize,
    /// What another one covers, too.
    also: usize,
    expired: usize,
    changed: usize,
    /// A figure that it was not granted for.
    figure: Option<Span>,
}

/// What was made of each accepted deviation, by its place.
pub(super) type Uses = BTreeMap<Span, Use>;

impl Use {
    pub fn add(&mut self, more: &Self) {
        self.covered += more.covered;
        self.also += more.also;
        self.expired += more.expired;
        self.changed += more.changed;
        self.figure = more.figure.or(self.figure);
    }

    pub fn subtract(&mut self, less: &Self) {
        self.covered -= less.covered;
        self.also -= less.also;
        self.expired -= less.expired;
        self.changed -= less.changed;
    }

    /// Takes an answer that decides, or one beside such.
    pub fn take(&mut self, answer: Answer<'_>, decides: bool, figure: Option<Span>) {
        match answer {
            _ if !decides => self.also += 1,
            Answer::Covers(_) => self.covered += 1,
            Answer::Lapsed(_, Lapse::Expired) => self.expired += 1,
            Answer::Lapsed(_, Lapse::ValueChanged) => {
                self.changed += 1;
                self.figure = figure;
            }
        }
    }
}

impl<'a> Answer<'a> {
    pub const fn allowance(self) -> &'a Allowance {
        match self {
            Self::Covers(allowance) | Self::Lapsed(allowance, _) => allowance,
        }
    }
}

/// Every accepted deviation of a run.
#[derive(Debug, Default)]
pub(super) struct Allowances {
    /// Those of one plan.
    own: FxHashMap<PlanId, Vec<Allowance>>,
    /// Those of regions, and of nobody.
    wide: Vec<Allowance>,
    today: Option<Date>,
}

impl Allowances {
    pub fn new(settings: &Settings, facts: &Facts, today: Option<Date>) -> Self {
        let mut all = Self {
            today,
            ..Self::default()
        };
        for plan in facts.plans() {
            all.of_plan(plan, facts);
        }
        if settings.exceptions.is_empty() {
            return all;
        }
        let plans = facts.plans();
        let plans = plans.map(|plan| (facts.plan(plan).id.value.as_str(), plan));
        let plans: FxHashMap<&str, PlanId> = plans.collect();
        for exception in &settings.exceptions {
            let allowance = Allowance::of_settings(exception, &plans, facts);
            match allowance.scope {
                Scope::Plan(plan) => all.own.entry(plan).or_default().push(allowance),
                _ => all.wide.push(allowance),
            }
        }
        all
    }

    fn of_plan(&mut self, plan: PlanId, facts: &Facts) {
        let allows = &facts.plan(plan).allows;
        if !allows.is_empty() {
            let own = allows.iter().map(|allow| Allowance::of_plan(allow, plan));
            self.own.entry(plan).or_default().extend(own);
        }
    }

    /// Takes a plan's own ones anew.
    pub fn replace(&mut self, plan: PlanId, file: SourceId, facts: &Facts) {
        if let Some(own) = self.own.get_mut(&plan) {
            own.retain(|allowance| allowance.consent.span.source != file);
        }
        self.of_plan(plan, facts);
    }

    /// Whether what is made of some hangs on a plan's words or their places: its own, those that it has now, and such as
    /// are granted for a value, whoever says it.
    pub fn concern(&self, plan: PlanId, new: &Plan) -> bool {
        let own = self.own.get(&plan).is_some_and(|own| !own.is_empty());
        let of_value = |allowance: &Allowance| allowance.consent.value.is_some();
        own || !new.allows.is_empty() || self.wide.iter().any(of_value)
    }

    /// Whether a plan has any of its own.
    pub fn has_own(&self, plan: PlanId) -> bool {
        self.own.get(&plan).is_some_and(|own| !own.is_empty())
    }

    /// The files that they stand in.
    pub fn files(&self) -> impl Iterator<Item = SourceId> {
        let all = self.own.values().flatten().chain(&self.wide);
        all.map(|allowance| allowance.consent.span.source)
    }

    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.wide.is_empty()
    }

    /// What is accepted of a rule's check: of what its first label is about, and of what the finding is about. What covers
    /// it comes first.
    pub fn answers(
        &self,
        facts: &Facts,
        rule: &str,
        of: &Value,
        subject: impl FnOnce() -> Subject,
    ) -> Vec<Answer<'_>> {
        let Some(plan) = plan_of(facts, of) else {
            return Vec::new();
        };
        let own = self.own.get(&plan).into_iter().flatten();
        let of_rule = |allowance: &&Allowance| allowance.consent.rule.value == rule;
        let mut meant = own.chain(&self.wide).filter(of_rule).peekable();
        if meant.peek().is_none() {
            return Vec::new();
        }
        let subject = subject();
        let meant = meant.filter(|allowance| allowance.means(facts, plan, &subject));
        let answers = meant.map(|allowance| match allowance.lapse(facts, of, self.today) {
            None => Answer::Covers(allowance),
            Some(lapse) => Answer::Lapsed(allowance, lapse),
        });
        let mut answers: Vec<Answer<'_>> = answers.collect();
        answers.sort_by_key(|answer| matches!(answer, Answer::Lapsed(..)));
        answers
    }

    fn all(&self) -> impl Iterator<Item = &Allowance> {
        let mut own: Vec<&Allowance> = self.own.values().flatten().chain(&self.wide).collect();
        own.sort_by_key(|allowance| allowance.consent.span);
        own.into_iter()
    }

    /// Those that cover something, by path and line.
    pub fn used(&self, uses: &Uses, sources: &Sources) -> Vec<Deviation> {
        let covering = self.all().filter_map(|of| {
            let count = uses.get(&of.consent.span)?.covered;
            (count > 0).then(|| of.deviation(count))
        });
        let mut deviations: Vec<Deviation> = covering.collect();
        deviations.sort_by_key(|of| {
            let path = sources.file(of.place.source).path.clone();
            (path, of.place.start)
        });
        deviations
    }

    /// Those that lapsed, and those that cover nothing. Where input is missing or only some files are shown, an entry
    /// that covers nothing there may cover something.
    pub(super) fn problems(
        &self,
        uses: &Uses,
        (rules, facts): (&RuleSet, &Facts),
        shown: &Shown,
        whole: bool,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for allowance in self.all() {
            let of = uses
                .get(&allowance.consent.span)
                .copied()
                .unwrap_or_default();
            if of.expired > 0 {
                problems.push(allowance.expired());
            } else if of.changed > 0 {
                problems.push(allowance.value_changed(of.figure));
            } else if of.covered + of.also == 0 && whole && allowance.is_asked(rules, shown) {
                problems.push(allowance.unused(rules, facts));
            }
        }
        problems
    }
}

impl Allowance {
    fn expired(&self) -> Problem {
        let (span, label) = self.once(Lapse::Expired);
        let rule = &self.consent.rule.value;
        let message = Said::new(
            format!("对 {rule} 的准许已到期"),
            format!("the deviation from {rule} is allowed no more"),
        );
        Problem::new(Kind::AllowExpired, span, message, label).help(Said::new(
            "改规划；确需延期的，重新报批后改 until 和文号",
            "mend the plan; or have it granted anew and change `until` and the document's number",
        ))
    }

    fn value_changed(&self, figure: Option<Span>) -> Problem {
        let (span, label) = self.once(Lapse::ValueChanged);
        let rule = &self.consent.rule.value;
        let message = Said::new(
            format!("对 {rule} 的准许针对的是另一个数值"),
            format!("the deviation from {rule} was allowed for another value"),
        );
        let problem = Problem::new(Kind::AllowValueChanged, span, message, label).help(Said::new(
            "数值改了，准许不再适用：重新报批后改 value，或改回原值",
            "the value was changed, so this holds no more: have it granted anew, or change it back",
        ));
        match figure {
            Some(figure) => problem.also(figure, Said::new("现在的数值", "the value now")),
            None => problem,
        }
    }

    /// Whether its rule was asked of what it is about.
    fn is_asked(&self, rules: &RuleSet, shown: &Shown) -> bool {
        let in_plan = shown.holds(Some(self.consent.span.source));
        (in_plan || shown.is_all()) && !rules.off.contains(&self.consent.rule.value)
    }

    fn unused(&self, rules: &RuleSet, facts: &Facts) -> Problem {
        let rule = &self.consent.rule.value;
        let message = Said::new(
            format!("对 {rule} 的准许没有用上"),
            format!("the deviation from {rule} that is allowed here does not occur"),
        );
        if let Some(plan) = &self.stranger {
            let label = Said::new("没有这份规划", "no such plan");
            let problem = Problem::new(Kind::AllowUnused, plan.span, message, label);
            let ids = facts.plans().map(|plan| facts.plan(plan).id.value.as_str());
            return problem.suggest(&plan.value, ids);
        }
        let unknown = rules.find(rule).is_none();
        let label = if unknown {
            Said::new("没有这条规则", "no such rule")
        } else {
            Said::new("没有这样的问题", "no such finding")
        };
        let problem = Problem::new(Kind::AllowUnused, self.consent.rule.span, message, label);
        if unknown {
            return problem.suggest(rule, rules.ids());
        }
        let narrow = matches!(self.scope, Scope::Region { below: false, .. });
        problem.help(if narrow {
            Said::new(
                "已经解决的，删去这一条；要包括下级区划的，加 subtree = true",
                "delete it if it is settled; add subtree = true if regions below are meant",
            )
        } else {
            Said::new(
                "已经解决的，删去这一条；否则核对规则、规划、指标和年份",
                "delete it if it is settled; otherwise look at rule, plan, indicator and year",
            )
        })
    }
}

/// Whether every input could be read, as far as is known.
pub(super) fn is_whole(problems: &[Problem]) -> bool {
    let is_error = |problem: &Problem| problem.kind.severity() == Severity::Error;
    !problems.iter().any(is_error)
}
