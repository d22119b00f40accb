//! The plan lane: files to facts.

mod plans;
mod tables;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::repository::{File, Repository};
use super::{Options, Read};
use crate::catalogue::Catalogue;
use crate::facts::{Building, Facts, Repeated};
use crate::import::{read_catalogue, read_regions, read_statistics};
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::region::Regions;
use crate::source::{SourceId, Sources, Span};
use crate::timing::Stopwatch;

/// Reads everything but the rules.
pub(super) fn read(repository: Repository, options: &Options, watch: &mut Stopwatch) -> Read {
    let (sources, problems) = (&mut Sources::default(), &mut Vec::new());
    let names = (repository.regions, repository.catalogue);
    let (regions, catalogue) = known_names(names, sources, problems);
    let (regions, catalogue) = (Arc::new(regions), Arc::new(catalogue));
    watch.lap(
        Said::new("区划和指标", "regions and indicators"),
        regions.len() + catalogue.len(),
    );
    let (unread, loader) = repository.unread.map_or_else(Default::default, |unread| {
        ((unread.plans, unread.bulk), Some(unread.loader))
    });
    let files = repository.plans.into_iter();
    let mut files: Vec<SourceId> = files
        .filter_map(|file| take(file, sources, problems))
        .collect();
    if let Some(loader) = &loader {
        let unread = unread.0.into_iter();
        files.extend(unread.map(|path| sources.add_unread(path, loader)));
    }
    let mut building = Building::new(Arc::clone(&regions), Arc::clone(&catalogue));
    let names = (&*regions, &*catalogue);
    let plans = plans::Plans::new(files, names, options.progress);
    let (plans, mut repeated) = plans.read(sources, &mut building);
    problems.extend(plans);
    watch.lap(Said::new("规划文件", "plan files"), building.plan_count());
    let bulk = repository.bulk.into_iter();
    let mut bulk: Vec<SourceId> = bulk
        .filter_map(|file| take(file, sources, problems))
        .collect();
    if let Some(loader) = &loader {
        let unread = unread.1.into_iter();
        bulk.extend(unread.map(|path| sources.add_unread(path, loader)));
    }
    let tables = tables::Tables::new(&bulk, names, options.part);
    let (rows, more) = tables.read(sources, problems, &mut building);
    repeated.extend(more);
    watch.lap(Said::new("批量表", "bulk tables"), rows);
    problems.extend(repeated.iter().map(left_out));
    // What is wrong with them stands behind what the plans name.
    let mut of_statistics = Vec::new();
    let statistics = repository
        .statistics
        .and_then(|file| take(file, sources, &mut of_statistics));
    let statistics = statistics.map_or_else(Vec::new, |source| {
        let text = sources.file(source).text();
        let (statistics, more) = read_statistics(text, source, &regions, &catalogue);
        of_statistics.extend(more);
        statistics
    });
    let facts = building.finish(statistics);
    unknown_bases(&facts, problems);
    problems.append(&mut of_statistics);
    watch.lap(Said::new("事实", "facts"), facts.figure_count());
    Read {
        sources: std::mem::take(sources),
        problems: std::mem::take(problems),
        facts,
    }
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
    let source = sources.add(file.path, "");
    put(source, file.bytes, sources, problems).then_some(source)
}

/// Gives a file its bytes as text, or says why it has none that can be read.
fn put(
    source: SourceId,
    bytes: Result<Vec<u8>, String>,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> bool {
    let path = &sources.file(source).path;
    match bytes.map(String::from_utf8) {
        Ok(Ok(text)) => {
            sources.replace(source, text);
            true
        }
        Err(why) => {
            let message = Said::new(
                format!("读不了 {path}：{why}"),
                format!("cannot read {path}: {why}"),
            );
            let label = Said::new("读不了", "cannot read");
            let span = Span::new(source, 0..0);
            problems.push(Problem::new(Kind::UnreadableFile, span, message, label));
            sources.replace(source, "");
            false
        }
        Ok(Err(error)) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
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
            sources.replace(source, text);
            false
        }
    }
}

/// The second plan of an id is reported and left out.
fn left_out(Repeated { first, again }: &Repeated) -> Problem {
    let message = Said::new(
        format!("规划 id {} 重复，后一份没有检查", again.value),
        format!(
            "the plan id {} is given twice; the second was left out",
            again.value
        ),
    );
    let label = Said::new("又一次", "again here");
    Problem::new(Kind::DuplicatePlan, again.span, message, label)
        .also(*first, Said::new("第一次", "first here"))
        .help(Said::new("改用另一个 id", "give one of them another id"))
}

/// A plan may name bases that are not here: a note.
fn unknown_bases(facts: &Facts, problems: &mut Vec<Problem>) {
    let plans = || facts.plans().map(|id| facts.plan(id));
    if plans().all(|plan| plan.follows.is_empty()) {
        return;
    }
    let ids: FxHashSet<&str> = plans().map(|plan| plan.id.value.as_str()).collect();
    for plan in plans() {
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
            let alike = plans().map(|other| other.id.value.as_str()).filter(|id| {
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
