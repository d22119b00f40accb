//! `planlint completions`

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use crate::{Failure, terminal};

#[derive(Args)]
#[command(
    after_help = "例 examples:\n  planlint completions bash > ~/.local/share/bash-completion/completions/planlint\n  planlint completions fish > ~/.config/fish/completions/planlint.fish"
)]
pub(crate) struct Arguments {
    /// 哪种 shell the shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, mut command: Command) -> Result<u8, Failure> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut command, "planlint", &mut script);
    terminal::write(|out| out.write_all(&script))?;
    Ok(0)
}
