//! Facts while plans come in: what a reader has read is taken in while it reads on, so that the tables of a nation's
//! plans never are all there beside the facts that are made of them.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::build::Taking;
use super::index::{ByIndicator, Length};
use super::layout::Layouts;
use super::owners::Owners;
use super::ranges::{Ranges, Starts};
use super::values::{Known, Values};
use super::{Facts, Head, Made, PlanId};
use crate::catalogue::Catalogue;
use crate::model::{Batch, Plan, Row, Statistic, Table};
use crate::region::Regions;
use crate::source::{Span, Spanned};

/// Builds the fact store of batches that share nothing.
#[must_use]
pub fn build(
    regions: Regions,
    catalogue: Catalogue,
    batches: Vec<Batch>,
    statistics: Vec<Statistic>,
) -> Facts {
    let mut building = Building::new(Arc::new(regions), Arc::new(catalogue));
    for batch in batches {
        building.expect(&batch);
        building.take_alone(batch);
    }
    building.finish(statistics)
}

/// A plan that has the id of an earlier one and is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// Where the earlier one gives its id.
    pub first: Span,
    /// The id given again.
    pub again: Spanned<String>,
}

/// Facts that plans are still coming in to.
#[derive(Debug)]
pub struct Building {
    facts: Facts,
    values: Values,
    /// The numbers of the fields that plans name.
    fields: FxHashMap<Arc<str>, u32>,
    /// The plans by their ids.
    ids: HashTable<PlanId>,
    /// By reader: the numbers of what its pool has told so far.
    known: Vec<Known>,
}

/// How much has come in.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    plans: usize,
    rows: usize,
    figures: usize,
    indexed: Length,
    fields: u32,
    readers: usize,
}

impl Building {
    /// Facts of no plan yet.
    #[must_use]
    pub fn new(regions: Arc<Regions>, catalogue: Arc<Catalogue>) -> Self {
        let facts = Facts {
            plans_of: vec![Vec::new(); regions.len()],
            indexed: ByIndicator::new(catalogue.len()),
            regions,
            catalogue,
            plans: Vec::new(),
            heads: Vec::new(),
            rows: Vec::new(),
            layouts: Layouts::default(),
            wide: FxHashMap::default(),
            rows_of: Ranges::default(),
            forms: Vec::new(),
            figures: Vec::new(),
            places: Vec::new(),
            owners: Owners::default(),
            apart: FxHashMap::default(),
            has_gone: false,
            drafted: None,
            figures_of: Ranges::default(),
            values: Vec::new(),
            weighed: Vec::new(),
            rests: FxHashMap::default(),
            row_ordinals: FxHashMap::default(),
            statistics: Vec::new(),
            superiors: Vec::new(),
            superiors_of: Starts::default(),
            plain: Vec::new(),
            made: Made::default(),
        };
        Self {
            facts,
            values: Values::default(),
            fields: FxHashMap::default(),
            ids: HashTable::new(),
            known: Vec::new(),
        }
    }

    /// Takes in what a reader has read since its last batch; the pool of the batch holds what is new in the reader's.
    /// The second plan of an id is left out.
    pub fn take(&mut self, reader: usize, batch: Batch) -> Vec<Repeated> {
        if self.known.len() <= reader {
            self.known.resize_with(reader + 1, Known::default);
        }
        let mut repeated = Vec::new();
        let Some(known) = self.known.get_mut(reader) else {
            return repeated;
        };
        self.values.take(batch.pool, known);
        let mut taking = Taking::new(&mut self.facts, &mut self.values, known);
        for (plan, table) in batch.plans {
            let names = (&mut self.ids, &mut self.fields);
            repeated.extend(take(&mut taking, names, plan, &table));
        }
        let Facts {
            plans,
            rows,
            figures,
            places,
            ..
        } = &mut self.facts;
        make_room(plans);
        make_room(rows);
        make_room(figures);
        make_room(places);
        repeated
    }

    /// Takes in a batch with the whole pool of its reader, which reads no more.
    pub fn take_alone(&mut self, batch: Batch) -> Vec<Repeated> {
        self.take(self.known.len(), batch)
    }

    /// Makes room for what a batch holds: millions of figures are not moved about while they come in.
    pub fn expect(&mut self, batch: &Batch) {
        let rows = batch.plans.iter().map(|(_, table)| table.rows.len()).sum();
        let figures = batch.plans.iter().map(count).sum();
        self.facts.rows.reserve_exact(rows);
        self.facts.figures.reserve_exact(figures);
        self.facts.places.reserve_exact(figures);
    }

    /// How many readers there have been: the next one's number.
    #[must_use]
    pub const fn reader_count(&self) -> usize {
        self.known.len()
    }

    /// How much has come in so far, to come [back](Self::back_to) to.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            plans: self.facts.plans.len(),
            rows: self.facts.rows.len(),
            figures: self.facts.figures.len(),
            indexed: self.facts.indexed.length(),
            fields: u32::try_from(self.fields.len()).unwrap_or(u32::MAX),
            readers: self.known.len(),
        }
    }

    /// Forgets the plans that came in since a mark was made, and their readers. What they printed stays among the
    /// values, where no figure names it.
    pub fn back_to(&mut self, mark: &Mark) {
        let facts = &mut self.facts;
        let kept = |id: &PlanId| (id.0 as usize) < mark.plans;
        facts.plans.truncate(mark.plans);
        facts.heads.truncate(mark.plans);
        for plans in &mut facts.plans_of {
            plans.retain(kept);
        }
        facts.rows.truncate(mark.rows);
        facts.rows_of.truncate(mark.plans);
        facts.figures.truncate(mark.figures);
        facts.places.truncate(mark.figures);
        facts.owners.truncate(mark.figures);
        facts.figures_of.truncate(mark.plans);
        facts.indexed.cut(mark.indexed);
        facts.indexed.truncate(mark.plans);
        let figures = mark.figures;
        facts.rests.retain(|id, _| (id.0 as usize) < figures);
        facts.apart.retain(|id, _| (id.0 as usize) < figures);
        let rows = mark.rows;
        facts.row_ordinals.retain(|id, _| (id.0 as usize) < rows);
        facts.wide.retain(|id, _| (id.0 as usize) < rows);
        self.fields.retain(|_, number| *number < mark.fields);
        self.ids.retain(|id| kept(id));
        self.known.truncate(mark.readers);
    }

    /// How many plans have come in.
    #[must_use]
    pub const fn plan_count(&self) -> usize {
        self.facts.plans.len()
    }

    /// The facts, each plan linked to those it answers to.
    #[must_use]
    pub fn finish(self, statistics: Vec<Statistic>) -> Facts {
        let mut facts = self.facts;
        facts.statistics = statistics;
        (facts.forms, _) = self.values.pool.into_parts();
        facts.link();
        facts
    }
}

/// Bytes of a list that is large.
const LARGE: usize = 1 << 20;

/// So many bytes of room a list is given that is large: what stands there of 44,000 plans takes less. From here on, glibc's
/// allocator grows a list without moving a byte of it; others move it when it is full.
const MOVABLE: usize = 33 << 20;

/// Makes so much room for a list that is large that it is not moved about while it grows. Room that is not used is given
/// an address only.
fn make_room<T>(list: &mut Vec<T>) {
    let (large, movable) = (LARGE / size_of::<T>(), MOVABLE / size_of::<T>());
    if list.len() > large && list.capacity() < movable {
        list.reserve_exact(movable - list.len());
    }
}

/// How many figures a plan makes.
fn count((plan, table): &(Plan, Table)) -> usize {
    let cells = |row: &Row| usize::from(row.baselines.max(1)) + usize::from(row.targets.max(1));
    let rows: usize = table.rows.iter().map(cells).sum();
    rows + plan.claims.len() + 2 * plan.changes.len() + plan.observations.len()
}

/// Takes in a plan, unless its id is known.
fn take(
    taking: &mut Taking<'_>,
    (ids, fields): (&mut HashTable<PlanId>, &mut FxHashMap<Arc<str>, u32>),
    mut plan: Plan,
    table: &Table,
) -> Option<Repeated> {
    let plans = &taking.facts.plans;
    let id = PlanId(u32::try_from(plans.len()).unwrap_or(u32::MAX));
    let named = |id: &PlanId| plans.get(id.0 as usize).map(|plan| &plan.id);
    let hash = |id: &str| FxBuildHasher.hash_one(id);
    let code = hash(&plan.id.value);
    let same = |id: &PlanId| named(id).is_some_and(|id| id.value == plan.id.value);
    if let Some(first) = ids.find(code, same).and_then(named) {
        return Some(Repeated {
            first: first.span,
            again: plan.id,
        });
    }
    let rehash = |id: &PlanId| named(id).map_or(0, |id| hash(&id.value));
    ids.insert_unique(code, id, rehash);
    let number = u32::try_from(fields.len()).unwrap_or(u32::MAX);
    let field = match fields.get_key_value(&plan.field.value) {
        Some((shared, known)) => {
            plan.field.value = Arc::clone(shared);
            *known
        }
        None => *fields
            .entry(Arc::clone(&plan.field.value))
            .or_insert(number),
    };
    let head = Head {
        region: plan.region.value,
        field,
        period: plan.period.value,
        source: plan.id.span.source,
    };
    taking.facts.heads.push(head);
    let region = Regions::index(head.region);
    if let Some(plans) = taking.facts.plans_of.get_mut(region) {
        plans.push(id);
    }
    taking.take(id, &plan, table);
    taking.facts.plans.push(plan);
    None
}
