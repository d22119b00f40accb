//! An accepted deviation: what it is about, and whether it holds today.

use crate::catalogue::IndicatorId;
use crate::facts::{Facts, Figure, PlanId};
use crate::finding::Deviation;
use crate::language::Said;
use crate::model::{Allow, Date};
use crate::notation::read;
use crate::region::RegionId;
use crate::settings::Exception;
use crate::source::{Span, Spanned};
use crate::value::Value;

/// An accepted deviation.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    pub rule: Spanned<String>,
    pub scope: Scope,
    indicator: Option<IndicatorId>,
    year: Option<i64>,
    pub reason: String,
    issuer: Option<String>,
    number: Option<String>,
    until: Option<Spanned<Date>>,
    value: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// Whose deviation it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    Plan(PlanId),
    Region {
        region: RegionId,
        below: bool,
    },
    /// Of a plan, region or indicator that nobody knows.
    Nobody,
}

/// Why an accepted deviation covers a check no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lapse {
    Expired,
    ValueChanged,
}

impl Allowance {
    pub fn of_plan(allow: &Allow, plan: PlanId) -> Self {
        Self {
            rule: allow.rule.clone(),
            scope: Scope::Plan(plan),
            indicator: allow.indicator.as_ref().map(|of| of.value),
            year: allow.year,
            reason: allow.reason.value.clone(),
            issuer: allow.issuer.clone(),
            number: allow.number.clone(),
            until: allow.until.clone(),
            value: allow.value.clone(),
            span: allow.span,
        }
    }

    pub fn of_settings(exception: &Exception, facts: &Facts) -> Self {
        let indicator = exception.indicator.as_ref();
        let indicator = indicator.map(|name| facts.catalogue.find(&name.value));
        let scope = match (&exception.plan, &exception.region) {
            (Some(id), _) => {
                let mut plans = facts.plans();
                let plan = plans.find(|plan| facts.plan(*plan).id.value == id.value);
                plan.map(Scope::Plan)
            }
            (None, Some(region)) => {
                let region = facts.regions.find(&region.value);
                let below = exception.subtree;
                region.map(|region| Scope::Region { region, below })
            }
            (None, None) => None,
        };
        let scope = match indicator {
            Some(None) => None,
            _ => scope,
        };
        Self {
            rule: exception.rule.clone(),
            scope: scope.unwrap_or(Scope::Nobody),
            indicator: indicator.flatten(),
            year: exception.year,
            reason: exception.reason.value.clone(),
            issuer: exception.issuer.clone(),
            number: exception.number.clone(),
            until: exception.until.clone(),
            value: exception.value.clone(),
            span: exception.span,
        }
    }

    /// Whether it is about this, whatever it is worth today.
    pub fn means(&self, facts: &Facts, plan: PlanId, of: &Value) -> bool {
        let meant = match self.scope {
            Scope::Plan(own) => own == plan,
            Scope::Region { region, below } => {
                let of = facts.plan(plan).region.value;
                of == region || below && facts.regions.ancestors(of).any(|above| above == region)
            }
            Scope::Nobody => false,
        };
        if !meant {
            return false;
        }
        let figure = figure(facts, of);
        let indicator = match of {
            Value::Row(row) => Some(facts.form_of(*row).indicator),
            _ => figure.map(|figure| figure.indicator),
        };
        let year = figure.map(|figure| i64::from(figure.year));
        self.indicator
            .is_none_or(|wanted| Some(wanted) == indicator)
            && self.year.is_none_or(|wanted| Some(wanted) == year)
    }

    pub fn lapse(&self, facts: &Facts, of: &Value, today: Option<Date>) -> Option<Lapse> {
        let expired = self.until.as_ref().zip(today);
        if expired.is_some_and(|(until, today)| today > until.value.last_day()) {
            return Some(Lapse::Expired);
        }
        let units = &facts.catalogue.units;
        let changed = self.value.as_ref().zip(figure(facts, of));
        let changed = changed.is_some_and(|(granted, figure)| {
            let printed = figure.value.printed.as_str();
            let same = match (read(&granted.value, units), read(printed, units)) {
                (Ok(granted), Ok(printed)) => granted.says_what(&printed),
                _ => granted.value.trim() == printed.trim(),
            };
            !same
        });
        changed.then_some(Lapse::ValueChanged)
    }

    pub fn deviation(&self, findings: usize) -> Deviation {
        Deviation {
            rule: self.rule.value.clone(),
            reason: self.reason.clone(),
            issuer: self.issuer.clone(),
            number: self.number.clone(),
            until: self.until.as_ref().map(|until| until.value.to_string()),
            value: self.value.as_ref().map(|value| value.value.clone()),
            place: self.span,
            findings,
        }
    }

    /// What a finding adds that it once covered: where that stands, and what is said of it.
    pub fn once(&self, lapse: Lapse) -> (Span, Said) {
        let reason = self.reason.trim_end_matches(['。', '.']);
        match lapse {
            Lapse::Expired => {
                let until = self.until.as_ref();
                let day = until.map(|until| until.value.to_string());
                let day = day.unwrap_or_default();
                let text = Said::new(
                    format!("曾准许到 {day}：{reason}"),
                    format!("was allowed until {day}: {reason}"),
                );
                (until.map_or(self.span, |until| until.span), text)
            }
            Lapse::ValueChanged => {
                let value = self.value.as_ref();
                let granted = value.map(|value| value.value.as_str()).unwrap_or_default();
                let text = Said::new(
                    format!("准许的是 {granted}：{reason}"),
                    format!("allowed for {granted}: {reason}"),
                );
                (value.map_or(self.span, |value| value.span), text)
            }
        }
    }
}

fn figure<'f>(facts: &'f Facts, of: &Value) -> Option<Figure<'f>> {
    match of {
        Value::Figure(id) => Some(facts.figure(*id)),
        _ => None,
    }
}
