//! Values that print a short number, found by it: four bytes each, so that those of a whole country stay at hand.

use super::values::{SortId, Text};
use crate::model::ValueId;

/// A text that is a number of few digits, perhaps with a sign of comparison before it: the sign, how many digits stand
/// behind the point, and all digits. No two texts are the same one.
#[derive(Clone, Copy)]
pub(super) struct Number(u32);

/// The values of numbers, by sort.
#[derive(Default)]
pub(super) struct Numbers {
    /// By sort and by the high bits of a number: the page that its value is on.
    pages_of: Vec<Vec<u32>>,
    pages: Vec<Page>,
}

/// The values of numbers whose high bits are the same; [`NONE`] where there is none.
type Page = [u32; 1 << PAGE];

/// The bits of a number that tell its place on a page.
const PAGE: u32 = 6;

/// What stands for a page, and for a value, that is not there.
const NONE: u32 = u32::MAX;

/// The bits of all digits together.
const DIGITS: u32 = 14;

/// The most digits that may fit in so many bits.
const MOST: u64 = 5;

/// The most digits behind a point.
const MOST_BEHIND: u32 = 3;

/// The bytes of a sign of comparison.
const SIGN: u32 = 3;

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

const AT_LEAST: u64 = u64::from_le_bytes([0xE2, 0x89, 0xA5, 0, 0, 0, 0, 0]);
const AT_MOST: u64 = u64::from_le_bytes([0xE2, 0x89, 0xA4, 0, 0, 0, 0, 0]);

impl Number {
    /// Nothing of a text that is no number, has a zero before it that no number needs, or more digits, of all or behind the
    /// point, than there are bits for; and of one that a word does not hold.
    #[inline]
    pub fn of(Text([low, high]): Text) -> Option<Self> {
        let sign = match low & (u64::MAX >> (64 - 8 * SIGN)) {
            AT_LEAST => 1,
            AT_MOST => 2,
            _ => 0,
        };
        let cut = if sign > 0 { SIGN } else { 0 };
        let (text, length) = (low >> (8 * cut), (high >> 56).wrapping_sub(cut.into()));
        if !(1..=MOST + 1).contains(&length) || high << 8 != 0 {
            return None;
        }
        // The last byte is the highest one; below the first one nothing stands.
        let aligned = text << (64 - 8 * length);
        let other = aligned ^ each(b'.');
        let point = other.wrapping_sub(each(1)) & !other & each(0x80);
        let (digits, count, behind) = if point == 0 {
            (aligned, length, 0)
        } else {
            let at = point.trailing_zeros() / 8;
            let before = (1 << (8 * at)) - 1;
            let after = aligned & !before & !(0xFF << (8 * at));
            ((aligned & before) << 8 | after, length - 1, 7 - at)
        };
        if point != 0 && behind == 0 || behind > MOST_BEHIND || !(1..=MOST).contains(&count) {
            return None;
        }
        let whole = count
            .checked_sub(behind.into())
            .filter(|whole| *whole > 0)?;
        if text & 0xFF == u64::from(b'0') && whole > 1 {
            return None;
        }
        let number = number(digits | each(b'0') >> (8 * count))?;
        (number < 1 << DIGITS).then_some(Self((sign << 2 | behind) << DIGITS | number))
    }

    /// Which page its value is on, and where there.
    const fn place(self) -> (usize, usize) {
        let at = self.0 & ((1 << PAGE) - 1);
        ((self.0 >> PAGE) as usize, at as usize)
    }
}

/// The number that eight digits are, the first one in the lowest byte; `None` where they are no digits.
#[inline]
fn number(digits: u64) -> Option<u32> {
    let is_high = |digits: u64| digits & each(0xF0) == each(0x30);
    if !is_high(digits) || !is_high(digits.wrapping_add(each(6))) {
        return None;
    }
    // Pairs of digits, then of these, then of these.
    let pairs = (digits & each(0x0F)).wrapping_mul(10 << 8 | 1) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul(100 << 16 | 1) >> 16;
    let eight = (fours & 0x0000_FFFF_0000_FFFF).wrapping_mul(10_000 << 32 | 1) >> 32;
    u32::try_from(eight).ok()
}

impl Numbers {
    /// The value of a number, where it is known.
    #[inline]
    pub fn get(&self, sort: SortId, number: Number) -> Option<ValueId> {
        let (page, at) = number.place();
        let page = *self.pages_of.get(sort.0 as usize)?.get(page)?;
        let value = *self.pages.get(page as usize)?.get(at)?;
        (value != NONE).then_some(ValueId(value))
    }

    /// Makes it known.
    pub fn set(&mut self, sort: SortId, number: Number, value: ValueId) {
        let (own, at) = number.place();
        let sort = sort.0 as usize;
        if self.pages_of.len() <= sort {
            self.pages_of.resize_with(sort + 1, Vec::new);
        }
        let Some(pages_of) = self.pages_of.get_mut(sort) else {
            return;
        };
        if pages_of.len() <= own {
            pages_of.resize(own + 1, NONE);
        }
        let Some(page) = pages_of.get_mut(own) else {
            return;
        };
        if *page == NONE {
            *page = u32::try_from(self.pages.len()).unwrap_or(NONE);
            self.pages.push([NONE; 1 << PAGE]);
        }
        let place = self.pages.get_mut(*page as usize);
        if let Some(place) = place.and_then(|page| page.get_mut(at)) {
            *place = value.0;
        }
    }
}
