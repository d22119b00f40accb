//! The rules of a report: in words, as text, with what they cite and how their checks came out.

use super::scope::Reach;
use crate::check::{Counts, Outcome};
use crate::language::Language;
use crate::problem::Severity;
use crate::resolve::TypedRule;
use crate::value::show;

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What it finds wrong, in a few words.
    pub title: String,
    /// Its manual page, in paragraphs, without its title.
    pub words: Vec<String>,
    /// What it cites: a document, then places in it.
    pub cites: Vec<String>,
    /// Its parameters as they were set, `name = value`; where several settings are in force, each once.
    pub parameters: Vec<String>,
    /// The gravest severity that it may have.
    pub severity: Severity,
    /// Its text.
    pub text: String,
    /// Where it stands: `path:line:column`.
    pub place: String,
    /// How its checks on the report's plans came out.
    pub counts: Counts,
    /// How many findings of the report are its.
    pub findings: usize,
}

pub(super) fn all(outcome: &Outcome, reach: &Reach) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (at, typed) in outcome.rules.rules.iter().enumerate() {
        let counts = counts(outcome, reach, at);
        let same = rules.last_mut().filter(|rule| rule.id == typed.id.value);
        if let Some(rule) = same {
            // A rule that is set otherwise for some plans is one rule.
            rule.counts.add(&counts);
            for parameter in parameters(typed, outcome) {
                if !rule.parameters.contains(&parameter) {
                    rule.parameters.push(parameter);
                }
            }
            continue;
        }
        rules.push(one(typed, counts, outcome));
    }
    rules
}

fn one(rule: &TypedRule, counts: Counts, outcome: &Outcome) -> Rule {
    let language = outcome.report.language;
    let severities = rule.severities.iter().map(|weight| weight.severity);
    let lines = rule.paragraphs(language);
    let paragraphs = lines.get(1..).unwrap_or_default();
    let paragraphs = paragraphs.split(|line| line.is_empty());
    let paragraphs = paragraphs.filter(|lines| !lines.is_empty());
    let words = paragraphs.map(|lines| lines.join(language.pick("", " ")));
    let cites = rule.cites.iter().map(|cite| cited(cite, language));
    Rule {
        id: rule.id.value.clone(),
        title: rule.title.pattern(language),
        words: words.collect(),
        cites: cites.collect(),
        parameters: parameters(rule, outcome),
        severity: severities.max().unwrap_or(Severity::Error),
        text: outcome.sources.text(rule.span).to_owned(),
        place: super::evidence::named(rule.span, &outcome.sources),
        counts,
        findings: 0,
    }
}

fn cited(cite: &[String], language: Language) -> String {
    match (cite.split_first(), language) {
        (Some((document, places)), Language::Chinese) => {
            format!("《{document}》{}", places.join("、"))
        }
        _ => cite.join(", "),
    }
}

fn parameters(rule: &TypedRule, outcome: &Outcome) -> Vec<String> {
    let slots = rule.slots.iter();
    let set = slots.filter_map(|slot| slot.parameter.as_ref().zip(Some(&slot.name.value)));
    let language = outcome.report.language;
    set.map(|(value, name)| format!("{name} = {}", show(value, &outcome.facts, language)))
        .collect()
}

/// How a rule's checks came out, by its place in the rule set.
fn counts(outcome: &Outcome, reach: &Reach, at: usize) -> Counts {
    let mut counts = Counts::default();
    let Some(cells) = &outcome.cells else {
        return counts;
    };
    for (_, plan) in reach.own() {
        counts.add(&cells.of_rule(Some(plan), at));
    }
    if reach.is_all() {
        counts.add(&cells.of_rule(None, at));
    }
    counts
}
