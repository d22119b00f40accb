//! What is kept of checks that do not hold: of those that come many at once what is kept of each that comes by itself.

use planlint::check::{Options, check};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::quick::{beside, row, rule};
use crate::session::json;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_the_same_however_checks_come(rows in vec(row(), 1..60), rules in vec(rule(), 1..12)) {
        // Where it is counted how the checks of each plan come out, every check comes by itself.
        let [at_once, one_by_one] = [false, true].map(|cells| {
            let options = Options { cells, ..Options::default() };
            json(&check(beside(&rows, &rules), &options))
        });
        prop_assert_eq!(at_once, one_by_one);
    }
}
