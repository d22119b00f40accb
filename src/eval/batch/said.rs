//! What was said of rows, looked through many at once.

/// Of how many rows something is so that was said. They are counted part by part, in bytes: no row waits for the one before.
pub(super) fn count(answers: &[Option<bool>], is_so: impl Fn(Option<bool>) -> bool) -> usize {
    let parts = answers.chunks(128);
    let counts = parts.map(|part| {
        let of_part = part.iter().map(|answer| u8::from(is_so(*answer)));
        usize::from(of_part.fold(0, u8::wrapping_add))
    });
    counts.sum()
}

/// Whether something is so of any row that was said.
pub(super) fn any(answers: &[Option<bool>], is_so: impl Fn(Option<bool>) -> bool) -> bool {
    answers.chunks(128).any(|part| count(part, &is_so) > 0)
}

/// The rows of which something is so that was said. Each is put where the next one goes, and stays there if it is so; of
/// some none is looked at, where it is so of few.
pub(super) fn rows_where(
    list: &mut Vec<u32>,
    answers: &[Option<bool>],
    is_so: impl Fn(Option<bool>) -> bool,
) {
    list.clear();
    list.resize(answers.len(), 0);
    let (mut next, mut row) = (0, 0);
    for part in answers.chunks(16) {
        if count(part, &is_so) == 0 {
            row += 16;
            continue;
        }
        for answer in part {
            if let Some(place) = list.get_mut(next) {
                *place = row;
            }
            next += usize::from(is_so(*answer));
            row += 1;
        }
    }
    list.truncate(next);
}
