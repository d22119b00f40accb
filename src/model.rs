//! A plan as its author wrote it, every part with its place.

mod plan;
mod section;

pub use plan::{Date, IndicatorRow, Nature, Period, Plan, PlanSource, Status, YearValue};
pub use section::{
    Allow, Change, Claim, ClaimKind, Commitment, CommitmentKind, Count, Observation, Roster,
    RosterKind, Statistic, Task,
};
