//! A plan as its author wrote it, every part with its place.

mod few;
mod places;
mod plan;
mod pool;
mod section;
mod table;

pub use few::Few;
pub use plan::{Date, Nature, Period, Plan, PlanSource, Status, YearValue};
pub use pool::{CellValue, FigureKind, FormId, FormKey, Pool, RowForm, ValueId, ValueKey};
pub use section::{
    Allow, Change, Claim, ClaimKind, Commitment, CommitmentKind, Consent, Count, Observation,
    Roster, RosterKind, Statistic, Task,
};
pub use table::{Batch, Cell, Part, Row, Table};
