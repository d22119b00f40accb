//! A row of an indicator table that was read by its field table.

use super::super::desk::{Desk, RowUnit};
use super::super::record::Record;
use super::super::wrong;
use crate::catalogue::IndicatorId;
use crate::model::{Cell, FigureKind, FormKey, Nature, Part, Row, Table};
use crate::source::{SourceId, Span, Spanned};

impl Desk<'_> {
    /// Takes a row in; nothing where it is left out.
    pub(super) fn row(
        &mut self,
        record: &Record<'_>,
        source: SourceId,
        table: &mut Table,
    ) -> Option<()> {
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
}

fn nature(record: &Record) -> Option<Spanned<Nature>> {
    let text = record.text_ref("nature")?;
    let nature = match text.value {
        "binding" => Nature::Binding,
        _ => Nature::Anticipatory,
    };
    Some(Spanned::new(nature, text.span))
}
