//! The manual page of a rule, for `explain` and `docs/rules.md`; the list of rules.

mod finding;
mod query;
mod words;

pub use finding::background;
pub use query::cost;
pub use words::words;

use std::fmt::Write;

use crate::check::{Outcome, RuleSet};
use crate::facts::Facts;
use crate::language::Language;
use crate::problem::Kind;
use crate::resolve::TypedRule;
use crate::source::Sources;
use crate::syntax::TestBlock;
use crate::value::show;

/// A rule's manual page as text, with the tests that name it as examples.
#[must_use]
pub fn explain(rule: &TypedRule, outcome: &Outcome) -> String {
    let Outcome { facts, sources, .. } = outcome;
    let language = outcome.report.language;
    let mut out = String::new();
    let title = rule.title.pattern(language);
    let _ = writeln!(out, "{}  {title}\n", rule.id.value);
    for doc in rule.paragraphs(language) {
        let _ = writeln!(out, "{doc}");
    }
    let _ = writeln!(out);
    facts_of(&mut out, rule, (facts, sources), language);
    let _ = writeln!(out, "\n{}\n", language.pick("规则原文：", "the rule:"));
    indented(&mut out, sources.text(rule.span));
    let names = |test: &&TestBlock| {
        let mut expected = test
            .expects
            .iter()
            .filter_map(|expect| expect.rule.as_ref());
        expected.any(|id| id.value == rule.id.value)
    };
    for test in outcome.rules.tests.iter().filter(names) {
        let _ = writeln!(out, "\n{}\n", language.pick("例：", "an example:"));
        let inside = sources.text(test.span).trim_end();
        indented(
            &mut out,
            &format!("test \"{}\" {{{inside}\n}}", test.name.value),
        );
    }
    out
}

/// A text set off from the page.
fn indented(out: &mut String, text: &str) {
    for line in text.lines() {
        let indent = if line.is_empty() { "" } else { "    " };
        let _ = writeln!(out, "{indent}{line}");
    }
}

fn facts_of(
    out: &mut String,
    rule: &TypedRule,
    (facts, sources): (&Facts, &Sources),
    language: Language,
) {
    for weight in &rule.severities {
        let when = weight.span.map(|span| sources.text(span));
        let when = when.map(|when| when.split_whitespace().collect::<Vec<_>>().join(" "));
        let when = when.map(|when| format!("{}{when}", language.pick("，当 ", " when ")));
        let _ = writeln!(
            out,
            "{}{}{}",
            language.pick("级别：", "severity: "),
            weight.severity.word(),
            when.unwrap_or_default()
        );
    }
    let said = [
        (&rule.message, "说明：", "message: "),
        (&rule.help, "建议：", "help: "),
    ];
    for (line, zh, en) in said {
        let text = line.pattern(language);
        if !text.is_empty() {
            let _ = writeln!(out, "{}{text}", language.pick(zh, en));
        }
    }
    for cite in &rule.cites {
        let _ = writeln!(
            out,
            "{}{}",
            language.pick("依据：", "cites: "),
            cite.join(" ")
        );
    }
    for slot in &rule.slots {
        if let Some(value) = &slot.parameter {
            let value = show(value, facts, language);
            let _ = writeln!(
                out,
                "{}{} = {value}",
                language.pick("参数：", "param: "),
                slot.name.value
            );
        }
    }
    if !rule.tags.is_empty() {
        let _ = writeln!(
            out,
            "{}{}",
            language.pick("标签：", "tags: "),
            rule.tags.join(", ")
        );
    }
}

/// The rules, a line each.
#[must_use]
pub fn list(rules: &RuleSet, language: Language) -> String {
    let mut out = String::new();
    let width = rules
        .rules
        .iter()
        .map(|rule| rule.id.value.len())
        .max()
        .unwrap_or(0);
    for rule in &rules.rules {
        let title = rule.title.pattern(language);
        let words: Vec<&str> = rule
            .severities
            .iter()
            .map(|weight| weight.severity.word())
            .collect();
        let words = if words.is_empty() {
            "error".to_owned()
        } else {
            words.join("/")
        };
        let _ = match language {
            Language::Chinese => writeln!(out, "{:width$}  {title}（{words}）", rule.id.value),
            Language::English => writeln!(out, "{:width$}  {title} ({words})", rule.id.value),
        };
    }
    out
}

/// What is known of a kind of input problem, by its id.
#[must_use]
pub fn input(id: &str, language: Language) -> Option<String> {
    let kind = Kind::ALL.iter().find(|kind| kind.id() == id)?;
    let severity = kind.severity().word();
    let title = kind.title();
    let title = title.text(language);
    Some(match language {
        Language::Chinese => format!(
            "{id}（{severity}）{title}\n\n这是输入的问题，不是规则：每处的说明和改法随 planlint check 一起给出。全部种类见 docs/rules.md。\n"
        ),
        Language::English => format!(
            "{id} ({severity})  {title}\n\nA problem with the input, not a rule: `planlint check` says at each place what is wrong and what to do. All kinds are in docs/rules.md.\n"
        ),
    })
}

/// `docs/rules.md`: every rule's page, and every kind of input problem.
#[must_use]
pub fn reference(rules: &RuleSet, facts: &Facts, sources: &Sources) -> String {
    let mut out = String::from(
        "# 规则手册 · Rule reference\n\n由 `rules/` 生成，请勿手改；测试保证它与规则一致。 Generated from `rules/`; a test keeps it current.\n",
    );
    for rule in &rules.rules {
        let id = &rule.id.value;
        let title = rule.title.pattern(Language::Chinese);
        let _ = writeln!(out, "\n<a id=\"{id}\"></a>\n\n## {id} {title}\n");
        for language in [Language::Chinese, Language::English] {
            for doc in rule.paragraphs(language) {
                let _ = writeln!(out, "{doc}");
            }
            let _ = writeln!(out);
            let mut page = String::new();
            facts_of(&mut page, rule, (facts, sources), language);
            for entry in page.lines() {
                let _ = writeln!(out, "- {entry}");
            }
            let _ = writeln!(out);
        }
    }
    let _ = writeln!(out, "\n## 输入问题 · Input problems\n");
    for kind in Kind::ALL {
        let title = kind.title();
        let _ = writeln!(
            out,
            "- <a id=\"{0}\"></a>`{0}` ({1}) {2} {3}",
            kind.id(),
            kind.severity().word(),
            title.text(Language::Chinese),
            title.text(Language::English),
        );
    }
    out
}
