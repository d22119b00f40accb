//! `planlint explain`

use std::path::PathBuf;

use clap::Args;
use planlint::check::{Options, check};
use planlint::language::Language;
use planlint::manual;
use planlint::problem::nearest;

use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(after_help = "例 example: planlint explain align/weaker-than-superior")]
pub(crate) struct Arguments {
    /// 规则名 the rule's id
    rule: String,
    /// 规划库 a repository
    paths: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let found = files::read(&arguments.paths, language)?;
    let options = Options {
        language,
        ..Options::default()
    };
    let outcome = check(found.repository, &options);
    if let Some(rule) = outcome.rules.find(&arguments.rule) {
        let page = manual::explain(rule, &outcome.facts, &outcome.sources, language);
        terminal::print(&page)?;
        Ok(0)
    } else {
        let known = outcome
            .rules
            .rules
            .iter()
            .map(|rule| rule.id.value.as_str());
        let near = nearest(&arguments.rule, known);
        Err(unknown(&arguments.rule, near, language))
    }
}

fn unknown(rule: &str, near: Option<&str>, language: Language) -> Failure {
    let hint = near.map(|near| match language {
        Language::Chinese => format!("，是否想写 {near}？"),
        Language::English => format!("; did you mean {near}?"),
    });
    let hint = hint.unwrap_or_default();
    match language {
        Language::Chinese => format!("没有规则 {rule}{hint}"),
        Language::English => format!("no rule {rule}{hint}"),
    }
}
