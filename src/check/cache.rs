//! What reading gave, as bytes for the next run: of a repository that is as it was, nothing is read or parsed again.
//!
//! A cache is a stamp, which says of which files it was made, and a body: the facts, the problems and the pieces in
//! which texts are loaded. All of it has checksums: a torn or foreign one is not used.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::{Outcome, Read};
use crate::facts::Stored;
use crate::pack::{self, Bytes, Fixed, Reader, Writer};
use crate::problem::{Kind, Problem};
use crate::source::{Loader, Noted, Piece, SourceFile, Sources};

/// What a cache begins with; the number is that of its format.
const MAGIC: &[u8; 16] = b"planlint cache 4";

/// How much older than the look at it a file must be for its size and time to stand for what it says: a change in the
/// same tick of a file system's clock shows in neither.
const SETTLED: u64 = 2_000_000_000;

/// A file that a cache was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its path.
    pub path: String,
    /// How many bytes it had.
    pub size: u64,
    /// When it was changed last, in nanoseconds since 1970; 0 where that is not known.
    pub modified: u64,
    /// The [`digest`](crate::source::digest) of its bytes.
    pub digest: u128,
}

impl Input {
    /// Whether its size and time stand for what it says, looked at when it was.
    #[must_use]
    pub const fn is_settled(&self, looked: u64) -> bool {
        self.modified != 0 && self.modified.saturating_add(SETTLED) < looked
    }
}

/// What a cache was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Which planlint made it: another one may read the same files otherwise.
    pub build: String,
    /// When the files were first looked at, in nanoseconds since 1970.
    pub looked: u64,
    /// All files but the rules: regions, catalogue, plans, tables, statistics.
    pub inputs: Vec<Input>,
}

impl Stamp {
    /// Whether a file of this size and time is surely as it was.
    #[must_use]
    pub fn settles(&self, input: &Input, size: u64, modified: u64) -> bool {
        input.size == size && input.modified == modified && input.is_settled(self.looked)
    }
}

/// A cache whose stamp has been read.
#[derive(Debug)]
pub struct Cache<'b> {
    /// What it was made of.
    pub stamp: Stamp,
    body: Reader<'b>,
}

/// What was read in an earlier run.
#[derive(Debug)]
pub struct Kept(pub(super) Read);

impl<'b> Cache<'b> {
    /// Reads the stamp of a cache; `None` where it is none, or one of another format or another planlint.
    #[must_use]
    pub fn open(bytes: &'b dyn Bytes, build: &str) -> Option<Self> {
        let mut body = Reader::new(bytes, 0);
        (body.take()? == *MAGIC).then_some(())?;
        let stamp: Stamp = body.small()?;
        (stamp.build == build).then_some(Self { stamp, body })
    }

    /// What it keeps; `None` where it is damaged. Texts come from the loader when they are wanted.
    #[must_use]
    pub fn read(&self, loader: &Loader) -> Option<Kept> {
        body_of(self.body, &self.stamp.inputs, loader).map(Kept)
    }

    /// The same under a newer stamp of the same files; `None` where it cannot be read.
    #[must_use]
    pub fn restamped(&self, stamp: &Stamp) -> Option<Vec<u8>> {
        let mut bytes = head(stamp).finish();
        let start = bytes.len();
        bytes.resize(start + self.body.left()?, 0);
        self.body.copy(bytes.get_mut(start..)?)?;
        Some(bytes)
    }
}

impl Outcome {
    /// What this run has read, for the next one; `None` where a file was missing or could not be read.
    #[must_use]
    pub fn cache(&self, stamp: &Stamp) -> Option<Vec<u8>> {
        let basis = self.basis.as_ref()?;
        let problems = &basis.problems;
        let unread = |problem: &Problem| problem.kind == Kind::UnreadableFile;
        let files: Vec<&SourceFile> = self.sources.files().take(basis.sources).collect();
        let inputs = stamp.inputs.iter().map(|input| &input.path);
        if problems.iter().any(unread) || !files.iter().map(|file| &file.path).eq(inputs) {
            return None;
        }
        let noted: Vec<Noted> = files.into_par_iter().map(SourceFile::noted).collect();
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let both = |noted: &Noted| [count(noted.pieces.len()), count(noted.lines.len())];
        let counts: Vec<u32> = noted.iter().flat_map(both).collect();
        let pieces = noted.iter().flat_map(|noted| noted.pieces.iter());
        let pieces: Vec<Piece> = pieces.collect();
        let lines = noted.iter().flat_map(|noted| noted.lines.iter());
        let lines: Vec<u32> = lines.collect();
        let mut body = head(stamp);
        body.column(&counts);
        body.column(&pieces);
        body.column(&lines);
        body.list(problems);
        self.facts.pack(&mut body);
        Some(body.finish())
    }
}

fn head(stamp: &Stamp) -> Writer {
    let mut head = Writer::behind(MAGIC.to_vec());
    head.small(stamp);
    head
}

/// The body of a cache of some files.
fn body_of(mut from: Reader<'_>, inputs: &[Input], loader: &Loader) -> Option<Read> {
    let (counts, pieces, lines) = (from.column()?, from.column()?, from.column()?);
    let problems = from.list()?;
    let facts = Stored::take(&mut from)?;
    let texts = || {
        let (pieces, lines): (Vec<Piece>, Vec<u32>) = (pieces.read()?, lines.read()?);
        sources(inputs, &counts.read::<u32>()?, (&pieces, &lines), loader)
    };
    let (facts, sources) = rayon::join(|| facts.facts(inputs.len()), texts);
    Some(Read {
        sources: sources?,
        problems: problems.read()?,
        facts: facts?,
    })
}

fn sources(
    inputs: &[Input],
    counts: &[u32],
    (mut pieces, mut lines): (&[Piece], &[u32]),
    loader: &Loader,
) -> Option<Sources> {
    let (counts, _) = counts.as_chunks();
    if inputs.len() != counts.len() {
        return None;
    }
    let mut parts = Vec::with_capacity(inputs.len());
    for (input, [of_pieces, of_lines]) in inputs.iter().zip(counts) {
        let (own, rest) = pieces.split_at_checked(*of_pieces as usize)?;
        let (starts, more) = lines.split_at_checked(*of_lines as usize)?;
        parts.push((input, own, starts));
        (pieces, lines) = (rest, more);
    }
    let noted = parts.into_par_iter().map(|(input, own, starts)| {
        let noted = Noted {
            length: usize::try_from(input.size).ok()?,
            pieces: own.iter().copied().collect(),
            lines: starts.iter().copied().collect(),
        };
        Some((input.path.clone(), noted))
    });
    let noted: Vec<Option<(String, Noted)>> = noted.collect();
    let mut sources = Sources::with_room(inputs.len());
    for noted in noted {
        let (path, noted) = noted?;
        sources.add_known(path, noted, loader);
    }
    Some(sources)
}

impl Fixed<20> for Piece {
    fn put(&self) -> [u8; 20] {
        let mut bytes = [0; 20];
        let (start, digest) = bytes.split_at_mut(4);
        start.copy_from_slice(&self.start.to_le_bytes());
        digest.copy_from_slice(&self.digest.to_le_bytes());
        bytes
    }

    fn get(bytes: &[u8; 20]) -> Self {
        let word = |at| pack::word(bytes, at);
        let digest = (1..5).rev();
        Self {
            start: word(0),
            digest: digest.fold(0, |high, at| high << 32 | u128::from(word(at))),
        }
    }
}
