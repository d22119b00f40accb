//! `planlint config`: the settings in force and where each comes from.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use planlint::check::finding;
use planlint::import::read_settings;
use planlint::language::Language;
use planlint::problem::Severity;
use planlint::render;
use planlint::settings::{Exception, Ruling, Settings, Whose};
use planlint::source::{Sources, Span, Spanned};

use crate::layout::{self, SETTINGS};
use crate::{Failure, files, terminal};

#[derive(Args)]
#[command(after_help = "例 example: planlint config")]
pub(crate) struct Arguments {
    /// 规划库 a repository
    pub paths: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, language: Language) -> Result<u8, Failure> {
    let here = PathBuf::from(".");
    let first = arguments.paths.first().unwrap_or(&here);
    let root = files::root_of(first, language)?;
    let path = root.join(SETTINGS);
    if path.symlink_metadata().is_ok() {
        fs::read_to_string(&path).map_err(|error| {
            let colon = language.pick("：", ": ");
            format!(
                "{}{colon}{}",
                files::shown(&path),
                files::reason(&error, language)
            )
        })?;
    }
    let (settings, sources) = layout::settings(&root);
    terminal::print(&in_force(&root, &settings, language))?;
    let Some(source) = sources.find(SETTINGS) else {
        return Ok(0);
    };
    let (_, problems) = read_settings(sources.file(source).text(), source);
    for problem in &problems {
        let found = finding(problem, &sources, language);
        let shown = render::one(&found, language, &sources, terminal::style());
        terminal::print(&format!("\n{shown}"))?;
    }
    Ok(if problems.is_empty() { 0 } else { 2 })
}

/// The settings in force, a line each, with where each comes from.
pub(crate) fn in_force(root: &Path, settings: &Settings, language: Language) -> String {
    let (_, sources) = layout::settings(root);
    let mut lines = Lines {
        sources: &sources,
        language,
        told: Vec::new(),
    };
    let said = settings.language.as_ref();
    match said.filter(|said| said.value == language) {
        Some(said) => lines.said("language", language.tag(), said.span),
        None => lines.from(
            "language",
            language.tag(),
            language.pick("--lang 或系统", "--lang or the system"),
        ),
    }
    let severity = |severity: &Severity| severity.word().to_owned();
    lines.one("fail_on", settings.fail_on.as_ref(), severity, "error");
    lines.list("fail_on_undetermined", &settings.fail_on_undetermined, "[]");
    let percent = |share: &planlint::quantity::Number| share.to_string();
    lines.one("min_coverage", settings.min_coverage.as_ref(), percent, "0");
    lines.one("baseline", settings.baseline.as_ref(), String::clone, "-");
    let paths = &settings.paths;
    lines.list("paths.plans", &paths.plans, "[plans]");
    lines.list("paths.rules", &paths.rules, "[rules]");
    let files = [
        ("paths.regions", &paths.regions, "plans/regions.csv"),
        (
            "paths.indicators",
            &paths.indicators,
            "plans/indicators.toml",
        ),
        (
            "paths.statistics",
            &paths.statistics,
            "plans/statistics.csv",
        ),
    ];
    for (key, path, default) in files {
        lines.one(key, path.as_ref(), String::clone, default);
    }
    lines.list("paths.exclude", &paths.exclude, "[]");
    for ruling in &settings.rules {
        lines.ruling(ruling);
    }
    for exception in &settings.exceptions {
        lines.exception(exception);
    }
    lines.text()
}

/// Settings, each with its value and where it comes from.
struct Lines<'a> {
    sources: &'a Sources,
    language: Language,
    told: Vec<[String; 3]>,
}

impl Lines<'_> {
    fn from(&mut self, key: &str, value: &str, origin: &str) {
        self.told
            .push([key.to_owned(), value.to_owned(), origin.to_owned()]);
    }

    fn said(&mut self, key: &str, value: &str, span: Span) {
        let origin = format!("{SETTINGS}:{}", self.sources.line(span));
        self.from(key, value, &origin);
    }

    fn one<T>(
        &mut self,
        key: &str,
        said: Option<&Spanned<T>>,
        show: impl Fn(&T) -> String,
        default: &str,
    ) {
        match said {
            Some(said) => self.said(key, &show(&said.value), said.span),
            None => self.from(key, default, self.language.pick("默认", "default")),
        }
    }

    fn list(&mut self, key: &str, said: &[Spanned<String>], default: &str) {
        let values: Vec<&str> = said.iter().map(|text| text.value.as_str()).collect();
        match said.first() {
            Some(first) => self.said(key, &format!("[{}]", values.join(", ")), first.span),
            None => self.from(key, default, self.language.pick("默认", "default")),
        }
    }

    fn ruling(&mut self, ruling: &Ruling) {
        let rules: Vec<&str> = ruling
            .rules
            .iter()
            .map(|rule| rule.value.as_str())
            .collect();
        let plans = &ruling.plans;
        let level = plans.level.as_ref().map(|level| level.value.word());
        let texts = [
            ("level", level),
            ("region", plans.region.as_ref().map(|of| of.value.as_str())),
            ("field", plans.field.as_ref().map(|of| of.value.as_str())),
            ("status", plans.status.as_ref().map(|of| of.value.word())),
        ];
        let of: Vec<String> = texts
            .iter()
            .filter_map(|(name, text)| Some(format!("{name} {}", (*text)?)))
            .collect();
        let of = if of.is_empty() {
            String::new()
        } else {
            format!(" ({})", of.join(", "))
        };
        let key = |what: &str| format!("rules.{}{of}.{what}", rules.join(","));
        if let Some(enabled) = &ruling.enabled {
            self.said(&key("enabled"), &enabled.value.to_string(), enabled.span);
        }
        if let Some(severity) = &ruling.severity {
            self.said(&key("severity"), severity.value.word(), severity.span);
        }
        for (name, value) in &ruling.parameters {
            let key = key(&format!("params.{}", name.value));
            self.said(&key, &value.value, value.span);
        }
    }

    fn exception(&mut self, exception: &Exception) {
        let (of, below) = match &exception.whose {
            Whose::Plan(plan) => (&plan.value, ""),
            Whose::Region { region, subtree } => (&region.value, if *subtree { "/*" } else { "" }),
        };
        let consent = &exception.consent;
        let key = format!("allow.{} ({of}{below})", consent.rule.value);
        self.said(&key, &consent.reason.value, consent.span);
    }

    fn text(&self) -> String {
        let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let widest = |column: usize| {
            let cells = self.told.iter().filter_map(|line| line.get(column));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        };
        let (first, second) = (widest(0), widest(1).min(40));
        let mut out = String::new();
        for [key, value, origin] in &self.told {
            let pad = |text: &str, to: usize| " ".repeat(to.saturating_sub(width(text)));
            let (a, b) = (pad(key, first), pad(value, second));
            let _ = writeln!(out, "{key}{a}  {value}{b}  {origin}");
        }
        out
    }
}
