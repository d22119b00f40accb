//! What reading gives: plans, and one row for each of their targets.

/// A plan.
#[derive(PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Its region's number.
    pub region: u32,
    /// Its field.
    pub field: String,
    /// Its first year.
    pub from: u16,
    /// Its last year.
    pub to: u16,
}

impl Plan {
    /// Same field, overlapping periods.
    pub fn is_comparable(&self, other: &Self) -> bool {
        self.field == other.field && self.from <= other.to && other.from <= self.to
    }
}

/// A target with its baseline; 40 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The target's guaranteed end, in tenths.
    pub target: i64,
    /// The baseline's, in tenths.
    pub baseline: i64,
    /// The plan's number.
    pub plan: u32,
    /// The line, from 1.
    pub line: u32,
    /// The byte where the target begins.
    pub target_at: u32,
    /// The byte where the baseline begins.
    pub baseline_at: u32,
    /// The target's length in bytes.
    pub target_length: u8,
    /// The baseline's.
    pub baseline_length: u8,
    /// The target's year.
    pub year: u16,
    /// The indicator's number.
    pub indicator: u16,
    /// Whether the target is binding.
    pub binding: bool,
}

/// What one thread or all have read.
#[derive(Default)]
pub struct Table {
    /// The plans, in the order of reading.
    pub plans: Vec<Plan>,
    /// Their rows, in the order of reading.
    pub rows: Vec<Row>,
}

/// Where a text ends before or beyond what a place can say.
pub fn place(at: usize) -> Result<u32, String> {
    u32::try_from(at).map_err(|_| "a file of more than 4 GB".to_owned())
}

/// The length of a value.
pub fn length(text: &[u8]) -> Result<u8, String> {
    u8::try_from(text.len()).map_err(|_| "a value of more than 255 bytes".to_owned())
}
