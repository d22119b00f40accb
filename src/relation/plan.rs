//! Columns of plans.

use super::{Column, Reach, not_asked};
use crate::bound::{Reason, ReasonKind};
use crate::facts::{Alike, Facts, FigureSet, PlanId, Section};
use crate::model::Plan;
use crate::value::{Atom, Kind, Value, vocabulary};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::held(
        "id",
        Kind::Plan,
        Kind::Text,
        "Its id.",
        |facts, of| held(facts, of, |plan| Some(Atom::Text(&plan.id.value))),
        ReasonKind::NotSaid,
    ),
    Column::held(
        "title",
        Kind::Plan,
        Kind::Text,
        "Its title.",
        |facts, of| held(facts, of, |plan| Some(Atom::Text(&plan.title.value))),
        ReasonKind::NotSaid,
    )
    .placed(|facts, of| found(facts, of).map(|plan| plan.title.span)),
    Column::held(
        "region",
        Kind::Plan,
        Kind::Region,
        "The region it is of.",
        |facts, of| match of {
            Atom::Plan(plan) => Some(Atom::Region(facts.region_of(plan))),
            _ => None,
        },
        ReasonKind::NotSaid,
    )
    .placed(|facts, of| found(facts, of).map(|plan| plan.region.span)),
    Column::held(
        "field",
        Kind::Plan,
        Kind::Text,
        "The field it is in.",
        |facts, of| held(facts, of, |plan| Some(Atom::Text(&plan.field.value))),
        ReasonKind::NotSaid,
    )
    .placed(|facts, of| found(facts, of).map(|plan| plan.field.span)),
    Column::held(
        "status",
        Kind::Plan,
        Kind::Word(&vocabulary::STATUS),
        "draft, consultation or issued.",
        |facts, of| {
            held(facts, of, |plan| {
                Some(Atom::Word(plan.status.value.word()))
            })
        },
        ReasonKind::NotSaid,
    )
    .placed(|facts, of| found(facts, of).map(|plan| plan.status.span))
    .alike(Alike::Make),
    Column::held(
        "number",
        Kind::Plan,
        Kind::Text,
        "Its document number; undetermined where it has none.",
        |facts, of| held(facts, of, |plan| plan.number.as_deref().map(Atom::Text)),
        ReasonKind::NotSaid,
    ),
    Column::new(
        "issued",
        Kind::Plan,
        Kind::Date,
        "When it was issued; undetermined where it does not say.",
        |facts, of| {
            ask(facts, of, |plan| match &plan.issued {
                Some(issued) => Value::Date(issued.value),
                None => Value::unknown(Reason::new(ReasonKind::NotSaid)),
            })
        },
    )
    .placed(|facts, of| found(facts, of)?.issued.as_ref().map(|issued| issued.span)),
    Column::new(
        "follows",
        Kind::Plan,
        Kind::List(&Kind::Plan),
        "The plans it names as its basis, of those that are here.",
        |facts, of| {
            ask(facts, of, |plan| {
                let named = |other: &PlanId| {
                    let id = &facts.plan(*other).id.value;
                    plan.follows.iter().any(|follows| follows.value == *id)
                };
                Value::List(facts.plans().filter(named).map(Value::Plan).collect())
            })
        },
    )
    .placed(|facts, of| found(facts, of)?.follows.first().map(|id| id.span))
    .reaching(Reach::Any),
    Column::new(
        "superiors",
        Kind::Plan,
        Kind::List(&Kind::Plan),
        "The plans it answers to: of all regions above, in its field, with a period that overlaps; nearest first.",
        |facts, of| match of {
            Value::Plan(plan) => {
                let superiors = facts.superior_plans(*plan).iter().copied();
                Value::List(superiors.map(Value::Plan).collect())
            }
            _ => not_asked(),
        },
    )
    .reaching(Reach::Up),
    Column::new(
        "nearest_superiors",
        Kind::Plan,
        Kind::List(&Kind::Plan),
        "Those of its superiors that are of the nearest region which has any.",
        |facts, of| match of {
            Value::Plan(plan) => nearest(facts, *plan),
            _ => not_asked(),
        },
    )
    .reaching(Reach::Nearest),
    Column::held(
        "from",
        Kind::Plan,
        Kind::Year,
        "The first year of its period.",
        |facts, of| held(facts, of, |plan| Some(Atom::Year(plan.period.value.from))),
        ReasonKind::NotSaid,
    )
    .placed(|facts, of| found(facts, of).map(|plan| plan.period.span))
    .alike(Alike::Make),
    Column::held(
        "to",
        Kind::Plan,
        Kind::Year,
        "The last year of its period.",
        |facts, of| held(facts, of, |plan| Some(Atom::Year(plan.period.value.to))),
        ReasonKind::NotSaid,
    )
    .placed(|facts, of| found(facts, of).map(|plan| plan.period.span))
    .alike(Alike::Make),
    Column::new(
        "partial",
        Kind::Plan,
        Kind::Truth,
        "Whether only part of it is here, so that its silence proves nothing.",
        |facts, of| ask(facts, of, |plan| Value::Truth(plan.partial.into())),
    )
    .alike(Alike::Make),
    Column::figures(
        "targets",
        "Its own targets.",
        |facts, of| figures(facts, of, FigureSet::Targets),
        FigureSet::Targets,
    ),
    Column::figures(
        "baselines",
        "Its own baselines.",
        |facts, of| figures(facts, of, FigureSet::Baselines),
        FigureSet::Baselines,
    ),
    Column::figures(
        "claims",
        "What its prose says about indicators.",
        |facts, of| figures(facts, of, FigureSet::Claims),
        FigureSet::Claims,
    ),
    Column::figures(
        "observations",
        "What was measured since.",
        |facts, of| figures(facts, of, FigureSet::Observations),
        FigureSet::Observations,
    ),
    Column::figures(
        "figures",
        "Every figure it prints, those of other regions too.",
        |facts, of| figures(facts, of, FigureSet::All),
        FigureSet::All,
    ),
    Column::new(
        "rows",
        Kind::Plan,
        Kind::List(&Kind::Row),
        "The rows of its table.",
        |facts, of| match of {
            Value::Plan(plan) => Value::List(facts.rows_of(*plan).map(Value::Row).collect()),
            _ => not_asked(),
        },
    ),
    Column::new(
        "changes",
        Kind::Plan,
        Kind::List(&Kind::Change),
        "Its stated rises and falls.",
        |facts, of| entries(facts, of, Section::Changes),
    )
    .listing(Section::Changes),
    Column::new(
        "rosters",
        Kind::Plan,
        Kind::List(&Kind::Roster),
        "Its named lists.",
        |facts, of| entries(facts, of, Section::Rosters),
    )
    .listing(Section::Rosters),
    Column::new(
        "counts",
        Kind::Plan,
        Kind::List(&Kind::Count),
        "Its counts of things.",
        |facts, of| entries(facts, of, Section::Counts),
    )
    .listing(Section::Counts),
    Column::new(
        "commitments",
        Kind::Plan,
        Kind::List(&Kind::Commitment),
        "Its general promises.",
        |facts, of| entries(facts, of, Section::Commitments),
    )
    .listing(Section::Commitments),
    Column::new(
        "tasks",
        Kind::Plan,
        Kind::List(&Kind::Task),
        "Its duties.",
        |facts, of| entries(facts, of, Section::Tasks),
    )
    .listing(Section::Tasks),
];

fn nearest(facts: &Facts, plan: PlanId) -> Value {
    let superiors = facts.superior_plans(plan);
    let region = |plan: &PlanId| facts.region_of(*plan);
    let first = superiors.first().map(region);
    let nearest = superiors
        .iter()
        .take_while(|plan| Some(region(plan)) == first);
    Value::List(nearest.copied().map(Value::Plan).collect())
}

fn found<'f>(facts: &'f Facts, of: &Value) -> Option<&'f Plan> {
    match of {
        Value::Plan(plan) => Some(facts.plan(*plan)),
        _ => None,
    }
}

fn held<'f>(
    facts: &'f Facts,
    of: Atom<'f>,
    answer: impl FnOnce(&'f Plan) -> Option<Atom<'f>>,
) -> Option<Atom<'f>> {
    match of {
        Atom::Plan(plan) => answer(facts.plan(plan)),
        _ => None,
    }
}

fn ask(facts: &Facts, of: &Value, answer: impl FnOnce(&Plan) -> Value) -> Value {
    found(facts, of).map_or_else(not_asked, answer)
}

fn figures(facts: &Facts, of: &Value, set: FigureSet) -> Value {
    let Value::Plan(plan) = of else {
        return not_asked();
    };
    let figures = facts.figures_of(*plan);
    let wanted = figures.filter(|id| facts.holds(set, *id));
    Value::List(wanted.map(Value::Figure).collect())
}

fn entries(facts: &Facts, of: &Value, section: Section) -> Value {
    match of {
        Value::Plan(plan) => {
            Value::List(facts.entries_of(*plan, section).map(Value::Entry).collect())
        }
        _ => not_asked(),
    }
}
