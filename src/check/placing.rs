//! Where checks stand that do not hold, worked out for many at once: far from each other in memory, many places are on their
//! way together where nothing else is done between them.

use super::about::About;
use super::found::Origin;
use super::hit::{Hit, Labelled, labelled};
use super::memory::{Kept, Memory};
use super::related::Compared;
use super::subject::figures;
use crate::facts::{Facts, FigureId};
use crate::finding::Decided;
use crate::resolve::TypedRule;
use crate::source::{SourceId, Span};

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

/// As much of it as a session has to know.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filed {
    /// The file of its primary place.
    pub file: Option<SourceId>,
    /// Whether it compares several figures that do not agree; two that stand at one place may count as several.
    pub compares: bool,
}

/// Finds out where checks stand.
pub(super) struct Placing<'p> {
    facts: &'p Facts,
    rules: &'p [TypedRule],
    /// By rule, where its labels are among the values that are kept.
    labels: Vec<Option<Labelled>>,
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

    /// In which file a check stands: where its labels are at figures, their places need not be looked up.
    pub fn file(&self, hit: Hit, memory: &Memory) -> Filed {
        let plain = self.plain(hit, memory).and_then(|(violated, mut figures)| {
            let first = figures.next()??;
            let several = figures.try_fold(false, |several, id| Some(several | (id? != first)));
            Some(Filed {
                file: Some(self.facts.source_of_figure(first)),
                compares: several? && violated,
            })
        });
        plain.unwrap_or_else(|| {
            let placed = self.place(hit, memory, &mut Desk::default());
            let Placed { place, compared } = placed.unwrap_or_default();
            Filed {
                file: place.map(|place| place.source),
                compares: compared.is_some(),
            }
        })
    }

    /// Whether a check is violated, and the figures of its labels, where these are only at variables: nothing for one
    /// that is no figure.
    fn plain<'m>(
        &'m self,
        hit: Hit,
        memory: &'m Memory,
    ) -> Option<(bool, impl ExactSizeIterator<Item = Option<FigureId>> + 'm)> {
        let labelled = self.labels.get(usize::from(hit.rule))?.as_ref()?;
        let is_violated = hit.form(memory)?.decided == Decided::Violated;
        let kept = hit.kept(memory);
        let figures = labelled.among.iter().map(|label| match kept.get(*label) {
            Some(Kept::Figure(id)) => Some(*id),
            _ => None,
        });
        (hit.steps(memory) == labelled.steps).then_some((is_violated, figures))
    }

    /// Notes the figures of a check's labels, where these are all that they are at; gives whether that is so.
    fn gather(&self, at: usize, hit: Hit, memory: &Memory, desk: &mut Desk) -> bool {
        let Some((is_violated, figures)) = self.plain(hit, memory) else {
            return false;
        };
        let (before, labels) = (desk.figures.len(), figures.len());
        desk.figures.extend(figures.map_while(|id| id));
        let is_plain = desk.figures.len() == before + labels;
        if is_plain {
            desk.plain.push(Plain {
                at,
                labels,
                is_violated,
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
