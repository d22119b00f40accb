//! A plan as its author wrote it, every part with its place.

mod plan;
mod section;
mod table;

pub use plan::{Date, Nature, Period, Plan, PlanSource, Status, YearValue};
pub use section::{
    Allow, Change, Claim, ClaimKind, Commitment, CommitmentKind, Count, Observation, Roster,
    RosterKind, Statistic, Task,
};
pub use table::{
    Batch, Cell, CellValue, FigureKind, FormId, Part, Pool, Row, RowForm, Table, ValueId, ValueKey,
};
