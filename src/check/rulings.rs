//! Settings of rules: which plans each is asked of, how grave it is there, and with which parameters.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::facts::{Facts, PlanId};
use crate::language::Said;
use crate::problem::{Kind, Problem, Severity, nearest};
use crate::resolve::{Resolved, Source, Step, TypedRule, Weight, resolve};
use crate::settings::{Plans, Ruling, Settings, names};
use crate::source::{Sources, Spanned};
use crate::syntax::{ClauseKind, Define, Expression, Rule, literal};

/// A rule as it is asked of some plans.
#[derive(Debug)]
pub(super) struct Case {
    pub rule: TypedRule,
    /// Of which plans, in their order; of all where there is nothing.
    pub plans: Option<Vec<PlanId>>,
}

/// What the settings make of rules.
pub(super) struct Rulings<'s> {
    pub settings: &'s Settings,
    pub facts: &'s Facts,
    pub sources: &'s Sources,
}

/// What holds of a rule for some plans.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Effect {
    off: bool,
    severity: Option<Severity>,
    /// The number of the ruling that gives each parameter, and of the parameter in it.
    parameters: BTreeMap<String, (usize, usize)>,
}

impl Effect {
    fn take(&mut self, at: usize, ruling: &Ruling) {
        if let Some(enabled) = &ruling.enabled {
            self.off = !enabled.value;
        }
        if let Some(severity) = &ruling.severity {
            self.severity = Some(severity.value);
        }
        let parameters = ruling.parameters.iter().enumerate();
        let parameters = parameters.map(|(number, (name, _))| (name.value.clone(), (at, number)));
        self.parameters.extend(parameters);
    }
}

impl Rulings<'_> {
    /// The cases of a rule that was resolved as it stands; none where it is off.
    pub fn cases(
        &self,
        plain: TypedRule,
        rule: &Rule,
        defines: &[Define],
        problems: &mut Vec<Problem>,
    ) -> Vec<Case> {
        let id = &plain.id.value;
        let names = |ruling: &Ruling| ruling.rules.iter().any(|rule| names(&rule.value, id));
        let rulings = self.settings.rules.iter().enumerate();
        let own: Vec<(usize, &Ruling)> = rulings.filter(|(_, ruling)| names(ruling)).collect();
        if own.is_empty() {
            return vec![Case {
                rule: plain,
                plans: None,
            }];
        }
        let known = problems.len();
        // Each value by itself first, be there a plan that it is for or not.
        for (at, ruling) in &own {
            for (number, (name, text)) in ruling.parameters.iter().enumerate() {
                let mut effect = Effect::default();
                effect.parameters.insert(name.value.clone(), (*at, number));
                if let Err(wrong) = self.resolved(rule, defines, &effect) {
                    problems.push(no_value(text, wrong.first()));
                }
            }
        }
        let sound = problems.len() == known;
        let groups = self.groups(&plain, &own, problems);
        let mut plain = Some(plain);
        let mut cases = Vec::new();
        for (effect, plans) in groups {
            if effect.off {
                continue;
            }
            let as_it_stands = plain.take().filter(|_| effect.parameters.is_empty());
            let typed = match as_it_stands {
                Some(rule) => Ok(rule),
                None => self.resolved(rule, defines, &effect),
            };
            // What is wrong with one value is told; these are wrong together.
            if sound && let Err(wrong) = &typed {
                problems.extend(wrong.iter().cloned());
            }
            if let Ok(mut rule) = typed {
                if let Some(severity) = effect.severity {
                    rule.severities = vec![Weight {
                        severity,
                        when: None,
                        span: None,
                    }];
                }
                cases.push(Case { rule, plans });
            }
        }
        cases
    }

    /// What holds for which plans.
    fn groups(
        &self,
        rule: &TypedRule,
        own: &[(usize, &Ruling)],
        problems: &mut Vec<Problem>,
    ) -> Vec<(Effect, Option<Vec<PlanId>>)> {
        let some = || own.iter().filter(|(_, ruling)| !ruling.plans.is_all());
        if some().next().is_some() && !is_of_plans(rule) {
            // A pattern may name rules of both kinds.
            for (_, ruling) in some() {
                let mut rules = ruling.rules.iter();
                if let Some(name) = rules.find(|name| name.value == rule.id.value) {
                    problems.push(of_no_plan(name));
                }
            }
        } else if some().next().is_some() {
            let mut groups: IndexMap<Effect, Vec<PlanId>> = IndexMap::new();
            for plan in self.facts.plans() {
                let mut effect = Effect::default();
                for (at, ruling) in own.iter().filter(|(_, of)| self.meets(&of.plans, plan)) {
                    effect.take(*at, ruling);
                }
                groups.entry(effect).or_default().push(plan);
            }
            let groups = groups.into_iter();
            return groups
                .map(|(effect, plans)| (effect, Some(plans)))
                .collect();
        }
        let mut effect = Effect::default();
        for (at, ruling) in own.iter().filter(|(_, ruling)| ruling.plans.is_all()) {
            effect.take(*at, ruling);
        }
        vec![(effect, None)]
    }

    fn meets(&self, wanted: &Plans, plan: PlanId) -> bool {
        let plan = self.facts.plan(plan);
        let regions = &self.facts.regions;
        let of = plan.region.value;
        let region = wanted.region.as_ref();
        let region = region.map(|region| regions.find(&region.value));
        wanted
            .level
            .as_ref()
            .is_none_or(|level| regions.get(of).level == level.value)
            && region
                .is_none_or(|region| region.is_some_and(|region| regions.is_within(of, region)))
            && wanted
                .field
                .as_ref()
                .is_none_or(|field| *field.value == *plan.field.value)
            && wanted
                .status
                .as_ref()
                .is_none_or(|status| status.value == plan.status.value)
    }

    /// The rule with other parameters, or the errors that come of them; none where a value is not even read.
    fn resolved(
        &self,
        rule: &Rule,
        defines: &[Define],
        effect: &Effect,
    ) -> Result<TypedRule, Vec<Problem>> {
        let mut rule = rule.clone();
        for clause in &mut rule.clauses {
            let ClauseKind::Param(name, value) = &mut clause.kind else {
                continue;
            };
            let given = effect.parameters.get(&name.value);
            let text = given.and_then(|(at, number)| {
                let ruling = self.settings.rules.get(*at)?;
                ruling.parameters.get(*number).map(|(_, text)| text)
            });
            if let Some(text) = text {
                *value = self.expression(text).ok_or_else(Vec::new)?;
            }
        }
        let Resolved {
            rule: typed,
            mut problems,
            ..
        } = resolve(&rule, defines, &self.facts.catalogue);
        problems.retain(|problem| problem.kind.severity() == Severity::Error);
        typed.ok_or(problems)
    }

    /// A parameter's value, as its rule would write it.
    fn expression(&self, text: &Spanned<String>) -> Option<Expression> {
        let whole = self.sources.file(text.span.source).text();
        literal(whole, text.span.range(), text.span.source)
    }
}

/// Whether a rule's first variable runs over what stands in plans.
fn is_of_plans(rule: &TypedRule) -> bool {
    let first = rule.steps.iter().find_map(|step| match step {
        Step::For { source, .. } => Some(source),
        _ => None,
    });
    matches!(first, Some(Source::Table(table)) if table.of_plan.is_some())
}

fn of_no_plan(rule: &Spanned<String>) -> Problem {
    let id = &rule.value;
    let message = Said::new(
        format!("规则 {id} 不是逐份规划检查的，不能只对部分规划设置"),
        format!("the rule {id} is not asked plan by plan and cannot be set for some plans only"),
    );
    let label = Said::new("不分规划", "of no single plan");
    Problem::new(Kind::SettingsValue, rule.span, message, label).help(Said::new(
        format!("在 [rules.\"{id}\"] 里对所有规划设置"),
        format!("set it for all plans in [rules.\"{id}\"]"),
    ))
}

fn no_value(text: &Spanned<String>, why: Option<&Problem>) -> Problem {
    let message = Said::new(
        format!("“{}”不能作这个参数的值", text.value),
        format!("`{}` is no value for this parameter", text.value),
    );
    let label = why.map(|why| why.message.clone());
    let label = label.unwrap_or_else(|| Said::new("不能用", "cannot be used"));
    Problem::new(Kind::SettingsValue, text.span, message, label).help(Said::new(
        "写法与规则里的 param 相同，如 \"95%\"、\"2人\"、\"2025\"",
        "write it as the rule's `param` does: \"95%\", \"2人\", \"2025\"",
    ))
}

/// What the settings say of rules and parameters that nobody has.
pub(super) fn unknown(
    settings: &Settings,
    known: &BTreeMap<String, Vec<String>>,
    problems: &mut Vec<Problem>,
) {
    let is_known = |pattern: &str| known.keys().any(|id| names(pattern, id));
    let rulings = settings.rules.iter().flat_map(|ruling| &ruling.rules);
    let gates = settings.fail_on_undetermined.iter();
    let exceptions = settings.exceptions.iter();
    let exceptions = exceptions.map(|exception| &exception.consent.rule);
    for pattern in rulings.chain(gates).chain(exceptions) {
        if !is_known(&pattern.value) {
            problems.push(no_rule(pattern, known));
        }
    }
    for ruling in &settings.rules {
        let meant = || {
            let named = |id: &String| ruling.rules.iter().any(|rule| names(&rule.value, id));
            known.iter().filter(move |(id, _)| named(id))
        };
        if meant().next().is_none() {
            continue;
        }
        for (name, _) in &ruling.parameters {
            let has = |(_, names): (&String, &Vec<String>)| names.contains(&name.value);
            if !meant().any(has) {
                let near = meant().flat_map(|(_, names)| names).map(String::as_str);
                let message = Said::new(
                    format!("规则没有参数“{}”", name.value),
                    format!("the rule has no parameter {}", name.value),
                );
                let label = Said::new("没有这个参数", "no such parameter");
                let kind = Kind::SettingsUnknownParameter;
                let problem = Problem::new(kind, name.span, message, label);
                problems.push(problem.suggest(&name.value, near));
            }
        }
    }
}

fn no_rule(pattern: &Spanned<String>, known: &BTreeMap<String, Vec<String>>) -> Problem {
    let message = Said::new(
        format!("没有规则 {}", pattern.value),
        format!("there is no rule {}", pattern.value),
    );
    let label = Said::new("没有这条规则", "no such rule");
    let problem = Problem::new(Kind::SettingsUnknownRule, pattern.span, message, label);
    let ids = || known.keys().map(String::as_str);
    if nearest(&pattern.value, ids()).is_some() {
        return problem.suggest(&pattern.value, ids());
    }
    problem.help(Said::new(
        "planlint rules 列出全部规则；一类规则写作 align/*",
        "`planlint rules` lists them; write align/* for a whole area",
    ))
}
