//! Plan files to facts, a few hundred at a time: while some are read, those before them are taken in.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use crate::catalogue::Catalogue;
use crate::check::{Progress, Stage};
use crate::facts::{Building, Repeated};
use crate::import::PlanReader;
use crate::model::Batch;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{SourceId, Sources};

/// Readers for each thread, so that none waits long for another; each knows its values for itself, so not too many.
const READERS: usize = 2;

/// Files that a reader reads before they are taken in.
const FILES: usize = 64;

/// What the readers have read of their files, in the order of the files.
type Wave = Vec<(Batch, Vec<Problem>)>;

/// Plan files that are being read.
pub(super) struct Plans<'a> {
    files: Vec<SourceId>,
    done: usize,
    readers: Vec<PlanReader<'a>>,
    progress: Option<Progress>,
}

impl<'a> Plans<'a> {
    pub fn new(
        files: Vec<SourceId>,
        (regions, catalogue): (&'a Regions, &'a Catalogue),
        progress: Option<Progress>,
    ) -> Self {
        let count = match rayon::current_num_threads() {
            1 => 1,
            threads => READERS * threads,
        };
        let readers = std::iter::repeat_with(|| PlanReader::new(regions, catalogue));
        Self {
            files,
            done: 0,
            readers: readers.take(count).collect(),
            progress,
        }
    }

    /// Reads all files, and gives what is wrong with them and which plans were left out.
    pub fn read(
        mut self,
        sources: &Sources,
        building: &mut Building,
    ) -> (Vec<Problem>, Vec<Repeated>) {
        let (mut problems, mut repeated) = (Vec::new(), Vec::new());
        let mut take = |wave: Wave| {
            for (reader, (batch, more)) in wave.into_iter().enumerate() {
                problems.extend(more);
                repeated.extend(building.take(reader, batch));
            }
        };
        let mut read = Wave::new();
        while self.done < self.files.len() {
            let (next, ()) = rayon::join(|| self.wave(sources), || take(read));
            read = next;
        }
        take(read);
        (problems, repeated)
    }

    /// Reads the next files, so many by each reader.
    fn wave(&mut self, sources: &Sources) -> Wave {
        let rest = self.files.get(self.done..).unwrap_or(&[]);
        // The last files are spread over all readers.
        let each = rest.len().div_ceil(self.readers.len()).clamp(1, FILES);
        let parts = self.readers.par_iter_mut().zip(rest.par_chunks(each));
        let wave = parts.map(|(reader, files)| {
            for source in files {
                reader.read(sources.file(*source).text(), *source);
            }
            reader.drain()
        });
        let wave = wave.collect();
        self.done += rest.len().min(each * self.readers.len());
        if let Some(progress) = self.progress {
            progress(Stage::Reading, self.done, self.files.len());
        }
        wave
    }
}
