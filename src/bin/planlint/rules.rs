//! `planlint rules`

use std::path::PathBuf;

use clap::Args;
use planlint::check::{Options, check};
use planlint::language::Language;
use planlint::manual;

use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(after_help = "例 example: planlint rules")]
pub(crate) struct Arguments {
    /// 规划库 a repository
    pub paths: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let repository = files::read(&arguments.paths, language)?;
    let options = Options {
        language,
        read_only: true,
        ..Options::default()
    };
    let outcome = check(repository, &options);
    terminal::print(&manual::list(&outcome.rules, language))?;
    Ok(0)
}
