//! Finding and reading a plan repository's files.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use planlint::check::{File, Repository};
use planlint::language::Language;
use rayon::iter::{IntoParallelRefIterator, ParallelExtend, ParallelIterator};

use crate::Failure;

/// A repository read from disk.
pub(crate) struct Found {
    /// Its files.
    pub repository: Repository,
    /// The plan files asked for, relative to the root; empty where all are.
    pub only: Vec<String>,
}

/// Reads the repository that some paths lie in. All must lie in one.
pub(crate) fn read(paths: &[PathBuf], language: Language) -> Result<Found, Failure> {
    let (root, full) = locate(paths, language)?;
    let repository = load(&root);
    let files = || repository.plans.iter().chain(&repository.bulk);
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
    Ok(Found { repository, only })
}

/// The repository that some paths lie in, and the rule files at or below them; none where all are meant.
pub(crate) fn rules(
    paths: &[PathBuf],
    language: Language,
) -> Result<(Repository, Vec<String>), Failure> {
    let (root, full) = locate(paths, language)?;
    let repository = load(&root);
    let mut only = Vec::new();
    for path in full.iter().filter(|path| **path != root) {
        let relative = relative(&root, path);
        let found = inside(repository.rules.iter(), &relative);
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
    Ok((repository, only))
}

/// The rule files and plan files at or below some paths, and the repository's root.
pub(crate) fn written(
    paths: &[PathBuf],
    language: Language,
) -> Result<(PathBuf, Vec<File>), Failure> {
    let (root, full) = locate(paths, language)?;
    let mut all = walk(&root, "plans", ".plan.toml");
    all.extend(walk(&root, "rules", ".rule"));
    let mut kept = Vec::new();
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
    Ok((root, kept))
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
fn existing(path: &Path) -> std::io::Result<PathBuf> {
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

pub(crate) fn reason(error: &std::io::Error, language: Language) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => language.pick("没有这个文件", "no such file").to_owned(),
        std::io::ErrorKind::PermissionDenied => language
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
    has("planlint.toml")
        .or_else(|| has("plans"))
        .map(Path::to_path_buf)
}

/// Those of some files that are at or below a path; all for the root.
fn inside<'f>(files: impl Iterator<Item = &'f File>, relative: &str) -> Vec<&'f File> {
    let below = format!("{relative}/");
    let fits = |file: &&File| {
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

/// Every file of a repository, plans and rules in the order of their paths.
fn load(root: &Path) -> Repository {
    let one = |path: &str| {
        root.join(path)
            .is_file()
            .then(|| file(root, &root.join(path)))
    };
    Repository {
        regions: one("plans/regions.csv"),
        catalogue: one("plans/indicators.toml"),
        statistics: one("plans/statistics.csv"),
        plans: walk(root, "plans", ".plan.toml"),
        bulk: walk(root, "plans", ".targets.csv"),
        rules: walk(root, "rules", ".rule"),
    }
}

fn walk(root: &Path, folder: &str, ending: &str) -> Vec<File> {
    let start = root.join(folder);
    if !start.is_dir() {
        return Vec::new();
    }
    let walk = WalkBuilder::new(start)
        .follow_links(true)
        .hidden(false)
        .git_ignore(false)
        .git_global(false)
        .git_exclude(false)
        .ignore(false)
        .add_custom_ignore_filename(".planlintignore")
        .build();
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut files = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy().to_lowercase();
                let is_file = entry.file_type().is_some_and(|kind| !kind.is_dir());
                if is_file && name.ends_with(ending) {
                    paths.push(entry.into_path());
                }
            }
            // A folder that cannot be read is said, not passed over.
            Err(error) => files.push(File {
                path: folder.to_owned(),
                bytes: Err(error.to_string()),
            }),
        }
    }
    files.par_extend(paths.par_iter().map(|path| file(root, path)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn file(root: &Path, path: &Path) -> File {
    File {
        path: relative(root, path),
        bytes: fs::read(path).map_err(|error| error.to_string()),
    }
}

/// A path below the root, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let parts = path
        .strip_prefix(root)
        .unwrap_or(path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
