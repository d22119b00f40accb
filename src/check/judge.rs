//! Verdicts to findings: severity, message, places, fix and fingerprint of a check that did not hold.

use super::Options;
use super::fingerprint::{digest, key};
use super::fix::fixes;
use super::subject::{figures, plan_of, subject};
use super::tally::Tally;
use crate::bound::{Reason, Reasons, Truth};
use crate::eval::{Check, Verdict, text, truth, value};
use crate::facts::Facts;
use crate::finding::{Decided, Finding, Label};
use crate::language::{Language, join};
use crate::model::Allow;
use crate::problem::Severity;
use crate::relation::place;
use crate::resolve::{Code, Line, TypedRule};
use crate::source::{SourceId, Sources, Span};
use crate::syntax::Undecided;
use crate::value::{Value, show};

/// The judge of one rule's checks.
pub(super) struct Judge<'j, 't> {
    rule: &'j TypedRule,
    facts: &'j Facts,
    sources: &'j Sources,
    options: &'j Options,
    tally: &'j mut Tally<'t>,
    idle: bool,
}

impl<'j, 't> Judge<'j, 't> {
    pub fn new(
        rule: &'j TypedRule,
        facts: &'j Facts,
        sources: &'j Sources,
        options: &'j Options,
        tally: &'j mut Tally<'t>,
    ) -> Self {
        tally.start_rule(&rule.id.value);
        Self {
            rule,
            facts,
            sources,
            options,
            tally,
            idle: true,
        }
    }

    pub const fn is_idle(&self) -> bool {
        self.idle
    }

    /// Counts a check, and makes a finding of one that does not hold.
    pub fn take(&mut self, check: &Check<'_>) {
        self.idle = false;
        if self.tally.needs_place() && !self.tally.shows(self.primary(check.frame)) {
            return;
        }
        let (decided, reasons) = match check.verdict {
            Verdict::Holds => return self.tally.count(check.verdict),
            Verdict::Violated => (Decided::Violated, None),
            Verdict::Undetermined(reasons) => (Decided::Undetermined, Some(reasons)),
        };
        if decided == Decided::Violated && self.is_allowed(check.frame) {
            return self.tally.allow();
        }
        self.tally.count(check.verdict);
        if let Some(severity) = self.severity(decided, check.frame) {
            let finding = self.finding(check, decided, reasons, severity);
            self.tally.find(finding);
        }
    }

    /// The file of the first label that can be placed.
    fn primary(&self, frame: &[Value]) -> Option<SourceId> {
        let labels = self.rule.labels.iter();
        let mut spans = labels.filter_map(|label| self.label_place(&label.of, frame));
        let span = spans.next().or_else(|| Some(self.outermost(frame)?.1));
        span.map(|span| span.source)
    }

    fn severity(&self, decided: Decided, frame: &[Value]) -> Option<Severity> {
        if decided == Decided::Undetermined {
            return match self.rule.undecided {
                Undecided::Ignored => None,
                Undecided::Raised(severity) => Some(severity),
            };
        }
        let meant = self
            .rule
            .severities
            .iter()
            .find(|weight| match &weight.when {
                None => true,
                Some(when) => truth(when, frame, self.facts) == Truth::True,
            });
        Some(meant.map_or(Severity::Error, |weight| weight.severity))
    }

    fn finding(
        &self,
        check: &Check<'_>,
        decided: Decided,
        reasons: Option<&Reasons>,
        severity: Severity,
    ) -> Finding {
        let frame = check.frame;
        let mut labels = self.labels(decided, frame);
        let mut entities: Vec<Value> = self
            .rule
            .labels
            .iter()
            .map(|label| value(entity(&label.of), frame, self.facts))
            .collect();
        if labels.is_empty()
            && let Some((of, span)) = self.outermost(frame)
        {
            // Who should be shown did not answer: whoever asked is shown.
            labels.push(Label {
                span,
                message: self.whose(of).unwrap_or_default(),
            });
            entities.insert(0, of.clone());
        }
        let language = self.options.language;
        let reason = reasons.map(|reasons| reasons.said().text(language).to_owned());
        let message = match &reason {
            None => self
                .line(&self.rule.message, frame)
                .unwrap_or_else(|| self.title(frame)),
            Some(reason) => self.undecided(&entities, frame, reason),
        };
        let help = match decided {
            Decided::Violated => self.line(&self.rule.help, frame),
            Decided::Undetermined => None,
        };
        Finding {
            code: self.rule.id.value.clone(),
            severity,
            verdict: Some(decided),
            message,
            help: with_way(help, check.way, language),
            reason,
            url: format!("docs/rules.md#{}", self.rule.id.value),
            fingerprint: self.fingerprint(&entities),
            fixes: if decided == Decided::Violated {
                fixes(
                    self.rule,
                    check,
                    self.facts,
                    self.sources,
                    self.options.language,
                )
            } else {
                Vec::new()
            },
            subject: subject(self.facts, &entities),
            labels,
            figures: figures(self.facts, &entities),
            related: Vec::new(),
            restates: None,
        }
    }

    /// A text in the run's language, in the other where the rule has only that.
    fn line(&self, line: &Line, frame: &[Value]) -> Option<String> {
        let (first, second) = match self.options.language {
            Language::Chinese => (&line.zh, &line.en),
            Language::English => (&line.en, &line.zh),
        };
        let template = first.as_ref().or(second.as_ref())?;
        Some(text(template, frame, self.facts, self.options.language))
    }

    fn title(&self, frame: &[Value]) -> String {
        self.line(&self.rule.title, frame)
            .unwrap_or_else(|| self.rule.id.value.clone())
    }

    /// What could not be decided, of what, and why.
    fn undecided(&self, entities: &[Value], frame: &[Value], reason: &str) -> String {
        let language = self.options.language;
        let title = self.title(frame);
        let of = entities
            .iter()
            .find_map(|of| self.about(of))
            .unwrap_or_default();
        match language {
            Language::Chinese => format!("{of}无法判断是否“{title}”：{reason}"),
            Language::English => format!("{of}cannot tell whether “{title}”: {reason}"),
        }
    }

    fn about(&self, of: &Value) -> Option<String> {
        let language = self.options.language;
        let said = |value: Value| show(&value, self.facts, language);
        let Value::Figure(id) = of else {
            return place(self.facts, of).map(|_| match language {
                Language::Chinese => said(of.clone()),
                Language::English => format!("{}: ", said(of.clone())),
            });
        };
        let figure = self.facts.figure(*id);
        let region = said(Value::Region(figure.region()));
        let indicator = said(Value::Indicator(figure.indicator));
        Some(match language {
            Language::Chinese => format!("{region}{indicator}（{}年）", figure.year),
            Language::English => format!("{indicator} of {region} ({}): ", figure.year),
        })
    }

    /// The places. What a label says of a violation need not hold where nothing was decided: there it says only
    /// whose figure it is.
    fn labels(&self, decided: Decided, frame: &[Value]) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for label in &self.rule.labels {
            let Some(span) = self.label_place(&label.of, frame) else {
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

    /// The first variable that is bound to something with a place.
    fn outermost<'f>(&self, frame: &'f [Value]) -> Option<(&'f Value, Span)> {
        frame
            .iter()
            .find_map(|of| Some((of, place(self.facts, of)?)))
    }

    fn whose(&self, of: &Value) -> Option<String> {
        let Value::Figure(id) = of else {
            return None;
        };
        let figure = self.facts.figure(*id);
        let language = self.options.language;
        let region = show(&Value::Region(figure.region()), self.facts, language);
        Some(match language {
            Language::Chinese => format!("{region} {}年", figure.year),
            Language::English => format!("{region} {}", figure.year),
        })
    }

    /// Where the thing of a label stands: the column's own place where it has one, else the entity's.
    fn label_place(&self, of: &Code, frame: &[Value]) -> Option<Span> {
        if let Code::Column(inner, column) = of
            && let Some(find) = column.place
        {
            let inner = value(inner, frame, self.facts);
            return find(self.facts, &inner).or_else(|| place(self.facts, &inner));
        }
        place(self.facts, &value(of, frame, self.facts))
    }

    /// Whether the plan of the first label accepts this deviation.
    fn is_allowed(&self, frame: &[Value]) -> bool {
        let mut entities = self
            .rule
            .labels
            .iter()
            .map(|label| value(entity(&label.of), frame, self.facts));
        entities.next().is_some_and(|of| {
            let plan = plan_of(self.facts, &of);
            let allows = plan.map(|plan| &self.facts.plan(plan).allows);
            allows
                .into_iter()
                .flatten()
                .any(|allow| self.covers(allow, &of))
        })
    }

    fn covers(&self, allow: &Allow, of: &Value) -> bool {
        let figure = match of {
            Value::Figure(id) => Some(self.facts.figure(*id)),
            _ => None,
        };
        let indicator = match of {
            Value::Row(row) => Some(self.facts.form_of(*row).indicator),
            _ => figure.as_ref().map(|figure| figure.indicator),
        };
        let year = figure.map(|figure| i64::from(figure.year));
        let expired = allow.until.as_ref().zip(self.options.today);
        allow.rule.value == self.rule.id.value
            && allow
                .indicator
                .as_ref()
                .is_none_or(|wanted| Some(wanted.value) == indicator)
            && allow.year.is_none_or(|wanted| Some(wanted) == year)
            && expired.is_none_or(|(until, today)| today <= until.value.last_day())
    }

    /// Made of the rule and what its labels are about: not of words, places or values.
    fn fingerprint(&self, entities: &[Value]) -> String {
        let mut parts = vec![self.rule.id.value.clone()];
        parts.extend(entities.iter().map(|of| key(self.facts, of)));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        digest(&parts)
    }
}

/// The entity that a label's expression is about: `r` of `r.unit`.
fn entity(of: &Code) -> &Code {
    match of {
        Code::Column(inner, column) if column.place.is_some() => inner,
        other => other,
    }
}

/// The advice, and who was passed over on the way to a superior.
fn with_way(help: Option<String>, way: &[Reason], language: Language) -> Option<String> {
    if way.is_empty() {
        return help;
    }
    let each: Vec<_> = way.iter().map(Reason::said).collect();
    let passed = join(&each);
    let passed = match language {
        Language::Chinese => format!("中间各级：{}", passed.zh),
        Language::English => format!("passed over on the way: {}", passed.en),
    };
    Some(match help {
        Some(help) => format!("{help}{}{passed}", language.pick("。", ". ")),
        None => passed,
    })
}
