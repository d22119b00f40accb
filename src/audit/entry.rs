//! The findings of a report, each with its evidence; what could not be decided; what was accepted.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::evidence::{Evidence, evidence, named};
use super::plan::{Plan, said};
use super::rule::Rule;
use super::scope::Reach;
use super::standing::State;
use crate::check::Outcome;
use crate::finding::{Brief, Decided, Deviation, Finding, Findings, Related, Standing};
use crate::language::Language;
use crate::model::Date;
use crate::problem::{Kind, Severity};
use crate::query::reads_others_unnamed;
use crate::source::Span;
use crate::value::Value;

/// A finding.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its fingerprint, which names it in the report.
    pub anchor: String,
    /// The fingerprint that it is told under: that of the finding which it says again, else its own.
    pub shown_at: String,
    /// How grave it is.
    pub severity: Severity,
    /// What was decided; `None` for an input problem.
    pub verdict: Option<Decided>,
    /// Whether something could not be read, so that the check was incomplete.
    pub is_incomplete: bool,
    /// The plan it is about, by its place in the report.
    pub plan: Option<usize>,
    /// The rule, by its place in the report; none for a kind of input problem.
    pub rule: Option<usize>,
    /// The rule's id, or the kind of input problem.
    pub code: String,
    /// The indicator's id.
    pub indicator: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub help: Option<String>,
    /// Why it could not be decided.
    pub reason: Option<String>,
    /// Replacements that would mend it, in words, where nothing else is said of that.
    pub fixes: Vec<String>,
    /// What it rests on, the primary place first.
    pub evidence: Vec<Evidence>,
    /// Findings that say it again and are told under it.
    pub related: Vec<Related>,
}

impl Entry {
    /// How what it is about stands by it.
    #[must_use]
    pub const fn state(&self) -> State {
        match self.verdict {
            Some(Decided::Undetermined) => State::Undetermined,
            _ => State::of(self.severity),
        }
    }

    /// Whether it is told under another.
    #[must_use]
    pub fn is_told_elsewhere(&self) -> bool {
        self.shown_at != self.anchor
    }
}

/// A check that could not be decided, and why.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// Its fingerprint, which names it in the report.
    pub anchor: String,
    /// The plan it is about, by its place in the report.
    pub plan: Option<usize>,
    /// The rule, by its place in the report.
    pub rule: Option<usize>,
    /// The rule's id.
    pub code: String,
    /// The indicator's id.
    pub indicator: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// What it is about, and what could not be told of it.
    pub message: String,
    /// Why.
    pub reason: String,
    /// `path:line:column`
    pub place: String,
}

/// An accepted deviation, and what it covers.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The entry, its last day in words.
    pub deviation: Deviation,
    /// Where the entry stands: `path:line:column`.
    pub place: String,
    /// What would otherwise be found.
    pub covers: Vec<Entry>,
}

/// What a report found.
#[derive(Default)]
pub(super) struct Found {
    pub entries: Vec<Entry>,
    pub undecided: Vec<Undecided>,
    pub accepted: Vec<Accepted>,
    pub withheld: usize,
    /// By their primary places: the entries, and what could not be decided.
    pub at: FxHashMap<Span, (Vec<usize>, Vec<usize>)>,
    /// The primary places of what was accepted.
    pub accepted_at: FxHashSet<Span>,
}

/// A day `YYYY-MM-DD` in words.
fn until(day: &str, language: Language) -> String {
    let mut parts = day.split('-');
    let mut part = || parts.next()?.parse::<u16>().ok();
    let date = part().zip(part()).map(|(year, month)| Date {
        year: year.into(),
        month: u8::try_from(month).unwrap_or(1),
        day: part().and_then(|day| u8::try_from(day).ok()),
    });
    date.map_or_else(|| day.to_owned(), |date| said(date, language))
}

/// What findings are put together by.
struct Names<'n> {
    outcome: &'n Outcome,
    reach: &'n Reach,
    plans: FxHashMap<&'n str, usize>,
    rules: FxHashMap<&'n str, usize>,
}

/// A finding as a report tells it.
enum Told {
    Entry(Entry),
    Undecided(Undecided),
    Accepted(Span, Entry),
    /// It shows another region's draft.
    Withheld,
}

pub(super) fn all(outcome: &Outcome, reach: &Reach, plans: &[Plan], rules: &[Rule]) -> Found {
    let names = Names {
        outcome,
        reach,
        plans: plans.iter().map(|plan| plan.id.as_str()).zip(0..).collect(),
        rules: rules.iter().map(|rule| rule.id.as_str()).zip(0..).collect(),
    };
    let briefs = &outcome.report.findings;
    let language = outcome.report.language;
    let told = (0..briefs.len()).into_par_iter();
    let told: Vec<(usize, Told)> = told.filter_map(|at| Some((at, names.told(at)?))).collect();
    let mut found = Found::default();
    let mut covers: FxHashMap<Span, Vec<Entry>> = FxHashMap::default();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, told) in told {
        let span = briefs.get(at).and_then(|brief| brief.place);
        let accepted = matches!(told, Told::Accepted(..));
        found.accepted_at.extend(span.filter(|_| accepted));
        let here = span.map(|span| found.at.entry(span).or_default());
        match told {
            Told::Entry(entry) => {
                places.push((at, found.entries.len()));
                if let Some(here) = here {
                    here.0.push(found.entries.len());
                }
                found.entries.push(entry);
            }
            Told::Undecided(undecided) => {
                if let Some(here) = here {
                    here.1.push(found.undecided.len());
                }
                found.undecided.push(undecided);
            }
            Told::Accepted(place, entry) => covers.entry(place).or_default().push(entry),
            Told::Withheld => found.withheld += 1,
        }
    }
    nest(&mut found.entries, &places, briefs);
    for deviation in &outcome.report.deviations {
        let covers = covers.remove(&deviation.place).unwrap_or_default();
        if !covers.is_empty() || reach.is_all() {
            found.accepted.push(Accepted {
                deviation: Deviation {
                    until: deviation.until.as_deref().map(|day| until(day, language)),
                    ..deviation.clone()
                },
                place: named(deviation.place, &outcome.sources),
                covers,
            });
        }
    }
    found
}

/// Sees to it that what is told under another finding is so only where the report tells that one.
fn nest(entries: &mut [Entry], places: &[(usize, usize)], briefs: &[Brief]) {
    let here: FxHashMap<usize, usize> = places.iter().copied().collect();
    let mut mains = Vec::new();
    for (at, entry) in places {
        let main = briefs.get(*at).and_then(|brief| brief.restates);
        let main = main.and_then(|main| here.get(&(main as usize)));
        let anchor = main.and_then(|main| entries.get(*main));
        mains.push((*entry, anchor.map(|main| main.anchor.clone())));
    }
    for (entry, main) in mains {
        if let (Some(entry), Some(main)) = (entries.get_mut(entry), main) {
            entry.shown_at = main;
        }
    }
    let told: FxHashSet<String> = entries.iter().map(|entry| entry.anchor.clone()).collect();
    for entry in entries {
        let is_told = |related: &Related| told.contains(&related.fingerprint.to_string());
        entry.related.retain(is_told);
    }
}

impl Names<'_> {
    /// A finding, where it belongs into the report.
    fn told(&self, at: usize) -> Option<Told> {
        let brief = self.outcome.report.findings.get(at)?;
        let finding = self.outcome.get(at)?;
        let plan = finding.subject.plan.as_deref();
        let place = plan.and_then(|plan| self.plans.get(plan)).copied();
        let own = place.and_then(|place| self.reach.plans.get(place));
        let entities = self.outcome.about(at);
        match (plan, own) {
            (_, Some((_, true))) if self.is_confined(at) => (),
            (_, Some((_, true))) => return Some(Told::Withheld),
            (Some(_), _) => return None,
            (None, _) if self.reach.is_all() => (),
            // Whose it is cannot be told of a plan file that could not be read, nor of what the settings accept.
            (None, _) if self.is_of_a_plan(&finding) => return Some(Told::Withheld),
            // What a rule says of no plan is about no region's promises; whether it applied at all is told of these plans
            // by the coverage.
            (None, _) if brief.verdict.is_some() || finding.code == Kind::RuleIdle.id() => {
                return None;
            }
            (None, _) => (),
        }
        Some(match brief.standing {
            Standing::Allowed(of) => Told::Accepted(of, self.entry(finding, &entities, place)),
            _ if brief.is_raised() => Told::Entry(self.entry(finding, &entities, place)),
            _ => Told::Undecided(self.undecided(finding, place)),
        })
    }

    /// Whether all that a finding rests on may be shown.
    fn is_confined(&self, at: usize) -> bool {
        if self.reach.is_all() {
            return true;
        }
        self.outcome.frame(at).is_none_or(|(rule, frame)| {
            !reads_others_unnamed(rule) && self.reach.shows(&self.outcome.facts, &frame)
        })
    }

    fn is_of_a_plan(&self, finding: &Finding) -> bool {
        let label = finding.labels.first();
        let file = label.map(|label| self.outcome.sources.file(label.span.source));
        let ends = [".plan.toml", ".targets.csv"];
        let is_plan = file.is_some_and(|file| ends.iter().any(|end| file.path.ends_with(end)));
        is_plan || finding.code.starts_with("allow/")
    }

    fn entry(&self, finding: Finding, entities: &[Value], plan: Option<usize>) -> Entry {
        let labels = finding.labels.iter();
        let evidence = labels.map(|label| evidence(label, entities, self.outcome));
        let anchor = finding.fingerprint.to_string();
        Entry {
            shown_at: anchor.clone(),
            anchor,
            severity: finding.severity,
            verdict: finding.verdict,
            is_incomplete: finding.severity == Severity::Error && finding.is_incomplete(),
            plan,
            rule: self.rules.get(finding.code.as_str()).copied(),
            evidence: evidence.collect(),
            indicator: finding.subject.indicator,
            year: finding.subject.year,
            code: finding.code,
            message: finding.message,
            fixes: match finding.help {
                Some(_) => Vec::new(),
                None => finding.fixes.into_iter().map(|fix| fix.title).collect(),
            },
            help: finding.help,
            reason: finding.reason,
            related: finding.related,
        }
    }

    fn undecided(&self, finding: Finding, plan: Option<usize>) -> Undecided {
        let span = finding.labels.first().map(|label| label.span);
        let place = span.map(|span| named(span, &self.outcome.sources));
        Undecided {
            anchor: finding.fingerprint.to_string(),
            plan,
            rule: self.rules.get(finding.code.as_str()).copied(),
            indicator: finding.subject.indicator,
            year: finding.subject.year,
            message: finding.message,
            reason: finding.reason.unwrap_or_default(),
            code: finding.code,
            place: place.unwrap_or_default(),
        }
    }
}
