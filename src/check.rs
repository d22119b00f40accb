//! The corridor, from files to a report, read top to bottom.

mod about;
mod answers;
mod cache;
mod fingerprint;
mod fix;
mod found;
mod hit;
mod input;
mod judge;
mod problems;
mod related;
mod repository;
mod rules;
mod run;
mod subject;
mod tally;
mod tell;

pub use answers::{Answers, question};
pub use cache::{Cache, Input, Kept, Stamp, digest};
pub use input::take;
pub use repository::{File, Repository};
pub use rules::RuleSet;

use crate::facts::Facts;
use crate::finding::{Finding, Inputs, Report};
use crate::language::{Language, Said};
use crate::model::Date;
use crate::problem::{Problem, Severity};
use crate::resolve::TypedRule;
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
    /// How many rule files there were, broken ones too.
    pub rule_files: usize,
    /// The report.
    pub report: Report,
    /// What is wrong with the files; of these so many before the rules were read, when there were so many files.
    problems: Vec<Problem>,
    read_problems: usize,
    read_sources: usize,
    /// What the findings of the report are made of.
    found: found::Found,
    /// The rules that found nothing to check.
    idle: Vec<usize>,
    /// Whether the rules' answers were known from an earlier run.
    known: bool,
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

/// All that is read but the rules.
#[derive(Debug)]
struct Read {
    sources: Sources,
    problems: Vec<Problem>,
    facts: Facts,
}

/// Checks a repository: reads its files, runs its rules, reports what it found.
#[must_use]
pub fn check(mut repository: Repository, options: &Options) -> Outcome {
    let mut watch = Stopwatch::new(options.clock);
    let rules = std::mem::take(&mut repository.rules);
    let read = input::read(repository, &mut watch);
    run(read, rules, None, options, watch)
}

/// Checks a repository of which all but the rules was read in an earlier run, with the same outcome. Rules whose answers
/// are known are not asked again.
#[must_use]
pub fn check_kept(
    kept: Kept,
    rules: Vec<File>,
    answers: Option<Answers>,
    options: &Options,
) -> Outcome {
    run(
        kept.0,
        rules,
        answers,
        options,
        Stopwatch::new(options.clock),
    )
}

fn run(
    read: Read,
    rules: Vec<File>,
    answers: Option<Answers>,
    options: &Options,
    mut watch: Stopwatch,
) -> Outcome {
    let Read {
        mut sources,
        mut problems,
        facts,
    } = read;
    let (read_problems, read_sources) = (problems.len(), sources.len());
    let rule_files = rules.into_iter();
    let rule_files: Vec<SourceId> = rule_files
        .filter_map(|file| take(file, &mut sources, &mut problems))
        .collect();
    let rules = rules::read(&rule_files, &sources, &facts.catalogue, &mut problems);
    watch.lap(Said::new("规则", "rules"), rules.rules.len());

    // Where input is missing, a rule that found nothing to check says nothing.
    let whole = !problems
        .iter()
        .any(|problem| problem.kind.severity() == Severity::Error);

    let shown = Shown::new(options, &sources);
    let mut tally = tally::Tally::new(&shown);
    let asked: &[TypedRule] = if options.read_only { &[] } else { &rules.rules };
    let known = answers.is_some();
    let run::Ran { idle, costs } = match answers.as_ref().map(Answers::ran) {
        Some(ran) => ran,
        None => run::run(asked, &facts, options, &shown, &mut tally),
    };
    if whole {
        let idle = idle.iter().filter_map(|rule| asked.get(*rule));
        problems.extend(idle.map(problems::idle));
    }
    let rows = costs.iter().map(|cost: &Phase| cost.rows).sum();
    watch.lap(Said::new("核对", "checks"), rows);
    for problem in &problems {
        let finding = problems::finding(problem, Some(&facts), &sources, options.language);
        tally.problem(finding, &sources);
    }
    let (report, found) = if let Some(answers) = answers {
        answers.told(options.language, tally.problems())
    } else {
        let inputs = inputs(&facts, rules.rules.len());
        tally.report(options.language, inputs, &sources)
    };
    watch.lap(Said::new("报告", "report"), report.findings.len());
    Outcome {
        sources,
        facts,
        rules,
        rule_files: rule_files.len(),
        report,
        problems,
        read_problems,
        read_sources,
        found,
        idle,
        known,
        statistics: Statistics {
            phases: watch.phases(),
            rules: costs,
        },
    }
}

fn inputs(facts: &Facts, rules: usize) -> Inputs {
    Inputs {
        plans: facts.plans().count(),
        regions: facts.regions.len(),
        indicators: facts.catalogue.len(),
        rules,
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
