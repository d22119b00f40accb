//! A line of an indicator's chart as SVG.

use askama::Template;

use super::super::drawing::{Drawing, Stretch};
use super::look::class;
use crate::audit::{Axis, Line};

#[derive(Template)]
#[template(path = "line.svg", escape = "html")]
struct Svg {
    class: &'static str,
    grid: Vec<String>,
    band: Option<(String, String)>,
    edges: Vec<String>,
    above: Vec<String>,
    from_band: Option<(String, String)>,
    from: Option<String>,
    arrow: Option<(String, String, String)>,
}

pub(super) fn said(x: f64) -> String {
    format!("{x:.1}")
}

pub(super) fn line(line: &Line, axis: &Axis) -> askama::Result<String> {
    let drawing = Drawing::new(line, axis);
    let all = |places: Vec<f64>| places.into_iter().map(said).collect();
    let wide = |of: Option<Stretch>| of.map(|(low, high)| (said(low), said(high - low)));
    Svg {
        class: line.state.as_ref().map_or("s-none", class),
        grid: all(drawing.grid),
        band: wide(drawing.band),
        edges: all(drawing.edges),
        above: all(drawing.above),
        from_band: wide(drawing.from_band),
        from: drawing.from.map(said),
        arrow: drawing
            .arrow
            .map(|[start, tip, head]| (said(start), said(tip), said(head))),
    }
    .render()
}
