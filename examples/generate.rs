//! Writes a national plan set of any size, and how many violations are in it: real divisions, made-up figures.
//!
//! `cargo run --release --example generate -- --plans 3200 --seed 1 --out DIR [--bulk] [--townships FILE]`
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program to be run by hand: a slip stops it"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;

/// Shares, in thousandths: a target weaker than its superior's, a row that is left out, words instead of a figure, a
/// target worse than its own baseline.
const WEAK: u64 = 20;
const MISSING: u64 = 30;
const WORDS: u64 = 10;
const BACK: u64 = 15;

/// Indicators of a plan.
const INDICATORS: usize = 40;

#[derive(Parser)]
#[command(about = "Writes a national plan set and the violations in it.")]
struct Arguments {
    /// How many plans: the nation, then provinces, prefectures, counties, townships.
    #[arg(long, default_value_t = 3200)]
    plans: usize,
    /// The same seed writes the same set.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder; made where it is not there.
    #[arg(long)]
    out: PathBuf,
    /// One table instead of a file a plan.
    #[arg(long)]
    bulk: bool,
    /// A table of townships: code,name,level,parent.
    #[arg(long)]
    townships: Option<PathBuf>,
}

/// What an indicator is; its number decides.
struct Indicator {
    id: String,
    unit: &'static str,
    higher: bool,
    sum: bool,
    binding: bool,
    /// Of the nation's target, in tenths.
    base: i64,
}

struct Region {
    line: String,
    code: String,
    parent: Option<usize>,
}

/// A cell: a row left out, words, or tenths of baseline and target.
#[derive(Clone, Copy)]
enum Cell {
    Missing,
    Words(i64),
    Value(i64, i64),
}

/// A small generator of numbers (SplitMix64): the set must be the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn in_thousand(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let regions = regions(arguments.townships.as_deref(), arguments.plans)?;
    let indicators: Vec<Indicator> = (0..INDICATORS).map(indicator).collect();
    let cells = cells(&regions, &indicators, arguments.seed);

    let plans = arguments.out.join("plans");
    let rules = arguments.out.join("rules/bench");
    fs::create_dir_all(&plans)?;
    fs::create_dir_all(&rules)?;
    fs::write(arguments.out.join("planlint.toml"), "")?;
    let lines: Vec<&str> = regions.iter().map(|region| region.line.as_str()).collect();
    let table = format!("code,name,level,parent\n{}\n", lines.join("\n"));
    fs::write(plans.join("regions.csv"), table)?;
    fs::write(plans.join("indicators.toml"), catalogue(&indicators))?;
    for (name, text) in RULES {
        fs::write(rules.join(format!("{name}.rule")), text)?;
    }
    if arguments.bulk {
        fs::write(
            plans.join("all.targets.csv"),
            bulk(&regions, &indicators, &cells),
        )?;
    } else {
        for (region, row) in regions.iter().zip(&cells) {
            let folder = plans.join(region.code.get(..2).unwrap_or("00"));
            fs::create_dir_all(&folder)?;
            let path = folder.join(format!("{}.plan.toml", region.code));
            fs::write(path, plan(region, &indicators, row))?;
        }
    }
    let expected = expected(&regions, &indicators, &cells);
    fs::write(arguments.out.join("expected.json"), &expected)?;
    println!("{expected}");
    Ok(())
}

/// The first regions by level: everyone's superiors are among them.
fn regions(townships: Option<&Path>, wanted: usize) -> Result<Vec<Region>, Box<dyn Error>> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/regions.csv");
    let mut lines: Vec<String> = Vec::new();
    for path in [Some(shipped.as_path()), townships].into_iter().flatten() {
        let text = fs::read_to_string(path)?;
        lines.extend(
            text.lines()
                .skip(1)
                .filter(|line| !line.is_empty())
                .map(str::to_owned),
        );
    }
    let field = |line: &str, at: usize| line.split(',').nth(at).unwrap_or("").to_owned();
    let level = |line: &str| {
        let levels = ["nation", "province", "prefecture", "county", "township"];
        levels.iter().position(|level| field(line, 2) == *level)
    };
    lines.sort_by_key(|line| level(line));
    lines.truncate(wanted);
    let mut at = std::collections::HashMap::new();
    let mut found: Vec<Region> = Vec::new();
    for line in lines {
        let code = field(&line, 0);
        let parent = at.get(&field(&line, 3)).copied();
        at.insert(code.clone(), found.len());
        found.push(Region { line, code, parent });
    }
    Ok(found)
}

fn indicator(number: usize) -> Indicator {
    let unit = ["%", "‰", "岁", "人"][number % 4];
    Indicator {
        id: format!("indicator_{number:02}"),
        unit,
        higher: number % 8 < 4 || unit == "人",
        sum: unit == "人",
        binding: number.is_multiple_of(4) && number % 8 < 4,
        base: 950 + i64::try_from(number).unwrap_or(0),
    }
}

fn cells(regions: &[Region], indicators: &[Indicator], seed: u64) -> Vec<Vec<Cell>> {
    let mut random = Random(seed);
    let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(regions.len());
    for region in regions {
        let above = region.parent.and_then(|parent| rows.get(parent));
        let mut row = Vec::with_capacity(indicators.len());
        for (number, indicator) in indicators.iter().enumerate() {
            let start = match above.and_then(|row| row.get(number)) {
                Some(Cell::Value(_, target)) => *target,
                _ => indicator.base,
            };
            let better = if indicator.higher { 1 } else { -1 };
            let step = i64::try_from(random.below(4)).unwrap_or(0);
            let weak = random.in_thousand(WEAK);
            let target = start + better * if weak { -1 - step } else { step.min(1) };
            let back = random.in_thousand(BACK);
            let gain = 1 + i64::try_from(random.below(30)).unwrap_or(0);
            let baseline = target - better * if back { -gain } else { gain };
            row.push(if random.in_thousand(MISSING) {
                Cell::Missing
            } else if random.in_thousand(WORDS) {
                Cell::Words(baseline)
            } else {
                Cell::Value(baseline, target)
            });
        }
        rows.push(row);
    }
    totals(regions, indicators, &mut random, &mut rows);
    rows
}

/// Totals are what the regions below add up to, lowest first; some are one tenth more than that.
fn totals(
    regions: &[Region],
    indicators: &[Indicator],
    random: &mut Random,
    rows: &mut [Vec<Cell>],
) {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); regions.len()];
    for (at, region) in regions.iter().enumerate() {
        if let Some(parent) = region.parent {
            below[parent].push(at);
        }
    }
    for at in (0..regions.len()).rev().filter(|at| !below[*at].is_empty()) {
        for (number, _) in indicators
            .iter()
            .enumerate()
            .filter(|(_, indicator)| indicator.sum)
        {
            let Cell::Value(baseline, target) = rows[at][number] else {
                continue;
            };
            let said = below[at].iter().map(|child| match rows[*child][number] {
                Cell::Value(_, target) => Some(target),
                _ => None,
            });
            let sum: i64 = said.map(|target| target.unwrap_or(950)).sum();
            let total = sum + i64::from(random.in_thousand(WEAK));
            rows[at][number] = Cell::Value(total + baseline - target, total);
        }
    }
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

/// A target as plans print it: a plain number, or a ray of the indicator's direction.
fn printed(indicator: &Indicator, number: usize, value: i64) -> String {
    let ray = if indicator.higher { "≥" } else { "≤" };
    format!(
        "{}{}",
        if number.is_multiple_of(3) { ray } else { "" },
        tenths(value)
    )
}

/// Baseline and target as printed; nothing for a row that is left out.
fn texts(indicator: &Indicator, number: usize, cell: Cell) -> Option<(String, String)> {
    match cell {
        Cell::Missing => None,
        Cell::Words(baseline) => Some((tenths(baseline), "同比例提高".to_owned())),
        Cell::Value(baseline, target) => {
            Some((tenths(baseline), printed(indicator, number, target)))
        }
    }
}

fn plan(region: &Region, indicators: &[Indicator], row: &[Cell]) -> String {
    let code = &region.code;
    let mut out = format!(
        "format = 1\nid     = \"plan-{code}\"\ntitle  = \"{code}卫生健康“十四五”规划\"\nregion = \"{code}\"\nfield  = \"health\"\nstatus = \"issued\"\nperiod = {{ from = 2021, to = 2025 }}\n\nindicators = [\n"
    );
    for (number, (indicator, cell)) in indicators.iter().zip(row).enumerate() {
        let Some((baseline, target)) = texts(indicator, number, *cell) else {
            continue;
        };
        let nature = nature(indicator);
        let Indicator { id, unit, .. } = indicator;
        let _ = writeln!(
            out,
            "  {{ id = \"{id}\", name = \"指标{number}\", unit = \"{unit}\", baseline = {{ 2020 = \"{baseline}\" }}, target = {{ 2025 = \"{target}\" }}, nature = \"{nature}\", row = {}, at = \"表1\" }},",
            number + 1
        );
    }
    out + "]\n"
}

fn bulk(regions: &[Region], indicators: &[Indicator], cells: &[Vec<Cell>]) -> String {
    let mut out = String::from(
        "plan,region,field,status,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target\n",
    );
    for (region, row) in regions.iter().zip(cells) {
        for (number, (indicator, cell)) in indicators.iter().zip(row).enumerate() {
            let Some((baseline, target)) = texts(indicator, number, *cell) else {
                continue;
            };
            let code = &region.code;
            let Indicator { id, unit, .. } = indicator;
            let _ = writeln!(
                out,
                "plan-{code},{code},health,issued,2021,2025,{id},{unit},{},2020,{baseline},2025,{target}",
                nature(indicator)
            );
        }
    }
    out
}

const fn nature(indicator: &Indicator) -> &'static str {
    if indicator.binding {
        "binding"
    } else {
        "anticipatory"
    }
}

fn catalogue(indicators: &[Indicator]) -> String {
    let mut out = String::from(
        "format = 1\n\n[units]\n\"%\" = { dimension = \"ratio\", factor = \"0.01\" }\n\"‰\" = { dimension = \"ratio\", factor = \"0.001\" }\n\"岁\" = { dimension = \"age\" }\n\"人\" = { dimension = \"person\" }\n",
    );
    for (number, indicator) in indicators.iter().enumerate() {
        let Indicator { id, unit, .. } = indicator;
        let better = if indicator.higher { "higher" } else { "lower" };
        let aggregate = if indicator.sum { "sum" } else { "none" };
        let _ = write!(
            out,
            "\n[[indicator]]\nid = \"{id}\"\nname = \"指标{number}\"\nenglish = \"Indicator {number}\"\nunit = \"{unit}\"\nbetter = \"{better}\"\ndomain = \"health\"\naggregate = \"{aggregate}\"\n"
        );
    }
    out
}

/// The violations in the set, counted by plain loops: the same four questions that the rules ask.
fn expected(regions: &[Region], indicators: &[Indicator], cells: &[Vec<Cell>]) -> String {
    let (mut weaker, mut floor, mut back, mut pairs, mut targets) =
        (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    let mut sums: Vec<Vec<Option<i64>>> = vec![vec![Some(0); indicators.len()]; regions.len()];
    let mut has_children = vec![false; regions.len()];
    for (region, row) in regions.iter().zip(cells) {
        for (number, (indicator, cell)) in indicators.iter().zip(row).enumerate() {
            if let Some(parent) = region.parent {
                has_children[parent] = true;
                let sum = &mut sums[parent][number];
                *sum = match cell {
                    Cell::Value(_, target) => sum.map(|sum| sum + target),
                    _ => None,
                };
            }
            targets += u64::from(!matches!(cell, Cell::Missing));
            let Cell::Value(baseline, target) = *cell else {
                continue;
            };
            let worse = |one: i64, other: i64| {
                if indicator.higher {
                    one < other
                } else {
                    one > other
                }
            };
            back += u64::from(worse(target, baseline));
            floor += u64::from(indicator.binding && target < 950);
            let mut above = region.parent;
            while let Some(superior) = above {
                if let Cell::Value(_, wanted) = cells[superior][number] {
                    pairs += 1;
                    weaker += u64::from(!indicator.sum && worse(target, wanted));
                }
                above = regions[superior].parent;
            }
        }
    }
    let mut short = 0_u64;
    for (at, row) in cells.iter().enumerate() {
        for (number, indicator) in indicators.iter().enumerate() {
            if let (Cell::Value(_, target), Some(sum), true) = (
                row[number],
                sums[at][number],
                indicator.sum && has_children[at],
            ) {
                short += u64::from(sum < target);
            }
        }
    }
    format!(
        "{{\"plans\": {}, \"targets\": {targets}, \"pairs\": {pairs}, \"bench/weaker\": {weaker}, \"bench/floor\": {floor}, \"bench/back\": {back}, \"bench/short\": {short}}}\n",
        regions.len()
    )
}

const RULES: [(&str, &str); 4] = [
    (
        "weaker",
        "rule bench/weaker \"弱于上级\" {\n    severity note\n    for t in targets where t.indicator.aggregate != sum\n    for s in superiors(t)\n    require t no weaker than s\n    undetermined ignore\n\n    message \"{t.region}{t.indicator} {t.printed} 弱于{s.region} {s.printed}\"\n    label t \"本级\"\n    label s \"上级\"\n}\n",
    ),
    (
        "floor",
        "rule bench/floor \"约束性低于95%\" {\n    severity note\n    for t in targets where t is binding\n    require t >= 95%\n    undetermined ignore\n\n    message \"{t.region}{t.indicator} {t.printed}\"\n    label t \"这里\"\n}\n",
    ),
    (
        "back",
        "rule bench/back \"劣于基期\" {\n    severity note\n    for t in targets\n    let b = baseline(t)\n    require t no weaker than b\n    undetermined ignore\n\n    message \"{t.region}{t.indicator} {t.printed} 劣于 {b.printed}\"\n    label t \"目标\"\n    label b \"基期\"\n}\n",
    ),
    (
        "short",
        "rule bench/short \"下级合计不足\" {\n    severity note\n    for t in targets where t.indicator.aggregate = sum and count(c for c in children(t)) > 0\n    require sum(c.edge for c in children(t)) >= t.edge\n    undetermined ignore\n\n    message \"{t.region}{t.indicator} {t.printed}\"\n    label t \"这里\"\n}\n",
    ),
];
