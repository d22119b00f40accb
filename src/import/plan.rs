//! `*.plan.toml`: one plan.

use rustc_hash::FxHashMap;

use super::entity::PLAN;
use super::record::{Record, read_file};
use super::{section, wrong};
use crate::catalogue::{Catalogue, IndicatorId};
use crate::language::Said;
use crate::model::{IndicatorRow, Nature, Period, Plan, PlanSource, Status, YearValue};
use crate::notation::{Reading, read};
use crate::problem::{Kind, Problem};
use crate::quantity::UnitUse;
use crate::region::{RegionId, Regions};
use crate::source::{SourceId, Span, Spanned};

/// Reads a plan file. The plan is there whenever its id, region and period could be read; every fault of the
/// file is reported, and what it spoils is left out.
#[must_use]
pub fn read_plan(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Option<Plan>, Vec<Problem>) {
    let mut problems = Vec::new();
    let record = read_file(text, source, &PLAN, &mut problems);
    let mut desk = Desk {
        regions,
        catalogue,
        problems,
    };
    let plan = desk.plan(&record);
    (plan, desk.problems)
}

/// The unit that values of a row are read in, and what is printed for it in short.
#[derive(Clone, Copy)]
pub(super) struct RowUnit<'a> {
    pub unit: UnitUse,
    pub short: &'a [String],
}

impl RowUnit<'_> {
    /// A unit of something that is no indicator.
    pub const fn plain(unit: UnitUse) -> Self {
        Self { unit, short: &[] }
    }
}

/// What reading a plan's records needs at hand.
pub(super) struct Desk<'a> {
    pub regions: &'a Regions,
    pub catalogue: &'a Catalogue,
    pub problems: Vec<Problem>,
}

impl<'a> Desk<'a> {
    fn plan(&mut self, record: &Record) -> Option<Plan> {
        self.format(record);
        let region = self.region(record, "region");
        let rows = record.many("indicators").iter();
        let rows: Vec<IndicatorRow> = rows.filter_map(|row| self.row(row)).collect();
        self.repeated(&rows);
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

    pub fn format(&mut self, record: &Record) {
        if let Some(format) = record.integer("format")
            && format.value != 1
        {
            let message = Said::new(
                format!("不认识的格式版本 {}", format.value),
                format!("unknown format version {}", format.value),
            );
            let label = Said::new("目前只有 1", "there is only 1");
            self.problems
                .push(Problem::new(Kind::WrongType, format.span, message, label));
        }
    }

    fn period(&mut self, record: &Record) -> Option<Spanned<Period>> {
        let inner = record.one("period")?;
        let (from, to) = (inner.integer("from")?, inner.integer("to")?);
        let from_year = self.year(&from)?;
        let to_year = self.year(&to)?;
        if from_year > to_year {
            let message = Said::new(
                format!("规划期从 {from_year} 年到 {to_year} 年，首尾颠倒"),
                format!("the period from {from_year} to {to_year} runs backwards"),
            );
            let label = Said::new("颠倒", "runs backwards");
            self.problems
                .push(Problem::new(Kind::WrongType, inner.span, message, label));
            return None;
        }
        let period = Period {
            from: from_year,
            to: to_year,
        };
        Some(Spanned::new(period, inner.span))
    }

    /// A year between 1949 and 2100; a typing error elsewhere.
    pub fn year(&mut self, number: &Spanned<i64>) -> Option<i32> {
        let year = i32::try_from(number.value).ok();
        let year = year.filter(|year| (1949..=2100).contains(year));
        if year.is_none() {
            self.no_year(&number.value.to_string(), number.span);
        }
        year
    }

    fn no_year(&mut self, written: &str, span: Span) {
        let message = Said::new(
            format!("“{written}”不是年份"),
            format!("`{written}` is no year"),
        );
        let label = Said::new("应是四位年份", "expected a year");
        let help = Said::new("年份在 1949 到 2100 之间", "years run from 1949 to 2100");
        self.problems
            .push(Problem::new(Kind::WrongType, span, message, label).help(help));
    }

    pub fn region(&mut self, record: &Record, key: &str) -> Option<Spanned<RegionId>> {
        let text = record.text(key)?;
        self.region_of(&text)
    }

    pub fn region_of(&mut self, text: &Spanned<String>) -> Option<Spanned<RegionId>> {
        let found = self.regions.find(&text.value);
        if found.is_none() {
            let named = self.regions.named(&text.value).len();
            self.problems.push(wrong::unknown_region(text, named));
        }
        found.map(|region| Spanned::new(region, text.span))
    }

    pub fn indicator(&mut self, record: &Record, key: &str) -> Option<Spanned<IndicatorId>> {
        let text = record.text(key)?;
        let found = self.catalogue.find(&text.value);
        if found.is_none() {
            let known: Vec<&str> = if text.value.is_ascii() {
                self.catalogue.ids().collect()
            } else {
                self.catalogue.spellings().collect()
            };
            self.problems
                .push(wrong::unknown_indicator(&text, known.into_iter()));
        }
        found.map(|indicator| Spanned::new(indicator, text.span))
    }

    /// The unit of a row and its short forms, for reading its values.
    pub fn row_unit(&self, indicator: IndicatorId, unit: UnitUse) -> RowUnit<'a> {
        let catalogue: &'a Catalogue = self.catalogue;
        RowUnit {
            unit,
            short: &catalogue.get(indicator).printed_units,
        }
    }

    /// The unit as printed and as read. `None` where it is unknown, which is reported.
    pub fn unit(
        &mut self,
        record: &Record,
        indicator: &Spanned<IndicatorId>,
    ) -> Option<(Spanned<String>, UnitUse)> {
        let at_indicator = Spanned::new(String::new(), indicator.span);
        let printed = record.text("unit").unwrap_or(at_indicator);
        let found = self.catalogue.row_unit(indicator.value, &printed.value);
        if found.is_none() {
            let known = self.catalogue.units.spellings();
            self.problems.push(wrong::unknown_unit(&printed, &known));
        }
        found.map(|unit| (printed, unit))
    }

    fn row(&mut self, record: &Record) -> Option<IndicatorRow> {
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
            span: record.span,
        })
    }

    fn years(&mut self, record: &Record, key: &str, unit: Option<RowUnit<'_>>) -> Vec<YearValue> {
        let mut values = Vec::new();
        for (year, printed) in record.keyed(key) {
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

    /// A value read; where its notation or its unit is wrong, that is reported and it stays unread.
    pub fn value(
        &mut self,
        year: i32,
        printed: &Spanned<String>,
        unit: Option<RowUnit<'_>>,
    ) -> YearValue {
        let reading = match read(&printed.value, &self.catalogue.units) {
            Ok(reading) => self.in_row_unit(reading, printed, unit),
            Err(error) => {
                self.problems.push(wrong::unreadable_value(printed, &error));
                None
            }
        };
        YearValue {
            year,
            printed: printed.clone(),
            reading,
        }
    }

    /// A reading whose own unit, if it carries one, is one of the row's dimension or the row's in short: 2.9人 in a
    /// row of 人/千人口 that prints 人.
    fn in_row_unit(
        &mut self,
        reading: Reading,
        printed: &Spanned<String>,
        unit: Option<RowUnit<'_>>,
    ) -> Option<Reading> {
        let units = &self.catalogue.units;
        let (Some(own), Some(row)) = (reading.unit, unit) else {
            return Some(reading);
        };
        if units.dimension(own) == units.dimension(row.unit) {
            return Some(reading);
        }
        let name = units.name(own);
        if row.short.contains(&name) {
            let unit = None;
            return Some(Reading { unit, ..reading });
        }
        let row = units.name(row.unit);
        self.problems
            .push(wrong::unit_mismatch(printed, &name, &row));
        None
    }

    /// The same indicator twice in one table, on one basis, for one region and year.
    fn repeated(&mut self, rows: &[IndicatorRow]) {
        type Key<'k> = (
            IndicatorId,
            Option<&'k str>,
            Option<RegionId>,
            Option<i32>,
            bool,
        );
        let mut seen: FxHashMap<Key<'_>, Span> = FxHashMap::default();
        for row in rows {
            let basis = row.basis.as_ref().map(|basis| basis.value.as_str());
            let region = row.region.as_ref().map(|region| region.value);
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
