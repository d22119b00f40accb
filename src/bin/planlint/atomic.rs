//! Files written as a whole or not at all: who reads one sees the old or the new.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

/// Writes out what `make` writes, in the place of what was there. A link stays one; what is no file, a device or a pipe, is
/// written to as it is.
pub(crate) fn write(
    path: &Path,
    make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => {
            let mut out = io::BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
            make(&mut out)?;
            return out.flush();
        }
        _ => (),
    }
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
