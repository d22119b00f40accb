//! What a rule reads of other plans: only figures of the indicator that it asks about, or more.

use rustc_hash::FxHashMap;

use super::reach::parts;
use crate::facts::FigureSet;
use crate::relation::{Column, Quick, Reach, Relation};
use crate::resolve::{Code, Source, Step, TypedRule};
use crate::value::Kind;

/// What of plans a rule reads beside their heads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Figures or rows.
    pub figures: bool,
    /// Entries of their other sections.
    pub entries: bool,
}

/// What of plans a rule reads beside their heads.
#[must_use]
pub fn reads(rule: &TypedRule) -> Reads {
    let (mut of_codes, mut of_sources) = (Vec::new(), Vec::new());
    walk(
        rule,
        &mut |code| match code {
            Code::Column(_, column) => of_codes.extend([column.of, within(column.kind)]),
            Code::Table(table) => of_codes.push(table.kind),
            Code::Answers(relation, _) => of_codes.push(relation.of),
            _ => (),
        },
        &mut |source| match source {
            Source::Table(table) => of_sources.push(table.kind),
            Source::Relation(relation, _) => of_sources.push(relation.of),
            Source::List(_) => (),
        },
    );
    let mut reads = Reads::default();
    for kind in of_codes.into_iter().chain(of_sources) {
        match kind {
            Kind::Figure | Kind::Row => reads.figures = true,
            Kind::Change | Kind::Roster | Kind::Count | Kind::Commitment | Kind::Task => {
                reads.entries = true;
            }
            _ => (),
        }
    }
    reads
}

fn within(kind: Kind) -> Kind {
    match kind {
        Kind::List(of) => *of,
        kind => kind,
    }
}

/// What rules that run over whole tables ask for again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The tables of figures that their outermost variables run over.
    pub sets: Vec<FigureSet>,
    /// Whether they ask for superiors.
    pub superiors: bool,
    /// Whether they ask for children.
    pub children: bool,
}

impl Needs {
    /// Adds those of a rule.
    pub fn add(&mut self, rule: &TypedRule) {
        let first = rule.steps.first();
        if let Some(Step::For {
            source: Source::Table(table),
            ..
        }) = first
            && let Some(set) = table.set.filter(|set| !self.sets.contains(set))
        {
            self.sets.push(set);
        }
        walk(rule, &mut |_| (), &mut |source| {
            if let Source::Relation(relation, _) = source {
                self.superiors |= matches!(relation.quick, Some(Quick::Superiors));
                self.children |= matches!(relation.quick, Some(Quick::Children));
            }
        });
    }
}

/// Whether the checks that a rule makes of a figure read, of other plans than the figure's own, nothing but their heads
/// and figures of its indicator. What cannot be shown to is said not to.
#[must_use]
pub fn keeps_indicator(rule: &TypedRule) -> bool {
    let Some(Step::For {
        slot,
        source: Source::Table(table),
        ..
    }) = rule.steps.first()
    else {
        return false;
    };
    if table.set.is_none() {
        return false;
    }
    let bindings = Bindings::new(rule, *slot);
    let mut keeps = true;
    let mut sources: Vec<&Source> = Vec::new();
    walk(
        rule,
        &mut |code| keeps &= bindings.keeps(code),
        &mut |source| sources.push(source),
    );
    let mut sources = sources.into_iter().skip(1);
    keeps
        && sources.all(|source| match source {
            Source::Table(table) => table.of_plan.is_none(),
            Source::Relation(relation, of) => bindings.follows(relation, of),
            Source::List(_) => true,
        })
}

/// Visits every part of every expression of a rule, and every source: that of its outermost variable first.
fn walk<'r>(
    rule: &'r TypedRule,
    visit: &mut dyn FnMut(&'r Code),
    source: &mut dyn FnMut(&'r Source),
) {
    let (codes, sources) = parts(rule);
    sources.into_iter().for_each(&mut *source);
    for code in codes {
        code.walk(visit, source);
    }
}

/// What a variable may be.
enum Binding<'r> {
    Source(&'r Source),
    Code(&'r Code),
}

/// All that each variable may be, in whatever part of the rule.
struct Bindings<'r> {
    outermost: usize,
    of: FxHashMap<usize, Vec<Binding<'r>>>,
}

/// How deep bindings are followed: definitions use each other, but not in circles.
const DEEP: usize = 16;

impl<'r> Bindings<'r> {
    fn new(rule: &'r TypedRule, outermost: usize) -> Self {
        let mut of: FxHashMap<usize, Vec<Binding<'r>>> = FxHashMap::default();
        for step in &rule.steps {
            match step {
                Step::For { slot, source, .. } => {
                    of.entry(*slot).or_default().push(Binding::Source(source));
                }
                Step::Let { slot, code, .. } => {
                    of.entry(*slot).or_default().push(Binding::Code(code));
                }
                Step::Where(_) => (),
            }
        }
        let mut add = |code: &'r Code| match code {
            Code::With(parts, _) => {
                for (slot, part) in parts {
                    of.entry(*slot).or_default().push(Binding::Code(part));
                }
            }
            Code::Aggregate(aggregate) => {
                for (slot, source, _) in &aggregate.loops {
                    of.entry(*slot).or_default().push(Binding::Source(source));
                }
            }
            _ => (),
        };
        walk(rule, &mut add, &mut |_| ());
        Self { outermost, of }
    }

    /// Whether one part of an expression reads no more of other plans than it may, its own parts apart.
    fn keeps(&self, code: &Code) -> bool {
        match code {
            Code::Column(of, column) => self.column(of, column),
            Code::Table(table) => table.of_plan.is_none(),
            Code::Answers(relation, of) => self.follows(relation, of),
            _ => true,
        }
    }

    fn column(&self, of: &Code, column: &Column) -> bool {
        let lists = matches!(column.kind, Kind::List(_)) && column.of == Kind::Plan;
        // Figures that stand before one may be another plan's, of any indicator.
        let counts = column.of == Kind::Figure && column.name == "position";
        column.reach == Reach::Own && !counts && (!lists || self.is_own_plan(of, 0))
    }

    /// Whether a relation leads from a figure of the outermost one's indicator, or nowhere into plans.
    fn follows(&self, relation: &Relation, of: &Code) -> bool {
        relation.reach == Reach::Own || (relation.of == Kind::Figure && self.is_kept(of, 0))
    }

    /// Whether an expression is a figure of the outermost one's indicator.
    fn is_kept(&self, code: &Code, depth: usize) -> bool {
        match code {
            _ if depth > DEEP => false,
            Code::Slot(slot) if *slot == self.outermost => true,
            Code::Slot(slot) => self.all(*slot, &|binding| match binding {
                Binding::Code(code) => self.is_kept(code, depth + 1),
                Binding::Source(Source::Relation(relation, of)) => {
                    relation.of == Kind::Figure && self.is_kept(of, depth + 1)
                }
                Binding::Source(_) => false,
            }),
            Code::Call(builtin, arguments) => match arguments.as_slice() {
                [of] => builtin.name == "baseline" && self.is_kept(of, depth + 1),
                _ => false,
            },
            Code::If(_, yes, no) => self.is_kept(yes, depth + 1) && self.is_kept(no, depth + 1),
            Code::With(_, body) => self.is_kept(body, depth + 1),
            _ => false,
        }
    }

    /// Whether an expression is the plan that the outermost figure stands in.
    fn is_own_plan(&self, code: &Code, depth: usize) -> bool {
        match code {
            _ if depth > DEEP => false,
            Code::Column(of, column) => {
                column.of == Kind::Figure && column.name == "plan" && self.is_outermost(of, depth)
            }
            Code::Slot(slot) => self.all(*slot, &|binding| match binding {
                Binding::Code(code) => self.is_own_plan(code, depth + 1),
                Binding::Source(_) => false,
            }),
            _ => false,
        }
    }

    fn is_outermost(&self, code: &Code, depth: usize) -> bool {
        match code {
            _ if depth > DEEP => false,
            Code::Slot(slot) if *slot == self.outermost => true,
            Code::Slot(slot) => self.all(*slot, &|binding| match binding {
                Binding::Code(code) => self.is_outermost(code, depth + 1),
                Binding::Source(_) => false,
            }),
            _ => false,
        }
    }

    /// Whether a variable is bound, and always so.
    fn all(&self, slot: usize, is: &dyn Fn(&Binding<'r>) -> bool) -> bool {
        let bound = self.of.get(&slot).filter(|all| !all.is_empty());
        bound.is_some_and(|all| all.iter().all(is))
    }
}
