//! The rule lane: files to typed rules.

use rustc_hash::FxHashMap;

use crate::catalogue::Catalogue;
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::resolve::{TypedRule, check_broken, check_definitions, resolve};
use crate::source::{SourceId, Sources, Span};
use crate::syntax::{TestBlock, parse};

/// The rules of a run, in the order of their ids.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rules that are whole.
    pub rules: Vec<TypedRule>,
    /// Where the others stand.
    pub broken: Vec<Span>,
    /// The tests, in the order of files and lines.
    pub tests: Vec<TestBlock>,
}

impl RuleSet {
    /// A rule by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&TypedRule> {
        self.rules.iter().find(|rule| rule.id.value == id)
    }
}

/// Reads rule files. A broken rule is reported and left out, the others are kept.
pub(super) fn read(
    files: &[SourceId],
    sources: &Sources,
    catalogue: &Catalogue,
    problems: &mut Vec<Problem>,
) -> RuleSet {
    let mut first: FxHashMap<String, Span> = FxHashMap::default();
    let mut set = RuleSet::default();
    for source in files {
        let (file, faults) = parse(sources.file(*source).text(), *source);
        problems.extend(faults);
        set.tests.extend(file.tests);
        let broken = file
            .broken
            .iter()
            .map(|broken| (&broken.rule, Some(broken)));
        let whole = file.rules.iter().map(|rule| (rule, None));
        let mut rules: Vec<_> = whole.chain(broken).collect();
        rules.sort_by_key(|(rule, _)| rule.span);
        let mut used = Vec::new();
        for (rule, broken) in rules {
            if let Some(earlier) = first.get(&rule.id.value) {
                problems.push(repeated(&rule.id.value, rule.id.span, *earlier));
                continue;
            }
            first.insert(rule.id.value.clone(), rule.id.span);
            if let Some(broken) = broken {
                problems.extend(check_broken(broken, &file.defines, catalogue));
                set.broken.push(rule.span);
                continue;
            }
            let resolved = resolve(rule, &file.defines, catalogue);
            used.extend(resolved.defines);
            problems.extend(resolved.problems);
            match resolved.rule {
                Some(rule) => set.rules.push(rule),
                None => set.broken.push(rule.span),
            }
        }
        if file.broken.is_empty() {
            problems.extend(check_definitions(&file.defines, &used));
        }
    }
    set.rules.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    set
}

fn repeated(id: &str, again: Span, first: Span) -> Problem {
    let message = Said::new(
        format!("规则 {id} 重复，后一条没有用"),
        format!("the rule {id} is given twice; the second was left out"),
    );
    Problem::new(
        Kind::RuleDuplicateId,
        again,
        message,
        Said::new("又一次", "again here"),
    )
    .also(first, Said::new("第一次", "first here"))
    .help(Said::new("改用另一个名称", "give one of them another id"))
}
