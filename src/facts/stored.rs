//! Facts as the bytes of a cache, and back: what is cheaper to make again than to read is made again.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::figure::Rest;
use super::index::{ByIndicator, PackedIndex};
use super::layout::{Layout, Layouts};
use super::owners::Owners;
use super::packed::{FAR_ROW, Packed, Placed};
use super::ranges::{Ranges, Starts};
use super::row::Narrow;
use super::weighed::{Plain, Weighed};
use super::{Facts, FigureId, FigureValue, Head, Made, PlanId, RowId};
use crate::catalogue::Catalogue;
use crate::model::{Period, Plan, Row, RowForm, Statistic};
use crate::pack::{self, Column, Fixed, List, Reader, Writer};
use crate::region::{Region, RegionId, Regions, rebuild};
use crate::source::SourceId;

impl Fixed<4> for PlanId {
    fn put(&self) -> [u8; 4] {
        self.0.put()
    }

    fn get(bytes: &[u8; 4]) -> Self {
        Self(u32::get(bytes))
    }
}

impl Fixed<20> for Head {
    fn put(&self) -> [u8; 20] {
        let Period { from, to } = self.period;
        let region = self.region.into();
        let (from, to) = (from.cast_unsigned(), to.cast_unsigned());
        pack::words([region, self.field, from, to, self.source.number()])
    }

    fn get(bytes: &[u8; 20]) -> Self {
        let word = |at| pack::word(bytes, at);
        Self {
            region: word(0).into(),
            field: word(1),
            period: Period {
                from: word(2).cast_signed(),
                to: word(3).cast_signed(),
            },
            source: SourceId::numbered(word(4)),
        }
    }
}

impl Facts {
    /// Writes all that cannot be made again.
    pub(crate) fn pack(&self, to: &mut Writer) {
        to.small(&(self.plans.len(), self.forms.len(), self.values.len()));
        let regions = self.regions.all();
        let regions = regions.map(|id| (self.regions.get(id), self.regions.parent(id)));
        to.list(&regions.collect::<Vec<_>>());
        to.small(self.catalogue.as_ref());
        to.list(&self.plans);
        to.column(&self.heads);
        to.column(&self.rows);
        to.column(self.layouts.all());
        let mut wide: Vec<(&RowId, &Row)> = self.wide.iter().collect();
        wide.sort_unstable_by_key(|(id, _)| **id);
        let (ids, wide): (Vec<u32>, Vec<Row>) =
            wide.into_iter().map(|(id, row)| (id.0, *row)).unzip();
        to.column(&ids);
        to.column(&wide);
        self.rows_of.pack(to);
        let forms: Vec<&RowForm> = self.forms.iter().map(AsRef::as_ref).collect();
        to.list(&forms);
        to.column(&self.figures);
        to.column(&self.places);
        self.owners.pack(to);
        let mut apart: Vec<(FigureId, (u32, u32))> =
            self.apart.iter().map(|(id, place)| (*id, *place)).collect();
        apart.sort_unstable();
        let (ids, apart): (Vec<FigureId>, Vec<(u32, u32)>) = apart.into_iter().unzip();
        to.column(&ids);
        to.column(&apart);
        self.figures_of.pack(to);
        to.list(&self.values);
        let mut rests: Vec<(&FigureId, &Rest)> = self.rests.iter().collect();
        rests.sort_unstable_by_key(|(id, _)| **id);
        to.list(&rests);
        let mut ordinals: Vec<(&RowId, &u32)> = self.row_ordinals.iter().collect();
        ordinals.sort_unstable();
        to.list(&ordinals);
        to.list(&self.statistics);
        to.column(&self.superiors);
        self.superiors_of.pack(to);
        self.indexed.pack(to);
    }
}

/// Facts in a cache, not taken apart yet.
pub(crate) struct Stored<'b> {
    /// How many plans, forms of rows and values there are.
    counts: (usize, usize, usize),
    regions: List<'b>,
    catalogue: Catalogue,
    plans: List<'b>,
    heads: Column<'b, 20>,
    rows: Column<'b, 12>,
    layouts: Column<'b, 20>,
    wide: (Column<'b, 4>, Column<'b, 40>),
    rows_of: Column<'b, 8>,
    forms: List<'b>,
    figures: Column<'b, 8>,
    places: Column<'b, 4>,
    owners: Column<'b, 8>,
    apart: (Column<'b, 4>, Column<'b, 8>),
    figures_of: Column<'b, 8>,
    values: List<'b>,
    rests: List<'b>,
    row_ordinals: List<'b>,
    statistics: List<'b>,
    superiors: Column<'b, 4>,
    superiors_of: Column<'b, 4>,
    indexed: PackedIndex<'b>,
}

/// The lists.
struct Short {
    regions: Regions,
    plans: Vec<Plan>,
    forms: Vec<RowForm>,
    values: Vec<FigureValue>,
}

/// The long columns.
struct Long {
    rows: Vec<Narrow>,
    layouts: Layouts,
    rows_of: Ranges,
    wide: FxHashMap<RowId, Row>,
    figures: Vec<Packed>,
    places: Vec<Placed>,
    owners: Owners,
    indexed: ByIndicator,
}

impl<'b> Stored<'b> {
    /// The next sections, written by [`Facts::pack`].
    pub fn take(from: &mut Reader<'b>) -> Option<Self> {
        Some(Self {
            counts: from.small()?,
            regions: from.list()?,
            catalogue: from.small()?,
            plans: from.list()?,
            heads: from.column()?,
            rows: from.column()?,
            layouts: from.column()?,
            wide: (from.column()?, from.column()?),
            rows_of: from.column()?,
            forms: from.list()?,
            figures: from.column()?,
            places: from.column()?,
            owners: from.column()?,
            apart: (from.column()?, from.column()?),
            figures_of: from.column()?,
            values: from.list()?,
            rests: from.list()?,
            row_ordinals: from.list()?,
            statistics: from.list()?,
            superiors: from.column()?,
            superiors_of: from.column()?,
            indexed: PackedIndex::take(from)?,
        })
    }

    /// The facts; `None` where a number names nothing.
    pub fn facts(self, sources: usize) -> Option<Facts> {
        // The lists are put together by one thread in the end: they come first.
        let (short, long) = rayon::join(|| self.short(), || self.long(sources));
        let Short {
            regions,
            mut plans,
            forms,
            values,
        } = short?;
        let Long {
            rows,
            layouts,
            rows_of,
            wide,
            figures,
            places,
            owners,
            indexed,
        } = long?;
        let heads = self.heads(plans.len(), regions.len(), sources)?;
        share_fields(&mut plans, &heads);
        let plain = |value: &FigureValue| Plain::of(value, &self.catalogue);
        let plain = values.iter().map(plain).collect();
        let superiors = self.superiors;
        let rests = self.rests.read::<(FigureId, Rest)>()?;
        let (ids, apart): (Vec<FigureId>, Vec<(u32, u32)>) =
            (self.apart.0.read()?, self.apart.1.read()?);
        let ordinals = self.row_ordinals.read::<(RowId, u32)>()?;
        Some(Facts {
            plans_of: plans_of(&heads, regions.len()),
            regions: Arc::new(regions),
            catalogue: Arc::new(self.catalogue),
            heads,
            rows_of,
            rows,
            layouts,
            wide,
            has_gone: false,
            drafted: None,
            forms: forms.into_iter().map(Arc::new).collect(),
            figures_of: Ranges::unpack(self.figures_of, figures.len())?,
            figures,
            places,
            owners,
            apart: ids.into_iter().zip(apart).collect(),
            plain,
            weighed: values.iter().map(Weighed::of).collect(),
            values,
            rests: rests.into_iter().collect(),
            row_ordinals: ordinals.into_iter().collect(),
            statistics: self.statistics.read::<Statistic>()?,
            superiors_of: Starts::unpack(self.superiors_of, superiors.len())?,
            superiors: superiors.read_if(|plan: &PlanId| (plan.0 as usize) < plans.len())?,
            indexed,
            plans,
            made: Made::default(),
        })
    }

    /// What each of so many plans is compared by.
    fn heads(&self, plans: usize, regions: usize, sources: usize) -> Option<Vec<Head>> {
        let heads = self.heads.read_if(|head: &Head| {
            let region = u32::from(head.region);
            (region as usize) < regions && (head.source.number() as usize) < sources
        });
        heads.filter(|heads| heads.len() == plans)
    }

    /// The lists, side by side.
    fn short(&self) -> Option<Short> {
        let regions = || Some(rebuild(self.regions.read::<(Region, Option<RegionId>)>()?));
        let of_plans = || rayon::join(regions, || self.plans.read::<Plan>());
        let shared = || rayon::join(|| self.forms.read(), || self.values.read());
        let ((regions, plans), (forms, values)) = rayon::join(of_plans, shared);
        let short = Short {
            regions: regions?,
            plans: plans?,
            forms: forms?,
            values: values?,
        };
        let counts = (short.plans.len(), short.forms.len(), short.values.len());
        let is_known = |value: &FigureValue| value.indicator.index() < self.catalogue.len();
        let fits = counts == self.counts && short.values.iter().all(is_known);
        fits.then_some(short)
    }

    /// The long columns, side by side.
    fn long(&self, sources: usize) -> Option<Long> {
        let (plans, forms, values) = self.counts;
        let (rows, figures) = (self.rows.len(), self.figures.len());
        let indicators = self.catalogue.len();
        let below = |number: u32, limit: usize| (number as usize) < limit;
        let layouts = self.layouts.len();
        let row = |row: &Narrow| below(row.layout.0, layouts) && below(row.first, figures);
        let layout = |layout: &Layout| below(layout.form.0, forms);
        let wide = |wide: &Row| {
            below(wide.form.0, forms)
                && below(wide.source.number(), sources)
                && below(wide.first, figures)
        };
        let figure = |figure: &Packed| {
            let indicator = figure.indicator();
            below(figure.value().0, values)
                && indicator.is_none_or(|indicator| indicator.index() < indicators)
        };
        let rows_of = Ranges::unpack(self.rows_of, rows)?;
        let indexed = || ByIndicator::unpack(&self.indexed, indicators, figures);
        let of_rows = || rayon::join(|| self.rows.read_if(row), indexed);
        let of_figures = || rayon::join(|| self.places.read(), || self.figures.read_if(figure));
        let ((behind, packed), (narrow, indexed)) = rayon::join(of_figures, of_rows);
        let places: Vec<Placed> = behind?;
        let owners = Owners::unpack(self.owners, plans, figures)?;
        let fit = owners.runs(figures).all(|(plan, range)| {
            let left = rows - rows_of.range(plan.0 as usize, rows).start.min(rows);
            let fits = |place: &Placed| place.row() >= FAR_ROW || (place.row() as usize) < left;
            places.get(range).is_some_and(|own| own.iter().all(fits))
        });
        let ids = self.wide.0.read_if(|id: &u32| below(*id, rows))?;
        let wide = ids.into_iter().map(RowId).zip(self.wide.1.read_if(wide)?);
        if !fit || places.len() != figures {
            return None;
        }
        Some(Long {
            places,
            owners,
            rows: narrow?,
            layouts: Layouts::numbered(self.layouts.read_if(layout)?),
            rows_of,
            wide: wide.collect(),
            figures: packed?,
            indexed: indexed?,
        })
    }
}

/// Has plans of one field share its text.
fn share_fields(plans: &mut [Plan], heads: &[Head]) {
    let mut fields: FxHashMap<u32, Arc<str>> = FxHashMap::default();
    for (plan, head) in plans.iter_mut().zip(heads) {
        let own = &mut plan.field.value;
        let field = fields.entry(head.field).or_insert_with(|| Arc::clone(own));
        if field == own {
            *own = Arc::clone(field);
        }
    }
}

/// The plans of each region, in the order of loading.
fn plans_of(heads: &[Head], regions: usize) -> Vec<Vec<PlanId>> {
    let mut plans = vec![Vec::new(); regions];
    for (number, head) in (0..).zip(heads) {
        if let Some(plans) = plans.get_mut(Regions::index(head.region)) {
            plans.push(PlanId(number));
        }
    }
    plans
}
