//! What a test expects against what was found.

use crate::check::Outcome;
use crate::finding::{Decided, Finding};
use crate::language::Said;
use crate::problem::{Kind, Problem, nearest};
use crate::source::{Span, Spanned};
use crate::syntax::{Expect, ExpectKind, TestBlock};

/// What an expectation means in the regions and the catalogue of its test.
struct Wanted<'t> {
    expect: &'t Expect,
    rule: Option<&'t str>,
    region: Option<String>,
    indicator: Option<String>,
    year: Option<i32>,
}

/// Every difference: what was expected and not found, and what was found and not expected. `home` is where in the
/// test a place of the outcome came from.
pub(super) fn compare(
    test: &TestBlock,
    found: &[&Finding],
    outcome: &Outcome,
    home: &dyn Fn(Span) -> Option<Span>,
) -> Vec<Problem> {
    let unknown = test
        .rules
        .iter()
        .filter_map(|rule| unknown_rule(rule, outcome));
    let mut problems: Vec<Problem> = unknown.collect();
    let mut wanted = Vec::new();
    for expect in &test.expects {
        wanted.extend(understood(expect, outcome, &mut problems));
    }
    for one in &wanted {
        let meets = |finding: &&&Finding| one.meets(finding, outcome);
        let count = found.iter().filter(meets).count();
        if one.expect.once && count > 1 {
            problems.push(repeated(one.expect, count));
        }
        if one.expect.kind != ExpectKind::Nothing && count == 0 {
            let near: Vec<&Finding> = found
                .iter()
                .copied()
                .filter(|finding| one.is_near(finding))
                .collect();
            problems.push(missing(one.expect, &near));
        }
    }
    for finding in found {
        let expected = |one: &Wanted<'_>| {
            one.expect.kind != ExpectKind::Nothing && one.meets(finding, outcome)
        };
        if wanted.iter().any(expected) {
            continue;
        }
        let forbids =
            |one: &&Wanted<'_>| one.expect.kind == ExpectKind::Nothing && one.is_at(finding);
        let forbidden = wanted.iter().find(forbids).map(|one| one.expect.span);
        // What could not be decided counts only where nothing at all is expected.
        if finding.verdict == Some(Decided::Violated) || forbidden.is_some() {
            problems.push(unexpected(test, finding, forbidden, home));
        }
    }
    problems
}

/// `None` where a word of it means nothing, which is reported.
fn understood<'t>(
    expect: &'t Expect,
    outcome: &Outcome,
    problems: &mut Vec<Problem>,
) -> Option<Wanted<'t>> {
    let mut wanted = Wanted {
        expect,
        rule: expect.rule.as_ref().map(|rule| rule.value.as_str()),
        region: None,
        indicator: None,
        year: None,
    };
    if let Some(rule) = &expect.rule {
        let problem = unknown_rule(rule, outcome);
        if problem.is_some() {
            problems.extend(problem);
            return None;
        }
    }
    for word in &expect.at {
        let facts = &outcome.facts;
        if let Ok(year) = word.value.parse() {
            wanted.year = Some(year);
        } else if let Some(indicator) = facts.catalogue.find(&word.value) {
            wanted.indicator = Some(facts.catalogue.get(indicator).id.clone());
        } else if let Some(region) = facts.regions.find(&word.value) {
            wanted.region = Some(facts.regions.get(region).code.to_string());
        } else {
            let near = nearest(&word.value, facts.catalogue.spellings());
            problems.push(unknown(word, near, ("区划或指标", "region or indicator")));
            return None;
        }
    }
    Some(wanted)
}

fn unknown_rule(rule: &Spanned<String>, outcome: &Outcome) -> Option<Problem> {
    if outcome.rules.find(&rule.value).is_some() {
        return None;
    }
    let rules = outcome.rules.rules.iter();
    let near = nearest(&rule.value, rules.map(|rule| rule.id.value.as_str()));
    Some(unknown(rule, near, ("规则", "rule")))
}

impl Wanted<'_> {
    fn meets(&self, finding: &Finding, outcome: &Outcome) -> bool {
        let kind = match self.expect.kind {
            ExpectKind::Undetermined => Decided::Undetermined,
            ExpectKind::Violated | ExpectKind::Nothing => Decided::Violated,
        };
        let because = self.expect.because.as_ref().is_none_or(|because| {
            let reason = finding.reason.as_deref().unwrap_or("");
            reason.contains(&because.value)
        });
        let labelled = |value: &Spanned<String>| {
            finding
                .labels
                .iter()
                .any(|label| outcome.sources.text(label.span).contains(&value.value))
        };
        finding.verdict == Some(kind)
            && self.rule.is_none_or(|rule| rule == finding.code)
            && self.is_at(finding)
            && because
            && self.expect.with.iter().all(labelled)
    }

    fn is_at(&self, finding: &Finding) -> bool {
        let subject = &finding.subject;
        (self.region.is_none() || self.region == subject.region)
            && (self.indicator.is_none() || self.indicator == subject.indicator)
            && (self.year.is_none() || self.year == subject.year)
    }

    /// Whether a finding may be the one that was meant: of the same rule and at the same place.
    fn is_near(&self, finding: &Finding) -> bool {
        self.rule.is_none_or(|rule| rule == finding.code) && self.is_at(finding)
    }
}

fn repeated(expect: &Expect, count: usize) -> Problem {
    let message = Said::new(
        format!("期望出现一次，出现了 {count} 次"),
        format!("expected once, found {count} times"),
    );
    let label = Said::new("期望一次", "expected once");
    Problem::new(Kind::TestUnexpected, expect.span, message, label)
}

fn missing(expect: &Expect, near: &[&Finding]) -> Problem {
    let message = Said::new("期望的结果没有出现", "what was expected was not found");
    let label = Said::new("期望", "expected");
    let problem = Problem::new(Kind::TestMissing, expect.span, message, label);
    let Some(finding) = near.first() else {
        return problem;
    };
    let reason = finding.reason.as_deref().unwrap_or(&finding.message);
    problem.help(match finding.verdict {
        Some(Decided::Undetermined) => Said::new(
            format!("实际无法判断：{reason}"),
            format!("it could not be decided: {reason}"),
        ),
        _ => Said::new(
            format!("实际得到：{}", finding.message),
            format!("found instead: {}", finding.message),
        ),
    })
}

fn unexpected(
    test: &TestBlock,
    finding: &Finding,
    forbidden: Option<Span>,
    home: &dyn Fn(Span) -> Option<Span>,
) -> Problem {
    let message = Said::new(
        format!("没有期望的结果：{} {}", finding.code, finding.message),
        format!(
            "found but not expected: {} {}",
            finding.code, finding.message
        ),
    );
    let places = finding.labels.iter().filter_map(|label| home(label.span));
    let mut places = places.collect::<Vec<_>>().into_iter();
    let first = places.next().unwrap_or(test.name.span);
    let label = Said::new("在这里", "found here");
    let mut problem = Problem::new(Kind::TestUnexpected, first, message, label);
    for place in places {
        problem = problem.also(place, Said::new("与这里", "against this"));
    }
    if let Some(span) = forbidden {
        problem = problem.also(span, Said::new("期望没有", "expected nothing"));
    }
    problem
}

fn unknown(name: &Spanned<String>, near: Option<&str>, (zh, en): (&str, &str)) -> Problem {
    let message = Said::new(
        format!("没有{zh} {}", name.value),
        format!("no {en} {}", name.value),
    );
    let label = Said::new("没有它", "not known");
    let problem = Problem::new(Kind::RuleUnknownName, name.span, message, label);
    match near {
        Some(near) => problem.help(Said::new(
            format!("是否想写 {near}？"),
            format!("did you mean {near}?"),
        )),
        None => problem,
    }
}
