//! The plan lane: files to facts.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use std::sync::atomic::{AtomicUsize, Ordering};

use super::repository::{File, Repository};
use super::{Progress, Read, Stage};
use crate::catalogue::Catalogue;
use crate::facts::build;
use crate::import::{PlanReader, read_bulk, read_catalogue, read_regions, read_statistics};
use crate::language::Said;
use crate::model::Batch;
use crate::problem::{Kind, Problem};
use crate::region::Regions;
use crate::source::{SourceId, Sources, Span};
use crate::timing::Stopwatch;

/// Parts of the plan files for each thread, so that none waits long for another; each reader knows its values for
/// itself, so not too many.
const PARTS: usize = 4;

/// Files after which somebody who looks on is told.
const TELL: usize = 256;

/// Reads everything but the rules.
pub(super) fn read(
    repository: Repository,
    progress: Option<Progress>,
    watch: &mut Stopwatch,
) -> Read {
    let (sources, problems) = (&mut Sources::default(), &mut Vec::new());
    let names = (repository.regions, repository.catalogue);
    let (regions, catalogue) = known_names(names, sources, problems);
    watch.lap(
        Said::new("区划和指标", "regions and indicators"),
        regions.len() + catalogue.len(),
    );
    let files = repository.plans.into_iter();
    let files: Vec<SourceId> = files
        .filter_map(|file| take(file, sources, problems))
        .collect();
    let mut batches = plan_files(&files, &regions, &catalogue, progress, sources, problems);
    let plans = batches.iter().map(|batch| batch.plans.len()).sum();
    watch.lap(Said::new("规划文件", "plan files"), plans);
    let bulk = repository.bulk.into_iter();
    let bulk: Vec<SourceId> = bulk
        .filter_map(|file| take(file, sources, problems))
        .collect();
    let texts: Vec<(SourceId, &str)> = bulk
        .iter()
        .map(|source| (*source, sources.file(*source).text()))
        .collect();
    let (from_tables, more) = read_bulk(&texts, &regions, &catalogue);
    problems.extend(more);
    let tables = from_tables.iter().flat_map(|batch| &batch.plans);
    let rows = tables.map(|(_, table)| table.rows.len()).sum();
    watch.lap(Said::new("批量表", "bulk tables"), rows);
    batches.extend(from_tables);
    leave_repeated(&mut batches, problems);
    unknown_bases(&batches, problems);
    let statistics = repository
        .statistics
        .and_then(|file| take(file, sources, problems));
    let statistics = statistics.map_or_else(Vec::new, |source| {
        let text = sources.file(source).text();
        let (statistics, more) = read_statistics(text, source, &regions, &catalogue);
        problems.extend(more);
        statistics
    });
    let facts = build(regions, catalogue, batches, statistics);
    watch.lap(Said::new("事实", "facts"), facts.figure_count());
    Read {
        sources: std::mem::take(sources),
        problems: std::mem::take(problems),
        facts,
    }
}

/// What stands in plan files, read by all threads.
fn plan_files(
    files: &[SourceId],
    regions: &Regions,
    catalogue: &Catalogue,
    progress: Option<Progress>,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Vec<Batch> {
    // A reader keeps what the rows of its files have in common; the batches stay in the order of the files.
    let few = files.len() / (PARTS * rayon::current_num_threads());
    let done = AtomicUsize::new(0);
    let readers = files.par_iter().with_min_len(few.max(1)).fold(
        || PlanReader::new(regions, catalogue),
        |mut reader, source| {
            reader.read(sources.file(*source).text(), *source);
            let done = 1 + done.fetch_add(1, Ordering::Relaxed);
            if let Some(progress) = progress.filter(|_| done.is_multiple_of(TELL)) {
                progress(Stage::Reading, done, files.len());
            }
            reader
        },
    );
    let read: Vec<(Batch, Vec<Problem>)> = readers.map(PlanReader::finish).collect();
    let mut batches: Vec<Batch> = Vec::with_capacity(read.len());
    for (batch, more) in read {
        problems.extend(more);
        batches.push(batch);
    }
    batches
}

/// The regions and the catalogue, which every plan is read by.
fn known_names(
    (regions, catalogue): (Option<File>, Option<File>),
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> (Regions, Catalogue) {
    let regions = needed(regions, "plans/regions.csv", sources, problems);
    let regions = regions.map_or_else(Regions::default, |source| {
        let (regions, more) = read_regions(sources.file(source).text(), source);
        problems.extend(more);
        regions
    });
    let catalogue = needed(catalogue, "plans/indicators.toml", sources, problems);
    let catalogue = catalogue.map_or_else(Catalogue::default, |source| {
        let (catalogue, more) = read_catalogue(sources.file(source).text(), source);
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
fn leave_repeated(batches: &mut [Batch], problems: &mut Vec<Problem>) {
    let mut first: FxHashMap<&str, Span> = FxHashMap::default();
    let mut repeated: FxHashSet<Span> = FxHashSet::default();
    for (plan, _) in batches.iter().flat_map(|batch| &batch.plans) {
        let id = &plan.id;
        let Some(earlier) = first.get(id.value.as_str()) else {
            first.insert(&id.value, id.span);
            continue;
        };
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
        repeated.insert(id.span);
    }
    if !repeated.is_empty() {
        for batch in batches {
            batch
                .plans
                .retain(|(plan, _)| !repeated.contains(&plan.id.span));
        }
    }
}

/// A plan may name bases that are not here: a note.
fn unknown_bases(batches: &[Batch], problems: &mut Vec<Problem>) {
    let plans = || batches.iter().flat_map(|batch| &batch.plans);
    let ids: FxHashSet<&str> = plans().map(|(plan, _)| plan.id.value.as_str()).collect();
    for (plan, _) in plans() {
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
            let alike = plans()
                .map(|(other, _)| other.id.value.as_str())
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
