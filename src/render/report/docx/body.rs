//! The body of the document, put down element by element, so that a large report is never held as a tree.

use std::fmt::Write;

use docx_rs::{
    BreakType, BuildXML, Hyperlink, HyperlinkType, Paragraph, Pic, Run, Shading, Table, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::look;
use crate::audit::State;
use crate::render::xml;

/// An id that docx-rs gives each paragraph, by which comments would find it. It counts on through a thread, so that the same report
/// would be other bytes the next time; nothing needs it.
const ID: &str = " w14:paraId=\"";

/// Properties that say nothing.
const EMPTY: [&str; 2] = ["<w:rPr />", "<w:pPr></w:pPr>"];

/// How a row says that it does not go across pages; the first row of a table also says that it stands on each of its pages, for
/// which docx-rs has no word.
const WHOLE: &str = "<w:cantSplit />";
const REPEATED: &str = "<w:cantSplit /><w:tblHeader />";

/// What the relations of a part end with.
const RELATIONS_END: &str = "</Relationships>";

/// What docx-rs says of every picture alike.
const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";

/// What has been put down.
#[derive(Default)]
pub(super) struct Body {
    xml: String,
    marks: usize,
    /// The pictures that it shows, each with its name.
    pub pictures: Vec<(String, Vec<u8>)>,
}

impl Body {
    /// A picture as a run, to be put down somewhere below.
    pub fn picture(&mut self, picture: Pic) -> Run {
        self.pictures
            .push((picture.id.clone(), picture.image.clone()));
        Run::new().add_image(picture)
    }

    /// The name of the next picture.
    pub fn next_picture(&self) -> String {
        format!("rIdChart{}", self.pictures.len() + 1)
    }

    /// The relations of the document, with those to its pictures.
    pub fn related(&self, relations: &[u8]) -> Vec<u8> {
        let relations = String::from_utf8_lossy(relations);
        let pictures = self.pictures.iter().map(|(name, _)| {
            format!("<Relationship Id=\"{name}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/{name}.png\" />")
        });
        let with = pictures.collect::<String>() + RELATIONS_END;
        relations.replacen(RELATIONS_END, &with, 1).into_bytes()
    }

    pub fn put(&mut self, paragraph: &Paragraph) {
        let xml = paragraph.build();
        self.take(&String::from_utf8_lossy(&xml));
    }

    /// A heading that links find by its name, where it has one.
    pub fn heading(&mut self, level: usize, mark: &str, runs: impl IntoIterator<Item = Run>) {
        let paragraph = styled(&format!("Heading{level}")).keep_next(true);
        let paragraph = if mark.is_empty() {
            runs.into_iter().fold(paragraph, Paragraph::add_run)
        } else {
            self.marked(paragraph, mark, runs)
        };
        self.put(&paragraph);
    }

    /// A paragraph with what links find by a name.
    pub fn marked(
        &mut self,
        paragraph: Paragraph,
        mark: &str,
        runs: impl IntoIterator<Item = Run>,
    ) -> Paragraph {
        self.marks += 1;
        let paragraph = paragraph.add_bookmark_start(self.marks, mark);
        let paragraph = runs.into_iter().fold(paragraph, Paragraph::add_run);
        paragraph.add_bookmark_end(self.marks)
    }

    /// A heading of one text.
    pub fn head(&mut self, level: usize, mark: &str, text: &str) {
        self.heading(level, mark, [run(text)]);
    }

    /// A paragraph of text.
    pub fn text(&mut self, style: &str, text: &str) {
        self.put(&styled(style).add_run(run(text)));
    }

    /// A table with a head and columns of these widths; nothing where it would have no rows.
    pub fn table(
        &mut self,
        widths: &[usize],
        head: Vec<TableCell>,
        rows: impl IntoIterator<Item = Vec<TableCell>>,
    ) {
        let wide = |cells: Vec<TableCell>| {
            let cells = cells.into_iter().zip(widths);
            let cells = cells.map(|(cell, width)| cell.width(*width, WidthType::Dxa));
            TableRow::new(cells.collect()).cant_split()
        };
        let shaded = |cell: TableCell| cell.shading(Shading::new().fill(look::HEAD));
        let head = wide(head.into_iter().map(shaded).collect());
        let mut all = vec![head];
        all.extend(rows.into_iter().map(wide));
        if all.len() == 1 {
            return;
        }
        let table = Table::new(all)
            .set_borders(look::borders())
            .margins(TableCellMargins::new().margin(40, 80, 40, 80))
            .layout(TableLayoutType::Fixed)
            .width(widths.iter().sum(), WidthType::Dxa)
            .set_grid(widths.to_vec());
        let xml = table.build();
        let xml = String::from_utf8_lossy(&xml).replacen(WHOLE, REPEATED, 1);
        self.take(&xml);
        // Two tables with nothing between them would become one.
        self.put(&styled("Gap"));
    }

    /// Ends a section: pages that lie or stand.
    pub fn end_section(&mut self, is_landscape: bool) {
        let section = look::section(is_landscape);
        self.put(&styled("Gap").section_property(section));
    }

    /// What was put down, in the document that has room for it.
    pub fn within(self, document: &[u8]) -> Vec<u8> {
        let document = String::from_utf8_lossy(document);
        let (before, after) = document.split_once("<w:body>").unwrap_or((&document, ""));
        let mut xml = String::with_capacity(self.xml.len());
        // Each picture has a number of its own.
        for (number, part) in self.xml.split(PICTURE).enumerate() {
            if number > 0 {
                let _ = write!(xml, "<wp:docPr id=\"{number}\" name=\"Chart {number}\" />");
            }
            xml.push_str(part);
        }
        [before, "<w:body>", &xml, after].concat().into_bytes()
    }

    fn take(&mut self, xml: &str) {
        let mut parts = xml.split(ID);
        self.plain(parts.next().unwrap_or_default());
        for part in parts {
            let (_, rest) = part.split_once('"').unwrap_or_default();
            self.plain(rest);
        }
    }

    fn plain(&mut self, xml: &str) {
        let [run, paragraph] = EMPTY;
        for part in xml.split(run).flat_map(|part| part.split(paragraph)) {
            self.xml.push_str(part);
        }
    }
}

/// A paragraph of a style.
pub(super) fn styled(style: &str) -> Paragraph {
    Paragraph::new().style(style)
}

/// A text, all on one line.
pub(super) fn run(text: &str) -> Run {
    let text = text.replace(['\n', '\r'], " ");
    Run::new().add_text(xml::text(&text).as_str())
}

/// A text with its lines as they are.
pub(super) fn lines(text: &str) -> Run {
    let lines = text.lines().zip(0..);
    lines.fold(Run::new(), |run, (line, at)| {
        let run = match at {
            0 => run,
            _ => run.add_break(BreakType::TextWrapping),
        };
        run.add_text(xml::text(line).as_str())
    })
}

/// A text as a program has it: a path, an id, a hash.
pub(super) fn code(text: &str) -> Run {
    run(text).style("Code")
}

/// A text that says less.
pub(super) fn small(text: &str) -> Run {
    run(text).style("Small")
}

/// A state in its colour, its sign before it.
pub(super) fn badge(state: State, text: &str) -> Run {
    run(text).bold().color(look::ink(state))
}

/// A text that leads to a mark of the document.
pub(super) fn link(mark: &str, text: &str) -> Hyperlink {
    Hyperlink::new(mark, HyperlinkType::Anchor).add_run(run(text).style("Link"))
}

/// A cell of paragraphs.
pub(super) fn stacked(paragraphs: impl IntoIterator<Item = Paragraph>) -> TableCell {
    let cell = TableCell::new().vertical_align(VAlignType::Top);
    paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
}

/// A cell of runs.
pub(super) fn cell(runs: impl IntoIterator<Item = Run>) -> TableCell {
    let paragraph = runs.into_iter().fold(styled("Cell"), Paragraph::add_run);
    TableCell::new().add_paragraph(paragraph)
}

/// The cells of a head.
pub(super) fn heads<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<TableCell> {
    let cells = texts.into_iter().map(|text| {
        // A head does not stay behind at the foot of a page.
        let text = styled("Cell").add_run(run(text).bold()).keep_next(true);
        TableCell::new().add_paragraph(text)
    });
    cells.collect()
}
