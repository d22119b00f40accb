//! A bulk table cut into parts as its bytes come in: where one plan's rows end and another's begin.

use std::sync::Arc;

use memchr::memrchr;

use super::{BulkPart, Header};
use crate::import::cells::lines;
use crate::source::SourceId;

/// What a table gives next.
#[derive(Debug)]
pub enum Cut {
    /// Its next part.
    Part(BulkPart),
    /// It ends.
    End,
    /// It cannot be read in parts: its first part is no UTF-8, or has no plain header.
    Odd,
}

/// Cuts a bulk table into parts.
#[derive(Debug)]
pub struct BulkCutter {
    source: SourceId,
    /// Bytes that are asked for at once.
    size: usize,
    /// Bytes that have come in.
    loaded: usize,
    /// Whether these are all.
    ended: bool,
    /// Those of them that no part had yet.
    rest: Vec<u8>,
    /// Whether its header has been read.
    opened: bool,
    /// None where no row can be read by it.
    header: Option<Arc<Header>>,
}

impl BulkCutter {
    /// A table whose parts are about so many bytes.
    #[must_use]
    pub const fn new(source: SourceId, size: usize) -> Self {
        Self {
            source,
            size,
            loaded: 0,
            ended: false,
            rest: Vec::new(),
            opened: false,
            header: None,
        }
    }

    /// The next part, in the room of some bytes. The loader puts bytes of the table behind those that a buffer has: from
    /// an offset on, so many; fewer only where the table ends.
    ///
    /// # Errors
    /// Those of the loader.
    pub fn next<E>(
        &mut self,
        room: Vec<u8>,
        mut load: impl FnMut(usize, usize, &mut Vec<u8>) -> Result<(), E>,
    ) -> Result<Cut, E> {
        let mut bytes = room;
        bytes.clear();
        bytes.append(&mut self.rest);
        let mut seen = 0;
        while !self.ended {
            let before = bytes.len();
            load(self.loaded, self.size, &mut bytes)?;
            let more = bytes.len() - before;
            self.loaded += more;
            self.ended = more < self.size;
            if !self.ended
                && let Some(end) = last_plan(&bytes, seen)
            {
                self.rest.extend_from_slice(bytes.get(end..).unwrap_or(&[]));
                bytes.truncate(end);
                break;
            }
            // Lines before the last one that has come in whole are not looked at again.
            let whole = memrchr(b'\n', &bytes).unwrap_or(0);
            let before = bytes.get(..whole).unwrap_or(&[]);
            seen = memrchr(b'\n', before).map_or(0, |end| end + 1);
        }
        Ok(self.part(bytes))
    }

    /// The bytes as the next part.
    fn part(&mut self, bytes: Vec<u8>) -> Cut {
        if bytes.is_empty() && self.opened {
            return Cut::End;
        }
        let base = self.loaded - self.rest.len() - bytes.len();
        let (mut problems, mut rows) = (Vec::new(), 0);
        if !self.opened {
            self.opened = true;
            let Ok(text) = simdutf8::basic::from_utf8(&bytes) else {
                return Cut::Odd;
            };
            let mut lines = lines(text, self.source);
            let header = Header::read(&mut lines, self.source, &mut problems);
            self.header = header.map(Arc::new);
            rows = lines.at();
            // Behind empty lines, the header may be in a later part.
            let found = self.ended || !text.trim_start_matches('\u{FEFF}').trim().is_empty();
            if lines.is_odd() || !found {
                return Cut::Odd;
            }
        }
        Cut::Part(BulkPart {
            source: self.source,
            bytes,
            base,
            rows,
            header: self.header.clone(),
            problems,
        })
    }
}

/// Where the last line starts whose first cell is another than that of the line before; both have come in whole, and
/// the line before starts no earlier than at a place.
fn last_plan(bytes: &[u8], from: usize) -> Option<usize> {
    let start = |end: usize| {
        let before = bytes.get(..end)?;
        Some(memrchr(b'\n', before).map_or(0, |end| end + 1))
    };
    let first = |line: usize| {
        let line = bytes.get(line..).unwrap_or(&[]);
        let ends = |byte: &u8| matches!(byte, b',' | b'\n');
        line.split(ends).next()
    };
    let mut line = start(memrchr(b'\n', bytes)?)?;
    while line > from {
        let before = start(line - 1)?;
        if first(before) != first(line) {
            return Some(line);
        }
        line = before;
    }
    None
}
