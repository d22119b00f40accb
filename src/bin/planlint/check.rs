//! `planlint check`

use std::path::PathBuf;

use clap::Args;
use planlint::check::{Options, Outcome, check};
use planlint::finding::Brief;
use planlint::language::{Language, Said};
use planlint::problem::Severity;
use planlint::render::{self, View};
use planlint::timing::Stopwatch;

use crate::cache::{Cache, Rest};
use crate::files::Located;
use crate::{Failure, clock, files, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint check\n  planlint check plans/tibet/changdu-health-14fyp.plan.toml\n  planlint check --format json --fail-on warning"
)]
pub(crate) struct Arguments {
    /// 规划库、规划文件夹或规划文件 a repository, a folder of plans or plan files
    paths: Vec<PathBuf>,
    /// 输出格式 output format
    #[arg(long, default_value = "text", value_parser = clap::builder::PossibleValuesParser::new(render::ALL.iter().map(|format| format.name)))]
    format: String,
    /// 到哪一级算不通过 the severity from which the check fails
    #[arg(long, default_value = "error", value_parser = ["error", "warning", "note"])]
    fail_on: String,
    /// 文字输出最多显示多少项，最严重的在先；0 为全部 how many findings text shows, the gravest first; 0 for all
    #[arg(long, default_value_t = 200)]
    max_findings: usize,
    /// 一并列出无法判断的检查 also list the checks that could not be decided
    #[arg(long, value_parser = ["undetermined"])]
    show: Option<String>,
    /// 另报各阶段、各规则的用时和数量 also tell the time and the number of rows of each phase and rule
    #[arg(long)]
    statistics: bool,
    /// 既不用也不写 .planlint/cache neither use nor write .planlint/cache
    #[arg(long)]
    no_cache: bool,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let start = clock::elapsed();
    let mut watch = Stopwatch::new(Some(clock::elapsed));
    let mut found = files::find(&arguments.paths, language)?;
    let options = Options {
        language,
        only: std::mem::take(&mut found.only),
        read_only: false,
        today: clock::today(),
        clock: Some(clock::elapsed),
    };
    let cache = (!arguments.no_cache)
        .then(|| Cache::of(&found, !arguments.statistics))
        .flatten();
    let (mut outcome, rest) = match cache {
        Some(cache) => cache.check(&found, &options, &mut watch),
        None => (plain(&found, &options, &mut watch), Rest::default()),
    };
    watch.take(std::mem::take(&mut outcome.statistics.phases));
    let view = View {
        undetermined: arguments.show.is_some(),
        most: Some(arguments.max_findings).filter(|most| *most > 0),
        style: terminal::style(),
        ..View::default()
    };
    let format = render::ALL
        .iter()
        .find(|format| format.name == arguments.format);
    if let Some(format) = format {
        let Outcome {
            report, sources, ..
        } = &outcome;
        terminal::write(|out| (format.render)(report, &outcome, sources, &view, out))?;
    }
    if arguments.format == "text" {
        let seconds = clock::elapsed().saturating_sub(start).as_secs_f64();
        terminal::print(&match language {
            Language::Chinese => format!("用时 {seconds:.2} 秒\n"),
            Language::English => format!("took {seconds:.2} s\n"),
        })?;
    }
    if arguments.statistics {
        watch.lap(Said::new("写出", "output"), outcome.report.findings.len());
        outcome.statistics.phases = watch.phases();
        let counts = &outcome.report.rules;
        let text = render::statistics(&outcome.statistics, counts, language);
        terminal::aside(&text);
    }
    let mut code = code(&outcome, &arguments.fail_on, language);
    for path in rest.changed() {
        terminal::error(&match language {
            Language::Chinese => format!("检查不完整：{path} 在核对时被改动，请再核对一次"),
            Language::English => {
                format!("the check was incomplete: {path} was changed meanwhile; check again")
            }
        });
        code = 2;
    }
    rest.write(&outcome);
    // The process ends here: taking millions of figures apart one by one would only keep the user waiting.
    std::mem::forget(outcome);
    Ok(code)
}

/// A check that neither reads nor writes a cache.
fn plain(found: &Located, options: &Options, watch: &mut Stopwatch) -> Outcome {
    let repository = found.listed.load();
    let read = repository.plans.len() + repository.bulk.len() + repository.rules.len();
    watch.lap(Said::new("读入文件", "files"), read);
    check(repository, options)
}

/// 0: nothing at or above the threshold. 1: something is. 2: the check was incomplete, whatever else was found.
fn code(outcome: &Outcome, fail_on: &str, language: Language) -> u8 {
    let report = &outcome.report;
    let incomplete = incomplete(outcome, language);
    for line in &incomplete {
        terminal::error(line);
    }
    for place in &report.context_errors {
        terminal::error(&match language {
            Language::Chinese => format!("检查不完整：{place} 有输入错误"),
            Language::English => format!("the check was incomplete: input error at {place}"),
        });
    }
    if !incomplete.is_empty() || report.summary.input_errors > 0 {
        return 2;
    }
    let threshold = match fail_on {
        "note" => Severity::Note,
        "warning" => Severity::Warning,
        _ => Severity::Error,
    };
    let fails = |brief: &Brief| brief.counts() && brief.severity >= threshold;
    u8::from(report.findings.iter().any(fails))
}

fn incomplete(outcome: &Outcome, language: Language) -> Vec<String> {
    let report = &outcome.report;
    let mut lines = Vec::new();
    if report.inputs.plans == 0 {
        let line = language.pick(
            "没有可以检查的规划（plans/ 下的 *.plan.toml）",
            "no plan to check (*.plan.toml below plans/)",
        );
        lines.push(line.to_owned());
    }
    if report.inputs.rules == 0 {
        let line = if outcome.rule_files == 0 {
            language.pick(
                "没有规则（rules/ 下的 *.rule）",
                "no rule to check by (*.rule below rules/)",
            )
        } else {
            language.pick(
                "规则都有错，没有一条可用",
                "every rule is broken: none to check by",
            )
        };
        lines.push(line.to_owned());
    }
    lines
}
