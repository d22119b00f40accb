//! The one list of finding codes, so that a rename shows.

use planlint::problem::Kind;

#[test]
fn the_kinds_of_input_problems_keep_their_ids_and_severities() {
    let lines = Kind::ALL
        .iter()
        .map(|kind| format!("{} {}\n", kind.id(), kind.severity().word()));
    insta::assert_snapshot!(lines.collect::<String>());
}
