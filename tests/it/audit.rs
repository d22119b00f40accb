//! What a report says: its counts, its matrix, its scope, and that it says of every check what became of it.

use std::collections::BTreeMap;

use planlint::audit::{self, Audit, Request, Scope, State};
use planlint::check::{Options, check};
use planlint::language::Language;
use planlint::render::PAPERS;

use crate::audited::{self, DAY, HOSTILE, of, with, written};
use crate::cases;
use crate::real;

fn scoped(scope: Scope) -> Audit {
    of(real::repository(), scope, Language::Chinese).1
}

#[test]
fn the_counts_are_those_of_the_check() {
    let (outcome, audit) = of(real::repository(), Scope::All, Language::Chinese);
    let (summary, standing) = (outcome.report.summary, audit.summary.standing);
    let counts = standing.counts;
    assert_eq!(counts.all(), summary.checks);
    assert_eq!(counts.holds, summary.holds);
    assert_eq!(counts.violated, summary.violated);
    assert_eq!(counts.undetermined, summary.undetermined);
    assert_eq!(standing.errors, summary.errors);
    assert_eq!(standing.warnings, summary.warnings);
    assert_eq!(standing.notes, summary.notes);
    for rule in &audit.rules {
        let of_check = outcome.report.rules.iter().filter(|of| of.rule == rule.id);
        let checks: usize = of_check.map(|of| of.checks).sum();
        assert_eq!(rule.counts.all(), checks, "{}", rule.id);
    }
}

#[test]
fn every_finding_is_told_once_and_every_undecided_check_has_its_reason() {
    let (outcome, audit) = of(real::repository(), Scope::All, Language::Chinese);
    let mut told: Vec<String> = audit.entries.iter().map(|of| of.anchor.clone()).collect();
    told.extend(audit.undecided.iter().map(|of| of.anchor.clone()));
    told.sort();
    let found = outcome.findings().map(|of| of.fingerprint.to_string());
    let mut found: Vec<String> = found.collect();
    found.sort();
    assert_eq!(told, found);
    for plan in &audit.plans {
        let raised = plan_entries(&audit, &plan.id).filter(|entry| entry.reason.is_some());
        let unlisted: usize = plan.unlisted.iter().map(|of| of.count).sum();
        assert_eq!(
            plan.undecided.len() + raised.count() + unlisted,
            plan.standing.counts.undetermined,
            "{}",
            plan.id
        );
        assert!(plan.unlisted.iter().all(|of| !of.reason.is_empty()));
    }
    assert!(audit.undecided.iter().all(|of| !of.reason.is_empty()));
    assert!(audit.plans.iter().any(|plan| !plan.unlisted.is_empty()));
}

fn plan_entries<'a>(
    audit: &'a Audit,
    id: &'a str,
) -> impl Iterator<Item = &'a planlint::audit::Entry> {
    audit
        .entries
        .iter()
        .filter(move |entry| entry.plan.is_some_and(|plan| audit.plans[plan].id == id))
}

#[test]
fn the_matrix_says_of_each_cell_what_the_findings_say() {
    let audit = audited::real(Language::Chinese);
    // The gravest violation of each plan and indicator.
    let mut gravest: BTreeMap<(usize, &str), State> = BTreeMap::new();
    for entry in &audit.entries {
        if let (Some(plan), Some(indicator), None) = (entry.plan, &entry.indicator, &entry.reason) {
            let state = State::of(entry.severity);
            let known = gravest.entry((plan, indicator)).or_insert(state);
            *known = state.min(*known);
        }
    }
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    for block in &audit.matrix {
        for row in &block.rows {
            assert_eq!(row.cells.len(), block.plans.len());
            let indicator = audit.indicators[row.indicator].id.as_str();
            for (cell, plan) in row.cells.iter().zip(&block.plans) {
                *states.entry(cell.state).or_default() += 1;
                let told = gravest.remove(&(*plan, indicator));
                match told {
                    Some(told) => assert_eq!(cell.state, told, "{indicator} of {plan}"),
                    None => assert!(cell.state > State::Note, "{indicator} of {plan}"),
                }
                if cell.state <= State::Note {
                    let anchor = cell.anchor.as_ref().unwrap();
                    assert!(audit.entries.iter().any(|entry| entry.anchor == *anchor));
                }
            }
        }
    }
    assert!(gravest.is_empty(), "in no cell: {gravest:?}");
    for state in [
        State::Error,
        State::Warning,
        State::Note,
        State::Undetermined,
        State::Holds,
    ] {
        assert!(
            states.contains_key(&state),
            "{state:?} is nowhere: {states:?}"
        );
    }
    assert!(states[&State::NotStated] > 0);
}

#[test]
fn a_regions_report_shows_its_own_findings_and_what_binds_them_and_no_neighbour() {
    let all = audited::real(Language::Chinese);
    let own = scoped(Scope::Region("540100".to_owned()));
    let reported: Vec<&str> = own
        .plans
        .iter()
        .filter(|plan| plan.is_reported)
        .map(|plan| plan.id.as_str())
        .collect();
    assert_eq!(reported, ["lhasa-health-2030"]);
    let context = own.plans.iter().filter(|plan| !plan.is_reported);
    let context: Vec<&str> = context.map(|plan| plan.code.as_str()).collect();
    assert_eq!(context, ["000000", "000000", "540000"]);
    let findings = |audit: &Audit| -> Vec<String> {
        let of = plan_entries(audit, "lhasa-health-2030");
        of.map(|entry| format!("{} {}", entry.anchor, entry.message))
            .collect()
    };
    assert_eq!(findings(&own), findings(&all));
    assert_eq!(own.entries.len(), findings(&own).len());
    for format in PAPERS {
        let bytes = (format.write)(&own, &mut Vec::new());
        bytes.unwrap();
    }
    let page = String::from_utf8(written("html", &own)).unwrap();
    // A neighbour's name may stand in the table of regions' silence and in the list of inputs, its figures nowhere.
    for entry in plan_entries(&all, "changdu-health-14fyp") {
        assert!(!page.contains(&entry.message), "{}", entry.message);
    }
    let same = scoped(Scope::Plan("lhasa-health-2030".to_owned()));
    assert_eq!(findings(&same), findings(&all));
}

#[test]
fn a_report_about_a_region_tells_of_no_other_regions_draft() {
    let case = std::fs::read_to_string(real::root().join("tests/cases/report/neighbours.txt"));
    let case = case.unwrap();
    let of = |scope| of(cases::repository(&case), scope, Language::Chinese).1;
    let all = of(Scope::All);
    let spoken = |audit: &Audit| -> Vec<String> {
        let entries = audit.entries.iter();
        entries
            .map(|entry| format!("{} {}", entry.code, entry.message))
            .collect()
    };
    assert!(format!("{all:?}").contains("机密"), "{:#?}", spoken(&all));
    for scope in [
        Scope::Region("100101".to_owned()),
        Scope::Plan("bing".to_owned()),
    ] {
        let own = of(scope);
        for paper in PAPERS {
            let bytes = written(paper.name, &own);
            let whole = String::from_utf8_lossy(&bytes);
            assert!(
                !whole.contains("机密"),
                "{}: {:#?}",
                paper.name,
                spoken(&own)
            );
        }
        let dump = format!("{own:?}");
        let at = dump.find("机密");
        assert!(
            at.is_none(),
            "{:?}",
            at.map(|at| dump[at..].chars().take(80).collect::<String>())
        );
        assert!(own.withheld > 3, "{}", own.withheld);
        assert_eq!(own.entries.len(), 1);
        assert!(
            spoken(&own)
                .iter()
                .any(|said| said.starts_with("a/superior")),
            "{:#?}",
            spoken(&own)
        );
    }
    // The unreadable value is told where it stands, and nowhere else.
    let other = of(Scope::Region("100102".to_owned()));
    assert!(
        spoken(&other)
            .iter()
            .any(|said| said.starts_with("input/unreadable-value")),
        "{:#?}",
        spoken(&other)
    );
}

#[test]
fn a_report_about_a_file_says_so_and_a_report_of_no_check_does_not_praise() {
    let repository = real::repository();
    let request = Request {
        date: DAY,
        scope: Scope::All,
        only: vec!["plans/tibet/lhasa-health-2030.plan.toml".to_owned()],
        inputs: Vec::new(),
    };
    let options = Options {
        cells: true,
        ..Options::default()
    };
    let outcome = check(repository, &options);
    let own = audit::audit(&outcome, &request).unwrap();
    assert_eq!(
        own.scope.as_deref(),
        Some("plans/tibet/lhasa-health-2030.plan.toml")
    );
    let reported = own.plans.iter().filter(|plan| plan.is_reported);
    assert_eq!(reported.count(), 1);
    assert_eq!(own.summary.size[0], 1);

    let mut repository = real::repository();
    repository.rules.clear();
    let none = of(repository, Scope::All, Language::Chinese).1;
    let said = none.summary.paragraphs.concat();
    assert!(said.contains("没有进行任何检查"), "{said}");
    assert!(!said.contains("没有错误的规划"), "{said}");
}

#[test]
fn a_target_stands_by_what_is_said_of_it_and_not_of_another_year() {
    let audit = audited::real(Language::Chinese);
    let life = audit
        .indicators
        .iter()
        .find(|of| of.id == "life_expectancy")
        .unwrap();
    let state = |region: &str, wanted: i32| {
        let found = life.lines.iter().find(|line| {
            line.region == region
                && line
                    .target
                    .as_ref()
                    .is_some_and(|(_, year)| *year == wanted)
        });
        found.unwrap().state
    };
    assert_eq!(state("拉萨市", 2020), Some(State::Note));
    assert_eq!(state("拉萨市", 2030), Some(State::Warning));
    // Where the nation has two plans, a target is shown beside what both say.
    let tibet = life
        .lines
        .iter()
        .find(|line| line.region == "西藏自治区")
        .unwrap();
    assert_eq!(tibet.above.len(), 2);
    assert!(audit.indicators.iter().all(|of| !of.lines.is_empty()));
}

#[test]
fn a_report_about_nothing_says_so() {
    let request = |scope| Request {
        date: DAY,
        scope,
        only: Vec::new(),
        inputs: Vec::new(),
    };
    let outcome = check(real::repository(), &Options::default());
    let said = |scope| audit::audit(&outcome, &request(scope)).unwrap_err();
    insta::assert_debug_snapshot!([
        said(Scope::Region("123456".to_owned())),
        said(Scope::Region("南山区".to_owned())),
        said(Scope::Region("成都市".to_owned())),
        said(Scope::Plan("lhasa-health-203".to_owned())),
    ]);
}

/// Accepted deviations, broken files, plans of neighbours, several years, totals: what a report makes of them.
#[test]
fn a_report_tells_of_every_situation() {
    let case = std::fs::read_to_string(real::root().join("tests/cases/report/situations.txt"));
    let repository = || cases::repository(case.as_ref().unwrap());
    for language in [Language::Chinese, Language::English] {
        let (_, audit) = of(repository(), Scope::All, language);
        let text = String::from_utf8(written("markdown", &audit)).unwrap();
        insta::assert_snapshot!(format!("report_{}", language.tag()), text);
        let scope = Scope::Region("100101".to_owned());
        let (_, audit) = of(repository(), scope, language);
        let text = String::from_utf8(written("markdown", &audit)).unwrap();
        insta::assert_snapshot!(format!("report_region_{}", language.tag()), text);
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_the_manifest_comes_back() {
    for language in [Language::Chinese, Language::English] {
        let (audit, again) = (audited::real(language), audited::real(language));
        for paper in PAPERS {
            let bytes = written(paper.name, &audit);
            assert!(bytes == written(paper.name, &again), "{}", paper.name);
            let (known, manifest) = planlint::render::manifest(&bytes).unwrap();
            assert_eq!(known.name, paper.name);
            assert_eq!(manifest, audit.manifest, "{}", paper.name);
        }
    }
}

#[test]
fn no_text_of_a_plan_becomes_a_part_of_the_page() {
    let page = |audit: &Audit| String::from_utf8(written("html", audit)).unwrap();
    let marks = |page: &str| {
        ["<script", "</script", "<!--", "<details", "<b>", "<r>"]
            .map(|mark| page.matches(mark).count())
    };
    let plain = marks(&page(&with("甲", audited::real(Language::Chinese))));
    for text in HOSTILE {
        let hostile = page(&with(text, audited::real(Language::Chinese)));
        assert_eq!(marks(&hostile), plain, "{text}");
    }
}
