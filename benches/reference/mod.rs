//! The yardstick: what one would write by hand for the generator's four rules and its two formats, and nothing else.
//!
//! Plain loops, no planlint code. It reads what `examples/generate.rs` writes and refuses all else with one line; it knows
//! numbers in tenths, `≥`, `≤`, one wording and a dash; one plan per region, one row per indicator. It finds the same violations
//! as planlint, each with its places, and writes them as a list: no messages, no lines of text, no reasons, no counts of
//! what holds. `whole` compares the two lists before it times anything.

pub mod checks;
pub mod csv;
pub mod figure;
pub mod files;
pub mod index;
pub mod list;
pub mod names;
pub mod plan;
pub mod rows;
pub mod run;
