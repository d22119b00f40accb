//! The files of a run, as their bytes or as what gives them: the library opens none itself.

use crate::source::Loader;

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path, with `/`, relative to the repository's root.
    pub path: String,
    /// Its bytes, or why it could not be read.
    pub bytes: Result<Vec<u8>, String>,
}

/// The files of a plan repository.
#[derive(Clone, Debug, Default)]
pub struct Repository {
    /// `plans/regions.csv`
    pub regions: Option<File>,
    /// `plans/indicators.toml`
    pub catalogue: Option<File>,
    /// `plans/statistics.csv`, where there is one.
    pub statistics: Option<File>,
    /// `*.plan.toml`, in the order of their paths.
    pub plans: Vec<File>,
    /// `*.targets.csv`, in the order of their paths.
    pub bulk: Vec<File>,
    /// Plan files and tables that are read one by one and not held, behind those that are here.
    pub unread: Option<Unread>,
    /// `*.rule`, in the order of their paths.
    pub rules: Vec<File>,
    /// `planlint.toml`, where there is one.
    pub settings: Option<File>,
}

/// Files that are loaded when they are wanted, by their paths.
#[derive(Clone, Debug)]
pub struct Unread {
    /// `*.plan.toml`, in the order of their paths.
    pub plans: Vec<String>,
    /// `*.targets.csv`, in the order of their paths.
    pub bulk: Vec<String>,
    /// What loads them.
    pub loader: Loader,
}
