//! Where a repository keeps its files, as its `planlint.toml` says.

use std::fs;
use std::path::{Component, Path};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use planlint::import::read_settings;
use planlint::language::Language;
use planlint::settings::{Paths, Settings};
use planlint::source::{Sources, Spanned};

use crate::Failure;
use crate::files::Entry;

/// The name of the settings' file.
pub(crate) const SETTINGS: &str = "planlint.toml";

/// The settings of a repository as far as they can be read; what is wrong with them is told by the check.
pub(crate) fn settings(root: &Path) -> (Settings, Sources) {
    let mut sources = Sources::default();
    let text = fs::read_to_string(root.join(SETTINGS)).unwrap_or_default();
    let source = sources.add(SETTINGS, text.clone());
    let (settings, _) = read_settings(&text, source);
    (settings, sources)
}

/// Where things stand, by paths below the root.
pub(crate) struct Layout {
    pub plans: Vec<String>,
    pub rules: Vec<String>,
    /// Of the files that the settings name, those that are not there are missed.
    pub regions: Option<Entry>,
    pub catalogue: Option<Entry>,
    pub statistics: Option<Entry>,
    pub excluded: Gitignore,
}

impl Layout {
    pub fn of(root: &Path, language: Language) -> Result<Self, Failure> {
        let (settings, sources) = settings(root);
        let Paths {
            plans,
            rules,
            regions,
            indicators,
            statistics,
            exclude,
        } = &settings.paths;
        let place = |text: &Spanned<String>| format!("{SETTINGS}:{}", sources.line(text.span));
        let folders = |said: &[Spanned<String>], default: &str| -> Result<Vec<String>, Failure> {
            if said.is_empty() {
                return Ok(vec![default.to_owned()]);
            }
            let names = said.iter().map(|text| {
                let name = plain(&text.value);
                if root.join(&name).is_dir() {
                    return Ok(name);
                }
                Err(match language {
                    Language::Chinese => format!("{}：没有文件夹 {name}", place(text)),
                    Language::English => format!("{}: there is no folder {name}", place(text)),
                })
            });
            let mut names = names.collect::<Result<Vec<String>, Failure>>()?;
            names.sort();
            names.dedup();
            Ok(names)
        };
        let one = |said: &Option<Spanned<String>>, default: &str| {
            let path = said.as_ref().map_or(default, |text| text.value.as_str());
            let full = root.join(path);
            (said.is_some() || full.is_file()).then(|| Entry {
                path: path.to_owned(),
                at: Ok(full),
            })
        };
        let mut excluded = GitignoreBuilder::new(root);
        for pattern in exclude {
            excluded.add_line(None, &pattern.value).map_err(|error| {
                let colon = language.pick("：", ": ");
                format!("{}{colon}{error}", place(pattern))
            })?;
        }
        Ok(Self {
            plans: folders(plans, "plans")?,
            rules: folders(rules, "rules")?,
            regions: one(regions, "plans/regions.csv"),
            catalogue: one(indicators, "plans/indicators.toml"),
            statistics: one(statistics, "plans/statistics.csv"),
            excluded: excluded.build().map_err(|error| error.to_string())?,
        })
    }
}

/// A folder without `./` and `/` at its end; empty for the root.
fn plain(folder: &str) -> String {
    let parts = Path::new(folder).components();
    let parts = parts.filter(|part| *part != Component::CurDir);
    let parts = parts.map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
