//! What a session says: the whole report, or the findings of one file.

use super::Session;
use super::held::Held;
use crate::check::allow::is_whole;
use crate::check::found::{Found, Made, Origin, Told};
use crate::check::hit::Hit;
use crate::check::tally::Tally;
use crate::check::{Shown, problems};
use crate::facts::PlanId;
use crate::finding::{Finding, Inputs, Report};
use crate::problem::Problem;
use crate::source::SourceId;

/// A check that does not hold, and the plan of its outermost variable.
pub(super) type Keyed = (Option<PlanId>, Hit);

impl Session {
    /// All findings of a file as it is now; `None` where the repository has no such file. Which others say a finding
    /// again is told of those that are asked of the same plan, of a plan of the figures, or of none.
    #[must_use]
    pub fn findings_of(&self, path: &str) -> Option<Vec<Finding>> {
        let source = self.sources.find(path)?;
        Some(match self.files.get(&source) {
            Some(plan) => self.told(source, Some(*plan)),
            None => self.told(source, None),
        })
    }

    /// The findings of a file; of one that is no plan's, all are looked through.
    pub(super) fn told(&self, source: SourceId, plan: Option<PlanId>) -> Vec<Finding> {
        let items = match plan {
            Some(plan) => self.items_of(source, plan),
            None => self.all_items(),
        };
        let here = |problem: &Problem| problem.span.source == source;
        let (report, found) = self.report(items, plan, Inputs::default(), &here);
        let told = Told {
            facts: &self.facts,
            sources: &self.sources,
            rules: &self.rules,
            report: &report,
            found: &found,
            memories: &self.memories,
            allowances: &self.allowances,
        };
        let findings = report.findings.iter().enumerate();
        let own = findings.filter(|(_, brief)| brief.place.is_some_and(|at| at.source == source));
        own.filter_map(|(at, _)| told.get(at)).collect()
    }

    /// What is shown in a plan's file, and what may say it again.
    fn items_of(&self, source: SourceId, plan: PlanId) -> Vec<Keyed> {
        let here = |held: &&Held| held.shown == Some(source);
        let found_from = self.elsewhere.get(&source).into_iter().flatten();
        let mut keys: Vec<Option<PlanId>> = found_from.copied().map(Some).collect();
        keys.extend([Some(plan), None]);
        keys.sort_unstable();
        keys.dedup();
        let mut shown: Vec<Keyed> = Vec::new();
        let mut plans: Vec<Option<PlanId>> = vec![None];
        for key in keys {
            for held in self.items.of(key).filter(here) {
                shown.push((key, held.hit));
                if held.compares
                    && let Some(rule) = self.rules.rules.get(usize::from(held.hit.rule))
                    && let Some(memory) = self.memories.get(held.hit.memory as usize)
                {
                    plans.push(key);
                    let of = held.hit.figures(rule, memory);
                    plans.extend(of.map(|id| Some(self.facts.plan_of_figure(id))));
                }
            }
        }
        plans.sort_unstable();
        plans.dedup();
        for key in plans {
            let all = self.items.of(key).filter(|held| held.compares);
            let others = all.filter(|held| !here(held));
            shown.extend(others.map(|held| (key, held.hit)));
        }
        shown
    }

    /// All that was found.
    pub(super) fn all_items(&self) -> Vec<Keyed> {
        let all = self.items.all().map(|held| (held.plan, held.hit));
        all.collect()
    }

    /// The report of some findings and some problems, those of one plan's file or of all.
    pub(super) fn report(
        &self,
        mut items: Vec<Keyed>,
        plan: Option<PlanId>,
        inputs: Inputs,
        of_problem: &dyn Fn(&Problem) -> bool,
    ) -> (Report, Found) {
        let shown = Shown { only: None };
        let mut tally = Tally::new(&shown);
        // As they are found when all is checked at once: rule by rule, plan by plan, figure by figure.
        items.sort_by_key(|(plan, hit)| (hit.rule, *plan, self.figure_of(*hit)));
        let items = items.into_iter().map(|(_, hit)| Origin::Check(hit));
        let items: Vec<Origin> = items.collect();
        tally.items = items.into();
        for count in self.counts.iter().filter(|_| !self.options.read_only) {
            tally.add_rule(count);
        }
        tally.summary.allowed = self.allowed;
        let language = self.options.language;
        let more = self.more_problems(plan);
        let all = self.problems.iter().chain(&more);
        for problem in all.filter(|problem| of_problem(problem)) {
            let finding = match plan {
                Some(plan) => {
                    problems::of_plan(problem, (&self.facts, plan), &self.sources, language)
                }
                None => problems::finding(problem, Some(&self.facts), &self.sources, language),
            };
            tally.problem(finding, &self.sources);
        }
        let deviations = match plan {
            Some(_) => Vec::new(),
            None => self.allowances.used(&self.uses, &self.sources),
        };
        let made = Made {
            facts: &self.facts,
            rules: &self.rules,
            memories: &self.memories,
        };
        tally.report(language, inputs, deviations, (&self.sources, &made))
    }

    /// The number of the figure that a check is made of, where it is one.
    fn figure_of(&self, hit: Hit) -> Option<crate::facts::FigureId> {
        match hit.outermost(self.memories.get(hit.memory as usize)?)? {
            crate::value::Value::Figure(id) => Some(id),
            _ => None,
        }
    }

    /// The problems that checks bring to light; of a plan's file only what is accepted there.
    fn more_problems(&self, plan: Option<PlanId>) -> Vec<Problem> {
        if self.options.read_only || plan.is_some_and(|plan| !self.allowances.has_own(plan)) {
            return Vec::new();
        }
        let shown = Shown { only: None };
        let whole = is_whole(&self.problems);
        let grounds = (&self.rules, &self.facts);
        let mut more = self.allowances.problems(&self.uses, grounds, &shown, whole);
        more.extend(problems::idle(&self.rules, &self.taken, whole));
        more
    }
}
