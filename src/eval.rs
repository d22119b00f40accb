//! Queries over facts: every combination of a rule's variables becomes checks with verdicts.

mod aggregate;
mod batch;
mod code;
mod compute;
mod innermost;
mod loops;
mod part;
mod quick;
mod rounds;
mod sample;
mod set;
mod settle;
mod sieve;
mod undecided;
mod verdict;

use std::ops::Range;

use crate::bound::{Reason, Reasons, Truth};
use crate::catalogue::IndicatorId;
use crate::facts::{Facts, FigureId, PlanId, Recent};
use crate::query::quick::Read;
use crate::query::{Access, Action, Asked, Query};
use crate::relation::Answer;
use crate::resolve::Code;
use crate::value::{Atom, Value};

pub use code::{text, truth, value};
pub use quick::holds;
pub use sample::{Passed, Rows, sample};
pub use sieve::{Sieve, Sifted, sift};
pub use verdict::{Check, Checks, Sink, Verdict};

use batch::{Batch, WorkedOut};
use quick::Scope;
use sample::Sample;
use sieve::Sifting;

/// How many places the outermost loop of a query runs over: parts of them may be run one by one, side by side.
#[must_use]
pub fn places(query: &Query<'_>, facts: &Facts) -> usize {
    match query.stages.first().map(|stage| &stage.action) {
        Some(Action::For(_, Access::Scan(table), _)) => (table.places)(facts),
        Some(Action::For(
            _,
            Access::ByIndicator(_, Read::Constant(Atom::Indicator(indicator))),
            _,
        )) => facts.figures_by(*indicator).len(),
        _ => 1,
    }
}

/// Runs a query over a part of its outermost loop; every check goes into the sink, in the order of the tables.
/// Gives the number of values that its variables took.
pub fn evaluate(
    query: &Query<'_>,
    facts: &Facts,
    outermost: Outermost,
    sink: &mut dyn Sink,
) -> usize {
    let mut run = Run::new(query, facts, outermost, sink);
    run.stage(0);
    run.rows
}

/// What of its outermost loop a query is run over.
#[derive(Clone, Debug)]
pub enum Outermost {
    /// Some places.
    Places(Range<usize>),
    /// What stands in some plans: for a loop over a table of plans' entries.
    Plans(Vec<PlanId>),
    /// The figures of some indicators in some plans: for a loop over a table of figures.
    Figures(Vec<PlanId>, Vec<IndicatorId>),
}

/// What a variable is before it is bound.
#[must_use]
pub fn unbound() -> Value {
    Value::Unknown(Reasons::unsaid())
}

struct Run<'q> {
    query: &'q Query<'q>,
    facts: &'q Facts,
    sink: &'q mut dyn Sink,
    frame: Vec<Value>,
    /// Conditions asked early and not decided, with the stage of their `where`.
    pending: Vec<(usize, Reasons)>,
    way: Vec<Reason>,
    /// What is known of conditions that read nothing but an indicator, condition by condition.
    answers: Vec<Option<bool>>,
    /// Variables whose values are read where they stand, until something needs them whole.
    unsettled: Vec<(usize, &'q Code)>,
    /// The values bound so far.
    rows: usize,
    outermost: Outermost,
    /// The superiors of the figure that is asked now.
    superiors: Vec<FigureId>,
    /// Where only the cost is wanted.
    sample: Option<&'q mut Sample>,
    /// Where only some checks are told.
    sifting: Option<Sifting<'q>>,
    /// Quantities that were worked out for rows that are run side by side.
    worked_out: Vec<WorkedOut<'q>>,
    /// Memory for rows that are run side by side.
    batch: Batch,
}

impl<'q> Run<'q> {
    fn new(
        query: &'q Query<'q>,
        facts: &'q Facts,
        outermost: Outermost,
        sink: &'q mut dyn Sink,
    ) -> Self {
        let slots = query.rule.slots.iter();
        let frame = slots
            .map(|slot| slot.parameter.clone().unwrap_or_else(unbound))
            .collect();
        let mut conditions = query.conditions.iter();
        let asked_once = conditions.rposition(|asked| asked.of_indicator.is_some());
        let answers = asked_once.map_or(0, |last| (last + 1) * facts.catalogue.len());
        Self {
            query,
            facts,
            sink,
            frame,
            pending: Vec::new(),
            answers: vec![None; answers],
            way: Vec::new(),
            unsettled: Vec::new(),
            rows: 0,
            outermost,
            superiors: Vec::new(),
            sample: None,
            sifting: None,
            worked_out: Vec::new(),
            batch: Batch::default(),
        }
    }
}

impl Run<'_> {
    /// Recurses once per clause of the rule, never per row.
    fn stage(&mut self, mut at: usize) {
        if let Some(stage) = self.query.stages.get(at)
            && self.pending.is_empty()
            && self.sample.is_none()
        {
            at = stage.next;
        }
        let Some(stage) = self.query.stages.get(at) else {
            return self.require();
        };
        match &stage.action {
            Action::For(slot, access, _) => self.run_over(*slot, access, at),
            Action::Let(slot, given, _) => {
                let before = self.unsettled.len();
                if given.looked_through {
                    self.unsettled.push((*slot, given.code));
                } else {
                    let value = self.value(given);
                    self.bind(*slot, value);
                }
                self.ask(at);
                self.unsettled.truncate(before);
                self.bind(*slot, unbound());
            }
            Action::Where => self.ask(at),
        }
    }

    /// Binds the variable to each value in turn, and unbinds it behind the last: a check never shows a value that
    /// an earlier row left behind.
    fn run_over(&mut self, slot: usize, access: &Access<'_>, at: usize) {
        self.each(slot, access, at);
        self.bind(slot, unbound());
    }

    fn scope(&self) -> Scope<'_, '_> {
        Scope::new(self.facts, &self.frame)
    }

    fn row(&mut self, slot: usize, value: Value, at: usize) {
        let alike = |facts: &Facts, recent: &mut Recent| match value {
            Value::Row(row) => Some(facts.row_likeness(row, recent)),
            _ => None,
        };
        let Err(asked) = self.counts_as_alike(at, alike) else {
            return;
        };
        if self.takes(at) {
            self.bind(slot, value);
            self.ask(at);
        }
        if let Some(asked) = asked {
            self.learn(&asked);
        }
    }

    /// A row that is a figure, as most are: its value is made where it stays, for a copy of what was just written in
    /// parts has to wait for them.
    fn figure(&mut self, slot: usize, figure: FigureId, at: usize) {
        let alike = |facts: &Facts, recent: &mut Recent| facts.likeness(figure, recent);
        let Err(asked) = self.counts_as_alike(at, alike) else {
            return;
        };
        if self.takes(at) {
            self.bind_figure(slot, figure);
            self.ask(at);
        }
        if let Some(asked) = asked {
            self.learn(&asked);
        }
    }

    #[inline]
    fn bind_figure(&mut self, slot: usize, figure: FigureId) {
        match self.frame.get_mut(slot) {
            Some(Value::Figure(place)) => *place = figure,
            Some(place) => *place = Value::Figure(figure),
            None => (),
        }
    }

    /// Counts a row, where it is to be run.
    fn takes(&mut self, at: usize) -> bool {
        let taken = match &mut self.sample {
            Some(sample) => sample.takes(at),
            None => true,
        };
        self.rows += usize::from(taken);
        taken
    }

    /// An answer, and who was passed over on the way to it; a silent one makes an undetermined check.
    fn answer(&mut self, slot: usize, answer: Answer, at: usize) {
        let passed = self.way.len();
        self.way.extend(answer.way);
        match answer.value {
            Ok(value) => self.row(slot, value, at),
            Err(reasons) => {
                self.bind(slot, unbound());
                self.undetermined(reasons, None);
            }
        }
        self.way.truncate(passed);
    }

    /// Nothing to run over, for a reason.
    fn unknown(&mut self, value: Value) {
        if let Value::Unknown(reasons) = value {
            self.undetermined(reasons, None);
        }
    }

    fn bind(&mut self, slot: usize, value: Value) {
        if let Some(place) = self.frame.get_mut(slot) {
            *place = value;
        }
    }

    /// Asks the conditions of a stage, then goes on. A false one ends the row; an undecided one waits for its
    /// own `where`, where it makes the whole check undetermined.
    fn ask(&mut self, at: usize) {
        let known = self.pending.len();
        let Some(stage) = self.query.stages.get(at) else {
            return;
        };
        for number in &stage.asks {
            let Some(asked) = self.query.conditions.get(*number) else {
                continue;
            };
            let holds = match self.known(*number, asked) {
                Some(holds) => holds,
                None if self.is_ignored(asked.quick.as_ref()) => {
                    self.pending.push((asked.home, Reasons::unsaid()));
                    true
                }
                None => match self.truth(&asked.condition.code) {
                    Truth::True => true,
                    Truth::False => false,
                    Truth::Unknown(reasons) => {
                        self.pending.push((asked.home, reasons));
                        true
                    }
                },
            };
            if !holds {
                self.pending.truncate(known);
                return;
            }
        }
        let is_where = matches!(stage.action, Action::Where);
        if !self.pending.is_empty()
            && let Some(reasons) = self.due(at, is_where)
        {
            self.undetermined(reasons, None);
        } else {
            if let Some(sample) = &mut self.sample {
                sample.passes(at);
            }
            self.stage(at + 1);
        }
        self.pending.truncate(known);
    }

    /// Why the conditions due here are undecided, if any is.
    fn due(&self, at: usize, is_where: bool) -> Option<Reasons> {
        let due = self
            .pending
            .iter()
            .filter(|(home, _)| is_where && *home <= at);
        due.map(|(_, reasons)| reasons.clone())
            .reduce(Reasons::with)
    }

    /// The answer to a condition, where it takes no general way. One that reads nothing but a figure's indicator is
    /// asked once for each.
    #[inline]
    fn known(&mut self, number: usize, asked: &Asked<'_>) -> Option<bool> {
        let figure = asked.of_indicator.and_then(|slot| self.frame.get(slot));
        let Some(Value::Figure(figure)) = figure else {
            return self.scope().told(asked.quick.as_ref()?);
        };
        let indicator = self.facts.indicator_of(*figure);
        let at = number * self.facts.catalogue.len() + indicator.index();
        if let Some(known) = self.answers.get(at).copied().flatten() {
            return Some(known);
        }
        let answer = self.scope().holds(asked.quick.as_ref()?);
        if let Some(place) = self.answers.get_mut(at) {
            *place = answer;
        }
        answer
    }
}
