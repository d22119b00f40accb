//! The workbook of a report, read back by another program's reader.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use planlint::audit::Audit;
use planlint::audit::Scope;
use planlint::language::Language;
use planlint::render::{self, View};
use proptest::prelude::*;
use serde_json::Value;

use crate::audited::{HOSTILE, of, paper, real, with, written};
use crate::real::repository;

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

struct Workbook(Xlsx<Cursor<Vec<u8>>>);

impl Workbook {
    fn of(audit: &Audit) -> Self {
        let bytes = written("xlsx", audit);
        Self(Xlsx::new(Cursor::new(bytes)).unwrap())
    }

    fn sheet(&mut self, name: &str) -> Range<Data> {
        self.0.worksheet_range(name).unwrap()
    }

    /// The sheets that stand for plans, behind the method's.
    fn plan_sheets(&self, audit: &Audit) -> Vec<String> {
        let method = audit.language.pick("方法", "Method");
        let names = self.0.sheet_names();
        let at = names.iter().position(|name| name == method).unwrap();
        names[at + 1..names.len() - 1].to_vec()
    }
}

/// The rows below the heads, by the texts of some of their columns.
fn column<'r>(sheet: &'r Range<Data>, head: &str) -> impl Iterator<Item = String> + 'r {
    let heads = sheet.rows().next().unwrap();
    let at = heads.iter().position(|cell| *cell == head).unwrap();
    sheet.rows().skip(1).map(move |row| row[at].to_string())
}

#[test]
fn the_findings_are_as_many_as_a_check_counts() {
    for language in LANGUAGES {
        let (outcome, audit) = of(repository(), Scope::All, language);
        let mut json = Vec::new();
        let format = render::ALL.iter().find(|format| format.name == "json");
        let view = View::default();
        (format.unwrap().render)(
            &outcome.report,
            &outcome,
            &outcome.sources,
            &view,
            &mut json,
        )
        .unwrap();
        let json: Value = serde_json::from_slice(&json).unwrap();
        let counted = |name: &str| json["summary"][name].as_u64().unwrap();

        let mut book = Workbook::of(&audit);
        let sheet = book.sheet(language.pick("发现的问题", "Findings"));
        let severities: Vec<String> = column(&sheet, language.pick("级别", "Severity")).collect();
        for (name, zh, en) in [
            ("errors", "错误", "error"),
            ("warnings", "警告", "warning"),
            ("notes", "提示", "note"),
        ] {
            let word = language.pick(zh, en);
            let rows = severities.iter().filter(|cell| *cell == word).count();
            assert_eq!(rows as u64, counted(name), "{name}");
        }
        let verdicts: Vec<String> = column(&sheet, language.pick("结果", "Verdict")).collect();
        let violated = language.pick("不符", "violated");
        let violated = verdicts.iter().filter(|cell| *cell == violated).count();
        assert_eq!(violated as u64, counted("violated"));
        let unsure = language.pick("无法判断", "undetermined");
        let unsure = verdicts.iter().filter(|cell| *cell == unsure).count();
        let sheet = book.sheet(language.pick("无法判断的检查", "What could not be decided"));
        let undecided = column(&sheet, language.pick("指纹", "Fingerprint")).count();
        // Several checks may be told as one.
        let findings = json["findings"].as_array().unwrap();
        let told = findings.iter().filter(|of| of["verdict"] == "undetermined");
        assert_eq!(unsure + undecided, told.count());
        assert_eq!(severities.len() + undecided, findings.len());
        let cover = book.sheet(language.pick("结论", "Summary"));
        let label = language.pick("无法判断", "undetermined");
        let mut rows = cover.rows().filter(|row| row[0] == label);
        assert_eq!(
            rows.next().unwrap()[1].to_string(),
            counted("undetermined").to_string()
        );
    }
}

#[test]
fn a_plan_s_sheet_has_its_rows() {
    for language in LANGUAGES {
        let (outcome, audit) = of(repository(), Scope::All, language);
        let mut book = Workbook::of(&audit);
        let names = book.plan_sheets(&audit);
        let reported = audit.plans.iter().filter(|plan| plan.is_reported);
        let reported: Vec<_> = reported.collect();
        assert_eq!(names.len(), reported.len());
        for (name, plan) in names.iter().zip(reported) {
            assert!(name.contains(&plan.region), "{name}");
            let sheet = book.sheet(name);
            // Above them: the title, what the plan is, the way back, the heads.
            assert_eq!(sheet.rows().count(), 4 + plan.rows.len(), "{name}");
            let id = outcome.facts.plans();
            let id = id
                .into_iter()
                .find(|id| outcome.facts.plan(*id).id.value == plan.id);
            let printed = outcome.facts.figures_of(id.unwrap());
            let printed = printed.map(|id| outcome.facts.figure(id));
            let printed: BTreeSet<String> = printed
                .map(|figure| figure.value.printed.clone())
                .filter(|printed| !printed.is_empty())
                .collect();
            let cells: Vec<String> = sheet.rows().flatten().map(Data::to_string).collect();
            for value in printed {
                assert!(cells.contains(&value), "{name} lacks {value}");
            }
        }
    }
}

#[test]
fn a_value_stays_as_it_is_printed() {
    let audit = real(Language::Chinese);
    let mut book = Workbook::of(&audit);
    let names = book.plan_sheets(&audit);
    for name in names {
        let sheet = book.sheet(&name);
        let is_number = |cell: &&Data| matches!(cell, Data::Float(_) | Data::Int(_));
        assert_eq!(sheet.rows().flatten().find(is_number), None, "{name}");
    }
}

#[test]
fn hostile_texts_are_texts() {
    let long = "長".repeat(40_000);
    let emoji = "😀".repeat(20_000);
    let texts = HOSTILE.iter().copied().chain([long.as_str(), &emoji]);
    for text in texts {
        let audit = with(text, real(Language::English));
        let bytes = written("xlsx", &audit);
        let manifest = (paper("xlsx").manifest)(&bytes).unwrap();
        assert_eq!(manifest, audit.manifest, "{text:?}");
        let mut book = Workbook(Xlsx::new(Cursor::new(bytes)).unwrap());
        let wanted = shown(text);
        let sheet = book.sheet("Findings");
        assert_eq!(sheet.rows().count(), 1 + audit.entries.len());
        for message in column(&sheet, "Message") {
            assert!(message == wanted, "{text:?} became {message:?}");
        }
        let names = book.0.sheet_names();
        let small: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(small.len(), names.len(), "{names:?}");
        for name in &names {
            assert!(name.encode_utf16().count() <= 31, "{name}");
            assert!(
                !name.contains(['[', ']', ':', '*', '?', '/', '\\']),
                "{name}"
            );
            let formulas = book.0.worksheet_formula(name).unwrap();
            assert_eq!(formulas.used_cells().count(), 0, "{name}");
        }
        for name in book.plan_sheets(&audit) {
            let sheet = book.sheet(&name);
            let mut cells = sheet.rows().skip(4).flatten();
            assert!(cells.any(|cell| *cell == wanted.as_str()), "{name}");
        }
    }
}

/// A text as a cell shows it: signs for what XML has no place for, and no more than fits.
fn shown(text: &str) -> String {
    let sign = |of: char| match of {
        '\n' | '\t' => of,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + of as u32).unwrap(),
        '\u{7f}' => '\u{2421}',
        '\u{85}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => of,
    };
    let text: String = text.chars().map(sign).collect();
    match text.as_str() {
        "<r><t>raw</t></r>" => format!("{text} "),
        _ if text.starts_with('長') => format!("{}…", "長".repeat(32_766)),
        _ if text.starts_with("😀") => format!("{}…", "😀".repeat(16_383)),
        _ => text,
    }
}

/// Hundreds of plans: a sheet for those with errors or warnings only, and all figures in one list.
#[test]
fn of_many_plans_some_have_sheets() {
    let mut audit = real(Language::English);
    let plans: Vec<_> = audit.plans.iter().cycle().take(700).cloned().collect();
    audit.plans = plans;
    audit.matrix.clear();
    let grave = audit.plans.iter().filter(|plan| {
        plan.is_reported && (plan.standing.errors > 0 || plan.standing.warnings > 0)
    });
    let figures = audit.plans.iter().flat_map(|plan| &plan.rows);
    let figures: usize = figures.map(|row| row.figures.len()).sum();
    let grave = grave.count();
    let mut book = Workbook::of(&audit);
    let names = book.0.sheet_names();
    assert!(grave > 250);
    let list = names.iter().position(|name| name == "Figures of all plans");
    assert_eq!(names.len() - 2 - list.unwrap(), 250);
    let list = book.sheet("Figures of all plans");
    assert_eq!(list.rows().count(), 1 + figures);
    let cover = book.sheet("Summary");
    let told = |cell: &Data| cell.to_string().starts_with("There are many plans");
    assert!(cover.rows().flatten().any(told));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_no_workbook_has_no_manifest(mut bytes in proptest::collection::vec(any::<u8>(), 0..2000), is_archive: bool) {
        if is_archive {
            bytes.splice(0..0, *b"PK\x03\x04");
        }
        prop_assert_eq!((paper("xlsx").manifest)(&bytes), None);
    }
}

/// A damaged workbook may have lost its manifest, or have it still; reading it ends either way.
#[test]
fn a_damaged_workbook_is_read_without_harm() {
    let audit = real(Language::English);
    let bytes = written("xlsx", &audit);
    let read = paper("xlsx").manifest;
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let manifest = read(&damaged);
        assert!(manifest.is_none_or(|manifest| manifest == audit.manifest));
        assert_eq!(read(&bytes[..at]), None);
    }
}
