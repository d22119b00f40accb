//! Verdicts to hits: what a check counts as, whether it is allowed, how grave it is.

use super::Options;
use super::about::{About, entity, primary};
use super::fingerprint::{Digest, of_check};
use super::hit::Hit;
use super::related::Compared;
use super::subject::{figures, plan_of};
use super::tally::Tally;
use crate::bound::Truth;
use crate::eval::{Check, Verdict, truth, value};
use crate::facts::Facts;
use crate::finding::{Brief, Decided};
use crate::model::Allow;
use crate::problem::Severity;
use crate::resolve::TypedRule;
use crate::source::Span;
use crate::syntax::Undecided;
use crate::value::Value;

/// Where the checks of a part of a rule are kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// The rule's place in the rule set.
    pub rule: usize,
    /// The memory's place among the memories.
    pub memory: usize,
}

/// The judge of the checks of a part of a rule.
pub(super) struct Judge<'j, 't> {
    kept: Kept,
    rule: &'j TypedRule,
    facts: &'j Facts,
    options: &'j Options,
    tally: &'j mut Tally<'t>,
    taken: usize,
    /// Of them, those that hold and are shown: they are counted together.
    holds: usize,
    scratch: Scratch,
}

/// Memory that one kept check leaves to the next.
#[derive(Default)]
struct Scratch {
    digest: Digest,
    places: Vec<Span>,
    bytes: Vec<u8>,
}

impl<'j, 't> Judge<'j, 't> {
    pub fn new(
        kept: Kept,
        rule: &'j TypedRule,
        facts: &'j Facts,
        options: &'j Options,
        tally: &'j mut Tally<'t>,
    ) -> Self {
        tally.start_rule(&rule.id.value);
        Self {
            kept,
            rule,
            facts,
            options,
            tally,
            taken: 0,
            holds: 0,
            scratch: Scratch::default(),
        }
    }

    /// How many checks came in, shown or not; those that hold are counted now.
    pub fn taken(self) -> usize {
        self.tally.hold(self.holds);
        self.taken
    }

    /// Counts a check, and keeps one that does not hold.
    pub fn take(&mut self, check: &Check<'_>) {
        self.taken += 1;
        if self.tally.needs_place() {
            let place = primary(self.rule, check.frame, self.facts);
            if !self.tally.shows(place.map(|span| span.source)) {
                return;
            }
        }
        let decided = match check.verdict {
            Verdict::Holds => {
                self.holds += 1;
                return;
            }
            Verdict::Violated => Decided::Violated,
            Verdict::Undetermined(_) => Decided::Undetermined,
        };
        if decided == Decided::Violated && self.is_allowed(check.frame) {
            return self.tally.allow();
        }
        self.tally.count(decided);
        if let Some(severity) = self.severity(decided, check.frame) {
            self.keep(check, decided, severity);
        }
    }

    fn keep(&mut self, check: &Check<'_>, decided: Decided, severity: Severity) {
        let About { entities, primary } = About::new(self.rule, check.frame, self.facts);
        let Scratch {
            digest,
            places,
            bytes,
        } = &mut self.scratch;
        let brief = Brief {
            severity,
            verdict: Some(decided),
            place: primary,
            fingerprint: of_check(digest, self.facts, &self.rule.id.value, &entities),
            related: 0,
            restates: None,
        };
        let compared = match decided {
            Decided::Violated => {
                figures(self.facts, &entities, places);
                Compared::new(places, bytes)
            }
            Decided::Undetermined => None,
        };
        self.tally.find(brief, compared, |memory| {
            Hit::new(self.kept, self.rule, check, memory)
        });
    }

    fn severity(&self, decided: Decided, frame: &[Value]) -> Option<Severity> {
        if decided == Decided::Undetermined {
            return match self.rule.undecided {
                Undecided::Ignored => None,
                Undecided::Raised(severity) => Some(severity),
            };
        }
        let meant = self
            .rule
            .severities
            .iter()
            .find(|weight| match &weight.when {
                None => true,
                Some(when) => truth(when, frame, self.facts) == Truth::True,
            });
        Some(meant.map_or(Severity::Error, |weight| weight.severity))
    }

    /// Whether the plan of the first label accepts this deviation.
    fn is_allowed(&self, frame: &[Value]) -> bool {
        let first = self.rule.labels.first();
        let of = first.map(|label| value(entity(&label.of), frame, self.facts));
        of.is_some_and(|of| {
            let plan = plan_of(self.facts, &of);
            let allows = plan.map(|plan| &self.facts.plan(plan).allows);
            allows
                .into_iter()
                .flatten()
                .any(|allow| self.covers(allow, &of))
        })
    }

    fn covers(&self, allow: &Allow, of: &Value) -> bool {
        let figure = match of {
            Value::Figure(id) => Some(self.facts.figure(*id)),
            _ => None,
        };
        let indicator = match of {
            Value::Row(row) => Some(self.facts.form_of(*row).indicator),
            _ => figure.as_ref().map(|figure| figure.indicator),
        };
        let year = figure.map(|figure| i64::from(figure.year));
        let expired = allow.until.as_ref().zip(self.options.today);
        allow.rule.value == self.rule.id.value
            && allow
                .indicator
                .as_ref()
                .is_none_or(|wanted| Some(wanted.value) == indicator)
            && allow.year.is_none_or(|wanted| Some(wanted) == year)
            && expired.is_none_or(|(until, today)| today <= until.value.last_day())
    }
}
