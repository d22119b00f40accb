//! `planlint check`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgMatches, Args};
use planlint::check::{Baseline, Issued, Options, Outcome, check};
use planlint::language::{Language, Said};
use planlint::render;
use planlint::settings::Settings;
use planlint::timing::Stopwatch;

use crate::cache::{Cache, Rest};
use crate::files::Located;
use crate::gate::{self, Gate};
use crate::output::{self, Outputs};
use crate::shown::{Page, Text};
use crate::{Failure, baseline, clock, config, files, layout, progress, revision, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint check\n  planlint check plans/tibet/changdu-health-14fyp.plan.toml\n  planlint check --format json --fail-on warning\n  planlint check --format sarif --output planlint.sarif --format text\n  planlint check --write-baseline\n  planlint check --since origin/main"
)]
pub(crate) struct Arguments {
    /// 规划库、规划文件夹或规划文件 a repository, a folder of plans or plan files
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    output: output::Arguments,
    #[command(flatten)]
    gate: gate::Arguments,
    /// 基线文件里已有的问题不计 findings in this baseline do not count
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    baseline: Option<PathBuf>,
    /// 把现有问题写成基线 [默认 planlint.baseline] write the findings there are into a baseline [default: planlint.baseline]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["baseline", "since"])]
    write_baseline: Option<Vec<PathBuf>>,
    /// 只计 git 的这个版本以来新增的问题 only findings that are new since this revision of git count
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// 另报各阶段、各规则的用时和数量 also tell the time and the number of rows of each phase and rule
    #[arg(long)]
    statistics: bool,
    /// 既不用也不写 .planlint/cache neither use nor write .planlint/cache
    #[arg(long)]
    no_cache: bool,
}

/// What findings are held against.
pub(crate) struct Before {
    pub baseline: Baseline,
    pub issued: Option<Arc<Issued>>,
    name: String,
}

pub(crate) fn run(
    arguments: &Arguments,
    matches: &ArgMatches,
    language: Language,
) -> Result<u8, Failure> {
    let mut watch = Stopwatch::new(Some(clock::elapsed));
    let outputs = Outputs::new(&arguments.output, matches, language)?;
    let mut found = files::find(&arguments.paths, language)?;
    let (settings, _) = layout::settings(&found.root);
    let gate = Gate::new(&arguments.gate, &settings, language)?;
    let (before, whole) = before(arguments, &found.root, &settings, language)?;
    let only = std::mem::take(&mut found.only);
    let new_baseline = new_baseline(arguments, &found.root, &settings, &only, language)?;
    let options = Options {
        only: only.clone(),
        issued: before.as_ref().and_then(|before| before.issued.clone()),
        ..options(language)
    };
    let cache = (!arguments.no_cache && options.issued.is_none())
        .then(|| Cache::of(&found, !arguments.statistics))
        .flatten();
    let prefix = output::prefix(&found.root);
    let is_alone = before.is_none() && new_baseline.is_none() && !arguments.statistics;
    let way = (is_alone && outputs.is_plain()).then(|| way(&found.root, &prefix, language));
    let page = cache.as_ref().zip(way.as_deref());
    if let Some(page) = page.and_then(|(cache, way)| cache.page(&found, &options, way)) {
        progress::end();
        terminal::write(|out| page.write(out))?;
        took(&outputs, language)?;
        return Ok(page.verdict().tell());
    }
    let root = found.root.clone();
    let (mut outcome, mut rest) = match cache {
        Some(cache) => cache.check(found, &options, &mut watch),
        None => (plain(found, &options, &mut watch), Rest::default()),
    };
    progress::end();
    if before.is_some() || new_baseline.is_some() {
        // What a run found is kept as it found it: what it is compared with is another matter.
        rest.prepare(&outcome);
    }
    if let Some(before) = &before {
        outcome.compare(&before.baseline, before.name.clone(), &only);
    } else if let Some(path) = &new_baseline {
        let baseline = baseline::write(path, &outcome, language)?;
        outcome.compare(&baseline, files::shown(path), &only);
    }
    watch.take(std::mem::take(&mut outcome.statistics.phases));
    if arguments.output.verbose {
        terminal::aside(&config::in_force(&root, &settings, language));
    }
    let mut text = (rest.keeps() && way.is_some()).then(Text::default);
    outputs.write(&outcome, gate.threshold, &prefix, text.as_mut())?;
    told(arguments, &outputs, &mut outcome, watch, language)?;
    let verdict = gate.verdict(&outcome, language);
    let mut code = verdict.tell();
    if !whole || !is_unchanged(&outcome, language) {
        code = 2;
    } else if let (Some(text), Some(way)) = (text.and_then(Text::finish), way) {
        rest.keep(way, Page::new(text, verdict));
    }
    rest.write(&outcome);
    // The process ends here: taking millions of figures apart one by one would only keep the user waiting.
    std::mem::forget(outcome);
    Ok(code)
}

/// In which way a check is called: all that decides what it writes beside the repository's files.
fn way(root: &Path, prefix: &str, language: Language) -> String {
    let call: Vec<_> = std::env::args_os().skip(1).collect();
    let style = terminal::style();
    let root = root.display();
    format!("{call:?}\n{root}\n{prefix}\n{language:?}\n{style:?}")
}

/// Whether the files stayed as they were between their reading and the showing of what they say; those that did not are
/// told.
pub(crate) fn is_unchanged(outcome: &Outcome, language: Language) -> bool {
    let mut changed: Vec<&str> = outcome.sources.changed().collect();
    changed.sort_unstable();
    for path in &changed {
        terminal::error(&match language {
            Language::Chinese => format!("检查不完整：{path} 在核对时被改动，请再核对一次"),
            Language::English => {
                format!("the check was incomplete: {path} was changed meanwhile; check again")
            }
        });
    }
    changed.is_empty()
}

/// What is told behind the report.
fn told(
    arguments: &Arguments,
    outputs: &Outputs<'_>,
    outcome: &mut Outcome,
    mut watch: Stopwatch,
    language: Language,
) -> Result<(), Failure> {
    took(outputs, language)?;
    if arguments.statistics {
        watch.lap(Said::new("写出", "output"), outcome.report.findings.len());
        outcome.statistics.phases = watch.phases();
        let counts = &outcome.report.rules;
        let text = render::statistics(&outcome.statistics, counts, language);
        terminal::aside(&text);
    }
    Ok(())
}

/// How long it took, where a person reads it.
fn took(outputs: &Outputs<'_>, language: Language) -> Result<(), Failure> {
    if !outputs.is_read() {
        return Ok(());
    }
    let seconds = clock::elapsed().as_secs_f64();
    terminal::print(&match language {
        Language::Chinese => format!("用时 {seconds:.2} 秒\n"),
        Language::English => format!("took {seconds:.2} s\n"),
    })
}

/// What every check is asked for.
pub(crate) fn options(language: Language) -> Options {
    Options {
        language,
        today: clock::today(),
        clock: Some(clock::elapsed),
        progress: progress::watch(language),
        ..Options::default()
    }
}

/// Where a new baseline goes, where one is asked for.
fn new_baseline(
    arguments: &Arguments,
    root: &Path,
    settings: &Settings,
    only: &[String],
    language: Language,
) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = arguments.write_baseline.as_deref().map(<[_]>::first) else {
        return Ok(None);
    };
    if !only.is_empty() {
        return Err(language
            .pick(
                "--write-baseline 要对整个规划库：只记其中一部分会丢掉其余的",
                "--write-baseline is for the whole repository: a part of it would drop the rest",
            )
            .to_owned());
    }
    let said = settings.baseline.as_ref().map(|said| said.value.as_str());
    let default = || root.join(said.unwrap_or(baseline::DEFAULT));
    Ok(Some(path.cloned().unwrap_or_else(default)))
}

/// What findings are held against, and whether all of it could be read.
fn before(
    arguments: &Arguments,
    root: &Path,
    settings: &Settings,
    language: Language,
) -> Result<(Option<Before>, bool), Failure> {
    if let Some(name) = &arguments.since {
        let revision = revision::check_out(root, name, language)?;
        if !revision.root.is_dir() {
            terminal::error(&match language {
                Language::Chinese => format!("{name} 中没有这个规划库：全部问题都是新的"),
                Language::English => format!("there was no such repository at {name}: all is new"),
            });
            let before = Before {
                baseline: Baseline::default(),
                issued: None,
                name: name.clone(),
            };
            return Ok((Some(before), true));
        }
        let outcome = earlier(&revision.root, name, language)?;
        return Ok((Some(held(&outcome, name)), true));
    }
    if arguments.write_baseline.is_some() {
        return Ok((None, true));
    }
    let said = settings
        .baseline
        .as_ref()
        .map(|path| root.join(&path.value));
    let Some(path) = arguments.baseline.clone().or(said) else {
        return Ok((None, true));
    };
    let (baseline, whole) = baseline::read(&path, language)?;
    let before = Before {
        baseline,
        issued: None,
        name: files::shown(&path),
    };
    Ok((Some(before), whole))
}

/// What an earlier state is held against.
pub(crate) fn held(outcome: &Outcome, name: &str) -> Before {
    Before {
        baseline: Baseline::of(outcome),
        issued: Some(Arc::new(Issued::of(outcome, name))),
        name: name.to_owned(),
    }
}

/// The check of an earlier state. Its own input errors are told, for what they hid may look new.
pub(crate) fn earlier(root: &Path, name: &str, language: Language) -> Result<Outcome, Failure> {
    let found = files::at(root, language).map_err(|error| format!("{name}: {error}"))?;
    let outcome = check(found.listed.load(), &options(language));
    let errors = outcome.report.summary.input_errors;
    if errors > 0 {
        terminal::error(&match language {
            Language::Chinese => {
                format!("{name} 本身有 {errors} 个输入错误：它们当时挡住的检查，现在会显得是新问题")
            }
            Language::English => format!(
                "{name} itself has {errors} input errors: what they kept from being checked then may look new now"
            ),
        });
    }
    Ok(outcome)
}

/// A check that neither reads nor writes a cache.
pub(crate) fn plain(found: Located, options: &Options, watch: &mut Stopwatch) -> Outcome {
    let Located { root, listed, .. } = found;
    let measures = listed.measures();
    let read = listed.plans.len() + listed.bulk.len() + measures.0.len();
    let repository = listed.unread(&root, measures);
    watch.lap(Said::new("读入文件", "files"), read);
    check(repository, options)
}
