//! A line of an indicator's chart, in units of its drawing: an arrow from the baseline to the target, the target's bound as a
//! band, what the nearest superior wants.

use crate::audit::{Axis, Extent, Line};

/// How wide a drawing is.
pub(super) const WIDTH: f64 = 320.0;

/// How high it is.
pub(super) const HEIGHT: f64 = 22.0;

/// Room at both ends, for the signs that stand there.
const MARGIN: f64 = 12.0;

/// How long the head of an arrow is.
const HEAD: f64 = 6.0;

/// A span of the drawing, from its left end to its right.
pub(super) type Stretch = (f64, f64);

/// What a line's drawing is made of.
pub(super) struct Drawing {
    /// Where the axis has its round values.
    pub grid: Vec<f64>,
    /// What the target allows.
    pub band: Option<Stretch>,
    /// The ends of what the target allows.
    pub edges: Vec<f64>,
    /// The ends of what the nearest superior wants.
    pub above: Vec<f64>,
    /// What the baseline may be, where that is more than a point.
    pub from_band: Option<Stretch>,
    /// Where the baseline is.
    pub from: Option<f64>,
    /// An arrow: where it begins, its tip, where its head begins.
    pub arrow: Option<[f64; 3]>,
}

/// A place of an axis as a place of the drawing.
pub(super) fn across(place: f64) -> f64 {
    MARGIN + place * (WIDTH - 2.0 * MARGIN)
}

impl Drawing {
    pub fn new(line: &Line, axis: &Axis) -> Self {
        let band = line.to.map(|to| {
            let low = to.low.map_or(0.0, across);
            let high = to.high.map_or(WIDTH, across);
            (low, high.max(low + 1.0))
        });
        let from = line.from.map(|from| across(middle(from)));
        let wide = line.from.and_then(|from| from.low.zip(from.high));
        let wide = wide.map(|(low, high)| (across(low), across(high)));
        Self {
            grid: axis.ticks.iter().map(|(x, _)| across(*x)).collect(),
            band,
            edges: line.to.map(edges).unwrap_or_default(),
            above: line.above.iter().flat_map(|of| edges(*of)).collect(),
            from_band: wide.filter(|(low, high)| high - low > 7.0),
            from,
            arrow: from.zip(line.to).and_then(|(from, to)| arrow(from, to)),
        }
    }
}

/// The ends of a bound; one where both are the same.
fn edges(of: Extent) -> Vec<f64> {
    let ends = [of.low, of.high].into_iter().flatten().map(across);
    let mut edges: Vec<f64> = ends.collect();
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

/// An arrow; none where the two are too close to tell apart.
fn arrow(from: f64, to: Extent) -> Option<[f64; 3]> {
    let tip = across(middle(to));
    let direction = (tip - from).signum();
    let is_seen = (tip - from).abs() >= HEAD + 4.0;
    is_seen.then_some([from + direction * 3.5, tip, tip - direction * HEAD])
}
