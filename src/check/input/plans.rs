//! Plan files to facts, a few hundred at a time: while some are read, those before them are taken in.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::put;
use crate::catalogue::Catalogue;
use crate::check::{Progress, Stage};
use crate::facts::{Building, Repeated};
use crate::import::PlanReader;
use crate::model::Batch;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{Noted, SourceId, Sources};

/// Readers for each thread, so that none waits long for another; each knows its values for itself, so not too many.
const READERS: usize = 2;

/// Files that a reader reads before they are taken in.
const FILES: usize = 64;

/// What a file whose text is not held is to be loaded again by; the bytes of one that is no text.
type Seen = (SourceId, Result<Noted, Result<Vec<u8>, String>>);

/// What a reader has read of some files.
struct Part {
    batch: Batch,
    problems: Vec<Problem>,
    seen: Vec<Seen>,
}

/// A reader of plan files, and room for one file's text.
struct Reader<'a> {
    plans: PlanReader<'a>,
    bytes: Vec<u8>,
}

/// Plan files that are being read.
pub(super) struct Plans<'a> {
    files: Vec<SourceId>,
    done: usize,
    readers: Vec<Reader<'a>>,
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
        let readers = std::iter::repeat_with(|| Reader {
            plans: PlanReader::new(regions, catalogue),
            bytes: Vec::new(),
        });
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
        sources: &mut Sources,
        building: &mut Building,
    ) -> (Vec<Problem>, Vec<Repeated>) {
        let (mut of_plans, mut repeated, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        let mut take = |parts: Vec<Part>| {
            for (reader, part) in parts.into_iter().enumerate() {
                of_plans.extend(part.problems);
                seen.extend(part.seen);
                repeated.extend(building.take(reader, part.batch));
            }
        };
        let known = &*sources;
        // From within the pool, files are handed over without anyone being woken.
        rayon::scope(|_| {
            let mut read = Vec::new();
            while self.done < self.files.len() {
                if self.readers.len() == 1 {
                    take(self.next(known));
                    continue;
                }
                let (next, ()) = rayon::join(|| self.next(known), || take(read));
                read = next;
            }
            take(read);
        });
        let mut problems = Vec::new();
        for (source, what) in seen {
            match what {
                Ok(noted) => sources.note(source, noted),
                Err(bytes) => {
                    put(source, bytes, sources, &mut problems);
                }
            }
        }
        problems.extend(of_plans);
        (problems, repeated)
    }

    /// Reads the next files, so many by each reader.
    fn next(&mut self, sources: &Sources) -> Vec<Part> {
        let rest = self.files.get(self.done..).unwrap_or(&[]);
        // The last files are spread over all readers.
        let each = rest.len().div_ceil(self.readers.len()).clamp(1, FILES);
        let parts = self.readers.par_iter_mut().zip(rest.par_chunks(each));
        let parts = parts.map(|(reader, files)| reader.read(files, sources));
        let parts = parts.collect();
        self.done += rest.len().min(each * self.readers.len());
        if let Some(progress) = self.progress {
            progress(Stage::Reading, self.done, self.files.len());
        }
        parts
    }
}

impl Reader<'_> {
    fn read(&mut self, files: &[SourceId], sources: &Sources) -> Part {
        let mut seen = Vec::with_capacity(files.len());
        for source in files {
            let file = sources.file(*source);
            let Some(loader) = file.loader() else {
                self.plans.read(file.text(), *source);
                continue;
            };
            self.bytes.clear();
            let read = loader.load(&file.path, 0, usize::MAX, &mut self.bytes);
            let text = read.map(|()| simdutf8::basic::from_utf8(&self.bytes));
            seen.push((
                *source,
                match text {
                    Ok(Ok(text)) => {
                        self.plans.read(text, *source);
                        Ok(Noted::of(text.as_bytes()))
                    }
                    Ok(Err(_)) => Err(Ok(self.bytes.clone())),
                    Err(why) => Err(Err(why)),
                },
            ));
        }
        let (batch, problems) = self.plans.drain();
        Part {
            batch,
            problems,
            seen,
        }
    }
}
