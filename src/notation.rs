//! How plans write values: one grammar from a printed text to a reading, and a reading's meaning as a bound.

mod amount;
mod change;
mod failure;
mod folded;
mod grammar;
mod meaning;
mod phrase;
mod print;
mod reading;
mod words;

pub use grammar::{Mistake, NotationError, read};
pub use meaning::{Base, Context, Role, figures, meaning, printed};
pub use reading::{
    Amount, Change, Figure, Form, Keep, Measure, Multiple, Reading, Rounded, Shape, Side, Trend,
    same,
};
pub use words::expected;
