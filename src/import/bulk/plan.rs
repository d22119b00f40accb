//! Plans of bulk tables, as their rows come in.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::again::Again;
use super::line::{Cells, Column};
use crate::catalogue::IndicatorId;
use crate::import::desk::{Desk, RowUnit};
use crate::import::wrong;
use crate::model::{
    Cell, Few, FigureKind, FormId, FormKey, Nature, Part, Period, Plan, Row, Status, Table,
};
use crate::source::{Span, Spanned};

/// A plan whose rows are still coming in.
struct Draft<'t> {
    plan: Plan,
    table: Table,
    /// The cells of its first row, which every other row must repeat.
    head: [Spanned<Cow<'t, str>>; 5],
}

/// What the last row of an indicator said beside its figures: most plans print the same.
struct Kind<'t> {
    unit: Cow<'t, str>,
    nature: Cow<'t, str>,
    form: FormId,
}

/// The plans so far.
pub(super) struct Drafts<'t> {
    plans: IndexMap<Cow<'t, str>, Draft<'t>, FxBuildHasher>,
    /// The plan of the last row.
    last: usize,
    /// Whether the last row said of its plan what the plan's first row says.
    agreed: bool,
    /// By indicator: the plan that last had a row of it, and which row that was.
    rows: Vec<Option<(usize, usize)>>,
    kinds: Vec<Option<Kind<'t>>>,
    /// The hashes of the ids of plans that rows were to begin, faulty ones too.
    begun: FxHashSet<u64>,
}

/// A word that means nothing here, which is reported.
struct Unknown;

/// A row's one baseline and one target.
#[derive(Clone, Copy)]
pub(super) struct Figures {
    pub baseline: Option<Cell>,
    pub target: Cell,
    /// Where the target stands, however long it is.
    pub target_place: Span,
}

impl<'t> Drafts<'t> {
    /// None so far, with room for so many.
    pub fn new(indicators: usize, plans: usize) -> Self {
        Self {
            plans: IndexMap::with_capacity_and_hasher(plans, FxBuildHasher),
            last: 0,
            agreed: false,
            rows: vec![None; indicators],
            kinds: std::iter::repeat_with(|| None).take(indicators).collect(),
            begun: FxHashSet::default(),
        }
    }

    pub fn finish(self) -> (Vec<(Plan, Table)>, FxHashSet<u64>) {
        let drafts = self.plans.into_values();
        let plans = drafts.map(|draft| (draft.plan, draft.table));
        (plans.collect(), self.begun)
    }

    /// Takes a row in, and gives what it says. One that says of its plan what the last row said, byte for byte, is of the
    /// same plan.
    pub fn row(
        &mut self,
        desk: &mut Desk<'_>,
        cells: &Cells<'_, 't>,
        again: bool,
    ) -> Option<(FormId, Figures)> {
        if !again || !self.agreed {
            self.agreed = false;
            let id = cells.get(Column::Plan);
            if id.value.is_empty() {
                desk.problems.push(wrong::empty_cell("plan", cells.whole()));
                return None;
            }
            self.agreed = self.plan(desk, cells).is_some();
        }
        if !self.agreed {
            return None;
        }
        let (form, figures) = self.figures(desk, cells)?;
        let indicator = desk.pool.form(form).indicator;
        self.take(desk, row(form, cells), indicator, figures);
        Some((form, figures))
    }

    /// Whether the last row is one of a plan.
    pub const fn agreed(&self) -> bool {
        self.agreed
    }

    /// Makes the plan of a row the last one, where what it repeats of the plan is what the plan's first row says.
    fn plan(&mut self, desk: &mut Desk<'_>, cells: &Cells<'_, 't>) -> Option<()> {
        let id = &cells.get(Column::Plan).value;
        let last = self.plans.get_index(self.last);
        let at = match last.filter(|(known, _)| *known == id) {
            Some(_) => Some(self.last),
            None => self.plans.get_index_of(id.as_ref()),
        };
        let Some(at) = at else {
            // Most plans have as many rows as the one before.
            let before = self.plans.get_index(self.last);
            let table = before.map_or_else(Table::default, |(_, draft)| draft.table.alike());
            self.begun.insert(FxBuildHasher.hash_one(id.as_ref()));
            let draft = draft(desk, cells, table)?;
            self.last = self.plans.len();
            self.plans.insert(id.clone(), draft);
            return Some(());
        };
        if at != self.last {
            self.last = at;
            self.recall(desk, at);
        }
        let (_, draft) = self.plans.get_index(at)?;
        let mut same = true;
        for (first, column) in draft.head.iter().zip(Column::HEAD) {
            if first.value != cells.get(column).value {
                same = false;
                let (first, other) = (owned(first), cells.owned(column));
                let problem = wrong::disagreeing(column.name(), &other, &first);
                desk.problems.push(problem);
            }
        }
        same.then_some(())
    }

    /// Notes which rows a plan has already, where another plan's stood between.
    fn recall(&mut self, desk: &Desk<'_>, plan: usize) {
        let Some((_, draft)) = self.plans.get_index(plan) else {
            return;
        };
        for (number, row) in draft.table.rows.iter().enumerate() {
            let indicator = desk.pool.form(row.form).indicator;
            if let Some(place) = self.rows.get_mut(indicator.index()) {
                *place = Some((plan, number));
            }
        }
    }

    fn figures(&mut self, desk: &mut Desk<'_>, cells: &Cells<'_, 't>) -> Option<(FormId, Figures)> {
        let printed = cells.get(Column::Indicator);
        let indicator = match desk.named(&printed.value) {
            Some(indicator) => indicator,
            None => desk.indicator_of(&cells.owned(Column::Indicator))?.value,
        };
        let form = self.form(desk, cells, indicator)?;
        let unit = desk.pool.form(form).unit_use;
        let unit = desk.row_unit(indicator, unit);
        let year = |desk: &mut Desk<'_>, column| year(desk, cells, column);
        let baseline = match cells.given(Column::BaselineYear) {
            None => None,
            Some(_) => year(desk, Column::BaselineYear).map(|year| {
                let kind = FigureKind::Baseline;
                cell(desk, cells, Column::Baseline, (indicator, kind, year), unit)
            }),
        };
        let year = year(desk, Column::TargetYear)?;
        let kind = FigureKind::Target;
        let target = cell(desk, cells, Column::Target, (indicator, kind, year), unit);
        let target_place = cells.get(Column::Target).span;
        let figures = Figures {
            baseline,
            target,
            target_place,
        };
        Some((form, figures))
    }

    /// What the row says beside its figures.
    fn form(
        &mut self,
        desk: &mut Desk<'_>,
        cells: &Cells<'_, 't>,
        indicator: IndicatorId,
    ) -> Option<FormId> {
        let (unit, nature) = (cells.get(Column::Unit), cells.get(Column::Nature));
        let place = self.kinds.get_mut(indicator.index())?;
        if let Some(kind) = place
            && kind.unit == unit.value
            && kind.nature == nature.value
        {
            return Some(kind.form);
        }
        let (printed, unit_use) = desk.unit_of(cells.owned(Column::Unit), indicator)?;
        let printed_nature = self::nature(desk, cells).ok()?;
        let form = desk.pool.add_form(FormKey {
            indicator,
            name: None,
            unit: &printed.value,
            unit_use,
            nature: printed_nature,
            basis: None,
            region: None,
            spoiled: false,
        });
        *place = Some(Kind {
            unit: unit.value.clone(),
            nature: nature.value.clone(),
            form,
        });
        Some(form)
    }

    /// Puts a row into the table of the last row's plan.
    #[inline]
    pub fn take(
        &mut self,
        desk: &mut Desk<'_>,
        row: Row,
        indicator: IndicatorId,
        figures: Figures,
    ) {
        let at = self.last;
        let Some((_, draft)) = self.plans.get_index_mut(at) else {
            return;
        };
        let Some(known) = self.rows.get_mut(indicator.index()) else {
            return;
        };
        match *known {
            Some((plan, number)) if plan == at => {
                let again = Again { row, figures };
                again.add(desk, &draft.plan.id.value, &mut draft.table, number);
            }
            _ => {
                *known = Some((at, draft.table.rows.len()));
                let Figures {
                    baseline, target, ..
                } = figures;
                draft.table.push_one(row, baseline, target);
            }
        }
    }
}

/// A row without figures.
pub(super) fn row(form: FormId, cells: &Cells<'_, '_>) -> Row {
    let source = cells.get(Column::Plan).span.source;
    Row::new(form, source)
        .placed(Part::Indicator, cells.get(Column::Indicator).span)
        .placed(Part::Unit, cells.get(Column::Unit).span)
        .placed(Part::Nature, cells.get(Column::Nature).span)
}

fn owned(cell: &Spanned<Cow<'_, str>>) -> Spanned<String> {
    Spanned::new(cell.value.to_string(), cell.span)
}

fn year(desk: &mut Desk<'_>, cells: &Cells<'_, '_>, column: Column) -> Option<i32> {
    let cell = cells.get(column);
    match cell.value.parse() {
        Ok(number) => desk.year(&Spanned::new(number, cell.span)),
        Err(_) => desk.year_of(&cells.owned(column)),
    }
}

fn cell(
    desk: &mut Desk<'_>,
    cells: &Cells<'_, '_>,
    column: Column,
    (indicator, kind, year): (IndicatorId, FigureKind, i32),
    unit: RowUnit<'_>,
) -> Cell {
    let printed = cells.get(column);
    let printed = Spanned::new(printed.value.as_ref(), printed.span);
    desk.cell(indicator, kind, year, &printed, unit)
}

/// What the target obliges to, where the row says; a word that is none is reported.
fn nature(desk: &mut Desk<'_>, cells: &Cells<'_, '_>) -> Result<Option<Nature>, Unknown> {
    match cells.get(Column::Nature).value.as_ref() {
        "" => Ok(None),
        "binding" => Ok(Some(Nature::Binding)),
        "anticipatory" => Ok(Some(Nature::Anticipatory)),
        _ => {
            let words = ["binding", "anticipatory"];
            let cell = cells.owned(Column::Nature);
            desk.problems
                .push(wrong::wrong_word("nature", &words, &cell));
            Err(Unknown)
        }
    }
}

fn status(desk: &mut Desk<'_>, cells: &Cells<'_, '_>) -> Option<Status> {
    match cells.get(Column::Status).value.as_ref() {
        "draft" => Some(Status::Draft),
        "consultation" => Some(Status::Consultation),
        "issued" | "" => Some(Status::Issued),
        _ => {
            let words = ["draft", "consultation", "issued"];
            let cell = cells.owned(Column::Status);
            desk.problems
                .push(wrong::wrong_word("status", &words, &cell));
            None
        }
    }
}

/// A plan by its first row.
fn draft<'t>(desk: &mut Desk<'_>, cells: &Cells<'_, 't>, table: Table) -> Option<Draft<'t>> {
    let id = cells.owned(Column::Plan);
    let region = desk.region_of(&cells.owned(Column::Region));
    let status = status(desk, cells);
    let from = year(desk, cells, Column::PeriodFrom);
    let to = year(desk, cells, Column::PeriodTo);
    let span = cells.get(Column::PeriodFrom).span;
    let period = Period {
        from: from?,
        to: to?,
    };
    if period.from > period.to {
        desk.problems
            .push(wrong::backwards_period(period.from, period.to, span));
        return None;
    }
    let plan = Plan {
        title: id.clone(),
        id,
        region: region?,
        field: cells.owned(Column::Field).map(Arc::from),
        status: Spanned::new(status?, cells.get(Column::Status).span),
        issued: None,
        number: None,
        period: Spanned::new(period, span),
        follows: Few::default(),
        partial: false,
        source: None,
        claims: Few::default(),
        changes: Few::default(),
        rosters: Few::default(),
        counts: Few::default(),
        commitments: Few::default(),
        tasks: Few::default(),
        observations: Few::default(),
        allows: Few::default(),
    };
    Some(Draft {
        plan,
        table,
        head: Column::HEAD.map(|column| cells.get(column).clone()),
    })
}
