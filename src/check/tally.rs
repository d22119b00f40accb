//! Counts and findings of a run, as checks come in.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Shown;
use super::allow::{Answer, Uses};
use super::cells::Cells;
use super::fingerprint::tells_apart;
use super::found::{Found, Made, Origin};
use super::hit::Hit;
use super::items::{Items, Ordered};
use super::memory::Memory;
use super::placing::{Placed, Placing};
use super::related::relate;
use crate::eval::Sifted;
use crate::finding::{
    Decided, Deviation, Finding, Fingerprint, Inputs, Report, RuleCount, Summary,
};
use crate::language::Language;
use crate::problem::Severity;
use crate::resolve::TypedRule;
use crate::source::{SourceId, Sources, Span};

/// What has been counted so far.
pub(super) struct Tally<'s> {
    shown: &'s Shown,
    pub summary: Summary,
    rules: Vec<RuleCount>,
    pub items: Items,
    pub memories: Vec<Memory>,
    /// What was made of accepted deviations.
    pub uses: Uses,
    /// How the checks of each plan came out, where that is asked for.
    pub cells: Option<Cells>,
    problems: Vec<Finding>,
    context_errors: BTreeSet<String>,
}

/// What was counted, and what is found in, for whoever keeps it.
pub(super) struct Done {
    pub summary: Summary,
    pub rules: Vec<RuleCount>,
    pub memories: Vec<Memory>,
}

impl<'s> Tally<'s> {
    pub fn new(shown: &'s Shown) -> Self {
        Self {
            shown,
            summary: Summary::default(),
            rules: Vec::new(),
            items: Items::default(),
            memories: Vec::new(),
            uses: Uses::default(),
            cells: None,
            problems: Vec::new(),
            context_errors: BTreeSet::new(),
        }
    }

    /// Takes over what another has counted of further rules.
    pub fn absorb(&mut self, other: Self) {
        let (own, more) = (&mut self.summary, other.summary);
        own.checks += more.checks;
        own.holds += more.holds;
        own.violated += more.violated;
        own.undetermined += more.undetermined;
        own.allowed += more.allowed;
        for more in other.rules {
            match self.rules.last_mut().filter(|rule| rule.rule == more.rule) {
                Some(rule) => rule.add(&more),
                None => self.rules.push(more),
            }
        }
        for (place, more) in &other.uses {
            self.uses.entry(*place).or_default().add(more);
        }
        if let Some(cells) = other.cells {
            self.cells.get_or_insert_default().absorb(cells);
        }
        self.items.append(other.items);
        self.memories.extend(other.memories);
    }

    pub fn start_rule(&mut self, id: &str) {
        self.rules.push(RuleCount {
            rule: id.to_owned(),
            ..RuleCount::default()
        });
        self.memories.push(Memory::default());
    }

    /// Takes over what was counted of a rule.
    pub fn add_rule(&mut self, rule: &RuleCount) {
        self.summary.checks += rule.checks;
        self.summary.holds += rule.holds;
        self.summary.violated += rule.violated;
        self.summary.undetermined += rule.undetermined;
        self.rules.push(rule.clone());
    }

    /// What was counted so far, and what is found in.
    pub fn done(self) -> Done {
        Done {
            summary: self.summary,
            rules: self.rules,
            memories: self.memories,
        }
    }

    /// Whether checks have to say where they stand before they are counted.
    pub const fn needs_place(&self) -> bool {
        !self.shown.is_all()
    }

    /// Whether what stands in a file is shown.
    pub fn shows(&self, source: Option<SourceId>) -> bool {
        self.shown.holds(source)
    }

    /// Counts checks of which nothing is told, of the rule that was started last.
    pub fn pass(&mut self, passed: Sifted) {
        let Sifted {
            holds,
            undetermined,
            ..
        } = passed;
        if let Some(rule) = self.rules.last_mut() {
            rule.checks += holds + undetermined;
            rule.holds += holds;
            rule.undetermined += undetermined;
            self.summary.checks += holds + undetermined;
            self.summary.holds += holds;
            self.summary.undetermined += undetermined;
        }
    }

    /// Counts a check that does not.
    pub fn count(&mut self, decided: Decided) {
        let Some(rule) = self.rules.last_mut() else {
            return;
        };
        rule.checks += 1;
        self.summary.checks += 1;
        let (of_rule, of_all) = match decided {
            Decided::Violated => (&mut rule.violated, &mut self.summary.violated),
            Decided::Undetermined => (&mut rule.undetermined, &mut self.summary.undetermined),
        };
        *of_rule += 1;
        *of_all += 1;
    }

    /// Notes what is accepted of a check that does not hold.
    pub fn allow(&mut self, answers: &[Answer<'_>], figure: Option<Span>) {
        if let Some(Answer::Covers(_)) = answers.first() {
            self.summary.allowed += 1;
        }
        for (at, answer) in answers.iter().enumerate() {
            let place = answer.allowance().consent.span;
            let of = self.uses.entry(place).or_default();
            of.take(*answer, at == 0, figure);
        }
    }

    /// Keeps a check of the rule that was started last.
    pub fn find(&mut self, hit: impl FnOnce(&mut Memory) -> Hit) {
        if let Some(memory) = self.memories.last_mut() {
            self.items.push(Origin::Check(hit(memory)));
        }
    }

    /// An input problem. An error in a file that is only context is not shown, but counts: the check was incomplete.
    pub fn problem(&mut self, finding: Finding, sources: &Sources) {
        let span = place(&finding);
        let is_error = finding.severity == Severity::Error;
        let incomplete = is_error && finding.is_incomplete();
        if incomplete {
            self.summary.input_errors += 1;
        }
        if self.shows(span.map(|span| span.source)) {
            let number = u32::try_from(self.problems.len()).unwrap_or(u32::MAX);
            self.items.push(Origin::Problem(number));
            self.problems.push(finding);
        } else if let (true, Some(span)) = (incomplete, span) {
            self.summary.errors += 1;
            let path = &sources.file(span.source).path;
            let line = sources.place(span).line;
            self.context_errors.insert(format!("{path}:{line}"));
        }
    }

    /// The findings of the problems, where those of the rules are known.
    pub fn problems(self) -> Vec<Finding> {
        self.problems
    }

    /// The findings by path, line and rule, with what they are made of.
    pub fn report(
        mut self,
        language: Language,
        inputs: Inputs,
        deviations: Vec<Deviation>,
        (sources, made): (&Sources, &Made<'_>),
    ) -> (Report, Found) {
        let Ordered {
            mut findings,
            origins,
            compared,
        } = self.ordered(sources, made);
        let repeated = self.repeated(&origins, made);
        let restating = relate(&mut findings, &compared);
        for brief in &findings {
            if brief.counts() {
                match brief.severity {
                    Severity::Error => self.summary.errors += 1,
                    Severity::Warning => self.summary.warnings += 1,
                    Severity::Note => self.summary.notes += 1,
                }
            }
        }
        let decided = self.summary.holds + self.summary.violated + self.summary.allowed;
        let coverage = (decided, decided + self.summary.undetermined);
        let report = Report {
            language,
            inputs,
            summary: self.summary,
            findings,
            rules: self.rules,
            context_errors: self.context_errors.into_iter().collect(),
            deviations,
            comparison: None,
            coverage,
        };
        let found = Found {
            origins,
            problems: self.problems,
            restating,
            repeated,
        };
        (report, found)
    }

    /// Findings with one fingerprint are told apart by their order: of each, how many there are before it, where there
    /// are any. Those that no other is like have theirs made when somebody asks.
    fn repeated(&self, origins: &[Origin], made: &Made<'_>) -> FxHashMap<u32, u32> {
        let rules = made.rules.rules.iter();
        let apart: Vec<Option<&TypedRule>> = rules
            .map(|rule| Some(rule).filter(|rule| tells_apart(rule)))
            .collect();
        let mut seen: FxHashMap<Fingerprint, u32> = FxHashMap::default();
        let mut repeated = FxHashMap::default();
        for (at, origin) in (0..).zip(origins) {
            let fingerprint = match *origin {
                Origin::Problem(number) => {
                    let problem = self.problems.get(number as usize);
                    problem.map(|problem| problem.fingerprint)
                }
                Origin::Check(hit) => match apart.get(usize::from(hit.rule)) {
                    Some(Some(rule)) if made.is_whole(hit, rule) => None,
                    _ => made.fingerprint(hit),
                },
            };
            if let Some(fingerprint) = fingerprint {
                let count = seen.entry(fingerprint).or_insert(0);
                if *count > 0 {
                    repeated.insert(at, *count);
                }
                *count += 1;
            }
        }
        repeated
    }

    /// By path, line, rule and place in the line; equals stay in the order in which they were found. Paths and rules
    /// are compared by their ranks.
    fn ordered(&mut self, sources: &Sources, made: &Made<'_>) -> Ordered {
        let placing = Placing::new(made.facts, &made.rules.rules);
        let items = std::mem::take(&mut self.items);
        let standings = items.stand(|items| {
            let mut placed = placing.places(items, |hit| made.memory(hit));
            for (item, placed) in items.iter().zip(&mut placed) {
                if let Origin::Problem(number) = item {
                    placed.place = self.problem_at(*number).and_then(place);
                }
            }
            placed
        });
        let places = standings.iter().filter_map(|(_, placed)| placed.place);
        let paths = sources.ranks(places.map(|span| span.source));
        let rules = made.rules.rules.iter().map(|rule| rule.id.value.as_str());
        let kinds = self.problems.iter().map(|problem| problem.code.as_str());
        let codes: BTreeSet<&str> = rules.clone().chain(kinds.clone()).collect();
        let codes: FxHashMap<&str, usize> = codes.into_iter().zip(0..).collect();
        let ranks = |of: &mut dyn Iterator<Item = &str>| -> Vec<usize> {
            of.filter_map(|code| codes.get(code).copied()).collect()
        };
        let (rules, kinds) = (ranks(&mut rules.clone()), ranks(&mut kinds.clone()));
        // Two words for a key, the lesser of nothing first.
        let word = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let behind = |rank: Option<usize>| rank.map_or(0, |rank| word(rank) + 1) << 32;
        let key = |item: Origin, placed: &Placed, line: &mut usize| {
            let line = placed.place.map_or(0, |span| {
                *line = sources.line_behind(*line, span);
                behind(paths.get(&span.source).copied()) | word(*line)
            });
            let code = match item {
                Origin::Problem(number) => kinds.get(number as usize),
                Origin::Check(hit) => rules.get(usize::from(hit.rule)),
            };
            let start = placed.place.map_or(0, |span| u64::from(span.start));
            (line, behind(code.copied()) | start)
        };
        standings.ordered(key, |item, placed| {
            item.brief(placed.place, made.memories, &self.problems)
        })
    }

    fn problem_at(&self, number: u32) -> Option<&Finding> {
        self.problems.get(number as usize)
    }
}

/// Where a problem stands.
fn place(problem: &Finding) -> Option<Span> {
    problem.labels.first().map(|label| label.span)
}
