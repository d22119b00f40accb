//! Places of findings that are looked up together: far from each other in memory, many are on their way at once where
//! nothing else is done between them.

use super::found::Item;
use super::related::Compared;
use crate::facts::{Facts, FigureId};
use crate::finding::Decided;
use crate::resolve::{Code, TypedRule};
use crate::value::Value;

/// Findings of a part of a rule that have no places yet.
pub(super) struct Later {
    /// The variables of the labels; none where these are more than that.
    slots: Vec<usize>,
    /// How many findings there are.
    count: usize,
    /// Those that have no places yet, by their places among all.
    items: Vec<usize>,
    /// The figures of their labels, one finding's after another's.
    figures: Vec<FigureId>,
}

impl Later {
    /// Of a rule.
    pub fn new(rule: &TypedRule) -> Self {
        let slots = rule.labels.iter().map(|label| match label.of {
            Code::Slot(slot) => Some(slot),
            _ => None,
        });
        Self {
            slots: slots.collect::<Option<_>>().unwrap_or_default(),
            count: 0,
            items: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// Takes the next finding, if its labels are all at figures that variables are, as nearly all are; gives whether that
    /// is so.
    pub fn takes(&mut self, frame: &[Value]) -> bool {
        let before = self.figures.len();
        let figures = self.slots.iter().map_while(|slot| match frame.get(*slot) {
            Some(Value::Figure(id)) => Some(*id),
            _ => None,
        });
        self.figures.extend(figures);
        let is_one = !self.slots.is_empty() && self.figures.len() == before + self.slots.len();
        if is_one {
            self.items.push(self.count);
        } else {
            self.figures.truncate(before);
        }
        self.count += 1;
        is_one
    }

    /// Gives the findings of the part their places.
    pub fn place<'i>(self, items: impl Iterator<Item = &'i mut Item>, facts: &Facts) {
        let figures = self.figures.iter();
        let places: Vec<_> = figures.map(|figure| facts.span_of(*figure)).collect();
        let places = places.chunks_exact(self.slots.len().max(1));
        let mut waiting = self.items.iter().zip(places).peekable();
        let (mut several, mut bytes) = (Vec::new(), Vec::new());
        for (at, item) in items.enumerate() {
            let Some((_, places)) = waiting.next_if(|(own, _)| **own == at) else {
                continue;
            };
            item.brief.place = places.first().copied();
            if item.brief.verdict == Some(Decided::Violated) {
                several.clear();
                several.extend_from_slice(places);
                item.compared = Compared::new(&mut several, &mut bytes);
            }
        }
    }
}
