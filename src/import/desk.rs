//! What reading plans needs at hand: regions, catalogue, and the problems so far.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::record::Record;
use super::values::{Sort, SortId, Text, Values};
use super::wrong;
use crate::catalogue::{Catalogue, IndicatorId};
use crate::model::{Cell, CellValue, FigureKind, Pool, ValueId, ValueKey, YearValue};
use crate::notation::{Reading, read};
use crate::problem::Problem;
use crate::quantity::UnitUse;
use crate::region::{RegionId, Regions};
use crate::source::{Span, Spanned};

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

/// What reading plans needs at hand.
pub(super) struct Desk<'a> {
    pub regions: &'a Regions,
    pub catalogue: &'a Catalogue,
    pub problems: Vec<Problem>,
    /// What rows have in common, over all files that are read at this desk.
    pub pool: Pool,
    /// What has been read: in a table of a nation's plans most values are printed many times.
    readings: FxHashMap<String, Arc<Reading>>,
    /// The region that was named last.
    region: Option<RegionId>,
    /// Where values are found in the pool.
    values: Values,
    /// Indicators by the names that were looked up.
    names: FxHashMap<String, IndicatorId>,
    /// By indicator: units by what rows print for them.
    units: Vec<Vec<(String, UnitUse)>>,
}

impl<'a> Desk<'a> {
    pub fn new(regions: &'a Regions, catalogue: &'a Catalogue) -> Self {
        Self {
            regions,
            catalogue,
            problems: Vec::new(),
            pool: Pool::default(),
            readings: FxHashMap::default(),
            region: None,
            values: Values::default(),
            names: FxHashMap::default(),
            units: vec![Vec::new(); catalogue.len()],
        }
    }

    pub fn format(&mut self, record: &Record) {
        if let Some(format) = record.integer("format")
            && format.value != 1
        {
            self.problems.push(wrong::unknown_format(&format));
        }
    }

    /// A year between 1949 and 2100; a typing error elsewhere.
    pub fn year(&mut self, number: &Spanned<i64>) -> Option<i32> {
        year(number, &mut self.problems)
    }

    pub fn region(&mut self, record: &Record, key: &str) -> Option<Spanned<RegionId>> {
        let text = record.text(key)?;
        self.region_of(&text)
    }

    pub fn region_of(&mut self, text: &Spanned<String>) -> Option<Spanned<RegionId>> {
        // Plans mostly stand in the order of their regions.
        let next = self.region.and_then(|last| self.regions.after(last));
        let is_next = |next: &RegionId| *self.regions.get(*next).code == *text.value;
        let found = next
            .filter(is_next)
            .or_else(|| self.regions.find(&text.value));
        self.region = found.or(self.region);
        if found.is_none() {
            let named = self.regions.named(&text.value).len();
            self.problems.push(wrong::unknown_region(text, named));
        }
        found.map(|region| Spanned::new(region, text.span))
    }

    pub fn indicator(&mut self, record: &Record, key: &str) -> Option<Spanned<IndicatorId>> {
        let text = record.text(key)?;
        self.indicator_of(&text)
    }

    /// The indicator of an id, a name or an alias. The catalogue folds what it is asked for, so that it is asked once.
    pub fn named(&mut self, text: &str) -> Option<IndicatorId> {
        if let Some(known) = self.names.get(text) {
            return Some(*known);
        }
        let found = self.catalogue.find(text)?;
        self.names.insert(text.to_owned(), found);
        Some(found)
    }

    pub fn indicator_of(&mut self, text: &Spanned<String>) -> Option<Spanned<IndicatorId>> {
        self.indicator_at(&Spanned::new(&text.value, text.span))
    }

    pub fn indicator_at(&mut self, text: &Spanned<&str>) -> Option<Spanned<IndicatorId>> {
        let found = self.named(text.value);
        if found.is_none() {
            let text = &text.clone().map(str::to_owned);
            let known: Vec<&str> = if text.value.is_ascii() {
                self.catalogue.ids().collect()
            } else {
                self.catalogue.spellings().collect()
            };
            self.problems
                .push(wrong::unknown_indicator(text, known.into_iter()));
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
        self.unit_of(record.text("unit").unwrap_or(at_indicator), indicator.value)
    }

    pub fn unit_of(
        &mut self,
        printed: Spanned<String>,
        indicator: IndicatorId,
    ) -> Option<(Spanned<String>, UnitUse)> {
        let text = Spanned::new(printed.value.as_str(), printed.span);
        let unit = self.unit_at(&text, indicator)?;
        Some((printed, unit))
    }

    /// The unit that a row of an indicator prints. `None` where it is unknown, which is reported.
    pub fn unit_at(&mut self, printed: &Spanned<&str>, indicator: IndicatorId) -> Option<UnitUse> {
        let known = self.units.get(indicator.index());
        let mut known = known.into_iter().flatten();
        if let Some((_, unit)) = known.find(|(text, _)| *text == printed.value) {
            return Some(*unit);
        }
        let found = self.catalogue.row_unit(indicator, printed.value);
        if let (Some(unit), Some(known)) = (found, self.units.get_mut(indicator.index())) {
            known.push((printed.value.to_owned(), unit));
        } else {
            let known = self.catalogue.units.spellings();
            let printed = printed.clone().map(str::to_owned);
            self.problems.push(wrong::unknown_unit(&printed, &known));
        }
        found
    }

    /// A value read; where its notation or its unit is wrong, that is reported and it stays unread.
    pub fn value(
        &mut self,
        year: i32,
        printed: &Spanned<String>,
        unit: Option<RowUnit<'_>>,
    ) -> YearValue {
        let reading = match self.readings.get(&printed.value) {
            Some(known) => Some(Arc::clone(known)),
            None => match read(&printed.value, &self.catalogue.units) {
                Ok(reading) => {
                    let reading = Arc::new(reading);
                    let key = printed.value.clone();
                    self.readings.insert(key, Arc::clone(&reading));
                    Some(reading)
                }
                Err(error) => {
                    self.problems.push(wrong::unreadable_value(printed, &error));
                    None
                }
            },
        };
        let reading = reading.and_then(|reading| self.in_row_unit(reading, printed, unit));
        YearValue {
            year,
            printed: printed.clone(),
            reading,
        }
    }

    /// What values of an indicator, in a unit, of a kind are read by.
    pub fn sort(&mut self, indicator: IndicatorId, kind: FigureKind, unit: UnitUse) -> SortId {
        self.values.sort(Sort {
            indicator,
            unit,
            kind,
        })
    }

    /// A cell of a row.
    pub fn cell(
        &mut self,
        indicator: IndicatorId,
        kind: FigureKind,
        year: i32,
        printed: &Spanned<&str>,
        unit: RowUnit<'_>,
    ) -> Cell {
        let sort = self.sort(indicator, kind, unit.unit);
        cell(self.value_of(sort, year, printed), year, printed.span)
    }

    /// The value that a row prints whose values are of a sort. One that is known is not read again, unless there is
    /// something to report of it.
    pub fn value_of(&mut self, sort: SortId, year: i32, printed: &Spanned<&str>) -> ValueId {
        let known_by = Text::of(printed.value);
        let known = match known_by {
            Some(known_by) => self.values.find(known_by, sort),
            None => self.long(sort, printed.value),
        };
        known.unwrap_or_else(|| self.new_value(sort, known_by, year, printed))
    }

    /// The number of a value whose text is long, where it could be read.
    fn long(&self, sort: SortId, printed: &str) -> Option<ValueId> {
        let sort = self.values.get(sort);
        self.pool.find_value(ValueKey {
            indicator: sort.indicator,
            unit: sort.unit,
            kind: sort.kind,
            readable: true,
            printed,
        })
    }

    /// Reads a value. One that cannot be read is not found again, so that each place of it is reported.
    #[cold]
    fn new_value(
        &mut self,
        sort: SortId,
        known_by: Option<Text>,
        year: i32,
        printed: &Spanned<&str>,
    ) -> ValueId {
        let Sort {
            indicator,
            unit,
            kind,
        } = self.values.get(sort);
        let printed = Spanned::new(printed.value.to_owned(), printed.span);
        let row = self.row_unit(indicator, unit);
        let value = self.value(year, &printed, Some(row));
        let readable = value.reading.is_some();
        let id = self.pool.add_value(CellValue {
            indicator,
            unit,
            kind,
            printed: value.printed.value,
            reading: value.reading,
        });
        if let Some(known_by) = known_by.filter(|_| readable) {
            self.values.add(known_by, sort, id);
        }
        id
    }

    /// A reading whose own unit, if it carries one, is one of the row's dimension or the row's in short: 2.9人 in a
    /// row of 人/千人口 that prints 人.
    fn in_row_unit(
        &mut self,
        reading: Arc<Reading>,
        printed: &Spanned<String>,
        unit: Option<RowUnit<'_>>,
    ) -> Option<Arc<Reading>> {
        let units = &self.catalogue.units;
        let (Some(own), Some(row)) = (reading.unit, unit) else {
            return Some(reading);
        };
        if units.dimension(own) == units.dimension(row.unit) {
            return Some(reading);
        }
        let name = units.name(own);
        if row.short.contains(&name) {
            let plain = Reading {
                unit: None,
                ..Reading::clone(&reading)
            };
            return Some(Arc::new(plain));
        }
        let row = units.name(row.unit);
        self.problems
            .push(wrong::unit_mismatch(printed, &name, &row));
        None
    }

    /// The year a text writes.
    pub fn year_of(&mut self, cell: &Spanned<String>) -> Option<i32> {
        if let Ok(number) = cell.value.parse() {
            self.year(&Spanned::new(number, cell.span))
        } else {
            self.problems.push(wrong::no_year(&cell.value, cell.span));
            None
        }
    }
}

/// A cell of a row.
#[inline]
pub(super) fn cell(value: ValueId, year: i32, place: Span) -> Cell {
    Cell {
        value,
        start: place.start,
        length: u16::try_from(place.end - place.start).unwrap_or(u16::MAX),
        year: i16::try_from(year).unwrap_or(i16::MAX),
    }
}

/// A year between 1949 and 2100; a typing error elsewhere.
pub(super) fn year(number: &Spanned<i64>, problems: &mut Vec<Problem>) -> Option<i32> {
    let year = i32::try_from(number.value).ok();
    let year = year.filter(|year| (1949..=2100).contains(year));
    if year.is_none() {
        problems.push(wrong::no_year(&number.value.to_string(), number.span));
    }
    year
}
