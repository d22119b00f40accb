//! The words that may stand behind `is`, beside levels, statuses and indicators.

use crate::bound::{Reason, ReasonKind, Truth};
use crate::facts::{Facts, Figure};
use crate::notation::Form;
use crate::value::{Kind, Value};

/// A word behind `is`.
pub struct Test {
    /// The English word.
    pub word: &'static str,
    /// The Chinese word.
    pub chinese: &'static str,
    /// The kinds it may be asked of.
    pub of: &'static [Kind],
    /// What it asks.
    pub doc: &'static str,
    /// The answer.
    pub ask: fn(&Facts, &Value) -> Truth,
}

impl std::fmt::Debug for Test {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.word)
    }
}

/// Every such word.
pub const TESTS: &[Test] = &[
    Test {
        word: "binding",
        chinese: "约束性",
        of: &[Kind::Figure, Kind::Row],
        doc: "Whether it must be met; undetermined where the table prints no nature.",
        ask: |facts, of| nature(facts, of, "binding"),
    },
    Test {
        word: "anticipatory",
        chinese: "预期性",
        of: &[Kind::Figure, Kind::Row],
        doc: "Whether it is only expected; undetermined where the table prints no nature.",
        ask: |facts, of| nature(facts, of, "anticipatory"),
    },
    Test {
        word: "given",
        chinese: "已给出",
        of: &[Kind::Figure],
        doc: "Whether the plan gives a value; undetermined where the source lost the cell.",
        ask: |facts, of| of_figure(facts, of, given),
    },
    Test {
        word: "qualitative",
        chinese: "定性",
        of: &[Kind::Figure],
        doc: "Whether the value is words that no figure can be made of: 同比例提高, or 保持稳定 without a baseline.",
        ask: |facts, of| of_figure(facts, of, qualitative),
    },
    Test {
        word: "approximate",
        chinese: "约数",
        of: &[Kind::Figure],
        doc: "Whether the value is a rounded one: 27左右.",
        ask: |facts, of| {
            of_figure(facts, of, |figure| match &figure.bound {
                Ok(bound) => (!bound.is_exact()).into(),
                Err(reason) => Truth::unknown(reason.clone()),
            })
        },
    },
];

fn of_figure(facts: &Facts, of: &Value, answer: impl FnOnce(&Figure) -> Truth) -> Truth {
    match of {
        Value::Figure(id) => answer(facts.figure(*id)),
        _ => Truth::unknown(Reason::new(ReasonKind::NotSaid)),
    }
}

fn nature(facts: &Facts, of: &Value, wanted: &str) -> Truth {
    let nature = match of {
        Value::Figure(id) => facts.figure(*id).nature,
        Value::Row(id) => {
            let row = facts.row_of(*id);
            row.and_then(|row| row.nature.as_ref())
                .map(|nature| nature.value)
        }
        _ => None,
    };
    match super::figure::nature(nature) {
        Value::Word(word) => (word == wanted).into(),
        other => other.into_truth(),
    }
}

fn given(figure: &Figure) -> Truth {
    match (figure.is_given(), &figure.bound) {
        (Some(given), _) => given.into(),
        (None, Err(reason)) => Truth::unknown(reason.clone()),
        (None, Ok(_)) => Truth::True,
    }
}

fn qualitative(figure: &Figure) -> Truth {
    let Some(reading) = &figure.reading else {
        return Truth::unknown(Reason::new(ReasonKind::Unreadable));
    };
    let unmeasured =
        |kind: ReasonKind| matches!(kind, ReasonKind::NoBaseline | ReasonKind::OtherYear);
    match (&reading.form, &figure.bound) {
        (Form::Wording(_), _) => Truth::True,
        (Form::Keep(_) | Form::Trend(_), Err(reason)) if unmeasured(reason.kind) => Truth::True,
        (Form::Keep(_) | Form::Trend(_), Err(reason)) => Truth::unknown(reason.clone()),
        (Form::Lost, _) => Truth::unknown(Reason::new(ReasonKind::CellLost)),
        _ => Truth::False,
    }
}
