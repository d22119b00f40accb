//! `--format docx`: the same report for offices that live in Word, with its headings, contents and page numbers.

mod body;
mod chart;
mod closing;
mod findings;
mod look;
mod opening;

use std::io::{self, Cursor, Read, Write};

use docx_rs::XMLDocx;
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_xml_entity};
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::chapter;
use super::words::{Words, words};
use crate::audit::{Audit, Manifest};
use body::Body;

/// The element that holds the manifest, and its namespace: Word keeps such a part as it is, and does not show it.
const MANIFEST: &str = "planlint-manifest";
const NAMESPACE: &str = "urn:planlint:manifest";

/// The id that Word asks of such a part; any GUID is one.
const ITEM: &str = "9D2C3B0E-5B1A-4E0B-9C55-706C616E6C74";

/// Bytes that a part with a manifest may have unpacked: a file that claims more is no report.
const MOST: u64 = 1 << 28;

/// What the parts of the document are written from.
#[derive(Clone, Copy)]
struct Content<'a> {
    audit: &'a Audit,
    words: &'a Words,
    /// Whether notes are only listed.
    is_large: bool,
}

pub(super) fn write(audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
    let words = &words(audit.language);
    let content = Content {
        audit,
        words,
        is_large: chapter::is_large(audit),
    };
    let day = format!("{}T00:00:00Z", audit.date);
    let docx = look::document(audit.language)
        .created_at(&day)
        .updated_at(&day)
        .add_custom_item(ITEM, &format!("<{MANIFEST}/>"));
    let mut parts = docx.build();
    parts.custom_items = vec![item(&audit.manifest)?.into_bytes()];
    parts.doc_props.core = core(audit, words, &day).into_bytes();
    parts.styles = look::with_language(&parts.styles, audit.language);
    let mut body = Body::default();
    opening::write(&mut body, content);
    findings::write(&mut body, content);
    closing::write(&mut body, content);
    parts.document_rels = body.related(&parts.document_rels);
    parts.media = std::mem::take(&mut body.pictures);
    parts.document = body.within(&parts.document);
    out.write_all(&packed(parts)?)
}

/// The part with the manifest.
fn item(manifest: &Manifest) -> io::Result<String> {
    let is_escaped = |of| matches!(of, '&' | '<' | '>' | '\u{fffe}' | '\u{ffff}');
    let json = super::json(manifest, is_escaped)?;
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><{MANIFEST} xmlns=\"{NAMESPACE}\">{json}</{MANIFEST}>"
    ))
}

/// What the file says of itself; docx-rs would say that it is by nobody.
fn core(audit: &Audit, words: &Words, day: &str) -> String {
    let title = format!("{} · {}", words.title, words.subject(audit));
    let title = super::super::xml::text(&title);
    let title = escape(title.as_str());
    let tag = audit.language.pick("zh-CN", "en");
    let version = audit.version;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>planlint {version}</dc:creator><dc:language>{tag}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified></cp:coreProperties>"
    )
}

/// The parts as a file. docx-rs packs them without compression, which makes ten times the file.
fn packed(parts: XMLDocx) -> io::Result<Vec<u8>> {
    let mut plain = Cursor::new(Vec::new());
    parts.pack(&mut plain)?;
    let mut plain = ZipArchive::new(plain)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    // The time is set, lest a feature of another crate make it that of writing.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT);
    for at in 0..plain.len() {
        let mut part = plain.by_index(at)?;
        if part.is_file() {
            out.start_file(part.name(), options)?;
            io::copy(&mut part, &mut out)?;
        }
    }
    Ok(out.finish()?.into_inner())
}

pub(super) fn manifest(bytes: &[u8]) -> Option<Manifest> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..archive.len()).find_map(|at| {
        let part = archive.by_index(at).ok()?;
        let name = part.name();
        // Word and others number these parts anew.
        if !name.starts_with("customXml/item") || name.starts_with("customXml/itemProps") {
            return None;
        }
        let mut text = String::new();
        part.take(MOST).read_to_string(&mut text).ok()?;
        serde_json::from_str(&within(&text)?).ok()
    })
}

/// The text of a manifest's element, whoever wrote it last.
fn within(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut json: Option<String> = None;
    loop {
        match (reader.read_event().ok()?, &mut json) {
            (Event::Start(start), None) if start.local_name().as_ref() == MANIFEST.as_bytes() => {
                json = Some(String::new());
            }
            (Event::Start(_) | Event::End(_), Some(_)) => return json,
            (Event::Text(text), Some(json)) => json.push_str(&text.decode().ok()?),
            (Event::CData(text), Some(json)) => json.push_str(&text.decode().ok()?),
            (Event::GeneralRef(of), Some(json)) => match of.resolve_char_ref().ok()? {
                Some(one) => json.push(one),
                None => json.push_str(resolve_xml_entity(&of.decode().ok()?)?),
            },
            (Event::Eof, _) => return None,
            _ => {}
        }
    }
}
