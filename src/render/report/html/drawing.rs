//! A line of an indicator's chart: an arrow from the baseline to the target, the target's bound as a band.

use askama::Template;

use super::look::class;
use crate::audit::{Axis, Extent, Line};

/// How wide a chart is, in units of its drawing.
pub(super) const WIDTH: f64 = 320.0;

/// Room at both ends, for the signs that stand there.
const MARGIN: f64 = 12.0;

/// How long the head of an arrow is.
const HEAD: f64 = 6.0;

#[derive(Template)]
#[template(path = "line.svg", escape = "html")]
struct Drawing {
    class: &'static str,
    grid: Vec<String>,
    band: Option<(String, String)>,
    edges: Vec<String>,
    above: Vec<String>,
    from_band: Option<(String, String)>,
    from: Option<String>,
    arrow: Option<(String, String, String)>,
}

/// A place of an axis as a place of the drawing.
pub(super) fn across(place: f64) -> f64 {
    MARGIN + place * (WIDTH - 2.0 * MARGIN)
}

fn said(x: f64) -> String {
    format!("{x:.1}")
}

pub(super) fn line(line: &Line, axis: &Axis) -> askama::Result<String> {
    let band = line.to.map(|to| {
        let low = to.low.map_or(0.0, across);
        let high = to.high.map_or(WIDTH, across);
        (said(low), said((high - low).max(1.0)))
    });
    let from = line.from.map(|from| across(middle(from)));
    let wide = line.from.and_then(|from| from.low.zip(from.high));
    let wide = wide.map(|(low, high)| (across(low), across(high)));
    let from_band = wide.filter(|(low, high)| high - low > 7.0);
    Drawing {
        class: line.state.as_ref().map_or("s-none", class),
        grid: axis.ticks.iter().map(|(x, _)| said(across(*x))).collect(),
        band,
        edges: edges(line.to),
        above: line.above.iter().flat_map(|of| edges(Some(*of))).collect(),
        from_band: from_band.map(|(low, high)| (said(low), said(high - low))),
        arrow: from.zip(line.to).and_then(|(from, to)| arrow(from, to)),
        from: from.map(said),
    }
    .render()
}

/// The ends of a bound.
fn edges(of: Option<Extent>) -> Vec<String> {
    let ends = of.map(|of| [of.low, of.high]);
    let ends = ends.into_iter().flatten().flatten();
    let mut edges: Vec<String> = ends.map(|x| said(across(x))).collect();
    edges.dedup();
    edges
}

/// Where a bound is pointed at: its middle, or its only end.
fn middle(of: Extent) -> f64 {
    match (of.low, of.high) {
        (Some(low), Some(high)) => f64::midpoint(low, high),
        (Some(end), None) | (None, Some(end)) => end,
        (None, None) => 0.5,
    }
}

/// The arrow's line, its tip and where its head begins; none where the two are too close to tell apart.
fn arrow(from: f64, to: Extent) -> Option<(String, String, String)> {
    let tip = across(middle(to));
    let direction = (tip - from).signum();
    if (tip - from).abs() < HEAD + 4.0 {
        return None;
    }
    let start = from + direction * 3.5;
    let head = tip - direction * HEAD;
    Some((said(start), said(tip), said(head)))
}
