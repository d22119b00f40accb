//! What a table says twice.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::desk::Desk;
use super::super::wrong;
use crate::catalogue::IndicatorId;
use crate::language::Said;
use crate::model::{Part, Table};
use crate::region::RegionId;
use crate::source::Span;

impl Desk<'_> {
    /// The same indicator twice in one table, on one basis, for one region and year.
    pub(super) fn repeated(&mut self, table: &Table, own: RegionId) {
        if self.is_each_once(table) {
            return;
        }
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

    /// Whether each indicator has one row, and each row one cell of a year: then nothing is there twice. Nearly all
    /// tables are so.
    fn is_each_once(&self, table: &Table) -> bool {
        // A bit for each indicator.
        let mut seen = vec![0_u64; self.catalogue.len() / 64 + 1];
        table.rows.iter().all(|row| {
            let indicator = self.pool.form(row.form).indicator.index();
            let bit = 1 << (indicator % 64);
            let Some(word) = seen.get_mut(indicator / 64) else {
                return false;
            };
            let new = *word & bit == 0;
            *word |= bit;
            let first = row.first as usize;
            let split = first + usize::from(row.baselines);
            let ascend = |cells: Range<usize>| {
                let cells = table.cells.get(cells).unwrap_or(&[]);
                cells.is_sorted_by(|one, next| one.year < next.year)
            };
            new && ascend(first..split) && ascend(split..split + usize::from(row.targets))
        })
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
