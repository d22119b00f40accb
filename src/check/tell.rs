//! Hits to findings: message, places, advice and fixes of a check that does not hold.

use super::about::{About, label_place};
use super::allow::{Allowances, Answer};
use super::fingerprint::of_check;
use super::fix::fixes;
use super::hit::Hit;
use super::judge::allowed;
use super::memory::Memory;
use super::subject::subject;
use crate::bound::Reason;
use crate::eval::{text, value};
use crate::facts::Facts;
use crate::finding::{Brief, Decided, Finding, Label, Standing};
use crate::language::{Language, Said, join};
use crate::relation::place;
use crate::resolve::{Line, TypedRule};
use crate::source::{Sources, Span};
use crate::value::{Value, show};

/// Tells the hits of one rule.
pub(super) struct Teller<'t> {
    pub rule: &'t TypedRule,
    pub memory: &'t Memory,
    pub facts: &'t Facts,
    pub sources: &'t Sources,
    pub language: Language,
    pub allowances: &'t Allowances,
}

impl Teller<'_> {
    /// The finding of a hit; what it has to do with others is not known here.
    pub fn finding(&self, hit: Hit, brief: &Brief) -> Finding {
        let frame = hit.frame(self.rule, self.facts, self.memory);
        let frame = frame.as_slice();
        let language = self.language;
        let decided = brief.verdict.unwrap_or(Decided::Violated);
        let About { entities, primary } = About::new(self.rule, frame, self.facts);
        let (message, help, reason, fixes) = match decided {
            Decided::Violated => {
                let message = self.line(&self.rule.message, frame);
                let message = message.unwrap_or_else(|| self.title(frame));
                let help = self.line(&self.rule.help, frame);
                let require = hit.require(self.rule, self.memory);
                let fixes = fixes(require, frame, self.facts, self.sources, language);
                (message, help, None, fixes)
            }
            Decided::Undetermined => {
                let reason = said(
                    &hit.why(self.rule, frame, self.facts, self.memory),
                    language,
                );
                let message = self.undecided(&entities, frame, &reason);
                (message, None, Some(reason), Vec::new())
            }
        };
        let mut labels = self.labels(decided, frame);
        if labels.is_empty() {
            let whose = entities.first().and_then(|of| self.whose(of));
            labels.extend(primary.map(|span| Label {
                span,
                message: whose.unwrap_or_default(),
            }));
        }
        let lapsed = self.lapsed(brief, frame);
        if let Some((span, said)) = &lapsed {
            labels.push(Label {
                span: *span,
                message: said.text(language).to_owned(),
            });
        }
        Finding {
            code: self.rule.id.value.clone(),
            severity: brief.severity,
            verdict: brief.verdict,
            message,
            help: with_way(help, hit.way(self.memory), language),
            reason,
            url: format!("docs/rules.md#{}", self.rule.id.value),
            fingerprint: of_check(self.facts, &self.rule.id.value, &entities),
            fixes,
            subject: subject(self.facts, &entities),
            labels,
            related: Vec::new(),
            restates: None,
            standing: brief.standing,
        }
    }

    /// Where the deviation was once accepted, and why.
    fn lapsed(&self, brief: &Brief, frame: &[Value]) -> Option<(Span, Said)> {
        if brief.verdict != Some(Decided::Violated) || brief.standing != Standing::Open {
            return None;
        }
        let (answers, _) = allowed(self.rule, frame, self.facts, self.allowances);
        match answers.first()? {
            Answer::Lapsed(allowance, lapse) => Some(allowance.once(*lapse)),
            Answer::Covers(_) => None,
        }
    }

    /// A text in the run's language, in the other where the rule has only that.
    fn line(&self, line: &Line, frame: &[Value]) -> Option<String> {
        let template = line.pick(self.language)?;
        Some(text(template, frame, self.facts, self.language))
    }

    fn title(&self, frame: &[Value]) -> String {
        self.line(&self.rule.title, frame)
            .unwrap_or_else(|| self.rule.id.value.clone())
    }

    /// What could not be decided, of what, and why.
    fn undecided(&self, entities: &[Value], frame: &[Value], reason: &str) -> String {
        let title = self.title(frame);
        let of = entities
            .iter()
            .find_map(|of| self.about(of))
            .unwrap_or_default();
        match self.language {
            Language::Chinese => format!("{of}无法判断是否“{title}”：{reason}"),
            Language::English => format!("{of}cannot tell whether “{title}”: {reason}"),
        }
    }

    fn about(&self, of: &Value) -> Option<String> {
        let said = |value: &Value| show(value, self.facts, self.language);
        let Value::Figure(id) = of else {
            return place(self.facts, of).map(|_| match self.language {
                Language::Chinese => said(of),
                Language::English => format!("{}: ", said(of)),
            });
        };
        let figure = self.facts.figure(*id);
        let region = said(&Value::Region(figure.region()));
        let indicator = said(&Value::Indicator(figure.indicator));
        Some(match self.language {
            Language::Chinese => format!("{region}{indicator}（{}年）", figure.year),
            Language::English => format!("{indicator} of {region} ({}): ", figure.year),
        })
    }

    /// The places. What a label says of a violation need not hold where nothing was decided: there it says only
    /// whose figure it is.
    fn labels(&self, decided: Decided, frame: &[Value]) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for label in &self.rule.labels {
            let Some(span) = label_place(&label.of, frame, self.facts) else {
                continue;
            };
            if labels.iter().any(|known| known.span == span) {
                continue;
            }
            let message = match decided {
                Decided::Violated => self.line(&label.text, frame),
                Decided::Undetermined => self.whose(&value(&label.of, frame, self.facts)),
            };
            let message = message.unwrap_or_default();
            labels.push(Label { span, message });
        }
        labels
    }

    fn whose(&self, of: &Value) -> Option<String> {
        let Value::Figure(id) = of else {
            return None;
        };
        let figure = self.facts.figure(*id);
        let region = show(&Value::Region(figure.region()), self.facts, self.language);
        Some(match self.language {
            Language::Chinese => format!("{region} {}年", figure.year),
            Language::English => format!("{region} {}", figure.year),
        })
    }
}

/// Several reasons as one text.
fn said(reasons: &[Reason], language: Language) -> String {
    let each: Vec<_> = reasons.iter().map(Reason::said).collect();
    join(&each).text(language).to_owned()
}

/// The advice, and who was passed over on the way to a superior.
fn with_way(help: Option<String>, way: &[Reason], language: Language) -> Option<String> {
    if way.is_empty() {
        return help;
    }
    let passed = said(way, language);
    let passed = match language {
        Language::Chinese => format!("中间各级：{passed}"),
        Language::English => format!("passed over on the way: {passed}"),
    };
    Some(match help {
        Some(help) => format!("{help}{}{passed}", language.pick("。", ". ")),
        None => passed,
    })
}
