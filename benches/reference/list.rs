//! The list: a line for each violation.

use std::io::Write;

use super::checks::{RULES, Violation};
use super::index::NOWHERE;
use super::names::Names;
use super::rows::Table;

/// Writes `rule,plan,indicator,year,superior,line,at,length,other line,other at,other length`. The other place is the
/// superior's target or the own baseline; without one its cells are empty.
pub fn write(
    violations: &[Violation],
    names: &Names,
    table: &Table,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for violation in violations {
        let row = &table.rows[violation.row as usize];
        let rule = RULES[usize::from(violation.rule)];
        let plan = &table.plans[row.plan as usize].id;
        let indicator = &names.indicators[usize::from(row.indicator)].id;
        write!(out, "{rule},{plan},{indicator},{}", row.year)?;
        let place = (row.line, row.target_at, row.target_length);
        let (superior, other) = if violation.other != NOWHERE {
            let other = &table.rows[violation.other as usize];
            let superior = table.plans[other.plan as usize].id.as_str();
            let place = (other.line, other.target_at, other.target_length);
            (superior, Some(place))
        } else if violation.rule == 0 {
            let place = (row.line, row.baseline_at, row.baseline_length);
            ("", Some(place))
        } else {
            ("", None)
        };
        write!(out, ",{superior},{},{},{}", place.0, place.1, place.2)?;
        match other {
            Some((line, at, length)) => writeln!(out, ",{line},{at},{length}")?,
            None => writeln!(out, ",,,")?,
        }
    }
    Ok(())
}
