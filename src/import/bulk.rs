//! `*.targets.csv`: plans from a database, one row per plan, indicator and target year.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::cells::{Line, columns, lines, whole};
use super::desk::Desk;
use super::wrong;
use crate::catalogue::{Catalogue, IndicatorId};
use crate::language::Said;
use crate::model::{IndicatorRow, Nature, Period, Plan, PlanSource, Status, YearValue};
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{SourceId, Span, Spanned};

/// The columns, and whether a table can do without one.
const COLUMNS: [(&str, bool); 13] = [
    ("plan", true),
    ("region", true),
    ("field", true),
    ("status", false),
    ("period_from", true),
    ("period_to", true),
    ("indicator", true),
    ("unit", false),
    ("nature", false),
    ("baseline_year", false),
    ("baseline", false),
    ("target_year", true),
    ("target", true),
];

/// Reads all bulk tables of a repository together: rows of one plan need not stand in one place. A faulty row is
/// reported, the others are read.
#[must_use]
pub fn read_bulk(
    texts: &[(SourceId, &str)],
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Vec<Plan>, Vec<Problem>) {
    let mut desk = Desk::new(regions, catalogue, Vec::new());
    let mut plans: IndexMap<String, Draft, FxBuildHasher> = IndexMap::default();
    for (source, text) in texts {
        let mut lines = lines(text, *source);
        let header = lines.header(&mut desk.problems);
        let Some(columns) = columns(&COLUMNS, &header, *source, &mut desk.problems) else {
            continue;
        };
        for line in lines {
            if let Some(line) = whole(line, header.len(), &mut desk.problems) {
                desk.bulk_row(&Cells::new(line, &columns), &mut plans);
            }
        }
    }
    let plans = plans.into_values().map(|draft| draft.plan).collect();
    (plans, desk.problems)
}

/// A plan whose rows are still coming in.
struct Draft {
    plan: Plan,
    rows: FxHashMap<IndicatorId, usize>,
    /// The cells of its first row, which every other row must repeat.
    head: Vec<Spanned<String>>,
}

/// The cells that say the same in every row of a plan.
const HEAD: [&str; 5] = ["region", "field", "status", "period_from", "period_to"];

struct Cells<'c> {
    line: Line,
    columns: &'c [Option<usize>],
    /// What stands in a column that the table does not have: nothing, at the row's first cell.
    empty: Spanned<String>,
    /// From the first cell to the last.
    whole: Span,
}

impl<'c> Cells<'c> {
    #[expect(
        clippy::indexing_slicing,
        reason = "`whole` lets no empty line through"
    )]
    fn new(line: Line, columns: &'c [Option<usize>]) -> Self {
        let first = line[0].span;
        Self {
            whole: first.to(line[line.len() - 1].span),
            empty: Spanned::new(String::new(), first),
            line,
            columns,
        }
    }

    /// A cell; an empty one where the table has no such column.
    fn get(&self, name: &str) -> &Spanned<String> {
        let column = COLUMNS.iter().position(|(known, _)| *known == name);
        let at = column.and_then(|column| self.columns.get(column).copied().flatten());
        at.and_then(|at| self.line.get(at)).unwrap_or(&self.empty)
    }

    /// A cell that is not empty.
    fn given(&self, name: &str) -> Option<&Spanned<String>> {
        Some(self.get(name)).filter(|cell| !cell.value.is_empty())
    }
}

impl Desk<'_> {
    fn bulk_row(&mut self, cells: &Cells<'_>, plans: &mut IndexMap<String, Draft, FxBuildHasher>) {
        let id = cells.get("plan");
        if id.value.is_empty() {
            self.problems.push(wrong::empty_cell("plan", cells.whole));
            return;
        }
        if let Some(draft) = plans.get_mut(&id.value) {
            if self.same_head(&draft.head, cells) {
                self.bulk_cell(cells, draft);
            }
        } else if let Some(mut draft) = self.bulk_plan(id, cells) {
            self.bulk_cell(cells, &mut draft);
            plans.insert(id.value.clone(), draft);
        }
    }

    /// What all rows of a plan repeat is the same in this one.
    fn same_head(&mut self, first: &[Spanned<String>], cells: &Cells<'_>) -> bool {
        let mut same = true;
        for (one, name) in first.iter().zip(HEAD) {
            let other = cells.get(name);
            if one.value != other.value {
                same = false;
                self.problems.push(wrong::disagreeing(name, other, one));
            }
        }
        same
    }

    fn bulk_plan(&mut self, id: &Spanned<String>, cells: &Cells<'_>) -> Option<Draft> {
        let region = self.region_of(cells.get("region"));
        let status = self.status(cells.get("status"));
        let from = self.year_of(cells.get("period_from"));
        let to = self.year_of(cells.get("period_to"));
        let span = cells.get("period_from").span;
        let period = Period {
            from: from?,
            to: to?,
        };
        if period.from > period.to {
            self.problems
                .push(wrong::backwards_period(period.from, period.to, span));
            return None;
        }
        let plan = Plan {
            title: id.clone(),
            id: id.clone(),
            region: region?,
            field: cells.get("field").clone(),
            status: Spanned::new(status?, cells.get("status").span),
            issued: None,
            number: None,
            period: Spanned::new(period, span),
            follows: Vec::new(),
            partial: false,
            source: PlanSource::default(),
            rows: Vec::new(),
            claims: Vec::new(),
            changes: Vec::new(),
            rosters: Vec::new(),
            counts: Vec::new(),
            commitments: Vec::new(),
            tasks: Vec::new(),
            observations: Vec::new(),
            allows: Vec::new(),
        };
        Some(Draft {
            plan,
            rows: FxHashMap::default(),
            head: HEAD.map(|name| cells.get(name).clone()).to_vec(),
        })
    }

    fn status(&mut self, cell: &Spanned<String>) -> Option<Status> {
        match cell.value.as_str() {
            "draft" => Some(Status::Draft),
            "consultation" => Some(Status::Consultation),
            "issued" | "" => Some(Status::Issued),
            _ => {
                let words = ["draft", "consultation", "issued"];
                self.problems
                    .push(wrong::wrong_word("status", &words, cell));
                None
            }
        }
    }

    /// The target of a row, added to the plan's row of that indicator.
    fn bulk_cell(&mut self, cells: &Cells<'_>, draft: &mut Draft) {
        let Some(row) = self.bulk_indicator(cells) else {
            return;
        };
        let known = draft.rows.get(&row.indicator.value).copied();
        let Some(earlier) = known.and_then(|at| draft.plan.rows.get_mut(at)) else {
            draft
                .rows
                .insert(row.indicator.value, draft.plan.rows.len());
            draft.plan.rows.push(row);
            return;
        };
        if !self.same_row(earlier, &row) {
            return;
        }
        for target in row.targets {
            let twice = earlier
                .targets
                .iter()
                .find(|other| other.year == target.year);
            if let Some(first) = twice {
                let name = &self.catalogue.get(earlier.indicator.value).name;
                let what = Said::new(
                    format!(
                        "规划 {} 的“{name}”{}年目标",
                        draft.plan.id.value, target.year
                    ),
                    format!(
                        "the target of {name} for {} in {}",
                        target.year, draft.plan.id.value
                    ),
                );
                let help = Said::new("只留一行", "keep one row");
                let problem =
                    wrong::duplicate(&what, target.printed.span, first.printed.span, help);
                self.problems.push(problem);
            } else {
                earlier.targets.push(target);
                earlier.targets.sort_by_key(|target| target.year);
            }
        }
    }

    fn bulk_indicator(&mut self, cells: &Cells<'_>) -> Option<IndicatorRow> {
        let indicator = self.indicator_of(cells.get("indicator"))?;
        let (unit, unit_use) = self.unit_of(cells.get("unit").clone(), indicator.value)?;
        let of = self.row_unit(indicator.value, unit_use);
        let nature = match cells.given("nature") {
            None => None,
            Some(cell) => match cell.value.as_str() {
                "binding" => Some(Spanned::new(Nature::Binding, cell.span)),
                "anticipatory" => Some(Spanned::new(Nature::Anticipatory, cell.span)),
                _ => {
                    let words = ["binding", "anticipatory"];
                    self.problems
                        .push(wrong::wrong_word("nature", &words, cell));
                    return None;
                }
            },
        };
        let baselines: Vec<YearValue> = cells
            .given("baseline_year")
            .and_then(|year| self.year_of(year))
            .map(|year| self.value(year, cells.get("baseline"), Some(of)))
            .into_iter()
            .collect();
        let year = self.year_of(cells.get("target_year"))?;
        let target = self.value(year, cells.get("target"), Some(of));
        Some(IndicatorRow {
            name: None,
            unit,
            unit_use,
            baselines,
            targets: vec![target],
            nature,
            row: None,
            at: None,
            basis: None,
            region: None,
            spoiled: false,
            span: cells.whole,
            indicator,
        })
    }

    /// Unit, nature and baseline of an indicator are the same in all rows of a plan.
    fn same_row(&mut self, first: &mut IndicatorRow, row: &IndicatorRow) -> bool {
        let mut same = true;
        let mut differ = |name: &str, one: &Spanned<String>, other: &Spanned<String>| {
            if one.value != other.value {
                same = false;
                self.problems.push(wrong::disagreeing(name, other, one));
            }
        };
        differ("unit", &first.unit, &row.unit);
        differ("nature", &nature_cell(first), &nature_cell(row));
        for value in &row.baselines {
            match first
                .baselines
                .iter()
                .find(|other| other.year == value.year)
            {
                Some(other) => differ("baseline", &other.printed, &value.printed),
                None => first.baselines.push(value.clone()),
            }
        }
        first.baselines.sort_by_key(|value| value.year);
        same
    }
}

fn nature_cell(row: &IndicatorRow) -> Spanned<String> {
    let word = row.nature.as_ref().map_or("", |nature| match nature.value {
        Nature::Binding => "binding",
        Nature::Anticipatory => "anticipatory",
    });
    let span = row.nature.as_ref().map_or(row.span, |nature| nature.span);
    Spanned::new(word.to_owned(), span)
}
