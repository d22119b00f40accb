//! Conditions, asked of all rows one after another.

use std::mem;
use std::ops::Range;

use super::super::Run;
use super::super::quick::{Scope, alike};
use super::Batch;
use crate::bound::Order;
use crate::facts::{Facts, FigureId};
use crate::query::quick::{Extent, Quick, Read, Whole};
use crate::relation;
use crate::value::{Atom, Measure};

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
        match quick {
            Quick::NoWeaker(left, right) if !batch.fails.is_empty() => {
                let pairs = pairs(batch, left, right).into_iter().flatten();
                let pairs = batch.fails.iter().zip(pairs);
                answers.extend(pairs.map(|(fails, (left, right))| match fails {
                    true => Some(false),
                    false => self.facts.is_no_weaker(left, right),
                }));
            }
            _ => self.answer_rows(batch, quick, &mut answers),
        }
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
            Quick::All(parts) => return self.answer_joined(batch, parts, false, answers),
            Quick::Any(parts) => return self.answer_joined(batch, parts, true, answers),
            Quick::Same(Read::Held(of, held), Read::Constant(other)) => {
                if let Some(column) = column(batch, of) {
                    let figures = column.iter().map(|figure| Atom::Figure(*figure));
                    let found = figures.map(|figure| (held.get)(facts, figure));
                    answers.extend(found.map(|found| found.map(|found| found == *other)));
                    return;
                }
            }
            Quick::Compare(order, left, right) => {
                if self.compare_rows(batch, *order, (left, right), answers) {
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
        let aggregate = quick.aggregate();
        let members = aggregate.and_then(|(over, of)| Some((over.quick?, column(batch, of)?)));
        let mut nowhere = members.map(|(over, column)| Nowhere::new(facts, over, column));
        for row in 0..batch.parents.len() {
            if let Some(answer) = nowhere.as_mut().and_then(|known| known.answer(row)) {
                answers.push(Some(answer));
                continue;
            }
            self.bind_row(batch, row);
            let answer = self.scope().holds(quick);
            if let Some(known) = &mut nowhere {
                known.learn(answer);
            }
            answers.push(answer);
        }
    }
}

impl<'q> Run<'q> {
    /// Kleene's `and` and `or`: what one part decides is not asked the next.
    fn answer_joined(
        &mut self,
        batch: &Batch,
        parts: &'q [Quick<'q>],
        decides: bool,
        answers: &mut Vec<Option<bool>>,
    ) {
        let Some((first, rest)) = parts.split_first() else {
            answers.resize(batch.parents.len(), Some(!decides));
            return;
        };
        self.answer_rows(batch, first, answers);
        for part in rest {
            let is_open = |answer: &&Option<bool>| **answer != Some(decides);
            let open = answers.iter().filter(is_open).count();
            if open == 0 {
                return;
            }
            if open > answers.len() / 4 {
                let mut more = Vec::with_capacity(answers.len());
                self.answer_rows(batch, part, &mut more);
                for (answer, more) in answers.iter_mut().zip(more) {
                    *answer = join(*answer, more, decides);
                }
            } else {
                for (row, answer) in answers.iter_mut().enumerate() {
                    if *answer != Some(decides) {
                        self.bind_row(batch, row);
                        *answer = join(*answer, self.scope().holds(part), decides);
                    }
                }
            }
        }
    }

    /// Compares two quantities that are each of one variable; gives whether they are. What is worked out of a figure is not
    /// worked out again for the next rows.
    fn compare_rows(
        &mut self,
        batch: &Batch,
        order: Order,
        (left, right): (&'q Extent<'q>, &'q Extent<'q>),
        answers: &mut Vec<Option<bool>>,
    ) -> bool {
        let mut sides = (Side::new(batch, left), Side::new(batch, right));
        let (Some(one), Some(other)) = (&mut sides.0, &mut sides.1) else {
            return false;
        };
        let scope = self.scope();
        answers.extend((0..batch.parents.len()).map(|row| {
            let (left, right) = (one.measure(scope, row)?, other.measure(scope, row)?);
            alike(&left, &right)?;
            left.compact.compare(order, &right.compact)
        }));
        true
    }
}

/// Joins two answers.
fn join(one: Option<bool>, other: Option<bool>, decides: bool) -> Option<bool> {
    if one == Some(decides) || other == Some(decides) {
        Some(decides)
    } else {
        one.and(other)
    }
}

/// How many figures it is known of at once what was worked out of them.
const KNOWN: usize = 128;

/// A quantity of a variable, row by row.
struct Side<'b, 'e> {
    extent: &'e Extent<'e>,
    /// The variable and its values; of none, where the quantity is one of the rule.
    of: Option<(usize, &'b [FigureId])>,
    known: Vec<Option<(FigureId, Option<Measure<'e>>)>>,
}

impl<'b, 'e> Side<'b, 'e> {
    fn new(batch: &'b Batch, extent: &'e Extent<'e>) -> Option<Self> {
        let of = match extent.of_one() {
            Some(slot) => Some((slot, batch.column(slot)?)),
            None if matches!(extent, Extent::Constant(..)) => None,
            None => return None,
        };
        Some(Self {
            extent,
            of,
            known: vec![None; KNOWN],
        })
    }

    fn measure(&mut self, scope: Scope<'_, 'e>, row: usize) -> Option<Measure<'e>> {
        let Some((slot, column)) = self.of else {
            return scope.measure(self.extent);
        };
        let figure = *column.get(row)?;
        let place = self.known.get_mut(figure.0 as usize % KNOWN)?;
        match place {
            Some((known, measure)) if *known == figure => *measure,
            _ => {
                let measure = scope.of(slot, figure, |scope| scope.measure(self.extent));
                *place = Some((figure, measure));
                measure
            }
        }
    }
}

/// An aggregate over what a relation leads to from figures: where it leads nowhere, it is asked once for all of them. Most
/// plans have nobody below them.
struct Nowhere<'b> {
    facts: &'b Facts,
    over: relation::Quick,
    column: &'b [FigureId],
    /// The figures of the last plan, and whether it leads nowhere from there.
    plan: (Range<u32>, bool),
    answer: Option<bool>,
}

impl<'b> Nowhere<'b> {
    const fn new(facts: &'b Facts, over: relation::Quick, column: &'b [FigureId]) -> Self {
        Self {
            facts,
            over,
            column,
            plan: (0..0, false),
            answer: None,
        }
    }

    /// The answer for a row from which it leads nowhere, if that is known.
    fn answer(&mut self, row: usize) -> Option<bool> {
        let figure = self.column.get(row)?;
        if !self.plan.0.contains(&figure.0) {
            let plan = self.facts.plan_of_figure(*figure);
            let leads_nowhere = self.over.leads_nowhere(self.facts, plan);
            self.plan = (self.facts.range_of(plan), leads_nowhere);
        }
        self.answer.filter(|_| self.plan.1)
    }

    /// Notes the answer for the last row, where it leads nowhere from there.
    fn learn(&mut self, answer: Option<bool>) {
        if self.plan.1 {
            self.answer = answer;
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
