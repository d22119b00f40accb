//! Conditions, asked of all rows one after another.

use std::mem;

use super::super::Run;
use super::Batch;
use crate::facts::FigureId;
use crate::query::quick::{Quick, Read, Whole};
use crate::value::Atom;

impl<'q> Run<'q> {
    /// Asks each row a condition of the query.
    pub(super) fn ask_condition(&mut self, batch: &mut Batch, number: usize) {
        let query = self.query;
        let Some(asked) = query.conditions.get(number) else {
            return;
        };
        let mut answers = mem::take(&mut batch.answers);
        answers.clear();
        let of_indicator = asked.of_indicator;
        let column = of_indicator.and_then(|slot| Some((slot, batch.column(slot)?)));
        match (column, &asked.quick) {
            (Some((slot, column)), _) => {
                let (facts, first) = (self.facts, number * self.facts.catalogue.len());
                answers.extend(column.iter().map(|figure| {
                    let at = first + facts.indicator_of(*figure).index();
                    self.answers.get(at).copied().flatten().or_else(|| {
                        self.bind_figure(slot, *figure);
                        self.known(number, asked)
                    })
                }));
            }
            (None, Some(quick)) => self.answer_rows(batch, quick, &mut answers),
            (None, None) => answers.resize(batch.parents.len(), None),
        }
        batch.answers = answers;
    }

    /// Asks each row a condition.
    pub(super) fn ask_rows(&mut self, batch: &mut Batch, quick: &'q Quick<'q>) {
        let mut answers = mem::take(&mut batch.answers);
        answers.clear();
        self.answer_rows(batch, quick, &mut answers);
        batch.answers = answers;
    }

    /// The answers of all rows: what reads no more than variables is asked of their columns.
    fn answer_rows(
        &mut self,
        batch: &Batch,
        quick: &'q Quick<'q>,
        answers: &mut Vec<Option<bool>>,
    ) {
        let facts = self.facts;
        match quick {
            Quick::Not(inner) => {
                self.answer_rows(batch, inner, answers);
                for answer in answers {
                    *answer = answer.map(|holds| !holds);
                }
                return;
            }
            Quick::NoWeaker(left, right) => {
                if let Some(pairs) = pairs(batch, left, right) {
                    answers.extend(pairs.map(|(left, right)| facts.is_no_weaker(left, right)));
                    return;
                }
            }
            Quick::Shared(field, left, right) => {
                if let Some(pairs) = pairs(batch, left, right) {
                    answers.extend(
                        pairs.map(|(left, right)| Some(facts.is_same(*field, left, right))),
                    );
                    return;
                }
            }
            Quick::Order(order, Whole::Year(left), Whole::Year(right)) => {
                if let Some(pairs) = pairs(batch, left, right) {
                    let year = |id| facts.year_of(id);
                    answers.extend(
                        pairs.map(|(left, right)| Some(order.holds(&year(left), &year(right)))),
                    );
                    return;
                }
            }
            Quick::Test(test, of) => {
                if let Some(column) = column(batch, of) {
                    let figures = column.iter().map(|figure| Atom::Figure(*figure));
                    answers.extend(figures.map(|figure| (test.quick)(facts, Ok(figure))));
                    return;
                }
            }
            _ => (),
        }
        for row in 0..batch.parents.len() {
            self.bind_row(batch, row);
            answers.push(self.scope().holds(quick));
        }
    }
}

/// The values of two variables, row by row.
fn pairs<'b>(
    batch: &'b Batch,
    left: &Read<'_>,
    right: &Read<'_>,
) -> Option<impl Iterator<Item = (FigureId, FigureId)> + use<'b>> {
    let left = column(batch, left)?.iter().copied();
    Some(left.zip(column(batch, right)?.iter().copied()))
}

/// The values of a variable.
pub(super) fn column<'b>(batch: &'b Batch, read: &Read<'_>) -> Option<&'b [FigureId]> {
    match read {
        Read::Slot(slot) => batch.column(*slot),
        _ => None,
    }
}
