//! The Markdown of a report, read back by a reader of Markdown.

use std::collections::BTreeSet;

use planlint::audit::{Audit, State};
use planlint::language::Language;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::audited::{HOSTILE, paper, real, with, written};

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

fn markdown(audit: &Audit) -> String {
    String::from_utf8(written("markdown", audit)).unwrap()
}

/// What a reader makes of a report.
#[derive(Default)]
struct Read {
    anchors: Vec<String>,
    links: BTreeSet<String>,
    foreign: Vec<String>,
    html: String,
    tables: usize,
    headings: Vec<String>,
}

fn read(text: &str) -> Read {
    let mut read = Read::default();
    let mut heading = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                for part in html.split("<a id=\"").skip(1) {
                    read.anchors
                        .push(part.split('"').next().unwrap().to_owned());
                }
                if !html.starts_with("<!-- planlint-manifest ") {
                    read.html.push_str(&html);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => match dest_url.strip_prefix('#') {
                Some(to) => drop(read.links.insert(to.to_owned())),
                None => read.foreign.push(dest_url.to_string()),
            },
            Event::Start(Tag::Table(_)) => read.tables += 1,
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => read.headings.extend(heading.take()),
            Event::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => (),
        }
    }
    read
}

/// How many cells the rows of each table have, by the signs between them that are not escaped. What stands in a fence,
/// the text of a rule, is none.
fn tables(text: &str) -> Vec<Vec<usize>> {
    let mut tables: Vec<Vec<usize>> = Vec::new();
    let mut is_table = false;
    let mut is_fenced = false;
    for line in text.lines() {
        is_fenced ^= line.starts_with("```");
        if line.starts_with('|') && !is_fenced {
            let cells = line
                .replace("\\\\", "")
                .replace("\\|", "")
                .matches('|')
                .count();
            if !is_table {
                tables.push(Vec::new());
            }
            tables.last_mut().unwrap().push(cells);
        }
        is_table = line.starts_with('|') && !is_fenced;
    }
    tables
}

fn is_sound(text: &str) {
    let read = read(text);
    let anchors: BTreeSet<String> = read.anchors.iter().cloned().collect();
    assert_eq!(anchors.len(), read.anchors.len(), "an anchor stands twice");
    let dangling: Vec<_> = read.links.difference(&anchors).collect();
    assert!(dangling.is_empty(), "no anchors: {dangling:?}");
    assert!(read.foreign.is_empty(), "{:?}", read.foreign);
    let tables = tables(text);
    assert_eq!(tables.len(), read.tables, "not every table is one");
    for rows in tables {
        assert!(rows.iter().all(|cells| *cells == rows[0]), "{rows:?}");
    }
    let opened = read.html.matches("<details").count();
    assert_eq!(opened, read.html.matches("</details>").count());
    assert!(!read.html.contains("script"));
}

#[test]
fn tables_are_even_and_links_lead_somewhere() {
    for language in LANGUAGES {
        let audit = real(language);
        let text = markdown(&audit);
        is_sound(&text);
        let read = read(&text);
        for entry in &audit.entries {
            assert!(read.anchors.contains(&format!("f{}", entry.anchor)));
        }
        for of in &audit.undecided {
            assert!(read.anchors.contains(&format!("f{}", of.anchor)));
        }
        let linked = audit.matrix.iter().flat_map(|block| &block.rows);
        let linked = linked.flat_map(|row| &row.cells);
        for anchor in linked.filter_map(|cell| cell.anchor.as_ref()) {
            assert!(read.links.contains(&format!("f{anchor}")));
        }
        let told = audit
            .entries
            .iter()
            .filter(|entry| !entry.is_told_elsewhere());
        for entry in told {
            let ends = |heading: &String| heading.ends_with(&entry.message);
            assert!(read.headings.iter().any(ends), "{}", entry.message);
        }
    }
}

#[test]
fn hostile_texts_are_texts() {
    let long = "長".repeat(40_000);
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        let mut audit = with(text, real(Language::English));
        // Of so long a text one is enough.
        if text == long {
            audit.undecided.clear();
            audit.entries.clear();
        } else {
            is_sound(&markdown(&audit));
        }
        let bytes = written("markdown", &audit);
        let manifest = (paper("markdown").manifest)(&bytes).unwrap();
        assert_eq!(manifest, audit.manifest, "{text:?}");
    }
}

#[test]
fn every_state_has_its_sign_in_the_legend() {
    let text = markdown(&real(Language::English));
    let legend = text.lines().find(|line| line.contains("✗ error · "));
    assert_eq!(legend.unwrap().matches(" · ").count(), State::ALL.len() - 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_no_report_has_no_manifest(bytes in proptest::collection::vec(any::<u8>(), 0..2000), text in ".*") {
        let read = paper("markdown").manifest;
        prop_assert_eq!(read(&bytes), None);
        let text = format!("<!-- planlint-manifest {text} -->");
        prop_assert_eq!(read(text.as_bytes()), None);
    }
}
