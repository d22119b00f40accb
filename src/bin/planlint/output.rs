//! What a report is written as, and where: `--format` and `--output`, several at once.

use std::io;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ValueEnum};
use planlint::check::Outcome;
use planlint::finding::Group;
use planlint::language::Language;
use planlint::problem::Severity;
use planlint::render::{self, Format, View};

use crate::shown::Text;
use crate::{Failure, atomic, terminal};

#[derive(Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// 输出格式，可多次给出 output format; may be given several times
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(render::ALL.iter().map(|format| format.name)))]
    format: Vec<String>,
    /// 写入文件，格式是它前面的 --format write into this file, in the --format before it
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// 文字输出最多显示多少项，最严重的在先；0 为全部 how many findings text shows, the gravest first; 0 for all
    #[arg(long, default_value_t = 200)]
    max_findings: usize,
    /// 文字输出按什么归在一起 what text puts findings together by
    #[arg(long, value_enum, default_value_t = By::File)]
    group_by: By,
    /// 一并列出无法判断的检查 also list the checks that could not be decided
    #[arg(long, value_parser = ["undetermined"])]
    show: Option<String>,
    /// 不在标准输出上写文字报告 write no text report to standard output
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// 另列无法判断的检查、各规则的计数和所用的设置 also list undecided checks, the counts of each rule and the settings in force
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    File,
    Plan,
    Rule,
    Indicator,
    Region,
}

impl By {
    const fn group(self) -> Group {
        match self {
            Self::File => Group::File,
            Self::Plan => Group::Plan,
            Self::Rule => Group::Rule,
            Self::Indicator => Group::Indicator,
            Self::Region => Group::Region,
        }
    }
}

/// Where a report goes, and in which format.
pub(crate) struct Outputs<'a> {
    arguments: &'a Arguments,
    files: Vec<(&'static Format, PathBuf)>,
    /// What standard output gets; nothing where all goes into files.
    standard: Option<&'static Format>,
}

/// What is given, in the order in which it was typed.
enum Given {
    Format(&'static Format),
    Output(PathBuf),
}

impl<'a> Outputs<'a> {
    /// Pairs each `--output` with the `--format` before it; the `--format` that has no `--output` behind it goes to standard
    /// output.
    pub fn new(
        arguments: &'a Arguments,
        matches: &ArgMatches,
        language: Language,
    ) -> Result<Self, Failure> {
        let text = render::ALL.first().ok_or_else(Failure::new)?;
        let formats = arguments.format.iter().filter_map(|name| {
            let mut all = render::ALL.iter();
            all.find(|format| format.name == name).map(Given::Format)
        });
        let paths = arguments.output.iter().cloned().map(Given::Output);
        let at = |name: &str| matches.indices_of(name).into_iter().flatten();
        let formats = at("format").zip(formats);
        let mut given: Vec<(usize, Given)> = formats.chain(at("output").zip(paths)).collect();
        given.sort_by_key(|(at, _)| *at);
        let mut files = Vec::new();
        let mut standard = Vec::new();
        let mut last = None;
        let mut pending = None;
        for (_, given) in given {
            match given {
                Given::Format(format) => {
                    standard.extend(pending.replace(format));
                    last = Some(format);
                }
                Given::Output(path) if path.as_os_str() == "-" => {
                    pending = None;
                    standard.push(last.unwrap_or(text));
                }
                Given::Output(path) => {
                    pending = None;
                    if files.iter().any(|(_, known)| *known == path) {
                        let path = path.display();
                        return Err(match language {
                            Language::Chinese => format!("{path} 写了两次"),
                            Language::English => format!("{path} is written twice"),
                        });
                    }
                    files.push((last.unwrap_or(text), path));
                }
            }
        }
        standard.extend(pending);
        if standard.len() > 1 {
            return Err(language
                .pick(
                    "只有一种格式可以写到标准输出；其余的在 --format 之后用 --output 写入文件",
                    "only one format can go to standard output; name an --output behind each other --format",
                )
                .to_owned());
        }
        let default = files.is_empty().then_some(text);
        Ok(Self {
            arguments,
            standard: standard.first().copied().or(default),
            files,
        })
    }

    /// Writes the report everywhere; files as a whole or not at all. What goes to standard output is kept where somebody keeps it.
    pub fn write(
        &self,
        outcome: &Outcome,
        threshold: Severity,
        prefix: &str,
        kept: Option<&mut Text>,
    ) -> Result<(), Failure> {
        let view = self.view(threshold, prefix);
        let Outcome {
            report, sources, ..
        } = outcome;
        for (format, path) in &self.files {
            let plain = View {
                style: render::Style::default(),
                ..view
            };
            atomic::write(path, |out| {
                (format.render)(report, outcome, sources, &plain, out)
            })
            .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        match self.standard {
            Some(format) if !(self.arguments.quiet && format.name == "text") => {
                let render =
                    |out: &mut dyn io::Write| (format.render)(report, outcome, sources, &view, out);
                match kept {
                    Some(text) => terminal::write(|out| text.keep(out, render))?,
                    None => terminal::write(render)?,
                }
            }
            None if !self.arguments.quiet => terminal::print(&render::summary(report))?,
            _ => (),
        }
        Ok(())
    }

    /// Whether all that is written is a report on standard output, and nothing is told of beside it.
    pub fn is_plain(&self) -> bool {
        self.files.is_empty() && !self.arguments.verbose
    }

    /// Whether a person reads standard output.
    pub fn is_read(&self) -> bool {
        !self.arguments.quiet && self.standard.is_none_or(|format| format.name == "text")
    }

    fn view<'v>(&self, threshold: Severity, prefix: &'v str) -> View<'v> {
        let Arguments {
            max_findings,
            group_by,
            show,
            verbose,
            ..
        } = self.arguments;
        View {
            undetermined: show.is_some() || *verbose,
            most: Some(*max_findings).filter(|most| *most > 0),
            style: terminal::style(),
            group: group_by.group(),
            rules: *verbose,
            threshold,
            prefix,
        }
    }
}

/// Where a repository lies below the root of the version-controlled tree: empty, or a folder with `/` at its end.
pub(crate) fn prefix(root: &Path) -> String {
    let root = &std::fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let tree = root.ancestors().find(|folder| folder.join(".git").exists());
    let below = tree.and_then(|tree| root.strip_prefix(tree).ok());
    let parts = below.into_iter().flat_map(Path::components);
    let parts = parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy()));
    parts.collect()
}
