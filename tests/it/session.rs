//! A session that takes changes in says what a check of the changed files says.

use planlint::check::{Change, File, Options, Outcome, Repository, Session, check};
use planlint::model::Date;
use planlint::render::{self, View};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::real::repository;

/// A change of a file: in which plan file, where, and what is done there.
#[derive(Clone, Debug)]
struct Edit {
    file: Index,
    place: Index,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A digit becomes another.
    Digit(u8),
    /// A line goes.
    Drop,
    /// A line comes twice.
    Twice,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let kind = prop_oneof![
        6 => (0..10_u8).prop_map(Kind::Digit),
        1 => Just(Kind::Drop),
        1 => Just(Kind::Twice),
    ];
    let edit = (any::<Index>(), any::<Index>(), kind);
    let edit = edit.prop_map(|(file, place, kind)| Edit { file, place, kind });
    vec(edit, 1..6)
}

impl Edit {
    /// The file as it is after the edit.
    fn apply(&self, repository: &Repository) -> File {
        let file = &repository.plans[self.file.index(repository.plans.len())];
        let mut text = text(file);
        match self.kind {
            Kind::Digit(digit) => {
                let digits: Vec<usize> = text
                    .match_indices(|c: char| c.is_ascii_digit())
                    .map(|(at, _)| at)
                    .collect();
                let at = digits[self.place.index(digits.len())];
                text.replace_range(at..=at, &digit.to_string());
            }
            Kind::Drop | Kind::Twice => {
                let mut lines: Vec<&str> = text.lines().collect();
                let at = self.place.index(lines.len());
                match self.kind {
                    Kind::Drop => drop(lines.remove(at)),
                    _ => lines.insert(at, lines[at]),
                }
                text = lines.join("\n") + "\n";
            }
        }
        File {
            path: file.path.clone(),
            bytes: Ok(text.into_bytes()),
        }
    }
}

fn text(file: &File) -> String {
    String::from_utf8(file.bytes.clone().unwrap()).unwrap()
}

fn json(outcome: &Outcome) -> String {
    let format = render::ALL.iter().find(|format| format.name == "json");
    let mut out = Vec::new();
    let view = View::default();
    (format.unwrap().render)(&outcome.report, outcome, &outcome.sources, &view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Takes a file into a repository and a session; one that has to be opened anew is.
fn take(repository: &mut Repository, session: Session, file: File) -> (Session, Option<Change>) {
    let mut session = session;
    let change = session.change(file.clone());
    let known = repository
        .plans
        .iter_mut()
        .find(|known| known.path == file.path);
    *known.unwrap() = file;
    match change {
        Ok(change) => (session, Some(change)),
        Err(_) => (Session::open(repository.clone(), options()), None),
    }
}

/// With settings for some plans, and deviations that are accepted, that have expired, and that were of another value.
fn ruled() -> Repository {
    let mut ruled = repository();
    let allow = |rule: &str, indicator: &str, more: &str| {
        format!(
            "\n[[allow]]\nrule = \"{rule}\"\nindicator = \"{indicator}\"\nreason = \"r\"\n{more}\n"
        )
    };
    let settings = "[rules.\"baseline/missing\"]\nenabled = false\n\n[rules.\"floor/immunization-coverage\"]\nparams = { floor = \"92%\" }\n\n[[override]]\nrules = [\"target/*\", \"align/*\"]\nlevel = \"county\"\nseverity = \"error\"\n\n[[override]]\nrules = [\"commitment/*\"]\nregion = \"540000\"\nenabled = false\n"
        .to_owned()
        + &allow("align/weaker-than-superior", "nursery_places_per_1000", "region = \"000000\"\nsubtree = true");
    ruled.settings = Some(File {
        path: "planlint.toml".to_owned(),
        bytes: Ok(settings.into_bytes()),
    });
    let county = "plans/sichuan/renhe-health-14fyp.plan.toml";
    let mut plans = ruled.plans.iter_mut();
    let file = plans.find(|file| file.path == county).unwrap();
    let weaker = "target/weaker-than-baseline";
    let own = text(file)
        + &allow(weaker, "maternal_mortality", "value = \"≤14.5\"")
        + &allow(weaker, "infant_mortality", "until = 2026-01-31")
        + &allow(weaker, "under_five_mortality", "value = \"≤6.4\"");
    file.bytes = Ok(own.into_bytes());
    ruled
}

fn options() -> Options {
    Options {
        today: Some(Date {
            year: 2026,
            month: 11,
            day: Some(22),
        }),
        ..Options::default()
    }
}

#[test]
fn settings_and_accepted_deviations_have_something_to_do() {
    let outcome = check(ruled(), &options());
    let report = json(&outcome);
    assert!(outcome.report.summary.allowed > 0, "{report}");
    for code in ["allow/expired", "allow/value-changed"] {
        assert!(report.contains(code), "{code}");
    }
    assert!(!report.contains("baseline/missing"));
    let errors = |outcome: &Outcome| outcome.report.summary.errors;
    assert!(errors(&outcome) > errors(&check(repository(), &options())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_taken_in_one_by_one_give_the_report_of_the_whole(edits in edits(), ruled in any::<bool>()) {
        let mut repository = if ruled { self::ruled() } else { repository() };
        let mut session = Session::open(repository.clone(), options());
        let mut told = None;
        for edit in &edits {
            let file = edit.apply(&repository);
            let path = file.path.clone();
            let change;
            (session, change) = take(&mut repository, session, file);
            told = change.map(|change| (path, change));
        }
        let fresh = check(repository, &options());
        if let Some((path, change)) = told {
            let source = fresh.sources.find(&path).unwrap();
            for finding in fresh.findings() {
                let here = finding.labels.first().is_some_and(|label| label.span.source == source);
                if here && finding.verdict.is_some() {
                    prop_assert!(change.findings.contains(&finding), "{:?}", finding);
                }
            }
        }
        prop_assert_eq!(json(&session.outcome()), json(&fresh));
    }
}

#[test]
fn what_a_change_tells_is_what_depends_on_it() {
    let repository = repository();
    let mut session = Session::open(repository.clone(), Options::default());
    let all = check(repository.clone(), &Options::default());
    let county = "plans/sichuan/renhe-health-14fyp.plan.toml";
    let file = repository.plans.iter().find(|file| file.path == county);
    let change = session.change(file.unwrap().clone()).unwrap();
    assert!(
        change.paths.contains(&county.to_owned()),
        "{:?}",
        change.paths
    );
    assert!(change.checks > 0 && change.checks < all.report.summary.checks);
    assert!(!change.findings.is_empty());
}

#[test]
fn what_a_session_cannot_take_in_is_said() {
    let repository = repository();
    let mut session = Session::open(repository.clone(), Options::default());
    let file = |path: &str, bytes: Result<Vec<u8>, String>| File {
        path: path.to_owned(),
        bytes,
    };
    let known = &repository.plans[0].path;
    let line = |line: &str| match line.split_once("= ") {
        Some(("id      ", _)) => "id = \"other\"".to_owned(),
        _ => line.to_owned(),
    };
    let first = text(&repository.plans[0]);
    let other = first.lines().map(line).collect::<Vec<_>>().join("\n");
    let wrong = [
        file("plans/none.plan.toml", Ok(Vec::new())),
        file("plans/regions.csv", Ok(Vec::new())),
        file(known, Ok(b"format = 1".to_vec())),
        file(known, Ok(vec![0xFF])),
        file(known, Err("gone".to_owned())),
        file(known, Ok(other.into_bytes())),
    ];
    for file in wrong {
        assert!(session.change(file.clone()).is_err(), "{}", file.path);
    }
    let before = json(&check(repository, &Options::default()));
    assert_eq!(json(&session.outcome()), before);
}
