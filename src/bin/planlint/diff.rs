//! `planlint diff`

use std::path::PathBuf;

use clap::{ArgMatches, Args};
use planlint::check::Options;
use planlint::language::Language;
use planlint::timing::Stopwatch;

use crate::check::{earlier, held, is_unchanged, options, plain};
use crate::gate::{self, Gate};
use crate::output::{self, Outputs};
use crate::{Failure, files, layout, progress};

#[derive(Args)]
#[command(after_help = "例 example: planlint diff 2024/ 2025/")]
pub(crate) struct Arguments {
    /// 原来的规划库 the repository as it was
    before: PathBuf,
    /// 现在的规划库 the repository as it is
    pub after: PathBuf,
    #[command(flatten)]
    output: output::Arguments,
    #[command(flatten)]
    gate: gate::Arguments,
}

pub(crate) fn run(
    arguments: &Arguments,
    matches: &ArgMatches,
    language: Language,
) -> Result<u8, Failure> {
    let outputs = Outputs::new(&arguments.output, matches, language)?;
    let old = files::own_root(&arguments.before, language)?;
    let new = files::own_root(&arguments.after, language)?;
    if old == new {
        return Err(language
            .pick(
                "两个路径在同一个规划库里，没有可比的",
                "both paths are in one repository: there is nothing to compare",
            )
            .to_owned());
    }
    let (settings, _) = layout::settings(&new);
    let gate = Gate::new(&arguments.gate, &settings, language)?;
    let name = arguments.before.display().to_string();
    let before = held(&earlier(&old, &name, language)?, &name);
    let found = files::at(&new, language)?;
    let options = Options {
        issued: before.issued.clone(),
        ..options(language)
    };
    let mut outcome = plain(found, &options, &mut Stopwatch::new(None));
    progress::end();
    outcome.compare(&before.baseline, name, &[]);
    outputs.write(&outcome, gate.threshold, &output::prefix(&new), None)?;
    let code = gate.verdict(&outcome, language).tell();
    let same = is_unchanged(&outcome, language);
    Ok(if same { code } else { 2 })
}
