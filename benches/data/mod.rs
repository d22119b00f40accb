//! The plan sets that benches run on: made by the generator when first asked for, kept below `target/bench-data`.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `regions.csv` ends with, from where on the generator is given townships.
const COUNTIES: usize = 3216;
/// All townships of the largest set.
const TOWNSHIPS: usize = 40_918;

/// Plans as the bulk table or as a file each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One table.
    Bulk,
    /// A file a plan.
    Files,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Bulk, Self::Files];

    /// In a table's row and a folder's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bulk => "bulk",
            Self::Files => "files",
        }
    }
}

/// The folder of a set; the generator is called where it is not there.
pub fn set(plans: usize, form: Form) -> Result<PathBuf, String> {
    let folder = folder();
    let out = folder.join(format!("{}-{plans}", form.name()));
    // Written last, so that a broken-off set is made again.
    if out.join("expected.json").is_file() {
        return Ok(out);
    }
    let told = |error: std::io::Error| format!("{}: {error}", out.display());
    fs::create_dir_all(&folder).map_err(told)?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "--release", "--quiet", "--example", "generate", "--"])
        .args(["--plans", &plans.to_string(), "--seed", "1", "--out"])
        .arg(&out)
        .stdout(Stdio::null());
    if form == Form::Bulk {
        command.arg("--bulk");
    }
    if plans > COUNTIES {
        let townships = folder.join("townships.csv");
        fs::write(&townships, made_up()?).map_err(told)?;
        command.arg("--townships").arg(townships);
    }
    let status = command.status().map_err(told)?;
    if status.success() {
        Ok(out)
    } else {
        Err(format!("the generator ended with {status}"))
    }
}

/// Below the folder that cargo builds in.
pub fn folder() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target"),
        PathBuf::from,
    );
    target.join("bench-data")
}

/// As many townships as there are, dealt out to the counties in turn; made up, for nobody ships a list of them.
fn made_up() -> Result<String, String> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/regions.csv");
    let regions = fs::read_to_string(shipped).map_err(|error| error.to_string())?;
    let lines = regions.lines().filter(|line| line.contains(",county,"));
    let counties: Vec<&str> = lines.filter_map(|line| line.split(',').next()).collect();
    let turns = (1_usize..).flat_map(|turn| counties.iter().map(move |county| (turn, county)));
    let mut text = String::from("code,name,level,parent\n");
    for (turn, county) in turns.take(TOWNSHIPS) {
        let _ = writeln!(text, "{county}{turn:03},{county}之{turn},township,{county}");
    }
    Ok(text)
}
