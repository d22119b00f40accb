//! The first sheet: what the workbook is, how it came out, where everything stands.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::Book;
use super::names::link;
use super::table::{Cell, Table, columns, lines, put, rise, sheet};
use super::text::fit;
use crate::audit::{Plan, State};
use crate::problem::Severity;

/// The last column: texts run from the first to it.
const LAST: u16 = 13;

/// Columns of characters that a text over the whole width has.
const ACROSS: u16 = 170;

/// What writes the first sheet from top to bottom.
struct Cover<'c> {
    of: &'c Book<'c>,
    sheet: &'c mut Worksheet,
    row: u32,
}

pub(super) fn write(of: &Book<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = sheet(book, &of.names.summary)?;
    sheet.set_screen_gridlines(false);
    let mut cover = Cover { of, sheet, row: 0 };
    cover.head()?;
    cover.summary()?;
    cover.counts()?;
    cover.gravest()?;
    cover.contents()?;
    cover.plans()
}

impl Cover<'_> {
    fn head(&mut self) -> Result<(), XlsxError> {
        let Book {
            audit, words, look, ..
        } = self.of;
        let subject = words.subject(audit);
        self.sheet
            .write_string_with_format(0, 0, words.title, &look.title)?;
        self.sheet
            .write_string_with_format(1, 0, fit(subject), &look.subject)?;
        self.row = 3;
        let [plans, _, _, rules] = audit.summary.size;
        let facts = [
            (words.date, crate::audit::day(audit.date, audit.language)),
            (words.written_by, format!("planlint {}", audit.version)),
            (words.plans, plans.to_string()),
            (words.rules, rules.to_string()),
            (words.inputs, audit.inputs.len().to_string()),
            (words.files_hash, audit.manifest.digest.clone()),
        ];
        for (label, value) in facts {
            self.sheet
                .write_string_with_format(self.row, 0, label, &look.label)?;
            self.across(1, &value, &look.plain)?;
        }
        Ok(())
    }

    /// A text from a column to the last one, as high as it needs to be.
    fn across(&mut self, from: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet
            .merge_range(self.row, from, self.row, LAST, &fit(text), format)?;
        rise(self.sheet, self.row, lines(text, ACROSS))?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        let format = &self.of.look.heading;
        self.sheet
            .write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// A line that leads to a row of a sheet.
    fn link(&mut self, text: &str, (sheet, row): (&str, u32)) -> Result<(), XlsxError> {
        let at = self.row;
        let format = &self.of.look.plain_link;
        self.across(0, text, format)?;
        let link = link(sheet, row);
        self.sheet
            .write_url_with_options(at, 0, link.as_str(), fit(text), "", Some(format))?;
        Ok(())
    }

    fn summary(&mut self) -> Result<(), XlsxError> {
        let Book {
            audit,
            words,
            look,
            names,
            ..
        } = self.of;
        self.heading(words.summary)?;
        for paragraph in &audit.summary.paragraphs {
            self.across(0, paragraph, &look.plain)?;
        }
        if audit.withheld > 0 {
            let text = words.withheld(audit.withheld);
            self.across(0, &text, &look.plain)?;
        }
        if names.leaves_out() {
            self.across(0, words.some_sheets, &look.plain)?;
        }
        Ok(())
    }

    fn counts(&mut self) -> Result<(), XlsxError> {
        let Book {
            audit, words, look, ..
        } = self.of;
        self.row += 1;
        let standing = &audit.summary.standing;
        let counts = &standing.counts;
        let [error, warning, note] = Severity::ALL;
        let rows = [
            (
                words.severity_of(&error),
                standing.errors,
                Some(State::Error),
            ),
            (
                words.severity_of(&warning),
                standing.warnings,
                Some(State::Warning),
            ),
            (words.severity_of(&note), standing.notes, Some(State::Note)),
            (words.checks, counts.all(), None),
            (words.holds, counts.holds, Some(State::Holds)),
            (words.violated, counts.violated, None),
            (
                words.undecided,
                counts.undetermined,
                Some(State::Undetermined),
            ),
            (words.allowed, counts.allowed, Some(State::Allowed)),
        ];
        for (label, count, state) in rows {
            let label = match state {
                Some(state) => Cell::State(state, label.into()),
                None => Cell::text(label),
            };
            put(self.sheet, look, (self.row, 0), &label)?;
            put(self.sheet, look, (self.row, 1), &Cell::Count(count))?;
            self.row += 1;
        }
        put(self.sheet, look, (self.row, 0), &Cell::text(words.decided))?;
        let format = &look.number;
        self.sheet
            .write_string_with_format(self.row, 1, &audit.summary.decided, format)?;
        self.row += 1;
        Ok(())
    }

    fn gravest(&mut self) -> Result<(), XlsxError> {
        let Book {
            audit,
            words,
            look,
            names,
            ..
        } = self.of;
        let summary = &audit.summary;
        if summary.gravest.is_empty() {
            return Ok(());
        }
        self.heading(words.gravest)?;
        for at in &summary.gravest {
            if let Some(entry) = audit.entries.get(*at) {
                let place = super::findings::place(&names.findings, *at);
                self.link(&entry.message, place)?;
            }
        }
        if summary.more > 0 {
            let text = words.more_grave(summary.more);
            self.across(0, &text, &look.plain)?;
        }
        Ok(())
    }

    fn contents(&mut self) -> Result<(), XlsxError> {
        let names = &self.of.names;
        self.heading(self.of.words.contents)?;
        let single = [
            &names.matrix,
            &names.indicators,
            &names.rules,
            &names.accepted,
            &names.coverage,
            &names.inputs,
            &names.method,
        ];
        let found = names.findings.iter().chain(&names.undecided);
        for name in found.chain(single).chain(&names.rows) {
            self.link(name, (name, 0))?;
        }
        Ok(())
    }

    fn plans(&mut self) -> Result<(), XlsxError> {
        let Book {
            audit, words, look, ..
        } = self.of;
        self.heading(words.plans)?;
        let [error, warning, note] = Severity::ALL;
        let heads = columns(&[
            (words.plan, 40),
            (words.region, 14),
            (words.level, 8),
            (words.period, 12),
            (words.status, 15),
            (words.number, 18),
            (words.standing, 11),
            (words.severity_of(&error), 7),
            (words.severity_of(&warning), 7),
            (words.severity_of(&note), 7),
            (words.holds, 8),
            (words.undecided, 10),
            (words.allowed, 8),
            (words.answers_to, 22),
        ]);
        let mut table = Table::new(self.sheet, look, self.row, &heads)?;
        for (at, plan) in audit.plans.iter().enumerate() {
            table.push(&self.of.plan(at, plan))?;
        }
        // Heads in the middle of a sheet neither stay in sight nor stand on every page.
        Ok(())
    }
}

impl Book<'_> {
    /// A plan's line.
    fn plan<'p>(&'p self, at: usize, plan: &'p Plan) -> Vec<Cell<'p>> {
        let Book {
            audit,
            words,
            names,
            ..
        } = self;
        let mut title = plan.title.clone();
        if plan.partial {
            title = format!("{title} · {}", words.partial);
        }
        let title = match names.plans.get(at).and_then(Option::as_ref) {
            Some(sheet) => Cell::Link(title.into(), sheet),
            None => Cell::Text(title.into()),
        };
        let status = [Some(&plan.status), plan.issued.as_ref()];
        let status: Vec<&str> = status.into_iter().flatten().map(String::as_str).collect();
        let above = plan.superiors.iter().filter_map(|at| audit.plans.get(*at));
        let above: Vec<&str> = above.map(|above| above.region.as_str()).collect();
        let state = if plan.is_reported {
            plan.standing.state()
        } else {
            State::NotStated
        };
        let standing = &plan.standing;
        let counts = [
            standing.errors,
            standing.warnings,
            standing.notes,
            standing.counts.holds,
            standing.counts.undetermined,
            standing.counts.allowed,
        ];
        let mut cells = vec![
            title,
            Cell::text(&plan.region),
            Cell::text(&plan.level),
            Cell::text(&plan.period),
            Cell::Text(status.join("\n").into()),
            Cell::maybe_value(plan.number.as_ref()),
            Cell::State(state, words.standing(plan).into()),
        ];
        cells.extend(counts.map(|count| {
            if plan.is_reported {
                Cell::Count(count)
            } else {
                Cell::text("")
            }
        }));
        cells.push(Cell::Text(above.join(words.comma()).into()));
        cells
    }
}
