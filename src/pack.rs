//! The bytes of a cache: long columns of fixed width, which are read in bulk, and the small rest by postcard.
//!
//! Every section has checksums of its own, a column one for each of its parts: what is read is looked at while it is at
//! hand, and no more of a file than a part of a column ever lies in memory beside what is made of it.

use std::fmt::Debug;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};
use serde::Serialize;
use serde::de::DeserializeOwned;
use twox_hash::XxHash3_64;

/// The elements of a part of a column, which has one checksum.
const AT_ONCE: usize = 8192;

/// How many entries of a list are written as one, so that several threads can read them.
const PART: usize = 512;

/// What a column is made of: so many bytes each, least significant first.
pub trait Fixed<const N: usize>: Copy + Send + Sync {
    /// Its bytes.
    fn put(&self) -> [u8; N];
    /// What some bytes are.
    fn get(bytes: &[u8; N]) -> Self;
}

impl Fixed<4> for u32 {
    fn put(&self) -> [u8; 4] {
        self.to_le_bytes()
    }

    fn get(bytes: &[u8; 4]) -> Self {
        Self::from_le_bytes(*bytes)
    }
}

impl Fixed<8> for u64 {
    fn put(&self) -> [u8; 8] {
        self.to_le_bytes()
    }

    fn get(bytes: &[u8; 8]) -> Self {
        Self::from_le_bytes(*bytes)
    }
}

impl Fixed<8> for (u32, u32) {
    fn put(&self) -> [u8; 8] {
        words([self.0, self.1])
    }

    fn get(bytes: &[u8; 8]) -> Self {
        (word(bytes, 0), word(bytes, 1))
    }
}

/// Words as bytes; words that find no room are left out.
#[must_use]
pub fn words<const N: usize>(words: impl IntoIterator<Item = u32>) -> [u8; N] {
    let mut bytes = [0; N];
    for (place, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
        *place = word.to_le_bytes();
    }
    bytes
}

/// The word at a place among some bytes; 0 behind their end.
#[must_use]
pub fn word(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.as_chunks().0.get(at);
    word.map_or(0, |word| u32::from_le_bytes(*word))
}

/// Bytes that are read where they are wanted: a file's.
pub trait Bytes: Debug + Sync {
    /// How many there are.
    fn size(&self) -> u64;
    /// Those from one on, as many as there is room for; `None` where they cannot be read.
    fn read(&self, at: u64, into: &mut [u8]) -> Option<()>;
}

impl Bytes for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, at: u64, into: &mut [u8]) -> Option<()> {
        let from = self.get(usize::try_from(at).ok()?..)?;
        into.copy_from_slice(from.get(..into.len())?);
        Some(())
    }
}

/// The checksum of some bytes.
#[must_use]
pub fn sum(bytes: &[u8]) -> [u8; 8] {
    XxHash3_64::oneshot(bytes).to_le_bytes()
}

/// Takes sections in, one after another, each behind its length and its checksums.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Writes behind some bytes.
    #[must_use]
    pub const fn behind(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    /// All bytes.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    fn length(&mut self, length: usize) {
        self.bytes.extend((length as u64).to_le_bytes());
    }

    fn section(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.bytes.extend(sum(bytes));
        self.bytes.extend(bytes);
    }

    /// A column.
    pub fn column<T: Fixed<N>, const N: usize>(&mut self, items: &[T]) {
        self.length(items.len());
        let start = self.bytes.len();
        let sums = 8 * items.len().div_ceil(AT_ONCE);
        self.bytes.resize(start + sums + items.len() * N, 0);
        let room = self.bytes.get_mut(start..);
        let Some((sums, room)) = room.and_then(|room| room.split_at_mut_checked(sums)) else {
            return;
        };
        let parts = room.par_chunks_mut(N * AT_ONCE);
        let parts = parts.zip(sums.par_chunks_mut(8));
        parts
            .zip(items.par_chunks(AT_ONCE))
            .for_each(|((room, own), items)| {
                for (place, item) in room.as_chunks_mut().0.iter_mut().zip(items) {
                    *place = item.put();
                }
                own.copy_from_slice(&sum(room));
            });
    }

    /// Something small. What cannot be written is left empty, and is then not read back.
    pub fn small(&mut self, value: &(impl Serialize + ?Sized)) {
        self.section(&postcard::to_stdvec(value).unwrap_or_default());
    }

    /// A long list of what has no fixed width.
    pub fn list<T: Serialize + Sync>(&mut self, items: &[T]) {
        let parts: Vec<Vec<u8>> = items
            .par_chunks(PART)
            .map(|part| postcard::to_stdvec(part).unwrap_or_default())
            .collect();
        self.length(parts.len());
        for part in parts {
            self.section(&part);
        }
    }
}

/// Gives sections back in the order in which they were taken in; `None` for what is no such section.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'b> {
    from: &'b dyn Bytes,
    at: u64,
}

/// A section that is not read yet.
#[derive(Clone, Copy, Debug)]
struct Section<'b> {
    from: &'b dyn Bytes,
    /// Where its checksum is, and behind that its bytes.
    at: u64,
    length: usize,
}

/// A column that is not read yet.
#[derive(Clone, Copy, Debug)]
pub struct Column<'b, const N: usize> {
    from: &'b dyn Bytes,
    /// Where its checksums are, and behind these its elements.
    at: u64,
    count: usize,
}

/// A list that is not read yet.
#[derive(Clone, Debug)]
pub struct List<'b>(Vec<Section<'b>>);

impl<'b> Reader<'b> {
    /// Reads some bytes from one on.
    #[must_use]
    pub const fn new(from: &'b dyn Bytes, at: u64) -> Self {
        Self { from, at }
    }

    /// The next bytes, so many.
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.from.read(self.at, &mut bytes)?;
        self.at += N as u64;
        Some(bytes)
    }

    /// How many bytes are left.
    #[must_use]
    pub fn left(&self) -> Option<usize> {
        usize::try_from(self.from.size().checked_sub(self.at)?).ok()
    }

    /// Copies the next bytes, as many as there is room for; `None` where they cannot be read.
    pub fn copy(&self, into: &mut [u8]) -> Option<()> {
        self.from.read(self.at, into)
    }

    /// A length, and where what has it begins: as many bytes of checksums and bytes as that takes are passed over, if there
    /// are so many.
    fn pass(&mut self, bytes: impl FnOnce(u64) -> Option<u64>) -> Option<(usize, u64)> {
        let length = u64::from_le_bytes(self.take()?);
        let at = self.at;
        let end = at.checked_add(bytes(length)?)?;
        (end <= self.from.size()).then_some(())?;
        self.at = end;
        Some((usize::try_from(length).ok()?, at))
    }

    fn section(&mut self) -> Option<Section<'b>> {
        let (length, at) = self.pass(|length| length.checked_add(8))?;
        let from = self.from;
        Some(Section { from, at, length })
    }

    /// The next section, a column.
    pub fn column<const N: usize>(&mut self) -> Option<Column<'b, N>> {
        let (count, at) = self.pass(|count| {
            let sums = count.div_ceil(AT_ONCE as u64).checked_mul(8)?;
            count.checked_mul(N as u64)?.checked_add(sums)
        })?;
        let from = self.from;
        Some(Column { from, at, count })
    }

    /// The next section, something small.
    pub fn small<T: DeserializeOwned>(&mut self) -> Option<T> {
        self.section()?.value()
    }

    /// The next section, a list.
    pub fn list(&mut self) -> Option<List<'b>> {
        let (parts, _) = self.pass(|_| Some(0))?;
        (0..parts)
            .map(|_| self.section())
            .collect::<Option<_>>()
            .map(List)
    }
}

impl Section<'_> {
    /// What it says; `None` where it is damaged.
    fn value<T: DeserializeOwned>(&self) -> Option<T> {
        let mut bytes = vec![0; 8 + self.length];
        self.from.read(self.at, &mut bytes)?;
        let (wanted, bytes) = bytes.split_first_chunk::<8>()?;
        let value = || postcard::from_bytes(bytes).ok();
        (sum(bytes) == *wanted).then(value)?
    }
}

impl<const N: usize> Column<'_, N> {
    /// How many elements it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Its elements; `None` where it is damaged.
    #[must_use]
    pub fn read<T: Fixed<N>>(self) -> Option<Vec<T>> {
        self.read_if(|_| true)
    }

    /// Its elements, where each is fit to be one.
    pub fn read_if<T: Fixed<N>>(self, fits: impl Fn(&T) -> bool + Sync) -> Option<Vec<T>> {
        let mut sums = vec![0; 8 * self.count.div_ceil(AT_ONCE)];
        self.from.read(self.at, &mut sums)?;
        let mut at = self.at + sums.len() as u64;
        let mut items = Vec::with_capacity(self.count);
        let mut room = vec![0; N * self.count.min(AT_ONCE)];
        for wanted in sums.as_chunks::<8>().0 {
            let count = (self.count - items.len()).min(AT_ONCE);
            let bytes = room.get_mut(..N * count)?;
            self.from.read(at, bytes)?;
            at += bytes.len() as u64;
            let first = items.len();
            items.extend(bytes.as_chunks().0.iter().map(T::get));
            let are_fit = items.get(first..)?.iter().all(&fits);
            (are_fit && sum(bytes) == *wanted).then_some(())?;
        }
        Some(items)
    }
}

impl List<'_> {
    /// Its entries; `None` where it is damaged.
    #[must_use]
    pub fn read<T: DeserializeOwned + Send>(&self) -> Option<Vec<T>> {
        let parts = self.0.par_iter();
        let parts = parts.map(Section::value::<Vec<T>>);
        let parts: Vec<Option<Vec<T>>> = parts.collect();
        let mut all = Vec::with_capacity(parts.len() * PART);
        for part in parts {
            all.extend(part?);
        }
        Some(all)
    }
}
