//! What a finding is about, as a name that stays the same while places, words and values change.

use std::fmt::{self, Write};
use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::about::entity;
use crate::catalogue::IndicatorId;
use crate::facts::{EntryId, Facts, FigureId, RowId, Section};
use crate::finding::Fingerprint;
use crate::resolve::{Code, Source, Step, TypedRule};
use crate::source::Spanned;
use crate::value::{Kind, Value};

/// Made of the rule and what its labels are about: not of words, places or values.
pub(super) fn of_check(facts: &Facts, rule: &str, entities: &[Value]) -> Fingerprint {
    let mut digest = Digest(rule.to_owned());
    digest.end();
    for of in entities {
        // Writing into a text does not fail.
        let _ = key(&mut digest.0, facts, of);
        digest.end();
    }
    digest.finish()
}

/// Whether no two checks of a rule that have bound all its variables are about the same things: its labels name what each
/// loop runs over, each of which a table or a relation gives once.
pub(super) fn tells_apart(rule: &TypedRule) -> bool {
    let named = |slot: usize| {
        let mut labels = rule.labels.iter();
        let is_named =
            labels.any(|label| matches!(entity(&label.of), Code::Slot(of) if *of == slot));
        let kind = rule.slots.get(slot).map(|slot| slot.kind);
        is_named
            && matches!(
                kind,
                Some(Kind::Figure | Kind::Row | Kind::Plan | Kind::Region | Kind::Indicator)
            )
    };
    let mut steps = rule.steps.iter();
    rule.requires.len() == 1
        && steps.all(|step| match step {
            Step::For { slot, source, .. } => !matches!(source, Source::List(_)) && named(*slot),
            Step::Let { .. } | Step::Where(_) => true,
        })
}

/// A fixed hash of some parts, the same in every run and on every machine.
pub(super) fn digest(parts: &[&dyn fmt::Display]) -> Fingerprint {
    let mut digest = Digest::default();
    for part in parts {
        let _ = write!(digest.0, "{part}");
        digest.end();
    }
    digest.finish()
}

/// Names written one behind another and hashed at once.
#[derive(Default)]
struct Digest(String);

impl Digest {
    fn end(&mut self) {
        self.0.push('\0');
    }

    fn finish(&self) -> Fingerprint {
        let mut hasher = SipHasher13::new();
        hasher.write(self.0.as_bytes());
        Fingerprint(hasher.finish())
    }
}

/// An entity's name, with its ordinal among those that would have the same one.
fn key(out: &mut String, facts: &Facts, of: &Value) -> fmt::Result {
    match of {
        Value::Figure(id) => {
            figure_key(out, facts, *id);
            Ok(())
        }
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
        _ => {
            out.push('-');
            Ok(())
        }
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

fn figure_key(out: &mut String, facts: &Facts, id: FigureId) {
    let figure = facts.figure(id);
    let parts = [
        &facts.plan(figure.plan).id.value,
        figure.origin.word(),
        figure.kind.word(),
        &facts.catalogue.get(figure.indicator).id,
    ];
    for part in parts {
        out.push_str(part);
        out.push('|');
    }
    let mut digits = itoa::Buffer::new();
    out.push_str(digits.format(figure.year));
    out.push('|');
    out.push_str(&facts.regions.get(figure.region()).code);
    out.push('|');
    out.push_str(figure.basis().unwrap_or(""));
    out.push('|');
    out.push_str(digits.format(figure.ordinal()));
}

fn row_key(out: &mut String, facts: &Facts, id: RowId) -> fmt::Result {
    let form = facts.form_of(id);
    let plan = &facts.plan(facts.plan_of(id)).id.value;
    let indicator = &facts.catalogue.get(form.indicator).id;
    let basis = form.basis.as_deref().unwrap_or("");
    let ordinal = facts.row_ordinal(id);
    write!(out, "{plan}|row|{indicator}|{basis}|{ordinal}")
}
