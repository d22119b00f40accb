//! How cells look: what they hold decides it, and one colour means one state in every sheet.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::audit::State;

const INK: u32 = 0x001F_3864;
const LINE: u32 = 0x00BF_BFBF;

/// The formats of all sheets.
pub(super) struct Look {
    pub title: Format,
    pub subject: Format,
    pub heading: Format,
    pub plain: Format,
    pub label: Format,
    pub head: Format,
    pub text: Format,
    /// Of values as printed: a spreadsheet leaves them as they are when they are edited.
    pub value: Format,
    pub number: Format,
    pub link: Format,
    pub plain_link: Format,
    states: [(State, Format); 8],
    signs: [(State, Format); 8],
}

impl Look {
    pub fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let text = bordered(plain.clone()).set_font_size(10.0);
        let value = text.clone().set_num_format("@");
        let middle = value.clone().set_align(FormatAlign::Center);
        let linked = |of: &Format| {
            let blue = Color::RGB(0x0005_63C1);
            of.clone()
                .set_font_color(blue)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single)
        };
        let bold = |size: f64| {
            let ink = Color::RGB(INK);
            Format::new()
                .set_bold()
                .set_font_size(size)
                .set_font_color(ink)
        };
        Self {
            title: bold(20.0),
            subject: bold(14.0),
            heading: bold(13.0),
            label: plain.clone().set_bold(),
            head: text
                .clone()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(INK))
                .set_align(FormatAlign::VerticalCenter),
            number: bordered(Format::new())
                .set_font_size(10.0)
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Right),
            link: linked(&text),
            plain_link: linked(&plain),
            states: State::ALL.map(|state| (state, coloured(&value, state))),
            signs: State::ALL.map(|state| (state, coloured(&middle, state))),
            plain,
            text,
            value,
        }
    }

    /// That of a cell in the colour of a state.
    pub fn state(&self, state: State) -> &Format {
        let mut all = self.states.iter();
        let found = all.find(|(of, _)| *of == state);
        found.map_or(&self.value, |(_, format)| format)
    }

    /// That of a state's sign.
    pub fn sign(&self, state: State) -> &Format {
        let mut all = self.signs.iter();
        let found = all.find(|(of, _)| *of == state);
        found.map_or(&self.value, |(_, format)| format)
    }
}

fn bordered(format: Format) -> Format {
    format
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(LINE))
}

fn coloured(base: &Format, state: State) -> Format {
    let (ink, ground) = match state {
        State::Error => (0x009C_0006, 0x00FF_C7CE),
        State::Warning => (0x007F_4A00, 0x00FF_E699),
        State::Note => (0x001F_4E79, 0x00DD_EBF7),
        State::Allowed => (0x005B_3F86, 0x00E4_DFEC),
        State::Undetermined => (0x0040_4040, 0x00E7_E6E6),
        State::Holds => (0x0037_5623, 0x00E2_EFDA),
        State::Unchecked => (0x0059_5959, 0x00FF_FFFF),
        State::NotStated => (0x0080_8080, 0x00FF_FFFF),
    };
    base.clone()
        .set_font_color(Color::RGB(ink))
        .set_background_color(Color::RGB(ground))
}
