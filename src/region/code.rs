//! A region's code, kept in its region: no text of its own that has to be fetched from elsewhere.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// How many digits the longest code has.
const LONGEST: usize = 12;

/// A GB/T 2260 code: six digits, nine for townships, twelve for villages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RegionCode {
    /// Zero bytes behind the last digit.
    digits: [u8; LONGEST],
    length: u8,
}

impl RegionCode {
    /// The code that a text is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = [0; LONGEST];
        let length = match text.len() {
            6 => 6,
            9 => 9,
            12 => 12,
            _ => return None,
        };
        for (digit, byte) in digits.iter_mut().zip(text.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            *digit = byte;
        }
        Some(Self { digits, length })
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let digits = self.digits.get(..usize::from(self.length));
        let text = digits.and_then(|digits| str::from_utf8(digits).ok());
        text.unwrap_or("")
    }
}

impl Deref for RegionCode {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self)
    }
}
