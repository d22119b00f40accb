//! Plans of which a rule surely wants nothing are passed over whole, those around them are not.

use planlint::check::{Options, check};

use crate::quick::{agree, beside, in_field};

fn line(indicator: &str, unit: &str, baseline: &str, target: &str) -> String {
    format!(
        "p510101,510101,health,issued,2021,2025,{indicator},{unit},binding,2020,{baseline},2025,{target}"
    )
}

/// Some hundred plans that say nothing that is wanted, then now and then one that has nothing else, or begins with it: of an
/// indicator that stands early in the catalogue, or late, and that nobody has asked of before.
#[test]
fn plans_with_something_that_is_wanted_are_found_among_those_without() {
    let plain = [
        line("life_expectancy", "岁", "77", "78"),
        // It stands as far from the end of 64 indicators as the beds do from their beginning.
        line("consumables_platform_procurement_share", "%", "70", "80"),
    ];
    let beds = line("beds_per_1000", "张", "5", "6");
    let signing = line("family_doctor_signing", "%", "3", "4");
    let mut wanted = 0;
    let mut lines = Vec::new();
    for number in 100..700 {
        let said = match number {
            400.. if number % 7 == 0 => {
                wanted += 1;
                vec![&beds]
            }
            400.. if number % 11 == 0 => {
                wanted += 1;
                [&signing].into_iter().chain(&plain).collect()
            }
            _ => plain.iter().collect(),
        };
        lines.extend(said.into_iter().map(|line| in_field(line, number)));
    }
    // Not asked once of all that say the same: what a figure is compared with stands in its plan.
    let rules = ["figures", "baselines", "targets"].map(|set| {
        format!(
            "    for f in {set} where f.indicator.count is given\n    for t in f.plan.targets where t.indicator = f.indicator\n    require f <= t and f > 4\n"
        )
    });
    let outcome = check(beside(&lines, &rules), &Options::default());
    assert_eq!(outcome.facts.plans().count(), 600);
    let own = outcome.report.rules.iter();
    let own = own.filter(|count| count.rule.starts_with("a/"));
    let checks: Vec<usize> = own.map(|count| count.checks).collect();
    assert_eq!(checks, [2 * wanted, wanted, wanted]);
    agree(&outcome).unwrap();
}
