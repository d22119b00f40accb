//! Regions that are their own ancestors.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::build::Above;
use super::{RegionId, Regions};
use crate::language::Said;
use crate::problem::{Kind, Problem};

/// Cuts every cycle at its first row in the table, and reports it with the way round.
pub(super) fn without_cycles(
    regions: &Regions,
    rows: &[Above],
    parents: &mut [Option<RegionId>],
    problems: &mut Vec<Problem>,
) {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(parents.len(), parents.len());
    for _ in &*parents {
        graph.add_node(());
    }
    for (parent, child) in parents.iter().zip(0..) {
        if let Some(parent) = parent {
            graph.add_edge(NodeIndex::from(child), NodeIndex::from(parent.0), ());
        }
    }
    // Not tarjan_scc: it recurses, and a long chain of rows would overflow the stack.
    let mut cycles: Vec<NodeIndex> = kosaraju_scc(&graph)
        .into_iter()
        .filter(|component| component.len() > 1 || is_own_parent(component, parents))
        .filter_map(|component| component.into_iter().min())
        .collect();
    cycles.sort_unstable();
    for start in cycles {
        let start = start.index();
        problems.extend(cycle(regions, rows, parents, start));
        if let Some(entry) = parents.get_mut(start) {
            *entry = None;
        }
    }
}

fn is_own_parent(component: &[NodeIndex], parents: &[Option<RegionId>]) -> bool {
    component
        .iter()
        .any(|node| parent(parents, node.index()) == Some(node.index()))
}

fn parent(parents: &[Option<RegionId>], of: usize) -> Option<usize> {
    parents.get(of).copied().flatten().map(Regions::index)
}

fn cycle(
    regions: &Regions,
    rows: &[Above],
    parents: &[Option<RegionId>],
    start: usize,
) -> Option<Problem> {
    let above = |of: &usize| parent(parents, *of).filter(|_| *of != start);
    let around = std::iter::successors(parent(parents, start), above);
    let known = |at: usize| {
        regions
            .graph
            .node_weight(NodeIndex::new(at))
            .zip(rows.get(at))
    };
    let way: Vec<_> = around.filter_map(known).collect();
    let (first, row) = known(start)?;
    let mut names = vec![first.name.as_str()];
    names.extend(way.iter().map(|(region, _)| region.name.as_str()));
    let names = names.join(" → ");
    let message = Said::new(
        format!("区划的上级关系成环：{names}"),
        format!("regions are their own ancestors: {names}"),
    );
    let label = Said::new("环在这里断开", "the cycle is cut here");
    let problem = Problem::new(Kind::RegionCycle, row.parent.span, message, label);
    let others = way
        .iter()
        .filter(|(region, _)| region.code != first.code)
        .take(4);
    Some(others.fold(problem, |problem, (_, row)| {
        problem.also(
            row.parent.span,
            Said::new("环中的一环", "part of the cycle"),
        )
    }))
}
