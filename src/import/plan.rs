//! `*.plan.toml`: one plan.

use std::collections::BTreeMap;

use super::desk::{Desk, RowUnit};
use super::entity::{Entity, PLAN};
use super::record::{Record, read_file};
use super::recover::recover_file;
use super::scan::scan_file;
use super::settings::status;
use super::{section, wrong};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::language::Said;
use crate::model::{
    Batch, Cell, FigureKind, FormKey, Nature, Part, Period, Plan, PlanSource, Row, Status, Table,
};
use crate::problem::Problem;
use crate::region::{RegionId, Regions};
use crate::source::{SourceId, Sources, Span, Spanned};

/// Reads a plan file. The plan is there whenever its id, region and period could be read; every fault of the
/// file is reported, and what it spoils is left out.
#[must_use]
pub fn read_plan(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Batch, Vec<Problem>) {
    let mut reader = PlanReader::new(regions, catalogue);
    reader.read(text, source);
    reader.finish()
}

/// The same without the fast way for plain texts: what [`read_plan`] must give of every text, for comparing.
#[must_use]
pub fn read_plan_recovering(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Batch, Vec<Problem>) {
    let mut reader = PlanReader::new(regions, catalogue);
    reader.read_by(recover_file, text, source);
    reader.finish()
}

/// Whether [`read_plan`] takes the fast way with a text: nothing in it is wrong as far as keys and types go, and
/// nothing is written oddly (escapes, dotted keys).
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let source = Sources::default().add("", "");
    scan_file(text, source, &PLAN).is_some()
}

/// Whether the fast way makes of a text what the recovering one does, every place included; where it leaves the text,
/// there is nothing to differ. Stronger than comparing plans, which hold only what is used of a file.
#[must_use]
pub fn lanes_agree(text: &str) -> bool {
    let source = Sources::default().add("", "");
    let mut problems = Vec::new();
    scan_file(text, source, &PLAN).is_none_or(|record| {
        record == recover_file(text, source, &PLAN, &mut problems) && problems.is_empty()
    })
}

/// A way from a text to its record.
type Lane = for<'t> fn(&'t str, SourceId, &'static Entity, &mut Vec<Problem>) -> Record<'t>;

/// Reads plan files one after another; what their rows have in common is kept once.
pub struct PlanReader<'a> {
    desk: Desk<'a>,
    plans: Vec<(Plan, Table)>,
}

impl<'a> PlanReader<'a> {
    /// A reader that has read nothing.
    #[must_use]
    pub fn new(regions: &'a Regions, catalogue: &'a Catalogue) -> Self {
        Self {
            desk: Desk::new(regions, catalogue),
            plans: Vec::new(),
        }
    }

    /// Reads a plan file.
    pub fn read(&mut self, text: &str, source: SourceId) {
        self.read_by(read_file, text, source);
    }

    fn read_by(&mut self, lane: Lane, text: &str, source: SourceId) {
        let desk = &mut self.desk;
        if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
            desk.problems.push(wrong::empty_file(source));
            return;
        }
        let record = lane(text, source, &PLAN, &mut desk.problems);
        match desk.plan(&record, source) {
            Some(plan) => self.plans.push(plan),
            None => desk.problems.push(wrong::plan_left_out(source, text)),
        }
    }

    /// The plans that were read since the last time, with what is new in the pool that they share, and what was wrong
    /// with their files.
    pub fn drain(&mut self) -> (Batch, Vec<Problem>) {
        let batch = Batch {
            plans: std::mem::take(&mut self.plans),
            pool: self.desk.pool.news(),
        };
        (batch, std::mem::take(&mut self.desk.problems))
    }

    /// The plans that were read, and all that was wrong with their files.
    #[must_use]
    pub fn finish(self) -> (Batch, Vec<Problem>) {
        let batch = Batch {
            plans: self.plans,
            pool: self.desk.pool,
        };
        (batch, self.desk.problems)
    }
}

impl Desk<'_> {
    fn plan(&mut self, record: &Record, source: SourceId) -> Option<(Plan, Table)> {
        self.format(record);
        let region = self.region(record, "region");
        let rows = record.many("indicators");
        // Most rows have one baseline and one target.
        let mut table = Table::with_room(rows.len(), 2 * rows.len());
        for row in rows {
            self.row(row, source, &mut table);
        }
        if let Some(region) = &region {
            self.repeated(&table, region.value);
        }
        let claims = self.each(record, "claims", section::claim);
        let changes = self.each(record, "changes", section::change);
        let rosters = self.each(record, "rosters", section::roster);
        let counts = self.each(record, "counts", section::count);
        let commitments = self.each(record, "commitments", section::commitment);
        let tasks = self.each(record, "tasks", section::task);
        let observations = self.each(record, "observations", section::observation);
        let allows = self.each(record, "allow", section::allow);
        let id = record.text("id")?;
        let unsaid = |key: &str| {
            record
                .text(key)
                .unwrap_or(Spanned::new(String::new(), id.span))
        };
        let plan = Plan {
            title: record.text("title").unwrap_or_else(|| id.clone()),
            region: region?,
            field: unsaid("field"),
            status: status(record).unwrap_or(Spanned::new(Status::Draft, id.span)),
            issued: record.date("issued"),
            number: record.plain("number"),
            period: self.period(record)?,
            follows: record.texts("follows"),
            partial: record.boolean("partial").is_some_and(|flag| flag.value),
            source: origin(record),
            claims,
            changes,
            rosters,
            counts,
            commitments,
            tasks,
            observations,
            allows,
            id,
        };
        Some((plan, table))
    }

    fn each<T>(
        &mut self,
        record: &Record,
        key: &str,
        read: impl Fn(&mut Self, &Record) -> Option<T>,
    ) -> Vec<T> {
        let records = record.many(key).iter();
        records.filter_map(|record| read(self, record)).collect()
    }

    fn period(&mut self, record: &Record) -> Option<Spanned<Period>> {
        let inner = record.one("period")?;
        let (from, to) = (inner.integer("from")?, inner.integer("to")?);
        let from_year = self.year(&from)?;
        let to_year = self.year(&to)?;
        if from_year > to_year {
            let span = inner.span;
            self.problems
                .push(wrong::backwards_period(from_year, to_year, span));
            return None;
        }
        let period = Period {
            from: from_year,
            to: to_year,
        };
        Some(Spanned::new(period, inner.span))
    }

    fn row(&mut self, record: &Record<'_>, source: SourceId, table: &mut Table) -> Option<()> {
        let known = self.problems.len();
        let indicator = record.text_ref("id").and_then(|id| self.indicator_at(&id));
        let at_indicator = |indicator: &Spanned<IndicatorId>| Spanned::new("", indicator.span);
        let unit = indicator.as_ref().and_then(|indicator| {
            let printed = record.text_ref("unit");
            let printed = printed.unwrap_or_else(|| at_indicator(indicator));
            let unit = self.unit_at(&printed, indicator.value)?;
            Some((printed, unit))
        });
        let of = indicator.as_ref().zip(unit.as_ref());
        let of = of.map(|(indicator, (_, unit))| {
            let unit = self.row_unit(indicator.value, *unit);
            (indicator.value, unit)
        });
        let baselines = self.years(record, "baseline", FigureKind::Baseline, of);
        let targets = self.years(record, "target", FigureKind::Target, of);
        let region = self.region(record, "region");
        if record.text_ref("region").is_some() && region.is_none() {
            return None;
        }
        let ((unit, unit_use), indicator) = (unit?, indicator?);
        let (name, nature) = (record.text_ref("name"), nature(record));
        let form = self.pool.add_form(FormKey {
            indicator: indicator.value,
            name: name.as_ref().map(|name| name.value),
            unit: unit.value,
            unit_use,
            nature: nature.as_ref().map(|nature| nature.value),
            basis: record.text_ref("basis").map(|basis| basis.value),
            region: region.map(|region| region.value),
            spoiled: self.problems.len() > known,
        });
        let places = [
            (Part::Indicator, Some(indicator.span)),
            (Part::Name, name.map(|name| name.span)),
            (Part::Unit, Some(unit.span)),
            (Part::Nature, nature.map(|nature| nature.span)),
        ];
        let at = |row: Row, (part, place): (Part, Option<Span>)| match place {
            Some(place) => row.placed(part, place),
            None => row,
        };
        let row = places.into_iter().fold(Row::new(form, source), at);
        table.push(row, &baselines, &targets);
        Some(())
    }

    fn years(
        &mut self,
        record: &Record<'_>,
        key: &str,
        kind: FigureKind,
        of: Option<(IndicatorId, RowUnit<'_>)>,
    ) -> Vec<Cell> {
        let mut values = Vec::new();
        for (year, printed) in record.keyed_ref(key) {
            let number: Option<i64> = year.value.parse().ok();
            let Some(number) = number else {
                self.problems.push(wrong::no_year(year.value, year.span));
                continue;
            };
            let Some(year) = self.year(&Spanned::new(number, year.span)) else {
                continue;
            };
            match of {
                Some((indicator, unit)) => {
                    values.push(self.cell(indicator, kind, year, &printed, unit));
                }
                // The row is left out; what is wrong with its values is said all the same.
                None => {
                    self.value(year, &printed.map(str::to_owned), None);
                }
            }
        }
        values.sort_by_key(|value| value.year);
        values
    }

    /// The same indicator twice in one table, on one basis, for one region and year.
    fn repeated(&mut self, table: &Table, own: RegionId) {
        let mut keys: Vec<Key> = Vec::with_capacity(table.cells.len());
        for (number, row) in table.rows.iter().enumerate() {
            let indicator = self.pool.form(row.form).indicator;
            let key = |year, target, at| Key {
                indicator,
                year,
                target,
                row: number,
                at,
            };
            let split = usize::from(row.baselines);
            let cells = table.cells_of(row).enumerate();
            keys.extend(cells.map(|(at, (_, cell))| key(Some(cell.year), at >= split, at)));
            if row.baselines == 0 && row.targets == 0 {
                keys.push(key(None, false, 0));
            }
        }
        keys.sort_unstable();
        let mut repeated: BTreeMap<usize, (usize, Span, Span)> = BTreeMap::new();
        for group in keys.chunk_by(Key::same) {
            for (number, again) in group.iter().enumerate().skip(1) {
                let name = |key: &Key| {
                    let form = table.rows.get(key.row).map(|row| self.pool.form(row.form));
                    form.map(|form| (&form.basis, form.region.unwrap_or(own)))
                };
                let mut before = group.iter().take(number);
                let Some(first) = before.find(|first| name(first) == name(again)) else {
                    continue;
                };
                let places = (first.place(table), again.place(table));
                if let (Some(first), Some(place)) = places {
                    // Of a row only the first such cell is told.
                    let told = repeated
                        .entry(again.row)
                        .or_insert((again.at, first, place));
                    *told = (*told).min((again.at, first, place));
                }
            }
        }
        for (row, (_, earlier, again)) in repeated {
            let Some(row) = table.rows.get(row) else {
                continue;
            };
            let indicator = self.catalogue.get(self.pool.form(row.form).indicator);
            let what = Said::new(
                format!("指标“{}”", indicator.name),
                format!("the indicator {}", indicator.id),
            );
            let help = Said::new(
                "只留一处，或以 basis、region 区别",
                "keep one, or tell them apart by basis or region",
            );
            self.problems
                .push(wrong::duplicate(&what, again, earlier, help));
        }
    }
}

/// What a cell is of, and where in the table it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    indicator: IndicatorId,
    year: Option<i16>,
    target: bool,
    row: usize,
    at: usize,
}

impl Key {
    fn same(&self, other: &Self) -> bool {
        (self.indicator, self.year, self.target) == (other.indicator, other.year, other.target)
    }

    fn place(&self, table: &Table) -> Option<Span> {
        let row = table.rows.get(self.row)?;
        if self.year.is_none() {
            return Some(row.place(Part::Indicator));
        }
        let (at, cell) = table.cells_of(row).nth(self.at)?;
        Some(table.place(row, at, &cell))
    }
}

fn nature(record: &Record) -> Option<Spanned<Nature>> {
    let text = record.text_ref("nature")?;
    let nature = match text.value {
        "binding" => Nature::Binding,
        _ => Nature::Anticipatory,
    };
    Some(Spanned::new(nature, text.span))
}

fn origin(record: &Record) -> PlanSource {
    let Some(source) = record.one("source") else {
        return PlanSource::default();
    };
    PlanSource {
        title: source.plain("title"),
        file: source.plain("file"),
        sha256: source.plain("sha256"),
        retrieved: source.date("retrieved").map(|date| date.value),
    }
}
