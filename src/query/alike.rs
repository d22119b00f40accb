//! Whether a rule's checks come out the same for all figures, or rows, that are alike: then one of them is asked for all.

use crate::facts::Alike;
use crate::relation::Column;
use crate::resolve::{Code, Condition, Slot, Source, Step, TypedRule};
use crate::value::Kind;

/// What an expression gives, of the outermost variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The same for all that are alike.
    Same,
    /// The variable itself.
    Itself,
    /// The plan that it stands in.
    Plan,
    /// Something else.
    Other,
}

/// In what those are alike for whom nothing differs that a rule asks; `None` where it asks more.
#[must_use]
pub(super) fn alike(rule: &TypedRule) -> Option<Alike> {
    is_alike(rule).then(|| {
        let mut alike = Alike::Said;
        let mut note = |code: &Code| {
            if let Code::Column(_, column) = code {
                alike = alike.max(column.alike.unwrap_or(Alike::Said));
            }
        };
        for code in asked(rule) {
            code.walk(&mut note, &mut |_| ());
        }
        alike
    })
}

/// What a rule asks.
fn asked(rule: &TypedRule) -> impl Iterator<Item = &Code> {
    let steps = rule.steps.iter().flat_map(|step| match step {
        Step::For { .. } => Vec::new(),
        Step::Let { code, .. } => vec![code],
        Step::Where(all) => all.iter().map(|condition| &condition.code).collect(),
    });
    steps.chain(rule.requires.iter().map(|require| &require.code))
}

/// Whether a rule asks nothing but what is the same for all that are alike.
fn is_alike(rule: &TypedRule) -> bool {
    let mut known: Vec<Part> = rule.slots.iter().map(of_slot).collect();
    let Some((first, rest)) = rule.steps.split_first() else {
        return false;
    };
    let Step::For {
        slot,
        source: Source::Table(table),
        ..
    } = first
    else {
        return false;
    };
    if table.set.is_none() && table.kind != Kind::Row {
        return false;
    }
    set(&mut known, *slot, Part::Itself);
    let are_alike = rest.iter().all(|step| match step {
        Step::For { .. } => false,
        Step::Let { slot, code, .. } => {
            let part = part(code, &known);
            set(&mut known, *slot, part);
            part != Part::Other
        }
        Step::Where(all) => {
            let mut conditions = all.iter().map(|Condition { code, .. }| code);
            conditions.all(|code| part(code, &known) == Part::Same)
        }
    });
    let mut requires = rule.requires.iter();
    are_alike && requires.all(|require| part(&require.code, &known) == Part::Same)
}

const fn of_slot(slot: &Slot) -> Part {
    match slot.parameter {
        Some(_) => Part::Same,
        None => Part::Other,
    }
}

fn set(known: &mut [Part], slot: usize, part: Part) {
    if let Some(place) = known.get_mut(slot) {
        *place = part;
    }
}

fn part(code: &Code, known: &[Part]) -> Part {
    let of = |code: &Code| part(code, known);
    let same = |all: &[&Code]| same(all.iter().all(|code| of(code) == Part::Same));
    // What a figure is weighed by are its value, its unit and its indicator.
    let weighed = |all: &[&Code]| {
        let is_weighed = |code: &&Code| matches!(of(code), Part::Same | Part::Itself);
        self::same(all.iter().all(is_weighed))
    };
    match code {
        Code::Constant(_) => Part::Same,
        Code::Slot(slot) => known.get(*slot).copied().unwrap_or(Part::Other),
        Code::Column(inner, column) => of_column(of(inner), column),
        Code::Not(inner) | Code::IsIndicator(inner, _) => same(&[inner]),
        Code::Test(inner, _) | Code::Negative(inner) => weighed(&[inner]),
        Code::All(parts) | Code::Any(parts) => {
            self::same(parts.iter().all(|part| of(part) == Part::Same))
        }
        Code::Compare(_, a, b)
        | Code::NoWeaker(a, b)
        | Code::Within(a, b)
        | Code::Agrees(a, b)
        | Code::Arithmetic(_, a, b) => weighed(&[a, b]),
        Code::Between(a, b, c) => weighed(&[a, b, c]),
        Code::Implies(a, b)
        | Code::Same(a, b)
        | Code::In(a, b)
        | Code::Subset(a, b)
        | Code::StartsWith(a, b)
        | Code::Contains(a, b) => same(&[a, b]),
        Code::If(a, b, c) => same(&[a, b, c]),
        Code::With(parts, body) => {
            let mut inner = known.to_vec();
            for (slot, code) in parts {
                set(&mut inner, *slot, of(code));
            }
            part(body, &inner)
        }
        Code::Call(..)
        | Code::Text(_)
        | Code::Aggregate(_)
        | Code::Table(_)
        | Code::Answers(..)
        | Code::Set(..) => Part::Other,
    }
}

const fn same(is_same: bool) -> Part {
    if is_same { Part::Same } else { Part::Other }
}

fn of_column(of: Part, column: &Column) -> Part {
    match of {
        Part::Itself if column.kind == Kind::Plan => Part::Plan,
        Part::Itself | Part::Plan => same(column.alike.is_some()),
        Part::Same => same(matches!(column.of, Kind::Indicator | Kind::Unit)),
        Part::Other => Part::Other,
    }
}
