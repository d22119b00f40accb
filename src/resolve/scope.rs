//! What is known while a rule is resolved: its slots, what is said of them, and what was wrong so far.

use rustc_hash::FxHashMap;

use super::lint::Settled;
use super::typed::{Code, Slot};
use super::wrong;
use crate::catalogue::{Catalogue, IndicatorId};
use crate::problem::Problem;
use crate::quantity::Dimension;
use crate::source::{Span, Spanned};
use crate::syntax::Define;
use crate::value::{Kind, Value};

/// An expression's code, kind and, where it is known before running, dimension.
#[derive(Debug)]
pub(super) struct Typed {
    pub code: Code,
    pub kind: Kind,
    pub dimension: Option<Dimension>,
    pub span: Span,
}

/// The resolver of one rule.
pub(super) struct Resolver<'c> {
    pub catalogue: &'c Catalogue,
    pub slots: Vec<Slot>,
    pub problems: Vec<Problem>,
    /// The indicator a variable is known to be of.
    pub indicators: FxHashMap<usize, IndicatorId>,
    /// The dimension a definition's parameter is known to have.
    pub dimensions: FxHashMap<usize, Dimension>,
    /// The definitions that may be used here.
    pub defines: &'c [Define],
    /// All definitions of the file.
    pub every_define: &'c [Define],
    /// Those that were used, by their place.
    pub used_defines: Vec<usize>,
    /// The conditions set so far.
    pub settled: Settled,
    used: Vec<bool>,
    /// Slots whose aggregate or definition has ended.
    hidden: Vec<bool>,
}

impl<'c> Resolver<'c> {
    pub fn new(catalogue: &'c Catalogue, defines: &'c [Define]) -> Self {
        Self {
            catalogue,
            slots: Vec::new(),
            problems: Vec::new(),
            indicators: FxHashMap::default(),
            dimensions: FxHashMap::default(),
            defines,
            every_define: defines,
            used_defines: Vec::new(),
            settled: Settled::default(),
            used: Vec::new(),
            hidden: Vec::new(),
        }
    }

    /// Takes a variable or parameter in; a name given twice is reported.
    pub fn bind(&mut self, name: &Spanned<String>, kind: Kind, parameter: Option<Value>) -> usize {
        if let Some(at) = self.visible(&name.value)
            && let Some(earlier) = self.slots.get(at)
        {
            let first = earlier.name.span;
            self.problems.push(wrong::bound_twice(name, first));
        }
        let slot = self.bind_fresh(name, kind);
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.parameter = parameter;
        }
        slot
    }

    /// The slot of a name, and its kind.
    pub fn slot(&mut self, name: &str) -> Option<(usize, Kind)> {
        let at = self.visible(name)?;
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
        self.slots.get(at).map(|slot| (at, slot.kind))
    }

    fn visible(&self, name: &str) -> Option<usize> {
        let named = |(at, slot): &(usize, &Slot)| {
            slot.name.value == name && self.hidden.get(*at) == Some(&false)
        };
        self.slots
            .iter()
            .enumerate()
            .filter(named)
            .map(|(at, _)| at)
            .next_back()
    }

    /// Takes a definition's parameter in, which may hide a name of the rule.
    pub fn bind_fresh(&mut self, name: &Spanned<String>, kind: Kind) -> usize {
        self.slots.push(Slot {
            name: name.clone(),
            kind,
            parameter: None,
        });
        self.used.push(false);
        self.hidden.push(false);
        self.slots.len() - 1
    }

    /// Ends the scope of the slots from a number on.
    pub fn hide_from(&mut self, first: usize) {
        for hidden in self.hidden.iter_mut().skip(first) {
            *hidden = true;
        }
    }

    /// A variable that is only run over is used: its existence is what the rule asks.
    pub fn mark_used(&mut self, slot: usize) {
        if let Some(used) = self.used.get_mut(slot) {
            *used = true;
        }
    }

    /// Reports a fault; the expression it spoils has no type.
    pub fn wrong<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    /// Variables and parameters that nothing reads.
    pub fn unused(&mut self) {
        for (at, slot) in self.slots.iter().enumerate() {
            if !self.used.get(at).copied().unwrap_or(true) {
                self.problems.push(wrong::unused(&slot.name));
            }
        }
    }
}
