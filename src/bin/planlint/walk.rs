//! Which files a repository has.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;
use planlint::language::Language;
use rayon::slice::ParallelSliceMut;

use crate::Failure;
use crate::files::{Entry, Listed};
use crate::layout::{Layout, SETTINGS};

/// Every file of a repository that is read.
pub(crate) fn list(root: &Path, language: Language) -> Result<Listed, Failure> {
    let layout = Layout::of(root, language)?;
    let endings = [".plan.toml", ".targets.csv"];
    let [plans, bulk] = walk(root, &layout.plans, &layout.excluded, endings);
    let [rules] = walk(root, &layout.rules, &layout.excluded, [".rule"]);
    let settings = root.join(SETTINGS);
    Ok(Listed {
        regions: layout.regions,
        catalogue: layout.catalogue,
        statistics: layout.statistics,
        plans,
        bulk,
        rules,
        settings: settings
            .symlink_metadata()
            .is_ok()
            .then(|| entry(root, settings)),
    })
}

/// The files in some folders by their endings, each kind in the order of its paths.
fn walk<const N: usize>(
    root: &Path,
    folders: &[String],
    excluded: &Gitignore,
    endings: [&str; N],
) -> [Vec<Entry>; N] {
    let mut files = endings.map(|_| Vec::new());
    for folder in folders {
        walk_one(root, folder, excluded, endings, &mut files);
    }
    for files in &mut files {
        files.par_sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path && a.at.is_ok() && b.at.is_ok());
    }
    files
}

fn walk_one<const N: usize>(
    root: &Path,
    folder: &str,
    excluded: &Gitignore,
    endings: [&str; N],
    files: &mut [Vec<Entry>; N],
) {
    let start = root.join(folder);
    if !start.is_dir() {
        return;
    }
    let all = excluded.clone();
    let has_some = !all.is_empty();
    let walk = WalkBuilder::new(&start)
        .follow_links(true)
        .hidden(false)
        .git_ignore(false)
        .git_global(false)
        .git_exclude(false)
        .ignore(false)
        .add_custom_ignore_filename(".planlintignore")
        .filter_entry(move |found| {
            let is_folder = found.file_type().is_some_and(|kind| kind.is_dir());
            !(has_some && all.matched(found.path(), is_folder).is_ignore())
        })
        .build();
    for found in walk {
        match found {
            Ok(found) => {
                let name = found.file_name().as_encoded_bytes();
                let is_file = found.file_type().is_some_and(|kind| !kind.is_dir());
                let mut kinds = endings.iter().zip(files.iter_mut());
                let kind = kinds.find(|(ending, _)| is_file && ends_with(name, ending));
                if let Some((_, files)) = kind {
                    let full = found.into_path();
                    let below = relative(&start, &full);
                    files.push(Entry {
                        path: if folder.is_empty() {
                            below
                        } else {
                            // No longer than it is: there are tens of thousands of them.
                            [folder, &below].join("/")
                        },
                        at: Ok(full),
                    });
                }
            }
            // A folder that cannot be read is said, not passed over.
            Err(error) => {
                if let Some(files) = files.first_mut() {
                    files.push(Entry {
                        path: folder.to_owned(),
                        at: Err(error.to_string()),
                    });
                }
            }
        }
    }
}

fn entry(root: &Path, full: PathBuf) -> Entry {
    Entry {
        path: relative(root, &full),
        at: Ok(full),
    }
}

/// Whether a name has an ending, in capitals or not.
fn ends_with(name: &[u8], ending: &str) -> bool {
    let start = name.len().checked_sub(ending.len());
    let end = start.and_then(|start| name.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(ending.as_bytes()))
}

/// A path below the root, with `/`.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    if let Some(text) = written_below(root, path) {
        return text.to_owned();
    }
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The same as it is written, where it is written so, as those that a walk comes upon are: there are tens of thousands of them.
fn written_below<'p>(root: &Path, path: &'p Path) -> Option<&'p str> {
    let below = path.to_str()?.strip_prefix(root.to_str()?)?;
    let below = below.strip_prefix(MAIN_SEPARATOR)?;
    let is_plain = |part: &str| !part.is_empty() && part != ".";
    (MAIN_SEPARATOR == '/' && below.split('/').all(is_plain)).then_some(below)
}
