//! A reading in its canonical notation: what [`read`](super::read) gives back as the same reading.

use super::reading::{
    Amount, Change, Figure, Form, Keep, Measure, Reading, Rounded, Shape, Side, Trend,
};
use crate::quantity::{Number, Units};

impl Reading {
    /// The canonical notation.
    #[must_use]
    pub fn print(&self, units: &Units) -> String {
        let unit = self.unit.map(|unit| units.name(unit)).unwrap_or_default();
        match &self.form {
            Form::NotGiven => "—".to_owned(),
            Form::Lost => "?".to_owned(),
            Form::Full => "全覆盖".to_owned(),
            Form::Value(amount) => amount.print(&unit),
            Form::Change(change) => change.print(&unit),
            Form::Keep(keep) => keep.word().to_owned(),
            Form::Trend(trend) => trend.word().to_owned(),
            Form::Wording(text) => text.clone(),
        }
    }
}

impl Amount {
    fn print(&self, unit: &str) -> String {
        let (before, behind) = match self.rounded {
            None => ("", ""),
            Some(Rounded::About) => ("", "左右"),
            Some(Rounded::Nearly) => ("近", ""),
        };
        let shape = match self.shape {
            Shape::Number(figure) => format!("{}{unit}", figure.print()),
            Shape::Ray(side, figure) => format!("{}{}{unit}", side.mark(), figure.print()),
            Shape::Range(low, high) => format!("{}-{}{unit}", low.print(), high.print()),
            Shape::Ratio(first, second) => format!("{}:{}", first.print(), second.print()),
        };
        format!("{before}{shape}{behind}")
    }
}

impl Change {
    fn print(&self, unit: &str) -> String {
        let since = self.since.map(|year| format!("比{year}年"));
        let since = since.unwrap_or_default();
        let yearly = if self.yearly { "每年" } else { "" };
        if let (Measure::Doublings, Shape::Number(figure)) = (self.measure, self.by.shape) {
            let words = super::words::DOUBLINGS;
            let word = words
                .iter()
                .find(|(_, times)| Number::integer(*times) == figure.number);
            return format!("{since}{yearly}{}", word.map_or("翻番", |(word, _)| word));
        }
        let verb = if self.up { "提高" } else { "降低" };
        let measure = match self.measure {
            Measure::Points => "个百分点",
            Measure::PerMille => "个千分点",
            Measure::Relative => "%",
            Measure::Times => "倍",
            Measure::Absolute | Measure::Doublings => unit,
        };
        format!("{since}{yearly}{verb}{}", self.by.print(measure))
    }
}

impl Figure {
    fn print(&self) -> String {
        let digits = self.number.to_places(self.places);
        let word = match self.multiple.0 {
            4 => "万",
            6 => "百万",
            7 => "千万",
            8 => "亿",
            12 => "万亿",
            _ => "",
        };
        format!("{digits}{word}")
    }
}

impl Side {
    /// The mark before the figure.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match (self.up, self.closed) {
            (true, true) => "≥",
            (true, false) => ">",
            (false, true) => "≤",
            (false, false) => "<",
        }
    }
}

impl Keep {
    const fn word(self) -> &'static str {
        match self {
            Self::Stable => "保持稳定",
            Self::NotLower => "不降低",
            Self::NotHigher => "不升高",
        }
    }
}

impl Trend {
    const fn word(self) -> &'static str {
        match self {
            Self::Up => "持续提高",
            Self::Down => "持续下降",
        }
    }
}
