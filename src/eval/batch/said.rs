//! What was said of rows, looked through many at once.

/// So many are counted in one byte.
const COUNTED: usize = 128;

/// So few are passed over where it is so of none of them.
const PASSED: usize = 16;

/// Of how many rows something is so that was said. They are counted part by part, in bytes: no row waits for the one before.
pub(super) fn count<T: Copy>(answers: &[T], is_so: impl Fn(T) -> bool) -> usize {
    let parts = answers.chunks(COUNTED);
    let counts = parts.map(|part| {
        let of_part = part.iter().map(|answer| u8::from(is_so(*answer)));
        usize::from(of_part.fold(0, u8::wrapping_add))
    });
    counts.sum()
}

/// Whether something is so of any row that was said.
pub(super) fn any<T: Copy>(answers: &[T], is_so: impl Fn(T) -> bool) -> bool {
    answers.chunks(COUNTED).any(|part| count(part, &is_so) > 0)
}

/// The rows of which something is so that was said. Each is put where the next one goes, and stays there if it is so; where
/// it is so of none of some, these are passed over.
pub(super) fn rows_where(
    list: &mut Vec<u32>,
    answers: &[Option<bool>],
    is_so: impl Fn(Option<bool>) -> bool,
) {
    list.clear();
    list.resize(answers.len(), 0);
    let mut next = 0;
    for (first, part) in (0..).step_by(PASSED).zip(answers.chunks(PASSED)) {
        if count(part, &is_so) == 0 {
            continue;
        }
        for (row, answer) in (first..).zip(part) {
            if let Some(place) = list.get_mut(next) {
                *place = row;
            }
            next += usize::from(is_so(*answer));
        }
    }
    list.truncate(next);
}
