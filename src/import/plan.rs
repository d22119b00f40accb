//! `*.plan.toml`: one plan.

use rustc_hash::FxHashMap;

use super::desk::{Desk, RowUnit};
use super::entity::{Entity, PLAN};
use super::record::{Record, read_file};
use super::recover::recover_file;
use super::scan::scan_file;
use super::{section, wrong};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::language::Said;
use crate::model::{IndicatorRow, Nature, Period, Plan, PlanSource, Status, YearValue};
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
) -> (Option<Plan>, Vec<Problem>) {
    read_by(read_file, text, source, regions, catalogue)
}

/// The same without the fast way for plain texts: what [`read_plan`] must give of every text, for comparing.
#[must_use]
pub fn read_plan_recovering(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Option<Plan>, Vec<Problem>) {
    read_by(recover_file, text, source, regions, catalogue)
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

fn read_by(
    lane: Lane,
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Option<Plan>, Vec<Problem>) {
    let mut problems = Vec::new();
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        problems.push(wrong::empty_file(source));
        return (None, problems);
    }
    let record = lane(text, source, &PLAN, &mut problems);
    let mut desk = Desk::new(regions, catalogue, problems);
    let plan = desk.plan(&record);
    if plan.is_none() {
        desk.problems.push(wrong::plan_left_out(source, text));
    }
    (plan, desk.problems)
}

impl Desk<'_> {
    fn plan(&mut self, record: &Record) -> Option<Plan> {
        self.format(record);
        let region = self.region(record, "region");
        let rows = record.many("indicators").iter();
        let rows: Vec<IndicatorRow> = rows.filter_map(|row| self.row(row)).collect();
        if let Some(region) = &region {
            self.repeated(&rows, region.value);
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
        Some(Plan {
            title: record.text("title").unwrap_or_else(|| id.clone()),
            region: region?,
            field: unsaid("field"),
            status: status(record).unwrap_or(Spanned::new(Status::Draft, id.span)),
            issued: record.date("issued"),
            number: record.plain("number"),
            period: self.period(record)?,
            follows: record.texts("follows"),
            partial: record.boolean("partial").unwrap_or(false),
            source: origin(record),
            rows,
            claims,
            changes,
            rosters,
            counts,
            commitments,
            tasks,
            observations,
            allows,
            id,
        })
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

    fn row(&mut self, record: &Record) -> Option<IndicatorRow> {
        let known = self.problems.len();
        let indicator = self.indicator(record, "id");
        let unit = indicator
            .as_ref()
            .and_then(|indicator| self.unit(record, indicator));
        let of = indicator.as_ref().zip(unit.as_ref());
        let of = of.map(|(indicator, (_, unit))| self.row_unit(indicator.value, *unit));
        let baselines = self.years(record, "baseline", of);
        let targets = self.years(record, "target", of);
        let region = self.region(record, "region");
        if record.text("region").is_some() && region.is_none() {
            return None;
        }
        let (unit, unit_use) = unit?;
        Some(IndicatorRow {
            indicator: indicator?,
            name: record.text("name"),
            unit,
            unit_use,
            baselines,
            targets,
            nature: nature(record),
            row: record.integer("row").map(|row| row.value),
            at: record.plain("at"),
            basis: record.text("basis"),
            region,
            spoiled: self.problems.len() > known,
            span: record.span,
        })
    }

    fn years(&mut self, record: &Record, key: &str, unit: Option<RowUnit<'_>>) -> Vec<YearValue> {
        let mut values = Vec::new();
        for (year, printed) in &record.keyed(key) {
            let number: Option<i64> = year.value.parse().ok();
            let Some(number) = number else {
                self.no_year(&year.value, year.span);
                continue;
            };
            if let Some(year) = self.year(&Spanned::new(number, year.span)) {
                values.push(self.value(year, printed, unit));
            }
        }
        values.sort_by_key(|value| value.year);
        values
    }

    /// The same indicator twice in one table, on one basis, for one region and year.
    fn repeated(&mut self, rows: &[IndicatorRow], own: RegionId) {
        type Key<'k> = (IndicatorId, Option<&'k str>, RegionId, Option<i32>, bool);
        let mut seen: FxHashMap<Key<'_>, Span> = FxHashMap::default();
        for row in rows {
            let basis = row.basis.as_ref().map(|basis| basis.value.as_str());
            let region = row.region.as_ref().map_or(own, |region| region.value);
            let years = |values: &[YearValue], target: bool| -> Vec<(Option<i32>, bool, Span)> {
                let each = values.iter();
                each.map(|value| (Some(value.year), target, value.printed.span))
                    .collect()
            };
            let mut cells = years(&row.baselines, false);
            cells.extend(years(&row.targets, true));
            if cells.is_empty() {
                cells.push((None, false, row.indicator.span));
            }
            let mut first = None;
            for (year, target, span) in cells {
                let key = (row.indicator.value, basis, region, year, target);
                match seen.get(&key) {
                    Some(earlier) => first = first.or(Some((*earlier, span))),
                    None => {
                        seen.insert(key, span);
                    }
                }
            }
            if let Some((earlier, again)) = first {
                let indicator = self.catalogue.get(row.indicator.value);
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
}

fn status(record: &Record) -> Option<Spanned<Status>> {
    let text = record.text("status")?;
    let status = match text.value.as_str() {
        "consultation" => Status::Consultation,
        "issued" => Status::Issued,
        _ => Status::Draft,
    };
    Some(Spanned::new(status, text.span))
}

fn nature(record: &Record) -> Option<Spanned<Nature>> {
    let text = record.text("nature")?;
    let nature = match text.value.as_str() {
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
