//! The tables of indicators by plans, and of what the plans promise of each.

use std::borrow::Cow;
use std::fmt::Write;
use std::iter;

use super::super::words::sign;
use super::{Page, anchor, escaped, link};
use crate::audit::{Block, Cell, Indicator, State};

impl Page<'_> {
    pub(super) fn matrix(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("matrix", words.matrix);
        self.paragraph(words.matrix_how);
        let legend = State::ALL.map(|state| format!("{} {}", sign(state), words.state(&state)));
        let legend = legend.join(" · ");
        self.paragraph(&legend);
        for block in &audit.matrix {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let Self { audit, words, .. } = *self;
        if !block.title.is_empty() {
            let _ = writeln!(self.text, "### {}\n", escaped(&block.title));
        }
        let plans = block.plans.iter().map(|at| {
            let plan = audit.plans.get(*at);
            let name = plan.map(|plan| {
                let period = escaped(&plan.period);
                format!("{}<br>{period}", link(&plan.region, 'p', at))
            });
            Cow::from(name.unwrap_or_default())
        });
        self.row(iter::once(words.indicator.into()).chain(plans));
        self.row(iter::repeat_n("---".into(), block.plans.len() + 1));
        for row in &block.rows {
            let indicator = audit.indicators.get(row.indicator);
            let name = indicator.map_or("", |indicator| &indicator.name);
            let name = link(name, 'i', row.indicator);
            let cells = row
                .cells
                .iter()
                .map(|cell| mark(cell, row.indicator).into());
            self.row(iter::once(name.into()).chain(cells));
        }
        self.text.push('\n');
    }

    pub(super) fn indicators(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("indicators", words.indicators);
        for (at, indicator) in audit.indicators.iter().enumerate() {
            let (anchor, name) = (anchor('i', at), escaped(&indicator.name));
            let _ = writeln!(self.text, "### {anchor}{name}\n");
            let about = format!(
                "{}{}{} · {}",
                words.unit,
                words.colon(),
                indicator.unit,
                indicator.better
            );
            self.paragraph(&about);
            if let Some(definition) = &indicator.definition {
                self.paragraph(definition);
            }
            self.lines(indicator);
        }
    }

    fn lines(&mut self, indicator: &Indicator) {
        let words = self.words;
        if indicator.lines.is_empty() {
            return;
        }
        self.heads([
            words.level,
            words.region,
            words.baseline,
            words.target,
            words.read_as,
            words.nature,
            words.standing,
        ]);
        for line in &indicator.lines {
            let dated = |printed: &str, year: i32| format!("{printed} ({year})");
            let said = |of: &Option<(String, i32)>| {
                let of = of.as_ref();
                of.map_or_else(String::new, |(printed, year)| dated(printed, *year))
            };
            let texts = [
                line.level.as_str(),
                line.region.as_str(),
                &said(&line.baseline),
                &said(&line.target),
                &line.read,
                line.nature.as_ref().map_or("", String::as_str),
            ];
            let texts = texts.map(|text| Cow::from(escaped(text)));
            let standing = match line.state {
                Some(state) => self.state(state, line.anchor.as_ref()),
                None => words.context.to_owned(),
            };
            self.row(texts.into_iter().chain([standing.into()]));
        }
        self.text.push('\n');
        if indicator.left_out > 0 {
            self.paragraph(&format!("{} {}", words.left_out, indicator.left_out));
        }
    }
}

/// A cell: the sign of a state, which leads to the finding, or else to the indicator.
fn mark(cell: &Cell, indicator: usize) -> String {
    let sign = sign(cell.state);
    match &cell.anchor {
        Some(anchor) if cell.count > 1 => link(&format!("{sign} {}", cell.count), 'f', anchor),
        Some(anchor) => link(sign, 'f', anchor),
        None if cell.state == State::NotStated => sign.to_owned(),
        None => link(sign, 'i', indicator),
    }
}
