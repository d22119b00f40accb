//! `.planlint/cache`: what a repository's files say, for the next run, which reads only those that have changed.
//! `.planlint/found`: what its rules found, for the next run that asks the same. `.planlint/shown`: what was written of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use planlint::check::{
    self, Answers, Input, Options, Outcome, Stamp, check, check_kept, digest, question,
};
use planlint::language::Said;
use planlint::pack::Bytes;
use planlint::timing::Stopwatch;
use rayon::iter::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};

use crate::files::{Entry, Located};
use crate::shown::{self, Page};
use crate::{atomic, clock};

/// From so many bytes, or so many files, reading them takes longer than a glance at a cache.
const MANY_BYTES: u64 = 1_000_000;
const MANY_FILES: usize = 300;

/// The folder of what was written, in that of the cache.
const SHOWN: &str = "shown";

/// A file's size and when it was changed last.
type State = (u64, u64);

/// A file that is read where it is wanted.
#[derive(Debug)]
struct Kept {
    file: fs::File,
    size: u64,
}

impl Kept {
    fn open(path: &Path) -> Option<Self> {
        let file = fs::File::open(path).ok()?;
        let size = file.metadata().ok()?.len();
        Some(Self { file, size })
    }
}

impl Bytes for Kept {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read(&self, at: u64, into: &mut [u8]) -> Option<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, into, at).ok()
    }

    #[cfg(windows)]
    fn read(&self, mut at: u64, mut into: &mut [u8]) -> Option<()> {
        while !into.is_empty() {
            let count = std::os::windows::fs::FileExt::seek_read(&self.file, into, at).ok()?;
            (count > 0).then_some(())?;
            at += count as u64;
            into = into.get_mut(count..)?;
        }
        Some(())
    }
}

/// The cache of a repository: where it is, and the files as they are now.
pub(crate) struct Cache {
    folder: PathBuf,
    stamp: Stamp,
    answers: bool,
}

/// What is left to do when everything is printed.
#[derive(Default)]
pub(crate) struct Rest {
    cache: Option<(PathBuf, Written)>,
    found: Option<(PathBuf, u128)>,
    answers: Option<Vec<u8>>,
    page: Option<(String, Page)>,
    stamp: Option<Arc<Stamp>>,
}

/// What is written into the cache.
enum Written {
    /// What this run has read.
    Read,
    /// What is there already, with the files' new times.
    Again(Vec<u8>),
}

impl Cache {
    /// The cache of a repository; `None` where it is not worth one, or some of it cannot be reached.
    ///
    /// What rules cost is only known of rules that are asked: for that, answers are left aside.
    pub fn of(found: &Located, answers: bool) -> Option<Self> {
        let looked = clock::nanoseconds(SystemTime::now());
        let entries = found.listed.inputs();
        let inputs = entries.par_iter().map(|entry| {
            let (size, modified) = state(entry)?;
            Some(Input {
                path: entry.path.clone(),
                size,
                modified,
                digest: 0,
            })
        });
        let inputs: Vec<Option<Input>> = inputs.collect();
        let inputs: Option<Vec<Input>> = inputs.into_iter().collect();
        let inputs = inputs?;
        let bytes: u64 = inputs.iter().map(|input| input.size).sum();
        let asked = std::env::var_os("PLANLINT_CACHE").is_some_and(|value| value == "always");
        if bytes < MANY_BYTES && entries.len() < MANY_FILES && !asked {
            return None;
        }
        Some(Self {
            folder: found.root.join(".planlint"),
            stamp: Stamp {
                build: build(),
                looked,
                inputs,
            },
            answers,
        })
    }

    /// What a check wrote that was called in the same way, where all files are surely as they were.
    pub fn page(&self, found: &Located, options: &Options, way: &str) -> Option<Page> {
        let bytes = shown::read(&shown::place(&self.folder.join(SHOWN), way))?;
        shown::unpack(bytes, &self.stamp, (found, options), way)
    }

    /// Checks a repository: out of the cache where it is as it was, else anew.
    pub fn check(
        mut self,
        found: Located,
        options: &Options,
        watch: &mut Stopwatch,
    ) -> (Outcome, Rest) {
        let mut rest = Rest::default();
        let (path, place) = (self.folder.join("cache"), self.folder.join("found"));
        let bytes = Kept::open(&path);
        let known = bytes
            .as_ref()
            .and_then(|bytes| check::Cache::open(bytes, &self.stamp.build));
        let same = known.and_then(|known| {
            let newer = self.compare(&known.stamp, &found.listed.inputs())?;
            watch.lap(Said::new("比对文件", "files"), self.stamp.inputs.len());
            let (rules, settings) = found.listed.measures();
            let asked =
                question(&self.stamp, &rules, settings.as_ref(), options).filter(|_| self.answers);
            let loader = found.listed.loader(&found.root);
            let (kept, answers) = rayon::join(
                || known.read(&loader),
                || Answers::read(&Kept::open(&place)?, asked?),
            );
            // The new times spare the next run the reading.
            let again = (newer > 0).then(|| known.restamped(&self.stamp)).flatten();
            // Tens of thousands of paths are let go of while there are other things to do.
            rayon::spawn(|| drop(known.stamp));
            Some((kept?, (rules, settings), (asked, answers), again))
        });
        if let Some((kept, measures, (asked, answers), again)) = same {
            rayon::spawn(|| drop(found));
            let size = bytes.as_ref().map_or(0, Bytes::size);
            watch.lap(
                Said::new("缓存", "cache"),
                usize::try_from(size).unwrap_or(0),
            );
            let outcome = check_kept(kept, measures, answers, options);
            rest.cache = again.map(|bytes| (path, Written::Again(bytes)));
            rest.found = asked.map(|asked| (place, asked));
            rest.stamp = Some(Arc::new(self.stamp));
            return (outcome, rest);
        }
        let (outcome, asked) = self.anew(found, options, watch);
        rest.cache = Some((path, Written::Read));
        rest.found = asked.map(|asked| (place, asked));
        rest.stamp = Some(Arc::new(self.stamp));
        (outcome, rest)
    }

    /// How many files had to be read to find all as they were, and need not be read again under their new times; `None`
    /// where one is not as it was.
    fn compare(&mut self, known: &Stamp, entries: &[&Entry]) -> Option<u32> {
        let looked = self.stamp.looked;
        let inputs = &mut self.stamp.inputs;
        if known.inputs.len() != inputs.len() {
            return None;
        }
        let all = inputs.par_iter_mut().zip(&known.inputs).zip(entries);
        let read = all.map(|((input, known_as), entry)| {
            if input.path != known_as.path || input.size != known_as.size {
                return None;
            }
            input.digest = known_as.digest;
            if known.settles(known_as, input.size, input.modified) {
                return Some(0);
            }
            let bytes = entry.read().bytes.ok()?;
            (digest(&bytes) == known_as.digest).then(|| u32::from(input.is_settled(looked)))
        });
        read.try_reduce(|| 0, |one, other| Some(one + other))
    }

    /// Reads and checks everything, and notes what each file says.
    fn anew(
        &mut self,
        Located { root, listed, .. }: Located,
        options: &Options,
        watch: &mut Stopwatch,
    ) -> (Outcome, Option<u128>) {
        let (rules, settings) = listed.measures();
        let measures = (rules.clone(), settings.clone());
        let repository = listed.unread(&root, measures);
        watch.lap(
            Said::new("读入文件", "files"),
            self.stamp.inputs.len() + rules.len(),
        );
        let outcome = check(repository, options);
        for (input, file) in self.stamp.inputs.iter_mut().zip(outcome.sources.files()) {
            input.digest = file.digest();
        }
        let asked =
            question(&self.stamp, &rules, settings.as_ref(), options).filter(|_| self.answers);
        (outcome, asked)
    }
}

impl Rest {
    /// Makes the answers ready as they are now, for a report that is changed before it is written.
    pub fn prepare(&mut self, outcome: &Outcome) {
        let asked = self.found.as_ref().map(|(_, asked)| *asked);
        self.answers = asked.and_then(|asked| outcome.answers(asked));
    }

    /// Whether what is written can be kept.
    pub const fn keeps(&self) -> bool {
        self.found.is_some()
    }

    /// Keeps what was written, for the next call in the same way.
    pub fn keep(&mut self, way: String, page: Page) {
        self.page = Some((way, page));
    }

    /// What was written, as bytes.
    fn shown(&mut self) -> Option<(PathBuf, Vec<u8>)> {
        let (way, page) = self.page.take()?;
        let (found, question) = self.found.as_ref()?;
        let bytes = shown::pack(self.stamp.as_ref()?, (*question, &way), page)?;
        Some((shown::place(&found.with_file_name(SHOWN), &way), bytes))
    }

    /// Writes what is new. What cannot be written is done without.
    pub fn write(mut self, outcome: &Outcome) {
        let shown = self.shown();
        let stamp = self.stamp.as_deref();
        let cache = match self.cache {
            None => None,
            Some((path, Written::Again(bytes))) => Some((path, bytes)),
            Some((path, Written::Read)) => match stamp.and_then(|stamp| outcome.cache(stamp)) {
                Some(bytes) => Some((path, bytes)),
                // Without the facts that they are of, answers are never asked for.
                None => return,
            },
        };
        let found = self.found.and_then(|(path, asked)| {
            Some((path, self.answers.or_else(|| outcome.answers(asked))?))
        });
        for (path, bytes) in cache.iter().chain(&found) {
            let _ = replace(path, bytes);
        }
        if let Some((path, bytes)) = &shown
            && let Some(folder) = path.parent()
            && atomic::create(path, bytes).is_ok()
        {
            shown::prune(folder);
        }
    }
}

/// Puts a file in the place of another at once, so that another run sees one or the other.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent()
        && fs::create_dir(folder).is_ok()
    {
        fs::write(folder.join(".gitignore"), "*\n")?;
        fs::write(folder.join("CACHEDIR.TAG"), TAG)?;
    }
    atomic::replace(path, bytes)
}

/// What tells programs that keep copies of folders to leave this one out (bford.info/cachedir).
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# planlint keeps here what it has read.\n";

fn state(entry: &Entry) -> Option<State> {
    let data = fs::metadata(entry.at.as_ref().ok()?).ok()?;
    let modified = data.modified().map_or(0, clock::nanoseconds);
    Some((data.len(), modified))
}

/// This very program: one that was built anew may read the same files otherwise.
fn build() -> String {
    let program = std::env::current_exe().and_then(fs::metadata).ok();
    let made = program.and_then(|data| Some((data.len(), data.modified().ok()?)));
    let (size, made) = made.map_or((0, 0), |(size, made)| (size, clock::nanoseconds(made)));
    format!("{} {size} {made}", env!("CARGO_PKG_VERSION"))
}
