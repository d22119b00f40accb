//! Quantities, compared row by row: what is worked out of a figure is not worked out again for the next rows.

use std::ptr;

use super::super::Run;
use super::super::quick::{Scope, alike};
use super::Batch;
use crate::bound::Order;
use crate::facts::{Exact, FigureId};
use crate::query::quick::Extent;
use crate::value::Measure;

/// Of so many figures at once it is known what was worked out of them.
const KNOWN: usize = 512;

/// A quantity as it was worked out of figures: of two that fall on one place, the later.
pub(in super::super) struct WorkedOut<'e> {
    extent: &'e Extent<'e>,
    of: Vec<Option<(FigureId, Option<Measure<'e>>)>>,
}

/// A quantity of a variable, row by row.
struct Side<'b, 'e> {
    /// The variable and its values; of none, where the quantity is one of the rule.
    of: Option<(usize, &'b [FigureId])>,
    worked_out: WorkedOut<'e>,
}

impl<'e> Side<'_, 'e> {
    fn measure(&mut self, scope: Scope<'_, 'e>, row: usize) -> Option<Measure<'e>> {
        let WorkedOut { extent, of: known } = &mut self.worked_out;
        let Some((slot, column)) = self.of else {
            return scope.measure(extent);
        };
        let figure = *column.get(row)?;
        let place = known.get_mut(figure.0 as usize % KNOWN)?;
        match place {
            Some((known, measure)) if *known == figure => *measure,
            _ => {
                let measure = scope.of(slot, figure, |scope| scope.measure(extent));
                *place = Some((figure, measure));
                measure
            }
        }
    }
}

impl<'q> Run<'q> {
    /// Compares two quantities that are each of one variable; gives whether they are.
    pub(super) fn compare_rows(
        &mut self,
        batch: &Batch,
        order: Order,
        (left, right): (&'q Extent<'q>, &'q Extent<'q>),
        answers: &mut Vec<Option<bool>>,
    ) -> bool {
        let mut exact = Vec::new();
        if left.is_of_edges()
            && right.is_of_edges()
            && let (Some(left), Some(right)) = (self.exact(batch, left), self.exact(batch, right))
        {
            exact.extend(left.into_iter().zip(right));
        }
        let (Some(mut one), Some(mut other)) = (self.side(batch, left), self.side(batch, right))
        else {
            return false;
        };
        // Neither reads any other variable.
        let scope = Scope::new(self.facts, &[]);
        answers.extend((0..batch.parents.len()).map(|row| {
            if let Some((Some(left), Some(right))) = exact.get(row)
                && let Some(holds) = left.compare(order, *right)
            {
                return Some(holds);
            }
            let (left, right) = (one.measure(scope, row)?, other.measure(scope, row)?);
            alike(&left, &right)?;
            left.compact.compare(order, &right.compact)
        }));
        self.worked_out.extend([one.worked_out, other.worked_out]);
        true
    }

    /// A quantity row by row, where it is made of exact edges and is exact itself; `None` where it is made of anything else.
    fn exact(&mut self, batch: &Batch, extent: &'q Extent<'q>) -> Option<Vec<Option<Exact>>> {
        let facts = self.facts;
        match extent {
            Extent::Edge(read) => {
                let column = batch.column(read.of()?)?;
                let mut found = Vec::with_capacity(column.len());
                self.read_figures(column, read, &mut found);
                let edges = found.into_iter().map(|figure| facts.exact_edge(figure?));
                Some(edges.collect())
            }
            Extent::Minus(sides) => {
                let (left, right) = (self.exact(batch, &sides.0)?, self.exact(batch, &sides.1)?);
                let sides = left.into_iter().zip(right);
                Some(sides.map(|(left, right)| left?.minus(right?)).collect())
            }
            Extent::If(parts) => {
                let (condition, yes, no) = &**parts;
                let (yes, no) = (self.exact(batch, yes)?, self.exact(batch, no)?);
                let mut answers = Vec::with_capacity(yes.len());
                self.answer_rows(batch, condition, &mut answers);
                let sides = answers.into_iter().zip(yes.into_iter().zip(no));
                Some(
                    sides
                        .map(|(answer, (yes, no))| if answer? { yes } else { no })
                        .collect(),
                )
            }
            _ => None,
        }
    }

    /// A quantity of one variable, with what is known of it.
    fn side<'b>(&mut self, batch: &'b Batch, extent: &'q Extent<'q>) -> Option<Side<'b, 'q>> {
        let of = match extent.of_one() {
            Some(slot) => Some((slot, batch.column(slot)?)),
            None if matches!(extent, Extent::Constant(..)) => None,
            None => return None,
        };
        let mut known = self.worked_out.iter();
        let known = known.position(|known| ptr::eq(known.extent, extent));
        let worked_out = known.map(|at| self.worked_out.swap_remove(at));
        let worked_out = worked_out.unwrap_or_else(|| WorkedOut {
            extent,
            of: vec![None; KNOWN],
        });
        Some(Side { of, worked_out })
    }
}
