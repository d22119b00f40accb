//! Conditions as small instructions over ids, laid out once per query: they need no memory and say yes, no, or
//! that the general way is to be asked, which knows the reasons.

use crate::bound::{Compact, Order};
use crate::catalogue::IndicatorId;
use crate::facts::{Field, FigureSet};
use crate::quantity::{Dimension, Number};
use crate::relation::{Relation, Test};
use crate::syntax::Aggregate;
use crate::value::{Atom, Held, Measuring};

/// A condition.
#[derive(Debug)]
pub enum Quick<'r> {
    /// The other way round.
    Not(Box<Self>),
    /// `and`
    All(Vec<Self>),
    /// `or`, and `implies` with its left side turned round.
    Any(Vec<Self>),
    /// `if`: a condition, then one that counts where it holds, then one where it does not.
    If(Box<(Self, Self, Self)>),
    /// Whether two things are one.
    Same(Read<'r>, Read<'r>),
    /// Whether two figures have a part in common.
    Shared(Field, Read<'r>, Read<'r>),
    /// An order between years or numbers.
    Order(Order, Whole<'r>, Whole<'r>),
    /// An order between quantities.
    Compare(Order, Extent<'r>, Extent<'r>),
    /// `no weaker than`, of two figures.
    NoWeaker(Read<'r>, Read<'r>),
    /// `is` a word.
    Test(&'static Test, Read<'r>),
    /// `is` an indicator.
    IsIndicator(Read<'r>, IndicatorId),
    /// `any` and `every`.
    Among(Aggregate, Vec<Round<'r>>, Box<Self>),
}

impl<'r> Quick<'r> {
    /// The relation and what it leads from, of a condition that asks nothing but how many there are, or whether any or
    /// every one of them is so: where it leads nowhere, the answer is one and the same.
    #[must_use]
    pub fn aggregate(&self) -> Option<(&'static Relation, &Read<'r>)> {
        let (Self::Order(_, Whole::Count(rounds), Whole::Read(Read::Constant(_)))
        | Self::Order(_, Whole::Read(Read::Constant(_)), Whole::Count(rounds))
        | Self::Among(_, rounds, _)) = self
        else {
            return None;
        };
        match &rounds.first()?.over {
            Over::Relation(relation, of) => Some((relation, of)),
            Over::Figures(_) => None,
        }
    }
}

/// Something that is read where it stands.
#[derive(Debug)]
pub enum Read<'r> {
    /// A value of the rule.
    Constant(Atom<'r>),
    /// A variable.
    Slot(usize),
    /// The plan of a figure.
    PlanOf(usize),
    /// The indicator of a figure.
    IndicatorOf(usize),
    /// What facts hold of something.
    Held(Box<Self>, Held),
}

impl Read<'_> {
    /// The variable that it reads, if any.
    #[must_use]
    pub const fn of(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Slot(slot) | Self::PlanOf(slot) | Self::IndicatorOf(slot) => Some(*slot),
            Self::Held(of, _) => of.of(),
        }
    }

    /// Whether it reads nothing of a figure but which plan's it is.
    #[must_use]
    pub const fn is_of_plan(&self) -> bool {
        match self {
            Self::PlanOf(_) => true,
            Self::Held(of, _) => of.is_of_plan(),
            Self::Constant(_) | Self::Slot(_) | Self::IndicatorOf(_) => false,
        }
    }

    /// Whether it reads nothing of a figure but its indicator.
    #[must_use]
    pub const fn is_of_indicator(&self) -> bool {
        match self {
            Self::IndicatorOf(_) => true,
            Self::Held(of, _) => of.is_of_indicator(),
            Self::Constant(_) | Self::Slot(_) | Self::PlanOf(_) => false,
        }
    }
}

/// A year or a number.
#[derive(Debug)]
pub enum Whole<'r> {
    /// One that is read.
    Read(Read<'r>),
    /// The year of a figure.
    Year(Read<'r>),
    /// A sum.
    Plus(Box<(Self, Self)>),
    /// A difference.
    Minus(Box<(Self, Self)>),
    /// How many.
    Count(Vec<Round<'r>>),
}

/// A quantity.
#[derive(Debug)]
pub enum Extent<'r> {
    /// A quantity of the rule; a bare zero has any dimension.
    Constant(Compact, Option<&'r Dimension>),
    /// A quantity of an entity.
    Of(Read<'r>, Measuring),
    /// The guaranteed edge of a figure.
    Edge(Read<'r>),
    /// A sum over some loops.
    Sum(Vec<Round<'r>>, Box<Self>),
    /// The sum of the guaranteed edges of what one loop runs over, all of it.
    SumOfEdges(Vec<Round<'r>>, Box<Self>),
    /// A quantity times a number of the rule.
    Times(Box<Self>, Number),
    /// A sum of two.
    Plus(Box<(Self, Self)>),
    /// A difference.
    Minus(Box<(Self, Self)>),
    /// `if`: a condition, then the one where it holds, then the one where it does not.
    If(Box<(Quick<'r>, Self, Self)>),
}

impl Extent<'_> {
    /// Whether it is made of the edges of figures alone.
    #[must_use]
    pub fn is_of_edges(&self) -> bool {
        match self {
            Self::Edge(_) => true,
            Self::Minus(sides) => sides.0.is_of_edges() && sides.1.is_of_edges(),
            Self::If(parts) => parts.1.is_of_edges() && parts.2.is_of_edges(),
            _ => false,
        }
    }

    /// The only variable that it reads, where it is one and there are no loops.
    #[must_use]
    pub fn of_one(&self) -> Option<usize> {
        let mut slots = Slots::default();
        slots.extent(self);
        slots.one.filter(|_| !slots.more)
    }
}

/// The variables that something reads.
#[derive(Default)]
struct Slots {
    one: Option<usize>,
    /// Whether there are others, or loops.
    more: bool,
}

impl Slots {
    fn read(&mut self, read: &Read<'_>) {
        if let Some(slot) = read.of() {
            self.more |= *self.one.get_or_insert(slot) != slot;
        }
    }

    fn extent(&mut self, extent: &Extent<'_>) {
        match extent {
            Extent::Constant(..) => (),
            Extent::Of(read, _) | Extent::Edge(read) => self.read(read),
            Extent::Times(of, _) => self.extent(of),
            Extent::Plus(sides) | Extent::Minus(sides) => {
                self.extent(&sides.0);
                self.extent(&sides.1);
            }
            Extent::If(parts) => {
                self.quick(&parts.0);
                self.extent(&parts.1);
                self.extent(&parts.2);
            }
            Extent::Sum(..) | Extent::SumOfEdges(..) => self.more = true,
        }
    }

    fn quick(&mut self, quick: &Quick<'_>) {
        match quick {
            Quick::Same(left, right) => {
                self.read(left);
                self.read(right);
            }
            Quick::Test(_, of) | Quick::IsIndicator(of, _) => self.read(of),
            Quick::Not(inner) => self.quick(inner),
            _ => self.more = true,
        }
    }
}

/// A loop of an aggregate.
#[derive(Debug)]
pub struct Round<'r> {
    /// The variable.
    pub slot: usize,
    /// What it runs over.
    pub over: Over<'r>,
    /// Which of them.
    pub filter: Option<Quick<'r>>,
}

/// What a loop of an aggregate runs over.
#[derive(Debug)]
pub enum Over<'r> {
    /// What a relation answers.
    Relation(&'static Relation, Read<'r>),
    /// Figures of plans.
    Figures(Figures<'r>),
}

/// Figures that plans list: of each plan those of a set, those that stood there before left out.
#[derive(Debug)]
pub struct Figures<'r> {
    /// The plans and sets.
    pub parts: Vec<(Read<'r>, FigureSet)>,
    /// Their indicator, where only those of one are wanted.
    pub by: Option<Read<'r>>,
}
