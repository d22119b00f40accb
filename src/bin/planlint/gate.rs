//! Whether a check passes: 0, 1 or 2.

use clap::Args;
use planlint::check::Outcome;
use planlint::finding::{Brief, Decided, Findings, Standing};
use planlint::language::Language;
use planlint::problem::{Severity, nearest};
use planlint::quantity::Number;
use planlint::settings::{Settings, names, percent};

use crate::{Failure, terminal};

#[derive(Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// 到哪一级算不通过 the severity from which the check fails [default: error]
    #[arg(long, value_parser = ["error", "warning", "note"])]
    fail_on: Option<String>,
    /// 有无法判断的检查算不通过；可限于几条规则，如 =align/*,floor/x fail where a check could not be decided; of these rules only: =align/*,floor/x
    #[arg(long, value_name = "RULE", num_args = 0.., require_equals = true, value_delimiter = ',', default_missing_value = "*")]
    fail_on_undetermined: Option<Vec<String>>,
    /// 可判断的检查少于百分之几算不通过 fail where less than this share of checks, in per cent, could be decided
    #[arg(long, value_name = "PERCENT")]
    min_coverage: Option<String>,
}

/// What a check has to come up to.
pub(crate) struct Gate {
    pub threshold: Severity,
    undetermined: Vec<String>,
    /// Whether these were typed; what settings name is looked up when they are read.
    typed: bool,
    coverage: Option<Number>,
}

/// What a check comes to.
pub(crate) struct Verdict {
    /// The exit code. 0: nothing at or above the threshold. 1: something is. 2: the check was incomplete, whatever else was
    /// found.
    pub code: u8,
    /// What is told beside the report, line by line.
    pub told: Vec<String>,
}

impl Verdict {
    /// Tells it, and gives the exit code.
    pub fn tell(&self) -> u8 {
        self.told.iter().for_each(|line| terminal::error(line));
        self.code
    }
}

impl Gate {
    /// What is typed wins over what the settings say.
    pub fn new(
        arguments: &Arguments,
        settings: &Settings,
        language: Language,
    ) -> Result<Self, Failure> {
        let typed = arguments.fail_on.as_deref();
        let typed = typed.and_then(|word| Severity::ALL.into_iter().find(|of| of.word() == word));
        let said = settings.fail_on.as_ref().map(|severity| severity.value);
        let gates = settings.fail_on_undetermined.iter();
        let undetermined = arguments.fail_on_undetermined.clone();
        let coverage = match &arguments.min_coverage {
            None => settings.min_coverage.as_ref().map(|share| share.value),
            Some(text) => Some(percent(text).ok_or_else(|| match language {
                Language::Chinese => format!("--min-coverage：“{text}”不是 0 到 100 的百分数"),
                Language::English => {
                    format!("--min-coverage: `{text}` is no percentage from 0 to 100")
                }
            })?),
        };
        Ok(Self {
            threshold: typed.or(said).unwrap_or(Severity::Error),
            typed: undetermined.is_some(),
            undetermined: undetermined
                .unwrap_or_else(|| gates.map(|pattern| pattern.value.clone()).collect()),
            coverage,
        })
    }

    /// What a check comes to.
    pub fn verdict(&self, outcome: &Outcome, language: Language) -> Verdict {
        let report = &outcome.report;
        let mut incomplete = incomplete(outcome, language);
        incomplete.extend(self.unknown(outcome, language));
        let places = report.context_errors.iter();
        let mut told: Vec<String> = places
            .map(|place| match language {
                Language::Chinese => format!("检查不完整：{place} 有输入错误"),
                Language::English => format!("the check was incomplete: input error at {place}"),
            })
            .collect();
        let is_whole = incomplete.is_empty() && report.summary.input_errors == 0;
        told.extend(incomplete);
        let before = told.len();
        told.extend(self.undecided(outcome, language));
        told.extend(self.uncovered(outcome, language));
        let fails = |brief: &Brief| brief.counts() && brief.severity >= self.threshold;
        let failed = told.len() > before || report.findings.iter().any(fails);
        let code = if is_whole { u8::from(failed) } else { 2 };
        Verdict { code, told }
    }

    /// The rules that are asked for and that nobody has: a gate that never closes is none.
    fn unknown(&self, outcome: &Outcome, language: Language) -> Vec<String> {
        let known = || outcome.rules.known();
        let gates = self.undetermined.iter().filter(|_| self.typed);
        let unknown =
            gates.filter(|pattern| **pattern != "*" && !known().any(|id| names(pattern, id)));
        let told = unknown.map(|pattern| {
            let near = nearest(pattern, known());
            let hint = near.map(|near| match language {
                Language::Chinese => format!("，是否想写 {near}？"),
                Language::English => format!("; did you mean {near}?"),
            });
            let hint = hint.unwrap_or_default();
            match language {
                Language::Chinese => format!("--fail-on-undetermined：没有规则 {pattern}{hint}"),
                Language::English => format!("--fail-on-undetermined: no rule {pattern}{hint}"),
            }
        });
        told.collect()
    }

    fn undecided(&self, outcome: &Outcome, language: Language) -> Option<String> {
        let asked = |(at, brief): &(usize, &Brief)| {
            let undecided = brief.verdict == Some(Decided::Undetermined);
            let code = outcome.code(*at).unwrap_or_default();
            let named = || self.undetermined.iter().any(|pattern| names(pattern, code));
            undecided && brief.standing == Standing::Open && named()
        };
        let briefs = outcome.report.findings.iter().enumerate();
        let count = briefs.filter(asked).count();
        (count > 0).then(|| match language {
            Language::Chinese => {
                format!("不通过：{count} 项检查无法判断（--show undetermined 列出）")
            }
            Language::English => {
                format!("failed: undetermined checks: {count} (--show undetermined lists them)")
            }
        })
    }

    fn uncovered(&self, outcome: &Outcome, language: Language) -> Option<String> {
        let least = self.coverage?;
        let (decided, all) = outcome.report.coverage;
        let number = |count: usize| Number::parse(&count.to_string());
        let share = number(decided)?.times(number(100)?)?;
        let wanted = number(all)?.times(least)?;
        (share < wanted).then(|| match language {
            Language::Chinese => {
                format!("不通过：{all} 项检查中可判断的有 {decided} 项，少于 {least}%")
            }
            Language::English => {
                format!("failed: {decided} of {all} checks could be decided, less than {least}%")
            }
        })
    }
}

fn incomplete(outcome: &Outcome, language: Language) -> Vec<String> {
    let report = &outcome.report;
    let mut lines = Vec::new();
    if report.inputs.plans == 0 {
        let line = language.pick(
            "没有可以检查的规划（plans/ 下的 *.plan.toml）",
            "no plan to check (*.plan.toml below plans/)",
        );
        lines.push(line.to_owned());
    }
    if report.inputs.rules == 0 {
        let line = if outcome.rule_files == 0 {
            language.pick(
                "没有规则（rules/ 下的 *.rule）",
                "no rule to check by (*.rule below rules/)",
            )
        } else if outcome.rules.known().next().is_some() {
            language.pick(
                "规则都关闭了，没有一条可用",
                "every rule is turned off: none to check by",
            )
        } else {
            language.pick(
                "规则都有错，没有一条可用",
                "every rule is broken: none to check by",
            )
        };
        lines.push(line.to_owned());
    }
    lines
}
