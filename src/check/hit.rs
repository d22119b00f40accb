//! A check that does not hold, as few bytes as will tell it again: a run of a whole country has a quarter of a million.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::bound::{Reason, Truth};
use crate::catalogue::IndicatorId;
use crate::eval::{Check, Verdict, truth, unbound, value};
use crate::facts::{Facts, FigureId, PlanId, RowId, StatisticId};
use crate::pack::{self, Fixed};
use crate::region::RegionId;
use crate::resolve::{Require, Step, TypedRule};
use crate::value::Value;

/// A check that does not hold. What its `let` variables were and why its requirement could not be decided is worked
/// out again when somebody asks: the same values give the same answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// The rule's place in the rule set.
    pub rule: u16,
    /// Its memory's place among the memories.
    pub memory: u32,
    /// Which requirement it is of.
    require: Option<u16>,
    /// How many of the rule's steps had bound their variables.
    steps: u16,
    /// Where in the memory the values of its `for` variables begin.
    values: u32,
    /// Who was passed over on the way, in the memory.
    way: u32,
    /// Why it could not be decided, in the memory; nothing where a requirement says it.
    why: u32,
}

/// What the hits of a part of one rule share.
#[derive(Debug, Default)]
pub(super) struct Memory {
    values: Vec<Kept>,
    others: Vec<Value>,
    /// Thousands of checks pass over the same regions and fail for the same reasons.
    reasons: IndexSet<Box<[Reason]>, FxBuildHasher>,
}

/// The value of a variable: nearly always the number of an entity.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kept {
    Figure(FigureId),
    Row(RowId),
    Plan(PlanId),
    Region(RegionId),
    Indicator(IndicatorId),
    Statistic(StatisticId),
    Other(u32),
}

impl Fixed<8> for Kept {
    fn put(&self) -> [u8; 8] {
        pack::words(match *self {
            Self::Figure(id) => [0, id.0],
            Self::Row(id) => [1, id.0],
            Self::Plan(id) => [2, id.0],
            Self::Region(id) => [3, id.into()],
            Self::Indicator(id) => [4, id.number()],
            Self::Statistic(id) => [5, id.0],
            Self::Other(at) => [6, at],
        })
    }

    fn get(bytes: &[u8; 8]) -> Self {
        let number = pack::word(bytes, 1);
        match pack::word(bytes, 0) {
            0 => Self::Figure(FigureId(number)),
            1 => Self::Row(RowId(number)),
            2 => Self::Plan(PlanId(number)),
            3 => Self::Region(number.into()),
            4 => Self::Indicator(IndicatorId::numbered(number)),
            5 => Self::Statistic(StatisticId(number)),
            _ => Self::Other(number),
        }
    }
}

/// The place of no reasons at all, where there is nothing.
const NOTHING: u32 = u32::MAX;

impl Memory {
    /// The variables' values, those of them that are no numbers of entities, and the reasons.
    pub fn parts(&self) -> (&[Kept], &[Value], Vec<&[Reason]>) {
        let reasons = self.reasons.iter().map(AsRef::as_ref);
        (&self.values, &self.others, reasons.collect())
    }

    /// One of its parts.
    pub fn of_parts(values: Vec<Kept>, others: Vec<Value>, reasons: Vec<Box<[Reason]>>) -> Self {
        Self {
            values,
            others,
            reasons: reasons.into_iter().collect(),
        }
    }

    /// Gives figures their new numbers.
    pub fn renumber(&mut self, numbers: &FxHashMap<FigureId, FigureId>) {
        for kept in &mut self.values {
            if let Kept::Figure(id) = kept
                && let Some(number) = numbers.get(id)
            {
                *id = *number;
            }
        }
    }

    fn keep(&mut self, value: Option<&Value>) {
        let kept = match value {
            Some(Value::Figure(id)) => Kept::Figure(*id),
            Some(Value::Row(id)) => Kept::Row(*id),
            Some(Value::Plan(id)) => Kept::Plan(*id),
            Some(Value::Region(id)) => Kept::Region(*id),
            Some(Value::Indicator(id)) => Kept::Indicator(*id),
            Some(Value::Statistic(id)) => Kept::Statistic(*id),
            other => {
                self.others.push(other.cloned().unwrap_or_else(unbound));
                Kept::Other(small(self.others.len() - 1))
            }
        };
        self.values.push(kept);
    }

    fn value(&self, kept: Kept) -> Value {
        match kept {
            Kept::Figure(id) => Value::Figure(id),
            Kept::Row(id) => Value::Row(id),
            Kept::Plan(id) => Value::Plan(id),
            Kept::Region(id) => Value::Region(id),
            Kept::Indicator(id) => Value::Indicator(id),
            Kept::Statistic(id) => Value::Statistic(id),
            Kept::Other(at) => self
                .others
                .get(at as usize)
                .cloned()
                .unwrap_or_else(unbound),
        }
    }

    /// Most hits have no reasons to share: these are told apart without being looked up.
    fn share(&mut self, reasons: &[Reason]) -> u32 {
        if reasons.is_empty() {
            return NOTHING;
        }
        let at = match self.reasons.get_index_of(reasons) {
            Some(at) => at,
            None => self.reasons.insert_full(reasons.into()).0,
        };
        small(at)
    }

    fn reasons(&self, at: u32) -> &[Reason] {
        let shared = self.reasons.get_index(at as usize);
        shared.map_or(&[], |reasons| reasons)
    }
}

impl Hit {
    /// As words.
    pub fn words(self) -> [u32; 6] {
        let require = self.require.map_or(u32::MAX, u32::from);
        let both = u32::from(self.rule) | u32::from(self.steps) << 16;
        [both, self.memory, require, self.values, self.way, self.why]
    }

    /// Of [`words`](Self::words).
    pub fn of_words([both, memory, require, values, way, why]: [u32; 6]) -> Self {
        let [a, b, c, d] = both.to_le_bytes();
        Self {
            rule: u16::from_le_bytes([a, b]),
            memory,
            require: u16::try_from(require).ok(),
            steps: u16::from_le_bytes([c, d]),
            values,
            way,
            why,
        }
    }

    pub fn new(
        kept: super::judge::Kept,
        rule: &TypedRule,
        check: &Check<'_>,
        memory: &mut Memory,
    ) -> Self {
        let is_bound = |step: &Step| {
            let value = variable(step).and_then(|slot| check.frame.get(slot));
            value.is_some_and(|value| match value {
                Value::Unknown(_) => *value != unbound(),
                _ => true,
            })
        };
        // Behind the last variable that has a value none has: what comes later was not reached.
        let steps = rule.steps.iter().rposition(is_bound).map_or(0, |at| at + 1);
        let values = small(memory.values.len());
        for step in rule.steps.iter().take(steps) {
            if let Step::For { slot, .. } = step {
                memory.keep(check.frame.get(*slot));
            }
        }
        let why = match (check.verdict, check.require) {
            (Verdict::Undetermined(reasons), None) => reasons.as_slice(),
            _ => &[],
        };
        Self {
            rule: u16::try_from(kept.rule).unwrap_or(u16::MAX),
            memory: small(kept.memory),
            require: check.require.and_then(|number| u16::try_from(number).ok()),
            steps: u16::try_from(steps).unwrap_or(u16::MAX),
            values,
            way: memory.share(check.way),
            why: memory.share(why),
        }
    }

    /// The variables' values, as the check had them.
    pub fn frame(self, rule: &TypedRule, facts: &Facts, memory: &Memory) -> Vec<Value> {
        let slots = rule.slots.iter();
        let mut frame: Vec<Value> = slots
            .map(|slot| slot.parameter.clone().unwrap_or_else(unbound))
            .collect();
        let mut kept = memory.values.iter().skip(self.values as usize);
        for step in rule.steps.iter().take(self.steps.into()) {
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
    pub fn is_whole(self, rule: &TypedRule) -> bool {
        usize::from(self.steps)
            == rule
                .steps
                .iter()
                .rposition(|step| variable(step).is_some())
                .map_or(0, |at| at + 1)
    }

    /// The value of the outermost variable.
    pub fn outermost(self, memory: &Memory) -> Option<Value> {
        let kept = memory.values.get(self.values as usize)?;
        (self.steps > 0).then(|| memory.value(*kept))
    }

    /// The figures among its variables.
    pub fn figures(self, rule: &TypedRule, memory: &Memory) -> impl Iterator<Item = FigureId> {
        let steps = rule.steps.iter().take(self.steps.into());
        let loops = steps
            .filter(|step| matches!(step, Step::For { .. }))
            .count();
        let kept = memory.values.iter().skip(self.values as usize).take(loops);
        kept.filter_map(|kept| match kept {
            Kept::Figure(id) => Some(*id),
            _ => None,
        })
    }

    pub fn require(self, rule: &TypedRule) -> Option<&Require> {
        rule.requires.get(usize::from(self.require?))
    }

    /// Who was passed over on the way to a superior.
    pub fn way(self, memory: &Memory) -> &[Reason] {
        memory.reasons(self.way)
    }

    /// Why it could not be decided.
    pub fn why(
        self,
        rule: &TypedRule,
        frame: &[Value],
        facts: &Facts,
        memory: &Memory,
    ) -> Vec<Reason> {
        let asked = self
            .require(rule)
            .map(|require| truth(&require.code, frame, facts));
        match asked {
            Some(Truth::Unknown(reasons)) => reasons.as_slice().to_vec(),
            _ => memory.reasons(self.why).to_vec(),
        }
    }
}

/// The variable that a step binds.
fn variable(step: &Step) -> Option<usize> {
    match step {
        Step::For { slot, .. } | Step::Let { slot, .. } => Some(*slot),
        Step::Where(_) => None,
    }
}

/// A number of things that fit into memory one by one.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
