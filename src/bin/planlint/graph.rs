//! `planlint graph`

use std::path::PathBuf;

use clap::Args;
use planlint::check::{Options, check};
use planlint::graph;
use planlint::language::Language;

use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(after_help = "例 example: planlint graph --format mermaid")]
pub(crate) struct Arguments {
    /// 规划库 a repository
    pub paths: Vec<PathBuf>,
    /// 输出格式 output format
    #[arg(long, default_value = "text", value_parser = clap::builder::PossibleValuesParser::new(graph::ALL.iter().map(|format| format.name)))]
    format: String,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let repository = files::read(&arguments.paths, language)?;
    let options = Options {
        language,
        ..Options::default()
    };
    let outcome = check(repository, &options);
    if let Some(format) = graph::ALL
        .iter()
        .find(|format| format.name == arguments.format)
    {
        terminal::print(&(format.render)(&outcome.facts, language))?;
    }
    Ok(0)
}
