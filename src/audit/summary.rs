//! How it came out, in plain words: what a commission reads first.

use super::entry::{Entry, Found};
use super::plan::Plan;
use super::scope::Reach;
use super::standing::Standing;
use crate::check::Outcome;
use crate::facts::FigureSet;
use crate::language::{Language, counted, share};
use crate::problem::Severity;

/// Findings that are told on the first page.
const MOST: usize = 10;

/// The first page.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Paragraphs of plain text.
    pub paragraphs: Vec<String>,
    /// How all that the report is about stands: the sum of its plans, and what is about no plan.
    pub standing: Standing,
    /// Of the checks those that could be decided, in per cent.
    pub decided: String,
    /// How many plans, regions with plans, targets and rules there are.
    pub size: [usize; 4],
    /// The gravest findings, as many as the page has room for: places in [`entries`](super::Audit::entries).
    pub gravest: Vec<usize>,
    /// How many equally grave ones there are beyond these.
    pub more: usize,
}

pub(super) fn summary(outcome: &Outcome, reach: &Reach, plans: &[Plan], found: &Found) -> Summary {
    let facts = &outcome.facts;
    let mut standing = Standing::default();
    for plan in plans.iter().filter(|plan| plan.is_reported) {
        standing.add(&plan.standing);
    }
    for entry in found.entries.iter().filter(|entry| entry.plan.is_none()) {
        standing.take(entry.severity);
    }
    if let Some(cells) = outcome.cells.as_ref().filter(|_| reach.is_all()) {
        for rule in 0..outcome.rules.rules.len() {
            standing.counts.add(&cells.of_rule(None, rule));
        }
    }
    let counts = standing.counts;
    let decided = share((counts.all() - counts.undetermined, counts.all()));
    let mut regions: Vec<_> = reach.own().map(|(_, plan)| facts.region_of(plan)).collect();
    regions.sort_unstable();
    regions.dedup();
    let targets = reach.own().flat_map(|(_, plan)| facts.figures_of(plan));
    let targets = targets.filter(|id| facts.holds(FigureSet::Targets, *id));
    let size = [
        reach.own().count(),
        regions.len(),
        targets.count(),
        outcome.rules.ids().count(),
    ];
    let (gravest, more) = gravest(&found.entries);
    let language = outcome.report.language;
    let inputs = found.entries.iter().filter(|entry| entry.is_incomplete);
    let paragraphs = [
        Some(what(&size, &standing, &decided, language)),
        Some(severities(&standing, language)),
        worst(plans, language),
        clean(plans, language),
        input(inputs.count(), language),
    ];
    Summary {
        paragraphs: paragraphs.into_iter().flatten().collect(),
        standing,
        decided,
        size,
        gravest,
        more,
    }
}

/// The gravest findings that are told by themselves; notes are nothing for a first page.
fn gravest(entries: &[Entry]) -> (Vec<usize>, usize) {
    let own = entries.iter().enumerate();
    let own = own.filter(|(_, entry)| !entry.is_told_elsewhere());
    for severity in [Severity::Error, Severity::Warning] {
        let of = own.clone().filter(|(_, entry)| entry.severity == severity);
        let all: Vec<usize> = of.map(|(at, _)| at).collect();
        if !all.is_empty() {
            let more = all.len().saturating_sub(MOST);
            return (all.into_iter().take(MOST).collect(), more);
        }
    }
    (Vec::new(), 0)
}

fn what(size: &[usize; 4], standing: &Standing, decided: &str, language: Language) -> String {
    let counts = &standing.counts;
    let [plans, regions, targets, rules] = *size;
    let all = counts.all();
    if language == Language::Chinese {
        let allowed = match counts.allowed {
            0 => String::new(),
            allowed => format!("，不符但已获准许的 {allowed} 项"),
        };
        return format!(
            "本报告用 {rules} 条规则核对了 {regions} 个地区的 {plans} 部规划、{targets} 个目标，看它们与上级规划、与自身是否一致。共检查 {all} 项：相符 {} 项，不符 {} 项，无法判断 {} 项{allowed}。能够判断的占 {decided}。",
            counts.holds, counts.violated, counts.undetermined,
        );
    }
    let allowed = match counts.allowed {
        0 => String::new(),
        allowed => format!(", and {allowed} do not hold but were accepted"),
    };
    format!(
        "This report holds {} of {} with {} against {}, to see whether they agree with the plans above them and with themselves. Checks made: {}; {} hold, {} do not hold, {} could not be decided{allowed}. Decided: {decided}.",
        counted(plans, "plan"),
        counted(regions, "region"),
        counted(targets, "target"),
        counted(rules, "rule"),
        all,
        counts.holds,
        counts.violated,
        counts.undetermined,
    )
}

fn severities(standing: &Standing, language: Language) -> String {
    let Standing {
        errors,
        warnings,
        notes,
        ..
    } = *standing;
    if standing.counts.all() == 0 {
        return language
            .pick(
                "没有进行任何检查，不能据此认为规划一致。",
                "No check was made: it cannot be said that the plans agree.",
            )
            .to_owned();
    }
    if errors + warnings + notes == 0 {
        return language
            .pick("没有发现问题。", "Nothing was found wrong.")
            .to_owned();
    }
    match language {
        Language::Chinese => format!(
            "发现错误 {errors} 处、警告 {warnings} 处、提示 {notes} 处。错误是与有约束力的目标或与规划自身相矛盾，应当改正；警告应当改正或说明理由；提示供编制人员留意。",
        ),
        Language::English => format!(
            "Found: {}, {} and {}. An error contradicts what binds the plan, or the plan itself, and has to be mended; a warning has to be mended or explained; a note is worth knowing.",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(notes, "note"),
        ),
    }
}

/// Plans that a sentence has room for.
const NAMED: usize = 5;

/// The plans with the most errors.
fn worst(plans: &[Plan], language: Language) -> Option<String> {
    let mut worst: Vec<&Plan> = plans
        .iter()
        .filter(|plan| plan.standing.errors > 0)
        .collect();
    worst.sort_by_key(|plan| std::cmp::Reverse(plan.standing.errors));
    let more = worst.len().saturating_sub(NAMED);
    let named = worst.iter().take(NAMED).map(|plan| {
        let errors = plan.standing.errors;
        language.pick(
            format!("《{}》{errors} 处", plan.title),
            format!("{} ({errors})", plan.title),
        )
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        return None;
    }
    let named = named.join(language.pick("、", ", "));
    Some(match (language, more) {
        (Language::Chinese, 0) => format!("有错误的规划：{named}。"),
        (Language::Chinese, _) => {
            format!("有错误的规划：{named}；另有 {more} 部，见下文各地区的情况。")
        }
        (Language::English, 0) => format!("Plans with errors: {named}."),
        (Language::English, _) => {
            format!("Plans with errors: {named}; {more} more are listed by region below.")
        }
    })
}

/// How many plans have no error, and how many nobody could ask anything.
fn clean(plans: &[Plan], language: Language) -> Option<String> {
    let reported = plans.iter().filter(|plan| plan.is_reported);
    let whole = reported.filter(|plan| plan.standing.errors == 0);
    let (asked, idle): (Vec<&Plan>, Vec<&Plan>) =
        whole.partition(|plan| plan.standing.counts.all() > 0);
    let said = [
        (asked.len(), "没有错误的规划有", "Without errors"),
        (idle.len(), "没有任何检查的规划有", "Not checked at all"),
    ];
    let said = said.iter().filter(|(count, ..)| *count > 0);
    let said = said.map(|(count, zh, en)| match language {
        Language::Chinese => format!("{zh} {count} 部"),
        Language::English => format!("{en}: {}", counted(*count, "plan")),
    });
    let said: Vec<String> = said.collect();
    let (stop, end) = language.pick(("，", "。"), (". ", "."));
    (!said.is_empty()).then(|| said.join(stop) + end)
}

fn input(errors: usize, language: Language) -> Option<String> {
    let text = match language {
        Language::Chinese => format!(
            "输入文件本身有 {errors} 处错误，错误所在的数值没有核对：改正之前，本报告是不完整的。"
        ),
        Language::English => format!(
            "The files themselves have {}: the values there were not checked, so that this report is incomplete until they are mended.",
            counted(errors, "error"),
        ),
    };
    (errors > 0).then_some(text)
}
