//! Shortcuts of conditions: parts of figures that are compared without being read, variables that are looked through.

use super::compile::Compiler;
use super::quick::{Quick, Read};
use crate::facts::Field;
use crate::resolve::{Code, Step};

impl<'r> Compiler<'_, 'r> {
    /// Whether a variable of this value is looked through: it is a quantity that takes working out.
    pub fn looks_through(self, code: &'r Code) -> bool {
        matches!(code, Code::Aggregate(_)) && self.extent(code).is_some()
    }

    /// What a variable is looked through to.
    pub(super) fn behind(self, slot: usize) -> Option<&'r Code> {
        let code = self.steps.iter().find_map(|step| match step {
            Step::Let {
                slot: own, code, ..
            } if *own == slot => Some(code),
            _ => None,
        })?;
        self.looks_through(code).then_some(code)
    }

    /// Whether two figures have the same part in common.
    pub(super) fn shared(self, left: &'r Code, right: &'r Code) -> Option<Quick<'r>> {
        let (field, left) = self.field(left)?;
        let (other, right) = self.field(right)?;
        (field == other).then_some(Quick::Shared(field, left, right))
    }

    /// A part of a figure that is compared without being read.
    pub(super) fn field(self, code: &'r Code) -> Option<(Field, Read<'r>)> {
        match code {
            Code::Column(of, column) => Some((column.field?, self.read(of)?)),
            _ => None,
        }
    }
}
