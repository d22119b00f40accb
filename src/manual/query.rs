//! `planlint explain --query RULE`: in which order a rule is worked off, by which index, over how many rows.

use std::fmt::Write;

use crate::check::Outcome;
use crate::eval::{Passed, Rows, sample};
use crate::language::Language;
use crate::query::quick::Read;
use crate::query::{Access, Action, Asked, Query, Stage, plan_query};
use crate::resolve::TypedRule;
use crate::value::Atom;

/// The stages of a rule as text.
#[must_use]
pub fn cost(rule: &TypedRule, outcome: &Outcome) -> String {
    let query = plan_query(rule);
    let page = Page {
        outcome,
        language: outcome.report.language,
        rows: sample(&query, &outcome.facts),
        query: &query,
    };
    page.text()
}

struct Page<'q> {
    outcome: &'q Outcome,
    language: Language,
    rows: Rows,
    query: &'q Query<'q>,
}

impl Page<'_> {
    fn text(&self) -> String {
        let mut out = String::new();
        let plans = self.outcome.facts.plans().count();
        let id = &self.query.rule.id.value;
        let _ = match self.language {
            Language::Chinese => writeln!(out, "{id} 的求值次序，{plans} 份规划\n"),
            Language::English => {
                writeln!(out, "how {id} is worked off, over {plans} plans\n")
            }
        };
        let mut number = 0;
        for (at, stage) in self.query.stages.iter().enumerate() {
            let passed = self.rows.stages.get(at).copied().unwrap_or_default();
            let head = match &stage.action {
                Action::For(_, access, span) => {
                    let text = self.one_line(*span);
                    Some((format!("for {text}"), Some(self.access(access, passed))))
                }
                Action::Let(_, _, span) => Some((self.one_line(*span), None)),
                // A place where conditions are due, which were asked above.
                Action::Where => None,
            };
            if let Some((head, access)) = head {
                number += 1;
                let _ = writeln!(out, "{number:>2}  {head}");
                if let Some(access) = access {
                    let _ = writeln!(out, "      {access}");
                }
            }
            self.asks(&mut out, stage, passed);
        }
        for require in &self.query.rule.requires {
            number += 1;
            let text = self.one_line(require.span);
            let _ = writeln!(out, "{number:>2}  require {text}");
        }
        let checks = self.count(self.rows.checks);
        let _ = match self.language {
            Language::Chinese => writeln!(out, "\n检查 {checks} 项"),
            Language::English => writeln!(out, "\nchecks: {checks}"),
        };
        out
    }

    /// How a variable's values are found, and how many there are.
    fn access(&self, access: &Access<'_>, passed: Passed) -> String {
        let (zh, en) = match access {
            Access::Scan(table) => (
                format!("读整张表 {}", table.name),
                format!("all of the table {}", table.name),
            ),
            Access::ByIndicator(table, by) => {
                let (zh, en) = self.indicator(by);
                (
                    format!("索引：{} 中指标为 {zh} 的", table.name),
                    format!("index: {} of {en}", table.name),
                )
            }
            Access::Figures(figures, _) => match &figures.by {
                Some(by) => {
                    let (zh, en) = self.indicator(by);
                    (
                        format!("索引：该规划中指标为 {zh} 的"),
                        format!("index: the plan's figures of {en}"),
                    )
                }
                None => ("该规划的数值".to_owned(), "the plan's figures".to_owned()),
            },
            Access::Relation(relation, _) => (
                format!("关系 {}：按区划和指标索引", relation.name),
                format!("relation {}: index by region and indicator", relation.name),
            ),
            Access::Entries(..) | Access::List(_) => {
                ("逐个取".to_owned(), "each of the list".to_owned())
            }
        };
        let reached = self.count(passed.reached);
        match self.language {
            Language::Chinese => format!("{zh}；{reached} 行"),
            Language::English => format!("{en}; rows: {reached}"),
        }
    }

    /// The indicator that an index is asked for: one of the catalogue, or whatever a variable before has.
    fn indicator(&self, by: &Read<'_>) -> (String, String) {
        match by {
            Read::Constant(Atom::Indicator(indicator)) => {
                let id = &self.outcome.facts.catalogue.get(*indicator).id;
                (id.clone(), id.clone())
            }
            _ => ("所给".to_owned(), "the indicator asked for".to_owned()),
        }
    }

    /// The conditions asked behind a stage, and how many rows they leave.
    fn asks(&self, out: &mut String, stage: &Stage<'_>, passed: Passed) {
        let asked = stage.asks.iter();
        let asked: Vec<&Asked<'_>> = asked
            .filter_map(|number| self.query.conditions.get(*number))
            .collect();
        if asked.is_empty() {
            return;
        }
        for asked in asked {
            let word = if asked.condition.negated {
                "unless"
            } else {
                "where"
            };
            let text = self.one_line(asked.condition.span);
            let _ = writeln!(out, "      {word} {text}");
        }
        let kept = self.count(passed.kept);
        let _ = match self.language {
            Language::Chinese => writeln!(out, "      留下 {kept} 行"),
            Language::English => writeln!(out, "      rows left: {kept}"),
        };
    }

    /// A number of rows; what was not counted but estimated says so, and so does what was broken off.
    fn count(&self, rows: usize) -> String {
        if self.rows.more {
            return match self.language {
                Language::Chinese => format!("{rows} 以上"),
                Language::English => format!("over {rows}"),
            };
        }
        match (self.rows.exact, self.language) {
            (true, _) => rows.to_string(),
            (false, Language::Chinese) => format!("约 {rows}"),
            (false, Language::English) => format!("about {rows}"),
        }
    }

    fn one_line(&self, span: crate::source::Span) -> String {
        let text = self.outcome.sources.text(span);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
