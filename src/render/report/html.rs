//! `--format html`: one file that needs nothing else, for a screen, a phone or paper.

mod drawing;
mod look;

use std::io;

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::chapter;
use super::words::{Words, words};
use crate::audit::{
    Audit, Block, Branch, Entry, Indicator, Line, Manifest, Plan, State, Undecided,
};
use crate::problem::Severity;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// What the manifest stands between.
const OPEN: &str = "<script type=\"application/json\" id=\"planlint-manifest\">";
const CLOSE: &str = "</script>";

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'p> {
    audit: &'p Audit,
    words: &'p Words,
    tag: &'static str,
    subject: String,
    date: String,
    script_hash: String,
    style: &'static str,
    script: &'static str,
    severities: [Severity; 3],
    states: &'static [State],
    tree: Vec<Twig<'p>>,
    matrix: Vec<String>,
    indicators: Vec<String>,
    plans: Vec<String>,
    manifest: String,
    more_grave: String,
    withheld: String,
    is_large: bool,
}

/// A region of the tree, with what has to be opened and closed about it.
struct Twig<'p> {
    branch: &'p Branch,
    /// Whether regions follow below it.
    opens: bool,
    /// How many regions end behind it.
    closes: usize,
    /// How all plans of it and below stand.
    below: crate::audit::Standing,
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct Matrix<'p> {
    audit: &'p Audit,
    words: &'p Words,
    block: &'p Block,
    title: String,
    not_stated: State,
    is_large: bool,
}

#[derive(Template)]
#[template(path = "indicator.html")]
struct Chart<'p> {
    words: &'p Words,
    at: usize,
    indicator: &'p Indicator,
    is_large: bool,
}

#[derive(Template)]
#[template(path = "plan.html")]
struct Findings<'p> {
    audit: &'p Audit,
    words: &'p Words,
    /// The plan's place; a word for what is about none.
    name: String,
    title: String,
    plan: Option<&'p Plan>,
    entries: Vec<&'p Entry>,
    undecided: Vec<&'p Undecided>,
    keys: String,
    is_folded: bool,
}

pub(super) fn write(audit: &Audit, out: &mut dyn io::Write) -> io::Result<()> {
    let words = &words(audit.language);
    let is_large = chapter::is_large(audit);
    let matrix = audit.matrix.iter().map(|block| Matrix {
        audit,
        words,
        block,
        title: block.title.clone(),
        not_stated: State::NotStated,
        is_large,
    });
    let indicators = audit.indicators.iter().zip(0..);
    let indicators = indicators.map(|(indicator, at)| Chart {
        words,
        at,
        indicator,
        is_large,
    });
    let page = Page {
        audit,
        words,
        tag: audit.language.pick("zh-CN", "en"),
        subject: words.subject(audit).to_owned(),
        date: crate::audit::day(audit.date, audit.language),
        script_hash: BASE64_STANDARD.encode(Sha256::digest(SCRIPT)),
        style: STYLE,
        script: SCRIPT,
        severities: Severity::ALL,
        states: &State::ALL,
        tree: tree(audit),
        matrix: matrix.map(|part| part.render()).collect::<Result<_, _>>()?,
        indicators: indicators
            .map(|part| part.render())
            .collect::<Result<_, _>>()?,
        plans: sections(audit, words, is_large)?,
        // No tag can begin in it.
        more_grave: words.more_grave(audit.summary.more),
        withheld: words.withheld(audit.withheld),
        manifest: super::json(&audit.manifest, |of| of == '<')?,
        is_large,
    };
    page.write_into(out)?;
    Ok(())
}

/// A section of findings for each plan that the report is about, and one for what is about none.
fn sections(audit: &Audit, words: &Words, is_large: bool) -> askama::Result<Vec<String>> {
    let sections = chapter::chapters(audit, words).map(|chapter| {
        let is_empty = chapter.is_empty();
        let entries = chapter.entries.iter();
        let keys = entries.map(|entry| look::key_of_entry(entry, audit));
        let undecided = chapter.undecided.iter();
        let keys = keys.chain(undecided.map(|of| look::key_of_undecided(of)));
        let place = chapter.plan.map(|(at, _)| at.to_string());
        Findings {
            audit,
            words,
            name: place.unwrap_or_else(|| "none".to_owned()),
            title: chapter.title,
            plan: chapter.plan.map(|(_, plan)| plan),
            keys: keys.collect::<Vec<_>>().join(" "),
            entries: chapter.entries,
            undecided: chapter.undecided,
            is_folded: is_large && !is_empty,
        }
        .render()
    });
    sections.collect()
}

fn tree(audit: &Audit) -> Vec<Twig<'_>> {
    let branches = &audit.regions;
    let twigs = branches.iter().enumerate().map(|(at, branch)| {
        let rest = branches.get(at + 1..).unwrap_or_default();
        let next = rest.first().map_or(0, |next| next.depth);
        let inside = rest.iter().take_while(|other| other.depth > branch.depth);
        let mut below = crate::audit::Standing::default();
        for of in std::iter::once(branch).chain(inside) {
            for plan in of.plans.iter().filter_map(|plan| audit.plans.get(*plan)) {
                below.add(&plan.standing);
            }
        }
        Twig {
            branch,
            opens: next > branch.depth,
            closes: branch.depth.saturating_sub(next),
            below,
        }
    });
    twigs.collect()
}

pub(super) fn manifest(bytes: &[u8]) -> Option<Manifest> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, rest) = text.split_once(OPEN)?;
    let (json, _) = rest.split_once(CLOSE)?;
    serde_json::from_str(json).ok()
}

impl Chart<'_> {
    /// A line on the indicator's axis.
    fn drawn(&self, line: &Line) -> askama::Result<String> {
        let axis = self.indicator.axis.as_ref();
        axis.map_or(Ok(String::new()), |axis| drawing::line(line, axis))
    }
}
