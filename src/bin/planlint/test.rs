//! `planlint test`

use std::path::PathBuf;

use clap::Args;
use planlint::language::Language;
use planlint::ruletest::{self, TestResult, report};

use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint test\n  planlint test --filter align/weaker-than-superior"
)]
pub(crate) struct Arguments {
    /// 规划库 a repository
    paths: Vec<PathBuf>,
    /// 只运行名称、规则文件或规则含有这些字的测试 only tests whose name, rule file or rules hold this text
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let found = files::read(&arguments.paths, language)?;
    let suite = ruletest::run(&found.repository, &arguments.filter, language);
    terminal::print(&report(&suite, terminal::style()))?;
    if suite.results.is_empty() {
        let message = language.pick("没有可以运行的测试", "no test to run");
        return Err(message.to_owned());
    }
    let broken = !suite.outcome.report.findings.is_empty();
    let fails = suite.results.iter().any(TestResult::fails);
    Ok(if broken { 2 } else { u8::from(fails) })
}
