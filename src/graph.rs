//! The region tree with its plans, and which plan answers to which: as text, DOT and Mermaid.

use std::fmt::Write;

use crate::facts::{Facts, PlanId};
use crate::language::Language;
use crate::region::RegionId;

/// A form of the graph.
pub struct Format {
    /// Its name behind `--format`.
    pub name: &'static str,
    /// The graph in it.
    pub render: fn(&Facts, Language) -> String,
}

/// Every form.
pub const ALL: &[Format] = &[
    Format {
        name: "text",
        render: text,
    },
    Format {
        name: "dot",
        render: dot,
    },
    Format {
        name: "mermaid",
        render: mermaid,
    },
];

/// The regions that have a plan here, and all above them, in the order of the table.
fn regions(facts: &Facts) -> Vec<RegionId> {
    let mut regions: Vec<RegionId> = facts
        .plans()
        .flat_map(|plan| {
            let region = facts.plan(plan).region.value;
            std::iter::once(region).chain(facts.regions.ancestors(region))
        })
        .collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// Each plan with the plans it answers to, nearest first.
fn answers(facts: &Facts) -> Vec<(PlanId, Vec<PlanId>)> {
    let plans = facts.plans();
    plans
        .map(|plan| (plan, facts.superior_plans(plan).to_vec()))
        .collect()
}

fn text(facts: &Facts, language: Language) -> String {
    let regions = regions(facts);
    let mut out = String::new();
    let roots = regions
        .iter()
        .filter(|region| facts.regions.parent(**region).is_none());
    for root in roots {
        branch(&mut out, facts, &regions, *root, 0);
    }
    let _ = writeln!(
        out,
        "\n{}",
        language.pick("规划对上关系：", "which plan answers to which:")
    );
    for (plan, above) in answers(facts) {
        let names: Vec<&str> = above.iter().map(|plan| id(facts, *plan)).collect();
        let names = if names.is_empty() {
            language
                .pick("（没有收录上级规划）", "(no superior plan here)")
                .to_owned()
        } else {
            names.join(language.pick("、", ", "))
        };
        let _ = writeln!(out, "  {} → {names}", id(facts, plan));
    }
    out
}

fn branch(out: &mut String, facts: &Facts, regions: &[RegionId], region: RegionId, depth: usize) {
    let of = facts.regions.get(region);
    let _ = writeln!(out, "{}{} {}", "  ".repeat(depth), of.code, of.name);
    for plan in facts.plans_of(region) {
        let plan = facts.plan(*plan);
        let period = plan.period.value;
        let _ = writeln!(
            out,
            "{}· {}（{}–{}）{}",
            "  ".repeat(depth + 1),
            plan.title.value,
            period.from,
            period.to,
            plan.id.value
        );
    }
    for child in facts
        .regions
        .children(region)
        .iter()
        .copied()
        .filter(|child| regions.contains(child))
    {
        branch(out, facts, regions, child, depth + 1);
    }
}

fn id(facts: &Facts, plan: PlanId) -> &str {
    &facts.plan(plan).id.value
}

fn dot(facts: &Facts, _: Language) -> String {
    let mut out = String::from("digraph planlint {\n  rankdir=TB;\n  node [shape=box];\n");
    for region in regions(facts) {
        let of = facts.regions.get(region);
        let _ = writeln!(out, "  \"{}\" [label=\"{}\"];", of.code, escaped(&of.name));
        if let Some(parent) = facts.regions.parent(region) {
            let _ = writeln!(
                out,
                "  \"{}\" -> \"{}\";",
                facts.regions.get(parent).code,
                of.code
            );
        }
    }
    for (plan, above) in answers(facts) {
        let of = facts.plan(plan);
        let name = escaped(&of.id.value);
        let title = escaped(&of.title.value);
        let region = &facts.regions.get(of.region.value).code;
        let _ = writeln!(out, "  \"{name}\" [label=\"{title}\", shape=note];");
        let _ = writeln!(
            out,
            "  \"{region}\" -> \"{name}\" [style=dotted, arrowhead=none];"
        );
        for superior in above {
            let _ = writeln!(
                out,
                "  \"{name}\" -> \"{}\" [constraint=false];",
                escaped(id(facts, superior))
            );
        }
    }
    out.push_str("}\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn mermaid(facts: &Facts, _: Language) -> String {
    let mut out = String::from("flowchart TB\n");
    for region in regions(facts) {
        let of = facts.regions.get(region);
        let _ = writeln!(out, "  r{}[\"{}\"]", of.code, mermaid_text(&of.name));
        if let Some(parent) = facts.regions.parent(region) {
            let _ = writeln!(
                out,
                "  r{} --> r{}",
                facts.regions.get(parent).code,
                of.code
            );
        }
    }
    let answers = answers(facts);
    for (number, (plan, _)) in answers.iter().enumerate() {
        let of = facts.plan(*plan);
        let region = &facts.regions.get(of.region.value).code;
        let _ = writeln!(out, "  p{number}([\"{}\"])", mermaid_text(&of.title.value));
        let _ = writeln!(out, "  r{region} -.- p{number}");
    }
    for (number, (_, above)) in answers.iter().enumerate() {
        for superior in above {
            let other = answers.iter().position(|(plan, _)| plan == superior);
            if let Some(other) = other {
                let _ = writeln!(out, "  p{number} ==> p{other}");
            }
        }
    }
    out
}

fn mermaid_text(text: &str) -> String {
    text.replace('"', "#quot;")
}
