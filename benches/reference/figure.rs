//! A printed value: tenths as an integer, or nothing that could be compared.

/// No number: words, a dash, an empty cell, a ray that points the other way.
pub const NONE: i64 = i64::MIN;

/// The end of a value that its indicator's direction guarantees, in tenths; [`NONE`] where there is none.
///
/// `value = [ "≥" | "≤" ] digit+ [ "." digit ] | "同比例提高" | "—" | ""`
pub fn edge(text: &[u8], higher: bool) -> Result<i64, String> {
    let (number, usable) = match text {
        [0xE2, 0x89, 0xA5, number @ ..] => (number, higher),
        [0xE2, 0x89, 0xA4, number @ ..] => (number, !higher),
        [b'0'..=b'9' | b'-', ..] => (text, true),
        _ if text.is_empty() || text == "—".as_bytes() || text == "同比例提高".as_bytes() => {
            return Ok(NONE);
        }
        _ => return Err(unreadable(text)),
    };
    let tenths = tenths(number).ok_or_else(|| unreadable(text))?;
    Ok(if usable { tenths } else { NONE })
}

fn unreadable(text: &[u8]) -> String {
    format!("cannot read the value {}", String::from_utf8_lossy(text))
}

fn tenths(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (whole, last) = match digits {
        [whole @ .., b'.', last] => (whole, *last),
        _ => (digits, b'0'),
    };
    if whole.is_empty() || whole.len() > 17 || !last.is_ascii_digit() {
        return None;
    }
    let mut value = 0_i64;
    for digit in whole {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(digit - b'0');
    }
    value = value * 10 + i64::from(last - b'0');
    Some(if negative { -value } else { value })
}

/// A year of four digits.
pub fn year(text: &[u8]) -> Result<u16, String> {
    let digits = text.len() == 4 && text.iter().all(u8::is_ascii_digit);
    let value = text.iter().fold(0_u16, |value, digit| {
        value
            .wrapping_mul(10)
            .wrapping_add(u16::from(digit.wrapping_sub(b'0')))
    });
    if digits {
        Ok(value)
    } else {
        Err(format!("no year: {}", String::from_utf8_lossy(text)))
    }
}
