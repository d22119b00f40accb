//! Conditions that name the indicator of a figure, and those that read nothing else.

use super::compile::Compiler;
use super::quick::Read;
use crate::resolve::{Code, TypedRule};
use crate::value::{Atom, Kind};

/// The variable of whose figures a condition reads the indicator, where it reads nothing else that changes from row
/// to row.
pub(super) fn alone(code: &Code, rule: &TypedRule) -> Option<usize> {
    let slot = |slot: usize| rule.slots.get(slot);
    let is_variable = |of: usize| slot(of).is_some_and(|slot| slot.parameter.is_none());
    let (mut reads, mut indicators) = (Vec::new(), Vec::new());
    let (mut plain, mut loops) = (true, false);
    code.walk(
        &mut |part| match part {
            Code::Slot(of) if is_variable(*of) => reads.push(*of),
            Code::Column(of, column) if column.name == "indicator" => {
                if let Code::Slot(of) = **of
                    && slot(of).is_some_and(|slot| slot.kind == Kind::Figure)
                {
                    indicators.push(of);
                }
            }
            // These bind variables of their own, or are too dear to be asked of what may never come.
            Code::Aggregate(_) | Code::With(..) | Code::Table(_) | Code::Answers(..) => {
                plain = false;
            }
            _ => (),
        },
        &mut |_| loops = true,
    );
    let one = *indicators.first()?;
    let same = reads.iter().chain(&indicators).all(|of| *of == one);
    (plain && !loops && same && reads.len() == indicators.len()).then_some(one)
}

impl<'r> Compiler<'_, 'r> {
    /// The indicator that some condition says a variable is of, where it is known before the variable is bound.
    pub fn indicator(
        self,
        slot: usize,
        conditions: impl Iterator<Item = &'r Code>,
        known: &dyn Fn(usize) -> bool,
    ) -> Option<Read<'r>> {
        let own = |code: &Code| match code {
            Code::Column(figure, column) if column.name == "indicator" => {
                matches!(**figure, Code::Slot(of) if of == slot)
            }
            _ => false,
        };
        let named = |code: &'r Code| {
            let mut all = true;
            code.slots(&mut |other| all &= known(other));
            self.read(code).filter(|_| all)
        };
        conditions.into_iter().find_map(|code| match code {
            Code::IsIndicator(of, indicator) if own(of) => {
                Some(Read::Constant(Atom::Indicator(*indicator)))
            }
            Code::Same(left, right) if own(left) => named(right),
            Code::Same(left, right) if own(right) => named(left),
            _ => None,
        })
    }
}
