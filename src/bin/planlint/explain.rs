//! `planlint explain`

use std::path::PathBuf;

use clap::Args;
use planlint::check::{Options, Outcome, check};
use planlint::finding::Findings;
use planlint::language::Language;
use planlint::manual;
use planlint::problem::nearest;
use planlint::render;

use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(
    after_help = "例 example: planlint explain align/weaker-than-superior\n  planlint explain --query align/weaker-than-superior\n  planlint explain 0123456789abcdef"
)]
pub(crate) struct Arguments {
    /// 规则名或指纹 a rule's id, or a finding's fingerprint
    subject: String,
    /// 规则的求值次序、索引和行数 how the rule is worked off: order, indexes, rows
    #[arg(long)]
    query: bool,
    /// 规划库 a repository
    pub paths: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let repository = files::read(&arguments.paths, language)?;
    let read = Options {
        language,
        read_only: true,
        ..Options::default()
    };
    let outcome = check(repository.clone(), &read);
    let subject = arguments.subject.as_str();
    if let Some(page) = manual::input(subject, language).filter(|_| !arguments.query) {
        terminal::print(&page)?;
        return Ok(0);
    }
    if let Some(rule) = outcome.rules.find(subject) {
        let page = if arguments.query {
            manual::cost(rule, &outcome)
        } else {
            manual::explain(rule, &outcome)
        };
        terminal::print(&page)?;
        return Ok(0);
    }
    let options = Options {
        read_only: false,
        ..read
    };
    let outcome = check(repository, &options);
    let is_named = |at: &usize| {
        let fingerprint = outcome.fingerprint(*at);
        fingerprint.is_some_and(|fingerprint| fingerprint.to_string() == subject)
    };
    let mut all = (0..outcome.report.findings.len()).filter(|_| !arguments.query);
    if let Some(finding) = all.find(is_named).and_then(|at| outcome.get(at)) {
        let Outcome {
            report, sources, ..
        } = &outcome;
        let shown = render::one(&finding, report.language, sources, terminal::style());
        terminal::print(&format!(
            "{shown}\n{}",
            manual::background(&finding, &outcome)
        ))?;
        return Ok(0);
    }
    let rules = outcome.rules.rules.iter();
    let near = nearest(subject, rules.map(|rule| rule.id.value.as_str()));
    Err(unknown(subject, near, language))
}

fn unknown(subject: &str, near: Option<&str>, language: Language) -> Failure {
    let hint = near.map(|near| match language {
        Language::Chinese => format!("，是否想写 {near}？"),
        Language::English => format!("; did you mean {near}?"),
    });
    let hint = hint.unwrap_or_default();
    match language {
        Language::Chinese => format!("没有规则或指纹 {subject}{hint}"),
        Language::English => format!("no rule and no finding {subject}{hint}"),
    }
}
