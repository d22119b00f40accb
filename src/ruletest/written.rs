//! A file written for a test, and where in the test each piece of it came from.

use std::ops::Range;

use crate::check::File;
use crate::source::{Span, Spanned};

/// A file made from a test.
pub(super) struct Written {
    path: String,
    text: String,
    /// What came from where, in the order of the text.
    pieces: Vec<(Range<usize>, Span)>,
    /// Where what came from no piece belongs.
    whole: Span,
}

impl Written {
    pub fn new(path: String, whole: Span) -> Self {
        Self {
            path,
            text: String::new(),
            pieces: Vec::new(),
            whole,
        }
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn file(&self) -> File {
        File {
            path: self.path.clone(),
            bytes: Ok(self.text.clone().into_bytes()),
        }
    }

    /// Adds what stands for nothing in the test.
    pub fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a piece as it is.
    pub fn piece(&mut self, piece: &Spanned<String>) {
        let start = self.text.len();
        self.text.push_str(&piece.value);
        self.pieces.push((start..self.text.len(), piece.span));
    }

    /// Adds a piece as a text of TOML.
    pub fn quoted(&mut self, piece: &Spanned<String>) {
        let start = self.text.len();
        // A JSON string is a basic string of TOML.
        let quoted = serde_json::Value::from(piece.value.as_str()).to_string();
        self.text.push_str(&quoted);
        let inside = start + 1..self.text.len() - 1;
        self.pieces.push((inside, piece.span));
    }

    /// Adds `key = "piece"`, a line of TOML.
    pub fn line(&mut self, key: &str, piece: &Spanned<String>) {
        self.add(key);
        self.add(" = ");
        self.quoted(piece);
        self.add("\n");
    }

    /// Where in the test a place of this file came from.
    pub fn home(&self, range: Range<usize>) -> Span {
        let meets = |piece: &&(Range<usize>, Span)| {
            piece.0.start <= range.end && range.start <= piece.0.end
        };
        let Some((piece, span)) = self.pieces.iter().find(meets) else {
            return self.whole;
        };
        let inside = range.start.max(piece.start) - piece.start
            ..range.end.clamp(piece.start, piece.end) - piece.start;
        // Escapes have changed the length: then the whole piece is meant.
        if piece.len() == span.range().len() && inside.start < inside.end {
            span.inner(inside)
        } else {
            *span
        }
    }
}
