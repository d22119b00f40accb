//! What plans that are issued promised before: a promise that was changed since is a finding of its own.

use rustc_hash::FxHashMap;

use super::Outcome;
use crate::facts::{Facts, Figure, FigureSet, PlanId};
use crate::language::Said;
use crate::model::{Nature, Status};
use crate::notation::same;
use crate::problem::{Kind, Problem};
use crate::source::{Sources, Span};

/// The targets of the plans that were issued at an earlier state.
#[derive(Clone, Debug, Default)]
pub struct Issued {
    /// What the state is called.
    name: String,
    plans: Vec<Plan>,
}

#[derive(Clone, Debug)]
struct Plan {
    id: String,
    path: String,
    /// The file's text and the id's place in it, for a plan that is no more.
    text: String,
    place: std::ops::Range<usize>,
    targets: Vec<Target>,
}

#[derive(Clone, Debug)]
struct Target {
    key: Key,
    indicator: String,
    printed: String,
    nature: Option<Nature>,
    line: usize,
}

/// Which target it is: indicator, year, base and number among those.
type Key = (String, i32, String, u32);

impl Issued {
    /// The targets of a run's issued plans.
    #[must_use]
    pub fn of(outcome: &Outcome, name: impl Into<String>) -> Self {
        let (facts, sources) = (&outcome.facts, &outcome.sources);
        let issued = |plan: &PlanId| facts.plan(*plan).status.value == Status::Issued;
        let plans = facts.plans().filter(issued).map(|plan| {
            let of = facts.plan(plan);
            let file = sources.file(of.id.span.source);
            let targets = targets(facts, plan).map(|target| Target {
                key: key(facts, &target),
                indicator: facts.catalogue.get(target.indicator).name.clone(),
                printed: target.value.printed.clone(),
                nature: target.nature,
                line: sources.line(target.span()),
            });
            Plan {
                id: of.id.value.clone(),
                path: file.path.clone(),
                text: file.text().to_owned(),
                place: of.id.span.range(),
                targets: targets.collect(),
            }
        });
        Self {
            name: name.into(),
            plans: plans.collect(),
        }
    }

    /// The targets that are others now, or are no more.
    pub(super) fn changed(&self, facts: &Facts, sources: &mut Sources) -> Vec<Problem> {
        let plans = facts.plans();
        let now: FxHashMap<&str, PlanId> = plans
            .map(|plan| (facts.plan(plan).id.value.as_str(), plan))
            .collect();
        let mut problems = Vec::new();
        for before in &self.plans {
            let Some(plan) = now.get(before.id.as_str()) else {
                let source = sources.add(before.path.clone(), before.text.clone());
                let span = Span::new(source, before.place.clone());
                problems.push(self.plan_gone(before, span));
                continue;
            };
            problems.extend(self.withdrawn(facts.plan(*plan)));
            let found: FxHashMap<Key, Figure<'_>> = targets(facts, *plan)
                .map(|target| (key(facts, &target), target))
                .collect();
            for target in &before.targets {
                match found.get(&target.key) {
                    None => {
                        let span = facts.plan(*plan).id.span;
                        problems.push(self.target_gone(target, span));
                    }
                    Some(figure) => problems.extend(self.target_changed(target, figure, facts)),
                }
            }
        }
        problems
    }

    fn problem(&self, span: Span, message: Said, label: Said) -> Problem {
        let name = &self.name;
        Problem::new(Kind::IssuedTargetChanged, span, message, label).help(Said::new(
            format!("规划在 {name} 中已印发：改回原样；确已修订的，另立一份规划"),
            format!("the plan was issued at {name}: change it back; if it was revised, add a plan of its own"),
        ))
    }

    fn plan_gone(&self, plan: &Plan, span: Span) -> Problem {
        let message = Said::new(
            format!("已印发的规划 {} 不见了", plan.id),
            format!("the issued plan {} is gone", plan.id),
        );
        let name = &self.name;
        let label = Said::new(format!("{name} 中的规划"), format!("as it was at {name}"));
        self.problem(span, message, label)
    }

    fn withdrawn(&self, plan: &crate::model::Plan) -> Option<Problem> {
        let status = &plan.status;
        if status.value == Status::Issued {
            return None;
        }
        let (id, word) = (&plan.id.value, status.value.word());
        let message = Said::new(
            format!("已印发的规划 {id} 改成了 {word}"),
            format!("the issued plan {id} is {word} now"),
        );
        let name = &self.name;
        let label = Said::new(format!("{name} 中为 issued"), format!("issued at {name}"));
        Some(self.problem(status.span, message, label))
    }

    fn target_gone(&self, target: &Target, span: Span) -> Problem {
        let Target {
            indicator,
            printed,
            line,
            key: (_, year, ..),
            ..
        } = target;
        let name = &self.name;
        let message = Said::new(
            format!("已印发的目标不见了：{indicator} {year}年 {printed}（{name} 第 {line} 行）"),
            format!(
                "an issued target is gone: {indicator} {year} {printed} (line {line} at {name})"
            ),
        );
        self.problem(span, message, Said::new("这份规划", "of this plan"))
    }

    fn target_changed(&self, before: &Target, now: &Figure<'_>, facts: &Facts) -> Option<Problem> {
        let printed = now.value.printed.as_str();
        let units = &facts.catalogue.units;
        let unchanged = same(&before.printed, printed, units);
        let Target {
            indicator,
            key: (_, year, ..),
            line,
            ..
        } = before;
        let name = &self.name;
        let (old, new) = if unchanged {
            if before.nature == now.nature {
                return None;
            }
            (nature(before.nature), nature(now.nature))
        } else {
            let said = |text: &str| {
                if text.is_empty() {
                    Said::new("（空）", "(nothing)")
                } else {
                    Said::same(text)
                }
            };
            (said(&before.printed), said(printed))
        };
        let zh = crate::language::Language::Chinese;
        let en = crate::language::Language::English;
        let message = Said::new(
            format!(
                "已印发的目标被改动：{indicator} {year}年由 {} 改为 {}",
                old.text(zh),
                new.text(zh)
            ),
            format!(
                "an issued target was changed: {indicator} {year} from {} to {}",
                old.text(en),
                new.text(en)
            ),
        );
        let label = Said::new(
            format!("{name} 第 {line} 行为 {}", old.text(zh)),
            format!("{} at {name}, line {line}", old.text(en)),
        );
        Some(self.problem(now.span(), message, label))
    }
}

fn nature(of: Option<Nature>) -> Said {
    match of {
        Some(Nature::Binding) => Said::new("约束性", "binding"),
        Some(Nature::Anticipatory) => Said::new("预期性", "anticipatory"),
        None => Said::new("未写明性质", "of no stated nature"),
    }
}

fn targets(facts: &Facts, plan: PlanId) -> impl Iterator<Item = Figure<'_>> {
    let figures = facts.figures_of(plan);
    let targets = figures.filter(|id| facts.holds(FigureSet::Targets, *id));
    targets.map(|id| facts.figure(id))
}

fn key(facts: &Facts, figure: &Figure<'_>) -> Key {
    let indicator = facts.catalogue.get(figure.indicator).id.clone();
    let basis = figure.basis().unwrap_or_default().to_owned();
    (indicator, figure.year, basis, figure.ordinal())
}
