//! Figures in words, as every part of a report tells them.

use crate::facts::{Facts, Figure, FigureId};
use crate::language::Language;
use crate::relation::column;
use crate::value::{Kind, Value, show};

/// What a figure promises or states, as it was read; the reason in brackets where that is unknown.
pub(super) fn read(id: FigureId, facts: &Facts, language: Language) -> String {
    told(id, "bound", facts, language)
}

/// What a figure obliges to, where that is printed.
pub(super) fn nature(of: &Figure<'_>, facts: &Facts, language: Language) -> Option<String> {
    of.nature.map(|_| told(of.id, "nature", facts, language))
}

fn told(id: FigureId, name: &str, facts: &Facts, language: Language) -> String {
    let of = Value::Figure(id);
    let column = column(Kind::Figure, name);
    let value = column.map(|column| column.value(facts, &of));
    value.map_or_else(String::new, |value| show(&value, facts, language))
}
