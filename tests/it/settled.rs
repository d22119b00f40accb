//! Rules that are run in a short way of their own, on any table: what superiors come to, what children say taken together,
//! baselines compared where they are read. Generated rules seldom have just these shapes.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::quick::{agree, in_field, read, row};

/// Each as it stands, and with undetermined checks left out.
const RULES: [&str; 13] = [
    "for t in targets\n    for s in superiors(t)\n    require t no weaker than s",
    "for t in targets where t is binding\n    for s in superiors(t)\n    require t no weaker than s",
    "for t in targets where t >= 0\n    for s in superiors(t)\n    require t no weaker than s",
    "for t in targets\n    for s in superiors(t) where s is binding\n    require t no weaker than s",
    "for t in targets\n    for s in superiors(t) where s >= 90%\n    require t no weaker than s",
    "for t in targets\n    for s in superiors(t) where t weaker than s\n    require s is binding",
    "for t in targets\n    let b = baseline(t)\n    require t no weaker than b",
    "for t in targets where t is binding\n    let b = baseline(t)\n    require t no weaker than b",
    "for t in targets where t >= 0\n    let b = baseline(t)\n    require t no weaker than b",
    "for t in targets\n    let b = baseline(t)\n    where b >= 90%\n    require t no weaker than b",
    "for t in targets\n    let b = baseline(t)\n    for s in superiors(t)\n    require t no weaker than b",
    "for t in targets\n    require any(c no weaker than t for c in children(t))",
    "for t in targets\n    require sum(c.edge for c in children(t)) >= t.edge",
];

fn rules() -> Vec<String> {
    let ignored = ["", "    undetermined ignore\n"];
    let each = RULES.iter().flat_map(|rule| {
        ignored
            .iter()
            .map(move |ignored| format!("    {rule}\n{ignored}"))
    });
    each.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn short_ways_give_the_same_checks(rows in vec(row(), 1..80)) {
        let outcome = read(&rows, &rules());
        let own = outcome.rules.rules.iter().filter(|rule| rule.id.value.starts_with("a/"));
        prop_assert_eq!(own.count(), 2 * RULES.len());
        agree(&outcome)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    /// More figures than are run side by side at once.
    #[test]
    fn short_ways_give_the_same_checks_of_a_large_table(rows in vec(row(), 60..120)) {
        let fields = 0..12;
        let rows = fields.flat_map(|field| rows.iter().map(move |row| in_field(row, field)));
        let rows: Vec<String> = rows.collect();
        agree(&read(&rows, &rules()))?;
    }
}
