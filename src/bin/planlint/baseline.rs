//! The baseline's file.

use std::fs;
use std::path::Path;

use planlint::check::{Baseline, Outcome};
use planlint::language::Language;

use crate::{Failure, atomic, files, terminal};

/// Where a baseline is written that nobody named.
pub(crate) const DEFAULT: &str = "planlint.baseline";

/// Reads a baseline, and says whether all of it could be read.
pub(crate) fn read(path: &Path, language: Language) -> Result<(Baseline, bool), Failure> {
    let colon = language.pick("：", ": ");
    let shown = files::shown(path);
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{shown}{colon}{}", files::reason(&error, language)))?;
    let (baseline, wrong) = Baseline::parse(&text);
    for (line, why) in &wrong {
        terminal::error(&format!("{shown}:{line}{colon}{}", why.text(language)));
    }
    Ok((baseline, wrong.is_empty()))
}

/// Writes what counts in a run as the baseline of those to come.
pub(crate) fn write(
    path: &Path,
    outcome: &Outcome,
    language: Language,
) -> Result<Baseline, Failure> {
    let errors = outcome.report.summary.input_errors;
    if errors > 0 {
        return Err(match language {
            Language::Chinese => {
                format!("没有写基线：有 {errors} 个输入错误，它们挡住的检查会漏记；先改正")
            }
            Language::English => format!(
                "no baseline written: input errors ({errors}) keep things from being checked, which it would miss; mend them first"
            ),
        });
    }
    let baseline = Baseline::of(outcome);
    let text = baseline.text();
    let colon = language.pick("：", ": ");
    atomic::replace(path, text.as_bytes())
        .map_err(|error| format!("{}{colon}{error}", files::shown(path)))?;
    let count = baseline.len();
    let shown = files::shown(path);
    terminal::error(&match language {
        Language::Chinese => format!("已把 {count} 项记入基线 {shown}"),
        Language::English => format!("findings in the baseline {shown} now: {count}"),
    });
    Ok(baseline)
}
