//! What a value promises: an interval of outcomes, compared by direction, in three values with reasons.

mod compact;
mod compare;
mod interval;
mod printed;
mod reason;
mod truth;

pub use compact::Compact;
pub use compare::{Better, Order, compare, no_weaker, within};
pub use interval::{Bound, Cut, Edge};
pub use printed::{Printed, agrees};
pub use reason::{Reason, ReasonKind, Reasons};
pub use truth::Truth;
