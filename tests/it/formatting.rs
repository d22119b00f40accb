//! The layout of files: cases with their snapshots, and what must hold of every file.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use planlint::check::{Options, Repository, check};
use planlint::finding::Finding;
use planlint::format::{format_plan, format_rules};
use planlint::language::Language;
use planlint::ruletest::{self, Choice};
use planlint::source::{SourceId, Sources, Span};
use planlint::syntax::{parse, print, tokens};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::generated;

fn source() -> SourceId {
    Sources::default().add("case", "")
}

fn rules(text: &str, keywords: Option<Language>) -> String {
    format_rules(text, source(), keywords).unwrap()
}

fn plan(text: &str) -> String {
    format_plan(text, source()).unwrap()
}

#[test]
fn every_case_of_rule_files_is_laid_out_as_its_snapshot_says() {
    insta::glob!("..", "cases/format/*.rule", |path| {
        let text = fs::read_to_string(path).unwrap();
        let once = rules(&text, None);
        assert_eq!(rules(&once, None), once, "twice is once");
        let chinese = rules(&text, Some(Language::Chinese));
        let english = rules(&text, Some(Language::English));
        assert_eq!(rules(&chinese, Some(Language::English)), english);
        assert_eq!(rules(&english, Some(Language::Chinese)), chinese);
        let shown = format!("{once}\n-- zh --\n{chinese}\n-- en --\n{english}");
        insta::assert_snapshot!("rules", shown);
    });
}

#[test]
fn every_case_of_plan_files_is_laid_out_as_its_snapshot_says() {
    insta::glob!("..", "cases/format/*.toml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let once = plan(&text);
        assert_eq!(plan(&once), once, "twice is once");
        insta::assert_snapshot!("plans", once);
    });
}

/// What is laid out is what CI asks of every file: the shipped ones too.
#[test]
fn the_shipped_files_are_laid_out() {
    for file in crate::real::repository().rules {
        let text = String::from_utf8(file.bytes.unwrap()).unwrap();
        assert_eq!(rules(&text, None), text, "{}", file.path);
    }
    for file in crate::real::repository().plans {
        let text = String::from_utf8(file.bytes.unwrap()).unwrap();
        assert_eq!(plan(&text), text, "{}", file.path);
    }
}

#[test]
fn line_ends_stay_those_of_the_file() {
    let text = "define f() = 1\r\n\r\n\r\ndefine g()=2\r\n";
    assert_eq!(
        rules(text, None),
        "define f() = 1\r\n\r\ndefine g() = 2\r\n"
    );
}

/// Every rule in Chinese keywords finds what it finds in English ones: on the real plans, and in its own tests.
#[test]
fn both_spellings_of_the_keywords_find_the_same() {
    let english = crate::real::repository();
    let mut chinese = crate::real::repository();
    for file in &mut chinese.rules {
        let text = String::from_utf8(file.bytes.clone().unwrap()).unwrap();
        let translated = rules(&text, Some(Language::Chinese));
        assert!(translated.contains("\n规则 "), "{}", file.path);
        file.bytes = Ok(translated.into_bytes());
    }
    let found = |repository: Repository| {
        let outcome = check(repository, &Options::default());
        let of_plans = outcome
            .findings()
            .filter(|finding| finding.verdict.is_some());
        let shown = of_plans.map(|finding| {
            let Finding {
                code,
                message,
                help,
                reason,
                fingerprint,
                ..
            } = &finding;
            let places: Vec<Span> = finding.labels.iter().map(|label| label.span).collect();
            format!("{code} {message} {help:?} {reason:?} {fingerprint} {places:?}")
        });
        shown.collect::<Vec<_>>()
    };
    let (one, other) = (found(english.clone()), found(chinese.clone()));
    assert!(one.len() > 100);
    assert_eq!(one, other);

    let ran = |repository: &Repository| {
        let suite = ruletest::run(repository, &Choice::default(), Language::English);
        assert!(suite.passes());
        suite.results.len()
    };
    assert_eq!(ran(&chinese), ran(&english));
    let families: BTreeSet<&str> = english
        .rules
        .iter()
        .filter_map(|file| file.path.split('/').nth(1))
        .collect();
    let wanted = [
        "aggregate",
        "align",
        "baseline",
        "change",
        "claim",
        "commitment",
        "count",
        "floor",
        "monitor",
        "period",
        "relation",
        "roster",
        "target",
        "task",
        "unit",
        "value",
    ];
    assert_eq!(families.into_iter().collect::<Vec<_>>(), wanted);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_layout_of_rules_changes_or_loses_anything(
        generated::Generated(file) in generated::file().prop_map(generated::Generated),
        places in vec(any::<Index>(), 0..6),
        spaces in select(vec!["", "\n", "\n\n\n", "  "]),
    ) {
        let plain = print(&file, Language::English);
        let text = with_comments(&plain, &places, spaces);
        let (read, problems) = parse(&text, source());
        // A comment may put a word that begins a definition at the start of its line.
        prop_assume!(problems.is_empty() && print(&read, Language::English) == plain);
        for keywords in [None, Some(Language::Chinese), Some(Language::English)] {
            let once = rules(&text, keywords);
            for number in 0..places.len() {
                let comment = format!("// c{number}\n");
                prop_assert_eq!(once.matches(&comment).count(), 1, "{}\n\n{}", text, once);
            }
            prop_assert_eq!(&rules(&once, keywords), &once);
            prop_assert_eq!(print(&parse(&once, source()).0, Language::English), &plain[..]);
        }
    }

    #[test]
    fn no_layout_of_a_plan_loses_a_comment(
        at in any::<Index>(),
        lines in vec((any::<Index>(), any::<bool>(), 0_usize..3), 0..6),
    ) {
        let plans = crate::real::repository().plans;
        let bytes = at.get(&plans).bytes.clone().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let mut written: Vec<String> = text.lines().map(str::to_owned).collect();
        for (number, (line, own, blank)) in lines.iter().enumerate() {
            let line = line.get_mut(&mut written);
            *line = match own {
                true => format!("{}# c{number}\n{line}", "\n".repeat(*blank)),
                false if line.contains(" c") || line.contains('#') => format!("# c{number}\n{line}"),
                false => format!("{line}# c{number}{}", "\n".repeat(*blank)),
            };
        }
        let once = plan(&(written.join("\n") + "\n"));
        for number in 0..lines.len() {
            prop_assert_eq!(once.matches(&format!("# c{number}\n")).count(), 1, "{}", once);
        }
        prop_assert_eq!(plan(&once), once);
    }
}

/// A text with a comment before some of its tokens.
fn with_comments(text: &str, places: &[Index], spaces: &str) -> String {
    let all = tokens(text, 0..text.len(), source());
    let mut starts: Vec<usize> = all.iter().map(|token| token.at.start).collect();
    starts.push(text.len());
    let mut chosen: Vec<usize> = places.iter().map(|place| *place.get(&starts)).collect();
    chosen.sort_unstable();
    let mut out = String::new();
    let mut from = 0;
    for (number, at) in chosen.into_iter().enumerate() {
        out.push_str(&text[from..at]);
        write!(out, "{spaces} // c{number}\n{spaces}").unwrap();
        from = at;
    }
    out + &text[from..]
}
