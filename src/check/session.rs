//! A repository kept at hand: when a plan changes, only what depends on it is checked again.

mod asked;
mod held;
mod made;
mod marks;
mod told;

use rustc_hash::{FxHashMap, FxHashSet};

use asked::{AllReaders, Asked, Reading};
use held::Holding;
use made::Counted;
use marks::Marks;

use super::allow::{Allowances, Uses, is_whole};
use super::memory::Memory;
use super::{File, Loaded, Options, Outcome, Repository, RuleSet, inputs, problems};
use crate::facts::{Draft, Facts, PlanId};
use crate::finding::{Finding, RuleCount};
use crate::import::PlanReader;
use crate::language::Said;
use crate::model::Plan;
use crate::problem::{Kind, Problem};
use crate::settings::Settings;
use crate::source::{SourceId, Sources, Span};
use crate::timing::{Statistics, Stopwatch};

/// A repository that was checked, and stays ready to be checked again after a change.
///
/// What is changed is asked again, and what reads it: of other plans only the checks of the indicators that differ, where
/// the rule leads from a figure to figures of its own indicator. Values that plans once said, and what their checks were
/// found by, are kept: a session that has seen ten thousand changes is best opened anew.
#[derive(Debug)]
pub struct Session {
    options: Options,
    sources: Sources,
    facts: Facts,
    rules: RuleSet,
    rule_files: usize,
    /// The plan of each plan file.
    files: FxHashMap<SourceId, PlanId>,
    /// What each rule reads.
    readings: Vec<Reading>,
    /// The problems of the input, those of rules that applied to nothing apart.
    problems: Vec<Problem>,
    /// What was found, by the plan of the outermost variable; that of rules that read any plan is of none.
    items: Holding,
    /// By file, the plans from which something was found that is shown there, other than the file's own.
    elsewhere: FxHashMap<SourceId, FxHashSet<PlanId>>,
    memories: Vec<Memory>,
    /// The counts of each rule, in the order of their ids.
    counts: Vec<RuleCount>,
    /// How many checks each made, by its place in the rule set.
    taken: Vec<usize>,
    /// Who reads the plan that changed last, as long as it answers to the same ones.
    readers: AllReaders,
    /// What the last change asked and counted: one that asks the same finds as many before it.
    last: Option<(Vec<Asked>, Counted)>,
    settings: Settings,
    allowances: Allowances,
    uses: Uses,
    allowed: usize,
}

/// What a change of a plan changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// The files whose findings may be others now, the changed one among them, by their order in the repository.
    /// [`Session::path`] says where each is, [`Session::findings_of`] tells its findings.
    pub files: Vec<SourceId>,
    /// All findings of the changed file.
    pub findings: Vec<Finding>,
    /// Whether what the changed file still says may stand elsewhere in it: findings of all other files that point into it
    /// then point there.
    pub moved: bool,
    /// How many checks were made again.
    pub checks: usize,
}

/// Why a change cannot be taken in: the repository has to be opened anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reload(pub Said);

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
            readings: rules.iter().map(Reading::of).collect(),
            counts: loaded.rules.ids().map(count).collect(),
            taken: vec![0; rules.len()],
            readers: AllReaders::default(),
            last: None,
            sources: loaded.sources,
            facts: loaded.facts,
            rules: loaded.rules,
            rule_files: loaded.rule_files,
            problems: loaded.problems,
            items: Holding::default(),
            elsewhere: FxHashMap::default(),
            memories: Vec::new(),
            allowed: 0,
        };
        let all: Vec<Asked> = session.readings.iter().map(|_| Asked::All).collect();
        let made = session.make(&all);
        session.add(made, &mut Marks::default());
        session
    }

    /// The whole report, as [`check`](super::check) gives it of the same files.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        let inputs = inputs(&self.facts, &self.rules);
        let (report, found) = self.report(self.all_items(), None, inputs, &|_| true);
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

    /// The path of a file of the repository.
    #[must_use]
    pub fn path(&self, file: SourceId) -> &str {
        &self.sources.file(file).path
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
        let draft = self.facts.draft(plan, new, &table, batch.pool);
        Ok(self.take(source, plan, draft, (text, problems)))
    }

    /// Takes a plan's new reading in, with its text and what is wrong there.
    fn take(
        &mut self,
        source: SourceId,
        plan: PlanId,
        draft: Draft,
        (text, problems): (String, Vec<Problem>),
    ) -> Change {
        let asked = self.asked(plan, &draft);
        let last = self.last.take().filter(|(last, _)| *last == asked);
        let before = last.map_or_else(|| self.count(&asked), |(_, counted)| counted);
        let mut files = Marks::default();
        files.insert(source.number());
        let (idle, whole) = (self.idle(), is_whole(&self.problems));
        self.subtract(&before, &asked, &mut files);
        self.take_problems(source, plan, draft.plan(), problems);
        let moved = draft.moved;
        let numbers: FxHashMap<_, _> = self.facts.settle(draft).into_iter().collect();
        if !numbers.is_empty() {
            for memory in &mut self.memories {
                memory.renumber(&numbers);
            }
        }
        self.allowances.replace(plan, source, &self.facts);
        self.sources.replace(source, text);
        let after = self.make(&asked);
        let after = self.add(after, &mut files);
        let checks = after.checks;
        self.last = Some((asked, after));
        if self.idle() != idle {
            let rules = self.rules.rules.iter();
            rules.for_each(|rule| files.insert(rule.id.span.source.number()));
        }
        if whole != is_whole(&self.problems) {
            let more = self.allowances.files();
            more.for_each(|file| files.insert(file.number()));
        }
        Change {
            files: files.all().map(SourceId::numbered).collect(),
            findings: self.told(source, Some(plan)),
            moved,
            checks,
        }
    }

    /// Where the rules stand that made no check at all.
    fn idle(&self) -> Vec<Span> {
        let idle = problems::idle(&self.rules, &self.taken, is_whole(&self.problems));
        idle.iter().map(|problem| problem.span).collect()
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
}

fn reload(zh: &str, en: &str) -> Reload {
    Reload(Said::new(zh, en))
}
