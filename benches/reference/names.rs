//! Regions and indicators, by the lines that the generator writes.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashMap;

/// What plans name.
pub struct Names {
    /// Region codes and their numbers, in the table's order.
    pub codes: FxHashMap<Vec<u8>, u32>,
    /// The region above each.
    pub parents: Vec<Option<u32>>,
    /// Indicator ids and their numbers.
    pub ids: FxHashMap<Vec<u8>, u16>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
}

/// An indicator.
#[derive(Default)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// The unit of its values.
    pub unit: String,
    /// Whether higher is better.
    pub higher: bool,
    /// Whether regions add up.
    pub sum: bool,
}

/// Reads both tables of a repository.
pub fn read(plans: &Path) -> Result<Names, String> {
    let text = |name: &str| {
        fs::read_to_string(plans.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    parse(&text("regions.csv")?, &text("indicators.toml")?)
}

/// Reads the texts of both tables.
pub fn parse(regions: &str, catalogue: &str) -> Result<Names, String> {
    let (codes, parents) = hierarchy(regions)?;
    let indicators = indicators(catalogue);
    let mut ids = FxHashMap::default();
    for (number, indicator) in indicators.iter().enumerate() {
        let number = u16::try_from(number).map_err(|error| error.to_string())?;
        ids.insert(indicator.id.clone().into_bytes(), number);
    }
    Ok(Names {
        codes,
        parents,
        ids,
        indicators,
    })
}

type Hierarchy = (FxHashMap<Vec<u8>, u32>, Vec<Option<u32>>);

/// `code,name,level,parent`, a parent before its children.
fn hierarchy(text: &str) -> Result<Hierarchy, String> {
    let mut codes = FxHashMap::default();
    let mut parents = Vec::new();
    for (number, line) in (0_u32..).zip(text.lines().skip(1)) {
        let mut cells = line.split(',');
        let code = cells.next().unwrap_or("");
        let parent = cells.nth(2).unwrap_or("");
        let above = codes.get(parent.as_bytes()).copied();
        if above.is_none() && !parent.is_empty() {
            return Err(format!("{code}: no region {parent} before it"));
        }
        parents.push(above);
        codes.insert(code.as_bytes().to_vec(), number);
    }
    Ok((codes, parents))
}

/// `key = "value"` lines under `[[indicator]]`.
fn indicators(text: &str) -> Vec<Indicator> {
    let mut found = Vec::new();
    for block in text.split("[[indicator]]").skip(1) {
        let mut indicator = Indicator::default();
        for (key, value) in block.lines().filter_map(|line| line.split_once(" = ")) {
            let value = value.trim_matches('"');
            match key {
                "id" => value.clone_into(&mut indicator.id),
                "unit" => value.clone_into(&mut indicator.unit),
                "better" => indicator.higher = value == "higher",
                "aggregate" => indicator.sum = value == "sum",
                _ => {}
            }
        }
        found.push(indicator);
    }
    found
}
