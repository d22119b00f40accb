//! The four questions. What has no number on either side is undetermined, which is no violation.

use std::ops::Range;
use std::thread;

use super::figure::NONE;
use super::index::{Index, NOWHERE};
use super::names::Names;
use super::rows::Table;

/// The rules, in the order of their numbers.
pub const RULES: [&str; 4] = ["bench/back", "bench/floor", "bench/short", "bench/weaker"];

/// A violation.
#[derive(Clone, Copy)]
pub struct Violation {
    /// Its rule's number.
    pub rule: u8,
    /// Its row's.
    pub row: u32,
    /// The superior's row; [`NOWHERE`] where there is none.
    pub other: u32,
}

/// What the questions are asked of.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The regions and indicators.
    pub names: &'a Names,
    /// The plans and rows.
    pub table: &'a Table,
    /// Their indexes.
    pub index: &'a Index,
}

/// Asks all four, by some threads.
pub fn all(asked: Asked<'_>, threads: usize) -> Result<Vec<Violation>, String> {
    let rows = asked.table.rows.len();
    let stretch = move |number: usize| {
        let range = rows * number / threads..rows * (number + 1) / threads;
        let mut found = Vec::new();
        asked.back(range.clone(), &mut found);
        asked.floor(range.clone(), &mut found);
        asked.short(range.clone(), &mut found);
        asked.weaker(range, &mut found);
        found
    };
    if threads == 1 {
        return Ok(stretch(0));
    }
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|number| scope.spawn(move || stretch(number)))
            .collect();
        let mut found = Vec::new();
        for thread in running {
            found.extend(thread.join().map_err(|_| "a thread stopped")?);
        }
        Ok(found)
    })
}

const fn worse(one: i64, other: i64, higher: bool) -> bool {
    if higher { one < other } else { one > other }
}

impl Asked<'_> {
    /// A target weaker than its own baseline.
    pub fn back(self, range: Range<usize>, found: &mut Vec<Violation>) {
        for (row, at) in self.table.rows[range.clone()].iter().zip(range) {
            let higher = self.names.indicators[usize::from(row.indicator)].higher;
            let known = row.target != NONE && row.baseline != NONE;
            if known && worse(row.target, row.baseline, higher) {
                found.push(violation(0, at, NOWHERE));
            }
        }
    }

    /// A binding percentage under 95.
    pub fn floor(self, range: Range<usize>, found: &mut Vec<Violation>) {
        for (row, at) in self.table.rows[range.clone()].iter().zip(range) {
            let percent = row.binding && row.target != NONE && row.target < 950;
            if percent && self.names.indicators[usize::from(row.indicator)].unit == "%" {
                found.push(violation(1, at, NOWHERE));
            }
        }
    }

    /// A total that the regions directly below do not add up to; undetermined while one of them has not said.
    pub fn short(self, range: Range<usize>, found: &mut Vec<Violation>) {
        for (row, at) in self.table.rows[range.clone()].iter().zip(range) {
            let below = self.index.below(row.plan);
            let sums = self.names.indicators[usize::from(row.indicator)].sum;
            if !sums || row.target == NONE || below.is_empty() {
                continue;
            }
            let said = below.iter().map(|plan| {
                let there = *plan != NOWHERE;
                let slot = there.then(|| self.index.slot(*plan, row.indicator))?;
                let child = self.table.rows.get(slot as usize)?;
                (child.year == row.year && child.target != NONE).then_some(child.target)
            });
            if said
                .sum::<Option<i64>>()
                .is_some_and(|sum| sum < row.target)
            {
                found.push(violation(2, at, NOWHERE));
            }
        }
    }

    /// A target weaker than that of any plan above; totals are not compared.
    pub fn weaker(self, range: Range<usize>, found: &mut Vec<Violation>) {
        for (row, at) in self.table.rows[range.clone()].iter().zip(range) {
            let indicator = &self.names.indicators[usize::from(row.indicator)];
            if indicator.sum || row.target == NONE {
                continue;
            }
            for superior in self.index.above(row.plan) {
                let slot = self.index.slot(*superior, row.indicator);
                let Some(other) = self.table.rows.get(slot as usize) else {
                    continue;
                };
                let known = other.target != NONE && other.year <= row.year;
                if known && worse(row.target, other.target, indicator.higher) {
                    found.push(violation(3, at, slot));
                }
            }
        }
    }

    /// How many pairs of a target and a superior's the last question is about.
    pub fn pairs(self) -> usize {
        let rows = self.table.rows.iter();
        let asked = rows.filter(|row| !self.names.indicators[usize::from(row.indicator)].sum);
        let above = asked.map(|row| {
            let plans = self.index.above(row.plan).iter();
            plans
                .filter(|plan| self.index.slot(**plan, row.indicator) != NOWHERE)
                .count()
        });
        above.sum()
    }
}

fn violation(rule: u8, row: usize, other: u32) -> Violation {
    Violation {
        rule,
        // Rows are counted in 32 bits by the index.
        row: u32::try_from(row).unwrap_or(NOWHERE),
        other,
    }
}
