//! What figures say alike is asked once of all of them; the plans that they stand in tell them apart where a rule asks of these.

use crate::quick::{agree, read};

/// The one line of a plan: all plans say the same.
fn line(region: &str, status: &str, from: u32, to: u32) -> String {
    format!(
        "p{region},{region},health,{status},{from},{to},regular_exercise_people,人,binding,2020,28000000,2025,30000000"
    )
}

#[test]
fn figures_that_say_the_same_are_told_apart_where_a_rule_asks_of_their_plans() {
    let lines = [
        line("000000", "issued", 2021, 2025),
        line("510000", "draft", 2021, 2025),
        line("510100", "issued", 2020, 2025),
        line("510101", "issued", 2021, 2030),
        line("510102", "issued", 2021, 2025),
        line("510201", "draft", 2020, 2030),
    ];
    let asked = [
        "t.plan.status = draft",
        "t.plan.from = 2020",
        "t.plan.to = t.year",
        "t.stated within t.plausible",
    ];
    for asked in asked {
        let of_figures = format!("    for t in targets\n    require {asked}\n");
        let of_rows = of_figures.replace("targets", "rows");
        let asks_rows = asked.contains("plan.") && !asked.contains("t.year");
        let rules = [Some(of_figures), asks_rows.then_some(of_rows)];
        let rules: Vec<String> = rules.into_iter().flatten().collect();
        let outcome = read(&lines, &rules);
        assert!(
            outcome.rules.rules.len() > rules.len(),
            "{asked}: the rule is not one"
        );
        agree(&outcome).unwrap();
    }
}
