//! From a plan to its facts: every cell becomes a figure with a bound; what a row leaves out becomes one that is not
//! given.

use super::figure::Rest;
use super::layout::start_of;
use super::packed::{FAR_ROW, Marks, NO_ROW, Packed, Placed};
use super::row::Narrow;
use super::values::{Known, Usual, Values};
use super::{Facts, FigureId, FigureKind, Origin, PlanId, RowId};
use crate::catalogue::IndicatorId;
use crate::model::{
    self, CellValue, FormId, Nature, Part, Plan, Row, RowForm, Table, ValueId, YearValue,
};
use crate::notation::{Form, Reading};
use crate::quantity::UnitUse;
use crate::region::RegionId;
use crate::source::{SourceId, Span};

/// The row that a figure stands in.
#[derive(Clone, Copy)]
pub(super) struct Within {
    id: RowId,
    /// Its place among its plan's.
    number: u32,
    /// Where it starts.
    start: u32,
}

/// A figure's row-independent parts.
pub(super) struct Cell<'a> {
    pub plan: PlanId,
    /// Its row.
    pub row: Option<Within>,
    pub origin: Origin,
    pub indicator: IndicatorId,
    pub own_region: RegionId,
    pub region: Option<RegionId>,
    pub basis: Option<&'a str>,
    pub nature: Option<Nature>,
    pub unit: UnitUse,
    /// The file that its plan begins in.
    pub source: SourceId,
}

/// Where a figure stands, and its value.
struct Given {
    value: Printed,
    year: i32,
    span: Span,
}

/// A value as printed.
enum Printed {
    /// By its number among a reader's.
    Read(ValueId),
    /// By its number among all.
    Named(ValueId),
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
    /// The plan's first row.
    first_row: RowId,
}

impl<'f> Taking<'f> {
    pub fn new(facts: &'f mut Facts, values: &'f mut Values, known: &'f Known) -> Self {
        Self {
            facts,
            values,
            known,
            own: Vec::new(),
            baselines: Vec::new(),
            first_row: RowId(0),
        }
    }

    /// The number of the next row.
    fn next_row(&self) -> RowId {
        RowId(u32::try_from(self.facts.rows.len()).unwrap_or(u32::MAX))
    }

    /// Takes the figures of a plan in, whose head is known.
    pub fn take(&mut self, id: PlanId, plan: &Plan, table: &Table) {
        let at = id.0 as usize;
        let first = self.facts.figures.len();
        self.facts.figures_of.begin(at, first);
        self.facts.owners.begin(id, first);
        self.facts.rows_of.begin(at, self.facts.rows.len());
        self.first_row = self.next_row();
        for row in &table.rows {
            if self.usual_row(plan, table, row).is_none() {
                self.table_row(id, plan, table, row);
            }
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
        self.facts.indexed.take(at, first, &self.own);
        if self.number_figures() {
            self.number_rows(id);
        }
    }

    /// Takes in a row with one baseline and one target whose values are known, laid out as the last one of its form, as
    /// nearly all are; any other is left as it is.
    #[inline]
    fn usual_row(&mut self, of: &Plan, table: &Table, row: &Row) -> Option<()> {
        let usual = self.known.usual(row.form)?;
        let [baseline, target] = table.both_of(row)?;
        let values = (
            self.known.of_figures(baseline.value)?,
            self.known.of_figures(target.value)?,
        );
        let form = FormId(self.first_form() + usual.form.0);
        let (layout, start) = self.facts.layouts.again(form, row)?;
        if row.source != of.id.span.source {
            return None;
        }
        let number = self.next_row().0 - self.first_row.0;
        let place = |cell: &model::Cell| {
            let behind = cell.start.checked_sub(start)?;
            Placed::near(number, behind, cell.length.into())
        };
        let places = [place(&baseline)?, place(&target)?];
        let first = u32::try_from(self.facts.figures.len()).unwrap_or(u32::MAX);
        let Usual {
            indicator, marks, ..
        } = usual;
        let pack = |value, kind, cell: &model::Cell| {
            Packed::new(value, kind, indicator, cell.year.into(), marks)
        };
        let packed_baseline = pack(values.0, FigureKind::Baseline, &baseline);
        let mut packed_target = pack(values.1, FigureKind::Target, &target);
        packed_target.add_baseline_before();
        let figures = &mut self.facts.figures;
        figures.extend_from_slice(&[packed_baseline, packed_target]);
        self.facts.places.extend_from_slice(&places);
        let own = |id| (indicator, FigureId(id));
        self.own.extend_from_slice(&[own(first), own(first + 1)]);
        self.facts.rows.push(Narrow {
            layout,
            first,
            start,
        });
        Some(())
    }

    fn table_row(&mut self, plan: PlanId, of: &Plan, table: &Table, row: &Row) {
        let Some((form_id, form)) = self.known.form(row.form) else {
            return;
        };
        let (id, start) = (self.next_row(), start_of(row));
        let cell = Cell {
            plan,
            row: Some(Within {
                id,
                number: id.0 - self.first_row.0,
                start,
            }),
            origin: Origin::Table,
            indicator: form.indicator,
            own_region: of.region.value,
            region: form.region,
            basis: form.basis.as_deref(),
            nature: form.nature,
            unit: form.unit_use,
            source: of.id.span.source,
        };
        let blank = |this: &mut Self, kind, year| Given {
            value: Printed::Named(this.blank(form_id, form, kind)),
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
                value: Printed::Read(printed.value),
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
        let form = FormId(self.first_form() + form_id.0);
        let row = row.of_figures(form, first, (baselines.len(), targets));
        self.facts.push_row(&row, start, of.id.span.source);
        self.baselines = baselines;
    }

    /// What the numbers of the facts' forms are more by than those here: the forms of a new reading of a plan come
    /// behind all that are there.
    pub fn first_form(&self) -> u32 {
        u32::try_from(self.facts.forms.len()).unwrap_or(u32::MAX)
    }

    /// What a row does not give; of a row that could not be read whole, that is not known.
    fn blank(&mut self, id: FormId, form: &RowForm, kind: FigureKind) -> ValueId {
        let Values { pool, blanks, .. } = &mut *self.values;
        let reading = Reading {
            form: Form::NotGiven,
            unit: None,
        };
        let blank = blanks.entry((id, kind));
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
            value: Printed::Named(printed),
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
        let value = self.value(given, baselines);
        let id = FigureId(u32::try_from(self.facts.figures.len()).unwrap_or(u32::MAX));
        let foreign = cell.region.filter(|region| *region != cell.own_region);
        let marks = Marks::new(foreign.is_none(), listed, cell.nature, cell.origin);
        let mut packed = Packed::new(value, kind, cell.indicator, given.year, marks);
        if let (FigureKind::Target, [only]) = (kind, baselines)
            && only.0 + 1 == id.0
        {
            packed.add_baseline_before();
        }
        self.facts.figures.push(packed);
        let row = self.stand(cell, id, given.span);
        self.own.push((cell.indicator, id));
        let other = Some(given.span.source).filter(|own| *own != cell.source);
        if foreign.is_some() || cell.basis.is_some() || other.is_some() {
            let rest = self.rest(id);
            rest.region = foreign;
            rest.basis = cell.basis.map(str::to_owned);
            rest.source = other;
        }
        if row == FAR_ROW {
            self.rest(id).row = cell.row.map(|row| row.id);
        }
        id
    }

    /// Notes where a figure stands, and gives its row among its plan's.
    #[inline]
    fn stand(&mut self, cell: &Cell<'_>, id: FigureId, span: Span) -> u32 {
        let length = span.end - span.start;
        let row = cell.row.map_or(NO_ROW, |row| row.number.min(FAR_ROW));
        let near = cell.row.and_then(|within| {
            let behind = span.start.checked_sub(within.start)?;
            Placed::near(row, behind, length)
        });
        self.facts.places.push(near.unwrap_or_else(|| {
            self.facts.apart.insert(id, (span.start, length));
            Placed::apart(row)
        }));
        row
    }

    /// The number of a figure's value. Where nothing else decides it, a reader's number is enough from then on.
    #[inline]
    fn value(&mut self, given: &Given, baselines: &[FigureId]) -> ValueId {
        let read = match given.value {
            Printed::Named(named) => {
                return self.values.of(named, given.year, baselines, self.facts);
            }
            Printed::Read(read) => read,
        };
        if let Some(known) = self.known.of_figures(read) {
            return known;
        }
        let named = self.known.value(read);
        let value = self.values.of(named, given.year, baselines, self.facts);
        self.known.note(read, self.values.plain(named));
        value
    }

    pub fn rest(&mut self, id: FigureId) -> &mut Rest {
        if let Some(packed) = self.facts.figures.get_mut(id.0 as usize) {
            packed.marks.add_rest();
        }
        self.facts.rests.entry(id).or_default()
    }
}
