//! Units with dimension and factor, found by any of their spellings.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Dimension, Number};
use crate::width::fold_char;

/// The multipliers that may stand before any unit, and between a number and its unit.
const MULTIPLES: [(&str, i32); 5] = [("万亿", 12), ("亿", 8), ("百万", 6), ("千万", 7), ("万", 4)];

/// A unit's number in [`Units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitId(u32);

impl From<UnitId> for u32 {
    fn from(id: UnitId) -> Self {
        id.0
    }
}

/// A unit: `value × factor` is the value in the base of its dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The name by which it is shown.
    pub name: String,
    /// Its dimension.
    pub dimension: Dimension,
    /// What one of it is in the base of its dimension.
    pub factor: Number,
}

/// A unit as it was written: 万人 is 人, ten thousand times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitUse {
    /// The unit.
    pub unit: UnitId,
    /// 10,000 for 万, 1 where none was written.
    pub multiple: Number,
}

/// The known units.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Units {
    all: Vec<Unit>,
    spellings: FxHashMap<String, UnitId>,
    /// Spellings by their first character, longest first.
    by_start: FxHashMap<char, Vec<(String, UnitId)>>,
}

impl Units {
    /// Takes a unit in.
    ///
    /// # Errors
    /// The spelling that another unit already has.
    pub fn add(&mut self, unit: Unit, aliases: &[String]) -> Result<UnitId, String> {
        let id = UnitId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let names = std::iter::once(&unit.name).chain(aliases);
        let keys: Vec<String> = names.map(|name| spelling(name)).collect();
        if let Some(taken) = keys.iter().find(|key| self.spellings.contains_key(*key)) {
            return Err(taken.clone());
        }
        for key in keys {
            if let Some(first) = key.chars().next() {
                let list = self.by_start.entry(first).or_default();
                list.push((key.clone(), id));
                list.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
            }
            self.spellings.insert(key, id);
        }
        self.all.push(unit);
        Ok(id)
    }

    /// The unit of a number. Numbers come from this value only.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by `add` only")]
    pub fn get(&self, id: UnitId) -> &Unit {
        &self.all[id.0 as usize]
    }

    /// A unit by its whole spelling, a multiple (万人, 亿元) included.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<UnitUse> {
        let key = spelling(text);
        let (found, length) = self.at_start(&key)?;
        (length == key.len()).then_some(found)
    }

    /// The longest unit at the start of a folded text without spaces, and its length in bytes.
    #[must_use]
    pub fn at_start(&self, text: &str) -> Option<(UnitUse, usize)> {
        if let Some((unit, length)) = self.plain_at_start(text) {
            let multiple = Number::ONE;
            return Some((UnitUse { unit, multiple }, length));
        }
        let (multiple, length) = multiple_at_start(text)?;
        let (unit, more) = self.plain_at_start(text.get(length..)?)?;
        Some((UnitUse { unit, multiple }, length + more))
    }

    fn plain_at_start(&self, text: &str) -> Option<(UnitId, usize)> {
        let list = self.by_start.get(&text.chars().next()?)?;
        let found = list
            .iter()
            .find(|(key, _)| text.starts_with(key.as_str()))?;
        Some((found.1, found.0.len()))
    }

    /// Every spelling, in alphabetical order, for suggestions.
    #[must_use]
    pub fn spellings(&self) -> Vec<&str> {
        let names = self.all.iter().map(|unit| unit.name.as_str());
        names.collect()
    }

    /// Factor of a unit as used, multiple included; `None` where it does not fit.
    #[must_use]
    pub fn factor(&self, used: UnitUse) -> Option<Number> {
        self.get(used.unit).factor.times(used.multiple)
    }

    /// The dimension of a unit as used.
    #[must_use]
    pub fn dimension(&self, used: UnitUse) -> &Dimension {
        self.dimension_of(used.unit)
    }

    /// The dimension of a unit.
    #[must_use]
    pub fn dimension_of(&self, unit: UnitId) -> &Dimension {
        &self.get(unit).dimension
    }

    /// The name of a unit as used, its multiple in front.
    #[must_use]
    pub fn name(&self, used: UnitUse) -> String {
        let name = &self.get(used.unit).name;
        let multiple = MULTIPLES
            .iter()
            .find(|(_, power)| Number::power_of_ten(*power) == used.multiple);
        match multiple {
            Some((word, _)) => format!("{word}{name}"),
            None => name.clone(),
        }
    }
}

/// A multiplying word (万, 亿, …) at the start of a text, and its length in bytes.
#[must_use]
pub fn multiple_at_start(text: &str) -> Option<(Number, usize)> {
    let found = MULTIPLES.iter().find(|(word, _)| text.starts_with(word));
    found.map(|(word, power)| (Number::power_of_ten(*power), word.len()))
}

fn spelling(name: &str) -> String {
    let folded = name.chars().map(fold_char);
    folded.filter(|c| !c.is_whitespace()).collect()
}
