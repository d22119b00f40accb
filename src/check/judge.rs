//! Verdicts to hits: what a check counts as, whether it is allowed, how grave it is.

use super::about::{About, entity, primary};
use super::allow::{Allowances, Answer};
use super::cells::Counted;
use super::hit::Keeper;
use super::subject::subject;
use super::tally::Tally;
use super::{Options, Progress};
use crate::bound::Truth;
use crate::eval::{Check, Checks, Sifted, Sink, Verdict, holds, truth, value};
use crate::facts::Facts;
use crate::finding::{Decided, Standing};
use crate::problem::Severity;
use crate::query::Query;
use crate::relation::place;
use crate::resolve::TypedRule;
use crate::source::Span;
use crate::syntax::Undecided;
use crate::timing::Clock;
use crate::value::Value;

/// Where the checks of a part of a rule are kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// The rule's place in the rule set.
    pub rule: usize,
    /// The memory's place among the memories.
    pub memory: usize,
}

/// What checks are judged by.
pub(super) struct Grounds<'g> {
    pub facts: &'g Facts,
    pub allowances: &'g Allowances,
    pub clock: Option<Clock>,
    pub progress: Option<Progress>,
    /// Whether it is counted how the checks of each plan came out.
    pub cells: bool,
    /// Whether what does not hold is kept, or only counted.
    keeps: bool,
}

impl<'g> Grounds<'g> {
    pub const fn new(facts: &'g Facts, allowances: &'g Allowances, options: &Options) -> Self {
        Self {
            facts,
            allowances,
            clock: options.clock,
            progress: options.progress,
            cells: options.cells,
            keeps: true,
        }
    }

    /// To judge checks that are only counted.
    pub const fn counting(self) -> Self {
        Self {
            keeps: false,
            ..self
        }
    }
}

/// The judge of the checks of a part of a rule.
pub(super) struct Judge<'j, 't> {
    kept: Kept,
    rule: &'j TypedRule,
    query: &'j Query<'j>,
    facts: &'j Facts,
    allowances: &'j Allowances,
    keeps: bool,
    tally: &'j mut Tally<'t>,
    taken: usize,
    /// Of them, those that hold and are shown, and those that were only counted.
    passed: Sifted,
    keeper: Keeper<'j>,
}

impl<'j, 't> Judge<'j, 't> {
    pub fn new(
        kept: Kept,
        query: &'j Query<'j>,
        grounds: &'j Grounds<'j>,
        tally: &'j mut Tally<'t>,
    ) -> Self {
        let rule = query.rule;
        tally.start_rule(&rule.id.value);
        if grounds.cells {
            tally.cells.get_or_insert_default();
        }
        Self {
            kept,
            rule,
            query,
            facts: grounds.facts,
            allowances: grounds.allowances,
            keeps: grounds.keeps,
            tally,
            taken: 0,
            passed: Sifted::default(),
            keeper: Keeper::new(kept, rule),
        }
    }

    /// How many checks came in, shown or not; those that hold are counted now.
    pub fn taken(self) -> usize {
        self.tally.pass(self.passed);
        self.taken
    }

    /// Whether every check is to come in: where it is asked where each stands.
    pub const fn needs_all(&self) -> bool {
        self.tally.needs_place() || self.tally.cells.is_some()
    }

    /// Takes checks in that were only counted.
    pub const fn pass(&mut self, sifted: Sifted) {
        self.taken += sifted.holds + sifted.undetermined;
        self.passed.holds += sifted.holds;
        self.passed.undetermined += sifted.undetermined;
    }

    /// Counts a check where it belongs, if that is asked for.
    fn place(&mut self, check: &Check<'_>, decided: Option<Decided>, standing: Standing) {
        let Some(cells) = &mut self.tally.cells else {
            return;
        };
        let unlisted = match check.verdict {
            Verdict::Undetermined(reasons) if self.rule.undecided == Undecided::Ignored => {
                Some(reasons)
            }
            _ => None,
        };
        let About { entities, .. } = About::new(self.rule, check.frame, self.facts);
        let counted = Counted {
            rule: self.kept.rule,
            decided,
            standing,
            unlisted,
        };
        cells.take(self.facts, &entities, &counted);
    }

    /// The severity of an undetermined check; `None` where it is only counted.
    const fn raised(&self) -> Option<Severity> {
        match self.rule.undecided {
            Undecided::Ignored => None,
            Undecided::Raised(severity) => Some(severity),
        }
    }

    /// The severity of a violated check of which it is known which applies.
    fn weighed(&self, weight: Option<usize>) -> Option<Severity> {
        let weight = self.rule.severities.get(weight?)?;
        Some(weight.severity)
    }

    fn severity(&self, decided: Decided, check: &Check<'_>) -> Option<Severity> {
        if decided == Decided::Undetermined {
            return self.raised();
        }
        let known = self.weighed(check.weight);
        if known.is_some() {
            return known;
        }
        let frame = check.frame;
        let mut severities = self.rule.severities.iter().zip(&self.query.severities);
        let meant = severities.find(|(weight, quick)| match &weight.when {
            None => true,
            Some(when) => {
                let quick = quick.as_ref();
                let known = quick.and_then(|quick| holds(quick, frame, self.facts));
                known.unwrap_or_else(|| truth(when, frame, self.facts) == Truth::True)
            }
        });
        Some(meant.map_or(Severity::Error, |(weight, _)| weight.severity))
    }
}

impl Sink for Judge<'_, '_> {
    /// Counts a check, and keeps one that does not hold.
    fn take(&mut self, check: &Check<'_>) {
        self.taken += 1;
        if self.tally.needs_place() {
            let place = primary(self.rule, check.frame, self.facts);
            if !self.tally.shows(place.map(|span| span.source)) {
                return;
            }
        }
        let decided = match check.verdict {
            Verdict::Holds => {
                self.passed.holds += 1;
                self.place(check, None, Standing::Open);
                return;
            }
            Verdict::Violated => Decided::Violated,
            Verdict::Undetermined(_) => Decided::Undetermined,
        };
        let mut standing = Standing::Open;
        if decided == Decided::Violated && !self.allowances.is_empty() {
            let (answers, figure) = allowed(self.rule, check.frame, self.facts, self.allowances);
            if let Some(Answer::Covers(allowance)) = answers.first() {
                standing = Standing::Allowed(allowance.consent.span);
            }
            self.tally.allow(&answers, figure);
        }
        if standing == Standing::Open {
            self.tally.count(decided);
        }
        self.place(check, Some(decided), standing);
        if self.keeps
            && let Some(severity) = self.severity(decided, check)
        {
            let keeper = &self.keeper;
            let form = (decided, severity, standing);
            self.tally.find(|memory| keeper.keep(check, form, memory));
        }
    }

    /// What they have in common is looked up once.
    fn take_all(&mut self, checks: &mut Checks<'_>) {
        let is_plain = self.keeps && self.allowances.is_empty() && !self.needs_all();
        let kept = if is_plain {
            self.keeper.side_by_side(checks)
        } else {
            None
        };
        let mut form = None;
        for (row, said) in checks.said().enumerate() {
            let (is_violated, weight) = said;
            let (decided, severity) = if is_violated {
                (Decided::Violated, self.weighed(weight))
            } else {
                (Decided::Undetermined, self.raised())
            };
            let (Some(kept), Some(severity)) = (&kept, severity) else {
                checks.with(row, |check| self.take(check));
                continue;
            };
            self.taken += 1;
            self.tally.count(decided);
            let keeper = &self.keeper;
            self.tally.find(|memory| {
                let number = match form {
                    Some((of, number)) if of == said => number,
                    _ => kept.form((decided, severity, Standing::Open), memory),
                };
                form = Some((said, number));
                keeper.keep_row(kept, row, number, memory)
            });
        }
    }
}

/// What is accepted of a check that does not hold, what covers it first; and where that stands which it is about.
pub(super) fn allowed<'a>(
    rule: &TypedRule,
    frame: &[Value],
    facts: &Facts,
    allowances: &'a Allowances,
) -> (Vec<Answer<'a>>, Option<Span>) {
    let first = rule.labels.first().filter(|_| !allowances.is_empty());
    let Some(label) = first else {
        return (Vec::new(), None);
    };
    let of = value(entity(&label.of), frame, facts);
    let subject = || subject(facts, &About::new(rule, frame, facts).entities);
    let answers = allowances.answers(facts, &rule.id.value, &of, subject);
    (answers, place(facts, &of))
}
