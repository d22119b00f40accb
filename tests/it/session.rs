//! A session that takes changes in says what a check of the changed files says.

use std::collections::{BTreeMap, BTreeSet};

use planlint::check::{Change, File, Options, Outcome, Repository, Session, check};
use planlint::finding::Finding;
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
    high: bool,
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
    /// A line and the next change places.
    Swap,
    /// A comment is put before a line: nothing but places changes.
    Comment,
    /// The nature of a row becomes the other one.
    Nature,
    /// A row gets a statistical base, or its year another.
    Replace(&'static str, &'static str),
    /// A row goes.
    DropRow,
    /// A row comes again behind the last one.
    RowAgain,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let kind = prop_oneof![
        6 => (0..10_u8).prop_map(Kind::Digit),
        1 => Just(Kind::Drop),
        1 => Just(Kind::Twice),
        1 => Just(Kind::Swap),
        2 => Just(Kind::Comment),
        1 => Just(Kind::Nature),
        1 => Just(Kind::Replace("\", unit = ", "\", basis = \"常住人口\", unit = ")),
        1 => Just(Kind::Replace("2025 = ", "2024 = ")),
        1 => Just(Kind::Replace("status", "# \nstatus")),
        1 => Just(Kind::DropRow),
        1 => Just(Kind::RowAgain),
    ];
    let edit = (any::<Index>(), any::<bool>(), any::<Index>(), kind);
    let edit = edit.prop_map(|(file, high, place, kind)| Edit {
        file,
        high,
        place,
        kind,
    });
    vec(edit, 1..6)
}

/// Plans that others answer to: they are changed as often as all others together.
const HIGH: &str = "plans/national/";

impl Edit {
    fn text(&self, mut text: String) -> String {
        let places = |text: &str, of: &str| -> Vec<usize> {
            text.match_indices(of).map(|(at, _)| at).collect()
        };
        let mut replace = |of: &str, with: &str| {
            let places = places(&text, of);
            if !places.is_empty() {
                let at = places[self.place.index(places.len())];
                text.replace_range(at..at + of.len(), with);
            }
        };
        match self.kind {
            Kind::Digit(digit) => {
                let digits: Vec<usize> = text
                    .match_indices(|c: char| c.is_ascii_digit())
                    .map(|(at, _)| at)
                    .collect();
                let at = digits[self.place.index(digits.len())];
                text.replace_range(at..=at, &digit.to_string());
            }
            Kind::Nature => replace("binding", "anticipatory"),
            Kind::Replace(of, with) => replace(of, with),
            Kind::DropRow | Kind::RowAgain => {
                let mut lines: Vec<&str> = text.lines().collect();
                let is_row = |at: &usize| lines[*at].starts_with("  { id = ");
                let rows: Vec<usize> = (0..lines.len()).filter(is_row).collect();
                let (Some(last), at) = (rows.last(), self.place.index(rows.len().max(1))) else {
                    return text;
                };
                match self.kind {
                    Kind::DropRow => drop(lines.remove(rows[at])),
                    _ => lines.insert(*last, lines[rows[at]]),
                }
                text = lines.join("\n") + "\n";
            }
            Kind::Drop | Kind::Twice | Kind::Swap | Kind::Comment => {
                let mut lines: Vec<&str> = text.lines().collect();
                let at = self.place.index(lines.len());
                match self.kind {
                    Kind::Drop => drop(lines.remove(at)),
                    Kind::Comment => lines.insert(at, "# 说明"),
                    Kind::Swap if at > 0 => lines.swap(at - 1, at),
                    _ => lines.insert(at, lines[at]),
                }
                text = lines.join("\n") + "\n";
            }
        }
        text
    }

    /// The file as it is after the edit.
    fn apply(&self, repository: &Repository) -> File {
        let is_high = |file: &&File| file.path.starts_with(HIGH);
        let files = repository.plans.iter();
        let files: Vec<&File> = files.filter(|file| !self.high || is_high(file)).collect();
        let file = files[self.file.index(files.len())];
        let text = self.text(text(file));
        File {
            path: file.path.clone(),
            bytes: Ok(text.into_bytes()),
        }
    }
}

fn text(file: &File) -> String {
    String::from_utf8(file.bytes.clone().unwrap()).unwrap()
}

pub(crate) fn json(outcome: &Outcome) -> String {
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

/// The findings of each file; without places in a file, where one is named.
fn by_file(outcome: &Outcome, apart: Option<&str>) -> BTreeMap<String, Vec<Finding>> {
    let apart = apart.and_then(|path| outcome.sources.find(path));
    let mut files: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for mut finding in outcome.findings() {
        let Some(source) = finding.labels.first().map(|label| label.span.source) else {
            continue;
        };
        let labels = finding.labels.iter_mut().map(|label| &mut label.span);
        let mended = finding.fixes.iter_mut().map(|fix| &mut fix.span);
        for span in labels.chain(mended) {
            if Some(span.source) == apart {
                (span.start, span.end) = (0, 0);
            }
        }
        let path = outcome.sources.file(source).path.clone();
        files.entry(path).or_default().push(finding);
    }
    files
}

/// A change is true where the findings of files that it does not name are what they were, and those of a file that it
/// does name are told as they are.
fn is_true(before: &Outcome, session: &Session, change: &Change, path: &str, fresh: &Outcome) {
    let apart = change.moved.then_some(path);
    let (were, are) = (by_file(before, apart), by_file(fresh, apart));
    let none = Vec::new();
    let named: BTreeSet<&str> = change
        .files
        .iter()
        .map(|file| session.path(*file))
        .collect();
    for path in were.keys().chain(are.keys()) {
        if !named.contains(path.as_str()) {
            assert_eq!(were.get(path), are.get(path), "{path}");
        }
    }
    let are = by_file(fresh, None);
    for path in named {
        let told = session.findings_of(path).unwrap();
        assert_eq!(&told, are.get(path).unwrap_or(&none), "{path}");
    }
    assert_eq!(&change.findings, are.get(path).unwrap_or(&none));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_taken_in_one_by_one_give_the_report_of_the_whole(edits in edits(), ruled in any::<bool>()) {
        let mut repository = if ruled { self::ruled() } else { repository() };
        let mut session = Session::open(repository.clone(), options());
        let mut fresh = check(repository.clone(), &options());
        for edit in &edits {
            let file = edit.apply(&repository);
            let path = file.path.clone();
            let change;
            (session, change) = take(&mut repository, session, file);
            let before = std::mem::replace(&mut fresh, check(repository.clone(), &options()));
            if let Some(change) = change {
                is_true(&before, &session, &change, &path, &fresh);
            }
        }
        prop_assert_eq!(json(&session.outcome()), json(&fresh));
    }
}

/// With plans of so many counties that what is found is held of them in several blocks.
fn spread() -> Repository {
    let mut spread = repository();
    let regions = spread.regions.as_ref().map(text).unwrap();
    let counties = regions.lines().filter(|line| line.contains(",county,"));
    let codes = counties.filter_map(|line| line.split(',').next());
    let with_plans = ["510411", "653130"];
    let codes = codes.filter(|code| !with_plans.contains(code));
    let plan = |(at, code): (usize, &str)| {
        File {
        path: format!("plans/spread/{code}.plan.toml"),
        bytes: Ok(format!(
            "format = 1\nid = \"spread-{code}\"\ntitle = \"{code}\"\nregion = \"{code}\"\nfield = \"health\"\nstatus = \"issued\"\nperiod = {{ from = 2021, to = 2025 }}\nsource = {{ title = \"{code}\" }}\n\nindicators = [\n  {{ id = \"health_literacy\", name = \"居民健康素养水平\", unit = \"%\", target = {{ 2025 = \"{}\" }} }},\n  {{ id = \"smoking_15_plus\", name = \"吸烟率\", unit = \"%\", target = {{ 2025 = \"{}\" }} }},\n]\n",
            20 + at % 10,
            20 + at % 7,
        )
        .into_bytes()),
    }
    };
    spread.plans.extend(codes.take(110).enumerate().map(plan));
    spread.plans.sort_by(|a, b| a.path.cmp(&b.path));
    spread
}

#[test]
fn a_change_above_many_plans_is_taken_into_all_of_them() {
    let mut repository = spread();
    let mut session = Session::open(repository.clone(), options());
    let mut fresh = check(repository.clone(), &options());
    let nation = "plans/national/national-health-14fyp.plan.toml";
    let county = "plans/spread/110105.plan.toml";
    let row = "  { id = \"health_literacy\", name = \"居民健康素养水平\", unit = \"%\", target = { 2025 = \"28\" }, at = \"新闻报道\" },\n";
    let steps = [
        (nation, "\"25.0\"", "\"27.5\""),
        (nation, "\"27.5\"", "\"28\""),
        (nation, "\"23.3\"", "\"21\""),
        (county, "\"22\"", "\"30\""),
        (nation, row, ""),
        (
            nation,
            "indicators = [\n",
            &format!("indicators = [\n{row}"),
        ),
        (nation, "\"28\"", "\"12\""),
        (county, "\"30\"", "\"11\""),
    ];
    for (path, of, with) in steps {
        let change;
        (session, fresh, change) = edit(&mut repository, session, &fresh, (path, of, with));
        assert!(
            path == county || change.files.len() > 64,
            "{}",
            change.files.len()
        );
    }
    assert_eq!(json(&session.outcome()), json(&fresh));
}

/// What is known of who reads a plan is forgotten where it moves.
#[test]
fn a_plan_that_moves_is_read_by_others() {
    let mut repository = spread();
    let path = "plans/spread/110105.plan.toml";
    let file = repository.plans.iter_mut().find(|file| file.path == path);
    let file = file.unwrap();
    let prefecture = text(file).replacen("region = \"110105\"", "region = \"130100\"", 1);
    file.bytes = Ok(prefecture.into_bytes());
    let mut session = Session::open(repository.clone(), options());
    let mut fresh = check(repository.clone(), &options());
    let mut named = Vec::new();
    for (of, with) in [
        ("\"22\"", "\"98\""),
        ("\"130100\"", "\"130200\""),
        ("\"98\"", "\"99\""),
        ("\"99\"", "\"12\""),
    ] {
        let change;
        (session, fresh, change) = edit(&mut repository, session, &fresh, (path, of, with));
        named.push(change.files.len());
    }
    assert!(named.iter().all(|files| *files > 4), "{named:?}");
    assert_eq!(json(&session.outcome()), json(&fresh));
}

/// What is found in a file that its plan does not begin in stands there; two rules that compare the same figures from both
/// ends say one thing.
#[test]
fn findings_are_known_by_the_files_that_they_stand_in() {
    let mut repository = repository();
    let head = "plan,region,field,status,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target";
    let of = |indicator: &str, unit: &str, target: &str| {
        format!(
            "\"county\",510402,health,issued,2021,2025,{indicator},{unit},binding,,,2025,{target}\n"
        )
    };
    for (path, row) in [
        ("plans/a.targets.csv", of("smoking_15_plus", "%", "12")),
        ("plans/b.targets.csv", of("health_literacy", "%", "20")),
    ] {
        repository.bulk.push(File {
            path: path.to_owned(),
            bytes: Ok(format!("{head}\n{row}").into_bytes()),
        });
    }
    repository.rules.push(File {
        path: "rules/below.rule".to_owned(),
        bytes: Ok("rule below/weaker \"下级更弱\" {\n    severity note\n    for s in targets\n    for t in targets where s in superiors(t)\n    require t no weaker than s\n    message \"{t.printed}：{s.printed}\"\n    message@en \"{t.printed}: {s.printed}\"\n    label s \"这里\"\n    label@en s \"here\"\n    label t \"那里\"\n    label@en t \"there\"\n}\n".into()),
    });
    let mut session = Session::open(repository.clone(), options());
    let mut fresh = check(repository.clone(), &options());
    let restating = |outcome: &Outcome| {
        let findings = outcome.findings();
        findings
            .filter(|finding| !finding.related.is_empty())
            .count()
    };
    assert!(restating(&fresh) > 0);
    let nation = "plans/national/national-health-14fyp.plan.toml";
    for (of, with) in [("\"25.0\"", "\"12\""), ("\"12\"", "\"28\"")] {
        let change;
        (session, fresh, change) = edit(&mut repository, session, &fresh, (nation, of, with));
        let mut named = change.files.iter().map(|file| session.path(*file));
        assert!(named.any(|path| path == "plans/b.targets.csv"));
    }
    assert_eq!(json(&session.outcome()), json(&fresh));
}

/// A rule that goes through all figures without an index is not shown those that a plan had before, nor those that it is only
/// compared with.
#[test]
fn all_figures_are_those_that_are_there() {
    let mut repository = repository();
    repository.rules.push(File {
        path: "rules/every.rule".to_owned(),
        bytes: Ok("rule every/figure \"每个数\" {\n    severity note\n    for p in plans\n    for f in figures where f.plan = p\n    require f is given\n    message \"{f.indicator}：{f.printed}\"\n    message@en \"{f.indicator}: {f.printed}\"\n    label f \"这里\"\n    label@en f \"here\"\n}\n".into()),
    });
    let mut session = Session::open(repository.clone(), options());
    let mut fresh = check(repository.clone(), &options());
    let nation = "plans/national/national-health-14fyp.plan.toml";
    let row = "  { id = \"health_literacy\", name = \"居民健康素养水平\", unit = \"%\", target = { 2025 = \"28\" }, at = \"新闻报道\" },\n";
    let more = format!("indicators = [\n{row}");
    let steps = [
        ("\"25.0\"", "\"—\""),
        ("\"—\"", "\"28\""),
        (row, ""),
        ("indicators = [\n", &more),
        ("\"28\"", "\"—\""),
    ];
    for (of, with) in steps {
        (session, fresh, _) = edit(&mut repository, session, &fresh, (nation, of, with));
    }
    assert_eq!(json(&session.outcome()), json(&fresh));
}

#[test]
fn rows_of_a_plan_that_was_read_again_stay_beside_those_that_are_gone() {
    let mut repository = repository();
    repository.rules.push(File {
        path: "rules/every.rule".to_owned(),
        bytes: Ok("rule every/row \"每一行\" {\n    severity note\n    for r in rows\n    require r.indicator is life_expectancy\n    message \"{r.indicator}：{r.plan.follows}\"\n    message@en \"{r.indicator}: {r.plan.follows}\"\n    label r \"这里\"\n    label@en r \"here\"\n}\n".into()),
    });
    let last = repository.plans.last().unwrap().path.clone();
    let mut session = Session::open(repository.clone(), options());
    let mut fresh = check(repository.clone(), &options());
    let row = "  { id = \"health_literacy\", name = \"居民健康素养水平\", unit = \"%\", target = { 2025 = \"28\" }, at = \"新闻报道\" },\n";
    let more = format!("indicators = [\n{row}");
    for _ in 0..2 {
        let step = (&*last, "indicators = [\n", &*more);
        (session, fresh, _) = edit(&mut repository, session, &fresh, step);
    }
    assert_eq!(json(&session.outcome()), json(&fresh));
}

/// Changes a plan file at one place; what is told of it is true.
fn edit(
    repository: &mut Repository,
    session: Session,
    before: &Outcome,
    (path, of, with): (&str, &str, &str),
) -> (Session, Outcome, Change) {
    let mut files = repository.plans.iter();
    let file = files.find(|file| file.path == path).unwrap();
    let old = text(file);
    let new = old.replacen(of, with, 1);
    assert_ne!(old, new, "{path}: {of}");
    let file = File {
        path: path.to_owned(),
        bytes: Ok(new.into_bytes()),
    };
    let (session, change) = take(repository, session, file);
    let change = change.unwrap();
    let fresh = check(repository.clone(), &options());
    is_true(before, &session, &change, path, &fresh);
    (session, fresh, change)
}

#[test]
fn what_a_change_tells_is_what_depends_on_it() {
    let repository = repository();
    let mut session = Session::open(repository.clone(), Options::default());
    let all = check(repository.clone(), &Options::default());
    let county = "plans/sichuan/renhe-health-14fyp.plan.toml";
    let file = repository.plans.iter().find(|file| file.path == county);
    let change = session.change(file.unwrap().clone()).unwrap();
    let mut named = change.files.iter().map(|file| session.path(*file));
    assert!(named.any(|path| path == county), "{:?}", change.files);
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
