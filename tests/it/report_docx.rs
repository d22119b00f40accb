//! `planlint report --format docx`: what a Word document has to have, and that it is the same each time.

use std::io::{Cursor, Read};

use planlint::audit::{Audit, Scope};
use planlint::language::Language;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::audited::{self, paper};
use crate::real;

#[test]
fn the_same_report_is_the_same_bytes_on_any_thread() {
    let audit = audited::real(Language::Chinese);
    let first = written(&audit);
    assert!(first == written(&audit), "a second time");
    let other = std::thread::scope(|scope| scope.spawn(|| written(&audit)).join().unwrap());
    assert!(first == other, "on another thread");
}

#[test]
fn every_part_is_well_formed_and_the_document_says_all() {
    for language in [Language::Chinese, Language::English] {
        let audit = audited::real(language);
        let bytes = written(&audit);
        let text = well_formed(&bytes);
        let findings = audit.entries.iter();
        for entry in findings.clone().filter(|entry| !entry.is_told_elsewhere()) {
            assert!(text.contains(&entry.message), "{}", entry.message);
        }
        for entry in findings {
            assert!(text.contains(&entry.anchor), "{}", entry.anchor);
        }
        for of in &audit.undecided {
            assert!(text.contains(&of.message), "{}", of.message);
        }
        for input in &audit.inputs {
            assert!(text.contains(&input.sha256), "{}", input.path);
        }
        for rule in &audit.rules {
            assert!(text.contains(&rule.id), "{}", rule.id);
        }
    }
}

#[test]
fn headings_and_heads_of_tables_are_such_to_word() {
    let audit = audited::real(Language::English);
    let bytes = written(&audit);
    let document = part(&bytes, "word/document.xml");
    for level in 1..=3 {
        let style = format!("<w:pStyle w:val=\"Heading{level}\" />");
        assert!(document.contains(&style), "{style}");
        let name = format!("<w:name w:val=\"heading {level}\" />");
        assert!(part(&bytes, "word/styles.xml").contains(&name), "{name}");
    }
    let tables = document.matches("<w:tbl>").count();
    assert_eq!(document.matches("<w:tblHeader />").count(), tables);
    assert_eq!(document.matches("<w:sectPr>").count(), 3);
    assert!(document.contains("TOC \\o"));
    assert!(!document.contains("w14:paraId"), "ids that nothing needs");
    // Every link has where to lead.
    for link in document.split("w:anchor=\"").skip(1) {
        let (mark, _) = link.split_once('"').unwrap();
        let name = format!("w:name=\"{mark}\"");
        assert!(document.contains(&name), "{mark}");
    }
}

#[test]
fn the_manifest_reads_back() {
    let audit = audited::real(Language::Chinese);
    let bytes = written(&audit);
    let manifest = (paper("docx").manifest)(&bytes).unwrap();
    assert_eq!(manifest, audit.manifest);
    for end in [0, 4, 30, 1000, bytes.len() / 2, bytes.len() - 1] {
        assert!((paper("docx").manifest)(&bytes[..end]).is_none(), "{end}");
    }
    // Whatever a byte becomes: another manifest, or none, and no panic.
    let mut broken = bytes.clone();
    for at in (0..bytes.len()).step_by(211) {
        broken[at] ^= 0xFF;
        let read = (paper("docx").manifest)(&broken);
        assert!(read.is_none_or(|read| read == audit.manifest), "{at}");
        broken[at] ^= 0xFF;
    }
    assert!((paper("docx").manifest)("<html>".as_bytes()).is_none());
}

#[test]
fn what_xml_cannot_hold_does_not_break_it() {
    let mut repository = real::repository();
    let odd = "<w:p> & \\\"a\\\" \\u0001\\u000b\\uFFFE ]]> 规划";
    for plan in &mut repository.plans {
        let text = String::from_utf8(plan.bytes.clone().unwrap()).unwrap();
        let lines = text.lines().map(|line| {
            if line.starts_with("title ") {
                format!("title = \"{odd}\"")
            } else {
                line.to_owned()
            }
        });
        plan.bytes = Ok(lines.collect::<Vec<_>>().join("\n").into_bytes());
    }
    let audit = audited::of(repository, Scope::All, Language::English).1;
    let titles: Vec<&str> = audit.plans.iter().map(|plan| plan.title.as_str()).collect();
    assert!(
        titles.iter().any(|title| title.contains('\u{b}')),
        "{titles:?}"
    );
    let bytes = written(&audit);
    assert!(well_formed(&bytes).contains("<w:p> & \"a\" "));
    assert_eq!((paper("docx").manifest)(&bytes), Some(audit.manifest));
}

/// The text of all parts, each of which has to be well-formed.
fn well_formed(bytes: &[u8]) -> String {
    let mut text = String::new();
    let parts = names(bytes).into_iter();
    for name in parts.filter(|name| !name.starts_with("word/media/")) {
        let xml = part(bytes, &name);
        let mut reader = Reader::from_str(&xml);
        loop {
            match reader.read_event().unwrap() {
                Event::Text(of) => text.push_str(&of.decode().unwrap()),
                Event::GeneralRef(of) => {
                    if let Some(one) = of.resolve_char_ref().unwrap() {
                        text.push(one);
                    } else {
                        let name = of.decode().unwrap();
                        text.push_str(quick_xml::escape::resolve_xml_entity(&name).unwrap());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let can_hold =
            |one: char| matches!(one, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..);
        assert!(xml.chars().all(can_hold), "{name}");
    }
    text
}

fn names(bytes: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.file_names().map(str::to_owned).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

fn written(audit: &Audit) -> Vec<u8> {
    audited::written("docx", audit)
}

#[test]
fn every_line_that_can_be_drawn_has_its_picture() {
    let audit = audited::real(Language::Chinese);
    let bytes = written(&audit);
    let drawn = audit.indicators.iter().filter(|of| of.axis.is_some());
    let drawn: usize = drawn.map(|of| of.lines.len()).sum();
    let pictures = names(&bytes);
    let pictures: Vec<&String> = pictures
        .iter()
        .filter(|name| name.starts_with("word/media/"))
        .collect();
    assert_eq!(pictures.len(), drawn);
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    let document = part(&bytes, "word/document.xml");
    for number in 1..=drawn {
        assert!(
            relations.contains(&format!("Id=\"rIdChart{number}\"")),
            "{number}"
        );
        assert!(
            document.contains(&format!("r:embed=\"rIdChart{number}\"")),
            "{number}"
        );
        assert!(
            document.contains(&format!("<wp:docPr id=\"{number}\" ")),
            "{number}"
        );
    }
}
