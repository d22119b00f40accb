//! Values that are read where they are: no memory is asked for, nothing is counted.

use super::Value;
use crate::bound::{Compact, Reason, ReasonKind};
use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts, FigureId, PlanId, RowId, StatisticId};
use crate::quantity::{Dimension, Number};
use crate::region::RegionId;

/// A value that is a number or stands somewhere else.
///
/// Two of them are one exactly where their [`Value`]s are. Its tag takes a whole word: what stands behind it is then
/// copied word by word, and is read back without waiting for bytes written apart.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
#[expect(missing_docs, reason = "each is the value of the same name")]
pub enum Atom<'f> {
    Year(i32),
    Number(i64),
    Text(&'f str),
    Region(RegionId),
    Plan(PlanId),
    Indicator(IndicatorId),
    Figure(FigureId),
    Row(RowId),
    Entry(EntryId),
    Statistic(StatisticId),
    Word(&'static str),
}

/// A quantity that compares without a fraction.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'f> {
    /// Its bound.
    pub compact: Compact,
    /// Its dimension; `None` for a bare zero, which has any.
    pub dimension: Option<&'f Dimension>,
}

/// What facts hold of an entity; where there is nothing, it is unknown for one reason.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// What it is.
    pub get: for<'f> fn(&'f Facts, Atom<'f>) -> Option<Atom<'f>>,
    /// Why there is nothing.
    pub absent: ReasonKind,
    /// The same of many figures, where it is a figure.
    pub figures: Option<ManyFigures>,
    /// Whether figures of the same [marks](Facts::marks_of) have the same.
    pub marked: bool,
}

/// What facts hold of figures, which are figures.
#[derive(Clone, Copy, Debug)]
pub struct ManyFigures {
    /// It.
    pub get: fn(&Facts, &[FigureId], &mut Vec<Option<FigureId>>),
    /// It, and whether each of the figures is [no weaker](Facts::is_no_weaker) than what is held of it; the places of those
    /// of which nothing is held, for which any figure stands.
    pub compare: fn(&Facts, &[FigureId], &mut Vec<FigureId>, &mut Answers) -> Vec<usize>,
}

/// What was said of each of many figures.
type Answers = Vec<Option<bool>>;

/// The quantity of an entity that compares without a fraction, where it has one.
pub type Measuring = for<'f> fn(&'f Facts, Atom<'f>) -> Option<Measure<'f>>;

impl Held {
    /// It as a value.
    #[must_use]
    pub fn value(self, facts: &Facts, of: &Value) -> Value {
        let found = Atom::of(of).and_then(|of| (self.get)(facts, of));
        let absent = || Value::unknown(Reason::new(self.absent));
        found.map_or_else(absent, Value::from)
    }
}

impl PartialEq for Atom<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Year(a), Self::Year(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Text(a), Self::Text(b)) | (Self::Word(a), Self::Word(b)) => is_same(a, b),
            (Self::Region(a), Self::Region(b)) => a == b,
            (Self::Plan(a), Self::Plan(b)) => a == b,
            (Self::Indicator(a), Self::Indicator(b)) => a == b,
            (Self::Figure(a), Self::Figure(b)) => a == b,
            (Self::Row(a), Self::Row(b)) => a == b,
            (Self::Entry(a), Self::Entry(b)) => a == b,
            (Self::Statistic(a), Self::Statistic(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Atom<'_> {}

/// Whether two texts are one. Most are words of this program or empty, and the system's comparison of no bytes at
/// an address where nothing is takes it a tenth of a microsecond.
#[inline]
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && (a.is_empty() || std::ptr::eq(a, b) || a == b)
}

impl<'f> Atom<'f> {
    /// A value as an atom, where it is one.
    #[must_use]
    #[inline]
    pub fn of(value: &'f Value) -> Option<Self> {
        Some(match value {
            Value::Figure(id) => Self::Figure(*id),
            Value::Row(id) => Self::Row(*id),
            Value::Plan(id) => Self::Plan(*id),
            Value::Region(id) => Self::Region(*id),
            Value::Indicator(id) => Self::Indicator(*id),
            Value::Entry(id) => Self::Entry(*id),
            Value::Statistic(id) => Self::Statistic(*id),
            Value::Year(year) => Self::Year(*year),
            Value::Number(number) => Self::Number(number.as_integer()?),
            Value::Text(text) => Self::Text(text),
            Value::Word(word) => Self::Word(word),
            _ => return None,
        })
    }

    /// A year or a number.
    #[must_use]
    #[inline]
    pub fn whole(self) -> Option<i64> {
        match self {
            Self::Year(year) => Some(year.into()),
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl From<Atom<'_>> for Value {
    fn from(atom: Atom<'_>) -> Self {
        match atom {
            Atom::Year(year) => Self::Year(year),
            Atom::Number(number) => Self::Number(Number::integer(number)),
            Atom::Text(text) => Self::Text(text.to_owned()),
            Atom::Region(id) => Self::Region(id),
            Atom::Plan(id) => Self::Plan(id),
            Atom::Indicator(id) => Self::Indicator(id),
            Atom::Figure(id) => Self::Figure(id),
            Atom::Row(id) => Self::Row(id),
            Atom::Entry(id) => Self::Entry(id),
            Atom::Statistic(id) => Self::Statistic(id),
            Atom::Word(word) => Self::Word(word),
        }
    }
}
