//! What a check comes to, and how it is told.

use super::Run;
use crate::bound::{Reason, Reasons, Truth};
use crate::facts::FigureId;
use crate::value::Value;

/// The verdict of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What is required holds.
    Holds,
    /// It does not.
    Violated,
    /// It could not be decided, and why.
    Undetermined(Reasons),
}

/// Where checks go.
pub trait Sink {
    /// Takes a check.
    fn take(&mut self, check: &Check<'_>);

    /// Takes checks that came of rows that were run side by side.
    fn take_all(&mut self, checks: &mut Checks<'_>) {
        for row in 0..checks.len() {
            checks.with(row, |check| self.take(check));
        }
    }
}

impl<F: FnMut(&Check<'_>)> Sink for F {
    fn take(&mut self, check: &Check<'_>) {
        self(check);
    }
}

/// One check, as the sink sees it.
#[derive(Clone, Copy, Debug)]
pub struct Check<'e> {
    /// The verdict.
    pub verdict: &'e Verdict,
    /// The variables' values; those not yet reached are unknown.
    pub frame: &'e [Value],
    /// Which requirement it is of; `None` where the rule did not come so far.
    pub require: Option<usize>,
    /// Who was passed over on the way to a superior.
    pub way: &'e [Reason],
    /// Which of the rule's severities applies, where that is known already.
    pub weight: Option<usize>,
}

/// Checks of the first requirement of a rule that do not hold, side by side. Nobody was passed over on the way to them, and
/// why they are undetermined is left out.
#[derive(Debug)]
pub struct Checks<'e> {
    pub(super) frame: &'e mut [Value],
    /// Of each whether what is required holds.
    pub(super) answers: &'e [Option<bool>],
    /// Of each which of the rule's severities applies, where that is known already.
    pub(super) weights: &'e [Option<usize>],
    /// By variable, its value in each.
    pub(super) columns: &'e [(usize, &'e [FigureId])],
}

impl<'e> Checks<'e> {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Of each, whether it is violated, and which of the rule's severities applies, where that is known already.
    pub fn said(&self) -> impl Iterator<Item = (bool, Option<usize>)> + use<'e> {
        let violated = self.answers.iter().map(Option::is_some);
        violated.zip(self.weights.iter().copied())
    }

    /// The values of a variable, where they are figures that it was run over or that it was given.
    #[must_use]
    pub fn column(&self, slot: usize) -> Option<&'e [FigureId]> {
        let mut columns = self.columns.iter();
        let column = columns.find(|(of, _)| *of == slot)?;
        Some(column.1)
    }

    /// Looks at one of them by itself.
    pub fn with(&mut self, row: usize, look: impl FnOnce(&Check<'_>)) {
        for (slot, column) in self.columns {
            if let (Some(place), Some(figure)) = (self.frame.get_mut(*slot), column.get(row)) {
                *place = Value::Figure(*figure);
            }
        }
        let verdict = match self.answers.get(row) {
            Some(Some(_)) => Verdict::Violated,
            _ => Verdict::Undetermined(Reasons::unsaid()),
        };
        look(&Check {
            verdict: &verdict,
            frame: self.frame,
            require: Some(0),
            way: &[],
            weight: self.weights.get(row).copied().flatten(),
        });
    }
}

impl Run<'_> {
    /// Asks what is required of a row.
    pub(super) fn require(&mut self) {
        let requires = self.query.rule.requires.iter().zip(&self.query.requires);
        for (number, (require, quick)) in requires.enumerate() {
            let known = quick.as_ref().and_then(|quick| self.scope().holds(quick));
            if known.is_none() && self.is_ignored(quick.as_ref()) {
                self.undetermined(Reasons::unsaid(), Some(number));
                continue;
            }
            let truth = match known {
                Some(holds) => holds.into(),
                None => self.truth(&require.code),
            };
            match truth {
                Truth::True => self.emit(&Verdict::Holds, Some(number)),
                Truth::False => self.emit(&Verdict::Violated, Some(number)),
                Truth::Unknown(reasons) => self.undetermined(reasons, Some(number)),
            }
        }
    }

    pub(super) fn undetermined(&mut self, reasons: Reasons, require: Option<usize>) {
        self.emit(&Verdict::Undetermined(reasons), require);
    }

    fn emit(&mut self, verdict: &Verdict, require: Option<usize>) {
        let sifting = self.sifting.as_mut();
        if sifting.is_some_and(|sifting| !sifting.tells(verdict)) {
            return;
        }
        self.settle();
        self.sink.take(&Check {
            verdict,
            frame: &self.frame,
            require,
            way: &self.way,
            weight: None,
        });
    }
}
