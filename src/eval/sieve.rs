//! The sieve: most of a country's figures are as they should be. Where only what is not is to be told, one is asked for
//! all that are alike, and of the others those that are surely as they should be are told from the rest the short way.

use std::mem;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Outermost, Run, Sink, Verdict};
use crate::facts::{Alike, Facts, FigureId, FigureSet, Likeness, Narrowed, PlanId, Recent};
use crate::query::Query;
use crate::query::quick::Quick;
use crate::syntax::Undecided;
use crate::value::Value;

/// What a query's parts share while only what is to be told of them is told.
#[derive(Debug)]
pub struct Sieve {
    /// Whether undecided checks are only counted.
    ignores: bool,
    /// In what those are alike that are asked once; `None` where none is.
    alike: Option<Alike>,
    /// What is known of them, for one thread each.
    memos: Mutex<Vec<Memo>>,
    /// The places of a memo.
    size: usize,
    /// By stage, which superiors' targets it wants.
    narrowed: Vec<OnceLock<Narrowed>>,
    /// By plan, what the innermost loop wants of it: a query has one at most, over one set.
    wanted: OnceLock<Box<[OnceLock<Wanted>]>>,
}

/// Figures of a plan that do not surely fail what an innermost loop asks of nothing but them.
#[derive(Debug)]
pub(super) struct Wanted {
    pub figures: Box<[FigureId]>,
    /// How many do.
    pub unwanted: usize,
}

/// Checks that were only counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// The values that variables took.
    pub rows: usize,
    /// Checks that hold.
    pub holds: usize,
    /// Undecided checks of a rule that ignores them.
    pub undetermined: usize,
}

/// What came of one outermost value, for all that are alike.
#[derive(Clone, Copy, Debug, Default)]
enum Answer {
    /// Nothing is known yet.
    #[default]
    Unseen,
    /// Each has checks that are to be told.
    Asked,
    /// Each has only checks that are counted: rows, those that hold, those that are undecided.
    Counted(u8, u8, u8),
}

/// What is known of those that are alike, by what they say: of two that say the same, but are not alike, the later.
#[derive(Debug, Default)]
struct Memo(Vec<(u32, Answer)>);

/// The most that a memo holds: what comes behind is asked each time.
const MOST: usize = 1 << 18;

impl Sieve {
    /// For the parts of a query.
    #[must_use]
    pub fn new(query: &Query<'_>, facts: &Facts) -> Self {
        Self {
            ignores: query.rule.undecided == Undecided::Ignored,
            alike: query.alike,
            memos: Mutex::default(),
            size: facts.said_count().min(MOST),
            narrowed: query.stages.iter().map(|_| OnceLock::new()).collect(),
            wanted: OnceLock::new(),
        }
    }

    /// A memo that no other part uses now.
    fn memo(&self) -> Option<Memo> {
        self.alike?;
        let mut memos = self.memos.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Memo(vec![Default::default(); self.size]);
        Some(memos.pop().unwrap_or_else(fresh))
    }

    fn keep(&self, memo: Option<Memo>) {
        if let Some(memo) = memo {
            let mut memos = self.memos.lock().unwrap_or_else(PoisonError::into_inner);
            memos.push(memo);
        }
    }

    /// What the innermost loop wants of a plan, once somebody has asked.
    pub(super) fn wanted(&self, facts: &Facts, plan: PlanId) -> Option<&OnceLock<Wanted>> {
        let none = |_| OnceLock::new();
        let all = self
            .wanted
            .get_or_init(|| facts.plans().map(none).collect());
        all.get(plan.0 as usize)
    }

    fn recent(&self) -> Recent {
        self.alike.map_or_else(Recent::default, Recent::new)
    }
}

impl Memo {
    #[inline]
    fn get(&self, of: Likeness) -> Answer {
        match self.0.get(of.said()) {
            Some((rest, answer)) if *rest == of.rest() => *answer,
            _ => Answer::Unseen,
        }
    }

    /// Adds the checks of an outermost value, as those of one that is alike; gives whether these are known.
    #[inline]
    fn counts(&self, of: Likeness, sifted: &mut Sifted) -> bool {
        let Answer::Counted(rows, holds, undetermined) = self.get(of) else {
            return false;
        };
        sifted.rows += usize::from(rows);
        sifted.holds += usize::from(holds);
        sifted.undetermined += usize::from(undetermined);
        true
    }

    fn put(&mut self, of: Likeness, answer: Answer) {
        if let Some(place) = self.0.get_mut(of.said()) {
            *place = (of.rest(), answer);
        }
    }
}

/// What a run that sifts knows.
pub(super) struct Sifting<'q> {
    sieve: &'q Sieve,
    memo: Option<Memo>,
    recent: Recent,
    ignores: bool,
    counts: Sifted,
    /// Checks that were told.
    told: usize,
}

impl<'q> Sifting<'q> {
    fn new(sieve: &'q Sieve) -> Self {
        Self {
            sieve,
            memo: sieve.memo(),
            recent: sieve.recent(),
            ignores: sieve.ignores,
            counts: Sifted::default(),
            told: 0,
        }
    }

    /// What the parts share.
    pub const fn sieve(&self) -> &'q Sieve {
        self.sieve
    }

    /// Whether those that are alike are asked once.
    pub const fn has_memo(&self) -> bool {
        self.memo.is_some()
    }

    /// Which superiors' targets a stage wants: made by the part of a run that asks first.
    pub fn narrowed(&self, at: usize, make: impl FnOnce() -> Narrowed) -> Option<&'q Narrowed> {
        let narrowed = self.sieve.narrowed.get(at);
        narrowed.map(|known| known.get_or_init(make))
    }

    /// Counts checks that hold.
    pub const fn hold(&mut self, checks: usize) {
        self.counts.holds += checks;
    }

    /// Counts checks.
    pub const fn count(&mut self, checks: Sifted) {
        self.counts.holds += checks.holds;
        self.counts.undetermined += checks.undetermined;
    }

    /// Counts a check; gives whether it is to be told.
    #[inline]
    pub fn tells(&mut self, verdict: &Verdict) -> bool {
        match verdict {
            Verdict::Holds => self.hold(1),
            Verdict::Undetermined(_) if self.ignores => self.counts.undetermined += 1,
            _ => {
                self.told += 1;
                return true;
            }
        }
        false
    }
}

/// Runs a query over a part of its outermost loop as [`evaluate`](super::evaluate) does, but only counts the checks that
/// hold, and those undecided ones that the rule ignores; the others go into the sink, in the same order. Why a requirement is
/// undecided may be left out ([`Reasons::unsaid`](crate::bound::Reasons::unsaid)): [`truth`](super::truth) says it.
pub fn sift<'q>(
    query: &'q Query<'q>,
    facts: &'q Facts,
    outermost: Outermost,
    sieve: &'q Sieve,
    sink: &'q mut dyn Sink,
) -> Sifted {
    let mut run = Run::new(query, facts, outermost, sink);
    run.sifting = Some(Sifting::new(sieve));
    run.stage(0);
    let rows = run.rows;
    let Some(Sifting { memo, counts, .. }) = run.sifting else {
        return Sifted::default();
    };
    sieve.keep(memo);
    Sifted { rows, ..counts }
}

/// What an outermost value was found to be alike with, and what was counted before it.
pub(super) struct Asked {
    of: Likeness,
    rows: usize,
    counts: Sifted,
    told: usize,
}

impl Run<'_> {
    /// Runs the outermost loop over the figures of a set at some places, where those that are alike are asked once.
    pub(super) fn each_alike(&mut self, slot: usize, set: FigureSet, places: Range<usize>) {
        let facts = self.facts;
        let (mut memo, mut recent) = (self.take_memo(), self.recent());
        let mut sifted = Sifted::default();
        for figure in facts.figures_in(set, places) {
            let of = facts.likeness(figure, &mut recent);
            if !of.is_some_and(|of| memo.counts(of, &mut sifted)) {
                self.put_memo(memo);
                self.figure(slot, figure, 0);
                memo = self.take_memo();
            }
        }
        self.put_memo(memo);
        self.count_alike(sifted);
    }

    /// Runs the outermost loop over the table rows at some places, where those that are alike are asked once.
    pub(super) fn each_row_alike(&mut self, slot: usize, places: Range<usize>) {
        let facts = self.facts;
        let (mut memo, mut recent) = (self.take_memo(), self.recent());
        let mut sifted = Sifted::default();
        facts.each_row_likeness(places, &mut recent, |row, of| {
            if !memo.counts(of, &mut sifted) {
                self.put_memo(mem::take(&mut memo));
                self.row(slot, Value::Row(row), 0);
                memo = self.take_memo();
            }
        });
        self.put_memo(memo);
        self.count_alike(sifted);
    }

    /// Counts what came of those that are alike.
    fn count_alike(&mut self, sifted: Sifted) {
        self.rows += sifted.rows;
        if let Some(sifting) = &mut self.sifting {
            sifting.count(sifted);
        }
    }

    fn take_memo(&mut self) -> Memo {
        let sifting = self.sifting.as_mut();
        let memo = sifting.and_then(|sifting| sifting.memo.take());
        memo.unwrap_or_default()
    }

    fn recent(&self) -> Recent {
        let sifting = self.sifting.as_ref();
        sifting.map_or_else(Recent::default, |sifting| sifting.sieve.recent())
    }

    fn put_memo(&mut self, memo: Memo) {
        if let Some(sifting) = &mut self.sifting {
            sifting.memo = Some(memo);
        }
    }

    /// Counts the checks of an outermost value as those of one that is alike, where that is known; else gives what to
    /// [learn](Self::learn) from it.
    #[inline]
    pub(super) fn counts_as_alike(
        &mut self,
        at: usize,
        likeness: impl FnOnce(&Facts, &mut Recent) -> Option<Likeness>,
    ) -> Result<(), Option<Asked>> {
        let Some(sifting) = self.sifting.as_mut().filter(|_| at == 0) else {
            return Err(None);
        };
        let Some(memo) = &mut sifting.memo else {
            return Err(None);
        };
        let Some(of) = likeness(self.facts, &mut sifting.recent) else {
            return Err(None);
        };
        match memo.get(of) {
            Answer::Counted(rows, holds, undetermined) => {
                self.rows += usize::from(rows);
                sifting.counts.holds += usize::from(holds);
                sifting.counts.undetermined += usize::from(undetermined);
                Ok(())
            }
            Answer::Asked => Err(None),
            Answer::Unseen => Err(Some(Asked {
                of,
                rows: self.rows,
                counts: sifting.counts,
                told: sifting.told,
            })),
        }
    }

    /// Notes what came of an outermost value, for those that are alike.
    pub(super) fn learn(&mut self, asked: &Asked) {
        let Some(sifting) = &mut self.sifting else {
            return;
        };
        let since = |now: usize, before: usize| u8::try_from(now - before).ok();
        let counted = (|| {
            Some(Answer::Counted(
                since(self.rows, asked.rows)?,
                since(sifting.counts.holds, asked.counts.holds)?,
                since(sifting.counts.undetermined, asked.counts.undetermined)?,
            ))
        })();
        let answer = counted.filter(|_| sifting.told == asked.told);
        if let Some(memo) = &mut sifting.memo {
            memo.put(asked.of, answer.unwrap_or(Answer::Asked));
        }
    }

    /// Whether a condition that is not quickly told is undecided for sure, and nobody asks why.
    pub(super) fn is_ignored(&self, quick: Option<&Quick<'_>>) -> bool {
        self.ignores() && quick.is_some_and(|quick| self.scope().is_undecided(quick))
    }

    /// Whether undecided checks are only counted.
    pub(super) fn ignores(&self) -> bool {
        self.sifting.as_ref().is_some_and(|sifting| sifting.ignores)
    }
}
