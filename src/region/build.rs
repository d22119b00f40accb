//! From the rows of the table of regions to the hierarchy, with every fault of the rows.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::order::Order;
use super::{Level, Region, RegionId, Regions};
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::source::Spanned;
use crate::width::name_key;

/// One row of the table of regions.
#[derive(Clone, Debug)]
pub struct RegionRow {
    /// The code.
    pub code: Spanned<String>,
    /// The name.
    pub name: Spanned<String>,
    /// The level.
    pub level: Spanned<Level>,
    /// The parent's code; empty for the root.
    pub parent: Spanned<String>,
}

/// Builds the hierarchy; `spoiled` are the codes of rows that could not be read, whose children are no orphans of
/// their own making. A faulty row is reported and, where it has a code of its own, kept without its
/// parent, so that plans of that region can still be read.
#[must_use]
pub fn build(rows: Vec<RegionRow>, spoiled: &BTreeSet<String>) -> (Regions, Vec<Problem>) {
    let mut problems = Vec::new();
    let rows = without_repeated(rows, &mut problems);
    let mut regions = nodes(&rows);
    let parents: Vec<Option<RegionId>> = rows
        .iter()
        .map(|row| parent(row, &regions, spoiled, &mut problems))
        .collect();
    let parents = without_cycles(&rows, parents, &mut problems);
    tie(&mut regions, parents);
    (regions, problems)
}

/// The hierarchy of regions whose parents are known to be sound: what was built once.
#[must_use]
pub fn rebuild(of: Vec<(Region, Option<RegionId>)>) -> Regions {
    let mut regions = empty(of.len());
    let known = of.len();
    let mut parents = Vec::with_capacity(of.len());
    for (region, parent) in of {
        add(&mut regions, region);
        parents.push(parent.filter(|parent| parent.0.index() < known));
    }
    tie(&mut regions, parents);
    regions
}

/// Ties every region to its parent.
fn tie(regions: &mut Regions, parents: Vec<Option<RegionId>>) {
    for (child, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            regions.graph.add_edge(parent.0, NodeIndex::new(child), ());
        }
    }
    regions.parents = parents;
    regions.order = Order::of(&regions.graph, &regions.parents);
}

fn without_repeated(rows: Vec<RegionRow>, problems: &mut Vec<Problem>) -> Vec<RegionRow> {
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<RegionRow> = Vec::with_capacity(rows.len());
    for row in rows {
        let earlier = first.get(&row.code.value).and_then(|at| kept.get(*at));
        if let Some(earlier) = earlier {
            problems.push(repeated(&row, earlier));
        } else {
            first.insert(row.code.value.clone(), kept.len());
            kept.push(row);
        }
    }
    kept
}

fn repeated(row: &RegionRow, earlier: &RegionRow) -> Problem {
    let code = &row.code.value;
    if row.parent.value != earlier.parent.value {
        let message = Said::new(
            format!(
                "区划 {code} 有两个上级：{} 和 {}",
                earlier.parent.value, row.parent.value
            ),
            format!(
                "region {code} has two parents: {} and {}",
                earlier.parent.value, row.parent.value
            ),
        );
        let label = Said::new("这里是另一个上级", "another parent here");
        return Problem::new(Kind::RegionTwoParents, row.parent.span, message, label)
            .also(
                earlier.parent.span,
                Said::new("先前的上级", "the first parent"),
            )
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
        row.code.span,
        message,
        Said::new("又一次", "again here"),
    )
    .also(earlier.code.span, Said::new("第一次", "first here"))
    .help(Said::new("删去其中一行", "remove one of the rows"))
}

fn nodes(rows: &[RegionRow]) -> Regions {
    let mut regions = empty(rows.len());
    for row in rows {
        let region = Region {
            code: row.code.value.clone(),
            name: row.name.value.clone(),
            level: row.level.value,
            span: row.code.span,
        };
        add(&mut regions, region);
    }
    regions
}

fn empty(room: usize) -> Regions {
    Regions {
        graph: DiGraph::with_capacity(room, room),
        ..Regions::default()
    }
}

fn add(regions: &mut Regions, region: Region) {
    let (code, name) = (region.code.clone(), name_key(&region.name));
    let id = RegionId(regions.graph.add_node(region));
    regions.codes.insert(code, id);
    regions.names.entry(name).or_default().push(id);
}

fn parent(
    row: &RegionRow,
    regions: &Regions,
    spoiled: &BTreeSet<String>,
    problems: &mut Vec<Problem>,
) -> Option<RegionId> {
    if row.parent.value.is_empty() {
        if row.level.value != Level::Nation {
            problems.push(orphan(row));
        }
        return None;
    }
    if spoiled.contains(&row.parent.value) {
        return None;
    }
    let Some(parent) = regions.codes.get(&row.parent.value).copied() else {
        problems.push(orphan(row));
        return None;
    };
    let above = regions.get(parent);
    if above.level >= row.level.value {
        problems.push(level(row, above));
    }
    Some(parent)
}

fn orphan(row: &RegionRow) -> Problem {
    let (code, name, parent) = (&row.code.value, &row.name.value, &row.parent.value);
    if parent.is_empty() {
        let message = Said::new(
            format!("{name}（{code}）没有上级"),
            format!("{name} ({code}) has no parent"),
        );
        let label = Said::new("缺少上级代码", "no parent's code");
        return Problem::new(Kind::RegionOrphan, row.code.span, message, label).help(Said::new(
            "只有国家一级没有上级",
            "only the nation has no parent",
        ));
    }
    let message = Said::new(
        format!("{name}（{code}）的上级 {parent} 不在区划表中"),
        format!("the parent {parent} of {name} ({code}) is not in the table"),
    );
    let label = Said::new("没有这个代码", "no such code");
    Problem::new(Kind::RegionOrphan, row.parent.span, message, label).help(Said::new(
        "改正上级代码，或把上级加进表里",
        "mend the parent's code, or add the parent to the table",
    ))
}

fn level(row: &RegionRow, above: &Region) -> Problem {
    let (own, upper) = (row.level.value, above.level);
    let message = Said::new(
        format!(
            "{}是{}，不能在{}（{}）之下",
            row.name.value,
            own.chinese(),
            above.name,
            upper.chinese()
        ),
        format!(
            "{} is a {}, which cannot lie below {} (a {})",
            row.name.value,
            own.word(),
            above.name,
            upper.word()
        ),
    );
    let label = Said::new("级别应低于上级", "must be below its parent's level");
    Problem::new(Kind::RegionLevel, row.level.span, message, label)
        .also(above.span, Said::new("上级", "the parent"))
}

/// Cuts every cycle at its first row in the table, and reports it with the way round.
fn without_cycles(
    rows: &[RegionRow],
    mut parents: Vec<Option<RegionId>>,
    problems: &mut Vec<Problem>,
) -> Vec<Option<RegionId>> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(rows.len(), rows.len());
    for _ in rows {
        graph.add_node(());
    }
    for (child, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            graph.add_edge(NodeIndex::new(child), parent.0, ());
        }
    }
    // Not tarjan_scc: it recurses, and a long chain of rows would overflow the stack.
    let mut cycles: Vec<NodeIndex> = kosaraju_scc(&graph)
        .into_iter()
        .filter(|component| component.len() > 1 || is_own_parent(component, &parents))
        .filter_map(|component| component.into_iter().min())
        .collect();
    cycles.sort_unstable();
    for start in cycles {
        if let Some(problem) = cycle(rows, &parents, start) {
            problems.push(problem);
        }
        if let Some(entry) = parents.get_mut(start.index()) {
            *entry = None;
        }
    }
    parents
}

fn is_own_parent(component: &[NodeIndex], parents: &[Option<RegionId>]) -> bool {
    component.iter().any(|node| {
        let parent = parents.get(node.index()).copied().flatten();
        parent == Some(RegionId(*node))
    })
}

fn cycle(rows: &[RegionRow], parents: &[Option<RegionId>], start: NodeIndex) -> Option<Problem> {
    let next = |node: &NodeIndex| parents.get(node.index()).copied().flatten().map(|id| id.0);
    let around =
        std::iter::successors(
            next(&start),
            |node| {
                if *node == start { None } else { next(node) }
            },
        );
    let way: Vec<&RegionRow> = around.filter_map(|node| rows.get(node.index())).collect();
    let first = rows.get(start.index())?;
    let mut names = vec![first.name.value.as_str()];
    names.extend(way.iter().map(|row| row.name.value.as_str()));
    let names = names.join(" → ");
    let message = Said::new(
        format!("区划的上级关系成环：{names}"),
        format!("regions are their own ancestors: {names}"),
    );
    let label = Said::new("环在这里断开", "the cycle is cut here");
    let problem = Problem::new(Kind::RegionCycle, first.parent.span, message, label);
    let others = way
        .iter()
        .filter(|row| row.code.value != first.code.value)
        .take(4);
    Some(others.fold(problem, |problem, row| {
        problem.also(
            row.parent.span,
            Said::new("环中的一环", "part of the cycle"),
        )
    }))
}
