//! Whom a plan's targets answer to, listed for one target after another: most are settled by what all of these come to.

use std::hint;

use super::edge::Edge;
use super::packed::Packed;
use super::superiors::{NONE, Narrowed, Onlys, SEVERAL, Strictest};
use super::{Facts, FigureId, PlanId};

/// Whom a plan's targets answer to.
#[derive(Clone, Copy)]
pub struct Above<'f> {
    facts: &'f Facts,
    onlys: &'f Onlys,
    plans: &'f [PlanId],
    rows: &'f [u32],
    strictest: &'f [Strictest],
    /// Which of them are wanted, where not all are.
    narrowed: Option<(&'f Narrowed, &'f [Strictest])>,
}

/// Which of the wanted superiors of a target are listed; the others are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// All.
    All,
    /// Those that it is not surely no weaker than.
    Stronger,
    /// The same, but for those that surely cannot be compared with it.
    StrongerBounded,
    /// None, but where it is unclear who they are.
    Unclear,
}

/// The superiors of a target that are not listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passed {
    /// Those that are not wanted.
    pub unwanted: u32,
    /// Those that are, and that it is no weaker than where that is asked.
    pub wanted: u32,
    /// Those that are, and surely cannot be compared with it.
    pub unbounded: u32,
    /// Whether the target is surely weaker than each that is listed.
    pub weaker: bool,
}

impl Above<'_> {
    /// Where what all of them come to settles that no superior of a target is listed: `Some` of who is passed over.
    #[must_use]
    #[inline]
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "no jump waits for what is not at hand"
    )]
    pub fn settled(&self, target: FigureId, listing: Listing) -> Option<Passed> {
        let packed = self.facts.packed(target);
        let column = self.column(packed);
        let all = self.strictest.get(column).unwrap_or(&Strictest::NOBODY);
        let wanted = match self.narrowed {
            Some((_, strictest)) => strictest.get(column).unwrap_or(&Strictest::NOBODY),
            None => all,
        };
        let edge = self.facts.edge(packed);
        let is_no_weaker = edge.is_no_weaker(&wanted.edge()) == Some(true);
        let (passes, unbounded) = match listing {
            Listing::All => (false, 0),
            Listing::Stronger => (is_no_weaker & (wanted.unbounded == 0), 0),
            Listing::StrongerBounded if !edge.is_bounded() => (true, wanted.count),
            Listing::StrongerBounded => (
                is_no_weaker | (wanted.unbounded == wanted.count),
                wanted.unbounded,
            ),
            Listing::Unclear => (true, 0),
        };
        let is_earlier = i32::from(all.year.max(wanted.year)) <= packed.year();
        let is_settled = is_earlier & (passes | (wanted.count == 0)) & !packed.marks.has_rest();
        is_settled.then_some(Passed {
            unwanted: u32::from(all.count - wanted.count),
            wanted: u32::from(wanted.count - unbounded),
            unbounded: u32::from(unbounded),
            weaker: false,
        })
    }

    /// The place of a target's indicator in a row; none has that of one that answers to nobody.
    #[inline]
    fn column(&self, packed: Packed) -> usize {
        let column = self.onlys.columns.get(self.facts.indicator(packed).index());
        let column = column.filter(|_| packed.marks.own());
        column.map_or(usize::MAX, |column| *column as usize)
    }

    /// Has the superiors' targets brought to hand that are to be listed for some targets: memory is waited for once for all
    /// of them, and not for each.
    pub fn look_at(&self, targets: impl Iterator<Item = FigureId>) {
        let mut looked_at = 0;
        for target in targets {
            let column = self.column(self.facts.packed(target));
            for row in self.rows {
                let place = (*row as usize * self.onlys.width).saturating_add(column);
                let only = self.onlys.targets.get(place);
                looked_at ^= only.map_or(NONE, |only| only.figure);
            }
        }
        hint::black_box(looked_at);
    }

    /// Adds those of the [`superiors`](Facts::superiors) of a target of the plan to a list that are to be looked at.
    pub fn list(&self, target: FigureId, listing: Listing, list: &mut Vec<FigureId>) -> Passed {
        let packed = self.facts.packed(target);
        if packed.marks.has_rest() {
            list.extend(self.facts.superiors(target));
            return Passed::default();
        }
        let column = self.column(packed);
        if column >= self.onlys.width {
            return Passed::default();
        }
        let (edge, year) = (self.facts.edge(packed), packed.year());
        self.list_each(target, column, listing, (edge, year), list)
    }

    /// Adds them one by one: each is put where the next one goes, and stays there if it is listed.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "no jump waits for what is not at hand"
    )]
    fn list_each(
        &self,
        target: FigureId,
        column: usize,
        listing: Listing,
        (edge, year): (Edge, i32),
        list: &mut Vec<FigureId>,
    ) -> Passed {
        let before = list.len();
        let mut next = before;
        list.resize(before + self.rows.len(), FigureId(NONE));
        let compares =
            matches!(listing, Listing::Stronger | Listing::StrongerBounded) && edge.is_exact();
        let counts = listing == Listing::StrongerBounded;
        let lists = listing != Listing::Unclear;
        let mut passed = Passed {
            weaker: compares,
            ..Passed::default()
        };
        let mut several = false;
        for row in self.rows {
            let place = *row as usize * self.onlys.width + column;
            let Some(only) = self.onlys.targets.get(place) else {
                continue;
            };
            let wanted = match self.narrowed {
                Some((narrowed, _)) => narrowed.wanted.get(place).copied().flatten(),
                None => Some(true),
            };
            several |= only.figure == SEVERAL;
            let is_there = (only.figure < SEVERAL) & (i32::from(only.year) <= year);
            let is_like = only.edge().mark == edge.mark;
            let is_weaker = !(compares & is_like & (edge.cut >= only.edge().cut));
            let is_bounded = edge.is_bounded() & only.edge().is_bounded();
            let is_unbounded = (wanted == Some(true)) & counts & !is_bounded;
            let is_passed = (wanted == Some(true)) & !(lists & is_weaker);
            let is_unwanted = wanted == Some(false);
            let is_listed = is_there & !is_unwanted & !is_passed & !is_unbounded;
            if let Some(at) = list.get_mut(next) {
                *at = FigureId(only.figure);
            }
            next += usize::from(is_listed);
            passed.unwanted += u32::from(is_there & is_unwanted);
            passed.wanted += u32::from(is_there & is_passed);
            passed.unbounded += u32::from(is_there & is_unbounded);
            passed.weaker &= !is_listed | (is_like & (edge.cut < only.edge().cut));
        }
        list.truncate(if several { before } else { next });
        if several {
            self.list_strictest(target, list);
            return Passed::default();
        }
        passed
    }

    /// Adds all of them, where one has several targets of the indicator.
    fn list_strictest(&self, target: FigureId, list: &mut Vec<FigureId>) {
        let figure = self.facts.figure(target);
        let plans = self.plans.iter();
        list.extend(plans.filter_map(|plan| self.facts.strictest(&figure, None, *plan)));
    }
}

impl Facts {
    /// Whom a plan's targets answer to, and which of them are wanted.
    #[must_use]
    pub fn above<'f>(&'f self, plan: PlanId, narrowed: Option<&'f Narrowed>) -> Above<'f> {
        let onlys = self.onlys();
        let range = self
            .superiors_of
            .range(plan.0 as usize, self.superiors.len());
        let group = onlys.of_group(plan);
        let of_group = |strictest: &'f [Strictest]| strictest.get(group.clone());
        let of_narrowed = |narrowed: &'f Narrowed| {
            let strictest = of_group(&narrowed.strictest);
            (narrowed, strictest.unwrap_or_default())
        };
        Above {
            facts: self,
            onlys,
            plans: self.superiors.get(range.clone()).unwrap_or_default(),
            rows: onlys.of_superiors.get(range).unwrap_or_default(),
            strictest: of_group(&onlys.strictest).unwrap_or_default(),
            narrowed: narrowed.map(of_narrowed),
        }
    }
}
