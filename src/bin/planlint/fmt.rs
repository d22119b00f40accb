//! `planlint fmt`

use std::path::{Path, PathBuf};

use clap::Args;
use planlint::check::{File, finding, take};
use planlint::format::{format_plan, format_rules};
use planlint::language::Language;
use planlint::problem::Problem;
use planlint::render;
use planlint::source::Sources;
use similar::TextDiff;

use crate::{Failure, atomic, files, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint fmt\n  planlint fmt --check\n  planlint fmt --keywords zh rules/align"
)]
pub(crate) struct Arguments {
    /// 规划库、文件夹或文件 a repository, folders or files
    pub paths: Vec<PathBuf>,
    /// 不写文件，只列出会有的改动；有则退出码 1 write nothing and show what would change; exit code 1 if anything
    #[arg(long)]
    check: bool,
    /// 规则文件的关键词改用这种语言 the language of keywords in rule files
    #[arg(long, value_parser = ["zh", "en"])]
    keywords: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let keywords = arguments.keywords.as_deref().map(|word| match word {
        "zh" => Language::Chinese,
        _ => Language::English,
    });
    let (root, all) = files::written(&arguments.paths, language)?;
    let (mut changed, mut broken) = (0, 0);
    let count = all.len();
    for file in all {
        match laid(file, keywords, language) {
            Ok(laid) if laid.after == laid.before => (),
            Ok(laid) => {
                changed += 1;
                if arguments.check {
                    terminal::print(&difference(&laid))?;
                } else {
                    write(&root, &laid, language)?;
                    terminal::print(&format!("{}\n", laid.path))?;
                }
            }
            Err(shown) => {
                broken += 1;
                terminal::print(&shown)?;
            }
        }
    }
    terminal::print(&summary(count, changed, broken, arguments.check, language))?;
    Ok(match (broken, arguments.check && changed > 0) {
        (0, false) => 0,
        (0, true) => 1,
        _ => 2,
    })
}

/// A file before and after.
struct Laid {
    path: String,
    before: String,
    after: String,
}

/// Lays a file out; what is wrong with it, as text, where that cannot be done.
fn laid(file: File, keywords: Option<Language>, language: Language) -> Result<Laid, String> {
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    let path = file.path.clone();
    let Some(source) = take(file, &mut sources, &mut problems) else {
        return Err(shown(&problems, &sources, language));
    };
    let before = sources.file(source).text().to_owned();
    let after = if path.to_lowercase().ends_with(".rule") {
        format_rules(&before, source, keywords)
    } else {
        format_plan(&before, source)
    };
    match after {
        Ok(after) => Ok(Laid {
            path,
            before,
            after,
        }),
        Err(problems) => Err(shown(&problems, &sources, language)),
    }
}

fn shown(problems: &[Problem], sources: &Sources, language: Language) -> String {
    let one = |problem| {
        let finding = finding(problem, sources, language);
        render::one(&finding, language, sources, terminal::style()) + "\n"
    };
    problems.iter().map(one).collect()
}

fn difference(laid: &Laid) -> String {
    TextDiff::from_lines(&laid.before, &laid.after)
        .unified_diff()
        .header(&laid.path, &laid.path)
        .to_string()
}

/// Replaces the file as a whole or not at all; where it is a link, the file it points to.
fn write(root: &Path, laid: &Laid, language: Language) -> Result<(), Failure> {
    let path = root.join(&laid.path);
    path.canonicalize()
        .and_then(|path| atomic::replace(&path, laid.after.as_bytes()))
        .map_err(|error| format!("{}: {}", laid.path, files::reason(&error, language)))
}

fn summary(all: usize, changed: usize, broken: usize, check: bool, language: Language) -> String {
    let same = all - changed - broken;
    match (language, check) {
        (Language::Chinese, true) => {
            format!("文件 {all} 个：合乎排版 {same}，需要改 {changed}，有错 {broken}\n")
        }
        (Language::Chinese, false) => {
            format!("文件 {all} 个：没有变 {same}，改了 {changed}，有错 {broken}\n")
        }
        (Language::English, true) => {
            format!("files: {all}; laid out {same}, would change {changed}, with errors {broken}\n")
        }
        (Language::English, false) => {
            format!("files: {all}; unchanged {same}, changed {changed}, with errors {broken}\n")
        }
    }
}
