//! From plans to facts: every cell becomes a figure with a bound; what a row leaves out becomes one that is not given.

use rustc_hash::FxHashMap;

use super::figure::Rest;
use super::index::{ByIndicator, Ranges, Starts};
use super::packed::{Marks, NO_ROW, Packed, Placed};
use super::values::{Known, Values};
use super::{Facts, FigureId, FigureKind, Head, Made, Origin, PlanId, RowId};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::{
    Batch, CellValue, FormId, Nature, Part, Plan, Row, RowForm, Statistic, Table, ValueId,
    YearValue,
};
use crate::notation::{Form, Reading};
use crate::quantity::UnitUse;
use crate::region::{RegionId, Regions};
use crate::source::{SourceId, Span};

/// Builds the fact store.
#[must_use]
pub fn build(
    regions: Regions,
    catalogue: Catalogue,
    batches: Vec<Batch>,
    statistics: Vec<Statistic>,
) -> Facts {
    let mut facts = Facts {
        plans_of: vec![Vec::new(); regions.len()],
        indexed: ByIndicator::new(catalogue.len()),
        regions,
        catalogue,
        plans: Vec::new(),
        heads: Vec::new(),
        rows: Vec::new(),
        rows_of: Ranges::default(),
        forms: Vec::new(),
        figures: Vec::new(),
        places: Vec::new(),
        figures_of: Ranges::default(),
        values: Vec::new(),
        weighed: Vec::new(),
        edges: Vec::new(),
        rests: FxHashMap::default(),
        row_ordinals: FxHashMap::default(),
        statistics,
        superiors: Vec::new(),
        superiors_of: Starts::default(),
        made: Made::default(),
    };
    // Millions of figures are not moved about while they come in.
    let plans = || batches.iter().flat_map(|batch| &batch.plans);
    facts.plans.reserve_exact(plans().count());
    facts
        .rows
        .reserve_exact(plans().map(|(_, table)| table.rows.len()).sum());
    let figures = plans().map(count).sum();
    facts.figures.reserve_exact(figures);
    facts.places.reserve_exact(figures);
    let mut values = Values::default();
    let mut fields: FxHashMap<String, u32> = FxHashMap::default();
    for batch in batches {
        let known = values.take(batch.pool);
        let mut taking = Taking::new(&mut facts, &mut values, &known);
        for (plan, table) in batch.plans {
            let number = u32::try_from(fields.len()).unwrap_or(u32::MAX);
            let field = match fields.get(&plan.field.value) {
                Some(known) => *known,
                None => *fields.entry(plan.field.value.clone()).or_insert(number),
            };
            let head = Head {
                region: plan.region.value,
                field,
                period: plan.period.value,
            };
            let id = PlanId(u32::try_from(taking.facts.plans.len()).unwrap_or(u32::MAX));
            taking.facts.heads.push(head);
            let region = Regions::index(head.region);
            if let Some(plans) = taking.facts.plans_of.get_mut(region) {
                plans.push(id);
            }
            taking.take(id, &plan, &table);
            taking.facts.plans.push(plan);
        }
    }
    (facts.forms, _) = values.pool.into_parts();
    facts.link();
    facts
}

/// How many figures a plan makes.
fn count((plan, table): &(Plan, Table)) -> usize {
    let cells = |row: &Row| usize::from(row.baselines.max(1)) + usize::from(row.targets.max(1));
    let rows: usize = table.rows.iter().map(cells).sum();
    rows + plan.claims.len() + 2 * plan.changes.len() + plan.observations.len()
}

/// A figure's row-independent parts.
pub(super) struct Cell<'a> {
    pub plan: PlanId,
    pub row: Option<RowId>,
    pub origin: Origin,
    pub indicator: IndicatorId,
    pub own_region: RegionId,
    pub region: Option<RegionId>,
    pub basis: Option<&'a str>,
    pub nature: Option<Nature>,
    pub unit: UnitUse,
    /// The file that its row begins in.
    pub source: SourceId,
}

/// Where a figure stands, and its value as printed.
struct Given {
    value: ValueId,
    year: i32,
    span: Span,
}

/// The taking in of plans, one after another.
pub(super) struct Taking<'f> {
    pub facts: &'f mut Facts,
    pub values: &'f mut Values,
    known: &'f Known,
    /// The plan's figures so far, by indicator once all are there.
    pub own: Vec<(IndicatorId, FigureId)>,
    /// The baselines of the row that is being taken in.
    baselines: Vec<FigureId>,
    /// The values of what rows of a form do not give.
    blanks: FxHashMap<(FormId, FigureKind), ValueId>,
}

impl<'f> Taking<'f> {
    pub fn new(facts: &'f mut Facts, values: &'f mut Values, known: &'f Known) -> Self {
        Self {
            facts,
            values,
            known,
            own: Vec::new(),
            baselines: Vec::new(),
            blanks: FxHashMap::default(),
        }
    }

    /// Takes the figures of a plan in, whose head is known.
    pub fn take(&mut self, id: PlanId, plan: &Plan, table: &Table) {
        let at = id.0 as usize;
        self.facts.figures_of.begin(at, self.facts.figures.len());
        self.facts.rows_of.begin(at, self.facts.rows.len());
        for row in &table.rows {
            self.table_row(id, plan, table, row);
        }
        for claim in &plan.claims {
            self.claim(id, plan, claim);
        }
        for change in &plan.changes {
            self.change(id, plan, change);
        }
        for observation in &plan.observations {
            self.observation(id, plan, observation);
        }
        self.facts.figures_of.end(at, self.facts.figures.len());
        self.facts.rows_of.end(at, self.facts.rows.len());
        self.own.sort_unstable();
        self.facts.indexed.take(at, &self.own);
        if self.number_figures() {
            self.number_rows(id);
        }
    }

    fn table_row(&mut self, plan: PlanId, of: &Plan, table: &Table, row: &Row) {
        let Some((form_id, form)) = self.known.form(row.form) else {
            return;
        };
        let cell = Cell {
            plan,
            row: Some(RowId(
                u32::try_from(self.facts.rows.len()).unwrap_or(u32::MAX),
            )),
            origin: Origin::Table,
            indicator: form.indicator,
            own_region: of.region.value,
            region: form.region,
            basis: form.basis.as_deref(),
            nature: form.nature,
            unit: form.unit_use,
            source: row.source,
        };
        let blank = |this: &mut Self, kind, year| Given {
            value: this.blank(form_id, form, kind),
            year,
            span: row.place(Part::Indicator),
        };
        let first = self.facts.figures.len();
        let mut baselines = std::mem::take(&mut self.baselines);
        baselines.clear();
        if row.baselines == 0 {
            let given = blank(self, FigureKind::Baseline, of.period.value.from - 1);
            baselines.push(self.add(&cell, FigureKind::Baseline, true, &given, &[]));
        }
        for (number, (at, printed)) in table.cells_of(row).enumerate() {
            let given = Given {
                value: self.known.value(printed.value),
                year: printed.year.into(),
                span: table.place(row, at, &printed),
            };
            if number < usize::from(row.baselines) {
                baselines.push(self.add(&cell, FigureKind::Baseline, true, &given, &[]));
            } else {
                self.add(&cell, FigureKind::Target, true, &given, &baselines);
            }
        }
        if row.targets == 0 {
            let given = blank(self, FigureKind::Target, of.period.value.to);
            self.add(&cell, FigureKind::Target, true, &given, &baselines);
        }
        let targets = self.facts.figures.len() - first - baselines.len();
        let row = row.of_figures(form_id, first, (baselines.len(), targets));
        self.facts.rows.push(row);
        self.baselines = baselines;
    }

    /// What a row does not give; of a row that could not be read whole, that is not known.
    fn blank(&mut self, id: FormId, form: &RowForm, kind: FigureKind) -> ValueId {
        let pool = &mut self.values.pool;
        let reading = Reading {
            form: Form::NotGiven,
            unit: None,
        };
        let blank = self.blanks.entry((id, kind));
        *blank.or_insert_with(|| {
            pool.add_value(CellValue {
                indicator: form.indicator,
                unit: form.unit_use,
                kind,
                printed: String::new(),
                reading: (!form.spoiled).then(|| reading.into()),
            })
        })
    }

    /// Takes a figure in that stands outside the table.
    pub fn take_figure(
        &mut self,
        cell: &Cell<'_>,
        kind: FigureKind,
        listed: bool,
        value: &YearValue,
        baselines: Vec<FigureId>,
    ) {
        let printed = self.values.pool.add_value(CellValue {
            indicator: cell.indicator,
            unit: cell.unit,
            kind,
            printed: value.printed.value.clone(),
            reading: value.reading.clone(),
        });
        let given = Given {
            value: printed,
            year: value.year,
            span: value.printed.span,
        };
        let id = self.add(cell, kind, listed, &given, &baselines);
        if !baselines.is_empty() {
            self.rest(id).baselines = baselines;
        }
    }

    fn add(
        &mut self,
        cell: &Cell<'_>,
        kind: FigureKind,
        listed: bool,
        given: &Given,
        baselines: &[FigureId],
    ) -> FigureId {
        let value = self
            .values
            .of(given.value, given.year, baselines, self.facts);
        let id = FigureId(u32::try_from(self.facts.figures.len()).unwrap_or(u32::MAX));
        let foreign = cell.region.filter(|region| *region != cell.own_region);
        self.facts.figures.push(Packed {
            value,
            indicator: cell.indicator,
            // Years are read between 1949 and 2100.
            year: i16::try_from(given.year).unwrap_or(i16::MAX),
            kind,
            marks: Marks::new(foreign.is_none(), listed, cell.nature, cell.origin),
        });
        self.facts.places.push(Placed {
            plan: cell.plan,
            row: cell.row.map_or(NO_ROW, |row| row.0),
            start: given.span.start,
            end: given.span.end,
        });
        self.own.push((cell.indicator, id));
        let other = Some(given.span.source).filter(|own| *own != cell.source);
        if foreign.is_some() || cell.basis.is_some() || other.is_some() {
            let rest = self.rest(id);
            rest.region = foreign;
            rest.basis = cell.basis.map(str::to_owned);
            rest.source = other;
        }
        id
    }

    pub fn rest(&mut self, id: FigureId) -> &mut Rest {
        if let Some(packed) = self.facts.figures.get_mut(id.0 as usize) {
            packed.marks.add_rest();
        }
        self.facts.rests.entry(id).or_default()
    }
}
