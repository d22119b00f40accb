//! `planlint init`

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use planlint::language::Language;

use crate::{Failure, atomic, files, terminal};

#[derive(Args)]
#[command(after_help = "例 examples:\n  planlint init\n  planlint init county-plans")]
pub(crate) struct Arguments {
    /// 新规划库的文件夹 the folder of the new repository
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// What a new repository holds.
const FILES: [(&str, &str); 7] = [
    ("planlint.toml", include_str!("init/planlint.toml")),
    (".gitignore", include_str!("init/gitignore")),
    ("plans/regions.csv", include_str!("init/plans/regions.csv")),
    (
        "plans/indicators.toml",
        include_str!("init/plans/indicators.toml"),
    ),
    (
        "plans/city-health-15fyp.plan.toml",
        include_str!("init/plans/city-health-15fyp.plan.toml"),
    ),
    (
        "plans/county-health-15fyp.plan.toml",
        include_str!("init/plans/county-health-15fyp.plan.toml"),
    ),
    (
        "rules/align/weaker-than-superior.rule",
        include_str!("init/rules/align/weaker-than-superior.rule"),
    ),
];

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let folder = &arguments.folder;
    let mut taken: Vec<PathBuf> = FILES
        .iter()
        .filter_map(|(path, _)| in_the_way(&folder.join(path)))
        .collect();
    taken.dedup();
    if !taken.is_empty() {
        return Err(refused(&taken, language));
    }
    for (path, text) in FILES {
        let whole = folder.join(path);
        atomic::create(&whole, text.as_bytes())
            .map_err(|error| format!("{}: {}", whole.display(), files::reason(&error, language)))?;
    }
    terminal::print(&done(folder, language))?;
    Ok(0)
}

/// What keeps a file from being new: itself, or something above it that is no folder.
fn in_the_way(path: &Path) -> Option<PathBuf> {
    // A link that leads nowhere is there, too.
    let is_there = |path: &&Path| fs::symlink_metadata(path).is_ok();
    let nearest = path.ancestors().find(is_there)?;
    (nearest == path || !nearest.is_dir()).then(|| nearest.to_path_buf())
}

fn refused(taken: &[PathBuf], language: Language) -> Failure {
    let taken = taken.iter().map(|path| format!("\n  {}", path.display()));
    let taken: String = taken.collect();
    match language {
        Language::Chinese => format!("什么也没有写，因为这里已经有：{taken}"),
        Language::English => format!("nothing was written, because there is already:{taken}"),
    }
}

fn done(folder: &Path, language: Language) -> String {
    let mut text = String::from(language.pick("写好了：\n", "written:\n"));
    for (path, _) in FILES {
        let _ = writeln!(text, "  {}", folder.join(path).display());
    }
    text.push_str(language.pick("\n接下来：\n", "\nnext:\n"));
    if folder != Path::new(".") {
        let _ = writeln!(text, "  cd {}", folder.display());
    }
    let next = [
        ("check", "检查规划", "check the plans"),
        ("test", "运行规则的测试", "run the rule's tests"),
        ("rules", "列出规则", "list the rules"),
        ("fmt", "统一排版", "lay the files out"),
    ];
    for (command, chinese, english) in next {
        let about = language.pick(chinese, english);
        let _ = writeln!(text, "  planlint {command:<6} # {about}");
    }
    text
}
