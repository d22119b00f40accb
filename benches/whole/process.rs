//! One run of a program as a process: its time and the most memory it held.

use std::env;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// This file's own process, as the reference.
    Reference,
    /// `planlint check`: the first findings with their lines, and the totals.
    Text,
    /// `planlint check --format json`: every finding.
    Json,
}

/// What a run cost.
#[derive(Clone, Copy)]
pub struct Run {
    /// From start to end.
    pub took: Duration,
    /// Of all threads together, in the program and in the system for it.
    pub processor: Duration,
    /// The most memory, in bytes.
    pub memory: u64,
}

/// Runs a program once; what it prints goes into a file.
pub fn once(program: Program, root: &Path, threads: usize, out: &Path) -> Result<Run, String> {
    let told = |error: std::io::Error| format!("{program:?}: {error}");
    let mut command = if program == Program::Reference {
        let mut command = Command::new(env::current_exe().map_err(told)?);
        command.arg("reference").arg(root).arg(threads.to_string());
        command.arg(out).stdout(Stdio::null());
        command
    } else {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planlint"));
        let format = if program == Program::Json {
            "json"
        } else {
            "text"
        };
        command.args(["check", "--no-cache", "--lang", "zh", "--format", format]);
        command.arg(root).stdout(File::create(out).map_err(told)?);
        command
    };
    command.env("RAYON_NUM_THREADS", threads.to_string());
    let start = Instant::now();
    let child = command.spawn().map_err(told)?;
    let ended = child.wait4().map_err(told)?;
    let took = start.elapsed();
    if !ended.status.success() {
        return Err(format!("{program:?} ended with {}", ended.status));
    }
    Ok(Run {
        took,
        processor: ended.rusage.utime + ended.rusage.stime,
        memory: ended.rusage.maxrss,
    })
}

/// Compares two lists in a process of its own; what it says.
pub fn compare(root: &Path, list: &Path, json: &Path) -> Result<String, String> {
    let told = |error: std::io::Error| error.to_string();
    let mut command = Command::new(env::current_exe().map_err(told)?);
    command.arg("compare").args([root, list, json]);
    let output = command.stderr(Stdio::inherit()).output().map_err(told)?;
    if !output.status.success() {
        return Err(format!("the lists of {} differ", root.display()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
