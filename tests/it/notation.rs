//! The notation of values: every printed form, what it reads as, and what it promises in each direction.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use planlint::bound::{Better, Bound, Reason};
use planlint::import::read_catalogue;
use planlint::language::Language;
use planlint::notation::{Base, Context, Role, meaning, read};
use planlint::quantity::{Number, Units};
use planlint::source::Sources;

#[test]
fn every_printed_form_reads_and_means_what_its_snapshot_says() {
    let units = units();
    insta::glob!("..", "cases/notation/ok/*.txt", |path| {
        let mut shown = String::new();
        for line in fs::read_to_string(path).unwrap().lines() {
            let (text, unit, base) = columns(line);
            writeln!(shown, "{text:?}").unwrap();
            let reading = read(text, &units).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            writeln!(shown, "    reads  {}", reading.print(&units)).unwrap();
            for (name, role, better) in [
                ("higher", Role::Target, Better::Higher),
                ("lower", Role::Target, Better::Lower),
                ("neither", Role::Target, Better::Neither),
                ("actual", Role::Actual, Better::Higher),
            ] {
                let bound = base.map(|base| Ok(base_bound(base, unit, &units)));
                let bases: Vec<Base<'_>> = bound
                    .iter()
                    .map(|bound| Base { year: 2020, bound })
                    .collect();
                let context = Context {
                    units: &units,
                    unit: Some(units.find(unit).unwrap()),
                    role,
                    better,
                    year: 2025,
                    baselines: &bases,
                };
                let found = show(&meaning(&reading, &context), unit, &units);
                writeln!(shown, "    {name:<8}{found}").unwrap();
            }
        }
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn what_the_grammar_cannot_read_is_an_error_at_its_place() {
    let units = units();
    insta::glob!("..", "cases/notation/err/*.txt", |path| {
        let mut shown = String::new();
        for text in fs::read_to_string(path).unwrap().lines() {
            let error = read(text, &units).expect_err(text);
            let (before, rest) = (&text[..error.span.start], &text[error.span.clone()]);
            let mistake = error
                .mistake
                .map_or_else(String::new, |mistake| format!(" {mistake:?}"));
            writeln!(shown, "{before}⟨{rest}⟩{mistake}").unwrap();
        }
        insta::assert_snapshot!(shown);
    });
}

/// A line of a case: the printed value, then its row's unit and its baseline where they matter.
fn columns(line: &str) -> (&str, &str, Option<&str>) {
    let mut parts = line.split('\t');
    let text = parts.next().unwrap();
    (text, parts.next().unwrap_or("%"), parts.next())
}

fn base_bound(text: &str, unit: &str, units: &Units) -> Bound {
    let context = Context {
        units,
        unit: Some(units.find(unit).unwrap()),
        role: Role::Actual,
        better: Better::Neither,
        year: 2020,
        baselines: &[],
    };
    meaning(&read(text, units).unwrap(), &context).unwrap()
}

fn show(meaning: &Result<Bound, Reason>, unit: &str, units: &Units) -> String {
    let bound = match meaning {
        Ok(bound) => bound,
        Err(reason) => return reason.said().text(Language::English).to_owned(),
    };
    let factor = units.factor(units.find(unit).unwrap()).unwrap();
    let bound = bound.times(Number::ONE.over(factor).unwrap()).unwrap();
    let low = bound.low.map_or("(-∞".to_owned(), |edge| {
        format!("{}{}", if edge.closed { "[" } else { "(" }, edge.value)
    });
    let high = bound.high.map_or("∞)".to_owned(), |edge| {
        format!("{}{}", edge.value, if edge.closed { "]" } else { ")" })
    });
    let blur = if bound.is_exact() {
        String::new()
    } else {
        format!(" blurred by {}", bound.blur)
    };
    format!("{low}, {high}{blur}")
}

/// The units of the shipped catalogue.
pub(crate) fn units() -> Units {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/indicators.toml");
    let text = fs::read_to_string(path).unwrap();
    let source = Sources::default().add("plans/indicators.toml", text.as_str());
    let (catalogue, problems) = read_catalogue(&text, source);
    assert!(problems.is_empty(), "{problems:?}");
    catalogue.units
}
