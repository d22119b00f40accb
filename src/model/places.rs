//! Plans apart from where their words stand: what an edit above them shifts is not changed.

use super::{
    Change, Claim, Commitment, Consent, Count, Observation, Plan, Roster, Task, YearValue,
};
use crate::source::{SourceId, Span, Spanned};

impl Plan {
    /// The same plan with every place put at nothing: equal ones say the same, wherever it stands.
    #[must_use]
    pub fn unplaced(&self) -> Self {
        let mut plan = self.clone();
        one(&mut plan.id);
        one(&mut plan.title);
        one(&mut plan.region);
        one(&mut plan.field);
        one(&mut plan.status);
        some(plan.issued.as_mut());
        one(&mut plan.period);
        plan.follows.iter_mut().for_each(one);
        plan.claims.iter_mut().for_each(claim);
        plan.changes.iter_mut().for_each(change);
        plan.rosters.iter_mut().for_each(roster);
        plan.counts.iter_mut().for_each(count);
        plan.commitments.iter_mut().for_each(commitment);
        plan.tasks.iter_mut().for_each(task);
        plan.observations.iter_mut().for_each(observation);
        for allow in plan.allows.iter_mut() {
            some(allow.indicator.as_mut());
            consent(&mut allow.consent);
        }
        plan
    }
}

const NOWHERE: Span = Span {
    source: SourceId::numbered(0),
    start: 0,
    end: 0,
};

fn one<T>(spanned: &mut Spanned<T>) {
    spanned.span = NOWHERE;
}

fn some<T>(spanned: Option<&mut Spanned<T>>) {
    spanned.into_iter().for_each(one);
}

fn value(of: &mut YearValue) {
    one(&mut of.printed);
}

fn claim(of: &mut Claim) {
    one(&mut of.indicator);
    value(&mut of.value);
    some(of.basis.as_mut());
    some(of.region.as_mut());
    of.span = NOWHERE;
}

fn change(of: &mut Change) {
    some(of.indicator.as_mut());
    some(of.subject.as_mut());
    let values = [&mut of.from, &mut of.to, &mut of.stated];
    values.into_iter().flatten().for_each(value);
    some(of.unit.as_mut());
    some(of.basis.as_mut());
    some(of.region.as_mut());
    of.span = NOWHERE;
}

fn roster(of: &mut Roster) {
    one(&mut of.subject);
    some(of.count.as_mut());
    of.members.iter_mut().for_each(one);
    of.span = NOWHERE;
}

fn count(of: &mut Count) {
    one(&mut of.subject);
    value(&mut of.value);
    some(of.scope.as_mut());
    some(of.unit.as_mut());
    some(of.basis.as_mut());
    some(of.region.as_mut());
    of.span = NOWHERE;
}

fn commitment(of: &mut Commitment) {
    one(&mut of.kind);
    some(of.region.as_mut());
    some(of.domain.as_mut());
    some(of.indicator.as_mut());
    of.value.iter_mut().for_each(value);
    of.span = NOWHERE;
}

fn task(of: &mut Task) {
    one(&mut of.title);
    some(of.lead.as_mut());
    of.partners.iter_mut().for_each(one);
    some(of.due.as_mut());
    of.span = NOWHERE;
}

fn observation(of: &mut Observation) {
    one(&mut of.indicator);
    value(&mut of.value);
    some(of.basis.as_mut());
    some(of.region.as_mut());
    of.span = NOWHERE;
}

fn consent(of: &mut Consent) {
    one(&mut of.rule);
    one(&mut of.reason);
    some(of.until.as_mut());
    some(of.value.as_mut());
    of.span = NOWHERE;
}
