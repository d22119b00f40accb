//! What a check comes to, and how it is told.

use super::Run;
use crate::bound::{Reason, Reasons, Truth};
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
                Truth::True => self.emit(&Verdict::Holds, Some(number), None),
                Truth::False => self.emit(&Verdict::Violated, Some(number), None),
                Truth::Unknown(reasons) => self.undetermined(reasons, Some(number)),
            }
        }
    }

    pub(super) fn undetermined(&mut self, reasons: Reasons, require: Option<usize>) {
        self.emit(&Verdict::Undetermined(reasons), require, None);
    }

    pub(super) fn emit(
        &mut self,
        verdict: &Verdict,
        require: Option<usize>,
        weight: Option<usize>,
    ) {
        let sifting = self.sifting.as_mut();
        if sifting.is_some_and(|sifting| !sifting.tells(verdict)) {
            return;
        }
        self.settle();
        (self.sink)(&Check {
            verdict,
            frame: &self.frame,
            require,
            way: &self.way,
            weight,
        });
    }
}
