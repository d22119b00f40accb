//! The one test binary: every layer through its front door, cases as files.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod alike;
mod audit;
mod audited;
mod cache;
mod cases;
mod ci;
mod command;
mod docs;
mod foretold;
mod formats;
mod formatting;
mod gate;
mod generated;
mod kept;
mod kinds;
mod lanes;
mod layers;
mod makes;
mod notation;
mod passed;
mod properties;
mod quick;
mod real;
mod report;
mod report_docx;
mod report_markdown;
mod report_xlsx;
mod schema;
mod session;
mod settled;
mod stand;
mod traps;
mod unread;
mod waves;
mod ways;
