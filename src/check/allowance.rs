//! An accepted deviation: what it is about, and whether it holds today.

use rustc_hash::FxHashMap;

use crate::catalogue::IndicatorId;
use crate::facts::{Facts, Figure, PlanId};
use crate::finding::{Deviation, Subject};
use crate::language::Said;
use crate::model::{Allow, Consent, Date};
use crate::notation::same;
use crate::region::RegionId;
use crate::settings::{Exception, Whose};
use crate::source::{Span, Spanned};
use crate::value::Value;

/// An accepted deviation.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    pub consent: Consent,
    pub scope: Scope,
    indicator: Option<IndicatorId>,
    /// The plan that it names and nobody knows.
    pub stranger: Option<Spanned<String>>,
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
            consent: allow.consent.clone(),
            scope: Scope::Plan(plan),
            indicator: allow.indicator.as_ref().map(|of| of.value),
            stranger: None,
        }
    }

    /// One of the settings, with the plans by their ids.
    pub fn of_settings(
        exception: &Exception,
        plans: &FxHashMap<&str, PlanId>,
        facts: &Facts,
    ) -> Self {
        let scope = match &exception.whose {
            Whose::Plan(id) => plans.get(id.value.as_str()).copied().map(Scope::Plan),
            Whose::Region { region, subtree } => {
                let region = facts.regions.find(&region.value);
                let below = *subtree;
                region.map(|region| Scope::Region { region, below })
            }
        };
        let named = exception.indicator.as_ref();
        let indicator = named.map(|name| facts.catalogue.find(&name.value));
        Self {
            consent: exception.consent.clone(),
            scope: match indicator {
                Some(None) => Scope::Nobody,
                _ => scope.unwrap_or(Scope::Nobody),
            },
            indicator: indicator.flatten(),
            stranger: match &exception.whose {
                Whose::Plan(id) if scope.is_none() => Some(id.clone()),
                _ => None,
            },
        }
    }

    /// Whether it is about this, whatever it is worth today.
    pub fn means(&self, facts: &Facts, plan: PlanId, subject: &Subject) -> bool {
        let meant = match self.scope {
            Scope::Plan(own) => own == plan,
            Scope::Region { region, below } => {
                let of = facts.plan(plan).region.value;
                of == region || (below && facts.regions.is_within(of, region))
            }
            Scope::Nobody => false,
        };
        let catalogue = &facts.catalogue;
        let indicator = self.indicator.map(|of| &catalogue.get(of).id);
        let year = self.consent.year;
        meant
            && indicator.is_none_or(|wanted| subject.indicator.as_ref() == Some(wanted))
            && year.is_none_or(|wanted| subject.year.map(i64::from) == Some(wanted))
    }

    pub fn lapse(&self, facts: &Facts, of: &Value, today: Option<Date>) -> Option<Lapse> {
        let expired = self.consent.until.as_ref().zip(today);
        if expired.is_some_and(|(until, today)| today > until.value.last_day()) {
            return Some(Lapse::Expired);
        }
        let granted = self.consent.value.as_ref()?;
        let units = &facts.catalogue.units;
        // Of what is no figure there is no value to compare: what was granted for one does not cover it.
        let changed = figure(facts, of)
            .is_none_or(|figure| !same(&granted.value, &figure.value.printed, units));
        changed.then_some(Lapse::ValueChanged)
    }

    pub fn deviation(&self, findings: usize) -> Deviation {
        Deviation {
            rule: self.consent.rule.value.clone(),
            reason: self.consent.reason.value.clone(),
            issuer: self.consent.issuer.clone(),
            number: self.consent.number.clone(),
            until: self
                .consent
                .until
                .as_ref()
                .map(|until| until.value.to_string()),
            value: self.consent.value.as_ref().map(|value| value.value.clone()),
            place: self.consent.span,
            findings,
        }
    }

    /// What a finding adds that it once covered: where that stands, and what is said of it.
    pub fn once(&self, lapse: Lapse) -> (Span, Said) {
        let reason = self.consent.reason.value.trim_end_matches(['。', '.']);
        match lapse {
            Lapse::Expired => {
                let until = self.consent.until.as_ref();
                let day = until.map(|until| until.value.to_string());
                let day = day.unwrap_or_default();
                let text = Said::new(
                    format!("曾准许到 {day}：{reason}"),
                    format!("was allowed until {day}: {reason}"),
                );
                (until.map_or(self.consent.span, |until| until.span), text)
            }
            Lapse::ValueChanged => {
                let value = self.consent.value.as_ref();
                let granted = value.map(|value| value.value.as_str()).unwrap_or_default();
                let text = Said::new(
                    format!("准许的是 {granted}：{reason}"),
                    format!("allowed for {granted}: {reason}"),
                );
                (value.map_or(self.consent.span, |value| value.span), text)
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
