//! The bulk table, line by line; with several threads each reads a part of the file.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;
use std::thread;

use rustc_hash::FxHashMap;

use super::figure::{edge, year};
use super::names::Names;
use super::rows::{Plan, Row, Table, length, place};

const HEADER: &[u8] = b"plan,region,field,status,period_from,period_to,indicator,unit,nature,baseline_year,baseline,target_year,target\n";

/// Rows are hardly shorter, in bytes.
const SHORTEST: usize = 64;

/// Reads a file by some threads. Their parts meet at line ends; rows of one plan may lie in two of them.
pub fn read(path: &Path, names: &Names, threads: usize) -> Result<Table, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let size = usize::try_from(std::fs::metadata(path).map_err(told)?.len())
        .map_err(|error| error.to_string())?;
    let part = |number: usize| {
        let (start, end) = (size * number / threads, size * (number + 1) / threads);
        let mut file = File::open(path).map_err(told)?;
        let before = start.saturating_sub(1);
        file.seek(SeekFrom::Start(before as u64)).map_err(told)?;
        let reader = BufReader::with_capacity(1 << 18, file);
        scan(reader, before, end, names)
    };
    if threads == 1 {
        return Ok(part(0)?.table);
    }
    let parts = thread::scope(|scope| {
        let part = &part;
        let running: Vec<_> = (0..threads)
            .map(|number| scope.spawn(move || part(number)))
            .collect();
        let ended = running.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            .map(|part| part.unwrap_or_else(|_| Err("a thread stopped".to_owned())))
            .collect::<Result<Vec<_>, _>>()
    })?;
    parts
        .into_iter()
        .reduce(Part::join)
        .map(|part| part.table)
        .ok_or_else(|| "no threads".to_owned())
}

/// Reads a text that is there already.
pub fn read_text(text: &str, names: &Names) -> Result<Table, String> {
    Ok(scan(text.as_bytes(), 0, text.len(), names)?.table)
}

/// The lines that begin after a place and before an end; the first of a file begins at 0.
fn scan(
    mut reader: impl BufRead,
    before: usize,
    end: usize,
    names: &Names,
) -> Result<Part<'_>, String> {
    let mut part = Part::new(names);
    // Rather too many: memory that is never touched costs nothing, and growing would copy what is there.
    part.table.rows.reserve((end - before) / SHORTEST);
    let mut line = Vec::new();
    let mut next = |line: &mut Vec<u8>| {
        line.clear();
        let read = reader.read_until(b'\n', line);
        read.map_err(|error| error.to_string())
    };
    // What begins before the part is another's, and the header is nobody's.
    let mut at = before + next(&mut line)?;
    if before == 0 {
        if line != HEADER {
            return Err("not the columns that the generator writes".to_owned());
        }
        part.lines = 1;
    }
    while at < end {
        let read = next(&mut line)?;
        if read == 0 {
            break;
        }
        part.lines += 1;
        part.row(line.strip_suffix(b"\n").unwrap_or(&line), at)?;
        at += read;
    }
    Ok(part)
}

/// What a thread has read.
struct Part<'n> {
    names: &'n Names,
    table: Table,
    ids: FxHashMap<Vec<u8>, u32>,
    lines: u32,
    /// The cells that all rows of a plan repeat, as they stood in the row before, and its plan.
    head: Vec<u8>,
    plan: u32,
}

impl<'n> Part<'n> {
    fn new(names: &'n Names) -> Self {
        Self {
            names,
            table: Table::default(),
            ids: FxHashMap::default(),
            lines: 0,
            head: Vec::new(),
            plan: 0,
        }
    }

    fn row(&mut self, line: &[u8], at: usize) -> Result<(), String> {
        if self.head.is_empty() || !line.starts_with(&self.head) {
            self.begin(line)?;
        }
        let rest = line.get(self.head.len()..).unwrap_or_default();
        let mut cells = rest.split(|byte| *byte == b',');
        let mut cell = || cells.next().ok_or_else(|| faulty(line));
        let (id, unit, nature) = (cell()?, cell()?, cell()?);
        let (baseline_year, baseline) = (cell()?, cell()?);
        let (target_year, target) = (cell()?, cell()?);
        let number = *self.names.ids.get(id).ok_or_else(|| faulty(line))?;
        let indicator = self.names.indicators.get(usize::from(number));
        let indicator = indicator.filter(|indicator| indicator.unit.as_bytes() == unit);
        let indicator = indicator.ok_or_else(|| faulty(line))?;
        let binding = nature == b"binding";
        if cells.next().is_some() || !(binding || nature == b"anticipatory") {
            return Err(faulty(line));
        }
        year(baseline_year)?;
        let stands = |cell: &[u8]| place(at + cell.as_ptr().addr() - line.as_ptr().addr());
        self.table.rows.push(Row {
            target: edge(target, indicator.higher)?,
            baseline: edge(baseline, indicator.higher)?,
            plan: self.plan,
            line: self.lines,
            target_at: stands(target)?,
            baseline_at: stands(baseline)?,
            target_length: length(target)?,
            baseline_length: length(baseline)?,
            year: year(target_year)?,
            indicator: number,
            binding,
        });
        Ok(())
    }

    /// Another plan than in the row before: a new one, or one that came earlier.
    fn begin(&mut self, line: &[u8]) -> Result<(), String> {
        let mut commas = (0_usize..).zip(line).filter(|(_, byte)| **byte == b',');
        let end = commas.nth(5).map(|(at, _)| at);
        let end = end.ok_or_else(|| faulty(line))?;
        let cells = line.get(..end).unwrap_or_default();
        let cells: Vec<&[u8]> = cells.split(|byte| *byte == b',').collect();
        let [id, region, field, _, from, to] = cells[..] else {
            return Err(faulty(line));
        };
        let plan = Plan {
            id: String::from_utf8(id.to_vec()).map_err(|_| faulty(line))?,
            region: *self.names.codes.get(region).ok_or_else(|| faulty(line))?,
            field: String::from_utf8(field.to_vec()).map_err(|_| faulty(line))?,
            from: year(from)?,
            to: year(to)?,
        };
        self.head.clear();
        self.head
            .extend_from_slice(line.get(..=end).unwrap_or_default());
        self.plan = self.known(plan)?;
        Ok(())
    }

    fn known(&mut self, plan: Plan) -> Result<u32, String> {
        if let Some(known) = self.ids.get(plan.id.as_bytes()) {
            let same = self.table.plans.get(*known as usize) == Some(&plan);
            let told = || format!("rows of {} disagree", plan.id);
            return same.then_some(*known).ok_or_else(told);
        }
        let number = place(self.table.plans.len())?;
        self.ids.insert(plan.id.clone().into_bytes(), number);
        self.table.plans.push(plan);
        Ok(number)
    }

    /// What the next part of the file held, behind what this one did.
    fn join(mut self, next: Self) -> Self {
        let plans = next.table.plans.into_iter();
        let numbers: Vec<u32> = plans
            .map(|plan| self.known(plan).unwrap_or(u32::MAX))
            .collect();
        let rows = next.table.rows.into_iter().map(|row| Row {
            plan: numbers.get(row.plan as usize).copied().unwrap_or(u32::MAX),
            line: row.line + self.lines,
            ..row
        });
        self.table.rows.extend(rows);
        self.lines += next.lines;
        self
    }
}

fn faulty(line: &[u8]) -> String {
    format!("cannot read the row {}", String::from_utf8_lossy(line))
}
