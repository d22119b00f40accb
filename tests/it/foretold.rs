//! Rows of bulk tables that the rows before foretell: a table says what its rows say one by one.

use planlint::catalogue::Catalogue;
use planlint::facts::{Facts, build};
use planlint::import::{read_bulk, read_catalogue, read_regions};
use planlint::model::{Batch, Part};
use planlint::region::Regions;
use planlint::source::{SourceId, Sources};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::cases::repository;

/// What the rows say behind what they repeat of their plan.
const ROWS: [&str; 5] = [
    "life_expectancy,岁,binding,2020,71,2025,74",
    "infant_mortality,‰,anticipatory,2020,7,2025,≤6",
    "under_five_mortality,‰,,,,2025,8",
    "immunization_coverage,,binding,2020,90%,2025,≥95",
    "private_bed_share,%,anticipatory,2020,20.5,2023,25",
];

/// Headers, in many orders; one has no room for all that rows say, one has room for more.
const HEADERS: [&str; 8] = [
    "plan,region,field,status,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target",
    "plan,region,field,status,period_from,period_to,target,baseline,indicator,unit,nature,baseline_year,target_year",
    "plan,field,region,period_to,period_from,status,indicator,baseline,unit,target_year,target,nature,baseline_year",
    "region,plan,field,period_from,period_to,target_year,baseline_year,indicator,target,baseline",
    "plan,region,field,status,period_from,period_to,indicator,unit,nature,target_year,target",
    "indicator,plan,region,field,status,period_from,period_to,unit,nature,baseline_year,baseline,target_year,target",
    "plan,region,field,status,period_from,period_to,unit,baseline_year,baseline,nature,target_year,target,note,indicator",
    "plan,region,field,status,period_from,period_to,baseline_year,baseline,target_year,target,unit,nature,indicator",
];

/// Another text in a row, before its cells are put in the table's order.
#[derive(Clone, Debug)]
enum Edit {
    Cell(&'static str, &'static str),
    /// Behind its last cell.
    End(&'static str),
    /// So many of its bytes, or fewer.
    Cut(Index),
    /// Another row in its place.
    Row(usize),
    /// It is there twice.
    Twice,
    Gone,
}

fn edit() -> impl Strategy<Value = Edit> {
    let value = || {
        select(vec![
            "",
            " ",
            "72",
            "72 ",
            " 72",
            "\u{3000}72",
            "72\u{a0}",
            "约72",
            "七十二",
            "72%",
            "72岁",
            "≥72以上",
            "+72",
            "72\0",
            "072",
            "72.0",
            ".72",
            "≤7.20",
            "16384",
            "100000000000001",
            "1000000000000001",
            "100,000",
            "72\"",
            "\"72\"",
            "72\r",
        ])
    };
    let year = || {
        select(vec![
            "2020", "2021", "2023", "2025", "202x", "1800", "", " 2020",
        ])
    };
    let cell = |column: &'static str, texts: Vec<&'static str>| {
        select(texts).prop_map(move |text| Edit::Cell(column, text))
    };
    prop_oneof![
        3 => value().prop_map(|text| Edit::Cell("baseline", text)),
        3 => value().prop_map(|text| Edit::Cell("target", text)),
        1 => year().prop_map(|text| Edit::Cell("baseline_year", text)),
        1 => year().prop_map(|text| Edit::Cell("target_year", text)),
        1 => cell("unit", vec!["", "岁", "歲", "‰ ", "/10万"]),
        1 => cell("nature", vec!["", "binding", "anticipatory", "Binding"]),
        1 => cell("indicator", vec!["life_expectency", "人均预期寿命", " life_expectancy", ""]),
        1 => cell("plan", vec!["p-0", "p-1", "p-10", "", " p-0"]),
        1 => cell("region", vec!["100000", "100101", "109999"]),
        1 => cell("status", vec!["draft", "", "wrong"]),
        1 => cell("note", vec!["x", "y"]),
        1 => select(vec![",", " ", "\r", "\n", "\r\n\r\n", "x", "\n ,\n"]).prop_map(Edit::End),
        1 => any::<Index>().prop_map(Edit::Cut),
        1 => (0..ROWS.len()).prop_map(Edit::Row),
        1 => Just(Edit::Twice),
        1 => Just(Edit::Gone),
    ]
}

/// A line in the order of a header.
fn line(header: &str, plan: usize, row: &str, edits: &[Edit]) -> String {
    let head = format!("p-{plan},1001{:02},health,issued,2021,2025", plan % 3);
    let cells = format!("{head},{row}");
    let names = HEADERS[0].split(',');
    let mut cells: Vec<(&str, &str)> = names.zip(cells.split(',')).collect();
    for edit in edits {
        if let Edit::Cell(column, text) = edit {
            cells.retain(|(name, _)| name != column);
            cells.push((column, text));
        }
    }
    let in_order = header.split(',').map(|name| {
        let cell = cells.iter().find(|(of, _)| *of == name);
        cell.map_or("", |(_, text)| *text)
    });
    let mut line = in_order.collect::<Vec<_>>().join(",");
    for edit in edits {
        match edit {
            Edit::End(text) => line.push_str(text),
            Edit::Cut(at) => {
                let chars: Vec<char> = line.chars().collect();
                line = chars[..at.index(chars.len() + 1)].iter().collect();
                // An open quote swallows rows, which then are not alone.
                line.retain(|c| c != '"');
            }
            _ => (),
        }
    }
    line
}

/// A table's rows, each with its end.
fn lines(
    header: &str,
    plans: &[usize],
    count: usize,
    values: &[&str],
    edits: &[(Index, Edit)],
    end: &str,
) -> Vec<String> {
    let all: Vec<(usize, usize)> = plans
        .iter()
        .flat_map(|plan| (0..count).map(|row| (*plan, row)))
        .collect();
    let mut lines = Vec::new();
    for (at, (plan, row)) in all.iter().enumerate() {
        let edits = edits
            .iter()
            .filter(|(index, _)| index.index(all.len()) == at);
        let edits: Vec<Edit> = edits.map(|(_, edit)| edit.clone()).collect();
        // Figures differ in every row.
        let value = values[at % values.len()];
        let text = ROWS[*row].rsplit_once(',').map(|(text, _)| text).unwrap();
        let mut text = format!("{text},{value}");
        let mut times = 1;
        for edit in &edits {
            match edit {
                Edit::Row(other) => ROWS[*other].clone_into(&mut text),
                Edit::Twice => times = 2,
                Edit::Gone => times = 0,
                _ => (),
            }
        }
        for _ in 0..times {
            lines.push(format!("{}{end}", line(header, *plan, &text, &edits)));
        }
    }
    lines
}

struct Names {
    regions: Regions,
    catalogue: Catalogue,
    source: SourceId,
}

fn names() -> Names {
    let files = repository("");
    let mut sources = Sources::default();
    let mut text = |file: Option<planlint::check::File>| {
        let text = String::from_utf8(file.unwrap().bytes.unwrap()).unwrap();
        (text, sources.add("names", ""))
    };
    let (regions, of_regions) = text(files.regions);
    let (catalogue, of_catalogue) = text(files.catalogue);
    Names {
        regions: read_regions(&regions, of_regions).0,
        catalogue: read_catalogue(&catalogue, of_catalogue).0,
        source: sources.add("table", ""),
    }
}

/// What a table says, but for its problems.
fn read(table: &str) -> Batch {
    let Names {
        regions,
        catalogue,
        source,
    } = names();
    read_bulk(&[(source, table)], &regions, &catalogue).0
}

/// Holds a table against texts of one file that have one of its rows each, in its place: no row foretells another.
fn hold(names: &Names, header: &str, lines: &[String]) {
    let whole = format!("{header}\n{}", lines.concat());
    let mut before = header.len() + 1;
    let mut alone = Vec::new();
    for line in lines {
        let empty = "\n".repeat(before - header.len());
        alone.push(format!("{header}{empty}{line}"));
        before += line.len();
    }
    let read = |texts: Vec<&String>| {
        let texts: Vec<(SourceId, &str)> = texts
            .iter()
            .map(|text| (names.source, text.as_str()))
            .collect();
        read_bulk(&texts, &names.regions, &names.catalogue)
    };
    let (together, problems) = read(vec![&whole]);
    let (one_by_one, mut each) = read(alone.iter().collect());
    // Each of the texts has the header's problems.
    let of_header = each.len().min(read(vec![&format!("{header}\n")]).1.len());
    let first = each.get(..of_header).unwrap_or(&[]).to_vec();
    let mut kept = first.clone();
    kept.extend(each.drain(..).filter(|problem| !first.contains(problem)));
    if lines.is_empty() {
        return;
    }
    assert_eq!(problems, kept, "{whole}");
    assert_eq!(together, one_by_one, "{whole}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn a_table_says_what_its_rows_say_one_by_one(
        header in select(HEADERS.to_vec()),
        plans in vec(0_usize..6, 1..7),
        count in 1..=ROWS.len(),
        values in vec(select(vec!["74", "≥75", "94.5", "3634718.5", "七", "100000000000001.5", "95%"]), 1..8),
        edits in vec((any::<Index>(), edit()), 0..5),
        end in select(vec!["\n", "\n", "\r\n"]),
    ) {
        let lines = lines(header, &plans, count, &values, &edits, end);
        hold(&names(), header, &lines);
    }
}

/// All that facts say of their figures and of the rows that these stand in.
fn told(facts: &Facts) -> Vec<String> {
    let figures = facts.figures().map(|id| {
        let figure = facts.figure(id);
        let row = figure.row().map(|row| {
            let places = Part::ALL.map(|part| facts.row(row).place(part));
            (facts.form_of(row), facts.row_ordinal(row), places)
        });
        let plan = &facts.plan(figure.plan).id.value;
        let what = (figure.kind, figure.origin, figure.indicator, figure.year);
        let marks = (figure.own, figure.listed, figure.nature);
        let place = (facts.span_of(id), figure.span(), figure.ordinal());
        let printed = (&figure.value.printed, &figure.value.bound);
        format!("{plan} {what:?} {marks:?} {place:?} {printed:?} {row:?}")
    });
    figures.collect()
}

/// An edit of a row that stays its plan's; the name is longer than the id, and moves nothing where it comes last.
fn edit_within() -> impl Strategy<Value = Edit> {
    let other = edit().prop_filter("a row of another plan", |edit| match edit {
        Edit::Cell(column, _) => !["plan", "region", "status"].contains(column),
        Edit::Twice | Edit::Gone | Edit::Row(_) => true,
        Edit::End(_) | Edit::Cut(_) => false,
    });
    prop_oneof![2 => other, 1 => Just(Edit::Cell("indicator", "人均预期寿命"))]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn facts_of_plans_are_those_of_each_plan_alone(
        header in select(HEADERS.to_vec()),
        plans in vec((vec(select(vec!["74", "≥75", "7.45", "94.50"]), 1..4), vec((any::<Index>(), edit_within()), 0..3)), 1..7),
        count in 1..=ROWS.len(),
    ) {
        let (mut whole, mut batches) = (format!("{header}\n"), Vec::new());
        for (plan, (values, edits)) in plans.iter().enumerate() {
            let lines = lines(header, &[plan], count, values, edits, "\n").concat();
            let empty = "\n".repeat(whole.len() - header.len());
            batches.push(read(&format!("{header}{empty}{lines}")));
            whole += &lines;
        }
        let told = |batch| {
            let Names { regions, catalogue, .. } = names();
            told(&build(regions, catalogue, vec![batch], Vec::new()))
        };
        let one_by_one: Vec<String> = batches.into_iter().flat_map(told).collect();
        prop_assert_eq!(told(read(&whole)), one_by_one, "{}", whole);
    }
}

#[test]
fn a_row_with_too_few_cells_does_not_lend_its_plan_another_ones_rows() {
    let row = |plan: &str, rest: &str| format!("{plan},100100,health,issued,2021,2025,{rest}\n");
    let lines = [
        row("a", ROWS[0]),
        row("b", "life_expectancy"),
        row("b", ROWS[1]),
    ];
    hold(&names(), HEADERS[0], &lines);
    let whole = format!("{}\n{}", HEADERS[0], lines.concat());
    let batch = read(&whole);
    let ids = batch.plans.iter().map(|(plan, _)| plan.id.value.as_str());
    assert_eq!(ids.collect::<Vec<_>>(), ["a", "b"]);
}

/// Texts that are nearly the same number, in the digits, the point, the sign or the number's size.
const NUMBERS: [&str; 36] = [
    "72",
    "072",
    "72.0",
    "72.00",
    "72.000",
    "72.0000",
    "7.2",
    "0.72",
    "00.72",
    ".72",
    "72.",
    "720",
    "0",
    "0.0",
    "00",
    "≥72",
    "≥7.2",
    "≤72",
    "≤072",
    "≥",
    "≥16383",
    "≥1638.3",
    "≥123.45",
    "≥12345.",
    "0.05",
    ".05",
    ">72",
    "1638.3",
    "1638.4",
    "16383",
    "16384",
    "99999",
    "100000",
    "7.2.0",
    "7 2",
    "七十二",
];

#[test]
fn values_of_rows_that_are_alike_are_those_that_each_row_prints() {
    let row = |plan: usize, value: &str| {
        format!(
            "p-{plan},100100,health,issued,2021,2025,life_expectancy,岁,binding,2020,71,2025,{value}\n"
        )
    };
    // Every one comes first, and again when all are known.
    let values: Vec<&str> = NUMBERS.iter().chain(&NUMBERS).copied().collect();
    let rows = values
        .iter()
        .enumerate()
        .map(|(plan, value)| row(plan, value));
    let whole = format!("{}\n{}", HEADERS[0], rows.collect::<String>());
    let batch = read(&whole);
    let tables = batch.plans.iter().map(|(_, table)| table);
    let targets = tables.map(|table| {
        let (_, target) = table.cells_of(&table.rows[0]).last().unwrap();
        batch.pool.value(target.value).printed.as_str()
    });
    assert_eq!(targets.collect::<Vec<_>>(), values);
}
