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

/// The same, and gives what was written, where that is all there was to write and no more than so many bytes.
pub(crate) fn write_keeping(
    most: usize,
    make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Option<Vec<u8>>, String> {
    let mut kept = Some(Vec::new());
    write(|out| {
        let mut keeping = Keeping {
            out: &mut *out,
            kept: &mut kept,
            most,
        };
        let written = make(&mut keeping).and_then(|()| out.flush());
        if written.is_err() {
            kept = None;
        }
        written
    })?;
    Ok(kept)
}

/// Writes, and keeps what was written, as long as that is little.
struct Keeping<'w> {
    out: &'w mut dyn Write,
    kept: &'w mut Option<Vec<u8>>,
    most: usize,
}

impl Write for Keeping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        if let Some(kept) = self.kept {
            kept.extend(bytes.get(..count).unwrap_or(&[]));
            if kept.len() > self.most {
                *self.kept = None;
            }
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
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
