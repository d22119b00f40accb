//! How far a long check is, on standard error where a person looks at it.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use planlint::check::{Progress, Stage};
use planlint::language::Language;

use crate::clock;

/// A check that is over sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

static BAR: OnceLock<ProgressBar> = OnceLock::new();
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Who is told how far a check is; nobody where standard error is no terminal.
pub(crate) fn watch(language: Language) -> Option<Progress> {
    let _ = LANGUAGE.set(language);
    io::stderr().is_terminal().then_some(show as Progress)
}

fn show(stage: Stage, done: usize, all: usize) {
    if clock::elapsed() < PATIENCE {
        return;
    }
    let bar = BAR.get_or_init(|| {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        // The template is a constant that indicatif knows.
        let style = ProgressStyle::with_template("{msg} {bar:40} {percent}% {elapsed}");
        style.map_or(bar.clone(), |style| bar.with_style(style))
    });
    let language = LANGUAGE.get().copied().unwrap_or_default();
    let message = match stage {
        Stage::Reading => language.pick("读规划", "reading"),
        Stage::Checking => language.pick("核对", "checking"),
    };
    // Threads tell in any order; within a stage the bar never goes back.
    let same = bar.message() == message;
    bar.set_message(message);
    bar.set_length(all as u64);
    bar.set_position(if same {
        bar.position().max(done as u64)
    } else {
        done as u64
    });
}

/// Takes the bar away before anything is written.
pub(crate) fn end() {
    if let Some(bar) = BAR.get() {
        bar.finish_and_clear();
    }
}
