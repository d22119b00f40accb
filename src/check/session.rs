//! A repository kept at hand: when a plan changes, only what depends on it is checked again.

mod made;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::allow::{Allowances, Uses, is_whole};
use super::found::{Found, Item, Told};
use super::hit::Memory;
use super::tally::Tally;
use super::{File, Loaded, Options, Outcome, Repository, RuleSet, Shown, inputs, problems};
use crate::facts::{Facts, PlanId};
use crate::finding::{Finding, Inputs, Report, RuleCount};
use crate::import::PlanReader;
use crate::language::Said;
use crate::model::Plan;
use crate::problem::{Kind, Problem};
use crate::query::reach;
use crate::region::RegionId;
use crate::relation::Reach;
use crate::settings::Settings;
use crate::source::{SourceId, Sources, Span};
use crate::timing::{Statistics, Stopwatch};

/// A repository that was checked, and stays ready to be checked again after a change.
///
/// The numbers of what a changed plan said are not used again: a session that has seen ten thousand changes is best
/// opened anew.
#[derive(Debug)]
pub struct Session {
    options: Options,
    sources: Sources,
    facts: Facts,
    rules: RuleSet,
    rule_files: usize,
    /// The plan of each plan file.
    files: FxHashMap<SourceId, PlanId>,
    /// How far each rule reaches.
    reaches: Vec<Reach>,
    /// The problems of the input, those of rules that applied to nothing apart.
    problems: Vec<Problem>,
    /// What was found, by the plan of the outermost variable; that of rules that read any plan is of none.
    items: FxHashMap<Option<PlanId>, Vec<Item>>,
    memories: Vec<Memory>,
    /// The counts of each rule, in the order of their ids.
    counts: Vec<RuleCount>,
    /// How many checks each made, by its place in the rule set.
    taken: Vec<usize>,
    settings: Settings,
    allowances: Allowances,
    uses: Uses,
    allowed: usize,
}

/// What a change of a plan changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// The files whose findings may be others now.
    pub paths: Vec<String>,
    /// All findings of the plans of these files, and of rules that compare plans across the whole repository.
    pub findings: Vec<Finding>,
    /// How many checks were made again.
    pub checks: usize,
}

/// Why a change cannot be taken in: the repository has to be opened anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reload(pub Said);

/// The plans whose checks a rule makes; `None` for all.
type Readers = Option<Vec<PlanId>>;

impl Session {
    /// Reads and checks a repository. All of it is held, whatever the options say of paths.
    #[must_use]
    pub fn open(repository: Repository, options: Options) -> Self {
        let loaded = Loaded::new(repository, &options, &mut Stopwatch::new(options.clock));
        let rules = &loaded.rules.rules;
        let count = |id: &str| RuleCount {
            rule: id.to_owned(),
            ..RuleCount::default()
        };
        let facts = &loaded.facts;
        let of_file = |plan: PlanId| (facts.plan(plan).id.span.source, plan);
        let is_file = |(source, _): &(SourceId, PlanId)| {
            loaded.sources.file(*source).path.ends_with(".plan.toml")
        };
        let mut session = Self {
            allowances: Allowances::new(&loaded.settings, facts, options.today),
            settings: loaded.settings,
            uses: Uses::default(),
            options,
            files: facts.plans().map(of_file).filter(is_file).collect(),
            reaches: rules.iter().map(reach).collect(),
            counts: loaded.rules.ids().map(count).collect(),
            taken: vec![0; rules.len()],
            sources: loaded.sources,
            facts: loaded.facts,
            rules: loaded.rules,
            rule_files: loaded.rule_files,
            problems: loaded.problems,
            items: FxHashMap::default(),
            memories: Vec::new(),
            allowed: 0,
        };
        let all = vec![None; session.reaches.len()];
        let made = session.make(&all);
        session.add(made);
        session
    }

    /// The whole report, as [`check`](super::check) gives it of the same files.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        let all: BTreeSet<Option<PlanId>> = self.items.keys().copied().collect();
        let inputs = inputs(&self.facts, &self.rules);
        let (report, found) = self.report(&all, inputs, &|_| true);
        Outcome {
            sources: self.sources,
            facts: self.facts,
            rules: self.rules,
            settings: self.settings,
            rule_files: self.rule_files,
            report,
            cells: None,
            found,
            memories: self.memories,
            allowances: self.allowances,
            basis: None,
            statistics: Statistics::default(),
        }
    }

    /// Takes a plan file's new text in and checks again what depends on it.
    ///
    /// # Errors
    /// Where the repository has to be opened anew: the file is no plan file of the session; or what stands in it now
    /// is no plan, one of another id, or one that names other plans as its basis.
    pub fn change(&mut self, file: File) -> Result<Change, Reload> {
        let (source, plan) = self.plan_of(&file.path)?;
        let text = file
            .bytes
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| reload("读不了文件", "the file cannot be read"))?;
        let mut reader = PlanReader::new(&self.facts.regions, &self.facts.catalogue);
        reader.read(&text, source);
        let (batch, problems) = reader.finish();
        let old = self.facts.plan(plan);
        let ids = |plan: &Plan| {
            plan.follows
                .iter()
                .map(|id| id.value.clone())
                .collect::<Vec<_>>()
        };
        let (new, table) = match <[_; 1]>::try_from(batch.plans) {
            Ok([(new, _)]) if new.id.value != old.id.value => {
                return Err(reload("规划的 id 变了", "the plan has another id"));
            }
            Ok([(new, _)]) if ids(&new) != ids(old) => {
                return Err(reload("作为依据的规划变了", "the plan follows other plans"));
            }
            Ok([(new, _)]) if self.is_ruled_otherwise(&new, old) => {
                return Err(reload(
                    "设置对它另有规定",
                    "the settings are others for the plan as it is now",
                ));
            }
            Ok([whole]) => whole,
            Err(_) => return Err(reload("文件里没有完整的规划", "the file holds no plan")),
        };
        let readers = self.readers(plan, new.region.value);
        let before = self.make(&readers);
        self.subtract(&before, &readers);
        self.take_problems(source, plan, &new, problems);
        self.facts.replace(plan, new, &table, batch.pool);
        self.allowances.replace(plan, source, &self.facts);
        self.sources.replace(source, text);
        let after = self.make(&readers);
        let checks = after.done.summary.checks;
        self.add(after);
        Ok(self.told(source, plan, &readers, checks))
    }

    /// Whether settings for some plans may be others for a plan as it was and as it is.
    fn is_ruled_otherwise(&self, new: &Plan, old: &Plan) -> bool {
        let what = |plan: &Plan| {
            let (region, status) = (plan.region.value, plan.status.value);
            (region, status, plan.field.value.clone())
        };
        let some = self.rules.plans.iter().any(Option::is_some);
        some && what(new) != what(old)
    }

    /// The plan of a plan file.
    fn plan_of(&self, path: &str) -> Result<(SourceId, PlanId), Reload> {
        let unknown = || reload("不是库里的规划文件", "it is no plan file of the repository");
        let source = self.sources.find(path).ok_or_else(unknown)?;
        let plan = self.files.get(&source).ok_or_else(unknown)?;
        Ok((source, *plan))
    }

    /// By rule, the plans whose checks may read a plan, where it is and where it will be.
    fn readers(&self, plan: PlanId, region: RegionId) -> Vec<Readers> {
        let of = |reach: &Reach| {
            let mut readers = vec![plan];
            if *reach != Reach::Own {
                readers.extend(reach.readers(&self.facts, self.facts.region_of(plan))?);
                readers.extend(reach.readers(&self.facts, region)?);
                readers.sort_unstable();
                readers.dedup();
            }
            Some(readers)
        };
        self.reaches.iter().map(of).collect()
    }

    /// Puts a file's new problems in the place of its old ones. What was said of its plan among others stays, where
    /// the plan says it now.
    fn take_problems(&mut self, source: SourceId, plan: PlanId, new: &Plan, more: Vec<Problem>) {
        let old = self.facts.plan(plan);
        let places = old.follows.iter().zip(&new.follows);
        let mut places: FxHashMap<Span, Span> = places.map(|(a, b)| (a.span, b.span)).collect();
        places.insert(old.id.span, new.id.span);
        let among = |problem: &Problem| {
            matches!(problem.kind, Kind::UnknownBasisPlan | Kind::DuplicatePlan)
        };
        self.problems
            .retain(|problem| problem.span.source != source || among(problem));
        for problem in self.problems.iter_mut().filter(|problem| among(problem)) {
            let spans = problem.also.iter_mut().map(|also| &mut also.span);
            for span in spans.chain([&mut problem.span]) {
                *span = places.get(span).copied().unwrap_or(*span);
            }
        }
        self.problems.extend(more);
    }

    fn told(&self, source: SourceId, plan: PlanId, readers: &[Readers], checks: usize) -> Change {
        let keys = keys(readers);
        let here = |problem: &Problem| problem.span.source == source;
        let (report, found) = self.report(&keys, Inputs::default(), &here);
        let told = Told {
            facts: &self.facts,
            sources: &self.sources,
            rules: &self.rules,
            report: &report,
            found: &found,
            memories: &self.memories,
            allowances: &self.allowances,
        };
        let plans = keys.iter().flatten().chain([&plan]);
        let source_of = |plan: &PlanId| self.facts.plan(*plan).id.span.source;
        let sources: BTreeSet<SourceId> = plans.map(source_of).collect();
        Change {
            paths: sources
                .iter()
                .map(|source| self.sources.file(*source).path.clone())
                .collect(),
            findings: (0..report.findings.len())
                .filter_map(|at| told.get(at))
                .collect(),
            checks,
        }
    }

    /// The report of what some plans' checks found, and of some problems.
    fn report(
        &self,
        plans: &BTreeSet<Option<PlanId>>,
        inputs: Inputs,
        of_problem: &dyn Fn(&Problem) -> bool,
    ) -> (Report, Found) {
        let shown = Shown { only: None };
        let mut tally = Tally::new(&shown);
        let mut items: Vec<(Option<PlanId>, Item)> = Vec::new();
        for plan in plans {
            let found = self.items.get(plan).into_iter().flatten();
            items.extend(found.map(|item| (*plan, *item)));
        }
        // As they are found when all is checked at once: rule by rule, plan by plan.
        items.sort_by_key(|(plan, item)| (item.origin.rule(), *plan));
        tally.items.extend(items.into_iter().map(|(_, item)| item));
        for count in self.counts.iter().filter(|_| !self.options.read_only) {
            tally.add_rule(count);
        }
        tally.summary.allowed = self.allowed;
        let mut more = Vec::new();
        if !self.options.read_only {
            let whole = is_whole(&self.problems);
            more = self
                .allowances
                .problems(&self.uses, (&self.rules, &self.facts), &shown, whole);
            more.extend(problems::idle(&self.rules, &self.taken, whole));
        }
        let language = self.options.language;
        for problem in self
            .problems
            .iter()
            .chain(&more)
            .filter(|problem| of_problem(problem))
        {
            let finding = problems::finding(problem, Some(&self.facts), &self.sources, language);
            tally.problem(finding, &self.sources);
        }
        let deviations = self.allowances.used(&self.uses, &self.sources);
        let (report, found, _) = tally.report(language, inputs, deviations, &self.sources);
        (report, found)
    }
}

/// The plans whose findings are to be told again, and what is of none.
fn keys(readers: &[Readers]) -> BTreeSet<Option<PlanId>> {
    let plans = readers.iter().flatten().flatten();
    plans.copied().map(Some).chain([None]).collect()
}

fn reload(zh: &str, en: &str) -> Reload {
    Reload(Said::new(zh, en))
}
