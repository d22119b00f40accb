//! `planlint man`

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use planlint::language::Language;

use crate::{Failure, atomic, files, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint man > planlint.1\n  planlint man --output ~/.local/share/man/man1"
)]
pub(crate) struct Arguments {
    /// 把所有命令的手册页写进这个文件夹；不写则输出总的一页 write every command's page into this folder; without it, the main page is printed
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn run(
    arguments: &Arguments,
    command: Command,
    language: Language,
) -> Result<u8, Failure> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.output else {
        terminal::write(|out| render(&command, out))?;
        return Ok(0);
    };
    let mut written = page(&command, folder, language)?;
    for below in command.get_subcommands() {
        written.push_str(&page(below, folder, language)?);
    }
    terminal::print(&written)?;
    Ok(0)
}

/// Writes the page of a command into a folder, and gives its path as a line.
fn page(command: &Command, folder: &Path, language: Language) -> Result<String, Failure> {
    let mut text = Vec::new();
    let path = folder.join(Man::new(command.clone()).get_filename());
    render(command, &mut text)
        .and_then(|()| atomic::create(&path, &text))
        .map_err(|error| format!("{}: {}", path.display(), files::reason(&error, language)))?;
    Ok(format!("{}\n", path.display()))
}

fn render(command: &Command, out: &mut dyn io::Write) -> io::Result<()> {
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(out)?;
    }
    let mut rest = Roff::new();
    rest.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in EXIT_STATUS {
        rest.control("TP", []);
        rest.text([bold(code)]);
        rest.text([roman(meaning)]);
    }
    if let Some(examples) = command.get_after_help() {
        rest.control("SH", ["EXAMPLES"]);
        rest.control("nf", []);
        rest.text([roman(examples.to_string())]);
        rest.control("fi", []);
    }
    rest.to_writer(out)?;
    man.render_version_section(out)
}

/// The exit codes, as the README has them; commands other than `check` keep to their sense.
const EXIT_STATUS: [(&str, &str); 3] = [
    (
        "0",
        "没有达到 --fail-on 级别（默认 error）的问题；测试全部通过，排版合乎要求。 Nothing at or above --fail-on (default: error); every test passes, every file is laid out.",
    ),
    (
        "1",
        "有。 Something is, or a test fails, or a file is not laid out.",
    ),
    (
        "2",
        "检查不完整：输入有错、没有规划、没有规则、命令写错。 The check was incomplete: an input error, no plans, no rules, bad usage.",
    ),
];
