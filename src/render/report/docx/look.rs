//! How the document looks: its page, its fonts, its styles, the colours of states.

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum, PageOrientationType,
    PageSize, Paragraph, Run, RunFonts, SectionProperty, Style, StyleType, TableBorder,
    TableBorderPosition, TableBorders,
};

use crate::audit::State;
use crate::language::Language;

/// The width of a lying page's text, in twentieths of a point; that of a standing page is 9638.
pub(super) const WIDE: usize = 14570;

/// Behind the heads of tables.
pub(super) const HEAD: &str = "ECEFF1";

/// A4, standing.
const PAGE: (u32, u32) = (11906, 16838);

/// The name by which docx-rs refers to the first footer of a document.
const FOOTER: &str = "rIdFooter1";

/// The colour of a state's text.
pub(super) const fn ink(state: State) -> &'static str {
    match state {
        State::Error => "A61B1B",
        State::Warning => "7A4D00",
        State::Note => "15559E",
        State::Allowed => "5B3F8C",
        State::Undetermined => "54585F",
        State::Holds => "17653A",
        State::Unchecked | State::NotStated => "666666",
    }
}

/// The colour behind a state; none where there is nothing to see.
pub(super) const fn wash(state: State) -> Option<&'static str> {
    match state {
        State::Error => Some("FDECEA"),
        State::Warning => Some("FDF3DC"),
        State::Note => Some("E8F1FB"),
        State::Allowed => Some("F1ECFA"),
        State::Undetermined => Some("EEF0F2"),
        State::Holds => Some("E7F5EC"),
        State::Unchecked | State::NotStated => None,
    }
}

/// The style of a paragraph that says how something stands by its sign alone.
pub(super) const fn mark(state: State) -> &'static str {
    match state {
        State::Error => "MarkError",
        State::Warning => "MarkWarning",
        State::Note => "MarkNote",
        State::Allowed => "MarkAccepted",
        State::Undetermined => "MarkUndetermined",
        State::Holds => "MarkHolds",
        State::Unchecked => "MarkUnchecked",
        State::NotStated => "MarkNone",
    }
}

pub(super) fn borders() -> TableBorders {
    let all = [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ];
    let thin = |position| TableBorder::new(position).size(4).color("B0B7BD");
    all.into_iter()
        .map(thin)
        .fold(TableBorders::new(), TableBorders::set)
}

fn margin() -> PageMargin {
    PageMargin::new()
        .top(1134)
        .right(1134)
        .bottom(1134)
        .left(1134)
        .header(567)
        .footer(567)
}

/// A section of pages that stand or lie, each with its number.
pub(super) fn section(is_landscape: bool) -> SectionProperty {
    let (width, height) = PAGE;
    let page = if is_landscape {
        let page = PageSize::new().size(height, width);
        page.orient(PageOrientationType::Landscape)
    } else {
        PageSize::new().size(width, height)
    };
    SectionProperty::new()
        .page_size(page)
        .page_margin(margin())
        .footer(Footer::new(), FOOTER)
}

/// An empty document with all but its content.
pub(super) fn document(language: Language) -> Docx {
    let (width, height) = PAGE;
    let number = Paragraph::new()
        .style("Footer")
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(" / "))
        .add_num_pages(NumPages::new())
        // Another than those of the body, whatever was written before.
        .id("7ffffffe");
    let docx = Docx::new()
        .page_size(width, height)
        .page_margin(margin())
        .default_fonts(fonts("Times New Roman", "SimSun", language))
        .default_size(21)
        .footer(Footer::new().add_paragraph(number));
    styles(language).into_iter().fold(docx, Docx::add_style)
}

/// Fonts that Word has everywhere; none is shipped.
fn fonts(latin: &str, chinese: &str, language: Language) -> RunFonts {
    let fonts = RunFonts::new();
    let fonts = fonts.ascii(latin).hi_ansi(latin).east_asia(chinese);
    match language {
        // Quotes and dashes are Chinese, then, and as wide as a character.
        Language::Chinese => fonts.hint("eastAsia"),
        Language::English => fonts,
    }
}

fn spaced(before: u32, after: u32) -> LineSpacing {
    tight(before, after).line(276)
}

fn tight(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before).after(after)
}

fn styles(language: Language) -> Vec<Style> {
    let mono = || fonts("Courier New", "SimSun", language);
    let of_runs = |id: &str, name: &str| Style::new(id, StyleType::Character).name(name);
    let mut styles = headings(language);
    styles.extend(paragraphs());
    styles.extend(vec![
        paragraph("Rule", "Rule text")
            .fonts(mono())
            .size(16)
            .line_spacing(tight(80, 160)),
        of_runs("Code", "Code").fonts(mono()).size(16),
        of_runs("Small", "Small").size(17).color("555555"),
        of_runs("Link", "Hyperlink").color("1F4E8C"),
    ]);
    styles.extend(State::ALL.map(|state| {
        let style = paragraph(mark(state), mark(state)).based_on("Mark");
        style.bold().color(ink(state))
    }));
    styles
}

fn paragraph(id: &str, name: &str) -> Style {
    Style::new(id, StyleType::Paragraph).name(name)
}

fn headings(language: Language) -> Vec<Style> {
    let titled = |id: &str, name: &str, size: usize, (before, after): (u32, u32)| {
        let style = paragraph(id, name).based_on("Normal").next("Text");
        let style = style.fonts(fonts("Arial", "SimHei", language));
        style.size(size).line_spacing(spaced(before, after))
    };
    let heading = |level: usize, size: usize, before: u32| {
        let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
        let style = titled(&id, &name, size, (before, 100)).bold();
        style.outline_lvl(level - 1)
    };
    vec![
        titled("Title", "Title", 52, (900, 200)).bold(),
        titled("Subtitle", "Subtitle", 28, (0, 480)).color("444444"),
        titled("Contents", "TOC Heading", 26, (360, 100)).bold(),
        heading(1, 34, 480),
        heading(2, 26, 360),
        heading(3, 21, 280),
    ]
}

fn paragraphs() -> Vec<Style> {
    vec![
        paragraph("Text", "Body Text").line_spacing(spaced(0, 120)),
        paragraph("Lead", "Lead")
            .size(23)
            .line_spacing(spaced(0, 160).line(320)),
        paragraph("About", "About")
            .size(18)
            .color("444444")
            .line_spacing(spaced(0, 60)),
        paragraph("Cell", "Cell").size(18).line_spacing(tight(0, 0)),
        paragraph("Mark", "Mark")
            .size(18)
            .align(AlignmentType::Center)
            .line_spacing(tight(0, 0)),
        paragraph("Gap", "Gap").size(8).line_spacing(tight(0, 60)),
        paragraph("TOC1", "toc 1").line_spacing(tight(20, 20)),
        paragraph("Footer", "footer")
            .size(17)
            .color("666666")
            .align(AlignmentType::Center),
    ]
}

/// Styles that say which language the text is in, by which Word checks spelling and breaks lines; docx-rs has no word for it.
pub(super) fn with_language(styles: &[u8], language: Language) -> Vec<u8> {
    let tag = language.pick("zh-CN", "en-GB");
    let said = format!("<w:lang w:val=\"{tag}\" w:eastAsia=\"zh-CN\" /></w:rPr></w:rPrDefault>");
    let styles = String::from_utf8_lossy(styles);
    let styles = styles.replacen("</w:rPr></w:rPrDefault>", &said, 1);
    styles.into_bytes()
}
