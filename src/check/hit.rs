//! A check that does not hold, as few bytes as will tell it again: a run of a whole country has a quarter of a million.

use super::memory::{Form, Kept, Memory, Reasons};
use crate::bound::{Reason, Truth};
use crate::eval::{Check, Checks, Verdict, truth, unbound, value};
use crate::facts::{Facts, FigureId};
use crate::finding::{Decided, Standing};
use crate::problem::Severity;
use crate::resolve::{Code, Require, Step, TypedRule};
use crate::value::Value;

/// A check that does not hold. What its `let` variables were and why its requirement could not be decided is worked
/// out again when somebody asks: the same values give the same answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// The rule's place in the rule set.
    pub rule: u16,
    /// Its memory's place among the memories.
    pub memory: u32,
    /// What it says as others do, in the memory.
    form: u32,
    /// Where in the memory the values of its `for` variables begin, and behind them, where all variables are bound, those
    /// of the others that labels show.
    values: u32,
}

/// How the checks of a part of a rule are kept.
pub(super) struct Keeper<'r> {
    /// The rule's place in the rule set.
    place: u16,
    rule: &'r TypedRule,
    /// The memory's place among the memories.
    memory: u32,
    /// The steps up to the last that binds a variable.
    steps: usize,
    /// The variables of labels that are bound by `let`.
    shown: Vec<usize>,
}

impl<'r> Keeper<'r> {
    pub fn new(kept: super::judge::Kept, rule: &'r TypedRule) -> Self {
        Self {
            place: u16::try_from(kept.rule).unwrap_or(u16::MAX),
            rule,
            memory: u32::try_from(kept.memory).unwrap_or(u32::MAX),
            steps: all_steps(rule),
            shown: shown(rule).collect(),
        }
    }

    /// Keeps a check in the part's memory.
    pub fn keep(
        &self,
        check: &Check<'_>,
        (decided, severity, standing): (Decided, Severity, Standing),
        memory: &mut Memory,
    ) -> Hit {
        let steps = self.steps_of(check.frame);
        let values = memory.len();
        for slot in self.loops(steps) {
            memory.keep(check.frame.get(slot));
        }
        for slot in self.shown(steps) {
            memory.keep_at_hand(check.frame.get(*slot));
        }
        let why = match (check.verdict, check.require) {
            (Verdict::Undetermined(reasons), None) => reasons.as_slice(),
            _ => &[],
        };
        let form = Form {
            decided,
            severity,
            standing,
            require: check.require.and_then(|number| u16::try_from(number).ok()),
            steps: u16::try_from(steps).unwrap_or(u16::MAX),
            way: memory.share_reasons(check.way),
            why: memory.share_reasons(why),
        };
        self.hit(memory.share(form), values)
    }

    /// What is kept of checks that came of rows run side by side; `None` where that is more than figures.
    pub fn side_by_side<'c>(&self, checks: &mut Checks<'c>) -> Option<SideBySide<'c>> {
        let mut steps = 0;
        checks.with(0, |check| steps = self.steps_of(check.frame));
        let slots = self.loops(steps).chain(self.shown(steps).iter().copied());
        let columns: Option<_> = slots.map(|slot| checks.column(slot)).collect();
        Some(SideBySide {
            steps,
            columns: columns?,
        })
    }

    /// Keeps one of them, which says what a form says.
    pub fn keep_row(
        &self,
        kept: &SideBySide<'_>,
        row: usize,
        form: u32,
        memory: &mut Memory,
    ) -> Hit {
        let values = memory.len();
        let columns = kept.columns.iter();
        memory.keep_figures(columns.filter_map(|column| column.get(row).copied()));
        self.hit(form, values)
    }

    const fn hit(&self, form: u32, values: u32) -> Hit {
        Hit {
            rule: self.place,
            memory: self.memory,
            form,
            values,
        }
    }

    /// The steps up to the last whose variable has a value: behind it none has, for what comes later was not reached.
    fn steps_of(&self, frame: &[Value]) -> usize {
        let mut steps = self.rule.steps.iter().take(self.steps);
        let last = steps.rposition(|step| is_bound(step, frame));
        last.map_or(0, |at| at + 1)
    }

    /// The `for` variables of the first steps.
    fn loops(&self, steps: usize) -> impl Iterator<Item = usize> {
        let steps = self.rule.steps.iter().take(steps);
        steps.filter(|step| is_loop(step)).filter_map(variable)
    }

    /// The variables of labels that are kept behind those of the first steps.
    fn shown(&self, steps: usize) -> &[usize] {
        if steps == self.steps {
            &self.shown
        } else {
            &[]
        }
    }
}

/// What is kept of checks that came of rows run side by side.
pub(super) struct SideBySide<'c> {
    /// How many steps had bound their variables.
    steps: usize,
    /// The variables' values.
    columns: Vec<&'c [FigureId]>,
}

impl SideBySide<'_> {
    /// What some of them say alike.
    pub fn form(
        &self,
        (decided, severity, standing): (Decided, Severity, Standing),
        memory: &mut Memory,
    ) -> u32 {
        memory.share(Form {
            decided,
            severity,
            standing,
            require: Some(0),
            steps: u16::try_from(self.steps).unwrap_or(u16::MAX),
            way: Reasons::NONE,
            why: Reasons::NONE,
        })
    }
}

impl Hit {
    /// As words.
    pub const fn words(self) -> [u32; 4] {
        [self.rule as u32, self.memory, self.form, self.values]
    }

    /// Of [`words`](Self::words).
    pub fn of_words([rule, memory, form, values]: [u32; 4]) -> Self {
        Self {
            rule: u16::try_from(rule).unwrap_or(u16::MAX),
            memory,
            form,
            values,
        }
    }

    /// What it says as others do.
    pub fn form(self, memory: &Memory) -> Option<&Form> {
        memory.form(self.form)
    }

    /// How many of the rule's steps had bound their variables.
    pub fn steps(self, memory: &Memory) -> usize {
        self.form(memory).map_or(0, |form| form.steps.into())
    }

    /// The variables' values, as the check had them.
    pub fn frame(self, rule: &TypedRule, facts: &Facts, memory: &Memory) -> Vec<Value> {
        let slots = rule.slots.iter();
        let mut frame: Vec<Value> = slots
            .map(|slot| slot.parameter.clone().unwrap_or_else(unbound))
            .collect();
        let mut kept = memory.values(self.values).iter();
        for step in rule.steps.iter().take(self.steps(memory)) {
            let bound = match step {
                Step::For { .. } => kept.next().map(|kept| memory.value(*kept)),
                Step::Let { code, .. } => Some(value(code, &frame, facts)),
                Step::Where(_) => None,
            };
            let place = variable(step).and_then(|slot| frame.get_mut(slot));
            if let Some((place, bound)) = place.zip(bound) {
                *place = bound;
            }
        }
        frame
    }

    /// Whether all variables of the rule were bound.
    pub fn is_whole(self, rule: &TypedRule, memory: &Memory) -> bool {
        self.steps(memory) == all_steps(rule)
    }

    /// The value of the outermost variable.
    pub fn outermost(self, memory: &Memory) -> Option<Value> {
        let kept = memory.values(self.values).first()?;
        (self.steps(memory) > 0).then(|| memory.value(*kept))
    }

    /// The values that are kept of one all of whose variables were bound, and of whatever was kept behind them.
    pub fn kept(self, memory: &Memory) -> &[Kept] {
        memory.values(self.values)
    }

    /// The figures among its variables.
    pub fn figures(self, rule: &TypedRule, memory: &Memory) -> impl Iterator<Item = FigureId> {
        let steps = rule.steps.iter().take(self.steps(memory));
        let loops = steps.filter(|step| is_loop(step)).count();
        let kept = memory.values(self.values).iter().take(loops);
        kept.filter_map(|kept| match kept {
            Kept::Figure(id) => Some(*id),
            _ => None,
        })
    }

    pub fn require<'r>(self, rule: &'r TypedRule, memory: &Memory) -> Option<&'r Require> {
        let require = self.form(memory)?.require?;
        rule.requires.get(usize::from(require))
    }

    /// Who was passed over on the way to a superior.
    pub fn way(self, memory: &Memory) -> &[Reason] {
        let form = self.form(memory);
        form.map_or(&[], |form| memory.reasons(form.way))
    }

    /// Why it could not be decided.
    pub fn why(
        self,
        rule: &TypedRule,
        frame: &[Value],
        facts: &Facts,
        memory: &Memory,
    ) -> Vec<Reason> {
        let require = self.require(rule, memory);
        let asked = require.map(|require| truth(&require.code, frame, facts));
        if let Some(Truth::Unknown(reasons)) = asked {
            return reasons.as_slice().to_vec();
        }
        let form = self.form(memory);
        form.map_or_else(Vec::new, |form| memory.reasons(form.why).to_vec())
    }
}

/// What the labels of a rule show of a check of which all variables were bound.
pub(super) struct Labelled {
    /// The steps that it takes to bind them.
    pub steps: usize,
    /// Where what they show is among the [kept](Hit::kept) values.
    pub among: Vec<usize>,
}

/// What labels show; `None` where that is more than variables, or nothing.
pub(super) fn labelled(rule: &TypedRule) -> Option<Labelled> {
    let loops = rule.steps.iter().filter(|step| is_loop(step));
    let slots: Vec<usize> = loops.filter_map(variable).chain(shown(rule)).collect();
    let labels = rule.labels.iter().map(|label| match label.of {
        Code::Slot(slot) => slots.iter().position(|own| *own == slot),
        _ => None,
    });
    let among: Vec<usize> = labels.collect::<Option<_>>()?;
    (!among.is_empty()).then(|| Labelled {
        steps: all_steps(rule),
        among,
    })
}

/// The variables of labels that are bound by `let`.
fn shown(rule: &TypedRule) -> impl Iterator<Item = usize> {
    let lets = rule.steps.iter().filter_map(|step| match step {
        Step::Let { slot, .. } => Some(*slot),
        _ => None,
    });
    lets.filter(|slot| {
        let mut labels = rule.labels.iter();
        labels.any(|label| matches!(label.of, Code::Slot(of) if of == *slot))
    })
}

/// The steps up to the last that binds a variable.
fn all_steps(rule: &TypedRule) -> usize {
    let last = rule.steps.iter().rposition(|step| variable(step).is_some());
    last.map_or(0, |at| at + 1)
}

/// Whether the variable of a step has a value.
fn is_bound(step: &Step, frame: &[Value]) -> bool {
    let value = variable(step).and_then(|slot| frame.get(slot));
    value.is_some_and(|value| match value {
        Value::Unknown(_) => *value != unbound(),
        _ => true,
    })
}

const fn is_loop(step: &Step) -> bool {
    matches!(step, Step::For { .. })
}

/// The variable that a step binds.
const fn variable(step: &Step) -> Option<usize> {
    match step {
        Step::For { slot, .. } | Step::Let { slot, .. } => Some(*slot),
        Step::Where(_) => None,
    }
}
