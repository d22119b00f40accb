//! What a printed value says, before direction, baseline and years are known.

use serde::{Deserialize, Serialize};

use super::read;
use crate::bound::Better;
use crate::quantity::{Number, UnitUse, Units};

/// A printed value as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it says.
    pub form: Form,
    /// The unit that the value itself carries.
    pub unit: Option<UnitUse>,
}

/// The forms a value takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Nothing was given: `—`, an empty cell, 无数据.
    NotGiven,
    /// The source lost the cell: `?`.
    Lost,
    /// 全覆盖: all of it.
    Full,
    /// A figure, a ray or a range.
    Value(Amount),
    /// A change from the baseline.
    Change(Change),
    /// As the baseline.
    Keep(Keep),
    /// Strictly on one side of the baseline.
    Trend(Trend),
    /// Words without a figure; as printed.
    Wording(String),
}

/// A shape, rounded or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The shape.
    pub shape: Shape,
    /// What it was rounded by, if it was: 左右, 约, 近.
    pub rounded: Option<Rounded>,
}

/// How a figure was rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rounded {
    /// 左右, 约: it rounds to the figure.
    About,
    /// 近: it rounds to the figure from below.
    Nearly,
}

/// Figures and how they limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// One figure.
    Number(Figure),
    /// All on one side of a figure.
    Ray(Side, Figure),
    /// All between two figures, both included.
    Range(Figure, Figure),
    /// `1:0.77`: the second over the first.
    Ratio(Figure, Figure),
}

/// The side of a ray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// From the figure upwards (`≥`), not downwards (`≤`).
    pub up: bool,
    /// Whether the figure itself is included.
    pub closed: bool,
}

/// A figure with the precision it was printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The digits as a number, the multiple not yet applied.
    pub number: Number,
    /// Decimal places printed.
    pub places: u32,
    /// 万 or 亿 behind the digits.
    pub multiple: Multiple,
}

/// A multiplying word behind the digits, as a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Multiple(pub u8);

/// A change from the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Upwards or downwards.
    pub up: bool,
    /// By how much.
    pub by: Amount,
    /// What the amount counts.
    pub measure: Measure,
    /// Each year again (每年, 年均).
    pub yearly: bool,
    /// The year it is measured from, where one is printed.
    pub since: Option<i32>,
}

/// What the amount of a change counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// The value's own unit: 提高1岁.
    Absolute,
    /// Percentage points: 个百分点.
    Points,
    /// Tenths of percentage points: 个千分点.
    PerMille,
    /// Per cent of the baseline: 下降30%.
    Relative,
    /// Times the baseline, added to it: 增长1倍.
    Times,
    /// Doublings: 翻一番.
    Doublings,
}

/// A promise to keep the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// 保持稳定
    Stable,
    /// 不降低
    NotLower,
    /// 不升高
    NotHigher,
}

/// A promise of a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trend {
    /// 持续提高
    Up,
    /// 持续下降
    Down,
}

impl Figure {
    /// A figure without a multiple.
    #[must_use]
    pub const fn new(number: Number, places: u32) -> Self {
        Self {
            number,
            places,
            multiple: Multiple(0),
        }
    }

    /// The number, multiple applied; `None` where it does not fit.
    #[must_use]
    pub fn value(&self) -> Option<Number> {
        self.number.times(self.multiple.factor())
    }

    /// What one unit of the last printed place is worth.
    #[must_use]
    pub fn step(&self) -> Option<Number> {
        let places = i32::try_from(self.places).ok()?;
        Number::power_of_ten(-places).times(self.multiple.factor())
    }
}

impl Multiple {
    /// The factor, 1 where none was printed.
    #[must_use]
    pub fn factor(self) -> Number {
        Number::power_of_ten(i32::from(self.0))
    }
}

/// Whether two printed values say the same, as far as they can be read; letter by letter where they cannot.
#[must_use]
pub fn same(one: &str, other: &str, units: &Units) -> bool {
    match (read(one, units), read(other, units)) {
        (Ok(one), Ok(other)) => one.says_what(&other),
        _ => one.trim() == other.trim(),
    }
}

impl Reading {
    /// Whether another printed value says the same: `73.0` what `73` says, `约27.0` not what `约27` does.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        self.plain() == other.plain()
    }

    /// Without the decimal places that say nothing.
    fn plain(&self) -> Self {
        let form = match &self.form {
            Form::Value(amount) => Form::Value(amount.plain()),
            Form::Change(change) => Form::Change(Change {
                by: change.by.plain(),
                ..*change
            }),
            other => other.clone(),
        };
        Self {
            form,
            unit: self.unit,
        }
    }
}

impl Amount {
    /// Of a rounded figure, its places say how far it may be off.
    fn plain(self) -> Self {
        if self.rounded.is_some() {
            return self;
        }
        let shape = match self.shape {
            Shape::Number(figure) => Shape::Number(figure.plain()),
            Shape::Ray(side, figure) => Shape::Ray(side, figure.plain()),
            Shape::Range(from, to) => Shape::Range(from.plain(), to.plain()),
            Shape::Ratio(one, other) => Shape::Ratio(one.plain(), other.plain()),
        };
        Self { shape, ..self }
    }
}

impl Figure {
    fn plain(self) -> Self {
        match self.value() {
            Some(value) => Self::new(value, 0),
            None => Self { places: 0, ..self },
        }
    }
}

impl Reading {
    /// Whether it promises less than an earlier value of the same figure, where both say by how much.
    #[must_use]
    pub fn is_worse(&self, earlier: &Self, better: Better) -> bool {
        let edges = (self.edge(better), earlier.edge(better));
        let ((Some(now), Some(then)), true) = (edges, self.unit == earlier.unit) else {
            return false;
        };
        match better {
            Better::Higher => now < then,
            Better::Lower => now > then,
            Better::Neither => false,
        }
    }

    /// The number that a value promises at the least.
    fn edge(&self, better: Better) -> Option<Number> {
        let Form::Value(Amount { shape, .. }) = &self.form else {
            return None;
        };
        match shape {
            Shape::Number(figure) | Shape::Ray(_, figure) => figure.value(),
            Shape::Range(from, to) => match better {
                Better::Lower => to.value(),
                _ => from.value(),
            },
            Shape::Ratio(one, other) => other.value()?.over(one.value()?),
        }
    }
}
