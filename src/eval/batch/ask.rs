//! Conditions, asked of all rows one after another.

use std::ops::Range;
use std::{mem, ptr};

use super::super::Run;
use super::Batch;
use crate::facts::{Facts, FigureId};
use crate::query::Asked;
use crate::query::quick::{Quick, Read, Whole};
use crate::relation;
use crate::value::Atom;

impl<'q> Run<'q> {
    /// Asks each row a condition of the query.
    pub(super) fn ask_condition(
        &mut self,
        batch: &mut Batch,
        (number, asked): (usize, &'q Asked<'q>),
    ) {
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
                if let Some(pairs) = pairs(batch, left, right) {
                    let pairs = batch.fails.iter().zip(pairs);
                    answers.extend(pairs.map(|(fails, (left, right))| match fails {
                        true => Some(false),
                        false => self.facts.is_no_weaker(left, right),
                    }));
                }
            }
            _ => self.answer_rows(batch, quick, &mut answers),
        }
        batch.answers = answers;
    }

    /// The answers of all rows: what reads no more than variables is asked of their columns.
    pub(super) fn answer_rows(
        &mut self,
        batch: &Batch,
        quick: &'q Quick<'q>,
        answers: &mut Vec<Option<bool>>,
    ) {
        let is_answered = match quick {
            Quick::Not(inner) => {
                self.answer_rows(batch, inner, answers);
                for answer in answers.iter_mut() {
                    *answer = answer.map(|holds| !holds);
                }
                true
            }
            Quick::All(parts) => self.answer_joined(batch, parts, false, answers),
            Quick::Any(parts) => self.answer_joined(batch, parts, true, answers),
            Quick::Compare(order, left, right) => {
                self.compare_rows(batch, *order, (left, right), answers)
            }
            Quick::Same(read, Read::Constant(other)) => {
                self.answer_same(batch, read, *other, answers)
            }
            Quick::Test(test, of) => column(batch, of).is_some_and(|column| {
                (test.many)(self.facts, column, answers);
                true
            }),
            _ => answer_pairs(self.facts, batch, quick, answers),
        };
        if !is_answered {
            self.answer_each(batch, quick, answers);
        }
    }

    /// Asks what facts hold of figures whether it is this; gives whether it was asked.
    fn answer_same(
        &self,
        batch: &Batch,
        read: &'q Read<'q>,
        other: Atom<'q>,
        answers: &mut Vec<Option<bool>>,
    ) -> bool {
        let Some(column) = read.of().and_then(|of| batch.column(of)) else {
            return false;
        };
        let (facts, scope) = (self.facts, self.scope());
        let mut same = Same { other, last: None };
        match read {
            Read::Held(of, held) if held.marked && matches!(**of, Read::Slot(_)) => {
                let mut lately = Lately::<_, 256>::new();
                answers.extend(column.iter().map(|figure| {
                    let marks = facts.marks_of(*figure);
                    let found = || same.is((held.get)(facts, Atom::Figure(*figure)));
                    lately.answer(marks, marks.into(), found)
                }));
            }
            Read::Held(of, held) if matches!(**of, Read::Slot(_)) => {
                let found = |of: &FigureId| (held.get)(facts, Atom::Figure(*of));
                answers.extend(column.iter().map(|figure| same.is(found(figure))));
            }
            _ => {
                let mut found = |of: &FigureId| same.is(scope.read_of(*of, read).ok());
                if read.is_of_plan() {
                    let mut lately = Lately::<_>::new();
                    answers.extend(column.iter().map(|figure| {
                        let plan = facts.plan_of_figure(*figure);
                        lately.answer(plan, plan.0 as usize, || found(figure))
                    }));
                } else if read.is_of_indicator() {
                    let mut lately = Lately::<_>::new();
                    answers.extend(column.iter().map(|figure| {
                        let indicator = facts.indicator_of(*figure);
                        lately.answer(indicator, indicator.index(), || found(figure))
                    }));
                } else {
                    answers.extend(column.iter().map(found));
                }
            }
        }
        true
    }

    /// Asks row by row.
    fn answer_each(
        &mut self,
        batch: &Batch,
        quick: &'q Quick<'q>,
        answers: &mut Vec<Option<bool>>,
    ) {
        let aggregate = quick.aggregate();
        let members = aggregate.and_then(|(over, of)| Some((over.quick?, column(batch, of)?)));
        let mut nowhere = members.map(|(over, column)| Nowhere::new(self.facts, over, column));
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

/// Asks what two figures have to do with each other; gives whether it was asked.
fn answer_pairs(
    facts: &Facts,
    batch: &Batch,
    quick: &Quick<'_>,
    answers: &mut Vec<Option<bool>>,
) -> bool {
    let (Quick::NoWeaker(left, right)
    | Quick::Shared(_, left, right)
    | Quick::Order(_, Whole::Year(left), Whole::Year(right))) = quick
    else {
        return false;
    };
    let Some(pairs) = pairs(batch, left, right) else {
        return false;
    };
    match quick {
        Quick::Shared(field, ..) => {
            answers.extend(pairs.map(|(left, right)| Some(facts.is_same(*field, left, right))));
        }
        Quick::Order(order, ..) => {
            let year = |id| facts.year_of(id);
            answers.extend(pairs.map(|(left, right)| Some(order.holds(&year(left), &year(right)))));
        }
        _ => answers.extend(pairs.map(|(left, right)| facts.is_no_weaker(left, right))),
    }
    true
}

impl<'q> Run<'q> {
    /// Kleene's `and` and `or`: what one part decides is not asked the next.
    fn answer_joined(
        &mut self,
        batch: &Batch,
        parts: &'q [Quick<'q>],
        decides: bool,
        answers: &mut Vec<Option<bool>>,
    ) -> bool {
        let Some((first, rest)) = parts.split_first() else {
            answers.resize(batch.parents.len(), Some(!decides));
            return true;
        };
        self.answer_rows(batch, first, answers);
        for part in rest {
            let is_open = |answer: &&Option<bool>| **answer != Some(decides);
            let open = answers.iter().filter(is_open).count();
            if open == 0 {
                return true;
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
        true
    }
}

/// Whether what is found is something. Words of this program are known by where they stand: most rows say what the one
/// before them says.
struct Same<'e> {
    other: Atom<'e>,
    last: Option<(&'e str, bool)>,
}

impl<'e> Same<'e> {
    #[inline]
    fn is(&mut self, found: Option<Atom<'e>>) -> Option<bool> {
        let found = found?;
        let word = match found {
            Atom::Word(word) => Some(word),
            _ => None,
        };
        if let (Some(word), Some((last, answer))) = (word, self.last)
            && ptr::eq(word, last)
        {
            return Some(answer);
        }
        let answer = found == self.other;
        self.last = word.map(|word| (word, answer));
        Some(answer)
    }
}

/// What was answered of plans, indicators or marks lately, so many of them: figures stand together by their plans, the
/// superiors of a plan's targets are targets of the same few, and plans print the same indicators.
struct Lately<K, const KNOWN: usize = 64>([Option<(K, Option<bool>)>; KNOWN]);

impl<K: Copy + PartialEq, const KNOWN: usize> Lately<K, KNOWN> {
    const fn new() -> Self {
        Self([None; KNOWN])
    }

    /// The answer for one of a number.
    #[inline]
    fn answer(&mut self, of: K, number: usize, ask: impl FnOnce() -> Option<bool>) -> Option<bool> {
        let Some(place) = self.0.get_mut(number % KNOWN) else {
            return ask();
        };
        match place {
            Some((known, answer)) if *known == of => *answer,
            _ => place.insert((of, ask())).1,
        }
    }
}

/// Joins two answers.
pub(super) fn join(one: Option<bool>, other: Option<bool>, decides: bool) -> Option<bool> {
    if one == Some(decides) || other == Some(decides) {
        Some(decides)
    } else {
        one.and(other)
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
