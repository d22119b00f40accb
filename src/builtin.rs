//! The functions of the language, a file each.

mod baseline;
mod gap;

use crate::facts::Facts;
use crate::value::{Held, Kind, Value};

/// A function.
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// The kinds each parameter takes.
    pub parameters: &'static [&'static [Kind]],
    /// The kind of its result.
    pub result: Kind,
    /// What it gives.
    pub doc: &'static str,
    /// A use of it.
    pub example: &'static str,
    /// Its result for arguments of those kinds, none of them unknown.
    pub call: fn(&Facts, &[Value]) -> Value,
    /// The same of its one argument, where that is something facts hold.
    pub held: Option<Held>,
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.name)
    }
}

/// Every function.
pub const ALL: &[Builtin] = &[baseline::BASELINE, gap::GAP];
