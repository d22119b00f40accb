//! The words that may stand behind `is`, beside levels, statuses and indicators.

use crate::bound::{Reason, ReasonKind, Reasons, Truth};
use crate::facts::{Facts, Figure, FigureId};
use crate::model::Nature;
use crate::notation::Form;
use crate::value::{Atom, Kind, Value};

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
    /// The answer of what facts hold, or of what they do not for a reason, where there is no reason to give for it.
    pub quick: Quick,
    /// The same of many figures.
    pub many: Many,
}

/// A test of many figures, one answer each.
type Many = fn(&Facts, &[FigureId], &mut Vec<Option<bool>>);

/// A test of what facts hold, or of what they do not for a reason.
type Quick = for<'f> fn(&'f Facts, Result<Atom<'f>, ReasonKind>) -> Option<bool>;

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
        quick: |facts, of| natural(facts, of.ok()?, Nature::Binding),
        many: |facts, of, answers| {
            answers.extend(
                of.iter()
                    .map(|id| is_of_nature(facts, *id, Nature::Binding)),
            );
        },
    },
    Test {
        word: "anticipatory",
        of: &[Kind::Figure, Kind::Row],
        doc: "Whether it is only expected; undetermined where the table prints no nature.",
        of_unknown: false,
        ask: |facts, of| nature(facts, of, "anticipatory"),
        quick: |facts, of| natural(facts, of.ok()?, Nature::Anticipatory),
        many: |facts, of, answers| {
            answers.extend(
                of.iter()
                    .map(|id| is_of_nature(facts, *id, Nature::Anticipatory)),
            );
        },
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
        quick: |facts, of| match of {
            // Where its value cannot be read, what it means may tell.
            Ok(Atom::Figure(id)) => facts.is_given(id),
            Ok(_) => Some(true),
            Err(kind) => is_silent(kind).then_some(false),
        },
        many: |facts, of, answers| answers.extend(of.iter().map(|id| facts.is_given(*id))),
    },
    Test {
        word: "qualitative",
        of: &[Kind::Figure],
        doc: "Whether the value is words that no figure can be made of: 同比例提高, or 保持稳定 without a baseline.",
        of_unknown: false,
        ask: |facts, of| of_figure(facts, of, qualitative),
        quick: |facts, of| of_known(facts, of.ok()?, qualitative),
        many: |facts, of, answers| {
            let known = |id: &FigureId| of_known(facts, Atom::Figure(*id), qualitative);
            answers.extend(of.iter().map(known));
        },
    },
    Test {
        word: "approximate",
        of: &[Kind::Figure],
        doc: "Whether the value is a rounded one: 27左右.",
        of_unknown: false,
        ask: |facts, of| of_figure(facts, of, approximate),
        quick: |facts, of| of_known(facts, of.ok()?, approximate),
        many: |facts, of, answers| {
            let known = |id: &FigureId| of_known(facts, Atom::Figure(*id), approximate);
            answers.extend(of.iter().map(known));
        },
    },
];

fn of_figure(facts: &Facts, of: &Value, answer: impl FnOnce(&Figure<'_>) -> Truth) -> Truth {
    match of {
        Value::Figure(id) => answer(&facts.figure(*id)),
        _ => Truth::unknown(Reason::new(ReasonKind::NotSaid)),
    }
}

fn of_known(facts: &Facts, of: Atom<'_>, answer: fn(&Figure<'_>) -> Truth) -> Option<bool> {
    match of {
        Atom::Figure(id) => known(&answer(&facts.figure(id))),
        _ => None,
    }
}

const fn known(truth: &Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown(_) => None,
    }
}

fn is_of_nature(facts: &Facts, id: FigureId, wanted: Nature) -> Option<bool> {
    facts.nature_of(id).map(|nature| nature == wanted)
}

fn natural(facts: &Facts, of: Atom<'_>, wanted: Nature) -> Option<bool> {
    let nature = match of {
        Atom::Figure(id) => facts.nature_of(id),
        Atom::Row(id) => facts.form_of(id).nature,
        _ => None,
    };
    nature.map(|nature| nature == wanted)
}

fn nature(facts: &Facts, of: &Value, wanted: &str) -> Truth {
    let nature = match of {
        Value::Figure(id) => facts.nature_of(*id),
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
    let silent = |reason: &Reason| is_silent(reason.kind);
    if reasons.as_slice().iter().all(silent) {
        Truth::False
    } else {
        Truth::Unknown(reasons.clone())
    }
}

const fn is_silent(kind: ReasonKind) -> bool {
    matches!(
        kind,
        ReasonKind::NotGiven
            | ReasonKind::NotSaid
            | ReasonKind::NotInCatalogue
            | ReasonKind::BaselineMissing
    )
}

fn approximate(figure: &Figure<'_>) -> Truth {
    match &figure.value.bound {
        Ok(bound) => (!bound.is_exact()).into(),
        Err(reason) => Truth::unknown(reason.clone()),
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
