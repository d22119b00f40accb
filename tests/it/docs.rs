//! Generated documents are current. `UPDATE_DOCS=1 cargo test` writes them anew.

use std::fs;

use planlint::check::{Options, check};
use planlint::manual::reference;

use crate::real::{repository, root};

#[test]
fn the_rule_reference_is_current() {
    let outcome = check(repository(), &Options::default());
    current("docs/rules.md", &reference(&outcome.rules, &outcome.facts));
}

fn current(path: &str, text: &str) {
    let whole = root().join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(whole.parent().unwrap()).unwrap();
        fs::write(&whole, text).unwrap();
    }
    let written = fs::read_to_string(&whole).unwrap_or_default();
    assert!(
        written == text,
        "{path} is out of date: run `UPDATE_DOCS=1 cargo test`"
    );
}
