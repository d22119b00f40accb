//! Findings that were there before: they are set aside, and those that are no more are told.

use std::collections::BTreeSet;
use std::fmt::Write;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Outcome;
use super::found::Origin;
use crate::finding::{
    Brief, Comparison, Decided, Finding, Findings, Fingerprint, Fixed, RuleCount, Standing,
};
use crate::language::Said;
use crate::notation::read;
use crate::problem::Severity;

/// The findings of an earlier state, by their fingerprints.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: FxHashMap<Fingerprint, Known>,
}

/// A finding of an earlier state.
#[derive(Clone, Debug)]
struct Known {
    weight: Weight,
    /// What stands at the primary place.
    value: String,
    what: Fixed,
}

/// How much a finding matters: what could not be decided before and is violated now is worse than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Undetermined,
    Counts(Severity),
}

impl Weight {
    fn of(verdict: Option<Decided>, severity: Severity) -> Self {
        match verdict {
            Some(Decided::Undetermined) => Self::Undetermined,
            _ => Self::Counts(severity),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Undetermined => Decided::Undetermined.word(),
            Self::Counts(severity) => severity.word(),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let counts = Severity::ALL.into_iter().map(Self::Counts);
        let mut all = counts.chain([Self::Undetermined]);
        all.find(|weight| weight.word() == word)
    }
}

/// What a baseline file begins with.
const HEAD: &str = "# planlint baseline 1: rule, plan, indicator, year, weight, value, fingerprint";

/// What the first line of every version begins with.
const MARK: &str = "# planlint baseline ";

impl Baseline {
    /// The findings of a run that count, and those that could not be decided. Input errors are never among them: what
    /// they hide was not checked.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let known = outcome.report.open().filter_map(|(at, brief)| {
            let finding = outcome.get(at).filter(may_be_known)?;
            let known = Known {
                weight: Weight::of(brief.verdict, brief.severity),
                value: outcome.value(brief),
                what: fixed(finding),
            };
            Some((known.what.fingerprint, known))
        });
        Self {
            known: known.collect(),
        }
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Reads a baseline file. Lines that are none of a baseline are told, with their numbers from 1; the others hold.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<(usize, Said)>) {
        let mut known = FxHashMap::default();
        let mut wrong = Vec::new();
        let lines = text.trim_start_matches('\u{FEFF}').lines();
        for (number, line) in (1..).zip(lines) {
            if line.starts_with(MARK) && line != HEAD {
                wrong.push((number, no_version()));
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let Some(entry) = entry(line) else {
                wrong.push((number, no_entry(line)));
                continue;
            };
            // Of two lines for one finding, as a merge may leave them, the milder holds: it hides less.
            let held = known.entry(entry.what.fingerprint).or_insert(entry.clone());
            if entry.weight < held.weight {
                *held = entry;
            }
        }
        (Self { known }, wrong)
    }

    /// The baseline as its file: sorted, a line each, so that changes of it merge.
    #[must_use]
    pub fn text(&self) -> String {
        // Whether something is still accepted depends on the day: that is no state to hold on to.
        let lasting = |known: &&Known| !known.what.rule.starts_with("allow/");
        let lines = self.known.values().filter(lasting).map(|known| {
            let Fixed {
                rule,
                plan,
                indicator,
                year,
                fingerprint,
                ..
            } = &known.what;
            let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
            let year = year.map_or_else(|| "-".to_owned(), |year| year.to_string());
            let (plan, indicator) = (dash(plan), dash(indicator));
            let weight = known.weight.word();
            let value = &known.value;
            format!("{rule}\t{plan}\t{indicator}\t{year}\t{weight}\t{value}\t{fingerprint}")
        });
        let lines: BTreeSet<String> = lines.collect();
        let mut out = format!("{HEAD}\n");
        for line in lines {
            let _ = writeln!(out, "{line}");
        }
        out
    }
}

fn entry(line: &str) -> Option<Known> {
    let cells: Vec<&str> = line.trim_end().split('\t').collect();
    let [rule, plan, indicator, year, weight, value, fingerprint] = cells.as_slice() else {
        return None;
    };
    let some = |cell: &str| (cell != "-").then(|| cell.to_owned());
    let digits = fingerprint.len() == 16;
    let year = match *year {
        "-" => None,
        year => Some(year.parse().ok()?),
    };
    Some(Known {
        weight: Weight::parse(weight)?,
        value: (*value).to_owned(),
        what: Fixed {
            rule: (*rule).to_owned(),
            plan: some(plan),
            indicator: some(indicator),
            year,
            fingerprint: Fingerprint(
                u64::from_str_radix(fingerprint, 16)
                    .ok()
                    .filter(|_| digits)?,
            ),
            message: None,
        },
    })
}

fn no_entry(line: &str) -> Said {
    if ["<<<<<<<", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.starts_with(mark))
    {
        return Said::new(
            "合并冲突没有解决：两边的行都留下，再删去冲突标记",
            "a merge conflict is left: keep the lines of both sides and delete the marks",
        );
    }
    Said::new(
        "不是基线的一行：应有七栏，以制表符分隔，最后是 16 位指纹",
        "no line of a baseline: it has seven columns between tabs, a fingerprint of 16 digits the last",
    )
}

fn no_version() -> Said {
    Said::new(
        "不认识的基线版本：用这个版本的 planlint 重新写一份",
        "unknown version of a baseline: write it anew with this planlint",
    )
}

/// Whether a finding may be set aside: not an input error, which hides what was not checked.
fn may_be_known(finding: &Finding) -> bool {
    finding.severity != Severity::Error || !finding.is_incomplete()
}

fn fixed(finding: Finding) -> Fixed {
    Fixed {
        rule: finding.code,
        plan: finding.subject.plan,
        indicator: finding.subject.indicator,
        year: finding.subject.year,
        fingerprint: finding.fingerprint,
        message: Some(finding.message),
    }
}

impl Outcome {
    /// Sets the findings aside that were there before and are no graver now. Those that are no more are told of the
    /// plans that the report is of.
    pub fn compare(&mut self, before: &Baseline, against: impl Into<String>, only: &[String]) {
        let mut found: FxHashSet<Fingerprint> = FxHashSet::default();
        for at in 0..self.report.findings.len() {
            let Some(brief) = self.report.findings.get(at).copied() else {
                continue;
            };
            let fingerprint = self.fingerprint(at);
            let Some((fingerprint, known)) =
                fingerprint.and_then(|of| Some((of, before.known.get(&of)?)))
            else {
                continue;
            };
            found.insert(fingerprint);
            let graver = Weight::of(brief.verdict, brief.severity) > known.weight;
            if brief.standing == Standing::Open && !graver && !self.is_worse(&brief, known) {
                self.set_aside(at, &brief);
            }
        }
        self.relate_again();
        let shown: Option<FxHashSet<&str>> = (!only.is_empty()).then(|| {
            let here = |plan: &crate::facts::PlanId| {
                let source = self.facts.plan(*plan).id.span.source;
                only.contains(&self.sources.file(source).path)
            };
            let plans = self.facts.plans().filter(here);
            plans
                .map(|plan| self.facts.plan(plan).id.value.as_str())
                .collect()
        });
        // What was not asked is not mended: of rules that are off, or where input is missing.
        let asked: FxHashSet<&str> = self.rules.ids().collect();
        let whole = self.report.summary.input_errors == 0;
        let is_gone = |known: &&Known| {
            let plan = known.what.plan.as_deref();
            let rule = known.what.rule.as_str();
            whole
                && !found.contains(&known.what.fingerprint)
                && known.weight != Weight::Undetermined
                && (asked.contains(rule) || rule.starts_with("input/"))
                && shown
                    .as_ref()
                    .is_none_or(|shown| plan.is_some_and(|plan| shown.contains(plan)))
        };
        let gone = before.known.values().filter(is_gone);
        let mut fixed: Vec<Fixed> = gone.map(|known| known.what.clone()).collect();
        fixed.sort();
        let new = self.report.findings.iter().filter(|brief| brief.counts());
        self.report.comparison = Some(Comparison {
            against: against.into(),
            new: new.count(),
            known: self.report.summary.baselined,
            fixed,
        });
    }

    /// What stands at the primary place of a finding, as one line.
    fn value(&self, brief: &Brief) -> String {
        let text = brief.place.map_or("", |span| self.sources.text(span));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the value that a finding is about has become worse since it was known.
    fn is_worse(&self, brief: &Brief, known: &Known) -> bool {
        let value = self.value(brief);
        let id = known.what.indicator.as_deref();
        let indicator = id.and_then(|id| self.facts.catalogue.find(id));
        let Some(indicator) = indicator.filter(|_| value != known.value) else {
            return false;
        };
        let units = &self.facts.catalogue.units;
        let better = self.facts.catalogue.get(indicator).better;
        let both = read(&value, units).ok().zip(read(&known.value, units).ok());
        both.is_some_and(|(now, then)| now.is_worse(&then, better))
    }

    /// Takes a finding out of every count but that of known ones.
    fn set_aside(&mut self, at: usize, brief: &Brief) {
        let summary = &mut self.report.summary;
        if brief.counts() {
            match brief.severity {
                Severity::Error => summary.errors -= 1,
                Severity::Warning => summary.warnings -= 1,
                Severity::Note => summary.notes -= 1,
            }
        }
        let mut less = RuleCount::default();
        match brief.verdict {
            Some(Decided::Violated) => less.violated = 1,
            Some(Decided::Undetermined) => less.undetermined = 1,
            None => (),
        }
        less.checks = less.violated + less.undetermined;
        summary.checks -= less.checks;
        summary.violated -= less.violated;
        summary.undetermined -= less.undetermined;
        summary.baselined += 1;
        let rule = match self.found.origins.get(at) {
            Some(Origin::Check(hit)) => self.rules.rules.get(usize::from(hit.rule)),
            _ => None,
        };
        if let Some(rule) = rule {
            let mut counts = self.report.rules.iter_mut();
            if let Some(count) = counts.find(|count| count.rule == rule.id.value) {
                count.subtract(&less);
            }
        }
        if let Some(brief) = self.report.findings.get_mut(at) {
            brief.standing = Standing::Known;
        }
    }

    /// Which finding says which other again, among those that still count.
    fn relate_again(&mut self) {
        let findings = &mut self.report.findings;
        let mut again = Vec::new();
        let groups = self.found.restating.chunk_by(|(a, _), (b, _)| a == b);
        for group in groups {
            let main = group.first().map(|(main, _)| *main);
            let all = main
                .into_iter()
                .chain(group.iter().map(|(_, other)| *other));
            let mut open: Vec<u32> = all
                .filter(|at| {
                    let brief = findings.get_mut(*at as usize);
                    brief.is_some_and(|brief| {
                        brief.restates = None;
                        brief.related = 0;
                        brief.standing == Standing::Open
                    })
                })
                .collect();
            let severity = |at: &u32| findings.get(*at as usize).map(|brief| brief.severity);
            open.sort_by_key(|at| (std::cmp::Reverse(severity(at)), *at));
            let Some((main, others)) = open.split_first() else {
                continue;
            };
            for other in others {
                again.push((*main, *other));
            }
        }
        for (main, other) in &again {
            if let Some(brief) = findings.get_mut(*other as usize) {
                brief.restates = Some(*main);
            }
            if let Some(brief) = findings.get_mut(*main as usize) {
                brief.related += 1;
            }
        }
        again.sort_unstable();
        self.found.restating = again;
    }
}
