//! What a run found, in the order of the report, and how each finding is told when somebody asks for it.

use rustc_hash::FxHashMap;

use super::about::About;
use super::allow::Allowances;
use super::fingerprint::{digest, of_check};
use super::hit::Hit;
use super::info;
use super::memory::Memory;
use super::tell::Teller;
use super::{Outcome, RuleSet};
use crate::facts::Facts;
use crate::finding::{
    Brief, Finding, Findings, Fingerprint, Group, Related, Report, RuleInfo, Standing,
};
use crate::language::Language;
use crate::problem::Severity;
use crate::resolve::TypedRule;
use crate::source::{Sources, Span};
use crate::value::Value;

/// What a finding is made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    /// A problem of the input.
    Problem(u32),
    /// A check that does not hold.
    Check(Hit),
}

impl Origin {
    /// The finding before it is told, by its place.
    pub fn brief(self, place: Option<Span>, memories: &[Memory], problems: &[Finding]) -> Brief {
        let (severity, verdict, standing) = match self {
            Self::Problem(number) => {
                let problem = problems.get(number as usize);
                let severity = problem.map(|problem| problem.severity);
                (severity, None, Standing::Open)
            }
            Self::Check(hit) => {
                let memory = memories.get(hit.memory as usize);
                let form = memory.and_then(|memory| hit.form(memory));
                let standing = form.map_or(Standing::Open, |form| form.standing);
                (
                    form.map(|form| form.severity),
                    form.map(|form| form.decided),
                    standing,
                )
            }
        };
        Brief {
            severity: severity.unwrap_or(Severity::Error),
            verdict,
            place,
            related: 0,
            restates: None,
            standing,
        }
    }
}

/// What findings are made of.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Of each finding of the report, in its order.
    pub origins: Vec<Origin>,
    /// The problems of the input: their findings are not worked out again, as their texts are theirs alone.
    pub problems: Vec<Finding>,
    /// Findings and those that say them again, in order.
    pub restating: Vec<(u32, u32)>,
    /// Of findings that are about the same things as earlier ones of their rule, how many these are.
    pub repeated: FxHashMap<u32, u32>,
}

impl Found {
    /// Those that say a finding again.
    fn restating(&self, at: usize) -> impl Iterator<Item = usize> {
        let before = |wanted: usize| {
            let is_before = |(main, _): &(u32, u32)| (*main as usize) < wanted;
            self.restating.partition_point(is_before)
        };
        let range = self.restating.get(before(at)..before(at + 1));
        let range = range.unwrap_or_default().iter();
        range.map(|(_, restating)| *restating as usize)
    }
}

/// A report with all that its findings are told by.
#[derive(Clone, Copy)]
pub(super) struct Told<'t> {
    pub facts: &'t Facts,
    pub sources: &'t Sources,
    pub rules: &'t RuleSet,
    pub report: &'t Report,
    pub found: &'t Found,
    pub memories: &'t [Memory],
    pub allowances: &'t Allowances,
}

/// What the check of a hit is made of.
pub(super) struct Made<'m> {
    pub facts: &'m Facts,
    pub rules: &'m RuleSet,
    pub memories: &'m [Memory],
}

impl Made<'_> {
    /// What a hit is kept in.
    pub fn memory(&self, hit: Hit) -> Option<&Memory> {
        self.memories.get(hit.memory as usize)
    }

    /// Whether all variables of a hit's rule were bound.
    pub fn is_whole(&self, hit: Hit, rule: &TypedRule) -> bool {
        let memory = self.memory(hit);
        memory.is_some_and(|memory| hit.is_whole(rule, memory))
    }

    /// What a check is known by, those that are about the same things not told apart.
    pub fn fingerprint(&self, hit: Hit) -> Option<Fingerprint> {
        let rule = self.rules.rules.get(usize::from(hit.rule))?;
        let frame = hit.frame(rule, self.facts, self.memory(hit)?);
        let About { entities, .. } = About::new(rule, &frame, self.facts);
        Some(of_check(self.facts, &rule.id.value, &entities))
    }
}

impl Outcome {
    /// What a finding of the report is known by, by its place there.
    #[must_use]
    pub fn fingerprint(&self, at: usize) -> Option<Fingerprint> {
        self.told().fingerprint(at)
    }

    /// Every finding in full, one after another.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        (0..self.report.findings.len()).filter_map(|at| self.get(at))
    }

    /// What a finding of the report is about, by its place there: what the labels of its rule name, in their order.
    #[must_use]
    pub fn about(&self, at: usize) -> Vec<Value> {
        let of = self.frame(at);
        let of = of.map(|(rule, frame)| About::new(rule, &frame, &self.facts).entities);
        of.unwrap_or_default()
    }

    /// The rule of a finding of the report, by its place there, and what its variables were; `None` for an input problem.
    #[must_use]
    pub fn frame(&self, at: usize) -> Option<(&TypedRule, Vec<Value>)> {
        let Some(Origin::Check(hit)) = self.found.origins.get(at) else {
            return None;
        };
        let rule = self.rules.rules.get(usize::from(hit.rule))?;
        let memory = self.memories.get(hit.memory as usize)?;
        Some((rule, hit.frame(rule, &self.facts, memory)))
    }

    const fn told(&self) -> Told<'_> {
        Told {
            facts: &self.facts,
            sources: &self.sources,
            rules: &self.rules,
            report: &self.report,
            found: &self.found,
            memories: self.memories.as_slice(),
            allowances: &self.allowances,
        }
    }
}

impl Findings for Outcome {
    fn get(&self, at: usize) -> Option<Finding> {
        self.told().get(at)
    }

    fn code(&self, at: usize) -> Option<&str> {
        match *self.found.origins.get(at)? {
            Origin::Problem(number) => {
                let problem = self.found.problems.get(number as usize)?;
                Some(&problem.code)
            }
            Origin::Check(hit) => {
                let rule = self.rules.rules.get(usize::from(hit.rule))?;
                Some(&rule.id.value)
            }
        }
    }

    fn heading(&self, at: usize, by: Group) -> Option<String> {
        let subject = self.told().alone(at)?.subject;
        let (facts, language) = (&self.facts, self.report.language);
        let named = |name: &str, id: &str| match language {
            Language::Chinese => format!("{name}（{id}）"),
            Language::English => format!("{name} ({id})"),
        };
        match by {
            Group::File => None,
            Group::Rule => {
                let code = self.code(at)?;
                let rule = self
                    .rules
                    .find(code)
                    .map(|rule| rule.title.pattern(language));
                Some(rule.map_or_else(|| code.to_owned(), |title| named(&title, code)))
            }
            Group::Plan => {
                let id = subject.plan?;
                let mut plans = facts.plans();
                let plan = plans.find(|plan| facts.plan(*plan).id.value == id)?;
                Some(named(&facts.plan(plan).title.value, &id))
            }
            Group::Indicator => {
                let id = subject.indicator?;
                let indicator = facts.catalogue.find(&id)?;
                Some(named(&facts.catalogue.get(indicator).name, &id))
            }
            Group::Region => {
                let code = subject.region?;
                let region = facts.regions.find(&code)?;
                Some(named(&facts.regions.get(region).name, &code))
            }
        }
    }

    fn rules(&self) -> Vec<RuleInfo> {
        info::of_all(&self.rules, &self.found.problems, self.report.language)
    }
}

impl Told<'_> {
    /// A finding but for what it has to do with others.
    fn alone(&self, at: usize) -> Option<Finding> {
        let brief = self.report.findings.get(at)?;
        let alone = match *self.found.origins.get(at)? {
            Origin::Problem(number) => self.found.problems.get(number as usize).cloned(),
            Origin::Check(hit) => {
                let teller = Teller {
                    rule: self.rules.rules.get(usize::from(hit.rule))?,
                    memory: self.memories.get(hit.memory as usize)?,
                    facts: self.facts,
                    sources: self.sources,
                    language: self.report.language,
                    allowances: self.allowances,
                };
                Some(teller.finding(hit, brief))
            }
        }?;
        Some(Finding {
            fingerprint: self.told_apart(at, alone.fingerprint),
            ..alone
        })
    }
}

impl Told<'_> {
    /// What a finding is known by.
    fn fingerprint(&self, at: usize) -> Option<Fingerprint> {
        let own = match *self.found.origins.get(at)? {
            Origin::Problem(number) => self.found.problems.get(number as usize)?.fingerprint,
            Origin::Check(hit) => {
                let made = Made {
                    facts: self.facts,
                    rules: self.rules,
                    memories: self.memories,
                };
                made.fingerprint(hit)?
            }
        };
        Some(self.told_apart(at, own))
    }

    /// What a finding is known by among those that are about the same things.
    fn told_apart(&self, at: usize, own: Fingerprint) -> Fingerprint {
        let at = u32::try_from(at).ok();
        let before = at.and_then(|at| self.found.repeated.get(&at));
        before.map_or(own, |before| digest(&[&own, before]))
    }

    pub fn get(&self, at: usize) -> Option<Finding> {
        let brief = self.report.findings.get(at)?;
        let related = self.found.restating(at).filter_map(|at| {
            let Finding {
                code,
                severity,
                message,
                fingerprint,
                ..
            } = self.alone(at)?;
            Some(Related {
                code,
                severity,
                message,
                fingerprint,
            })
        });
        let main = brief.restates;
        Some(Finding {
            standing: brief.standing,
            related: related.collect(),
            restates: main.and_then(|main| self.fingerprint(main as usize)),
            ..self.alone(at)?
        })
    }
}
