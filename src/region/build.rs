//! From the rows of the table of regions to the hierarchy, with every fault of the rows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use petgraph::graph::DiGraph;

use super::cycle::without_cycles;
use super::order::Order;
use super::{Level, Region, RegionCode, RegionId, Regions, hash, node};
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::source::{Span, Spanned};

/// One row of the table of regions.
#[derive(Clone, Debug)]
pub struct RegionRow<'t> {
    /// The code.
    pub code: Spanned<RegionCode>,
    /// The name.
    pub name: Cow<'t, str>,
    /// The level.
    pub level: Spanned<Level>,
    /// The parent's code; empty for the root.
    pub parent: Spanned<Cow<'t, str>>,
}

/// The hierarchy while its rows come in.
#[derive(Debug)]
pub struct Building<'t> {
    regions: Regions,
    /// By region, what its row says beside.
    above: Vec<Above<'t>>,
    problems: Vec<Problem>,
}

/// What a row says of what is above its region.
#[derive(Debug)]
pub(super) struct Above<'t> {
    pub parent: Spanned<Cow<'t, str>>,
    level: Span,
}

impl<'t> Building<'t> {
    /// A hierarchy of about so many regions.
    #[must_use]
    pub fn expecting(rows: usize) -> Self {
        Self {
            regions: empty(rows),
            above: Vec::with_capacity(rows),
            problems: Vec::new(),
        }
    }

    /// Takes a row in. One whose code an earlier row has is reported and left out.
    pub fn add(&mut self, row: RegionRow<'t>) {
        let region = Region {
            code: row.code.value,
            name: row.name.into_owned(),
            level: row.level.value,
            span: row.code.span,
        };
        match add(&mut self.regions, region) {
            Ok(()) => self.above.push(Above {
                parent: row.parent,
                level: row.level.span,
            }),
            Err((earlier, again)) => {
                let first = self.above.get(earlier.0 as usize);
                let problem = first.map(|above| {
                    let regions = [self.regions.get(earlier), &again];
                    repeated(regions, [&above.parent, &row.parent])
                });
                self.problems.extend(problem);
            }
        }
    }

    /// The hierarchy of the rows; `spoiled` are the codes of rows that could not be read, whose children are no
    /// orphans of their own making. A faulty row is reported and, where it has a code of its own, kept without its
    /// parent, so that plans of that region can still be read.
    #[must_use]
    pub fn finish(mut self, spoiled: &BTreeSet<String>) -> (Regions, Vec<Problem>) {
        let (mut parents, falls) = self.parents(spoiled);
        // Where every region is of a lower level than its parent, no way up leads back.
        if !falls {
            without_cycles(&self.regions, &self.above, &mut parents, &mut self.problems);
        }
        tie(&mut self.regions, parents);
        (self.regions, self.problems)
    }

    /// The regions' parents, and whether each is of a higher level.
    fn parents(&mut self, spoiled: &BTreeSet<String>) -> (Vec<Option<RegionId>>, bool) {
        let (regions, problems) = (&self.regions, &mut self.problems);
        let mut parents = Vec::with_capacity(self.above.len());
        let mut falls = true;
        // Rows of one parent mostly stand together.
        let mut last: (&str, Option<RegionId>) = ("", None);
        for (own, above) in regions.graph.node_weights().zip(&self.above) {
            let code: &str = &above.parent.value;
            if code.is_empty() {
                if own.level != Level::Nation {
                    problems.push(orphan(own, above));
                }
                parents.push(None);
                continue;
            }
            if code != last.0 {
                last = (code, regions.coded(code));
            }
            let parent = last.1.filter(|_| !spoiled.contains(code));
            match parent.map(|parent| regions.get(parent)) {
                Some(upper) if upper.level >= own.level => {
                    falls = false;
                    problems.push(level(own, above, upper));
                }
                None if !spoiled.contains(code) => problems.push(orphan(own, above)),
                _ => (),
            }
            parents.push(parent);
        }
        (parents, falls)
    }
}

/// The hierarchy of regions whose parents are known to be sound: what was built once.
#[must_use]
pub fn rebuild(of: Vec<(Region, Option<RegionId>)>) -> Regions {
    let mut regions = empty(of.len());
    let mut parents = Vec::with_capacity(of.len());
    for (region, parent) in of {
        if add(&mut regions, region).is_ok() {
            parents.push(parent);
        }
    }
    for parent in &mut parents {
        *parent = parent.filter(|parent| Regions::index(*parent) < regions.len());
    }
    tie(&mut regions, parents);
    regions
}

/// Ties every region to its parent.
fn tie(regions: &mut Regions, parents: Vec<Option<RegionId>>) {
    regions.order = Order::of(&parents);
    for (parent, own) in parents.into_iter().zip(0..) {
        if let Some(parent) = parent {
            regions
                .graph
                .add_edge(node(parent), node(RegionId(own)), ());
        }
    }
}

fn empty(room: usize) -> Regions {
    Regions {
        graph: DiGraph::with_capacity(room, room),
        codes: HashTable::with_capacity(room),
        ..Regions::default()
    }
}

/// Adds a region; where its code is known already, that is the region that has it.
fn add(regions: &mut Regions, region: Region) -> Result<(), (RegionId, Region)> {
    let Regions { graph, codes, .. } = regions;
    let code = |id: &RegionId| graph.node_weight(node(*id)).map(|known| &known.code);
    let is_it = |id: &RegionId| code(id) == Some(&region.code);
    let rehash = |id: &RegionId| code(id).map_or(0, hash);
    match codes.entry(hash(&region.code), is_it, rehash) {
        Entry::Occupied(known) => Err((*known.get(), region)),
        Entry::Vacant(place) => {
            place.insert(super::region(graph.add_node(region)));
            Ok(())
        }
    }
}

/// A code that is given twice, by a first row and another.
fn repeated(
    [first, again]: [&Region; 2],
    [earlier, other]: [&Spanned<Cow<'_, str>>; 2],
) -> Problem {
    let code = &again.code;
    if other.value != earlier.value {
        let message = Said::new(
            format!(
                "区划 {code} 有两个上级：{} 和 {}",
                earlier.value, other.value
            ),
            format!(
                "region {code} has two parents: {} and {}",
                earlier.value, other.value
            ),
        );
        let label = Said::new("这里是另一个上级", "another parent here");
        return Problem::new(Kind::RegionTwoParents, other.span, message, label)
            .also(earlier.span, Said::new("先前的上级", "the first parent"))
            .help(Said::new(
                "一个区划只能有一个上级，请删去一行",
                "a region has one parent: remove one of the rows",
            ));
    }
    let message = Said::new(
        format!("区划 {code} 重复"),
        format!("region {code} is given twice"),
    );
    Problem::new(
        Kind::RegionDuplicate,
        again.span,
        message,
        Said::new("又一次", "again here"),
    )
    .also(first.span, Said::new("第一次", "first here"))
    .help(Said::new("删去其中一行", "remove one of the rows"))
}

fn orphan(own: &Region, above: &Above) -> Problem {
    let (code, name, parent) = (&own.code, &own.name, &above.parent.value);
    if parent.is_empty() {
        let message = Said::new(
            format!("{name}（{code}）没有上级"),
            format!("{name} ({code}) has no parent"),
        );
        let label = Said::new("缺少上级代码", "no parent's code");
        return Problem::new(Kind::RegionOrphan, own.span, message, label).help(Said::new(
            "只有国家一级没有上级",
            "only the nation has no parent",
        ));
    }
    let message = Said::new(
        format!("{name}（{code}）的上级 {parent} 不在区划表中"),
        format!("the parent {parent} of {name} ({code}) is not in the table"),
    );
    let label = Said::new("没有这个代码", "no such code");
    Problem::new(Kind::RegionOrphan, above.parent.span, message, label).help(Said::new(
        "改正上级代码，或把上级加进表里",
        "mend the parent's code, or add the parent to the table",
    ))
}

fn level(own: &Region, above: &Above, upper: &Region) -> Problem {
    let (lower, higher) = (own.level, upper.level);
    let message = Said::new(
        format!(
            "{}是{}，不能在{}（{}）之下",
            own.name,
            lower.chinese(),
            upper.name,
            higher.chinese()
        ),
        format!(
            "{} is a {}, which cannot lie below {} (a {})",
            own.name,
            lower.word(),
            upper.name,
            higher.word()
        ),
    );
    let label = Said::new("级别应低于上级", "must be below its parent's level");
    Problem::new(Kind::RegionLevel, above.level, message, label)
        .also(upper.span, Said::new("上级", "the parent"))
}
