//! The plan lane: files to facts.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::repository::{File, Repository};
use crate::catalogue::Catalogue;
use crate::facts::{Facts, build};
use crate::import::{read_bulk, read_catalogue, read_plan, read_regions, read_statistics};
use crate::language::Said;
use crate::model::Plan;
use crate::problem::{Kind, Problem};
use crate::region::Regions;
use crate::source::{SourceId, Sources, Span};
use crate::timing::Stopwatch;

/// Reads everything but the rules, whose texts it takes in as sources.
pub(super) fn read(
    repository: Repository,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
    watch: &mut Stopwatch,
) -> (Facts, Vec<SourceId>) {
    let names = (repository.regions, repository.catalogue);
    let (regions, catalogue) = known_names(names, sources, problems);
    watch.lap(
        Said::new("区划和指标", "regions and indicators"),
        regions.len() + catalogue.len(),
    );
    let mut plans: Vec<Plan> = Vec::new();
    let files = repository.plans.into_iter();
    let files: Vec<SourceId> = files
        .filter_map(|file| take(file, sources, problems))
        .collect();
    let read = files.into_par_iter().map(|source| {
        let text = &sources.file(source).text;
        read_plan(text, source, &regions, &catalogue)
    });
    // Gathered in the order of the files, whichever was read first.
    for (plan, more) in read.collect::<Vec<_>>() {
        problems.extend(more);
        plans.extend(plan);
    }
    watch.lap(Said::new("规划文件", "plan files"), plans.len());
    let bulk: Vec<SourceId> = repository
        .bulk
        .into_iter()
        .filter_map(|file| take(file, sources, problems))
        .collect();
    let texts: Vec<(SourceId, &str)> = bulk
        .iter()
        .map(|source| (*source, sources.file(*source).text.as_str()))
        .collect();
    let (from_tables, more) = read_bulk(&texts, &regions, &catalogue);
    problems.extend(more);
    let rows = from_tables.iter().map(|plan| plan.rows.len()).sum();
    watch.lap(Said::new("批量表", "bulk tables"), rows);
    plans.extend(from_tables);
    let plans = without_repeated(plans, problems);
    unknown_bases(&plans, problems);
    let statistics = repository
        .statistics
        .and_then(|file| take(file, sources, problems));
    let statistics = statistics.map_or_else(Vec::new, |source| {
        let text = &sources.file(source).text;
        let (statistics, more) = read_statistics(text, source, &regions, &catalogue);
        problems.extend(more);
        statistics
    });
    let rules = repository.rules.into_iter();
    let rules = rules
        .filter_map(|file| take(file, sources, problems))
        .collect();
    let facts = build(regions, catalogue, plans, statistics);
    watch.lap(Said::new("事实", "facts"), facts.figure_count());
    (facts, rules)
}

/// The regions and the catalogue, which every plan is read by.
fn known_names(
    (regions, catalogue): (Option<File>, Option<File>),
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> (Regions, Catalogue) {
    let regions = needed(regions, "plans/regions.csv", sources, problems);
    let regions = regions.map_or_else(Regions::default, |source| {
        let (regions, more) = read_regions(&sources.file(source).text, source);
        problems.extend(more);
        regions
    });
    let catalogue = needed(catalogue, "plans/indicators.toml", sources, problems);
    let catalogue = catalogue.map_or_else(Catalogue::default, |source| {
        let (catalogue, more) = read_catalogue(&sources.file(source).text, source);
        problems.extend(more);
        catalogue
    });
    (regions, catalogue)
}

fn needed(
    file: Option<File>,
    path: &str,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Option<SourceId> {
    if let Some(file) = file {
        return take(file, sources, problems);
    }
    let source = sources.add(path, "");
    let message = Said::new(format!("缺少 {path}"), format!("{path} is missing"));
    let help = Said::new(
        "没有它，规划中的区划和指标都无法识别",
        "without it no region or indicator of the plans is known",
    );
    let span = Span::new(source, 0..0);
    let problem = Problem::new(
        Kind::UnreadableFile,
        span,
        message,
        Said::new("缺失", "missing"),
    );
    problems.push(problem.help(help));
    None
}

/// Takes a file in as text. One that is no UTF-8 is reported with the first byte that is not.
pub fn take(file: File, sources: &mut Sources, problems: &mut Vec<Problem>) -> Option<SourceId> {
    let bytes = match file.bytes {
        Ok(bytes) => bytes,
        Err(why) => {
            let source = sources.add(&file.path, "");
            let message = Said::new(
                format!("读不了 {}：{why}", file.path),
                format!("cannot read {}: {why}", file.path),
            );
            let label = Said::new("读不了", "cannot read");
            let span = Span::new(source, 0..0);
            problems.push(Problem::new(Kind::UnreadableFile, span, message, label));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(file.path, text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let path = file.path.clone();
            let source = sources.add(file.path, text);
            let message = Said::new(
                format!("{path} 不是 UTF-8 文本"),
                format!("{path} is no UTF-8 text"),
            );
            let label = Said::new("从这里起无法识别", "not UTF-8 from here on");
            let help = Said::new(
                "可能是 GBK 编码：用编辑器另存为 UTF-8",
                "it may be in GBK: save it as UTF-8",
            );
            let span = Span::new(source, valid..valid + '\u{FFFD}'.len_utf8());
            problems.push(Problem::new(Kind::UnreadableFile, span, message, label).help(help));
            None
        }
    }
}

/// The second plan of an id is reported and left out.
fn without_repeated(plans: Vec<Plan>, problems: &mut Vec<Problem>) -> Vec<Plan> {
    let mut first: FxHashMap<String, Span> = FxHashMap::default();
    let mut kept = Vec::with_capacity(plans.len());
    for plan in plans {
        let id = &plan.id;
        if let Some(earlier) = first.get(&id.value) {
            let message = Said::new(
                format!("规划 id {} 重复，后一份没有检查", id.value),
                format!(
                    "the plan id {} is given twice; the second was left out",
                    id.value
                ),
            );
            let label = Said::new("又一次", "again here");
            let problem = Problem::new(Kind::DuplicatePlan, id.span, message, label)
                .also(*earlier, Said::new("第一次", "first here"))
                .help(Said::new("改用另一个 id", "give one of them another id"));
            problems.push(problem);
            continue;
        }
        first.insert(id.value.clone(), id.span);
        kept.push(plan);
    }
    kept
}

/// A plan may name bases that are not here: a note.
fn unknown_bases(plans: &[Plan], problems: &mut Vec<Problem>) {
    let ids: FxHashSet<&str> = plans.iter().map(|plan| plan.id.value.as_str()).collect();
    for plan in plans {
        for basis in plan
            .follows
            .iter()
            .filter(|basis| !ids.contains(basis.value.as_str()))
        {
            let message = Said::new(
                format!("作为依据的规划 {} 未收录，没有与它核对", basis.value),
                format!(
                    "the plan {} it follows is not here and was not compared",
                    basis.value
                ),
            );
            let label = Said::new("未收录", "not here");
            // Only ids that begin alike are looked at closely: there may be thousands.
            let start = basis.value.get(..3);
            let alike = plans
                .iter()
                .map(|other| other.id.value.as_str())
                .filter(|id| {
                    id.get(..3) == start
                        && *id != plan.id.value
                        && id.len().abs_diff(basis.value.len()) <= 2
                });
            let near = alike.filter(|id| strsim::levenshtein(id, &basis.value) <= 2);
            let near: Vec<&str> = near.collect();
            let problem = Problem::new(Kind::UnknownBasisPlan, basis.span, message, label)
                .help(Said::new(
                    "收录该规划后即可核对",
                    "add that plan to have it compared",
                ))
                .suggest(&basis.value, near);
            problems.push(problem);
        }
    }
}
