//! `planlint schema`

use clap::Args;
use clap::builder::PossibleValuesParser;
use planlint::schema;

use crate::{Failure, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint schema > schemas/plan.schema.json\n  planlint schema indicators > schemas/indicators.schema.json"
)]
pub(crate) struct Arguments {
    /// 哪种文件 the kind of file
    #[arg(default_value = "plan", value_parser = PossibleValuesParser::new(schema::ALL.iter().map(|schema| schema.name)))]
    kind: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut all = schema::ALL.iter();
    if let Some(schema) = all.find(|schema| schema.name == arguments.kind) {
        terminal::write(|out| schema.write(out))?;
    }
    Ok(0)
}
