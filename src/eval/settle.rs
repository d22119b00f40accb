//! Values and truths for a run, the general way: what was only looked through so far is given its value first.

use std::mem;

use super::Run;
use super::code::{truth, value};
use crate::bound::Truth;
use crate::query::Given;
use crate::resolve::Code;
use crate::value::Value;

impl Run<'_> {
    /// The truth of a condition, the general way.
    pub(super) fn truth(&mut self, code: &Code) -> Truth {
        self.settle();
        truth(code, &self.frame, self.facts)
    }

    /// Gives those variables their values that were not needed so far.
    pub(super) fn settle(&mut self) {
        for (slot, code) in mem::take(&mut self.unsettled) {
            let value = value(code, &self.frame, self.facts);
            self.bind(slot, value);
        }
    }

    /// The value of an expression, without working it out where it can be read.
    pub(super) fn value(&mut self, given: &Given<'_>) -> Value {
        let read = given.read.as_ref();
        match read.map(|read| self.scope().read(read)) {
            Some(Ok(atom)) => atom.into(),
            _ => self.worked_out(given.code),
        }
    }

    /// The value of an expression, worked out.
    pub(super) fn worked_out(&mut self, code: &Code) -> Value {
        self.settle();
        value(code, &self.frame, self.facts)
    }
}
