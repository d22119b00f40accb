//! Full-width ASCII folded to half width by a fixed table.
//!
//! Not Unicode's NFKC: that would also rewrite `Ⅲ`, `①` and `㎡`, which plans print as names and units.

/// The half-width form of one character: U+FF01–FF5E to ASCII, the ideographic
/// space to a space, and the dashes and tildes that plans use between numbers.
#[must_use]
pub fn fold_char(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            let folded = u32::from(character) - 0xFEE0;
            char::from_u32(folded).unwrap_or(character)
        }
        '\u{3000}' | '\u{00A0}' | '\t' | '\r' | '\n' => ' ',
        '⩾' | '≧' => '≥',
        '⩽' | '≦' => '≤',
        '−' | '–' | '—' | '―' | '‐' | '‑' => '-',
        '〜' | '∼' => '~',
        '∶' => ':',
        other => other,
    }
}

/// A name as it is compared: folded, without spaces, in lower-case ASCII.
/// `5 岁以下儿童死亡率` and `5岁以下儿童死亡率` have one key.
#[must_use]
pub fn name_key(name: &str) -> String {
    folded(name).collect()
}

/// The characters of a name's key.
pub fn folded(name: &str) -> impl Iterator<Item = char> {
    let folded = name.chars().map(fold_char);
    let kept = folded.filter(|character| !character.is_whitespace());
    kept.map(|character| character.to_ascii_lowercase())
}
