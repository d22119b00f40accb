//! `planlint test`

use std::path::PathBuf;

use clap::Args;
use planlint::check::Repository;
use planlint::language::Language;
use planlint::ruletest::{self, Choice, TestResult, mutate, mutation_report, report};

use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint test\n  planlint test rules/align\n  planlint test --filter align/weaker-than-superior\n  planlint test --mutate"
)]
pub(crate) struct Arguments {
    /// 规划库、规则文件夹或规则文件 a repository, folders of rules or rule files
    pub paths: Vec<PathBuf>,
    /// 只运行名称、规则文件或规则含有这些字的测试 only tests whose name, rule file or rules hold this text
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// 逐处改动规则，列出没有测试发现的改动 change the rules and list the changes that no test notices
    #[arg(long)]
    mutate: bool,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let (repository, files) = files::rules(&arguments.paths, language)?;
    let choice = Choice {
        filter: arguments.filter.clone(),
        files,
    };
    if arguments.mutate {
        return mutated(&repository, &choice, language);
    }
    let suite = ruletest::run(&repository, &choice, language);
    terminal::print(&report(&suite, terminal::style()))?;
    if suite.results.is_empty() {
        let message = language.pick("没有可以运行的测试", "no test to run");
        return Err(message.to_owned());
    }
    let broken = !suite.wrong.is_empty();
    let fails = suite.results.iter().any(TestResult::fails);
    Ok(if broken { 2 } else { u8::from(fails) })
}

fn mutated(repository: &Repository, choice: &Choice, language: Language) -> Result<u8, Failure> {
    let mutation = mutate(repository, choice, language);
    terminal::print(&mutation_report(&mutation, terminal::style()))?;
    if !mutation.suite.passes() {
        let message = language.pick(
            "测试全部通过之后才能改动规则",
            "rules are changed only once their tests pass",
        );
        return Err(message.to_owned());
    }
    if mutation.mutants == 0 {
        let message = language.pick("没有可以改动的规则", "no rule to change");
        return Err(message.to_owned());
    }
    Ok(u8::from(!mutation.survivors.is_empty()))
}
