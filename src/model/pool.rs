//! What rows of indicator tables have in common: of millions, each form and each value is kept once.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::Nature;
use crate::catalogue::IndicatorId;
use crate::notation::Reading;
use crate::quantity::UnitUse;
use crate::region::RegionId;

/// A form's number in its [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormId(pub(crate) u32);

/// A value's number in its [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ValueId(pub(crate) u32);

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FigureKind {
    /// What the plan promises.
    Target,
    /// What it starts from.
    Baseline,
    /// What was measured, or said to be so.
    Actual,
}

impl FigureKind {
    /// The word of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Actual => "actual",
        }
    }
}

/// All that a row says beside its figures. Rows that say the same share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowForm {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The name as printed.
    pub name: Option<String>,
    /// The unit as printed; empty where the row prints none.
    pub unit: String,
    /// The unit read; the indicator's own where the row prints none or a short form of it.
    pub unit_use: UnitUse,
    /// What the target obliges to, where printed.
    pub nature: Option<Nature>,
    /// The statistical base, where it is not the usual one.
    pub basis: Option<String>,
    /// Whose figure it is, if not the plan's own region's.
    pub region: Option<RegionId>,
    /// Whether something of it could not be read, which is reported: what it lacks is then not missing.
    pub spoiled: bool,
}

/// What finds a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FormKey<'k> {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The name as printed.
    pub name: Option<&'k str>,
    /// The unit as printed.
    pub unit: &'k str,
    /// The unit read.
    pub unit_use: UnitUse,
    /// What the target obliges to.
    pub nature: Option<Nature>,
    /// The statistical base.
    pub basis: Option<&'k str>,
    /// Whose figure it is.
    pub region: Option<RegionId>,
    /// Whether something could not be read.
    pub spoiled: bool,
}

impl RowForm {
    /// What finds it.
    #[must_use]
    pub fn key(&self) -> FormKey<'_> {
        FormKey {
            indicator: self.indicator,
            name: self.name.as_deref(),
            unit: &self.unit,
            unit_use: self.unit_use,
            nature: self.nature,
            basis: self.basis.as_deref(),
            region: self.region,
            spoiled: self.spoiled,
        }
    }
}

impl FormKey<'_> {
    /// Units, regions and bases are left to the comparison: they are seldom all that differs.
    fn hash(&self) -> u64 {
        hash((self.indicator, self.name, self.unit, self.nature))
    }

    fn to_form(self) -> RowForm {
        RowForm {
            indicator: self.indicator,
            name: self.name.map(str::to_owned),
            unit: self.unit.to_owned(),
            unit_use: self.unit_use,
            nature: self.nature,
            basis: self.basis.map(str::to_owned),
            region: self.region,
            spoiled: self.spoiled,
        }
    }
}

/// A value and what it is read with. Figures that print and mean the same share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellValue {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The unit of the row.
    pub unit: UnitUse,
    /// What it is.
    pub kind: FigureKind,
    /// As printed; empty where there is none.
    pub printed: String,
    /// As read; `None` where it could not be.
    pub reading: Option<Arc<Reading>>,
}

/// Forms and values that rows share.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    forms: Vec<Arc<RowForm>>,
    values: Vec<CellValue>,
    known_forms: HashTable<FormId>,
    known_values: HashTable<ValueId>,
    /// How many forms and values have been told.
    told: (usize, usize),
}

impl PartialEq for Pool {
    fn eq(&self, other: &Self) -> bool {
        self.forms == other.forms && self.values == other.values
    }
}

/// What finds a value: whether it could be read is part of it, for the same text may stand where it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValueKey<'k> {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The unit of the row.
    pub unit: UnitUse,
    /// What it is.
    pub kind: FigureKind,
    /// Whether it could be read.
    pub readable: bool,
    /// As printed.
    pub printed: &'k str,
}

impl CellValue {
    fn key(&self) -> ValueKey<'_> {
        ValueKey {
            indicator: self.indicator,
            unit: self.unit,
            kind: self.kind,
            readable: self.reading.is_some(),
            printed: &self.printed,
        }
    }
}

fn hash(of: impl Hash) -> u64 {
    FxBuildHasher.hash_one(of)
}

impl ValueKey<'_> {
    /// The unit's multiple is left to the comparison: it is seldom all that differs, and dear to hash.
    fn hash(&self) -> u64 {
        hash((self.indicator, self.unit.unit, self.kind, self.printed))
    }
}

impl Pool {
    /// The form of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this pool only")]
    pub fn form(&self, id: FormId) -> &Arc<RowForm> {
        &self.forms[id.0 as usize]
    }

    /// The value of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this pool only")]
    pub fn value(&self, id: ValueId) -> &CellValue {
        &self.values[id.0 as usize]
    }

    /// What has come in since the last time, numbered on from there: enough to take in what was read since.
    #[must_use]
    pub fn news(&mut self) -> Self {
        let (forms, values) = self.told;
        self.told = (self.forms.len(), self.values.len());
        Self {
            forms: self.forms.get(forms..).unwrap_or(&[]).to_vec(),
            values: self.values.get(values..).unwrap_or(&[]).to_vec(),
            ..Self::default()
        }
    }

    /// Every form and every value, in the order of their numbers.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Arc<RowForm>>, Vec<CellValue>) {
        (self.forms, self.values)
    }

    /// The number of a form; a new one where it is not known yet.
    pub fn add_form(&mut self, key: FormKey<'_>) -> FormId {
        let code = key.hash();
        let same = |id: &FormId| {
            let form = self.forms.get(id.0 as usize);
            form.is_some_and(|form| form.key() == key)
        };
        if let Some(known) = self.known_forms.find(code, same) {
            return *known;
        }
        let id = FormId(u32::try_from(self.forms.len()).unwrap_or(u32::MAX));
        self.forms.push(Arc::new(key.to_form()));
        let forms = &self.forms;
        let rehash = |id: &FormId| {
            let form = forms.get(id.0 as usize);
            form.map_or(0, |form| form.key().hash())
        };
        self.known_forms.insert_unique(code, id, rehash);
        id
    }

    /// The number of a value that is known.
    #[must_use]
    pub fn find_value(&self, key: ValueKey<'_>) -> Option<ValueId> {
        let same = |id: &ValueId| {
            let value = self.values.get(id.0 as usize);
            value.is_some_and(|value| value.key() == key)
        };
        self.known_values.find(key.hash(), same).copied()
    }

    /// The number of a value; a new one where it is not known yet.
    pub fn add_value(&mut self, value: CellValue) -> ValueId {
        let key = value.key();
        if let Some(known) = self.find_value(key) {
            return known;
        }
        let code = key.hash();
        let id = ValueId(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
        self.values.push(value);
        let values = &self.values;
        let rehash = |id: &ValueId| {
            let value = values.get(id.0 as usize);
            value.map_or(0, |value| value.key().hash())
        };
        self.known_values.insert_unique(code, id, rehash);
        id
    }
}
