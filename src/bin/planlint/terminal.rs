//! Standard output and error.

use std::io::{self, IsTerminal, Write};

use planlint::render::Style;

/// Writes a text out. A reader that closed the pipe wants no more: that is no error.
pub(crate) fn print(text: &str) -> Result<(), String> {
    write(|out| out.write_all(text.as_bytes()))
}

/// Writes out what `make` writes, piece by piece.
pub(crate) fn write(make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match make(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Writes a line to standard error.
pub(crate) fn error(text: &str) {
    aside(&format!("planlint: {text}\n"));
}

/// Writes a text beside the output, to standard error; there is nobody to tell if that fails.
pub(crate) fn aside(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// How text may look here: colour only on a terminal that has it, and never where `NO_COLOR` is set.
pub(crate) fn style() -> Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let terminal = io::stdout().is_terminal();
    let width = textwrap::termwidth();
    Style {
        colour: terminal && !set("NO_COLOR") && !dumb,
        unicode: !dumb,
        width: if terminal { width.clamp(60, 140) } else { 100 },
    }
}
