//! `planlint.toml`: settings and accepted deviations.

use super::desk::Desk;
use super::entity::SETTINGS;
use super::record::{Record, read_file};
use super::section::consent;
use super::wrong;
use crate::catalogue::Catalogue;
use crate::language::{Language, Said};
use crate::model::Status;
use crate::problem::{Kind, Problem, Severity};
use crate::quantity::Number;
use crate::region::{Level, Regions};
use crate::settings::{Exception, Paths, Plans, Ruling, Settings, Whose};
use crate::source::{SourceId, Span, Spanned};

/// Reads the settings. Every fault is reported, and what it spoils is left out. Names of rules, regions, indicators and
/// plans are not looked up here.
#[must_use]
pub fn read_settings(text: &str, source: SourceId) -> (Settings, Vec<Problem>) {
    let mut problems = Vec::new();
    let record = read_file(text, source, &SETTINGS, &mut problems);
    if let Some(format) = record.integer("format")
        && format.value != 1
    {
        problems.push(wrong::unknown_format(&format));
    }
    let whole = record.named("rules").iter();
    let whole = whole.map(|(id, entry)| {
        let plans = Plans::default();
        ruling(vec![id.clone()], plans, entry)
    });
    let mut rules: Vec<Ruling> = whole.collect();
    for entry in record.many("override") {
        let plans = plans(entry);
        if plans.is_all() {
            problems.push(of_no_plans(entry.span));
        }
        let ruling = ruling(entry.texts("rules"), plans, entry);
        let says = ruling.enabled.is_some() || ruling.severity.is_some();
        if ruling.rules.is_empty() || !says && ruling.parameters.is_empty() {
            problems.push(says_nothing(entry.span));
        }
        rules.push(ruling);
    }
    let exceptions = record.many("allow").iter();
    let settings = Settings {
        language: record.text("language").map(|text| {
            text.map(|tag| match tag.as_str() {
                "en" => Language::English,
                _ => Language::Chinese,
            })
        }),
        fail_on: severity(&record, "fail_on"),
        fail_on_undetermined: record.texts("fail_on_undetermined"),
        min_coverage: record
            .text("min_coverage")
            .and_then(|text| percent(&text, &mut problems)),
        baseline: record.text("baseline"),
        paths: record.one("paths").map(paths).unwrap_or_default(),
        exceptions: exceptions
            .filter_map(|entry| exception(entry, &mut problems))
            .collect(),
        rules,
    };
    (settings, problems)
}

fn paths(record: &Record) -> Paths {
    Paths {
        plans: record.texts("plans"),
        rules: record.texts("rules"),
        regions: record.text("regions"),
        indicators: record.text("indicators"),
        statistics: record.text("statistics"),
        exclude: record.texts("exclude"),
    }
}

fn ruling(rules: Vec<Spanned<String>>, plans: Plans, record: &Record) -> Ruling {
    Ruling {
        rules,
        plans,
        enabled: record.boolean("enabled"),
        severity: severity(record, "severity"),
        parameters: record.keyed("params"),
        span: record.span,
    }
}

fn plans(record: &Record) -> Plans {
    let level = record.text("level").and_then(|text| {
        let level = Level::parse(&text.value)?;
        Some(Spanned::new(level, text.span))
    });
    Plans {
        level,
        region: record.text("region"),
        field: record.text("field"),
        status: status(record),
    }
}

fn severity(record: &Record, key: &str) -> Option<Spanned<Severity>> {
    let text = record.text(key)?;
    let mut all = Severity::ALL.into_iter();
    let severity = all.find(|severity| severity.word() == text.value)?;
    Some(Spanned::new(severity, text.span))
}

/// How far a plan has come.
pub(super) fn status(record: &Record) -> Option<Spanned<Status>> {
    let text = record.text("status")?;
    let status = match text.value.as_str() {
        "consultation" => Status::Consultation,
        "issued" => Status::Issued,
        _ => Status::Draft,
    };
    Some(Spanned::new(status, text.span))
}

fn percent(text: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<Spanned<Number>> {
    let number = crate::settings::percent(&text.value);
    if number.is_none() {
        let message = Said::new(
            format!("“{}”不是百分数", text.value),
            format!("`{}` is no percentage", text.value),
        );
        let label = Said::new("应在 0 到 100 之间", "expected 0 to 100");
        problems.push(Problem::new(Kind::SettingsValue, text.span, message, label));
    }
    number.map(|number| Spanned::new(number, text.span))
}

/// An entry for some plans that says of none which.
fn of_no_plans(span: Span) -> Problem {
    let message = Said::new(
        "[[override]] 没有说是哪些规划",
        "[[override]] says of no plans which",
    );
    let label = Said::new(
        "缺少 level、region、field 或 status",
        "level, region, field or status is missing",
    );
    let help = Said::new(
        "只针对部分规划时写明；对所有规划的写在 [rules.\"规则\"] 里",
        "name them; what holds for all plans stands in [rules.\"id\"]",
    );
    Problem::new(Kind::MissingKey, span, message, label).help(help)
}

/// An entry that changes nothing.
fn says_nothing(span: Span) -> Problem {
    let message = Said::new("[[override]] 什么也没有设置", "[[override]] sets nothing");
    let label = Said::new(
        "缺少规则，或缺少 enabled、severity、params",
        "no rules, or none of enabled, severity, params",
    );
    Problem::new(Kind::MissingKey, span, message, label)
}

fn exception(record: &Record, problems: &mut Vec<Problem>) -> Option<Exception> {
    let consent = consent(record, problems)?;
    let subtree = record.boolean("subtree");
    let whose = match (record.text("plan"), record.text("region")) {
        (Some(plan), None) if subtree.is_none() => Whose::Plan(plan),
        (None, Some(region)) => Whose::Region {
            region,
            subtree: subtree.is_some_and(|flag| flag.value),
        },
        (None, None) => {
            let message = Said::new(
                "[[allow]] 没有说是哪个区划或哪份规划",
                "[[allow]] names no region and no plan",
            );
            let label = Said::new("缺少 region 或 plan", "region or plan is missing");
            let problem = Problem::new(Kind::MissingKey, record.span, message, label);
            problems.push(problem.help(one_of_both()));
            return None;
        }
        (Some(plan), _) => {
            let message = Said::new(
                "plan 不能与 region 或 subtree 同写",
                "`plan` goes with neither `region` nor `subtree`",
            );
            let label = Said::new("已经说明是这份规划", "names one plan");
            let problem = Problem::new(Kind::SettingsValue, plan.span, message, label);
            problems.push(problem.help(one_of_both()));
            return None;
        }
    };
    Some(Exception {
        consent,
        whose,
        indicator: record.text("indicator"),
    })
}

fn one_of_both() -> Said {
    Said::new(
        "写明 plan = \"规划 id\" 或 region = \"区划代码\"；包括下级的另加 subtree = true",
        "write plan = \"id\" or region = \"code\"; with those below it, also subtree = true",
    )
}

/// What the settings say of regions and indicators that nobody knows.
#[must_use]
pub fn unknown_names(
    settings: &Settings,
    regions: &Regions,
    catalogue: &Catalogue,
) -> Vec<Problem> {
    let mut desk = Desk::new(regions, catalogue);
    for ruling in &settings.rules {
        if let Some(region) = &ruling.plans.region {
            desk.region_of(region);
        }
    }
    for exception in &settings.exceptions {
        if let Whose::Region { region, .. } = &exception.whose {
            desk.region_of(region);
        }
        if let Some(indicator) = &exception.indicator {
            desk.indicator_of(indicator);
        }
    }
    desk.problems
}
