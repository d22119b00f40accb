//! The words that may stand behind `is`, beside levels, statuses and indicators.

use crate::bound::{Reason, ReasonKind, Reasons, Truth};
use crate::facts::{Facts, Figure};
use crate::notation::Form;
use crate::value::{Kind, Value};

/// A word behind `is`.
pub struct Test {
    /// The word.
    pub word: &'static str,
    /// The kinds it may be asked of.
    pub of: &'static [Kind],
    /// What it asks.
    pub doc: &'static str,
    /// Whether it is asked of what is unknown too.
    pub of_unknown: bool,
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
        of: &[Kind::Figure, Kind::Row],
        doc: "Whether it must be met; undetermined where the table prints no nature.",
        of_unknown: false,
        ask: |facts, of| nature(facts, of, "binding"),
    },
    Test {
        word: "anticipatory",
        of: &[Kind::Figure, Kind::Row],
        doc: "Whether it is only expected; undetermined where the table prints no nature.",
        of_unknown: false,
        ask: |facts, of| nature(facts, of, "anticipatory"),
    },
    Test {
        word: "given",
        of: &[
            Kind::Figure,
            Kind::Amount,
            Kind::Text,
            Kind::Year,
            Kind::Date,
            Kind::Number,
            Kind::Region,
            Kind::Indicator,
            Kind::Plan,
        ],
        doc: "Whether the plan gives a value; undetermined where the source lost the cell.",
        of_unknown: true,
        ask: |facts, of| match of {
            Value::Figure(_) => of_figure(facts, of, given),
            Value::Unknown(reasons) => unsaid(reasons),
            _ => Truth::True,
        },
    },
    Test {
        word: "qualitative",
        of: &[Kind::Figure],
        doc: "Whether the value is words that no figure can be made of: 同比例提高, or 保持稳定 without a baseline.",
        of_unknown: false,
        ask: |facts, of| of_figure(facts, of, qualitative),
    },
    Test {
        word: "approximate",
        of: &[Kind::Figure],
        doc: "Whether the value is a rounded one: 27左右.",
        of_unknown: false,
        ask: |facts, of| {
            of_figure(facts, of, |figure| match &figure.value.bound {
                Ok(bound) => (!bound.is_exact()).into(),
                Err(reason) => Truth::unknown(reason.clone()),
            })
        },
    },
];

fn of_figure(facts: &Facts, of: &Value, answer: impl FnOnce(&Figure<'_>) -> Truth) -> Truth {
    match of {
        Value::Figure(id) => answer(&facts.figure(*id)),
        _ => Truth::unknown(Reason::new(ReasonKind::NotSaid)),
    }
}

fn nature(facts: &Facts, of: &Value, wanted: &str) -> Truth {
    let nature = match of {
        Value::Figure(id) => facts.figure(*id).nature,
        Value::Row(id) => facts.form_of(*id).nature,
        _ => None,
    };
    match super::figure::nature(nature) {
        Value::Word(word) => (word == wanted).into(),
        other => other.into_truth(),
    }
}

/// What is unknown because it was not given is not given; what is unknown for another reason stays unknown.
fn unsaid(reasons: &Reasons) -> Truth {
    let silent = |reason: &Reason| {
        matches!(
            reason.kind,
            ReasonKind::NotGiven
                | ReasonKind::NotSaid
                | ReasonKind::NotInCatalogue
                | ReasonKind::BaselineMissing
        )
    };
    if reasons.as_slice().iter().all(silent) {
        Truth::False
    } else {
        Truth::Unknown(reasons.clone())
    }
}

fn given(figure: &Figure<'_>) -> Truth {
    match (figure.is_given(), &figure.value.bound) {
        (Some(given), _) => given.into(),
        (None, Err(reason)) => Truth::unknown(reason.clone()),
        (None, Ok(_)) => Truth::True,
    }
}

fn qualitative(figure: &Figure<'_>) -> Truth {
    let Some(reading) = &figure.value.reading else {
        return Truth::unknown(Reason::new(ReasonKind::Unreadable));
    };
    let unmeasured =
        |kind: ReasonKind| matches!(kind, ReasonKind::NoBaseline | ReasonKind::OtherYear);
    match (&reading.form, &figure.value.bound) {
        (Form::Wording(_), _) => Truth::True,
        (Form::Keep(_) | Form::Trend(_), Err(reason)) if unmeasured(reason.kind) => Truth::True,
        (Form::Keep(_) | Form::Trend(_), Err(reason)) => Truth::unknown(reason.clone()),
        (Form::Lost, _) => Truth::unknown(Reason::new(ReasonKind::CellLost)),
        _ => Truth::False,
    }
}
