//! `.planlint/shown`: what the last checks wrote to standard output, for the next one that is asked of the same files in the
//! same way: a glance at the files is all it takes. A file for each way of calling, its text compressed: a list of hundreds of
//! thousands of findings says most things over and over.

use std::fs;
use std::io::{self, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use lz4_flex::block::{compress, decompress_into};
use planlint::check::{Options, Stamp, digest, question};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use crate::files::Located;
use crate::gate::Verdict;

/// What a file begins with; the number is that of its format.
const MAGIC: &[u8; 16] = b"planlint shown 2";

/// So much text is compressed as one.
const BLOCK: usize = 1 << 20;

/// So many blocks are made text again while those before them are written.
const AT_ONCE: usize = 4;

/// The most that is kept of one call, in bytes, compressed.
const MOST: usize = 1 << 27;

/// The most that is kept of all.
const MOST_OF_ALL: u64 = 1 << 28;

/// The calls that are kept, at most.
const CALLS: usize = 8;

/// A text as it is kept.
#[derive(Default)]
pub(crate) struct Text {
    /// Of each block the bytes that it takes, and those that it is made of.
    blocks: Vec<(u32, u32)>,
    bytes: Vec<u8>,
    /// What is not compressed yet.
    last: Vec<u8>,
    /// Whether it is too much to be kept, or was not written to its end.
    is_spoilt: bool,
}

impl Text {
    /// All that was written; `None` where that is too much, or not all was.
    pub fn finish(mut self) -> Option<Self> {
        let last = mem::take(&mut self.last);
        self.pack(&last);
        (!self.is_spoilt).then_some(self)
    }

    /// Writes out what `make` writes, and keeps it where all of it was written.
    pub fn keep(
        &mut self,
        out: &mut dyn Write,
        make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut keeping = Keeping { out, text: self };
        let written = make(&mut keeping).and_then(|()| keeping.flush());
        if written.is_err() {
            self.spoil();
        }
        written
    }

    fn spoil(&mut self) {
        *self = Self {
            is_spoilt: true,
            ..Self::default()
        };
    }

    fn take(&mut self, bytes: &[u8]) {
        if self.is_spoilt {
            return;
        }
        if self.last.is_empty() && bytes.len() >= BLOCK / 4 {
            bytes.chunks(BLOCK).for_each(|block| self.pack(block));
            return;
        }
        self.last.extend(bytes);
        if self.last.len() >= BLOCK {
            let mut last = mem::take(&mut self.last);
            self.pack(&last);
            last.clear();
            self.last = last;
        }
    }

    fn pack(&mut self, block: &[u8]) {
        if block.is_empty() {
            return;
        }
        let packed = compress(block);
        if self.bytes.len() + packed.len() > MOST {
            return self.spoil();
        }
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.blocks.push((length(&packed), length(block)));
        self.bytes.extend(packed);
    }
}

/// Writes, and keeps what was written.
struct Keeping<'w> {
    out: &'w mut dyn Write,
    text: &'w mut Text,
}

impl Write for Keeping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.text.take(bytes.get(..count).unwrap_or(&[]));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What a check came to.
pub(crate) struct Page {
    blocks: Vec<(u32, u32)>,
    bytes: Vec<u8>,
    /// Where the blocks begin.
    start: usize,
    verdict: Verdict,
}

impl Page {
    pub fn new(Text { blocks, bytes, .. }: Text, verdict: Verdict) -> Self {
        Self {
            blocks,
            bytes,
            start: 0,
            verdict,
        }
    }

    /// What is told beside it.
    pub fn verdict(self) -> Verdict {
        self.verdict
    }

    /// Writes it as it was written: some of it is made text while that before is written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rest = self.bytes.get(self.start..).unwrap_or_default();
        // The room of those that were written is that of those behind the next ones.
        let (mut ready, mut next) = (Vec::new(), Vec::new());
        for blocks in self.blocks.chunks(AT_ONCE).chain([&[][..]]) {
            let mut packed = Vec::with_capacity(blocks.len());
            for (length, whole) in blocks {
                let own = rest.split_off(..*length as usize);
                packed.push((own.ok_or(io::ErrorKind::InvalidData)?, *whole as usize));
            }
            next.resize_with(packed.len(), Vec::new);
            let mut unpacked = Ok(());
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| {
                    let texts = packed.into_par_iter().zip(&mut next);
                    unpacked = texts.try_for_each(|(packed, text)| unpack_block(packed, text));
                });
                ready
                    .iter()
                    .try_for_each(|text: &Vec<u8>| out.write_all(text))
            })?;
            unpacked?;
            mem::swap(&mut ready, &mut next);
        }
        Ok(())
    }
}

fn unpack_block((block, length): (&[u8], usize), text: &mut Vec<u8>) -> io::Result<()> {
    text.resize(length, 0);
    let found = decompress_into(block, text).map_err(io::Error::other)?;
    text.truncate(found);
    Ok(())
}

/// What stands before a page's blocks.
#[derive(Serialize, Deserialize)]
struct Head<S> {
    stamp: S,
    asked: u128,
    code: u8,
    told: Vec<String>,
    blocks: Vec<(u32, u32)>,
}

/// In which way what was asked: the call, and how its text may look.
fn asked(question: u128, way: &str) -> u128 {
    let mut bytes = question.to_le_bytes().to_vec();
    bytes.extend(way.as_bytes());
    digest(&bytes)
}

/// The file of a way of calling, in a folder of such files.
pub(crate) fn place(folder: &Path, way: &str) -> PathBuf {
    folder.join(format!("{:032x}", digest(way.as_bytes())))
}

/// A page of a question as the bytes of its file; `None` where they cannot be written.
pub(crate) fn pack(stamp: &Stamp, (question, way): (u128, &str), page: Page) -> Option<Vec<u8>> {
    let Verdict { code, told } = page.verdict;
    let head = postcard::to_stdvec(&Head {
        stamp,
        asked: asked(question, way),
        code,
        told,
        blocks: page.blocks,
    });
    let head = head.ok()?;
    let mut body = u64::try_from(head.len()).ok()?.to_le_bytes().to_vec();
    body.extend(head);
    body.extend(page.bytes);
    let mut bytes = MAGIC.to_vec();
    bytes.extend(digest(&body).to_le_bytes());
    bytes.extend(body);
    Some(bytes)
}

/// The page of a call, where all files surely are as they were when it was made; `None` else, and where it is damaged.
pub(crate) fn unpack(
    bytes: Vec<u8>,
    now: &Stamp,
    (found, options): (&Located, &Options),
    way: &str,
) -> Option<Page> {
    let (sum, body) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
    let (length, rest) = body.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (head, packed) = rest.split_at_checked(length)?;
    let Head {
        stamp,
        asked: known,
        code,
        told,
        blocks,
    }: Head<Stamp> = postcard::from_bytes(head).ok()?;
    let mut both = stamp.inputs.iter().zip(&now.inputs);
    let same = stamp.build == now.build
        && stamp.inputs.len() == now.inputs.len()
        && both.all(|(known, now)| {
            known.path == now.path && stamp.settles(known, now.size, now.modified)
        });
    // The whole is looked at before any of it is written: half a page would be worse than none.
    if !same || u128::from_le_bytes(*sum) != digest(body) {
        return None;
    }
    let (rules, settings) = found.listed.measures();
    let question = question(&stamp, &rules, settings.as_ref(), options)?;
    let start = bytes.len() - packed.len();
    (asked(question, way) == known).then_some(Page {
        blocks,
        bytes,
        start,
        verdict: Verdict { code, told },
    })
}

/// Reads the file of a way of calling, and notes that it was.
pub(crate) fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(path).ok()?;
    let noted = fs::File::options().append(true).open(path);
    let _ = noted.and_then(|file| file.set_modified(SystemTime::now()));
    Some(bytes)
}

/// Removes those pages of a folder that were longest not asked for, where there are too many.
pub(crate) fn prune(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let known = entries.filter_map(|entry| {
        let data = entry.metadata().ok()?;
        Some((data.modified().ok()?, data.len(), entry.path()))
    });
    let mut pages: Vec<(SystemTime, u64, PathBuf)> = known.collect();
    pages.sort_unstable();
    let mut all = 0;
    for (number, (_, size, path)) in pages.iter().rev().enumerate() {
        all += size;
        if number >= CALLS || all > MOST_OF_ALL {
            let _ = fs::remove_file(path);
        }
    }
}
