//! Input problems to findings.

use super::RuleSet;
use super::fingerprint::digest;
use crate::facts::{Facts, PlanId};
use crate::finding::{Finding, Fix, Label, Standing, Subject};
use crate::language::{Language, Said};
use crate::problem::{Kind, Problem};
use crate::resolve::TypedRule;
use crate::source::{Sources, Span};

/// The rules that made no check at all, by how many each made. Where input is missing, a rule that found nothing to
/// check says nothing.
pub(super) fn idle(rules: &RuleSet, taken: &[usize], whole: bool) -> Vec<Problem> {
    let asked: Vec<_> = rules.rules.iter().zip(taken).collect();
    let ways = asked.chunk_by(|(a, _), (b, _)| a.id.value == b.id.value);
    let idle = ways.filter(|ways| whole && ways.iter().all(|(_, taken)| **taken == 0));
    let idle = idle.filter_map(|ways| ways.first());
    idle.map(|(rule, _)| applied_to_nothing(rule)).collect()
}

fn applied_to_nothing(rule: &TypedRule) -> Problem {
    let id = &rule.id;
    let message = Said::new(
        format!("规则 {} 没有用上：没有任何数值符合它的条件", id.value),
        format!("the rule {} applied to nothing", id.value),
    );
    let label = Said::new("没有检查任何数值", "no check was made");
    let help = Said::new(
        "规划里没有这类数值时属正常；否则检查它的 for 和 where",
        "fine where the plans have no such figure; otherwise look at its `for` and `where`",
    );
    Problem::new(Kind::RuleIdle, id.span, message, label).help(help)
}

/// A problem as a finding in a language.
pub(super) fn finding(
    problem: &Problem,
    facts: Option<&Facts>,
    sources: &Sources,
    language: Language,
) -> Finding {
    let subject = facts.and_then(|facts| subject(facts, sources, problem.span));
    of_subject(problem, subject.unwrap_or_default(), sources, language)
}

/// A problem of a known plan's own file.
pub(super) fn of_plan(
    problem: &Problem,
    (facts, plan): (&Facts, PlanId),
    sources: &Sources,
    language: Language,
) -> Finding {
    of_subject(problem, named(facts, plan), sources, language)
}

fn of_subject(
    problem: &Problem,
    subject: Subject,
    sources: &Sources,
    language: Language,
) -> Finding {
    let path = &sources.file(problem.span.source).path;
    let kind = problem.kind;
    // A file may move: what is known of the plan, or else the file's own name, stands for it.
    let name = path.rsplit('/').next().unwrap_or(path);
    let of = match kind {
        // A rule's id is its own name, wherever it stands.
        Kind::RuleIdle => "",
        _ => subject.plan.as_deref().unwrap_or(name),
    };
    // A value that cannot be read may be mended into another one: it stays the same finding.
    let name = match kind {
        Kind::UnreadableValue | Kind::IssuedTargetChanged => "",
        _ => sources.text(problem.span),
    };
    let fingerprint = digest(&[&kind.id(), &of, &name]);
    let fixes = problem.replacement.iter().map(|replacement| Fix {
        title: format!("{}{replacement}", language.pick("改为 ", "change to ")),
        span: problem.span,
        replacement: replacement.clone(),
    });
    let mut labels = vec![Label {
        span: problem.span,
        message: problem.label.text(language).to_owned(),
    }];
    labels.extend(problem.also.iter().map(|also| Label {
        span: also.span,
        message: also.label.text(language).to_owned(),
    }));
    Finding {
        code: kind.id().to_owned(),
        severity: kind.severity(),
        verdict: None,
        message: problem.message.text(language).to_owned(),
        help: problem
            .help
            .as_ref()
            .map(|help| help.text(language).to_owned()),
        reason: None,
        url: format!("docs/rules.md#{}", kind.id()),
        fingerprint,
        fixes: fixes.collect(),
        subject,
        labels,
        related: Vec::new(),
        restates: None,
        standing: Standing::Open,
    }
}

/// The plan that a place is of: the file's only one, or of a table of many the one that its line names.
fn subject(facts: &Facts, sources: &Sources, span: Span) -> Option<Subject> {
    let here = |plan: &PlanId| facts.plan(*plan).id.span.source == span.source;
    let mut plans = facts.plans().filter(here);
    let first = plans.next()?;
    let rest: Vec<PlanId> = plans.collect();
    let plan = if rest.is_empty() {
        first
    } else {
        let file = sources.file(span.source);
        let (line, start) = file.line_at(span.start as usize);
        let cells = file.slice(start..file.line_start(line + 1)).trim_end();
        let is_named = |plan: &PlanId| {
            let id = facts.plan(*plan).id.value.as_str();
            cells.split(',').any(|cell| cell.trim_matches('"') == id)
        };
        std::iter::once(first).chain(rest).find(is_named)?
    };
    Some(named(facts, plan))
}

fn named(facts: &Facts, plan: PlanId) -> Subject {
    let plan = facts.plan(plan);
    Subject {
        plan: Some(plan.id.value.clone()),
        region: Some(facts.regions.get(plan.region.value).code.to_string()),
        ..Subject::default()
    }
}
