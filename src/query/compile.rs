//! Which conditions have a quick form.

use super::quick::{Extent, Figures, Over, Quick, Read, Round, Whole};
use crate::bound::{Compact, Order};
use crate::facts::Field;
use crate::quantity::Number;
use crate::relation::{Column, Get, bound_of};
use crate::resolve::{AggregateCode, Arithmetic, Code, SetOperator, Slot, Source, Step, TypedRule};
use crate::syntax::Aggregate;
use crate::value::{Atom, Kind, Value};

/// The variables of a rule: what the quick forms of its conditions are made with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compiler<'c, 'r> {
    slots: &'r [Slot],
    pub(super) steps: &'r [Step],
    with: Option<With<'c, 'r>>,
}

/// What a definition is used with, and where its use stands: its parameters are replaced by what they are.
#[derive(Clone, Copy, Debug)]
struct With<'c, 'r> {
    parts: &'r [(usize, Code)],
    outer: &'c Compiler<'c, 'r>,
}

impl<'r> Compiler<'_, 'r> {
    pub fn new(rule: &'r TypedRule) -> Self {
        Self {
            slots: &rule.slots,
            steps: &rule.steps,
            with: None,
        }
    }

    /// Makes something of the parts and the body of a definition that is used.
    fn within<T>(
        self,
        parts: &'r [(usize, Code)],
        make: impl FnOnce(Compiler<'_, 'r>) -> Option<T>,
    ) -> Option<T> {
        make(Compiler {
            slots: self.slots,
            steps: self.steps,
            with: Some(With {
                parts,
                outer: &self,
            }),
        })
    }

    /// What a parameter of the definition is replaced by, and where that stands.
    fn replaced(&self, slot: usize) -> Option<(Compiler<'_, 'r>, &'r Code)> {
        let with = self.with.as_ref()?;
        let part = with.parts.iter().find(|(own, _)| *own == slot);
        match part {
            Some((_, code)) => Some((*with.outer, code)),
            None => with.outer.replaced(slot),
        }
    }

    /// A condition.
    pub fn quick(self, code: &'r Code) -> Option<Quick<'r>> {
        Some(match code {
            Code::Not(inner) => Quick::Not(Box::new(self.quick(inner)?)),
            Code::All(parts) => Quick::All(self.all(parts)?),
            Code::Any(parts) => Quick::Any(self.all(parts)?),
            Code::Implies(left, right) => {
                let left = Quick::Not(Box::new(self.quick(left)?));
                Quick::Any(vec![left, self.quick(right)?])
            }
            Code::If(condition, yes, no) => Quick::If(Box::new((
                self.quick(condition)?,
                self.quick(yes)?,
                self.quick(no)?,
            ))),
            Code::Same(left, right) if self.kind(left) == Some(Kind::Truth) => {
                let not = |code| Some(Quick::Not(Box::new(self.quick(code)?)));
                let sides = (self.quick(left)?, self.quick(right)?, not(right)?);
                Quick::If(Box::new(sides))
            }
            Code::Same(left, right) => match self.shared(left, right) {
                Some(shared) => shared,
                None => Quick::Same(self.read(left)?, self.read(right)?),
            },
            Code::Compare(order, left, right) => self.compare(*order, left, right)?,
            Code::NoWeaker(left, right) => {
                if self.kind(left)? != Kind::Figure || self.kind(right)? != Kind::Figure {
                    return None;
                }
                Quick::NoWeaker(self.read(left)?, self.read(right)?)
            }
            Code::Test(of, test) => Quick::Test(test, self.read(of)?),
            Code::IsIndicator(of, indicator) => Quick::IsIndicator(self.read(of)?, *indicator),
            Code::With(parts, body) => self.within(parts, |inner| inner.quick(body))?,
            Code::Aggregate(code) => match code.aggregate {
                Aggregate::Any => {
                    let rounds = self.rounds(code, Some(&code.value))?;
                    Quick::Among(Aggregate::Any, rounds, Box::new(self.quick(&code.value)?))
                }
                Aggregate::Every => {
                    let rounds = self.rounds(code, None)?;
                    Quick::Among(Aggregate::Every, rounds, Box::new(self.quick(&code.value)?))
                }
                _ => return None,
            },
            _ => return None,
        })
    }

    fn all(self, parts: &'r [Code]) -> Option<Vec<Quick<'r>>> {
        parts.iter().map(|part| self.quick(part)).collect()
    }

    fn compare(self, order: Order, left: &'r Code, right: &'r Code) -> Option<Quick<'r>> {
        let whole = |kind: Kind| matches!(kind, Kind::Year | Kind::Number);
        let (one, other) = (self.kind(left)?, self.kind(right)?);
        if whole(one) && whole(other) {
            let shared = self.shared(left, right).filter(|_| order == Order::Equal);
            if shared.is_some() {
                return shared;
            }
            return Some(Quick::Order(order, self.whole(left)?, self.whole(right)?));
        }
        Some(Quick::Compare(
            order,
            self.extent(left)?,
            self.extent(right)?,
        ))
    }

    /// Something that is read where it stands.
    pub fn read(self, code: &'r Code) -> Option<Read<'r>> {
        match code {
            Code::Constant(value) => Some(Read::Constant(Atom::of(value)?)),
            Code::Slot(slot) => match (self.replaced(*slot), self.parameter(*slot)) {
                (Some((outer, code)), _) => outer.read(code),
                (None, Some(value)) => Some(Read::Constant(Atom::of(value)?)),
                (None, None) => Some(Read::Slot(*slot)),
            },
            Code::With(parts, body) => self.within(parts, |inner| inner.read(body)),
            Code::Column(of, column) => match (self.read(of)?, column.get) {
                (Read::Slot(slot), _) if is_figures(column, "plan") => Some(Read::PlanOf(slot)),
                (Read::Slot(slot), _) if is_figures(column, "indicator") => {
                    Some(Read::IndicatorOf(slot))
                }
                (of, Get::Held(held)) => Some(Read::Held(Box::new(of), held)),
                _ => None,
            },
            Code::Call(builtin, arguments) => match (builtin.held, arguments.as_slice()) {
                (Some(held), [of]) => Some(Read::Held(Box::new(self.read(of)?), held)),
                _ => None,
            },
            _ => None,
        }
    }

    fn parameter(self, slot: usize) -> Option<&'r Value> {
        self.slots.get(slot)?.parameter.as_ref()
    }

    fn whole(self, code: &'r Code) -> Option<Whole<'r>> {
        match code {
            Code::Arithmetic(operator, left, right) => {
                let sides = Box::new((self.whole(left)?, self.whole(right)?));
                match operator {
                    Arithmetic::Plus => Some(Whole::Plus(sides)),
                    Arithmetic::Minus => Some(Whole::Minus(sides)),
                    _ => None,
                }
            }
            Code::Aggregate(code) if code.aggregate == Aggregate::Count => {
                Some(Whole::Count(self.rounds(code, None)?))
            }
            _ => match self.field(code) {
                Some((Field::Year, of)) => Some(Whole::Year(of)),
                _ => Some(Whole::Read(self.read(code)?)),
            },
        }
    }

    pub(super) fn extent(self, code: &'r Code) -> Option<Extent<'r>> {
        match code {
            Code::Constant(value) => constant(value),
            Code::Slot(slot) => match (self.replaced(*slot), self.parameter(*slot)) {
                (Some((outer, code)), _) => outer.extent(code),
                (None, Some(value)) => constant(value),
                (None, None) if self.kind(code)? == Kind::Figure => {
                    Some(Extent::Of(Read::Slot(*slot), bound_of))
                }
                // The loops behind it may have the variables of those that a definition's parameters are of.
                (None, None) if self.with.is_none() => self.extent(self.behind(*slot)?),
                _ => None,
            },
            Code::With(parts, body) => self.within(parts, |inner| inner.extent(body)),
            Code::If(condition, yes, no) => Some(Extent::If(Box::new((
                self.quick(condition)?,
                self.extent(yes)?,
                self.extent(no)?,
            )))),
            Code::Arithmetic(Arithmetic::Plus, left, right) => {
                let sides = (self.extent(left)?, self.extent(right)?);
                Some(Extent::Plus(Box::new(sides)))
            }
            Code::Arithmetic(Arithmetic::Minus, left, right) => {
                let sides = (self.extent(left)?, self.extent(right)?);
                Some(Extent::Minus(Box::new(sides)))
            }
            Code::Column(of, column) if is_figures(column, "edge") => {
                Some(Extent::Edge(self.read(of)?))
            }
            Code::Column(of, column) => match column.get {
                Get::Measured(_, measure) => Some(Extent::Of(self.read(of)?, measure)),
                _ => None,
            },
            Code::Call(..) if self.kind(code)? == Kind::Figure => {
                Some(Extent::Of(self.read(code)?, bound_of))
            }
            Code::Aggregate(code) if code.aggregate == Aggregate::Sum => {
                let value = Box::new(self.extent(&code.value)?);
                let rounds = self.rounds(code, None)?;
                Some(match &*rounds {
                    [round] if round.filter.is_none() && is_edge(&code.value, round.slot) => {
                        Extent::SumOfEdges(rounds, value)
                    }
                    _ => Extent::Sum(rounds, value),
                })
            }
            Code::Arithmetic(Arithmetic::Times, left, right) => {
                let (of, factor) = match (self.factor(left), self.factor(right)) {
                    (None, Some(factor)) => (left, factor),
                    (Some(factor), None) => (right, factor),
                    _ => return None,
                };
                Some(Extent::Times(Box::new(self.extent(of)?), factor))
            }
            _ => None,
        }
    }

    fn factor(self, code: &'r Code) -> Option<Number> {
        let value = match code {
            Code::Constant(value) => value,
            Code::Slot(slot) if self.replaced(*slot).is_some() => return None,
            Code::Slot(slot) => self.parameter(*slot)?,
            _ => return None,
        };
        match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The loops of an aggregate; what `any` asks may name the indicator, too: who has another one decides nothing.
    fn rounds(self, code: &'r AggregateCode, asked: Option<&'r Code>) -> Option<Vec<Round<'r>>> {
        // The loops of a definition may have the variables of those that its parameters are of.
        if self.with.is_some() {
            return None;
        }
        let last = code.loops.len().checked_sub(1)?;
        let bound = |at: usize| code.loops.iter().skip(at).map(|(slot, ..)| *slot);
        let rounds = code.loops.iter().enumerate();
        let rounds = rounds.map(|(at, (slot, source, filter))| {
            let over = match source {
                Source::Relation(relation, of) => {
                    let _ = relation.quick?;
                    Over::Relation(relation, self.read(of)?)
                }
                Source::List(code) => {
                    let asked = asked.filter(|_| at == last);
                    let conditions = filter.iter().chain(asked).flat_map(parts);
                    let known = |other: usize| bound(at).all(|later| later != other);
                    Over::Figures(Figures {
                        by: self.indicator(*slot, conditions, &known),
                        parts: self.listed(code)?,
                    })
                }
                Source::Table(_) => return None,
            };
            let filter = match filter {
                Some(filter) => Some(self.quick(filter)?),
                None => None,
            };
            Some(Round {
                slot: *slot,
                over,
                filter,
            })
        });
        rounds.collect()
    }

    /// The figures of plans that a list is of.
    pub fn listed(self, code: &'r Code) -> Option<Vec<(Read<'r>, crate::facts::FigureSet)>> {
        match code {
            Code::Column(plan, column) => Some(vec![(self.read(plan)?, column.set?)]),
            Code::Set(SetOperator::Union, left, right) => {
                let mut parts = self.listed(left)?;
                parts.extend(self.listed(right)?);
                Some(parts)
            }
            _ => None,
        }
    }

    /// The kind of what an expression gives, where it can be told at a glance.
    fn kind(self, code: &Code) -> Option<Kind> {
        match code {
            Code::Slot(slot) => self.slots.get(*slot).map(|slot| slot.kind),
            Code::Column(_, column) => Some(column.kind),
            Code::Call(builtin, _) => Some(builtin.result),
            Code::With(_, body) => self.kind(body),
            Code::If(_, yes, no) => self.kind(yes).filter(|kind| self.kind(no) == Some(*kind)),
            Code::Constant(Value::Number(_)) => Some(Kind::Number),
            Code::Constant(Value::Year(_)) => Some(Kind::Year),
            Code::Constant(Value::Amount(_)) => Some(Kind::Amount),
            Code::Constant(Value::Word(_) | Value::Text(_)) => Some(Kind::Text),
            Code::Arithmetic(_, left, right) => match (self.kind(left)?, self.kind(right)?) {
                (Kind::Year | Kind::Number, Kind::Year | Kind::Number) => Some(Kind::Number),
                _ => Some(Kind::Amount),
            },
            Code::Aggregate(code) => match code.aggregate {
                Aggregate::Count => Some(Kind::Number),
                Aggregate::Any | Aggregate::Every => Some(Kind::Truth),
                _ => match self.kind(&code.value)? {
                    Kind::Figure => Some(Kind::Amount),
                    kind => Some(kind),
                },
            },
            Code::Not(_)
            | Code::All(_)
            | Code::Any(_)
            | Code::Same(..)
            | Code::Compare(..)
            | Code::NoWeaker(..)
            | Code::Test(..)
            | Code::IsIndicator(..) => Some(Kind::Truth),
            _ => None,
        }
    }
}

/// Whether an expression is the guaranteed edge of a variable.
fn is_edge(code: &Code, slot: usize) -> bool {
    match code {
        Code::Column(of, column) => {
            is_figures(column, "edge") && matches!(**of, Code::Slot(own) if own == slot)
        }
        _ => false,
    }
}

/// Whether a column is that of figures of some name.
fn is_figures(column: &Column, name: &str) -> bool {
    column.of == Kind::Figure && column.name == name
}

/// What `and` joins.
fn parts(code: &Code) -> &[Code] {
    match code {
        Code::All(parts) => parts,
        _ => std::slice::from_ref(code),
    }
}

fn constant(value: &Value) -> Option<Extent<'_>> {
    match value {
        Value::Amount(amount) => {
            let compact = Compact::of(&amount.bound)?;
            Some(Extent::Constant(compact, Some(&amount.dimension)))
        }
        Value::Number(number) if *number == Number::ZERO => {
            let zero = Compact::of(&crate::bound::Bound::point(Number::ZERO))?;
            Some(Extent::Constant(zero, None))
        }
        _ => None,
    }
}
