//! `*.targets.csv`: plans from a database, one row per plan, indicator and target year.

mod again;
mod cut;
mod line;
mod part;
mod plan;
mod shape;

use super::cells::{Lines, columns, lines};
use super::desk::Desk;
use super::wrong;
use crate::catalogue::Catalogue;
use crate::model::Batch;
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::SourceId;

pub use cut::{BulkCutter, Cut};
pub use part::{BulkPart, BulkReader, ReadPart};

use line::{COLUMNS, Cells};
use plan::Drafts;
use shape::Shapes;

/// Reads all bulk tables of a repository together: rows of one plan need not stand in one place. A faulty row is
/// reported, the others are read.
#[must_use]
pub fn read_bulk(
    texts: &[(SourceId, &str)],
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Batch, Vec<Problem>) {
    let mut desk = Desk::new(regions, catalogue);
    let mut drafts = Drafts::new(catalogue.len(), 0);
    for (source, text) in texts {
        let mut lines = lines(text, *source);
        if let Some(header) = Header::read(&mut lines, *source, &mut desk.problems) {
            header.rows(lines, &mut desk, &mut drafts);
        }
    }
    let (plans, _) = drafts.finish();
    let batch = Batch {
        plans,
        pool: desk.pool,
    };
    (batch, desk.problems)
}

/// What a table's header says.
#[derive(Debug)]
struct Header {
    /// Where each column stands.
    columns: Vec<Option<usize>>,
    /// How many cells a row has.
    width: usize,
}

impl Header {
    /// Reads the first line; nothing where a column is missing that a table needs.
    fn read(lines: &mut Lines<'_>, source: SourceId, problems: &mut Vec<Problem>) -> Option<Self> {
        let names = lines.header(problems);
        let columns = columns(&COLUMNS, &names, source, problems)?;
        let width = names.len();
        Some(Self { columns, width })
    }

    /// Reads the rows that lines are.
    fn rows<'t>(&self, lines: Lines<'t>, desk: &mut Desk<'_>, drafts: &mut Drafts<'t>) {
        self.rows_while(lines, desk, drafts, |_| true);
    }

    /// Reads rows as long as their lines are as they are to be, and says whether all were.
    fn rows_while<'t>(
        &self,
        lines: Lines<'t>,
        desk: &mut Desk<'_>,
        drafts: &mut Drafts<'t>,
        goes_on: impl Fn(&Lines<'_>) -> bool,
    ) -> bool {
        let mut lines = lines.repeating(line::head(&self.columns));
        let mut line = Vec::with_capacity(self.width);
        let mut shapes = Shapes::default();
        let mut taken = false;
        loop {
            if taken && drafts.agreed() {
                let first = line.first();
                while shapes.foretell(&mut lines, desk, drafts, first).is_some() {}
            }
            let Some(read) = lines.read(&mut line) else {
                return goes_on(&lines);
            };
            if !goes_on(&lines) {
                return false;
            }
            let again = std::mem::take(&mut taken) && lines.repeats();
            match (read, line.first(), line.last()) {
                (Err(problem), ..) => desk.problems.push(problem),
                (Ok(()), Some(first), Some(last)) if line.len() != self.width => {
                    let span = first.span.to(last.span);
                    let problem = wrong::cell_count(span, line.len(), self.width);
                    desk.problems.push(problem);
                }
                (Ok(()), Some(first), _) => {
                    let cells = Cells::new(&line, &self.columns, first);
                    let problems = desk.problems.len();
                    let said = drafts.row(desk, &cells, again);
                    match said.filter(|_| desk.problems.len() == problems) {
                        Some(said) => shapes.note(&lines, desk, &cells, said),
                        None => shapes.forget(),
                    }
                    taken = true;
                }
                (Ok(()), ..) => (),
            }
        }
    }
}
