//! Plan files that are alike: a reader that has seen rows like these reads the next ones as if it had seen none.

use planlint::import::PlanReader;
use planlint::model::Batch;
use planlint::problem::Problem;
use planlint::source::{SourceId, Sources};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::lanes::{CASES, Edit, edit};

/// What comes of some files that one reader reads, told after every so many of them.
fn told(texts: &[String], each: usize, recovering: bool) -> Vec<(Batch, Vec<Problem>)> {
    let mut sources = Sources::default();
    let ids: Vec<SourceId> = texts.iter().map(|_| sources.add("", "")).collect();
    let mut reader = PlanReader::new(&CASES.regions, &CASES.catalogue);
    let mut told = Vec::new();
    for (number, (text, source)) in texts.iter().zip(ids).enumerate() {
        if recovering {
            reader.read_recovering(text, source);
        } else {
            reader.read(text, source);
        }
        if number % each == each - 1 {
            told.push(reader.drain());
        }
    }
    told.push(reader.drain());
    told
}

fn agree(texts: &[String], each: usize) -> bool {
    told(texts, each, false) == told(texts, each, true)
}

const HEAD: &str = "format = 1
id     = \"plan-100101\"
title  = \"丙县卫生健康“十四五”规划\"
region = \"100101\"
field  = \"health\"
status = \"issued\"
period = { from = 2021, to = 2025 }

";

fn file(rows: &[String]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| format!("  {row},\n")).collect();
    format!("{HEAD}indicators = [\n{}]\n", rows.concat())
}

fn rows(values: [&str; 4]) -> Vec<String> {
    let [a, b, c, d] = values;
    vec![
        format!(
            "{{ id = \"life_expectancy\", name = \"预期寿命\", unit = \"岁\", baseline = {{ 2020 = \"{a}\" }}, target = {{ 2025 = \"{b}\" }}, nature = \"binding\", row = 1, at = \"表1\" }}"
        ),
        format!(
            "{{ id = \"infant_mortality\", name = \"婴儿死亡率\", unit = \"‰\", baseline = {{ 2020 = \"{c}\" }}, target = {{ 2025 = \"{d}\" }}, nature = \"anticipatory\", row = 2, at = \"表1\" }}"
        ),
    ]
}

/// What a file that follows plain ones says otherwise than they, in its first row or around it.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("nothing", "", ""),
    ("one byte", "预期寿命", "预期寿年"),
    ("another unit", "岁", "‰"),
    ("an unknown unit", "岁", "年岁"),
    (
        "another indicator",
        "life_expectancy",
        "immunization_coverage",
    ),
    ("an unknown indicator", "life_expectancy", "life"),
    (
        "the indicator of the other row",
        "life_expectancy",
        "infant_mortality",
    ),
    ("another nature", "binding", "anticipatory"),
    ("a nature that is none", "binding", "bound"),
    ("other spaces", "row = 1", "row  =  1"),
    ("another row", "row = 1", "row = 3"),
    ("no row", ", row = 1", ""),
    ("a row that is no number", "row = 1", "row = \"1\""),
    ("a line's end inside", "{ id", "{\n id"),
    (
        "a comment before",
        "  { id = \"life",
        "  # 注\n  { id = \"life",
    ),
    ("a comment inside", "{ 2020", "{ # 注\n 2020"),
    ("a comment behind", "\"表1\" },", "\"表1\" }, # 注"),
    ("no comma", "\"表1\" },", "\"表1\" }"),
    (
        "another order",
        "row = 1, at = \"表1\"",
        "at = \"表1\", row = 1",
    ),
    (
        "a target first",
        "baseline = { 2020 = \"71\" }, target = { 2025 = \"75\" }",
        "target = { 2025 = \"75\" }, baseline = { 2020 = \"71\" }",
    ),
    ("no baseline", "baseline = { 2020 = \"71\" }, ", ""),
    ("an empty baseline", "{ 2020 = \"71\" }", "{}"),
    (
        "two targets",
        "2025 = \"75\"",
        "2025 = \"75\", 2030 = \"76\"",
    ),
    (
        "two targets backwards",
        "2025 = \"75\"",
        "2030 = \"76\", 2025 = \"75\"",
    ),
    (
        "a year twice",
        "2025 = \"75\"",
        "2025 = \"75\", 02025 = \"76\"",
    ),
    ("a year that is none", "2020", "20200"),
    ("a word for a year", "2020", "去年"),
    ("a quoted year", "2020 =", "\"2020\" ="),
    ("a number", "\"71\"", "71"),
    ("a literal text", "\"71\"", "'71'"),
    ("no value", "\"71\"", "\"\""),
    ("an escape", "\"71\"", "\"\\u0037\""),
    ("an escaped quote", "\"71\"", "\"7\\\"1\""),
    ("a quote", "\"71\"", "\"7\"1\""),
    ("a text over lines", "\"71\"", "\"\"\"71\"\"\""),
    ("a line's end in a value", "\"71\"", "\"7\n1\""),
    ("a control character in a value", "\"71\"", "\"7\u{1}1\""),
    ("a tab in a value", "\"71\"", "\"7\t1\""),
    ("brackets in a value", "\"71\"", "\"{ 7, 1 }\""),
    ("a value that cannot be read", "\"71\"", "\"七十一?\""),
    ("a value of another unit", "\"71\"", "\"71张\""),
    ("the value of the other row", "\"71\"", "\"3.4\""),
    ("a basis", "row = 1", "row = 1, basis = \"户籍\""),
    ("a region", "row = 1", "row = 1, region = \"100102\""),
    (
        "an unknown region",
        "row = 1",
        "row = 1, region = \"999999\"",
    ),
    ("an unknown key", "row = 1", "row = 1, column = 1"),
    (
        "an end that is no plain text",
        "]\n",
        "]\nnumber = \"\\u0041\"\n",
    ),
    ("an end that is none", "]\n", "]\nnumber = \n"),
    (
        "headers",
        "indicators = [",
        "follows = [\n]\n[[indicators]]\n#",
    ),
    ("a missing period", "period =", "# period ="),
];

#[test]
fn rows_like_those_before_are_read_as_if_there_had_been_none() {
    let plain = [
        file(&rows(["70", "74", "4", "3"])),
        file(&rows(["72", "≥76.1", "4.5", "同比例提高"])),
    ];
    for (why, from, to) in OTHERWISE {
        let own = file(&rows(["71", "75", "3.4", "≤3"])).replacen(from, to, 1);
        let mut texts = plain.to_vec();
        texts.extend([
            own.clone(),
            own.clone(),
            plain[0].clone(),
            own.replace('7', "6"),
            own,
        ]);
        for each in 1..texts.len() {
            assert!(agree(&texts, each), "{why}");
        }
    }
}

#[test]
fn the_same_rows_again_are_found_in_every_file() {
    let twice = [rows(["70", "74", "4", "3"]), rows(["70", "74", "4", "3"])].concat();
    let texts = vec![file(&twice); 4];
    assert!(agree(&texts, 2));
    let (_, problems) = &told(&texts, 1, false)[3];
    assert_eq!(problems.len(), 2);
}

#[test]
fn what_is_wrong_with_a_value_is_said_of_every_row() {
    let wrong = file(&rows(["70", "74", "七十?", "3"]));
    let texts = [vec![file(&rows(["70", "74", "4", "3"])); 2], vec![wrong; 3]].concat();
    assert!(agree(&texts, 1));
    for (_, problems) in &told(&texts, 1, false)[2..5] {
        assert_eq!(problems.len(), 1);
    }
}

#[test]
fn more_rows_than_are_kept_are_read_alike() {
    let numbered = |from: usize| {
        let row = |number: usize| {
            rows(["70", "74", "4", "3"])[number % 2].replace("row = ", &format!("row = {number}"))
        };
        let rows: Vec<String> = (from..from + 700).map(row).collect();
        file(&rows)
    };
    let texts: Vec<String> = (0..9)
        .flat_map(|at| [numbered(600 * at), numbered(0)])
        .collect();
    assert!(agree(&texts, 4));
}

/// A row with `@` for each of its values.
fn row() -> impl Strategy<Value = String> {
    let id = select(vec![
        "\"life_expectancy\"",
        "\"infant_mortality\"",
        "\"immunization_coverage\"",
        "\"预期寿命\"",
        "'under_five_mortality'",
    ]);
    let unit = select(vec![
        "",
        ", unit = \"岁\"",
        ", unit = \"‰\"",
        ", unit = \"%\"",
    ]);
    let years = |key: &'static str, year: &'static str| {
        let of = |inside: String| format!(", {key} = {inside}");
        select(vec![
            of(format!("{{ {year} = @ }}")),
            of(format!("{{ {year} = @ }}")),
            of(format!("{{ 2024 = @, {year} = @ }}")),
            of(format!("{{ \"{year}\" = @, }}")),
            of("{}".to_owned()),
            String::new(),
        ])
    };
    let rest = select(vec![
        "",
        ", nature = \"binding\"",
        ", nature = \"binding\", row = 1",
        ", name = \"名\", at = \"表1\"",
        ", basis = \"户籍\"",
        ", region = \"100102\"",
        ", region = \"109999\"",
    ]);
    (
        id,
        unit,
        years("baseline", "2020"),
        years("target", "2025"),
        rest,
        any::<bool>(),
    )
        .prop_map(|(id, unit, baseline, target, rest, turned)| {
            let (one, other) = if turned {
                (target, baseline)
            } else {
                (baseline, target)
            };
            format!("{{ id = {id}{unit}{one}{other}{rest} }}")
        })
}

fn value() -> impl Strategy<Value = &'static str> {
    select(vec![
        "\"70\"",
        "\"70\"",
        "\"3.4\"",
        "\"≥75\"",
        "\"同比例提高\"",
        "\"70岁\"",
        "\"92%\"",
        "\"—\"",
        "\"\"",
        "\"不可读?\"",
        "\"}\"",
        "\"\\u0037\"",
        "\"7\t0\"",
        "'70'",
        "70",
        "-3.50",
        "1e5",
        "\"70",
    ])
}

/// Which rows a file takes of those there are, its values, and what is changed in it.
type Choice = (Vec<bool>, Vec<&'static str>, Option<Edit>);

fn choice() -> impl Strategy<Value = Choice> {
    let mostly = vec(prop::bool::weighted(0.85), 6);
    let plain = vec(
        select(vec!["\"70\"", "\"≥75\"", "\"3.4\"", "\"同比例提高\""]),
        1..6,
    );
    let values = prop_oneof![3 => plain, 1 => vec(value(), 1..9)];
    (mostly, values, prop::option::weighted(0.3, edit()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_files_that_are_alike_are_read_as_by_the_other_lane(
        rows in vec(row(), 1..6), choices in vec(choice(), 2..8), each in 1_usize..4
    ) {
        let texts = choices.iter().map(|(taken, values, edit)| {
            let taken = rows.iter().zip(taken).filter(|(_, taken)| **taken);
            let rows: Vec<String> = taken.map(|(row, _)| row.clone()).collect();
            let text = file(&rows);
            let mut values = values.iter().cycle();
            let mut pieces = text.split('@');
            let mut text = pieces.next().unwrap_or("").to_owned();
            for piece in pieces {
                text.push_str(values.next().unwrap_or(&""));
                text.push_str(piece);
            }
            if let Some(edit) = edit {
                edit.apply(&mut text);
            }
            text
        });
        let texts: Vec<String> = texts.collect();
        prop_assert!(agree(&texts, each), "{}", texts.join("----\n"));
    }
}
