//! `planlint explain FINGERPRINT`: one finding in full.

use std::fmt::Write;

use crate::check::Outcome;
use crate::facts::{Facts, FigureId};
use crate::finding::Finding;
use crate::language::Language;
use crate::region::RegionId;
use crate::relation::column;
use crate::value::{Kind, Value, show};

/// What is told of each figure, in order: the column and its heading in both languages.
const TOLD: [(&str, &str, &str); 8] = [
    ("plan", "规划", "plan"),
    ("year", "年份", "year"),
    ("printed", "印作", "printed"),
    ("bound", "读作", "read as"),
    ("guarantee", "保证", "guarantees"),
    ("unit", "单位", "unit"),
    ("nature", "性质", "nature"),
    ("basis", "口径", "base"),
];

/// Behind the finding itself: each figure as printed and as read, the way up from its region, the rule and what it cites.
#[must_use]
pub fn background(finding: &Finding, outcome: &Outcome) -> String {
    let facts = &outcome.facts;
    let language = outcome.report.language;
    let mut out = String::new();
    let shown: Vec<FigureId> = finding
        .labels
        .iter()
        .filter_map(|label| {
            facts
                .figures()
                .find(|id| facts.figure(*id).span() == label.span)
        })
        .collect();
    for id in &shown {
        figure(&mut out, *id, facts, language);
    }
    if let Some(id) = shown.first() {
        way(&mut out, facts.figure(*id).region(), facts, language);
    }
    rule(&mut out, &finding.code, outcome);
    out
}

fn figure(out: &mut String, id: FigureId, facts: &Facts, language: Language) {
    let value = Value::Figure(id);
    let of = facts.figure(id);
    let region = &facts.regions.get(of.region()).name;
    let indicator = show(&Value::Indicator(of.indicator), facts, language);
    let _ = writeln!(out, "{region} {indicator}");
    for (name, zh, en) in TOLD {
        let Some(column) = column(Kind::Figure, name) else {
            continue;
        };
        let text = show(&column.value(facts, &value), facts, language);
        if !text.is_empty() {
            let heading = language.pick(zh, en);
            let _ = writeln!(out, "  {heading}{}{text}", language.pick("：", ": "));
        }
    }
    let _ = writeln!(out);
}

/// Each region from a figure's own up to the nation, with the plans that are here of it.
fn way(out: &mut String, region: RegionId, facts: &Facts, language: Language) {
    let heading = language.pick("自下而上：", "the way up:");
    let _ = writeln!(out, "{heading}");
    let mut next = Some(region);
    while let Some(region) = next {
        let plans = facts.plans_of(region).iter();
        let titles: Vec<String> = plans
            .map(|plan| show(&Value::Plan(*plan), facts, language))
            .collect();
        let titles = if titles.is_empty() {
            language.pick("规划未收录", "no plan here").to_owned()
        } else {
            titles.join(language.pick("；", "; "))
        };
        let name = &facts.regions.get(region).name;
        let _ = writeln!(out, "  {name}{}{titles}", language.pick("：", ": "));
        next = facts.regions.parent(region);
    }
    let _ = writeln!(out);
}

fn rule(out: &mut String, id: &str, outcome: &Outcome) {
    let language = outcome.report.language;
    let Some(rule) = outcome.rules.find(id) else {
        return;
    };
    let title = rule.title.pattern(language);
    let _ = writeln!(out, "{id}  {title}\n");
    for doc in rule.paragraphs(language) {
        let _ = writeln!(out, "{doc}");
    }
    for cite in &rule.cites {
        let heading = language.pick("依据：", "cites: ");
        let _ = writeln!(out, "{heading}{}", cite.join(" "));
    }
}
