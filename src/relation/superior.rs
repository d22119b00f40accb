//! The relations between figures of different plans.

use super::Reach;
use crate::bound::{Reason, ReasonKind, Reasons};
use crate::facts::{Facts, FigureId, Member, PlanId, Together};
use crate::language::join;
use crate::region::RegionId;
use crate::value::{Atom, Kind, Value};

/// One answer of a relation.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Who answers; the reasons where somebody who should have did not.
    pub value: Result<Value, Reasons>,
    /// Who was passed over on the way, and why.
    pub way: Vec<Reason>,
}

/// A relation: from a figure to figures of other plans.
pub struct Relation {
    /// Its name.
    pub name: &'static str,
    /// What it leads to.
    pub doc: &'static str,
    /// The kind of what it is asked of.
    pub of: Kind,
    /// The kind of its answers.
    pub kind: Kind,
    /// The plans that it may answer of, seen from the one it is asked of.
    pub reach: Reach,
    /// Hands its answers out, one by one.
    pub each: fn(&Facts, &Value, &mut dyn FnMut(Answer)),
    /// The same where it leads to figures and nobody is passed over: who answers, nobody for who is silent, until
    /// the taker has enough; gives whether it never had.
    pub quick: Option<Quick>,
    /// Whether somebody may be silent.
    pub silent: bool,
}

/// A way without reasons.
#[derive(Clone, Copy, Debug)]
pub enum Quick {
    /// To the superiors: few, and the same for many.
    Superiors,
    /// To what the regions directly below say.
    Children,
    /// To others.
    Others(Each),
}

/// Hands out who answers, nobody for who is silent, until the taker has enough; gives whether it never had.
type Each = fn(&Facts, Atom<'_>, &mut dyn FnMut(Option<FigureId>) -> bool) -> bool;

impl Quick {
    /// Goes to figures until the taker has enough; gives whether it never had.
    pub fn each(
        self,
        facts: &Facts,
        of: Atom<'_>,
        take: &mut dyn FnMut(Option<FigureId>) -> bool,
    ) -> bool {
        match self {
            Self::Superiors => says_all(of, take, |of| facts.superiors(of)),
            Self::Children => match of {
                Atom::Figure(figure) => facts.children_say(figure, take),
                _ => true,
            },
            Self::Others(each) => each(facts, of, take),
        }
    }

    /// What all to whom it leads say, taken together, where that is known.
    #[must_use]
    pub fn together<'f>(self, facts: &'f Facts, of: Atom<'_>) -> Option<Together<'f>> {
        match (self, of) {
            (Self::Children, Atom::Figure(figure)) => facts.together(figure),
            _ => None,
        }
    }

    /// Whether it surely leads nowhere from any figure of a plan, not even to somebody who is silent.
    #[must_use]
    pub fn leads_nowhere(self, facts: &Facts, plan: PlanId) -> bool {
        matches!(self, Self::Children) && facts.has_nobody_below(plan)
    }
}

impl std::fmt::Debug for Relation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.name)
    }
}

/// Every relation.
pub const RELATIONS: &[Relation] = &[
    Relation {
        name: "superiors",
        doc: "Of every superior plan its strictest target of the same indicator and base for the same year or an earlier one, nearest first.",
        of: Kind::Figure,
        kind: Kind::Figure,
        reach: Reach::Up,
        each: |facts, of, take| {
            if let Value::Figure(figure) = of {
                facts.superiors(*figure).map(says).for_each(take);
            }
        },
        quick: Some(Quick::Superiors),
        silent: false,
    },
    Relation {
        name: "nearest_superior",
        doc: "The nearest of the superiors, with the regions on the way that said nothing; undetermined where none says anything.",
        of: Kind::Figure,
        kind: Kind::Figure,
        reach: Reach::Up,
        each: |facts, of, take| {
            if let Value::Figure(figure) = of {
                nearest(facts, *figure).into_iter().for_each(take);
            }
        },
        quick: None,
        silent: true,
    },
    Relation {
        name: "children",
        doc: "What each region directly below says of the same indicator, base, field and year; undetermined for one that says nothing.",
        of: Kind::Figure,
        kind: Kind::Figure,
        reach: Reach::Down,
        each: |facts, of, take| {
            if let Value::Figure(figure) = of {
                facts.children(*figure).map(member).for_each(take);
            }
        },
        quick: Some(Quick::Children),
        silent: true,
    },
    Relation {
        name: "subordinates",
        doc: "The targets of all regions below, at any level, of the same indicator, base, field and year.",
        of: Kind::Figure,
        kind: Kind::Figure,
        reach: Reach::Down,
        each: |facts, of, take| {
            if let Value::Figure(figure) = of {
                facts.subordinates(*figure).map(says).for_each(take);
            }
        },
        quick: Some(Quick::Others(|facts, of, take| {
            says_all(of, take, |of| facts.subordinates(of))
        })),
        silent: false,
    },
    Relation {
        name: "siblings",
        doc: "What each other region below the same parent says of the same indicator, base, field and year; undetermined for one that says nothing.",
        of: Kind::Figure,
        kind: Kind::Figure,
        reach: Reach::Beside,
        each: |facts, of, take| {
            if let Value::Figure(figure) = of {
                facts.siblings(*figure).map(member).for_each(take);
            }
        },
        quick: Some(Quick::Others(|facts, of, take| match of {
            Atom::Figure(figure) => facts.siblings_say(figure, take),
            _ => true,
        })),
        silent: true,
    },
    Relation {
        name: "ancestors",
        doc: "The regions above a region, nearest first.",
        of: Kind::Region,
        kind: Kind::Region,
        reach: Reach::Own,
        each: |facts, of, take| {
            if let Value::Region(region) = of {
                let above = facts.regions.ancestors(*region);
                above.map(region_answer).for_each(take);
            }
        },
        quick: None,
        silent: false,
    },
    Relation {
        name: "descendants",
        doc: "The regions below a region, at any level, in the order of the table.",
        of: Kind::Region,
        kind: Kind::Region,
        reach: Reach::Own,
        each: |facts, of, take| {
            if let Value::Region(region) = of {
                let below = facts.regions.descendants(*region).iter().copied();
                below.map(region_answer).for_each(take);
            }
        },
        quick: None,
        silent: false,
    },
];

/// Hands figures out until the taker has enough.
fn says_all<I: Iterator<Item = FigureId>>(
    of: Atom<'_>,
    take: &mut dyn FnMut(Option<FigureId>) -> bool,
    each: impl FnOnce(FigureId) -> I,
) -> bool {
    match of {
        Atom::Figure(figure) => each(figure).all(|figure| take(Some(figure))),
        _ => true,
    }
}

fn member(member: Member) -> Answer {
    match member {
        Member::Says(figure) => says(figure),
        Member::Silent(reason) => silent(Reasons::one(reason)),
    }
}

fn region_answer(region: RegionId) -> Answer {
    Answer {
        value: Ok(Value::Region(region)),
        way: Vec::new(),
    }
}

fn says(figure: FigureId) -> Answer {
    Answer {
        value: Ok(Value::Figure(figure)),
        way: Vec::new(),
    }
}

fn silent(reasons: Reasons) -> Answer {
    Answer {
        value: Err(reasons),
        way: Vec::new(),
    }
}

fn nearest(facts: &Facts, of: FigureId) -> Option<Answer> {
    let (found, way) = facts.nearest_superior(of);
    let answer = match found {
        Some(figure) => Answer {
            way,
            ..says(figure)
        },
        None if way.is_empty() => return None,
        None => {
            let each: Vec<_> = way.iter().map(Reason::said).collect();
            silent(Reasons::one(Reason::about(
                ReasonKind::NoSuperior,
                join(&each),
            )))
        }
    };
    Some(answer)
}
