//! What stands between two tokens: comments and line breaks.

/// A comment between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    /// The comment, without the space around it.
    pub text: &'t str,
    /// Line breaks before it, behind what stands before it.
    pub breaks: usize,
}

/// The space between two tokens.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gap<'t> {
    /// Its comments, in order.
    pub comments: Vec<Comment<'t>>,
    /// Line breaks behind the last of them.
    pub breaks: usize,
}

/// Reads white space and comments.
pub(super) fn gap(text: &str) -> Gap<'_> {
    let mut gap = Gap::default();
    for line in text.split_inclusive('\n') {
        let comment = line.trim();
        if !comment.is_empty() {
            let breaks = std::mem::take(&mut gap.breaks);
            gap.comments.push(Comment {
                text: comment,
                breaks,
            });
        }
        gap.breaks += usize::from(line.ends_with('\n'));
    }
    gap
}
