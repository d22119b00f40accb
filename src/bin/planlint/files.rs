//! Finding and reading a plan repository's files.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use planlint::check::{File, Repository, Unread};
use planlint::language::Language;
use planlint::settings::Settings;
use planlint::source::Loader;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::Failure;
use crate::layout::{self, SETTINGS};
use crate::walk::{list, relative};

/// A repository found on disk, not read yet.
pub(crate) struct Located {
    /// Its root.
    pub root: PathBuf,
    /// Its files.
    pub listed: Listed,
    /// The plan files asked for, relative to the root; empty where all are.
    pub only: Vec<String>,
}

/// A file that is not read yet.
#[derive(Clone)]
pub(crate) struct Entry {
    /// Its path below the root.
    pub path: String,
    /// Where it is, or why it cannot be reached.
    pub at: Result<PathBuf, String>,
}

impl Entry {
    pub fn read(&self) -> File {
        let bytes = self.at.as_ref().map_err(Clone::clone);
        File {
            path: self.path.clone(),
            bytes: bytes.and_then(|at| fs::read(at).map_err(|error| error.to_string())),
        }
    }
}

/// Every file of a repository, plans and rules in the order of their paths.
pub(crate) struct Listed {
    pub regions: Option<Entry>,
    pub catalogue: Option<Entry>,
    pub statistics: Option<Entry>,
    pub plans: Vec<Entry>,
    pub bulk: Vec<Entry>,
    pub rules: Vec<Entry>,
    pub settings: Option<Entry>,
}

/// Room in which most files fit, so that their sizes need not be asked for.
const ROOM: usize = 64 << 10;

/// Puts a part of a file behind what a buffer has.
fn load(path: &Path, start: usize, length: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut file = fs::File::open(path)?;
    if length == usize::MAX && buffer.capacity() - buffer.len() < ROOM {
        let size = file.metadata()?.len();
        let size = usize::try_from(size).unwrap_or(0);
        buffer.reserve((size + 1).max(ROOM));
    }
    if start > 0 {
        file.seek(SeekFrom::Start(start as u64))?;
    }
    file.take(length as u64).read_to_end(buffer)?;
    Ok(())
}

/// Rule files and settings.
pub(crate) type Measures = (Vec<File>, Option<File>);

impl Listed {
    /// All but the rules, in the order in which they are read.
    pub fn inputs(&self) -> Vec<&Entry> {
        let names = self.regions.iter().chain(&self.catalogue);
        let plans = self.plans.iter().chain(&self.bulk);
        names.chain(plans).chain(&self.statistics).collect()
    }

    /// The repository, of what [`inputs`](Self::inputs) names, the rules and the settings.
    pub fn repository(&self, inputs: Vec<File>, (rules, settings): Measures) -> Repository {
        let mut inputs = inputs.into_iter();
        let mut one = |entry: &Option<Entry>| entry.as_ref().and_then(|_| inputs.next());
        let (regions, catalogue) = (one(&self.regions), one(&self.catalogue));
        Repository {
            regions,
            catalogue,
            plans: inputs.by_ref().take(self.plans.len()).collect(),
            bulk: inputs.by_ref().take(self.bulk.len()).collect(),
            unread: None,
            statistics: inputs.next(),
            rules,
            settings,
        }
    }

    /// The repository of a root, of which plan files and tables are read one by one and not held; nor
    /// are their entries.
    pub fn unread(self, root: &Path, (rules, settings): Measures) -> Repository {
        let loader = self.loader(root);
        let paths = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.path).collect();
        let one = |entry: &Option<Entry>| entry.as_ref().map(Entry::read);
        Repository {
            regions: one(&self.regions),
            catalogue: one(&self.catalogue),
            statistics: one(&self.statistics),
            unread: Some(Unread {
                plans: paths(self.plans),
                bulk: paths(self.bulk),
                loader,
            }),
            rules,
            settings,
            ..Repository::default()
        }
    }

    /// What loads the files of a root.
    pub fn loader(&self, root: &Path) -> Loader {
        let root = root.to_path_buf();
        // Nearly all are where their paths say.
        let odd = |entry: &&Entry| entry.at.as_ref() != Ok(&root.join(&entry.path));
        let odd = self.inputs().into_par_iter().filter(odd);
        let odd: HashMap<String, Result<PathBuf, String>> = odd
            .map(|entry| (entry.path.clone(), entry.at.clone()))
            .collect();
        Loader::new(move |path, start, length, buffer| {
            let at = odd.get(path).cloned();
            let at = at.unwrap_or_else(|| Ok(root.join(path)))?;
            load(&at, start, length, buffer).map_err(|error| error.to_string())
        })
    }

    /// The repository, read.
    pub fn load(&self) -> Repository {
        let inputs = self.inputs().into_par_iter().map(Entry::read).collect();
        self.repository(inputs, self.measures())
    }

    /// What plans are measured by, read.
    pub fn measures(&self) -> Measures {
        let rules = self.rules.par_iter().map(Entry::read).collect();
        (rules, self.settings.as_ref().map(Entry::read))
    }
}

/// Reads the repository that some paths lie in. All must lie in one.
pub(crate) fn read(paths: &[PathBuf], language: Language) -> Result<Repository, Failure> {
    Ok(find(paths, language)?.listed.load())
}

/// Finds the repository that some paths lie in, and its files. All must lie in one.
pub(crate) fn find(paths: &[PathBuf], language: Language) -> Result<Located, Failure> {
    let (root, full) = locate(paths, language)?;
    let listed = list(&root, language)?;
    let files = || listed.plans.iter().chain(&listed.bulk);
    let mut only = Vec::new();
    for path in full.iter().filter(|path| **path != root) {
        let relative = relative(&root, path);
        let found = inside(files(), &relative);
        if found.is_empty() {
            return Err(no_plan(&relative, language));
        }
        only.extend(found.into_iter().map(|file| file.path.clone()));
    }
    if full.contains(&root) {
        only.clear();
    }
    Ok(Located { root, listed, only })
}

/// The repository of a root, of which all is asked for.
pub(crate) fn at(root: &Path, language: Language) -> Result<Located, Failure> {
    Ok(Located {
        root: root.to_path_buf(),
        listed: list(root, language)?,
        only: Vec::new(),
    })
}

/// The repository that a folder is, else the one that it lies in.
pub(crate) fn own_root(path: &Path, language: Language) -> Result<PathBuf, Failure> {
    let is_root = path.join(SETTINGS).exists() || path.join("plans").is_dir();
    match existing(path) {
        Ok(whole) if is_root => Ok(whole),
        _ => root_of(path, language),
    }
}

/// The root of the repository that a path lies in.
pub(crate) fn root_of(path: &Path, language: Language) -> Result<PathBuf, Failure> {
    Ok(locate(&[path.to_path_buf()], language)?.0)
}

/// The repository that some paths lie in, and the rule files at or below them; none where all are meant.
pub(crate) fn rules(
    paths: &[PathBuf],
    language: Language,
) -> Result<(Repository, Vec<String>), Failure> {
    let (root, full) = locate(paths, language)?;
    let listed = list(&root, language)?;
    let mut only = Vec::new();
    for path in full.iter().filter(|path| **path != root) {
        let relative = relative(&root, path);
        let found = inside(listed.rules.iter(), &relative);
        if found.is_empty() {
            return Err(match language {
                Language::Chinese => format!("{relative} 里没有规则文件（*.rule）"),
                Language::English => format!("no rule file (*.rule) at {relative}"),
            });
        }
        only.extend(found.into_iter().map(|file| file.path.clone()));
    }
    if full.contains(&root) {
        only.clear();
    }
    Ok((listed.load(), only))
}

/// The rule files and plan files at or below some paths, and the repository's root.
pub(crate) fn written(
    paths: &[PathBuf],
    language: Language,
) -> Result<(PathBuf, Vec<File>), Failure> {
    let (root, full) = locate(paths, language)?;
    let listed = list(&root, language)?;
    let all: Vec<Entry> = listed.plans.into_iter().chain(listed.rules).collect();
    let mut kept: Vec<Entry> = Vec::new();
    for path in &full {
        let relative = relative(&root, path);
        let found = inside(all.iter(), &relative);
        if found.is_empty() {
            return Err(match language {
                Language::Chinese => {
                    format!("{relative} 里没有规划文件（*.plan.toml）或规则文件（*.rule）")
                }
                Language::English => {
                    format!("no plan file (*.plan.toml) and no rule file (*.rule) at {relative}")
                }
            });
        }
        kept.extend(found.into_iter().cloned());
    }
    kept.sort_by(|a, b| a.path.cmp(&b.path));
    kept.dedup_by(|a, b| a.path == b.path);
    Ok((root, kept.par_iter().map(Entry::read).collect()))
}

/// A path as a person here writes it.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    below.as_deref().unwrap_or(path).display().to_string()
}

/// The settings of the repository that the first of some paths lies in, if it lies in one.
pub(crate) fn settings(paths: &[PathBuf]) -> Settings {
    let here = PathBuf::from(".");
    let first = existing(paths.first().unwrap_or(&here)).ok();
    let root = first.and_then(|first| root(&first));
    root.map_or_else(Settings::default, |root| layout::settings(&root).0)
}

/// The root of the repository that some paths lie in, and their absolute paths.
fn locate(paths: &[PathBuf], language: Language) -> Result<(PathBuf, Vec<PathBuf>), Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut roots = Vec::new();
    let mut full = Vec::new();
    for path in paths {
        let whole = existing(path)
            .map_err(|error| format!("{}: {}", path.display(), reason(&error, language)))?;
        roots.push(root(&whole).ok_or_else(|| no_root(path, language))?);
        full.push(whole);
    }
    let Some(root) = roots.first().cloned() else {
        return Err(String::new());
    };
    if roots.iter().any(|other| *other != root) {
        let message = language.pick(
            "这些路径不在同一个规划库里",
            "the paths lie in different repositories",
        );
        return Err(message.to_owned());
    }
    Ok((root, full))
}

/// The absolute path of something that exists; links are kept, for a plan stands where its link does.
fn existing(path: &Path) -> io::Result<PathBuf> {
    fs::metadata(path)?;
    let whole = std::path::absolute(path)?;
    // `absolute` keeps `..`; the path without it is the same place unless a link stands before it.
    let plain = whole
        .components()
        .all(|part| part != std::path::Component::ParentDir);
    if plain {
        Ok(whole)
    } else {
        fs::canonicalize(path)
    }
}

pub(crate) fn reason(error: &io::Error, language: Language) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => language.pick("没有这个文件", "no such file").to_owned(),
        io::ErrorKind::PermissionDenied => language
            .pick("没有读取权限", "permission denied")
            .to_owned(),
        _ => error.to_string(),
    }
}

fn no_root(path: &Path, language: Language) -> Failure {
    match language {
        Language::Chinese => format!(
            "{}：往上找不到规划库（含 planlint.toml 或 plans/ 的文件夹）",
            path.display()
        ),
        Language::English => format!(
            "{}: no plan repository here or above (a folder with planlint.toml or plans/)",
            path.display()
        ),
    }
}

/// The nearest folder upwards with a planlint.toml, else the nearest with a plans folder.
fn root(path: &Path) -> Option<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let has = |name: &'static str| {
        folder
            .ancestors()
            .find(move |folder| folder.join(name).exists())
    };
    has(SETTINGS)
        .or_else(|| has("plans"))
        .map(Path::to_path_buf)
}

/// Those of some files that are at or below a path; all for the root.
fn inside<'f>(files: impl Iterator<Item = &'f Entry>, relative: &str) -> Vec<&'f Entry> {
    let below = format!("{relative}/");
    let fits = |file: &&Entry| {
        relative.is_empty() || file.path == relative || file.path.starts_with(&below)
    };
    files.filter(fits).collect()
}

fn no_plan(relative: &str, language: Language) -> Failure {
    match language {
        Language::Chinese => {
            format!("{relative} 里没有规划文件（*.plan.toml 或 *.targets.csv）")
        }
        Language::English => {
            format!("no plan file (*.plan.toml or *.targets.csv) at {relative}")
        }
    }
}
