//! What a figure means: its bound is worked out once, what is seldom asked each time.

use super::{Facts, Figure, FigureId, FigureKind};
use crate::bound::{Bound, Printed, Reason, ReasonKind};
use crate::catalogue::IndicatorId;
use crate::notation::{Base, Context, Form, Reading, Role, figures, printed};
use crate::quantity::UnitUse;

/// What a value is read with.
pub(super) struct Saying<'s> {
    pub reading: Option<&'s Reading>,
    pub indicator: IndicatorId,
    pub unit: UnitUse,
    pub kind: FigureKind,
    pub year: i32,
    /// What a change starts from.
    pub baselines: Vec<FigureId>,
}

impl Facts {
    /// The printed numbers themselves.
    ///
    /// # Errors
    /// Why there are none.
    pub fn stated(&self, figure: &Figure<'_>) -> Result<Bound, Reason> {
        self.meant(&saying(figure), figures)
    }

    /// The value by its printed form, derived ones worked out.
    ///
    /// # Errors
    /// Why there is none.
    pub fn form(&self, figure: &Figure<'_>) -> Result<Printed, Reason> {
        self.meant(&saying(figure), printed)
    }

    /// What a value means in one way.
    pub(super) fn meant<T>(
        &self,
        saying: &Saying<'_>,
        way: fn(&Reading, &Context<'_>) -> Result<T, Reason>,
    ) -> Result<T, Reason> {
        let units = &self.catalogue.units;
        let indicator = self.catalogue.get(saying.indicator);
        let Some(reading) = saying.reading else {
            return Err(Reason::new(ReasonKind::Unreadable));
        };
        let bases: Vec<Base<'_>> = saying
            .baselines
            .iter()
            .map(|id| self.figure(*id))
            .map(|figure| Base {
                year: figure.year,
                bound: &figure.value.bound,
            })
            .collect();
        let context = Context {
            units,
            unit: Some(saying.unit),
            role: match saying.kind {
                FigureKind::Target => Role::Target,
                FigureKind::Baseline | FigureKind::Actual => Role::Actual,
            },
            better: indicator.better,
            year: saying.year,
            baselines: &bases,
        };
        let dimension = units.dimension(saying.unit);
        if dimension != units.dimension(indicator.unit) && has_figures(reading) {
            return Err(Reason::new(ReasonKind::OtherDimension));
        }
        way(reading, &context)
    }
}

fn saying<'f>(figure: &Figure<'f>) -> Saying<'f> {
    let reading = figure.value.reading.as_deref();
    let baselines = if reading.is_some_and(is_relative) {
        figure.baselines().collect()
    } else {
        Vec::new()
    };
    Saying {
        reading,
        indicator: figure.indicator,
        unit: figure.value.unit,
        kind: figure.kind,
        year: figure.year,
        baselines,
    }
}

const fn has_figures(reading: &Reading) -> bool {
    matches!(reading.form, Form::Value(_) | Form::Change(_) | Form::Full)
}

/// Whether what a value means depends on the baseline and on the years.
pub(super) const fn is_relative(reading: &Reading) -> bool {
    matches!(
        reading.form,
        Form::Change(_) | Form::Keep(_) | Form::Trend(_)
    )
}
