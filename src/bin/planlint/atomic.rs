//! Files written as a whole or not at all: who reads one sees the old or the new.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

/// Writes out what `make` writes, in the place of what was there.
pub(crate) fn write(
    path: &Path,
    make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::BufWriter::new(AtomicWriteFile::open(path)?);
    make(&mut out)?;
    out.into_inner()?.commit()
}

/// Writes bytes in the place of what was there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, |out| out.write_all(bytes))
}

/// As [`replace`], in a folder that need not be there yet.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    replace(path, bytes)
}
