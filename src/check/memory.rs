//! What the checks of a part of a rule that do not hold are kept in: the numbers of their variables, and once what thousands
//! of them say alike.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use crate::bound::Reason;
use crate::catalogue::IndicatorId;
use crate::eval::unbound;
use crate::facts::{FigureId, PlanId, RowId, StatisticId};
use crate::finding::{Decided, Standing};
use crate::pack::{self, Fixed};
use crate::problem::Severity;
use crate::region::RegionId;
use crate::value::Value;

/// What checks that do not hold say alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Form {
    pub decided: Decided,
    pub severity: Severity,
    pub standing: Standing,
    /// Which requirement it is of.
    pub require: Option<u16>,
    /// How many of the rule's steps had bound their variables.
    pub steps: u16,
    /// Who was passed over on the way.
    pub way: Reasons,
    /// Why it could not be decided; nothing where a requirement says it.
    pub why: Reasons,
}

/// Reasons that a memory holds, by their number; none at all where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Reasons(Option<u32>);

impl Reasons {
    pub const NONE: Self = Self(None);
}

/// What the hits of a part of one rule share.
#[derive(Debug, Default)]
pub(super) struct Memory {
    values: Vec<Kept>,
    others: Vec<Value>,
    forms: IndexSet<Form, FxBuildHasher>,
    /// Thousands of checks pass over the same regions and fail for the same reasons.
    reasons: IndexSet<Box<[Reason]>, FxBuildHasher>,
}

/// What a memory has beside its values.
pub(super) struct Beside<'m> {
    /// Values that are no numbers of entities.
    pub others: &'m [Value],
    pub forms: Vec<Form>,
    pub reasons: Vec<&'m [Reason]>,
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

/// So many forms are looked through before one is looked up.
const FEW: usize = 4;

impl Memory {
    /// The variables' values, and what is small beside them.
    pub fn parts(&self) -> (&[Kept], Beside<'_>) {
        let beside = Beside {
            others: &self.others,
            forms: self.forms.iter().copied().collect(),
            reasons: self.reasons.iter().map(AsRef::as_ref).collect(),
        };
        (&self.values, beside)
    }

    /// One of its parts.
    pub fn of_parts(
        values: Vec<Kept>,
        others: Vec<Value>,
        forms: Vec<Form>,
        reasons: Vec<Box<[Reason]>>,
    ) -> Self {
        Self {
            values,
            others,
            forms: forms.into_iter().collect(),
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

    /// Where the next values begin.
    pub fn len(&self) -> u32 {
        small(self.values.len())
    }

    pub fn keep(&mut self, value: Option<&Value>) {
        let kept = value.and_then(Kept::of).unwrap_or_else(|| {
            self.others.push(value.cloned().unwrap_or_else(unbound));
            Kept::Other(small(self.others.len() - 1))
        });
        self.values.push(kept);
    }

    /// Keeps figures.
    pub fn keep_figures(&mut self, figures: impl Iterator<Item = FigureId>) {
        self.values.extend(figures.map(Kept::Figure));
    }

    /// Keeps a value that can be worked out again, where it is the number of an entity.
    pub fn keep_at_hand(&mut self, value: Option<&Value>) {
        let kept = value.and_then(Kept::of);
        self.values.push(kept.unwrap_or(Kept::Other(u32::MAX)));
    }

    /// The values from one on.
    pub fn values(&self, from: u32) -> &[Kept] {
        self.values.get(from as usize..).unwrap_or_default()
    }

    pub fn value(&self, kept: Kept) -> Value {
        match kept {
            Kept::Figure(id) => Value::Figure(id),
            Kept::Row(id) => Value::Row(id),
            Kept::Plan(id) => Value::Plan(id),
            Kept::Region(id) => Value::Region(id),
            Kept::Indicator(id) => Value::Indicator(id),
            Kept::Statistic(id) => Value::Statistic(id),
            Kept::Other(at) => {
                let other = self.others.get(at as usize);
                other.cloned().unwrap_or_else(unbound)
            }
        }
    }

    /// Nearly all say what one of the few before says.
    pub fn share(&mut self, form: Form) -> u32 {
        let mut first = self.forms.iter().take(FEW);
        let known = first.position(|known| *known == form);
        small(known.unwrap_or_else(|| self.forms.insert_full(form).0))
    }

    pub fn form(&self, at: u32) -> Option<&Form> {
        self.forms.get_index(at as usize)
    }

    /// Most checks have no reasons to share: these are told apart without being looked up.
    pub fn share_reasons(&mut self, reasons: &[Reason]) -> Reasons {
        if reasons.is_empty() {
            return Reasons::NONE;
        }
        let at = match self.reasons.get_index_of(reasons) {
            Some(at) => at,
            None => self.reasons.insert_full(reasons.into()).0,
        };
        Reasons(Some(small(at)))
    }

    pub fn reasons(&self, at: Reasons) -> &[Reason] {
        let shared = at.0.and_then(|at| self.reasons.get_index(at as usize));
        shared.map_or(&[], |reasons| reasons)
    }
}

impl Kept {
    /// Of a value that is the number of an entity.
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Figure(id) => Self::Figure(*id),
            Value::Row(id) => Self::Row(*id),
            Value::Plan(id) => Self::Plan(*id),
            Value::Region(id) => Self::Region(*id),
            Value::Indicator(id) => Self::Indicator(*id),
            Value::Statistic(id) => Self::Statistic(*id),
            _ => return None,
        })
    }
}

/// A number of things that fit into memory one by one.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
