//! JSON and JSON lines.
//!
//! Strict JSON: a comment or a comma too many is a problem, but costs nothing. What
//! cannot be read costs the element of the outermost list that it stands in, or the
//! line.

mod read;

use super::front_matter::lines;
use super::{Node, Parsed, Problem};
use crate::text::Span;

/// Reads one JSON value, less a byte order mark.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut problems = Vec::new();
    let root = read::file(text, whole(text), &mut problems);
    Parsed { root, problems }
}

/// What came of reading JSON lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// The value of each line that has one and can be read.
    pub nodes: Vec<Node>,
    /// What cannot be read.
    pub problems: Vec<Problem>,
}

/// Reads a file with one JSON value on each line; a broken line costs itself.
#[must_use]
pub fn parse_lines(text: &str) -> Lines {
    let mut found = Lines::default();
    for line in lines(text, whole(text).start()) {
        if !line.text.trim().is_empty() {
            let span = Span::new(line.start, line.end);
            found.nodes.extend(read::single(text, span, &mut found.problems));
        }
    }
    found
}

/// A text without its byte order mark.
fn whole(text: &str) -> Span {
    Span::new(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }, text.len())
}

#[cfg(test)]
mod tests;
