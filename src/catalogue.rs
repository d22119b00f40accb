//! The indicator catalogue: what each indicator is, in which unit, and which way it improves.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::bound::{Better, Bound};
use crate::quantity::{Number, UnitUse, Units};
use crate::region::Level;
use crate::source::Span;
use crate::width::name_key;

/// `a / b`: the formula of a derived indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// The indicator divided, by id.
    pub numerator: String,
    /// The indicator it is divided by, by id.
    pub denominator: String,
}

/// An indicator's number in [`Catalogue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IndicatorId(u32);

impl IndicatorId {
    /// The indicator of a place in the catalogue's order.
    #[must_use]
    pub(crate) const fn numbered(number: u32) -> Self {
        Self(number)
    }

    /// The same place as a word.
    #[must_use]
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// Its place in the catalogue's order.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What children's values do to their parent's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Aggregate {
    /// They add up: a total.
    Sum,
    /// Their weighted mean is it: a density.
    Mean,
    /// Neither.
    None,
}

impl Aggregate {
    /// The word of the catalogue and of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::None => "none",
        }
    }
}

impl Better {
    /// The word of the catalogue and of the rule language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// The range outside which a value is a slip, in the base of the dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plausible {
    /// For every level that has none of its own.
    pub any: Option<Bound>,
    /// For single levels.
    pub levels: Vec<(Level, Bound)>,
}

impl Plausible {
    /// The range of a level.
    #[must_use]
    pub fn at(&self, level: Level) -> Option<Bound> {
        let own = self.levels.iter().find(|(of, _)| *of == level);
        own.map(|(_, bound)| *bound).or(self.any)
    }
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The id, `snake_case`.
    pub id: String,
    /// The Chinese name.
    pub name: String,
    /// The English name; the id where the catalogue gives none.
    pub english: String,
    /// Other spellings that plans print.
    pub aliases: Vec<String>,
    /// Its own unit.
    pub unit: UnitUse,
    /// What tables print for its unit and is read as it: 人 for 人/千人口.
    pub printed_units: Vec<String>,
    /// Which way it improves.
    pub better: Better,
    /// The group it belongs to, `snake_case`.
    pub domain: String,
    /// What children's values do to the parent's.
    pub aggregate: Aggregate,
    /// Outside it a value is a slip.
    pub plausible: Plausible,
    /// The indicator that it is a part of, by id.
    pub part_of: Option<String>,
    /// What a derived indicator is made of.
    pub formula: Option<Ratio>,
    /// The subject of the counts that a density divides.
    pub count: Option<String>,
    /// One line of definition with its source.
    pub definition: Option<String>,
    /// Its id in the catalogue's file.
    pub span: Span,
}

/// The catalogue.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// The known units.
    pub units: Units,
    indicators: Vec<Indicator>,
    names: FxHashMap<String, IndicatorId>,
}

impl Catalogue {
    /// A catalogue that has units and no indicator yet.
    #[must_use]
    pub fn new(units: Units) -> Self {
        Self {
            units,
            ..Self::default()
        }
    }

    /// Takes an indicator in.
    ///
    /// # Errors
    /// The spellings (id, name or alias) that an earlier indicator already has, with that indicator.
    pub fn add(&mut self, indicator: Indicator) -> Result<(), Vec<(String, IndicatorId)>> {
        let id = IndicatorId(u32::try_from(self.indicators.len()).unwrap_or(u32::MAX));
        let spellings = [&indicator.id, &indicator.name].into_iter();
        let spellings: Vec<&String> = spellings.chain(&indicator.aliases).collect();
        let taken = spellings.iter().filter_map(|spelling| {
            let other = self.names.get(&name_key(spelling))?;
            Some(((*spelling).clone(), *other))
        });
        let taken: Vec<(String, IndicatorId)> = taken.collect();
        for spelling in spellings {
            self.names.entry(name_key(spelling)).or_insert(id);
        }
        self.indicators.push(indicator);
        if taken.is_empty() { Ok(()) } else { Err(taken) }
    }

    /// The indicator of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `add` only")]
    pub fn get(&self, id: IndicatorId) -> &Indicator {
        &self.indicators[id.0 as usize]
    }

    /// How many indicators there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.indicators.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty()
    }

    /// Every indicator, in the catalogue's order.
    pub fn all(&self) -> impl Iterator<Item = IndicatorId> + use<> {
        (0..u32::try_from(self.indicators.len()).unwrap_or(0)).map(IndicatorId)
    }

    /// An indicator by its id, name or any alias.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<IndicatorId> {
        self.names.get(&name_key(text)).copied()
    }

    /// Every id, for suggestions.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.indicators
            .iter()
            .map(|indicator| indicator.id.as_str())
    }

    /// Every id, name and alias, for suggestions.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.indicators.iter().flat_map(|indicator| {
            let own = [indicator.id.as_str(), indicator.name.as_str()];
            own.into_iter()
                .chain(indicator.aliases.iter().map(String::as_str))
        })
    }

    /// The unit that a row of an indicator prints: the indicator's own where the table prints a short form of it.
    #[must_use]
    pub fn row_unit(&self, indicator: IndicatorId, printed: &str) -> Option<UnitUse> {
        let indicator = self.get(indicator);
        let key = name_key(printed);
        let short = indicator
            .printed_units
            .iter()
            .any(|unit| name_key(unit) == key);
        if short || printed.is_empty() {
            Some(indicator.unit)
        } else {
            self.units.find(printed)
        }
    }

    /// What one of an indicator's unit is in the base of its dimension.
    #[must_use]
    pub fn factor(&self, indicator: IndicatorId) -> Number {
        let unit = self.get(indicator).unit;
        self.units.factor(unit).unwrap_or(Number::ONE)
    }
}
