//! The command: the only place that touches files, the terminal, the environment and the clock.

mod atomic;
mod baseline;
mod cache;
mod check;
mod clock;
mod completions;
mod config;
mod diff;
mod explain;
mod files;
mod fmt;
mod gate;
mod graph;
mod init;
mod layout;
mod man;
mod output;
mod progress;
mod report;
mod revision;
mod rules;
mod schema;
mod shown;
mod terminal;
mod test;
mod walk;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use planlint::language::Language;

/// Two threads check a nation's tables in an eighth less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 发展规划一致性检查：一份规划与它的上级规划、与它自己是否一致。 Does a plan agree with every plan above it and with itself?
#[derive(Parser)]
#[command(
    name = "planlint",
    version,
    propagate_version = true,
    after_help = "例 example: planlint check"
)]
struct Arguments {
    /// 消息语言 language of messages [zh, en]; 默认随系统 default: the system's
    #[arg(long, global = true, value_parser = ["zh", "en"])]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 检查规划 check plans against the rules
    Check(check::Arguments),
    /// 比较两个规划库的问题 compare the findings of two repositories
    Diff(diff::Arguments),
    /// 写出供签署的核对报告 write a report that a commission can sign
    Report(report::Arguments),
    /// 所用的设置及其出处 the settings in force and where each comes from
    Config(config::Arguments),
    /// 统一规则文件和规划文件的排版 lay rule files and plan files out
    Fmt(fmt::Arguments),
    /// 运行规则文件里的测试 run the tests that rule files hold
    Test(test::Arguments),
    /// 列出规则 list the rules
    Rules(rules::Arguments),
    /// 规则手册页 a rule's manual page
    Explain(explain::Arguments),
    /// 区划树与规划对上关系 the region tree and which plan answers to which
    Graph(graph::Arguments),
    /// 建一个新的规划库 start a new repository
    Init(init::Arguments),
    /// 规划文件的 JSON Schema，供编辑器使用 the JSON Schema of a kind of file, for editors
    Schema(schema::Arguments),
    /// 命令行补全脚本 a shell's completion script
    Completions(completions::Arguments),
    /// 手册页（man） the manual pages
    Man(man::Arguments),
}

/// What went wrong with the call itself: exit code 2.
type Failure = String;

fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let language = language(arguments.lang.as_deref(), &arguments.command);
    let typed = matches.subcommand().map(|(_, matches)| matches);
    let typed = typed.unwrap_or(&matches);
    let result = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, typed, language),
        Command::Diff(arguments) => diff::run(&arguments, typed, language),
        Command::Report(arguments) => report::run(&arguments, language),
        Command::Config(arguments) => config::run(&arguments, language),
        Command::Fmt(arguments) => fmt::run(&arguments, language),
        Command::Test(arguments) => test::run(&arguments, language),
        Command::Rules(arguments) => rules::run(&arguments, language),
        Command::Explain(arguments) => explain::run(&arguments, language),
        Command::Graph(arguments) => graph::run(&arguments, language),
        Command::Init(arguments) => init::run(&arguments, language),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command()),
        Command::Man(arguments) => man::run(&arguments, Arguments::command(), language),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            terminal::error(&failure);
            ExitCode::from(2)
        }
    }
}

impl Command {
    /// The paths that it is given.
    fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Check(arguments) => &arguments.paths,
            Self::Diff(arguments) => std::slice::from_ref(&arguments.after),
            Self::Report(arguments) => &arguments.paths,
            Self::Config(arguments) => &arguments.paths,
            Self::Fmt(arguments) => &arguments.paths,
            Self::Test(arguments) => &arguments.paths,
            Self::Rules(arguments) => &arguments.paths,
            Self::Explain(arguments) => &arguments.paths,
            Self::Graph(arguments) => &arguments.paths,
            Self::Init(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_) => &[],
        }
    }
}

/// The language asked for, else the repository's, else the system's: Chinese where its locale is Chinese.
fn language(asked: Option<&str>, command: &Command) -> Language {
    if let Some(asked) = asked {
        return Language::of_tag(asked);
    }
    let said = files::settings(command.paths()).language;
    said.map_or_else(
        || Language::of_tag(&sys_locale::get_locale().unwrap_or_default()),
        |said| said.value,
    )
}
