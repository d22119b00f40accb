//! Columns of plans.

use super::{Column, not_asked};
use crate::bound::{Reason, ReasonKind};
use crate::facts::{Facts, FigureKind, PlanId};
use crate::model::{Plan, Status};
use crate::value::{Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "id",
        of: Kind::Plan,
        kind: Kind::Text,
        doc: "Its id.",
        get: |facts, of| ask(facts, of, |plan| Value::Text(plan.id.value.clone())),
        place: None,
    },
    Column {
        name: "title",
        of: Kind::Plan,
        kind: Kind::Text,
        doc: "Its title.",
        get: |facts, of| ask(facts, of, |plan| Value::Text(plan.title.value.clone())),
        place: Some(|facts, of| found(facts, of).map(|plan| plan.title.span)),
    },
    Column {
        name: "region",
        of: Kind::Plan,
        kind: Kind::Region,
        doc: "The region it is of.",
        get: |facts, of| ask(facts, of, |plan| Value::Region(plan.region.value)),
        place: Some(|facts, of| found(facts, of).map(|plan| plan.region.span)),
    },
    Column {
        name: "field",
        of: Kind::Plan,
        kind: Kind::Text,
        doc: "The field it is in.",
        get: |facts, of| ask(facts, of, |plan| Value::Text(plan.field.value.clone())),
        place: Some(|facts, of| found(facts, of).map(|plan| plan.field.span)),
    },
    Column {
        name: "status",
        of: Kind::Plan,
        kind: Kind::Word(&vocabulary::STATUS),
        doc: "draft, consultation or issued.",
        get: |facts, of| ask(facts, of, |plan| Value::Word(status(plan.status.value))),
        place: Some(|facts, of| found(facts, of).map(|plan| plan.status.span)),
    },
    Column {
        name: "number",
        of: Kind::Plan,
        kind: Kind::Text,
        doc: "Its document number; undetermined where it has none.",
        get: |facts, of| {
            ask(facts, of, |plan| match &plan.number {
                Some(number) => Value::Text(number.clone()),
                None => Value::unknown(Reason::new(ReasonKind::NotSaid)),
            })
        },
        place: None,
    },
    Column {
        name: "from",
        of: Kind::Plan,
        kind: Kind::Year,
        doc: "The first year of its period.",
        get: |facts, of| ask(facts, of, |plan| Value::Year(plan.period.value.from)),
        place: Some(|facts, of| found(facts, of).map(|plan| plan.period.span)),
    },
    Column {
        name: "to",
        of: Kind::Plan,
        kind: Kind::Year,
        doc: "The last year of its period.",
        get: |facts, of| ask(facts, of, |plan| Value::Year(plan.period.value.to)),
        place: Some(|facts, of| found(facts, of).map(|plan| plan.period.span)),
    },
    Column {
        name: "partial",
        of: Kind::Plan,
        kind: Kind::Truth,
        doc: "Whether only part of it is here, so that its silence proves nothing.",
        get: |facts, of| ask(facts, of, |plan| Value::Truth(plan.partial.into())),
        place: None,
    },
    Column {
        name: "targets",
        of: Kind::Plan,
        kind: Kind::List(&Kind::Figure),
        doc: "Its own targets.",
        get: |facts, of| figures(facts, of, Some(FigureKind::Target), true),
        place: None,
    },
    Column {
        name: "baselines",
        of: Kind::Plan,
        kind: Kind::List(&Kind::Figure),
        doc: "Its own baselines.",
        get: |facts, of| figures(facts, of, Some(FigureKind::Baseline), true),
        place: None,
    },
    Column {
        name: "figures",
        of: Kind::Plan,
        kind: Kind::List(&Kind::Figure),
        doc: "Every figure it prints, those of other regions too.",
        get: |facts, of| figures(facts, of, None, false),
        place: None,
    },
    Column {
        name: "rows",
        of: Kind::Plan,
        kind: Kind::List(&Kind::Row),
        doc: "The rows of its table.",
        get: |facts, of| match of {
            Value::Plan(plan) => Value::List(
                facts
                    .rows_of(*plan)
                    .iter()
                    .copied()
                    .map(Value::Row)
                    .collect(),
            ),
            _ => not_asked(),
        },
        place: None,
    },
];

fn found<'f>(facts: &'f Facts, of: &Value) -> Option<&'f Plan> {
    match of {
        Value::Plan(plan) => Some(facts.plan(*plan)),
        _ => None,
    }
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Plan) -> Value) -> Value {
    found(facts, of).map_or_else(not_asked, answer)
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Consultation => "consultation",
        Status::Issued => "issued",
    }
}

fn figures(facts: &Facts, of: &Value, kind: Option<FigureKind>, own: bool) -> Value {
    let Value::Plan(plan) = of else {
        return not_asked();
    };
    let plan: PlanId = *plan;
    let wanted = facts.figures_of(plan).iter().filter(|id| {
        let figure = facts.figure(**id);
        kind.is_none_or(|kind| figure.kind == kind) && (figure.own || !own)
    });
    Value::List(wanted.copied().map(Value::Figure).collect())
}
