//! A repository as it was at a revision, by the git command.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use planlint::language::Language;
use tempfile::TempDir;

use crate::Failure;

/// A repository as it was at a revision, in a folder that is deleted with this.
pub(crate) struct Revision {
    _folder: TempDir,
    /// Where the repository's root is in it; it may not be there.
    pub root: PathBuf,
}

/// Writes the version-controlled tree around a repository out as it was at a revision.
pub(crate) fn check_out(root: &Path, name: &str, language: Language) -> Result<Revision, Failure> {
    let top =
        git(root, &["rev-parse", "--show-toplevel"], &[], language).map_err(|why| match why {
            Why::NoGit(text) => text,
            // Another reason than that there is none is git's to tell.
            Why::Refused(text) if !text.contains("not a git repository") => text,
            Why::Refused(_) => match language {
                Language::Chinese => {
                    format!("--since 要在 git 仓库里用：{} 不在其中", root.display())
                }
                Language::English => {
                    format!(
                        "--since needs a git repository, which {} is not in",
                        root.display()
                    )
                }
            },
        })?;
    let commit = format!("{name}^{{commit}}");
    let verify = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = git(root, &verify, &[], language).map_err(|why| match why {
        Why::NoGit(text) => text,
        Why::Refused(_) => match language {
            Language::Chinese => format!("git 仓库里没有 {name}（浅克隆要先取回历史：git fetch --unshallow）"),
            Language::English => format!("the git repository has no {name} (a shallow clone needs its history first: git fetch --unshallow)"),
        },
    })?;
    let folder = written(root, &commit, language).map_err(|error| match language {
        Language::Chinese => format!("取不出 {name}：{error}"),
        Language::English => format!("cannot check {name} out: {error}"),
    })?;
    let top = std::fs::canonicalize(&top).unwrap_or_else(|_| PathBuf::from(&top));
    let whole = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let below = whole.strip_prefix(&top).unwrap_or(Path::new(""));
    Ok(Revision {
        root: folder.path().join("tree").join(below),
        _folder: folder,
    })
}

/// A folder with all files of a commit below `tree`.
fn written(root: &Path, commit: &str, language: Language) -> Result<TempDir, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let tree = folder.path().join("tree");
    std::fs::create_dir(&tree).map_err(|error| error.to_string())?;
    let index = folder.path().join("index");
    // An index of its own: whoever calls may be in the middle of a commit.
    let own = [
        ("GIT_INDEX_FILE", index.as_os_str()),
        ("GIT_WORK_TREE", tree.as_os_str()),
    ];
    for arguments in [
        &["read-tree", commit][..],
        &["checkout-index", "--all", "--quiet"],
    ] {
        git(root, arguments, &own, language).map_err(|why| match why {
            Why::NoGit(text) | Why::Refused(text) => text,
        })?;
    }
    Ok(folder)
}

/// Why git did not do it.
enum Why {
    /// There is none.
    NoGit(String),
    /// It says why.
    Refused(String),
}

fn git(
    root: &Path,
    arguments: &[&str],
    environment: &[(&str, &OsStr)],
    language: Language,
) -> Result<String, Why> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments);
    // Whoever calls may be a hook, for which git has set these.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    // With a work tree named, git wants its own folder named, too.
    if !environment.is_empty() {
        let folder = git(root, &["rev-parse", "--absolute-git-dir"], &[], language)?;
        command.env("GIT_DIR", folder);
    }
    let output = command.output().map_err(|error| {
        Why::NoGit(match language {
            Language::Chinese => format!("运行不了 git：{error}"),
            Language::English => format!("cannot run git: {error}"),
        })
    })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(Why::Refused(text(&output.stderr)))
    }
}
