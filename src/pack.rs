//! The bytes of a cache: long columns of fixed width, which are read in bulk, and the small rest by postcard.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many elements one thread takes at a time.
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

/// Takes sections in, one after another, each behind its length.
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

    /// A column.
    pub fn column<T: Fixed<N>, const N: usize>(&mut self, items: &[T]) {
        self.length(items.len() * N);
        let start = self.bytes.len();
        self.bytes.resize(start + items.len() * N, 0);
        let Some(room) = self.bytes.get_mut(start..) else {
            return;
        };
        let parts = room.par_chunks_mut(N * AT_ONCE);
        parts
            .zip(items.par_chunks(AT_ONCE))
            .for_each(|(room, items)| {
                for (place, item) in room.as_chunks_mut().0.iter_mut().zip(items) {
                    *place = item.put();
                }
            });
    }

    /// Something small. What cannot be written is left empty, and is then not read back.
    pub fn small(&mut self, value: &(impl Serialize + ?Sized)) {
        let bytes = postcard::to_stdvec(value).unwrap_or_default();
        self.length(bytes.len());
        self.bytes.extend(bytes);
    }

    /// A long list of what has no fixed width.
    pub fn list<T: Serialize + Sync>(&mut self, items: &[T]) {
        let parts: Vec<Vec<u8>> = items
            .par_chunks(PART)
            .map(|part| postcard::to_stdvec(part).unwrap_or_default())
            .collect();
        self.length(parts.len());
        for part in parts {
            self.length(part.len());
            self.bytes.extend(part);
        }
    }
}

/// Gives sections back in the order in which they were taken in; `None` for what is no such section.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'b> {
    rest: &'b [u8],
}

/// A column that is not taken apart yet.
#[derive(Clone, Copy, Debug)]
pub struct Column<'b, const N: usize>(&'b [[u8; N]]);

/// A list that is not taken apart yet.
#[derive(Clone, Debug)]
pub struct List<'b>(Vec<&'b [u8]>);

impl<'b> Reader<'b> {
    /// Reads some bytes.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    fn length(&mut self) -> Option<usize> {
        let (length, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        usize::try_from(u64::from_le_bytes(*length)).ok()
    }

    fn section(&mut self) -> Option<&'b [u8]> {
        let length = self.length()?;
        let (section, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(section)
    }

    /// The next section, a column.
    pub fn column<const N: usize>(&mut self) -> Option<Column<'b, N>> {
        let (items, rest) = self.section()?.as_chunks();
        rest.is_empty().then_some(Column(items))
    }

    /// The next section, something small.
    pub fn small<T: DeserializeOwned>(&mut self) -> Option<T> {
        postcard::from_bytes(self.section()?).ok()
    }

    /// The next section, a list.
    pub fn list(&mut self) -> Option<List<'b>> {
        let parts = self.length()?;
        (0..parts)
            .map(|_| self.section())
            .collect::<Option<_>>()
            .map(List)
    }
}

impl<const N: usize> Column<'_, N> {
    /// How many elements it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its elements.
    #[must_use]
    pub fn read<T: Fixed<N>>(self) -> Vec<T> {
        let items = self.0.par_iter().with_min_len(AT_ONCE);
        items.map(T::get).collect()
    }

    /// Its elements, where each is fit to be one.
    pub fn read_if<T: Fixed<N>>(self, fits: impl Fn(&T) -> bool + Sync) -> Option<Vec<T>> {
        let unfit = AtomicBool::new(false);
        let items = self.0.par_iter().with_min_len(AT_ONCE);
        let items = items.map(|bytes| {
            let item = T::get(bytes);
            if !fits(&item) {
                unfit.store(true, Ordering::Relaxed);
            }
            item
        });
        let items: Vec<T> = items.collect();
        (!unfit.into_inner()).then_some(items)
    }
}

impl List<'_> {
    /// Its entries.
    #[must_use]
    pub fn read<T: DeserializeOwned + Send>(&self) -> Option<Vec<T>> {
        let parts = self.0.par_iter();
        let parts = parts.map(|part| postcard::from_bytes::<Vec<T>>(part).ok());
        let parts: Vec<Option<Vec<T>>> = parts.collect();
        let mut all = Vec::with_capacity(parts.len() * PART);
        for part in parts {
            all.extend(part?);
        }
        Some(all)
    }
}
