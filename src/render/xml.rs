//! Text that XML can hold.

use quick_junit::XmlString;

/// A text without the characters that no XML file may hold, not even escaped.
pub(super) fn text(raw: &str) -> XmlString {
    XmlString::new(raw.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}"))
}
