//! Exact numbers, units and their dimensions.

mod dimension;
mod number;
mod unit;

pub use dimension::Dimension;
pub use number::Number;
pub use unit::{Unit, UnitId, UnitUse, Units, multiple_at_start};
