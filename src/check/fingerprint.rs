//! What a finding is about, as a name that stays the same while places, words and values change.

use std::fmt::{self, Write};
use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts, FigureId, RowId, Section};
use crate::finding::Fingerprint;
use crate::source::Spanned;
use crate::value::Value;

/// Made of the rule and what its labels are about: not of words, places or values.
pub(super) fn of_check(facts: &Facts, rule: &str, entities: &[Value]) -> Fingerprint {
    let mut digest = Digest::default();
    digest.part(rule);
    for of in entities {
        // Writing into a digest does not fail.
        let _ = key(&mut digest, facts, of);
        digest.end();
    }
    digest.finish()
}

/// A fixed hash of some parts, the same in every run and on every machine.
pub(super) fn digest(parts: &[&dyn fmt::Display]) -> Fingerprint {
    let mut digest = Digest::default();
    for part in parts {
        digest.part(part);
    }
    digest.finish()
}

/// Names go into the hash as they are written: hundreds of thousands of them are never texts of their own.
#[derive(Default)]
struct Digest(SipHasher13);

impl Digest {
    fn part(&mut self, part: impl fmt::Display) {
        let _ = write!(self, "{part}");
        self.end();
    }

    fn end(&mut self) {
        self.0.write_u8(0);
    }

    fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.finish())
    }
}

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

/// An entity's name, with its ordinal among those that would have the same one.
fn key(out: &mut Digest, facts: &Facts, of: &Value) -> fmt::Result {
    match of {
        Value::Figure(id) => figure_key(out, facts, *id),
        Value::Row(id) => row_key(out, facts, *id),
        Value::Entry(id) => {
            let own = subject(facts, *id);
            let entries = facts.entries_of(id.plan, id.section);
            let before = entries.take_while(|other| other != id);
            let equals = before.filter(|other| subject(facts, *other) == own).count();
            let plan = &facts.plan(id.plan).id.value;
            write!(out, "{plan}|{:?}|{own}|{equals}", id.section)
        }
        Value::Statistic(id) => {
            let statistic = facts.statistic(*id);
            let region = &facts.regions.get(statistic.region.value).code;
            let indicator = &facts.catalogue.get(statistic.indicator.value).id;
            let year = statistic.value.year;
            write!(out, "statistic|{region}|{indicator}|{year}")
        }
        Value::Plan(plan) => write!(out, "plan|{}", facts.plan(*plan).id.value),
        Value::Region(region) => write!(out, "region|{}", facts.regions.get(*region).code),
        Value::Indicator(of) => write!(out, "indicator|{}", facts.catalogue.get(*of).id),
        _ => out.write_str("-"),
    }
}

/// What an entry is about: its subject and its year, not its value.
fn subject(facts: &Facts, id: EntryId) -> String {
    let plan = facts.plan(id.plan);
    let at = id.position as usize;
    let text = |text: Option<&Spanned<String>>| text.map(|t| t.value.clone()).unwrap_or_default();
    let indicator = |of: Option<&Spanned<IndicatorId>>| {
        of.map(|of| facts.catalogue.get(of.value).id.clone())
            .unwrap_or_default()
    };
    match id.section {
        Section::Changes => plan.changes.get(at).map(|change| {
            format!(
                "{}{}",
                text(change.subject.as_ref()),
                indicator(change.indicator.as_ref())
            )
        }),
        Section::Rosters => plan
            .rosters
            .get(at)
            .map(|roster| roster.subject.value.clone()),
        Section::Counts => plan.counts.get(at).map(|count| {
            format!(
                "{}|{}|{}",
                count.subject.value,
                count.value.year,
                text(count.scope.as_ref())
            )
        }),
        Section::Commitments => plan.commitments.get(at).map(|commitment| {
            let of = indicator(commitment.indicator.as_ref());
            format!(
                "{:?}|{}|{of}",
                commitment.kind.value,
                text(commitment.domain.as_ref())
            )
        }),
        Section::Tasks => plan.tasks.get(at).map(|task| task.title.value.clone()),
    }
    .unwrap_or_default()
}

fn figure_key(out: &mut Digest, facts: &Facts, id: FigureId) -> fmt::Result {
    let figure = facts.figure(id);
    let plan = &facts.plan(figure.plan).id.value;
    let (origin, kind) = (figure.origin.word(), figure.kind.word());
    let indicator = &facts.catalogue.get(figure.indicator).id;
    let region = &facts.regions.get(figure.region()).code;
    let basis = figure.basis().unwrap_or("");
    let (year, ordinal) = (figure.year, figure.ordinal());
    write!(
        out,
        "{plan}|{origin}|{kind}|{indicator}|{year}|{region}|{basis}|{ordinal}"
    )
}

fn row_key(out: &mut Digest, facts: &Facts, id: RowId) -> fmt::Result {
    let form = facts.form_of(id);
    let plan = &facts.plan(facts.plan_of(id)).id.value;
    let indicator = &facts.catalogue.get(form.indicator).id;
    let basis = form.basis.as_deref().unwrap_or("");
    let ordinal = facts.row_ordinal(id);
    write!(out, "{plan}|row|{indicator}|{basis}|{ordinal}")
}
