//! `plans/statistics.csv`: official figures.

use super::cells::{Line, columns, lines, whole};
use super::desk::Desk;
use crate::catalogue::Catalogue;
use crate::model::Statistic;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{SourceId, Spanned};

const COLUMNS: [(&str, bool); 6] = [
    ("region", true),
    ("indicator", true),
    ("year", true),
    ("value", true),
    ("unit", false),
    ("source", false),
];

/// Reads the table of official figures. A faulty row is reported, the others are read.
#[must_use]
pub fn read_statistics(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Vec<Statistic>, Vec<Problem>) {
    let mut desk = Desk::new(regions, catalogue);
    let mut lines = lines(text, source);
    let header = lines.header(&mut desk.problems);
    let Some(columns) = columns(&COLUMNS, &header, source, &mut desk.problems) else {
        return (Vec::new(), desk.problems);
    };
    let statistics = lines.filter_map(|line| {
        let line = whole(line, header.len(), &mut desk.problems)?;
        desk.statistic(&line, &columns)
    });
    let statistics = statistics.collect();
    (statistics, desk.problems)
}

impl Desk<'_> {
    fn statistic(&mut self, line: &Line, columns: &[Option<usize>]) -> Option<Statistic> {
        let span = line.first()?.span;
        let mut cells = columns.iter().map(|at| {
            let cell = at.and_then(|at| line.get(at)).cloned();
            cell.unwrap_or(Spanned::new(String::new(), span))
        });
        let region = self.region_of(&cells.next()?);
        let indicator = self.indicator_of(&cells.next()?);
        let year = self.year_of(&cells.next()?);
        let (value, unit, source) = (cells.next()?, cells.next()?, cells.next()?);
        let indicator = indicator?;
        let (_, unit) = self.unit_of(unit, indicator.value)?;
        let of = self.row_unit(indicator.value, unit);
        Some(Statistic {
            region: region?,
            value: self.value(year?, &value, Some(of)),
            unit_use: unit,
            source: source.value,
            indicator,
        })
    }
}
