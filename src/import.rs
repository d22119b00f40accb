//! Input formats: a file per format and entity; from texts to the model, every fault with its place.

mod catalogue;
mod bulk;
mod cells;
mod desk;
mod entity;
mod plan;
mod record;
mod recover;
mod regions;
mod scan;
mod section;
mod settings;
mod statistics;
mod syntax_error;
mod tree;
mod values;
mod wrong;

pub use bulk::{BulkCutter, BulkPart, BulkReader, Cut, ReadPart, read_bulk};
pub use catalogue::read_catalogue;
pub use entity::{CATALOGUE, Entity, Field, FieldKind, PLAN, SETTINGS};
pub use plan::{PlanReader, is_plain, lanes_agree, read_plan, read_plan_recovering};
pub use regions::read_regions;
pub use settings::{read_settings, unknown_names};
pub use statistics::read_statistics;
pub use tree::toml_problems;
