//! Further rows of an indicator in a plan: targets for other years.

use super::plan::Figures;
use crate::import::desk::Desk;
use crate::import::wrong;
use crate::language::Said;
use crate::model::{Cell, Nature, Part, Row, Table};
use crate::problem::Problem;
use crate::source::{SourceId, Span, Spanned};

/// A further row of an indicator that its plan has a row of already: a target for another year.
pub(super) struct Again {
    pub row: Row,
    pub figures: Figures,
}

impl Again {
    /// Adds what is new in it. Unit, nature and baseline of an indicator are the same in all rows of a plan.
    #[cold]
    pub fn add(&self, desk: &mut Desk<'_>, plan: &str, table: &mut Table, number: usize) {
        let Some(first) = table.rows.get(number).copied() else {
            return;
        };
        let source = self.row.source;
        let mut known: Vec<(Cell, SourceId)> = Vec::new();
        for (at, cell) in table.cells_of(&first) {
            let stray = table.strays.get(&at);
            known.push((cell, stray.copied().unwrap_or(first.source)));
        }
        let split = usize::from(first.baselines);
        let mut targets = known.split_off(split.min(known.len()));
        let mut baselines = known;
        let mut same = self.same_form(desk, &first);
        if let Some(baseline) = self.figures.baseline {
            let year = |(cell, _): &&(Cell, SourceId)| cell.year == baseline.year;
            match baselines.iter().find(year) {
                None => baselines.push((baseline, source)),
                Some((earlier, of)) => {
                    let printed = |cell: &Cell| desk.pool.value(cell.value).printed.clone();
                    let one = Spanned::new(printed(earlier), earlier.place(*of));
                    let other = Spanned::new(printed(&baseline), baseline.place(source));
                    if one.value != other.value {
                        same = false;
                        let problem = wrong::disagreeing("baseline", &other, &one);
                        desk.problems.push(problem);
                    }
                }
            }
        }
        let target = self.figures.target;
        let year = |(cell, _): &&(Cell, SourceId)| cell.year == target.year;
        match targets.iter().find(year) {
            _ if !same => (),
            None => targets.push((target, source)),
            Some((earlier, of)) => {
                let again = self.figures.target_place;
                let problem = self.twice(desk, plan, again, earlier.place(*of));
                desk.problems.push(problem);
            }
        }
        table.replace(number, baselines, targets);
    }

    fn same_form(&self, desk: &mut Desk<'_>, first: &Row) -> bool {
        if self.row.form == first.form {
            return true;
        }
        let (one, other) = (desk.pool.form(first.form), desk.pool.form(self.row.form));
        let word = |nature: Option<Nature>| match nature {
            Some(Nature::Binding) => "binding",
            Some(Nature::Anticipatory) => "anticipatory",
            None => "",
        };
        let parts = [
            ("unit", Part::Unit, one.unit.clone(), other.unit.clone()),
            (
                "nature",
                Part::Nature,
                word(one.nature).to_owned(),
                word(other.nature).to_owned(),
            ),
        ];
        let mut same = true;
        for (name, part, one, other) in parts {
            if one != other {
                same = false;
                let one = Spanned::new(one, first.place(part));
                let other = Spanned::new(other, self.row.place(part));
                let problem = wrong::disagreeing(name, &other, &one);
                desk.problems.push(problem);
            }
        }
        same
    }

    fn twice(&self, desk: &Desk<'_>, plan: &str, again: Span, first: Span) -> Problem {
        let indicator = desk.pool.form(self.row.form).indicator;
        let name = &desk.catalogue.get(indicator).name;
        let year = self.figures.target.year;
        let what = Said::new(
            format!("规划 {plan} 的“{name}”{year}年目标"),
            format!("the target of {name} for {year} in {plan}"),
        );
        wrong::duplicate(&what, again, first, Said::new("只留一行", "keep one row"))
    }
}
