//! Clauses, in the order of the text: a variable is known from its `for` or `let` on.

use super::lint;
use super::scope::{Resolver, Typed};
use super::typed::{Code, Condition, Label, Line, Require, Step, TypedRule, Weight};
use super::wrong;
use crate::language::Language;
use crate::problem::Severity;
use crate::source::Spanned;
use crate::syntax::{
    Clause, ClauseKind, Expression, Loop, Node, Part, Rule, Text, Undecided, When,
};
use crate::value::{Kind, Value};

impl Resolver<'_> {
    /// Resolves the clauses of a rule.
    pub fn clauses(&mut self, rule: &Rule) -> TypedRule {
        let mut typed = TypedRule {
            id: rule.id.clone(),
            doc: rule.doc.clone(),
            title: Line::default(),
            severities: Vec::new(),
            undecided: Undecided::Raised(Severity::Note),
            tags: Vec::new(),
            cites: Vec::new(),
            slots: Vec::new(),
            steps: Vec::new(),
            requires: Vec::new(),
            message: Line::default(),
            help: Line::default(),
            labels: Vec::new(),
            span: rule.span,
        };
        // Parameters first, then what binds and filters, then what reads: the order of clauses is the author's.
        for pass in [is_parameter, is_step, is_reader] {
            for clause in rule.clauses.iter().filter(|clause| pass(&clause.kind)) {
                self.clause(clause, &mut typed);
            }
        }
        typed
    }

    /// Resolves a whole rule.
    pub fn rule(&mut self, rule: &Rule) -> TypedRule {
        let mut typed = self.clauses(rule);
        self.check(rule, &typed);
        let first = typed.steps.iter().find_map(|step| match step {
            Step::For { slot, .. } => Some(*slot),
            _ => None,
        });
        if let (true, Some(slot)) = (typed.labels.is_empty(), first) {
            let of = Code::Slot(slot);
            typed.labels.push(Label {
                of,
                text: Line::default(),
            });
        }
        self.unused();
        typed.slots = std::mem::take(&mut self.slots);
        typed
    }

    /// What may be said once is said once: a second message would silently replace the first.
    fn said_twice(&mut self, rule: &Rule) {
        let mut seen: Vec<(&Clause, String)> = Vec::new();
        for clause in &rule.clauses {
            let Some(name) = single(&clause.kind) else {
                continue;
            };
            match seen.iter().find(|(_, known)| *known == name) {
                Some((first, _)) => {
                    let problem = wrong::said_twice(&name, clause.span, first.span);
                    self.problems.push(problem);
                }
                None => seen.push((clause, name)),
            }
        }
        let mut always: Option<&Clause> = None;
        for clause in &rule.clauses {
            if let ClauseKind::Severity(_, when) = &clause.kind {
                if let Some(first) = always {
                    let problem = wrong::never_reached(clause.span, first.span);
                    self.problems.push(problem);
                }
                if !matches!(when, When::True(_)) {
                    always = always.or(Some(clause));
                }
            }
        }
    }

    fn check(&mut self, rule: &Rule, typed: &TypedRule) {
        self.said_twice(rule);
        let look = lint::confusable(&rule.id.value);
        self.problems
            .extend(look.map(|letter| wrong::confusable(&rule.id, letter)));
        let has = |kind: fn(&ClauseKind) -> bool| rule.clauses.iter().any(|c| kind(&c.kind));
        if typed.requires.is_empty() && !has(|kind| matches!(kind, ClauseKind::Require(_))) {
            self.problems.push(wrong::nothing_required(&rule.id));
        }
        if !has(|kind| matches!(kind, ClauseKind::For(_))) {
            self.problems.push(wrong::no_loop(&rule.id));
        }
    }

    fn clause(&mut self, clause: &Clause, typed: &mut TypedRule) {
        match &clause.kind {
            ClauseKind::Param(name, value) => self.parameter(name, value),
            ClauseKind::For(one) => self.for_in(one, typed),
            ClauseKind::Let(name, value) => {
                // An unresolved value still binds its name, so that its uses give no further errors.
                let value = self.expression(value);
                let kind = value.as_ref().map_or(Kind::Amount, |value| value.kind);
                let slot = self.bind(name, kind, None);
                if let Some(value) = value {
                    let span = clause.span;
                    let code = value.code;
                    typed.steps.push(Step::Let { slot, code, span });
                }
            }
            ClauseKind::Where(condition) => self.filter(condition, false, typed),
            ClauseKind::Unless(condition) => self.filter(condition, true, typed),
            ClauseKind::Applies(applies) => self.applies(applies, clause.span, typed),
            ClauseKind::Require(condition) => {
                let span = condition.span;
                if let Some(code) = self.truth(condition) {
                    self.problems.extend(self.settled.always(&code, span));
                    typed.requires.push(Require { code, span });
                }
            }
            ClauseKind::Severity(severity, when) => self.severity(*severity, when, typed),
            ClauseKind::Undetermined(undecided) => typed.undecided = *undecided,
            ClauseKind::Tags(tags) => {
                typed.tags.extend(tags.iter().map(|tag| tag.value.clone()));
            }
            ClauseKind::Cite(texts) => typed.cites.push(texts.iter().map(written).collect()),
            ClauseKind::Title(language, text) => self.line(&mut typed.title, *language, text),
            ClauseKind::Message(language, text) => self.line(&mut typed.message, *language, text),
            ClauseKind::Help(language, text) => self.line(&mut typed.help, *language, text),
            ClauseKind::Label(of, language, text) => self.label(of, *language, text, typed),
        }
    }

    fn parameter(&mut self, name: &Spanned<String>, value: &Expression) {
        let Some(typed) = self.expression(value) else {
            self.bind(name, Kind::Number, None);
            return;
        };
        let literal = Some(typed).and_then(|typed| match typed.code {
            Code::Constant(constant) => Some((typed.kind, constant)),
            Code::Negative(inner) => match *inner {
                Code::Constant(Value::Number(number)) => {
                    Some((Kind::Number, Value::Number(number.negated())))
                }
                _ => None,
            },
            _ => None,
        });
        if let Some((kind, constant)) = literal {
            self.bind(name, kind, Some(constant));
        } else {
            self.problems.push(wrong::no_literal(value.span));
            self.bind(name, Kind::Number, None);
        }
    }

    fn for_in(&mut self, one: &Loop, typed: &mut TypedRule) {
        let found = self.source(&one.source);
        let kind = found.as_ref().map_or(Kind::Figure, |(_, kind)| *kind);
        let slot = self.bind(&one.variable, kind, None);
        self.mark_used(slot);
        if let Some((source, _)) = found {
            let span = one.variable.span.to(one.source.span);
            typed.steps.push(Step::For { slot, source, span });
        }
        if let Some(filter) = &one.filter {
            self.filter(filter, false, typed);
        }
    }

    /// A condition, split at its `and`s, so that each part can be asked as early as its variables are known.
    fn filter(&mut self, condition: &Expression, negated: bool, typed: &mut TypedRule) {
        let parts = match &condition.node {
            Node::All(parts) if !negated => parts.iter().collect(),
            _ => vec![condition],
        };
        let mut conditions = Vec::new();
        for part in parts {
            if let Some(code) = self.truth(part) {
                let span = part.span;
                self.learn(&code);
                let contradictory = self.settled.take(&code, negated, span);
                self.problems.extend(contradictory);
                let code = if negated {
                    Code::Not(Box::new(code))
                } else {
                    code
                };
                conditions.push(Condition {
                    code,
                    span,
                    negated,
                });
            }
        }
        typed.steps.push(Step::Where(conditions));
    }

    /// What each part of an `and` settles.
    pub fn learn_all(&mut self, condition: &Code) {
        match condition {
            Code::All(parts) => parts.iter().for_each(|part| self.learn(part)),
            other => self.learn(other),
        }
    }

    /// `t.indicator is x` settles the dimension of `t`'s quantities from here on.
    fn learn(&mut self, condition: &Code) {
        if let Code::IsIndicator(of, indicator) = condition
            && let Code::Column(figure, column) = &**of
            && column.name == "indicator"
            && let Code::Slot(slot) = &**figure
        {
            self.indicators.insert(*slot, *indicator);
        }
    }

    fn severity(&mut self, severity: Severity, when: &When, typed: &mut TypedRule) {
        let (when, span) = match when {
            When::Always | When::Otherwise => (None, None),
            When::True(condition) => match self.truth(condition) {
                Some(code) => (Some(code), Some(condition.span)),
                None => return,
            },
        };
        typed.severities.push(Weight {
            severity,
            when,
            span,
        });
    }

    fn line(&mut self, line: &mut Line, language: Language, text: &Text) {
        let template = self.template(text);
        match language {
            Language::Chinese => line.zh = template,
            Language::English => line.en = template,
        }
    }

    /// Labels of one thing in two languages are one label.
    fn label(&mut self, of: &Expression, language: Language, text: &Text, typed: &mut TypedRule) {
        let Some(found) = self.expression(of) else {
            return;
        };
        if !has_place(&found) {
            self.problems.push(wrong::no_place(&found));
            return;
        }
        let code = format!("{:?}", found.code);
        let known = typed
            .labels
            .iter()
            .position(|label| format!("{:?}", label.of) == code);
        let at = known.unwrap_or(typed.labels.len());
        if known.is_none() {
            typed.labels.push(Label {
                of: found.code,
                text: Line::default(),
            });
        }
        let mut line = typed
            .labels
            .get_mut(at)
            .map(|label| std::mem::take(&mut label.text));
        if let Some(line) = &mut line {
            self.line(line, language, text);
        }
        if let (Some(label), Some(line)) = (typed.labels.get_mut(at), line) {
            label.text = line;
        }
    }
}

/// The name of a clause that may stand only once.
fn single(kind: &ClauseKind) -> Option<String> {
    match kind {
        ClauseKind::Message(language, _) => Some(format!("message@{}", language.tag())),
        ClauseKind::Help(language, _) => Some(format!("help@{}", language.tag())),
        ClauseKind::Title(language, _) => Some(format!("title@{}", language.tag())),
        ClauseKind::Undetermined(_) => Some("undetermined".to_owned()),
        _ => None,
    }
}

fn is_parameter(kind: &ClauseKind) -> bool {
    matches!(kind, ClauseKind::Param(..))
}

fn is_step(kind: &ClauseKind) -> bool {
    matches!(
        kind,
        ClauseKind::For(_) | ClauseKind::Let(..) | ClauseKind::Where(_) | ClauseKind::Unless(_)
    )
}

fn is_reader(kind: &ClauseKind) -> bool {
    !is_parameter(kind) && !is_step(kind)
}

fn has_place(found: &Typed) -> bool {
    let entity = matches!(
        found.kind,
        Kind::Figure
            | Kind::Row
            | Kind::Plan
            | Kind::Region
            | Kind::Indicator
            | Kind::Change
            | Kind::Roster
            | Kind::Count
            | Kind::Commitment
            | Kind::Task
            | Kind::Statistic
    );
    entity || matches!(&found.code, Code::Column(_, column) if column.place.is_some())
}

/// A text as written, holes left out: citations have none.
fn written(text: &Text) -> String {
    let plain = text.parts.iter().filter_map(|part| match part {
        Part::Plain(plain) => Some(plain.as_str()),
        Part::Hole(_) => None,
    });
    plain.collect()
}
