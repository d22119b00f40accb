//! The corridor, from files to a report, read top to bottom.

mod about;
mod allow;
mod allowance;
mod answers;
mod baseline;
mod cache;
mod cells;
mod fingerprint;
mod fix;
mod found;
mod hit;
mod info;
mod input;
mod issued;
mod items;
mod judge;
mod memory;
mod placing;
mod problems;
mod related;
mod repository;
mod rules;
mod rulings;
mod run;
mod session;
mod subject;
mod tally;
mod tell;

pub use answers::{Answers, question};
pub use baseline::Baseline;
pub use cache::{Cache, Input, Kept, Stamp};
pub use cells::{Cells, Counts};
pub use input::take;
pub use issued::Issued;
pub use repository::{File, Repository, Unread};
pub use rules::RuleSet;
pub use session::{Change, Reload, Session};

pub use crate::source::digest;

use std::num::NonZeroUsize;
use std::sync::Arc;

use allow::{Allowances, Uses};
use judge::Grounds;
use rulings::Rulings;

use crate::facts::Facts;
use crate::finding::{Finding, Inputs, Report};
use crate::import::{read_settings, unknown_names};
use crate::language::{Language, Said};
use crate::model::Date;
use crate::problem::Problem;
use crate::settings::Settings;
use crate::source::{SourceId, Sources};
use crate::timing::{Clock, Phase, Statistics, Stopwatch};

/// What a run is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of messages.
    pub language: Language,
    /// Only findings whose primary place is in one of these paths; all where it is empty.
    pub only: Vec<String>,
    /// Nothing is asked: rules and plans are read, that is all.
    pub read_only: bool,
    /// The day of the run: accepted deviations end on their day.
    pub today: Option<Date>,
    /// What the run is timed by.
    pub clock: Option<Clock>,
    /// Who is told how far the run is.
    pub progress: Option<Progress>,
    /// What issued plans promised before.
    pub issued: Option<Arc<Issued>>,
    /// Whether it is counted how the checks of each plan came out.
    pub cells: bool,
    /// Bytes of bulk tables that a thread reads at once, where they are to be others than usual.
    pub part: Option<NonZeroUsize>,
}

/// Is told how much of how much of a stage is done, by any thread.
pub type Progress = fn(Stage, usize, usize);

/// What a long check is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Plan files are read.
    Reading,
    /// Rules are asked.
    Checking,
}

/// What a run gives.
#[derive(Debug)]
pub struct Outcome {
    /// The files.
    pub sources: Sources,
    /// The facts.
    pub facts: Facts,
    /// The rules.
    pub rules: RuleSet,
    /// The settings.
    pub settings: Settings,
    /// How many rule files there were, broken ones too.
    pub rule_files: usize,
    /// The report.
    pub report: Report,
    /// How the checks of each plan came out, where that was asked for.
    pub cells: Option<Cells>,
    /// What the findings of the report are made of.
    found: found::Found,
    /// Of each part of the rules, in their order.
    memories: Vec<memory::Memory>,
    /// The accepted deviations.
    allowances: Allowances,
    /// What a cache needs beside these; nothing where facts were replaced.
    basis: Option<Basis>,
    /// What the run cost.
    pub statistics: Statistics,
}

impl Outcome {
    /// A further problem of this run's files as a finding.
    #[must_use]
    pub fn finding(&self, problem: &Problem, language: Language) -> Finding {
        problems::finding(problem, Some(&self.facts), &self.sources, language)
    }
}

/// What a run knows of itself that the next one is spared by.
#[derive(Debug)]
struct Basis {
    /// What is wrong with the files but the rules.
    problems: Vec<Problem>,
    /// How many files these are.
    sources: usize,
    /// How many checks each rule made.
    taken: Vec<usize>,
    /// What was made of accepted deviations.
    uses: Uses,
    /// Whether the rules' answers were known from an earlier run.
    known: bool,
}

/// All that is read but the rules.
#[derive(Debug)]
struct Read {
    sources: Sources,
    problems: Vec<Problem>,
    facts: Facts,
}

/// Checks a repository: reads its files, runs its rules, reports what it found.
#[must_use]
pub fn check(repository: Repository, options: &Options) -> Outcome {
    let mut watch = Stopwatch::new(options.clock);
    let loaded = Loaded::new(repository, options, &mut watch);
    run(loaded, None, options, watch)
}

/// Checks a repository of which all but the rules was read in an earlier run, with the same outcome. Rules whose answers
/// are known are not asked again.
#[must_use]
pub fn check_kept(
    kept: Kept,
    (rules, settings): (Vec<File>, Option<File>),
    answers: Option<Answers>,
    options: &Options,
) -> Outcome {
    let mut watch = Stopwatch::new(options.clock);
    let loaded = Loaded::with(kept.0, rules, settings, options, &mut watch);
    run(loaded, answers, options, watch)
}

fn run(
    mut loaded: Loaded,
    answers: Option<Answers>,
    options: &Options,
    mut watch: Stopwatch,
) -> Outcome {
    let shown = Shown::new(options, &loaded.sources);
    let mut tally = tally::Tally::new(&shown);
    let known = answers.is_some();
    let allowances = Allowances::new(&loaded.settings, &loaded.facts, options.today);
    let ran = if let Some(answers) = &answers {
        answers.ran()
    } else {
        run::prepare(&loaded.rules, &loaded.facts, options, &mut watch);
        let grounds = Grounds::new(&loaded.facts, &allowances, options);
        run::all(&loaded.rules, &grounds, options, &shown, &mut tally)
    };
    let mut problems = std::mem::take(&mut loaded.problems);
    problems.extend(loaded.said_by(&ran, &allowances, options, &shown, &problems));
    let rows = ran.costs.iter().map(|cost: &Phase| cost.rows).sum();
    watch.lap(Said::new("核对", "checks"), rows);
    let cells = tally.cells.take();
    let (facts, sources) = (loaded.facts, loaded.sources);
    for problem in &problems {
        let finding = problems::finding(problem, Some(&facts), &sources, options.language);
        tally.problem(finding, &sources);
    }
    let (report, found, memories) = if let Some(answers) = answers {
        answers.told(options.language, tally.problems())
    } else {
        let inputs = inputs(&facts, &loaded.rules);
        let deviations = allowances.used(&ran.uses, &sources);
        let memories = std::mem::take(&mut tally.memories);
        let made = found::Made {
            facts: &facts,
            rules: &loaded.rules,
            memories: &memories,
        };
        let (report, found) = tally.report(options.language, inputs, deviations, (&sources, &made));
        (report, found, memories)
    };
    watch.lap(Said::new("报告", "report"), report.findings.len());
    problems.truncate(loaded.read_problems);
    Outcome {
        sources,
        facts,
        rules: loaded.rules,
        settings: loaded.settings,
        rule_files: loaded.rule_files,
        report,
        cells,
        found,
        memories,
        allowances,
        basis: Some(Basis {
            problems,
            sources: loaded.read_sources,
            taken: ran.taken,
            uses: ran.uses,
            known,
        }),
        statistics: Statistics {
            phases: watch.phases(),
            rules: ran.costs,
        },
    }
}

/// A repository as it was read.
struct Loaded {
    sources: Sources,
    facts: Facts,
    rules: RuleSet,
    settings: Settings,
    rule_files: usize,
    problems: Vec<Problem>,
    read_problems: usize,
    read_sources: usize,
}

impl Loaded {
    fn new(mut repository: Repository, options: &Options, watch: &mut Stopwatch) -> Self {
        let rules = std::mem::take(&mut repository.rules);
        let settings = repository.settings.take();
        let read = input::read(repository, options, watch);
        Self::with(read, rules, settings, options, watch)
    }

    /// With rules, after all else is read.
    fn with(
        read: Read,
        rules: Vec<File>,
        settings: Option<File>,
        options: &Options,
        watch: &mut Stopwatch,
    ) -> Self {
        let Read {
            mut sources,
            mut problems,
            facts,
        } = read;
        let (read_problems, read_sources) = (problems.len(), sources.len());
        let files = rules.into_iter();
        let files: Vec<SourceId> = files
            .filter_map(|file| take(file, &mut sources, &mut problems))
            .collect();
        let settings = settings.and_then(|file| take(file, &mut sources, &mut problems));
        let settings = settings.map_or_else(Settings::default, |source| {
            let (settings, more) = read_settings(sources.file(source).text(), source);
            problems.extend(more);
            problems.extend(unknown_names(&settings, &facts.regions, &facts.catalogue));
            settings
        });
        // Where nothing is asked, rules are read as they stand.
        let plain = Settings::default();
        let rulings = Rulings {
            settings: if options.read_only { &plain } else { &settings },
            facts: &facts,
            sources: &sources,
        };
        let rules = rules::read(&files, &rulings, &mut problems);
        watch.lap(Said::new("规则", "rules"), rules.rules.len());
        Self {
            sources,
            facts,
            rules,
            settings,
            rule_files: files.len(),
            problems,
            read_problems,
            read_sources,
        }
    }
}

impl Loaded {
    /// The problems that a run brings to light: of accepted deviations, of rules that applied to nothing, of promises
    /// that were changed.
    fn said_by(
        &mut self,
        ran: &run::Ran,
        allowances: &Allowances,
        options: &Options,
        shown: &Shown,
        known: &[Problem],
    ) -> Vec<Problem> {
        let whole = allow::is_whole(known);
        let mut problems = Vec::new();
        if !options.read_only {
            problems = allowances.problems(&ran.uses, (&self.rules, &self.facts), shown, whole);
        }
        problems.extend(problems::idle(&self.rules, &ran.taken, whole));
        if let Some(issued) = &options.issued {
            problems.extend(issued.changed(&self.facts, &mut self.sources));
        }
        problems
    }
}

fn inputs(facts: &Facts, rules: &RuleSet) -> Inputs {
    Inputs {
        plans: facts.plans().len(),
        regions: facts.regions.len(),
        indicators: facts.catalogue.len(),
        rules: rules.ids().count(),
        targets: facts.target_count(),
    }
}

/// A problem of a file as a finding, where no plan has been read.
#[must_use]
pub fn finding(problem: &Problem, sources: &Sources, language: Language) -> Finding {
    problems::finding(problem, None, sources, language)
}

/// Which files' findings are shown.
struct Shown {
    only: Option<Vec<SourceId>>,
}

impl Shown {
    fn new(options: &Options, sources: &Sources) -> Self {
        let only = (!options.only.is_empty()).then(|| {
            let wanted = options.only.iter();
            wanted.filter_map(|path| sources.find(path)).collect()
        });
        Self { only }
    }

    fn holds(&self, source: Option<SourceId>) -> bool {
        match (&self.only, source) {
            (None, _) => true,
            (Some(only), Some(source)) => only.contains(&source),
            (Some(_), None) => false,
        }
    }

    const fn is_all(&self) -> bool {
        self.only.is_none()
    }
}
