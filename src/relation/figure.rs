//! Columns of figures: targets and baselines alike.

use super::{Column, not_asked};
use crate::bound::{Better, Bound, Compact, Edge, Reason, ReasonKind};
use crate::facts::{Alike, Facts, Field, Figure, FigureId};
use crate::model::Nature;
use crate::value::{Amount, Atom, Kind, Measure, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::held(
        "plan",
        Kind::Figure,
        Kind::Plan,
        "The plan it stands in.",
        |facts, of| ask_id(of, |id| Some(Atom::Plan(facts.plan_of_figure(id)))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "region",
        Kind::Figure,
        Kind::Region,
        "Whose figure it is.",
        |facts, of| ask_id(of, |id| Some(Atom::Region(facts.region_of_figure(id)))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "indicator",
        Kind::Figure,
        Kind::Indicator,
        "Its indicator.",
        |facts, of| ask_id(of, |id| Some(Atom::Indicator(facts.indicator_of(id)))),
        ReasonKind::NotSaid,
    )
    .comparing(Field::Indicator)
    .alike(Alike::Said),
    Column::held(
        "year",
        Kind::Figure,
        Kind::Year,
        "The year it is for.",
        |facts, of| ask_id(of, |id| Some(Atom::Year(facts.year_of(id)))),
        ReasonKind::NotSaid,
    )
    .comparing(Field::Year)
    .alike(Alike::Said),
    Column::new(
        "unit",
        Kind::Figure,
        Kind::Unit,
        "The unit of its row.",
        |facts, of| ask(facts, of, |figure| Value::Unit(figure.value.unit)),
    )
    .alike(Alike::Said),
    Column::held(
        "nature",
        Kind::Figure,
        Kind::Word(&vocabulary::NATURE),
        "Binding or anticipatory; undetermined where the table does not print it.",
        |facts, of| ask_id(of, |id| facts.nature_of(id).map(natural)),
        ReasonKind::NatureNotPrinted,
    )
    .marked()
    .alike(Alike::Said),
    Column::held(
        "printed",
        Kind::Figure,
        Kind::Text,
        "The value as printed.",
        |facts, of| ask_id(of, |id| Some(Atom::Text(&facts.figure(id).value.printed))),
        ReasonKind::NotSaid,
    )
    .alike(Alike::Said),
    Column::new(
        "bound",
        Kind::Figure,
        Kind::Amount,
        "What it promises or states.",
        |facts, of| {
            ask(facts, of, |figure| {
                amount(facts, figure, &figure.value.bound)
            })
        },
    )
    .measured(bound_of)
    .alike(Alike::Said),
    Column::new(
        "edge",
        Kind::Figure,
        Kind::Amount,
        "The guaranteed edge of its bound: the lower end where higher is better, the upper where lower is.",
        |facts, of| ask(facts, of, |figure| edge(facts, figure)),
    )
    .alike(Alike::Said),
    Column::new(
        "guarantee",
        Kind::Figure,
        Kind::Amount,
        "What it guarantees: all from its edge on to the better side, the edge included or not as printed.",
        |facts, of| ask(facts, of, |figure| guarantee(facts, figure)),
    )
    .alike(Alike::Said),
    Column::new(
        "stated",
        Kind::Figure,
        Kind::Amount,
        "The printed numbers themselves, whatever they promise: `≥72` is 72, `5-6` is 5 to 6.",
        |facts, of| {
            ask(facts, of, |figure| {
                amount(facts, figure, &facts.stated(figure))
            })
        },
    )
    .alike(Alike::Said),
    Column::new(
        "rounded",
        Kind::Figure,
        Kind::Amount,
        "What the printed number may have been before it was rounded: 3.88 is 3.875 to 3.885.",
        |facts, of| ask(facts, of, |figure| rounded(facts, figure)),
    )
    .alike(Alike::Said),
    Column::new(
        "plausible",
        Kind::Figure,
        Kind::Amount,
        "The catalogue's plausible range for its indicator at its region's level.",
        |facts, of| ask(facts, of, |figure| plausible(facts, figure)),
    )
    .alike(Alike::Make),
    Column::held(
        "basis",
        Kind::Figure,
        Kind::Text,
        "The statistical base; empty for the usual one.",
        |facts, of| ask_id(of, |id| Some(Atom::Text(facts.basis_of(id).unwrap_or_default()))),
        ReasonKind::NotSaid,
    )
    .comparing(Field::Basis)
    .alike(Alike::Said),
    Column::held(
        "position",
        Kind::Figure,
        Kind::Number,
        "How many figures stand before it: of two the earlier one has the smaller position.",
        |_, of| ask_id(of, |id| Some(Atom::Number(id.0.into()))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "kind",
        Kind::Figure,
        Kind::Word(&vocabulary::FIGURE),
        "target, baseline or actual.",
        |facts, of| ask_id(of, |id| Some(Atom::Word(facts.kind_of(id).word()))),
        ReasonKind::NotSaid,
    )
    .comparing(Field::Kind)
    .alike(Alike::Said),
    Column::held(
        "origin",
        Kind::Figure,
        Kind::Word(&vocabulary::ORIGIN),
        "table, prose or monitoring.",
        |facts, of| ask_id(of, |id| Some(Atom::Word(facts.origin_of(id).word()))),
        ReasonKind::NotSaid,
    )
    .marked()
    .alike(Alike::Said),
];

fn ask_id<'f>(of: Atom<'_>, answer: impl FnOnce(FigureId) -> Option<Atom<'f>>) -> Option<Atom<'f>> {
    match of {
        Atom::Figure(id) => answer(id),
        _ => None,
    }
}

fn natural(nature: Nature) -> Atom<'static> {
    Atom::Word(word(nature))
}

/// The word of the rule language.
pub(super) const fn word(nature: Nature) -> &'static str {
    match nature {
        Nature::Binding => "binding",
        Nature::Anticipatory => "anticipatory",
    }
}

/// A quantity of a figure that compares without a fraction.
fn measure<'f>(
    facts: &'f Facts,
    of: Atom<'f>,
    compact: impl FnOnce(&Compact, Better) -> Option<Compact>,
) -> Option<Measure<'f>> {
    let Atom::Figure(id) = of else { return None };
    let (bound, dimension) = facts.compact_of(id)?;
    let better = facts.catalogue.get(facts.indicator_of(id)).better;
    Some(Measure {
        compact: compact(bound, better)?,
        dimension: Some(dimension),
    })
}

/// The bound of a figure, where it compares without a fraction.
#[must_use]
pub fn bound_of<'f>(facts: &'f Facts, of: Atom<'f>) -> Option<Measure<'f>> {
    measure(facts, of, |bound, _| Some(*bound))
}

/// The guaranteed edge of a figure, where it compares without a fraction.
#[must_use]
pub fn edge_of<'f>(facts: &'f Facts, of: Atom<'f>) -> Option<Measure<'f>> {
    measure(facts, of, Compact::edge)
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Figure<'_>) -> Value) -> Value {
    match of {
        Value::Figure(id) => answer(&facts.figure(*id)),
        _ => not_asked(),
    }
}

/// A nature as a value; undetermined where it is not printed.
pub(super) fn nature(nature: Option<Nature>) -> Value {
    match nature {
        Some(nature) => Value::Word(word(nature)),
        None => Value::unknown(Reason::new(ReasonKind::NatureNotPrinted)),
    }
}

fn amount(facts: &Facts, figure: &Figure<'_>, bound: &Result<Bound, Reason>) -> Value {
    match bound {
        Ok(bound) => Value::from(Amount {
            bound: *bound,
            dimension: facts.catalogue.units.dimension(figure.value.unit).clone(),
            unit: Some(figure.value.unit),
            difference: false,
        }),
        Err(reason) => Value::unknown(reason.clone()),
    }
}

fn edge(facts: &Facts, figure: &Figure<'_>) -> Value {
    let bound = match &figure.value.bound {
        Ok(bound) => bound,
        Err(reason) => return Value::unknown(reason.clone()),
    };
    let better = facts.catalogue.get(figure.indicator).better;
    match guaranteed(bound, better) {
        Ok(edge) => amount(facts, figure, &Ok(edge)),
        Err(kind) => Value::unknown(Reason::new(kind)),
    }
}

fn guarantee(facts: &Facts, figure: &Figure<'_>) -> Value {
    let bound = match &figure.value.bound {
        Ok(bound) => *bound,
        Err(reason) => return Value::unknown(reason.clone()),
    };
    let side = match facts.catalogue.get(figure.indicator).better {
        Better::Higher if bound.low.is_some() => Bound {
            high: None,
            ..bound
        },
        Better::Lower if bound.high.is_some() => Bound { low: None, ..bound },
        Better::Neither => return Value::unknown(Reason::new(ReasonKind::NoDirection)),
        _ => return Value::unknown(Reason::new(ReasonKind::OtherWay)),
    };
    amount(facts, figure, &Ok(side))
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

fn rounded(facts: &Facts, figure: &Figure<'_>) -> Value {
    let form = facts.form(figure);
    let open = || Reason::new(ReasonKind::OtherWay);
    let bound = form.and_then(|form| form.unrounded().ok_or_else(open));
    amount(facts, figure, &bound)
}

fn plausible(facts: &Facts, figure: &Figure<'_>) -> Value {
    let indicator = facts.catalogue.get(figure.indicator);
    let level = facts.regions.get(figure.region()).level;
    match indicator.plausible.at(level) {
        Some(bound) => Value::from(Amount {
            bound,
            dimension: facts.catalogue.units.dimension(indicator.unit).clone(),
            unit: Some(indicator.unit),
            difference: false,
        }),
        None => Value::unknown(Reason::new(ReasonKind::NotInCatalogue)),
    }
}
