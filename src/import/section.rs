//! The sections of a plan file beside its table, an entry at a time.

use super::desk::{Desk, RowUnit};
use super::entity::COMMITMENT;
use super::record::Record;
use super::wrong;
use crate::language::Said;
use crate::model::{
    Allow, Change, Claim, ClaimKind, Commitment, CommitmentKind, Consent, Count, Observation,
    Roster, RosterKind, Task, YearValue,
};
use crate::problem::{Kind, Problem};
use crate::region::RegionId;
use crate::source::Spanned;

pub(super) fn claim(desk: &mut Desk<'_>, record: &Record) -> Option<Claim> {
    let indicator = desk.indicator(record, "indicator");
    let unit = indicator
        .as_ref()
        .and_then(|indicator| desk.unit(record, indicator));
    let of = indicator.as_ref().zip(unit.as_ref());
    let of = of.map(|(indicator, (_, unit))| desk.row_unit(indicator.value, *unit));
    let value = dated_value(desk, record, of);
    let region = foreign(desk, record).ok()?;
    let kind = match record.plain("kind")?.as_str() {
        "baseline" => ClaimKind::Baseline,
        "target" => ClaimKind::Target,
        _ => ClaimKind::Actual,
    };
    Some(Claim {
        indicator: indicator?,
        kind,
        value: value?,
        unit_use: unit?.1,
        at: record.plain("at"),
        basis: record.text("basis"),
        region,
        span: record.span,
    })
}

pub(super) fn observation(desk: &mut Desk<'_>, record: &Record) -> Option<Observation> {
    let indicator = desk.indicator(record, "indicator");
    let unit = indicator
        .as_ref()
        .and_then(|indicator| desk.unit(record, indicator));
    let of = indicator.as_ref().zip(unit.as_ref());
    let of = of.map(|(indicator, (_, unit))| desk.row_unit(indicator.value, *unit));
    let value = dated_value(desk, record, of);
    let region = foreign(desk, record).ok()?;
    Some(Observation {
        indicator: indicator?,
        value: value?,
        unit_use: unit?.1,
        at: record.plain("at"),
        basis: record.text("basis"),
        region,
        span: record.span,
    })
}

/// Whose figure it is; nothing is taken for the plan's own that names another region wrongly.
fn foreign(desk: &mut Desk<'_>, record: &Record) -> Result<Option<Spanned<RegionId>>, Unknown> {
    match record.text("region") {
        None => Ok(None),
        Some(text) => desk.region_of(&text).map(Some).ok_or(Unknown),
    }
}

/// A region that is named wrongly, which is reported.
struct Unknown;

/// The unit of something that is no indicator; an unknown one is reported.
fn plain_unit<'a>(desk: &mut Desk<'a>, unit: Option<&Spanned<String>>) -> Option<RowUnit<'a>> {
    let unit = unit?;
    let found = desk.catalogue.units.find(&unit.value);
    if found.is_none() {
        let known = desk.catalogue.units.spellings();
        desk.problems.push(wrong::unknown_unit(unit, &known));
    }
    found.map(RowUnit::plain)
}

fn dated_value(
    desk: &mut Desk<'_>,
    record: &Record,
    unit: Option<RowUnit<'_>>,
) -> Option<YearValue> {
    let printed = record.text("value");
    let year = record.integer("year").and_then(|year| desk.year(&year));
    Some(desk.value(year?, &printed?, unit))
}

pub(super) fn change(desk: &mut Desk<'_>, record: &Record) -> Option<Change> {
    let indicator = desk.indicator(record, "indicator");
    let subject = record.text("subject");
    if record.text("indicator").is_none() && subject.is_none() {
        let message = Said::new(
            "增减表述既没有 indicator 也没有 subject",
            "a change names neither an indicator nor a subject",
        );
        let label = Said::new("说的是什么？", "of what?");
        desk.problems
            .push(Problem::new(Kind::MissingKey, record.span, message, label));
        return None;
    }
    let unit = record.text("unit");
    let of = match (&indicator, &unit) {
        (Some(indicator), _) => {
            let unit = desk.unit(record, indicator);
            unit.map(|(_, unit)| desk.row_unit(indicator.value, unit))
        }
        (None, unit) => plain_unit(desk, unit.as_ref()),
    };
    let from = year_value(desk, record, "from", of);
    let to = year_value(desk, record, "to", of);
    let stated = record.text("stated").map(|printed| {
        let year = to.as_ref().map_or(0, |to| to.year);
        desk.value(year, &printed, None)
    });
    Some(Change {
        indicator,
        subject,
        from,
        to,
        stated,
        unit,
        unit_use: of.map(|of| of.unit),
        at: record.plain("at"),
        basis: record.text("basis"),
        region: desk.region(record, "region"),
        span: record.span,
    })
}

fn year_value(
    desk: &mut Desk<'_>,
    record: &Record,
    key: &str,
    unit: Option<RowUnit<'_>>,
) -> Option<YearValue> {
    let pairs = record.keyed(key);
    let mut pairs = pairs.iter();
    let (year, printed) = pairs.next()?;
    if let Some((another, _)) = pairs.next() {
        desk.problems.push(wrong::two_years(key, another.span));
    }
    let year = desk.year_of(year)?;
    Some(desk.value(year, printed, unit))
}

pub(super) fn roster(desk: &mut Desk<'_>, record: &Record) -> Option<Roster> {
    let kind = match record.plain("kind").as_deref() {
        Some("region") => RosterKind::Region,
        _ => RosterKind::Name,
    };
    let members = record.texts("members");
    let regions = match kind {
        RosterKind::Name => Vec::new(),
        RosterKind::Region => {
            let each = members.iter();
            each.map(|member| desk.region_of(member).map(|region| region.value))
                .collect()
        }
    };
    Some(Roster {
        subject: record.text("subject")?,
        name: record.plain("name"),
        count: record.integer("count"),
        members,
        regions,
        kind,
        at: record.plain("at"),
        span: record.span,
    })
}

pub(super) fn count(desk: &mut Desk<'_>, record: &Record) -> Option<Count> {
    let unit = record.text("unit");
    let of = plain_unit(desk, unit.as_ref());
    let year = match record.integer("year") {
        Some(year) => desk.year(&year),
        None => Some(0),
    };
    let value = desk.value(year?, &record.text("value")?, of);
    Some(Count {
        subject: record.text("subject")?,
        name: record.plain("name"),
        value,
        scope: record.text("scope"),
        unit,
        unit_use: of.map(|of| of.unit),
        at: record.plain("at"),
        basis: record.text("basis"),
        region: desk.region(record, "region"),
        span: record.span,
    })
}

pub(super) fn commitment(desk: &mut Desk<'_>, record: &Record) -> Option<Commitment> {
    let region = desk.region(record, "region");
    let indicator = desk.indicator(record, "indicator");
    let unit = indicator
        .as_ref()
        .and_then(|indicator| desk.unit(record, indicator));
    let of = indicator.as_ref().zip(unit);
    let of = of.map(|(indicator, (_, unit))| desk.row_unit(indicator.value, unit));
    let value = match (record.text("value"), record.integer("year")) {
        (Some(printed), Some(year)) => {
            let year = desk.year(&year);
            year.map(|year| desk.value(year, &printed, of))
        }
        _ => None,
    };
    let kind = record.text("kind")?.map(|word| match word.as_str() {
        "no_weaker_than" => CommitmentKind::NoWeakerThan,
        "improves" => CommitmentKind::Improves,
        _ => CommitmentKind::Reaches,
    });
    let domain = record.text("domain");
    let missing = match kind.value {
        CommitmentKind::NoWeakerThan if record.text("region").is_none() => Some("region"),
        CommitmentKind::Improves if domain.is_none() && record.text("indicator").is_none() => {
            Some("indicator")
        }
        CommitmentKind::Reaches if record.text("indicator").is_none() => Some("indicator"),
        CommitmentKind::Reaches if record.text("value").is_none() => Some("value"),
        CommitmentKind::Reaches if record.integer("year").is_none() => Some("year"),
        _ => None,
    };
    if let Some(key) = missing {
        desk.problems
            .push(wrong::missing_key(key, &COMMITMENT, record.span));
        return None;
    }
    Some(Commitment {
        kind,
        region,
        domain,
        indicator,
        value,
        at: record.plain("at"),
        span: record.span,
    })
}

pub(super) fn task(desk: &mut Desk<'_>, record: &Record) -> Option<Task> {
    let due = record.integer("due");
    if let Some(due) = &due {
        desk.year(due)?;
    }
    Some(Task {
        title: record.text("title")?,
        lead: record.text("lead"),
        partners: record.texts("partners"),
        due,
        at: record.plain("at"),
        span: record.span,
    })
}

pub(super) fn allow(desk: &mut Desk<'_>, record: &Record) -> Option<Allow> {
    let indicator = desk.indicator(record, "indicator");
    if record.text("indicator").is_some() && indicator.is_none() {
        return None;
    }
    let consent = consent(record, &mut desk.problems)?;
    Some(Allow { consent, indicator })
}

/// What an entry accepts; nothing where it gives no reason, or a year that is none.
pub(super) fn consent(record: &Record, problems: &mut Vec<Problem>) -> Option<Consent> {
    let reason = record.text("reason")?;
    if reason.value.trim().is_empty() {
        problems.push(wrong::empty_text("reason", reason.span));
        return None;
    }
    let year = record.integer("year");
    if let Some(year) = &year {
        super::desk::year(year, problems)?;
    }
    Some(Consent {
        rule: record.text("rule")?,
        year: year.map(|year| year.value),
        reason,
        issuer: record.plain("issuer"),
        number: record.plain("number"),
        until: record.date("until"),
        value: record.text("value"),
        span: record.span,
    })
}
