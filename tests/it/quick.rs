//! The quick way and the general way give the same checks in the same order; the sieve tells those of them that are to be
//! told, and counts the others.

use planlint::bound::{Reasons, Truth};
use planlint::check::{File, Options, Outcome, Repository, check};
use planlint::eval::{Check, Outermost, Sieve, Sifted, Verdict, evaluate, places, sift, truth};
use planlint::facts::Facts;
use planlint::query::{Query, plan_query, plan_query_plainly};
use planlint::syntax::Undecided;
use planlint::value::Value;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases::report;
use crate::real::repository;

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_give_the_same_checks(rows in vec(row(), 1..60), rules in vec(rule(), 1..12)) {
        agree(&read(&rows, &rules))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    /// More figures than are run side by side at once, and more rows than there is room for at once.
    #[test]
    fn both_ways_give_the_same_checks_of_a_large_table(rows in vec(row(), 300..320), rules in vec(rule(), 1..4)) {
        let of_a_plan = "    for t in targets\n    for u in t.plan.targets\n    for v in t.plan.targets\n    for w in t.plan.targets\n    for x in t.plan.targets where u.year < x.year and v.year <= x.year and w.year < x.year\n    require t no weaker than u\n";
        let rules: Vec<String> = rules.into_iter().chain([of_a_plan.to_owned()]).collect();
        let fields = 0..20;
        let rows = fields.flat_map(|field| rows.iter().map(move |row| in_field(row, field)));
        let rows: Vec<String> = rows.collect();
        let outcome = read(&rows, &rules);
        prop_assert!(outcome.facts.target_count() > 512, "{}", outcome.facts.target_count());
        agree(&outcome)?;
    }
}

/// The same line of the plan of another field.
pub(crate) fn in_field(row: &str, field: usize) -> String {
    let field = format!("f{field}");
    let row = row.replacen(",health,", &format!(",{field},"), 1);
    format!("{field}{row}")
}

/// A table and rules, beside those of the project.
pub(crate) fn read(rows: &[String], rules: &[String]) -> Outcome {
    let options = Options {
        read_only: true,
        ..Options::default()
    };
    check(beside(rows, rules), &options)
}

/// The project's files, with a table and more rules.
pub(crate) fn beside(rows: &[String], rules: &[String]) -> Repository {
    let regions = file("plans/regions.csv", REGIONS.to_owned());
    let table = rows.join("\n");
    let rules = rules.iter().enumerate();
    let rules = rules.map(|(at, text)| rule_file(at, text));
    Repository {
        regions: Some(regions),
        plans: Vec::new(),
        bulk: vec![file("plans/a.targets.csv", format!("{HEAD}\n{table}"))],
        rules: rules.chain(repository().rules).collect(),
        ..repository()
    }
}

#[test]
fn every_part_of_a_generated_condition_is_one_of_the_language() {
    let rules = both().into_iter().enumerate().map(|(at, part)| {
        let text = format!("    for t in figures\n    for u in superiors(t)\n    require {part} or t.year < u.year\n");
        rule_file(at, &text)
    });
    let outcome = check(
        Repository {
            rules: rules.collect(),
            ..repository()
        },
        &Options::default(),
    );
    let problems = report(&outcome);
    assert_eq!(outcome.rules.rules.len(), both().len(), "{problems}");
}

#[test]
fn both_ways_give_the_same_checks_of_the_real_plans() {
    let only_read = Options {
        read_only: true,
        ..Options::default()
    };
    agree(&check(repository(), &only_read)).unwrap();
}

/// Every rule both ways.
pub(crate) fn agree(outcome: &Outcome) -> Result<(), TestCaseError> {
    for rule in &outcome.rules.rules {
        let quick = checks(&plan_query(rule), &outcome.facts);
        let plain = checks(&plan_query_plainly(rule), &outcome.facts);
        let text = outcome.sources.text(rule.span);
        let differs = quick.iter().zip(&plain).find(|(a, b)| a != b);
        prop_assert!(differs.is_none(), "{differs:?}\n{text}");
        prop_assert_eq!(quick.len(), plain.len(), "{}", text);
        let query = plan_query(rule);
        let sieve = Sieve::new(&query, &outcome.facts);
        // Twice over all places: the second time all that can be known of figures that are alike is known. Then plan by plan, as
        // a session does.
        let all = Outermost::Places(0..places(&query, &outcome.facts));
        let plans = Outermost::Plans(outcome.facts.plans().collect());
        for of in [all.clone(), all, plans] {
            let (told, sifted) = told(&query, &sieve, &outcome.facts, of);
            let (to_tell, counted) = told_and_counted(&query, &plain);
            let differs = told.iter().zip(&to_tell).find(|(a, b)| a != b);
            prop_assert!(differs.is_none(), "{differs:?}\n{text}");
            prop_assert_eq!(told.len(), to_tell.len(), "{}", text);
            prop_assert_eq!(sifted, counted, "{}", text);
        }
    }
    Ok(())
}

/// What the sieve tells, and what it counts.
fn told(
    query: &Query<'_>,
    sieve: &Sieve,
    facts: &Facts,
    outermost: Outermost,
) -> (Vec<Seen>, Sifted) {
    let mut seen = Vec::new();
    let sifted = sift(query, facts, outermost, sieve, &mut |check: &Check<'_>| {
        seen.push(with_reasons(of(check), query, facts));
    });
    let rows = evaluate(
        query,
        facts,
        Outermost::Places(0..places(query, facts)),
        &mut |_: &Check<'_>| (),
    );
    assert_eq!(sifted.rows, rows, "rows");
    (seen, Sifted { rows: 0, ..sifted })
}

/// A check with the reasons that a sieve may leave out.
fn with_reasons(seen: Seen, query: &Query<'_>, facts: &Facts) -> Seen {
    let (mut verdict, frame, require, way) = seen;
    if let (Verdict::Undetermined(reasons), Some(number)) = (&mut verdict, require)
        && *reasons == Reasons::unsaid()
        && let Truth::Unknown(why) = truth(&query.rule.requires[number].code, &frame, facts)
    {
        *reasons = why;
    }
    (verdict, frame, require, way)
}

/// What of all checks is to be told, and what to be counted.
fn told_and_counted(query: &Query<'_>, all: &[Seen]) -> (Vec<Seen>, Sifted) {
    let ignores = query.rule.undecided == Undecided::Ignored;
    let is_counted = |seen: &&Seen| match seen.0 {
        Verdict::Holds => true,
        Verdict::Violated => false,
        Verdict::Undetermined(_) => ignores,
    };
    let (counted, told): (Vec<_>, Vec<_>) = all.iter().partition(is_counted);
    let holds = counted.iter().filter(|seen| seen.0 == Verdict::Holds);
    let holds = holds.count();
    let sifted = Sifted {
        rows: 0,
        holds,
        undetermined: counted.len() - holds,
    };
    (told.into_iter().cloned().collect(), sifted)
}

fn of(check: &Check<'_>) -> Seen {
    let way = format!("{:?}", check.way);
    (
        check.verdict.clone(),
        check.frame.to_vec(),
        check.require,
        way,
    )
}

/// What a sink sees of a check.
type Seen = (Verdict, Vec<Value>, Option<usize>, String);

fn checks(query: &Query<'_>, facts: &Facts) -> Vec<Seen> {
    let mut seen = Vec::new();
    // An index may make the outermost loop shorter.
    evaluate(
        query,
        facts,
        Outermost::Places(0..places(query, facts)),
        &mut |check: &Check<'_>| seen.push(of(check)),
    );
    seen
}

fn rule_file(at: usize, text: &str) -> File {
    let text = format!("rule a/r{at} \"甲\" {{\n    severity note\n{text}    message \"甲\"\n}}\n");
    file(&format!("rules/a/{at}.rule"), text)
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        bytes: Ok(text.into_bytes()),
    }
}

const REGIONS: &str = "code,name,level,parent
000000,国,nation,
510000,省,province,000000
510100,甲,prefecture,510000
510200,乙,prefecture,510000
510101,甲一,county,510100
510102,甲二,county,510100
510201,乙一,county,510200
";

const HEAD: &str = "plan,region,field,status,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target";

/// A line of a bulk table: few of everything, so that much of it meets.
pub(crate) fn row() -> impl Strategy<Value = String> {
    let regions = select(vec![
        "000000", "510000", "510100", "510200", "510101", "510102", "510201",
    ]);
    let indicators = select(vec![
        ("life_expectancy", "岁"),
        ("infant_mortality", "‰"),
        ("infant_mortality", "%"),
        ("under_five_mortality", "‰"),
        ("maternal_mortality", "/10万"),
        ("health_services_industry_size", "亿元"),
        ("health_services_industry_size", "万元"),
        ("life_expectancy", "%"),
    ]);
    let natures = select(vec!["binding", "anticipatory", ""]);
    let values = select(vec![
        "5",
        "4.5",
        "≥5",
        "≤5",
        ">4",
        "<6",
        "5左右",
        "4-6",
        "",
        "提高",
        "保持稳定",
        "降低10%",
        "5.25",
        "1000000000000",
        "-",
        "0",
    ]);
    let years = select(vec![2020, 2025, 2026, 2030]);
    let parts = (regions, indicators, natures, values.clone(), years, values);
    parts.prop_map(|(region, (indicator, unit), nature, baseline, year, target)| {
        let (status, to) = if region.ends_with('1') { ("draft", 2030) } else { ("issued", 2025) };
        format!("p{region},{region},health,{status},2021,{to},{indicator},{unit},{nature},2020,{baseline},{year},{target}")
    })
}

/// The clauses of a rule.
pub(crate) fn rule() -> impl Strategy<Value = String> {
    let second = select(vec![
        "for u in superiors(t)",
        "for u in children(t)",
        "for u in siblings(t)",
        "for u in subordinates(t)",
        "for u in nearest_superior(t)",
        "for u in t.plan.targets where u.indicator = t.indicator",
        "for u in t.plan.figures where t.indicator = u.indicator",
        "for u in t.plan.baselines union t.plan.targets where u.indicator = t.indicator.part_of",
        "for u in t.plan.targets union t.plan.figures where u.indicator is infant_mortality",
        "for u in targets where u.indicator = t.indicator",
        "for u in t.plan.targets",
        "let u = baseline(t)",
        "let x = sum(c.edge for c in children(t))\n    for u in superiors(t)",
        "for u in superiors(t)\n    for v in u.plan.targets where v.indicator = t.indicator and v no weaker than t",
        "let b = baseline(t)\n    for u in superiors(b)",
        "for b in t.plan.baselines where b.indicator = t.indicator\n    for u in superiors(t)",
        "let u = t\n    let x = sum(c for c in t.plan.figures where c.indicator = t.indicator)",
        "",
    ]);
    let table = select(vec!["targets", "figures", "baselines"]);
    let parts = (
        table,
        condition(one()),
        second,
        condition(both()),
        condition(both()),
        condition(one()),
        any::<bool>(),
    );
    parts.prop_map(|(table, first, second, inner, required, alone, ignored)| {
        let ignored = if ignored { "    undetermined ignore\n" } else { "" };
        if second.is_empty() {
            return format!("    for t in {table} where {first}\n    require {alone}\n{ignored}");
        }
        let required = if second.contains("let x") {
            format!("x <= t.edge * 1.2 or {required}")
        } else {
            required
        };
        let inner = if second.contains("where") {
            format!(" and ({inner})")
        } else if second.starts_with("let u") {
            format!("\n    where {inner}")
        } else {
            format!(" where {inner}")
        };
        format!("    for t in {table} where {first}\n    {second}{inner}\n    require {required}\n{ignored}")
    })
}

fn one() -> Vec<&'static str> {
    vec![
        "t is given",
        "t is binding",
        "t is not qualitative",
        "t.indicator.aggregate != sum",
        "t.indicator is infant_mortality",
        "t.indicator.part_of is given",
        "t.year = t.plan.to",
        "t.basis = \"\"",
        "t.stated within t.plausible",
        "t.year = t.plan.from + 4",
        "t.plan is issued",
        "t.unit.dimension = t.indicator.unit.dimension",
        "t.printed contains \"5\"",
        "t.region.level = county",
        "t.origin = table",
        "t.region = t.plan.region",
        "baseline(t) is given",
        "t no weaker than baseline(t)",
        "t >= 0",
        "t.edge > 0",
        "count(c for c in children(t)) > 0",
        "count(c for c in children(t) where c is binding) = 1",
        "sum(c.edge for c in children(t)) >= t.edge",
        "sum(c for c in t.plan.figures where c.indicator = t.indicator) * 1.5 < t.edge",
        "any(c no weaker than t for c in children(t))",
        "every(c.year <= t.year for c in siblings(t))",
        "any(c.indicator = t.indicator and c.year > t.year for c in t.plan.targets)",
        "every(c.indicator = t.indicator for c in t.plan.targets)",
        "any(s.edge = c.edge for c in children(t) for s in superiors(c))",
        "count(c for c in nearest_superior(t)) = 0",
    ]
}

fn both() -> Vec<&'static str> {
    let more = [
        "t no weaker than u",
        "u.year < t.year",
        "u.position < t.position",
        "u.kind = t.kind",
        "u.edge <= t.edge",
        "u.edge < t.edge",
        "u.bound > t.bound",
        "u >= t",
        "u.bound = t.bound",
        "u.edge != t.edge",
        "t.edge - u.edge > 0",
        "t.edge - baseline(t).edge >= u.edge - baseline(u).edge",
        "(if t.indicator.better = higher then t.edge else baseline(t).edge) < u.edge",
        "u.indicator.better = higher",
        "u.nature = binding",
        "u.origin = table",
        "t.edge + u.edge >= u.edge * 2",
        "(t.kind = target) = (u.kind = target)",
        "if t.indicator.better = higher then t.edge >= u.edge else u.edge >= t.edge",
        "t.year - u.year = 5",
        "u is given",
        "any(c.indicator = u.indicator for c in t.plan.baselines)",
    ];
    one().into_iter().chain(more).collect()
}

/// A condition of a few parts.
fn condition(parts: Vec<&'static str>) -> impl Strategy<Value = String> {
    let part = select(parts).prop_map(str::to_owned);
    part.prop_recursive(2, 6, 2, |inner| {
        let join = select(vec!["and", "or", "implies"]);
        prop_oneof![
            inner.clone().prop_map(|of| format!("not ({of})")),
            (inner.clone(), join, inner).prop_map(|(a, join, b)| format!("(({a}) {join} ({b}))")),
        ]
    })
}
