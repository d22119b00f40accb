//! Columns of figures: targets and baselines alike.

use super::{Column, not_asked};
use crate::bound::{Better, Bound, Edge, Reason, ReasonKind};
use crate::facts::{Facts, Figure, Origin};
use crate::model::Nature;
use crate::value::{Amount, Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "plan",
        of: Kind::Figure,
        kind: Kind::Plan,
        doc: "The plan it stands in.",
        get: |facts, of| ask(facts, of, |figure| Value::Plan(figure.plan)),
        place: None,
    },
    Column {
        name: "region",
        of: Kind::Figure,
        kind: Kind::Region,
        doc: "Whose figure it is.",
        get: |facts, of| ask(facts, of, |figure| Value::Region(figure.region)),
        place: None,
    },
    Column {
        name: "indicator",
        of: Kind::Figure,
        kind: Kind::Indicator,
        doc: "Its indicator.",
        get: |facts, of| ask(facts, of, |figure| Value::Indicator(figure.indicator)),
        place: None,
    },
    Column {
        name: "year",
        of: Kind::Figure,
        kind: Kind::Year,
        doc: "The year it is for.",
        get: |facts, of| ask(facts, of, |figure| Value::Year(figure.year)),
        place: None,
    },
    Column {
        name: "unit",
        of: Kind::Figure,
        kind: Kind::Unit,
        doc: "The unit of its row.",
        get: |facts, of| ask(facts, of, |figure| Value::Unit(figure.unit)),
        place: None,
    },
    Column {
        name: "nature",
        of: Kind::Figure,
        kind: Kind::Word(&vocabulary::NATURE),
        doc: "Binding or anticipatory; undetermined where the table does not print it.",
        get: |facts, of| ask(facts, of, |figure| nature(figure.nature)),
        place: None,
    },
    Column {
        name: "printed",
        of: Kind::Figure,
        kind: Kind::Text,
        doc: "The value as printed.",
        get: |facts, of| ask(facts, of, |figure| Value::Text(figure.printed.clone())),
        place: None,
    },
    Column {
        name: "bound",
        of: Kind::Figure,
        kind: Kind::Amount,
        doc: "What it promises or states.",
        get: |facts, of| ask(facts, of, |figure| amount(facts, figure, &figure.bound)),
        place: None,
    },
    Column {
        name: "edge",
        of: Kind::Figure,
        kind: Kind::Amount,
        doc: "The guaranteed edge of its bound: the lower end where higher is better, the upper where lower is.",
        get: |facts, of| ask(facts, of, |figure| edge(facts, figure)),
        place: None,
    },
    Column {
        name: "stated",
        of: Kind::Figure,
        kind: Kind::Amount,
        doc: "The printed numbers themselves, whatever they promise: `≥72` is 72, `5-6` is 5 to 6.",
        get: |facts, of| ask(facts, of, |figure| amount(facts, figure, &figure.stated)),
        place: None,
    },
    Column {
        name: "plausible",
        of: Kind::Figure,
        kind: Kind::Amount,
        doc: "The catalogue's plausible range for its indicator at its region's level.",
        get: |facts, of| ask(facts, of, |figure| plausible(facts, figure)),
        place: None,
    },
    Column {
        name: "basis",
        of: Kind::Figure,
        kind: Kind::Text,
        doc: "The statistical base; empty for the usual one.",
        get: |facts, of| {
            ask(facts, of, |figure| {
                Value::Text(figure.basis.clone().unwrap_or_default())
            })
        },
        place: None,
    },
    Column {
        name: "kind",
        of: Kind::Figure,
        kind: Kind::Word(&vocabulary::FIGURE),
        doc: "target or baseline.",
        get: |facts, of| ask(facts, of, |figure| Value::Word(figure.kind.word())),
        place: None,
    },
    Column {
        name: "origin",
        of: Kind::Figure,
        kind: Kind::Word(&vocabulary::ORIGIN),
        doc: "table or prose.",
        get: |facts, of| {
            ask(facts, of, |figure| {
                Value::Word(match figure.origin {
                    Origin::Table => "table",
                    Origin::Prose => "prose",
                })
            })
        },
        place: None,
    },
];

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Figure) -> Value) -> Value {
    match of {
        Value::Figure(id) => answer(facts.figure(*id)),
        _ => not_asked(),
    }
}

/// A nature as a value; undetermined where it is not printed.
pub(super) fn nature(nature: Option<Nature>) -> Value {
    match nature {
        Some(Nature::Binding) => Value::Word("binding"),
        Some(Nature::Anticipatory) => Value::Word("anticipatory"),
        None => Value::unknown(Reason::new(ReasonKind::NatureNotPrinted)),
    }
}

fn amount(facts: &Facts, figure: &Figure, bound: &Result<Bound, Reason>) -> Value {
    match bound {
        Ok(bound) => Value::Amount(Amount {
            bound: *bound,
            dimension: facts.catalogue.units.dimension(figure.unit).clone(),
            unit: Some(figure.unit),
            difference: false,
        }),
        Err(reason) => Value::unknown(reason.clone()),
    }
}

fn edge(facts: &Facts, figure: &Figure) -> Value {
    let bound = match &figure.bound {
        Ok(bound) => bound,
        Err(reason) => return Value::unknown(reason.clone()),
    };
    let better = facts.catalogue.get(figure.indicator).better;
    match guaranteed(bound, better) {
        Ok(edge) => amount(facts, figure, &Ok(edge)),
        Err(kind) => Value::unknown(Reason::new(kind)),
    }
}

/// The guaranteed edge of a bound, as a bound of its own: one number, or a blurred one.
fn guaranteed(bound: &Bound, better: Better) -> Result<Bound, ReasonKind> {
    let edge = match better {
        Better::Higher => bound.low,
        Better::Lower => bound.high,
        Better::Neither => {
            return match bound.as_point() {
                Some(point) => Ok(Bound::point(point)),
                None => Err(ReasonKind::NoDirection),
            };
        }
    };
    let edge = edge.ok_or(ReasonKind::OtherWay)?;
    if bound.is_exact() {
        return Ok(Bound::point(edge.value));
    }
    let (low, high) = match better {
        Better::Higher => (Some(edge.value), edge.value.plus(bound.blur)),
        _ => (edge.value.minus(bound.blur), Some(edge.value)),
    };
    let (low, high) = low.zip(high).ok_or(ReasonKind::TooLarge)?;
    Ok(Bound {
        low: Some(Edge::closed(low)),
        high: Some(Edge::open(high)),
        blur: bound.blur,
    })
}

fn plausible(facts: &Facts, figure: &Figure) -> Value {
    let indicator = facts.catalogue.get(figure.indicator);
    let level = facts.regions.get(figure.region).level;
    match indicator.plausible.at(level) {
        Some(bound) => Value::Amount(Amount {
            bound,
            dimension: facts.catalogue.units.dimension(indicator.unit).clone(),
            unit: Some(indicator.unit),
            difference: false,
        }),
        None => Value::unknown(Reason::new(ReasonKind::NotInCatalogue)),
    }
}
