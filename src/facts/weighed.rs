//! What conditions ask of figures most, kept apart from what is asked seldom: millions of comparisons read it.

use std::hint;

use super::edge::Edge;
use super::figure::Rest;
use super::packed::{FAR_ROW, Marks, Packed};
use super::{Facts, FigureId, FigureKind, FigureSet, FigureValue, Origin, PlanId, RowId};
use crate::bound::{Compact, Order};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::Nature;
use crate::quantity::{Dimension, UnitId};
use crate::region::RegionId;
use crate::source::{SourceId, Span};

/// What comparing a value takes: an eighth of the bytes of a [`FigureValue`], so that all of them stay at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    compact: Option<Compact>,
    unit: UnitId,
}

impl Weighed {
    /// Of a value.
    pub fn of(value: &FigureValue) -> Self {
        Self {
            compact: value.compact,
            unit: value.unit.unit,
        }
    }
}

/// What is asked of a value most: sixteen bytes, so that those of all values stay at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    cut: i64,
    mark: u16,
    /// Whether it is given, where that is known.
    given: Option<bool>,
}

impl Plain {
    /// Of a value.
    pub fn of(value: &FigureValue, catalogue: &Catalogue) -> Self {
        let Edge { cut, mark } = Edge::of(value, catalogue);
        Self {
            cut,
            mark,
            given: value.is_given(),
        }
    }
}

/// A quantity that is one exact number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    /// As [`Compact::exactly`] takes it.
    number: i64,
    /// Its unit, by number.
    unit: u16,
}

impl Exact {
    /// The difference of two of one unit.
    #[must_use]
    #[inline]
    pub fn minus(self, other: Self) -> Option<Self> {
        let number = self.number.checked_sub(other.number)?;
        (self.unit == other.unit).then_some(Self { number, ..self })
    }

    /// Compares two of one unit.
    #[must_use]
    #[inline]
    pub fn compare(self, order: Order, other: Self) -> Option<bool> {
        let is_alike = self.unit == other.unit;
        is_alike.then(|| order.holds(&self.number, &other.number))
    }
}

/// A part of figures that is often compared with the same part of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The indicator.
    Indicator,
    /// The year.
    Year,
    /// Target, baseline or actual.
    Kind,
    /// The statistical base.
    Basis,
}

impl Facts {
    /// Whether two figures have a part in common.
    #[must_use]
    #[inline]
    pub fn is_same(&self, field: Field, a: FigureId, b: FigureId) -> bool {
        let (one, other) = (self.packed(a), self.packed(b));
        match field {
            Field::Indicator => self.indicator(one) == self.indicator(other),
            Field::Year => one.year() == other.year(),
            Field::Kind => one.kind() == other.kind(),
            // Nearly none has one, and comparing no bytes with none takes the system longer than all the rest.
            Field::Basis => match (self.rest(a, one), self.rest(b, other)) {
                (None, None) => true,
                (one, other) => basis(one) == basis(other),
            },
        }
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub(super) fn packed(&self, id: FigureId) -> Packed {
        self.figures[id.0 as usize]
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub(super) fn indicator(&self, packed: Packed) -> IndicatorId {
        let own = packed.indicator();
        own.unwrap_or_else(|| self.values[packed.value().0 as usize].indicator)
    }

    /// The first row of a figure's plan, of the reading that the figure is of.
    #[inline]
    pub(super) fn first_row(&self, id: FigureId, plan: PlanId) -> RowId {
        match self.drafted {
            Some((first, row)) if id >= first => row,
            _ => {
                let rows = self.rows_of.range(plan.0 as usize, self.rows.len());
                RowId(u32::try_from(rows.start).unwrap_or(u32::MAX))
            }
        }
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    fn weighed(&self, packed: Packed) -> &Weighed {
        &self.weighed[packed.value().0 as usize]
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    fn plain(&self, packed: Packed) -> &Plain {
        &self.plain[packed.value().0 as usize]
    }

    #[inline]
    pub(super) fn edge(&self, packed: Packed) -> Edge {
        let Plain { cut, mark, .. } = *self.plain(packed);
        Edge { cut, mark }
    }

    /// The plan of a figure.
    #[must_use]
    #[inline]
    pub fn plan_of_figure(&self, id: FigureId) -> PlanId {
        self.owners.of(id)
    }

    /// Has figures brought to hand that are far from each other: memory is waited for once for many of them, and not for
    /// each.
    pub fn look_at(&self, figures: &[FigureId]) {
        let figures = figures.iter().map(|id| self.packed(*id));
        let looked_at = figures.fold(0, |all, packed| all ^ packed.small());
        hint::black_box(looked_at);
    }

    /// The file that a figure stands in.
    #[must_use]
    #[inline]
    pub fn source_of_figure(&self, id: FigureId) -> SourceId {
        let rest = self.rest(id, self.packed(id));
        let other = rest.and_then(|rest| rest.source);
        other.unwrap_or_else(|| self.source_of(self.plan_of_figure(id)))
    }

    /// The place of a figure's printed value, or of its row's indicator where there is none.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `build` only")]
    pub fn span_of(&self, id: FigureId) -> Span {
        let (packed, placed) = (self.packed(id), self.places[id.0 as usize]);
        let plan = self.plan_of_figure(id);
        let near = placed.behind().filter(|_| placed.row() < FAR_ROW);
        let Some((behind, length)) = near.filter(|_| !packed.marks.has_rest()) else {
            return self.figure(id).span();
        };
        let row = RowId(self.first_row(id, plan).0 + placed.row());
        let start = self.narrow(row).start + behind;
        Span {
            source: self.head(plan).source,
            start,
            end: start + length,
        }
    }

    /// What a figure obliges to, where printed.
    #[must_use]
    #[inline]
    pub fn nature_of(&self, id: FigureId) -> Option<Nature> {
        self.packed(id).marks.nature()
    }

    /// Whose figure it is.
    #[must_use]
    #[inline]
    pub fn region_of_figure(&self, id: FigureId) -> RegionId {
        let foreign = self.rest(id, self.packed(id)).and_then(|rest| rest.region);
        foreign.unwrap_or_else(|| self.region_of(self.plan_of_figure(id)))
    }

    /// The statistical base of a figure, where it is not the usual one.
    #[must_use]
    #[inline]
    pub fn basis_of(&self, id: FigureId) -> Option<&str> {
        self.rest(id, self.packed(id))?.basis.as_deref()
    }

    /// Target, baseline or actual.
    #[must_use]
    #[inline]
    pub fn kind_of(&self, id: FigureId) -> FigureKind {
        self.packed(id).kind()
    }

    /// Where in its plan a figure stands.
    #[must_use]
    #[inline]
    pub fn origin_of(&self, id: FigureId) -> Origin {
        self.packed(id).marks.origin()
    }

    /// What a figure obliges to and where it stands are told by these.
    #[must_use]
    #[inline]
    pub fn marks_of(&self, id: FigureId) -> u8 {
        self.packed(id).marks.of(Marks::SAID)
    }

    /// The indicator of a figure.
    #[must_use]
    #[inline]
    pub fn indicator_of(&self, id: FigureId) -> IndicatorId {
        self.indicator(self.packed(id))
    }

    /// The bound of a figure that compares without a fraction, where it has one, and its dimension.
    #[must_use]
    #[inline]
    pub fn compact_of(&self, id: FigureId) -> Option<(&Compact, &Dimension)> {
        let weighed = self.weighed(self.packed(id));
        let dimension = self.catalogue.units.dimension_of(weighed.unit);
        Some((weighed.compact.as_ref()?, dimension))
    }

    /// Whether a figure is no weaker than another, where that takes no fraction and gives no reason.
    #[must_use]
    #[inline]
    pub fn is_no_weaker(&self, figure: FigureId, than: FigureId) -> Option<bool> {
        let (figure, than) = (self.packed(figure), self.packed(than));
        let holds = self.edge(figure).is_no_weaker(&self.edge(than));
        holds.or_else(|| self.is_no_weaker_apart(figure, than))
    }

    /// The same of two that are not compared by their edges alone.
    #[inline(never)]
    fn is_no_weaker_apart(&self, figure: Packed, than: Packed) -> Option<bool> {
        if !self.edge(figure).is_bounded() || !self.edge(than).is_bounded() {
            return None;
        }
        let (one, other) = (self.weighed(figure), self.weighed(than));
        if one.unit != other.unit {
            return None;
        }
        let better = self.catalogue.get(self.indicator(figure)).better;
        one.compact
            .as_ref()?
            .no_weaker(other.compact.as_ref()?, better)
    }

    /// The guaranteed edge of a figure, where it is one exact number.
    #[must_use]
    #[inline]
    pub fn exact_edge(&self, id: FigureId) -> Option<Exact> {
        let edge = self.edge(self.packed(id));
        Some(Exact {
            number: edge.number()?,
            unit: edge.mark / 2,
        })
    }

    /// Whether a plan gives a figure; `None` where the source lost the cell or it cannot be read.
    #[must_use]
    #[inline]
    pub fn is_given(&self, id: FigureId) -> Option<bool> {
        self.plain(self.packed(id)).given
    }

    /// Whether a figure means something that can be compared.
    #[must_use]
    #[inline]
    pub fn is_bounded(&self, id: FigureId) -> bool {
        self.edge(self.packed(id)).is_bounded()
    }

    /// Whether a figure is one of its plan's targets, of a year that is wanted and on a base.
    #[inline]
    pub(super) fn is_target(
        &self,
        id: FigureId,
        basis: Option<&str>,
        wanted: impl FnOnce(i32) -> bool,
    ) -> bool {
        let packed = self.packed(id);
        FigureSet::Targets.holds(packed)
            && wanted(packed.year())
            && self.rest(id, packed).and_then(|rest| rest.basis.as_deref()) == basis
    }

    /// The year of a figure.
    #[must_use]
    #[inline]
    pub fn year_of(&self, id: FigureId) -> i32 {
        self.packed(id).year()
    }
}

/// The statistical base; nothing for the usual one.
fn basis(rest: Option<&Rest>) -> &str {
    rest.and_then(|rest| rest.basis.as_deref())
        .unwrap_or_default()
}
