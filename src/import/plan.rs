//! `*.plan.toml`: one plan.

mod known;
mod repeated;
mod row;

use std::sync::Arc;

use known::Foresight;

use super::desk::Desk;
use super::entity::PLAN;
use super::record::Record;
use super::recover::recover_file;
use super::scan::scan_file;
use super::settings::status;
use super::{section, wrong};
use crate::catalogue::Catalogue;
use crate::model::{Batch, Few, Period, Plan, PlanSource, Status, Table};
use crate::problem::Problem;
use crate::region::Regions;
use crate::source::{SourceId, Sources, Spanned};

/// Reads a plan file. The plan is there whenever its id, region and period could be read; every fault of the
/// file is reported, and what it spoils is left out.
#[must_use]
pub fn read_plan(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Batch, Vec<Problem>) {
    let mut reader = PlanReader::new(regions, catalogue);
    reader.read(text, source);
    reader.finish()
}

/// The same without the fast way for plain texts: what [`read_plan`] must give of every text, for comparing.
#[must_use]
pub fn read_plan_recovering(
    text: &str,
    source: SourceId,
    regions: &Regions,
    catalogue: &Catalogue,
) -> (Batch, Vec<Problem>) {
    let mut reader = PlanReader::new(regions, catalogue);
    reader.read_recovering(text, source);
    reader.finish()
}

/// Whether [`read_plan`] takes the fast way with a text: nothing in it is wrong as far as keys and types go, and
/// nothing is written oddly (escapes, dotted keys).
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let source = Sources::default().add("", "");
    scan_file(text, source, &PLAN, None).is_some()
}

/// Whether the fast way makes of a text what the recovering one does, every place included; where it leaves the text,
/// there is nothing to differ. Stronger than comparing plans, which hold only what is used of a file.
#[must_use]
pub fn lanes_agree(text: &str) -> bool {
    let source = Sources::default().add("", "");
    let mut problems = Vec::new();
    scan_file(text, source, &PLAN, None).is_none_or(|record| {
        record == recover_file(text, source, &PLAN, &mut problems) && problems.is_empty()
    })
}

/// Reads plan files one after another; what their rows have in common is kept once.
pub struct PlanReader<'a> {
    desk: Desk<'a>,
    foresight: Foresight<'a>,
    plans: Vec<(Plan, Table)>,
}

impl<'a> PlanReader<'a> {
    /// A reader that has read nothing.
    #[must_use]
    pub fn new(regions: &'a Regions, catalogue: &'a Catalogue) -> Self {
        Self {
            desk: Desk::new(regions, catalogue),
            foresight: Foresight::default(),
            plans: Vec::new(),
        }
    }

    /// Reads a plan file.
    pub fn read(&mut self, text: &str, source: SourceId) {
        if self.is_empty(text, source) {
            return;
        }
        self.foresight.tidy();
        let shapes = Some(&mut self.foresight.shapes);
        match scan_file(text, source, &PLAN, shapes) {
            Some(record) => self.take(&record, text, source),
            None => self.recover(text, source),
        }
    }

    /// The same without the fast way for plain texts: what [`read`](Self::read) must give, for comparing.
    pub fn read_recovering(&mut self, text: &str, source: SourceId) {
        if !self.is_empty(text, source) {
            self.recover(text, source);
        }
    }

    /// Whether there is nothing in a text, which is reported.
    fn is_empty(&mut self, text: &str, source: SourceId) -> bool {
        let empty = text.trim_start_matches('\u{FEFF}').trim().is_empty();
        if empty {
            self.desk.problems.push(wrong::empty_file(source));
        }
        empty
    }

    fn recover(&mut self, text: &str, source: SourceId) {
        let record = recover_file(text, source, &PLAN, &mut self.desk.problems);
        self.take(&record, text, source);
    }

    fn take(&mut self, record: &Record<'_>, text: &str, source: SourceId) {
        if let Some(plan) = self.desk.plan(record, source, &mut self.foresight) {
            self.plans.push(plan);
        } else {
            let left_out = wrong::plan_left_out(source, text);
            self.desk.problems.push(left_out);
        }
    }

    /// The plans that were read since the last time, with what is new in the pool that they share, and what was wrong
    /// with their files.
    pub fn drain(&mut self) -> (Batch, Vec<Problem>) {
        let batch = Batch {
            plans: std::mem::take(&mut self.plans),
            pool: self.desk.pool.news(),
        };
        (batch, std::mem::take(&mut self.desk.problems))
    }

    /// The plans that were read, and all that was wrong with their files.
    #[must_use]
    pub fn finish(self) -> (Batch, Vec<Problem>) {
        let batch = Batch {
            plans: self.plans,
            pool: self.desk.pool,
        };
        (batch, self.desk.problems)
    }
}

impl<'a> Desk<'a> {
    fn plan(
        &mut self,
        record: &Record<'_>,
        source: SourceId,
        foresight: &mut Foresight<'a>,
    ) -> Option<(Plan, Table)> {
        self.format(record);
        let region = self.region(record, "region");
        let table = self.table(record, source, foresight);
        if let Some(region) = &region {
            self.repeated(&table, region.value);
        }
        let claims = self.each(record, "claims", section::claim);
        let changes = self.each(record, "changes", section::change);
        let rosters = self.each(record, "rosters", section::roster);
        let counts = self.each(record, "counts", section::count);
        let commitments = self.each(record, "commitments", section::commitment);
        let tasks = self.each(record, "tasks", section::task);
        let observations = self.each(record, "observations", section::observation);
        let allows = self.each(record, "allow", section::allow);
        let id = record.text("id")?;
        let unsaid = |key: &str| {
            record
                .text(key)
                .unwrap_or(Spanned::new(String::new(), id.span))
        };
        let plan = Plan {
            title: record.text("title").unwrap_or_else(|| id.clone()),
            region: region?,
            field: unsaid("field").map(Arc::from),
            status: status(record).unwrap_or(Spanned::new(Status::Draft, id.span)),
            issued: record.date("issued"),
            number: record.plain("number"),
            period: self.period(record)?,
            follows: record.texts("follows").into(),
            partial: record.boolean("partial").is_some_and(|flag| flag.value),
            source: origin(record),
            claims,
            changes,
            rosters,
            counts,
            commitments,
            tasks,
            observations,
            allows,
            id,
        };
        Some((plan, table))
    }

    fn each<T>(
        &mut self,
        record: &Record,
        key: &str,
        read: impl Fn(&mut Self, &Record) -> Option<T>,
    ) -> Few<T> {
        let records = record.many(key).iter();
        records.filter_map(|record| read(self, record)).collect()
    }

    fn period(&mut self, record: &Record) -> Option<Spanned<Period>> {
        let inner = record.one("period")?;
        let (from, to) = (inner.integer("from")?, inner.integer("to")?);
        let from_year = self.year(&from)?;
        let to_year = self.year(&to)?;
        if from_year > to_year {
            let span = inner.span;
            self.problems
                .push(wrong::backwards_period(from_year, to_year, span));
            return None;
        }
        let period = Period {
            from: from_year,
            to: to_year,
        };
        Some(Spanned::new(period, inner.span))
    }
}

fn origin(record: &Record) -> Option<Box<PlanSource>> {
    let source = record.one("source")?;
    Some(Box::new(PlanSource {
        title: source.plain("title"),
        file: source.plain("file"),
        sha256: source.plain("sha256"),
        retrieved: source.date("retrieved").map(|date| date.value),
    }))
}
