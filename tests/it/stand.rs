//! Figures and rows stand where they are printed, however far apart they are: in a check, out of a cache, and in a
//! session that has read their plan again.

use planlint::check::{Cache, File, Input, Options, Outcome, Session, Stamp, check, check_kept};
use planlint::model::Part;
use planlint::source::Loader;

use crate::real::repository;

const PATH: &str = "plans/many.plan.toml";

/// More rows than a figure counts from its plan's first one.
const ROWS: usize = 4300;

/// A plan of many rows: a long name moves the values of one away from its start, another prints a long value.
fn many(before: &str) -> String {
    let files = repository();
    let found = check(files, &Options::default());
    let ids: Vec<&str> = found.facts.catalogue.ids().collect();
    let row = |at: usize| {
        let id = ids[at % ids.len()];
        let name = if at == 7 {
            "长".repeat(1500)
        } else {
            "名".repeat(at % 3 + 1)
        };
        let value = if at == 9 {
            "9".repeat(300)
        } else {
            format!("≥{at}")
        };
        let baseline = match at % 4 {
            0 => String::new(),
            1 => "baseline = { 2019 = \"1\", 2020 = \"2\" }, ".to_owned(),
            _ => format!("baseline = {{ 2020 = \"{at}\" }}, "),
        };
        format!(
            "  {{ id = \"{id}\", name = \"{name}\", {baseline}target = {{ 2025 = \"{value}\" }}, basis = \"{at}\" }},\n"
        )
    };
    let rows: String = (0..ROWS).map(row).collect();
    format!(
        "{before}format = 1\nid = \"many\"\ntitle = \"多\"\nregion = \"540300\"\nfield = \"health\"\nstatus = \"issued\"\n\
         period = {{ from = 2021, to = 2025 }}\nindicators = [\n{rows}]\n\
         [[claims]]\nindicator = \"{}\"\nkind = \"target\"\nyear = 2024\nvalue = \"≥75\"\nat = \"一\"\n",
        ids[0]
    )
}

fn file(before: &str) -> File {
    File {
        path: PATH.to_owned(),
        bytes: Ok(many(before).into_bytes()),
    }
}

/// Holds every figure and row against the text of its place, and gives how many figures there are.
fn hold(outcome: &Outcome) -> usize {
    let (facts, sources) = (&outcome.facts, &outcome.sources);
    let mut count = 0;
    for plan in facts.plans() {
        for id in facts.figures_of(plan) {
            let figure = facts.figure(id);
            assert_eq!(figure.plan, plan);
            let printed = &figure.value.printed;
            if !printed.is_empty() {
                assert_eq!(sources.text(figure.span()), printed);
            }
            let row = figure
                .row()
                .map(|row| (facts.plan_of(row), facts.form_of(row)));
            if let Some((owner, form)) = row {
                assert_eq!((owner, form.indicator), (plan, figure.indicator));
            }
            let mut found = facts.figures_of_by(plan, figure.indicator);
            assert!(found.any(|other| other == id));
            count += 1;
        }
        for id in facts.rows_of(plan) {
            let (row, form) = (facts.row(id), facts.form_of(id));
            if let Some(name) = &form.name {
                assert_eq!(sources.text(row.place(Part::Name)), name);
            }
            let indicator = &facts.catalogue.get(form.indicator).id;
            assert_eq!(sources.text(row.place(Part::Indicator)), indicator);
        }
    }
    count
}

#[test]
fn figures_and_rows_stand_where_they_are_printed() {
    let mut files = repository();
    files.plans.push(file(""));
    let all = |files: &planlint::check::Repository| {
        let names = [&files.regions, &files.catalogue].into_iter().flatten();
        names.chain(&files.plans).cloned().collect::<Vec<File>>()
    };
    let held = all(&files);
    let inputs = held.iter().map(|file| {
        let bytes = file.bytes.as_ref().unwrap();
        Input {
            path: file.path.clone(),
            size: bytes.len() as u64,
            modified: 0,
            digest: planlint::check::digest(bytes),
        }
    });
    let stamp = Stamp {
        build: String::new(),
        looked: 1,
        inputs: inputs.collect(),
    };
    files.rules.clear();
    files.statistics = None;
    let outcome = check(files, &Options::default());
    let count = hold(&outcome);
    assert!(count > 2 * ROWS);

    let bytes = outcome.cache(&stamp).unwrap();
    let texts = Loader::new(move |path, start, length, buffer| {
        let file = held.iter().find(|file| file.path == path).unwrap();
        buffer.extend(&file.bytes.as_ref().unwrap()[start..][..length]);
        Ok(())
    });
    let kept = Cache::open(&bytes, "").unwrap().read(&texts).unwrap();
    let options = Options::default();
    let kept = check_kept(kept, (Vec::new(), None), None, &options);
    assert_eq!(hold(&kept), count);

    for before in ["# 一\n", "# 一\n# 二\n"] {
        let mut files = repository();
        files.plans.push(file(""));
        files.rules.clear();
        let mut session = Session::open(files, Options::default());
        session.change(file(before)).unwrap();
        assert_eq!(hold(&session.outcome()), count);
    }
}
