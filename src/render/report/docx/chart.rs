//! A line of an indicator's chart as a picture: Word knows no SVG that every version would show.

use docx_rs::Pic;

use super::super::drawing::{Drawing, HEIGHT, WIDTH};
use super::look;
use crate::audit::{Axis, Line, State};

/// Points of the picture for each unit of the drawing.
const SCALE: f64 = 2.0;

/// How wide and high the picture stands on the page, in English Metric Units: as the column that it is in.
const SIZE: (u32, u32) = (1_680_000, 115_500);

/// Colours that all lines share.
const PAPER: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [0, 0, 0];
const GRID: [u8; 3] = [215, 218, 224];
const SOFT: [u8; 3] = [150, 155, 163];

/// A picture while it is drawn.
struct Canvas {
    width: usize,
    height: usize,
    points: Vec<[u8; 3]>,
}

impl Canvas {
    fn new() -> Self {
        let [width, height] = [WIDTH, HEIGHT].map(|units| whole(units * SCALE));
        Self {
            width,
            height,
            points: vec![PAPER; width * height],
        }
    }

    /// Colours all points, by the middle of each in units of the drawing, for which something holds.
    fn fill(&mut self, colour: [u8; 3], holds: impl Fn(f64, f64) -> bool) {
        let middle = |at: usize| (f64::from(u32::try_from(at).unwrap_or(0)) + 0.5) / SCALE;
        for (at, point) in self.points.iter_mut().enumerate() {
            if holds(middle(at % self.width), middle(at / self.width)) {
                *point = colour;
            }
        }
    }

    /// An upright stroke.
    fn stroke(&mut self, colour: [u8; 3], place: f64, (top, bottom): (f64, f64), thick: f64) {
        self.fill(colour, |x, y| {
            (x - place).abs() <= thick / 2.0 && y >= top && y <= bottom
        });
    }

    fn png(self) -> Option<Vec<u8>> {
        let [width, height] = [self.width, self.height].map(u32::try_from);
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width.ok()?, height.ok()?);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(self.points.as_flattened()).ok()?;
        writer.finish().ok()?;
        Some(out)
    }
}

/// A number of points that fits into a picture.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "drawings are some hundred units wide"
)]
fn whole(number: f64) -> usize {
    number as usize
}

/// A colour written as six hexadecimal digits.
fn colour(hex: &str) -> [u8; 3] {
    let part = |at: usize| {
        let digits = hex.get(at..at + 2).unwrap_or_default();
        u8::from_str_radix(digits, 16).unwrap_or(0)
    };
    [part(0), part(2), part(4)]
}

/// A line on its indicator's axis, by a name of its own in the document.
pub(super) fn picture(line: &Line, axis: &Axis, name: String) -> Option<Pic> {
    let drawing = Drawing::new(line, axis);
    let state = line.state.unwrap_or(State::NotStated);
    let ink = colour(look::ink(state));
    // As the page shows it: a fifth of the colour on white.
    let wash = ink.map(|part| 255 - (255 - part) / 5);
    let mut canvas = Canvas::new();
    for x in drawing.grid {
        canvas.stroke(GRID, x, (0.0, HEIGHT), 0.8);
    }
    if let Some((low, high)) = drawing.band {
        canvas.fill(wash, |x, y| {
            x >= low && x <= high && (5.0..=17.0).contains(&y)
        });
    }
    for x in drawing.edges {
        canvas.stroke(ink, x, (3.0, 19.0), 2.0);
    }
    for place in drawing.above {
        canvas.fill(INK, |x, y| (x - place).abs() <= 0.75 && y % 5.0 < 3.0);
    }
    if let Some((low, high)) = drawing.from_band {
        canvas.fill(SOFT, |x, y| {
            x >= low && x <= high && (9.0..=13.0).contains(&y)
        });
    }
    if let Some([start, tip, head]) = drawing.arrow {
        let (low, high) = (start.min(tip), start.max(tip));
        canvas.fill(INK, |x, y| {
            x >= low && x <= high && (y - 11.0).abs() <= 0.75
        });
        let length = (tip - head).abs();
        canvas.fill(INK, |x, y| {
            let behind = (tip - x) * (tip - head).signum();
            (0.0..=length).contains(&behind) && (y - 11.0).abs() <= behind / length * 3.5
        });
    }
    if let Some(place) = drawing.from {
        let away = |x: f64, y: f64| (x - place).hypot(y - 11.0);
        canvas.fill(INK, |x, y| away(x, y) <= 4.0);
        canvas.fill(PAPER, |x, y| away(x, y) <= 2.6);
    }
    let mut picture = Pic::new_with_dimensions(canvas.png()?, 1, 1);
    picture.id = name;
    picture.size = SIZE;
    Some(picture)
}
