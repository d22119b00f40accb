//! Medians of times, and ratios of what planlint and the reference took for the same work.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often each is timed.
pub const ROUNDS: usize = 5;

/// The middle of some times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// One time as a multiple of another.
pub fn ratio(one: Duration, other: Duration) -> String {
    format!("{:.1}", one.as_secs_f64() / other.as_secs_f64().max(1e-9))
}

/// A time in milliseconds.
pub fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

static TIMES: Mutex<BTreeMap<(&str, &str), Vec<Duration>>> = Mutex::new(BTreeMap::new());

/// Work inside a divan bench, its time kept for [`ratios`] too.
pub fn timed<T>(what: &'static str, who: &'static str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    let took = start.elapsed();
    let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    times.entry((what, who)).or_default().push(took);
    drop(times);
    made
}

/// A line for each piece of work that both have done: medians and their ratio.
pub fn ratios() -> String {
    let times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    let of = |what, who| times.get(&(what, who)).cloned().map(median);
    let mut lines = String::new();
    for (what, who) in times.keys().filter(|(_, who)| *who == "planlint") {
        if let (Some(own), Some(reference)) = (of(what, who), of(what, "reference")) {
            let (own_text, reference_text) = (milliseconds(own), milliseconds(reference));
            let times = ratio(own, reference);
            let _ = writeln!(
                lines,
                "{what}: planlint {own_text}, reference {reference_text}, ratio {times}"
            );
        }
    }
    lines
}
