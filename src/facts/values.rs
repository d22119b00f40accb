//! The values of figures while facts are built: what prints and means the same is worked out once.

use std::cell::Cell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::meaning::{Saying, is_relative};
use super::packed::Marks;
use super::weighed::{Plain, Weighed};
use super::{Facts, FigureId, FigureValue, Origin};
use crate::bound::Compact;
use crate::catalogue::IndicatorId;
use crate::model::{CellValue, FigureKind, FormId, Pool, RowForm, ValueId};
use crate::notation::meaning;

/// Values as they come in.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Forms and values as plans print them.
    pub pool: Pool,
    /// The figure value of each printed one, where it is known and depends on nothing else.
    plain: Vec<Option<ValueId>>,
    /// Those that depend on the baselines and on the years.
    relative: FxHashMap<Relative, ValueId>,
    /// The values of what rows of a form do not give.
    pub blanks: FxHashMap<(FormId, FigureKind), ValueId>,
}

/// A printed value, its year, and the baselines by year.
type Relative = (ValueId, i32, Vec<(i32, ValueId)>);

/// The numbers of a reader's forms and values among all.
#[derive(Debug, Default)]
pub(super) struct Known {
    forms: Vec<KnownForm>,
    values: Vec<ValueId>,
    /// The numbers of the figures' values, as far as they depend on nothing else and were asked for; or [`UNKNOWN`].
    figures: Vec<Cell<ValueId>>,
}

/// A form of a reader.
#[derive(Debug)]
struct KnownForm {
    /// Its number among all.
    id: FormId,
    form: Arc<RowForm>,
    /// What figures of its rows are, where nothing of them is kept beside.
    usual: Option<Usual>,
}

/// What figures of a row are, beside their value, year and kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    pub form: FormId,
    pub indicator: IndicatorId,
    pub marks: Marks,
}

/// No value of figures.
const UNKNOWN: ValueId = ValueId(u32::MAX);

impl KnownForm {
    fn new(id: FormId, form: Arc<RowForm>) -> Self {
        let is_usual = form.region.is_none() && form.basis.is_none();
        let usual = is_usual.then(|| Usual {
            form: id,
            indicator: form.indicator,
            marks: Marks::new(true, true, form.nature, Origin::Table),
        });
        Self { id, form, usual }
    }
}

impl Known {
    /// A form of the reader, and its number among all.
    pub fn form(&self, id: FormId) -> Option<(FormId, &RowForm)> {
        let known = self.forms.get(id.0 as usize)?;
        Some((known.id, &known.form))
    }

    /// What figures of its rows are, where nothing of them is kept beside.
    #[inline]
    pub fn usual(&self, id: FormId) -> Option<Usual> {
        self.forms.get(id.0 as usize)?.usual
    }

    /// A value of the reader among all.
    pub fn value(&self, id: ValueId) -> ValueId {
        self.values.get(id.0 as usize).copied().unwrap_or(id)
    }

    /// The number of the figures' value, where it is known.
    #[inline]
    pub fn of_figures(&self, id: ValueId) -> Option<ValueId> {
        let known = self.figures.get(id.0 as usize)?.get();
        (known != UNKNOWN).then_some(known)
    }

    /// Notes it.
    pub fn note(&self, id: ValueId, of_figures: Option<ValueId>) {
        if let Some(place) = self.figures.get(id.0 as usize) {
            place.set(of_figures.unwrap_or(UNKNOWN));
        }
    }
}

impl Values {
    /// Takes in what is new in a reader's pool.
    pub fn take(&mut self, news: Pool, known: &mut Known) {
        let (forms, values) = news.into_parts();
        let pool = &mut self.pool;
        let forms = forms
            .into_iter()
            .map(|form| KnownForm::new(pool.add_form(form.key()), form));
        known.forms.extend(forms);
        let values = values.into_iter().map(|value| pool.add_value(value));
        known.values.extend(values);
        known.figures.resize(known.values.len(), Cell::new(UNKNOWN));
    }

    /// The number of a figure's value among the facts' own, where it is known and depends on nothing else.
    pub fn plain(&self, printed: ValueId) -> Option<ValueId> {
        self.plain.get(printed.0 as usize).copied().flatten()
    }

    /// The number of a figure's value among the facts' own.
    pub fn of(
        &mut self,
        printed: ValueId,
        year: i32,
        baselines: &[FigureId],
        facts: &mut Facts,
    ) -> ValueId {
        let at = printed.0 as usize;
        if let Some(known) = self.plain(printed) {
            return known;
        }
        let value = self.pool.value(printed);
        let relative = value.reading.as_deref().is_some_and(is_relative);
        if !relative {
            let id = add(value, year, &[], facts);
            if self.plain.len() <= at {
                self.plain.resize(at + 1, None);
            }
            if let Some(place) = self.plain.get_mut(at) {
                *place = Some(id);
            }
            return id;
        }
        let bases = baselines.iter().filter_map(|id| {
            let figure = facts.figures.get(id.0 as usize)?;
            Some((figure.year(), figure.value()))
        });
        let key = (printed, year, bases.collect());
        if let Some(known) = self.relative.get(&key) {
            return *known;
        }
        let id = add(value, year, baselines, facts);
        self.relative.insert(key, id);
        id
    }
}

fn add(value: &CellValue, year: i32, baselines: &[FigureId], facts: &mut Facts) -> ValueId {
    let saying = Saying {
        reading: value.reading.as_deref(),
        indicator: value.indicator,
        unit: value.unit,
        kind: value.kind,
        year,
        baselines: baselines.to_vec(),
    };
    let bound = facts.meant(&saying, meaning);
    let id = ValueId(u32::try_from(facts.values.len()).unwrap_or(u32::MAX));
    let value = FigureValue {
        indicator: value.indicator,
        printed: value.printed.clone(),
        unit: value.unit,
        reading: value.reading.as_ref().map(Arc::clone),
        compact: bound.as_ref().ok().and_then(Compact::of),
        bound,
    };
    facts.weighed.push(Weighed::of(&value));
    facts.plain.push(Plain::of(&value, &facts.catalogue));
    facts.values.push(value);
    id
}
