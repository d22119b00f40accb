//! Where checks stand that do not hold, worked out for many at once: far from each other in memory, many places are on their
//! way together where nothing else is done between them.

use super::about::About;
use super::found::Origin;
use super::hit::{Hit, labelled};
use super::memory::{Kept, Memory};
use super::related::Compared;
use super::subject::figures;
use crate::facts::{Facts, FigureId};
use crate::finding::Decided;
use crate::resolve::TypedRule;
use crate::source::Span;

/// So many at once: their figures and places stay at hand.
const AT_ONCE: usize = 1024;

/// Where a check stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Placed {
    /// Its primary place.
    pub place: Option<Span>,
    /// The figures that it compares, where it compares several and they do not agree.
    pub compared: Option<Compared>,
}

/// Finds out where checks stand.
pub(super) struct Placing<'p> {
    facts: &'p Facts,
    rules: &'p [TypedRule],
    /// By rule, where its labels are among the values that are kept.
    labels: Vec<Option<Vec<usize>>>,
}

/// Memory that some leave to the next.
#[derive(Default)]
struct Desk {
    /// Those of them whose labels are at figures, as nearly all are.
    plain: Vec<Plain>,
    /// These figures, one check's after another's.
    figures: Vec<FigureId>,
    spans: Vec<Span>,
    own: Vec<Span>,
    bytes: Vec<u8>,
}

/// A check whose labels are at figures.
struct Plain {
    /// Its place among all.
    at: usize,
    labels: usize,
    is_violated: bool,
}

impl<'p> Placing<'p> {
    pub fn new(facts: &'p Facts, rules: &'p [TypedRule]) -> Self {
        Self {
            facts,
            rules,
            labels: rules.iter().map(labelled).collect(),
        }
    }

    /// Where some checks stand, each in the memory that is named; nothing for what is no check.
    pub fn places<'m>(
        &self,
        of: &[Origin],
        memory: impl Fn(Hit) -> Option<&'m Memory>,
    ) -> Vec<Placed> {
        let mut places = vec![Placed::default(); of.len()];
        let mut desk = Desk::default();
        let parts = of.chunks(AT_ONCE).zip(places.chunks_mut(AT_ONCE));
        for (some, places) in parts {
            for (at, (origin, placed)) in some.iter().zip(&mut *places).enumerate() {
                if let Origin::Check(hit) = *origin
                    && let Some(memory) = memory(hit)
                    && !self.gather(at, hit, memory, &mut desk)
                {
                    *placed = self.place(hit, memory, &mut desk).unwrap_or_default();
                }
            }
            let figures = desk.figures.iter();
            desk.spans.extend(figures.map(|id| self.facts.span_of(*id)));
            desk.place(places);
        }
        places
    }

    /// Notes the figures of a check's labels, where these are all that they are at; gives whether that is so.
    fn gather(&self, at: usize, hit: Hit, memory: &Memory, desk: &mut Desk) -> bool {
        let labels = self.labels.get(usize::from(hit.rule));
        let labels = labels.and_then(|labels| labels.as_deref());
        let is_whole = |rule| hit.is_whole(rule, memory);
        let rule = self.rules.get(usize::from(hit.rule));
        let (Some(labels), Some(form)) = (labels, hit.form(memory)) else {
            return false;
        };
        if labels.is_empty() || !rule.is_some_and(is_whole) {
            return false;
        }
        let (kept, before) = (hit.kept(memory), desk.figures.len());
        let figures = labels.iter().map_while(|label| match kept.get(*label) {
            Some(Kept::Figure(id)) => Some(*id),
            _ => None,
        });
        desk.figures.extend(figures);
        let is_plain = desk.figures.len() == before + labels.len();
        if is_plain {
            desk.plain.push(Plain {
                at,
                labels: labels.len(),
                is_violated: form.decided == Decided::Violated,
            });
        } else {
            desk.figures.truncate(before);
        }
        is_plain
    }

    /// Where a check stands, whatever its labels are at.
    fn place(&self, hit: Hit, memory: &Memory, desk: &mut Desk) -> Option<Placed> {
        let rule = self.rules.get(usize::from(hit.rule))?;
        let frame = hit.frame(rule, self.facts, memory);
        let About { entities, primary } = About::new(rule, &frame, self.facts);
        let mut placed = Placed {
            place: primary,
            compared: None,
        };
        if hit.form(memory)?.decided == Decided::Violated {
            figures(self.facts, &entities, &mut desk.own);
            placed.compared = Compared::new(&mut desk.own, &mut desk.bytes);
        }
        Some(placed)
    }
}

impl Desk {
    /// Gives the plain ones their places.
    fn place(&mut self, places: &mut [Placed]) {
        let mut spans = self.spans.as_slice();
        for plain in self.plain.drain(..) {
            let Some((own, rest)) = spans.split_at_checked(plain.labels) else {
                break;
            };
            spans = rest;
            if let Some(placed) = places.get_mut(plain.at) {
                placed.place = own.first().copied();
                if plain.is_violated {
                    self.own.clear();
                    self.own.extend_from_slice(own);
                    placed.compared = Compared::new(&mut self.own, &mut self.bytes);
                }
            }
        }
        self.figures.clear();
        self.spans.clear();
    }
}
