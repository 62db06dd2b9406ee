//! YAML, JSON, TOML and BibTeX, read into trees that know where everything stands.
//!
//! Every reader here is pure and total: whatever the text holds, it answers in time
//! that grows with the text's length and no faster, keeps what can be read, and says
//! in plain words what cannot and where. What a field means is the business of the
//! layers above.

pub mod bibtex;
pub mod date;
pub mod json;
pub mod term;
pub mod toml;
pub mod yaml;

mod format;
mod front_matter;
mod latex;
#[cfg(test)]
mod testing;
mod tree;

pub use format::Format;
pub use front_matter::{FrontMatterBlock, front_matter};
pub use tree::{Field, Node, Spanned, Value};

use crate::text::Span;

/// How deep lists and mappings may stand in each other. Nothing that people write by
/// hand comes near it, and it bounds the stack of everything that walks a tree.
pub const MAX_DEPTH: usize = 64;

/// Something in the data that cannot be read, or not as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What is wrong: one sentence without a full stop, for people who write articles.
    pub message: String,
    /// Whether something is missing from what was read because of it.
    pub is_loss: bool,
}

impl Problem {
    /// A problem at `span` that costs nothing but itself.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Problem { span, message: message.into(), is_loss: false }
    }

    /// A problem at `span` because of which something could not be read.
    #[must_use]
    pub fn loss(span: Span, message: impl Into<String>) -> Self {
        Problem { is_loss: true, ..Problem::new(span, message) }
    }
}

/// What came of reading a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What could be read; `None` where there is nothing at all.
    pub root: Option<Node>,
    /// What could not.
    pub problems: Vec<Problem>,
}

/// `range` as a span of `text`, moved onto character boundaries: the parsers below
/// are other people's, and a place that is a byte off must not end the process.
fn fit(text: &str, range: std::ops::Range<usize>) -> Span {
    let start = floor(text, range.start);
    let end = floor(text, range.end).max(start);
    Span::new(start, end)
}

/// The character at `at`, or nothing at the end of `text`, for problems that are only
/// known by a point.
fn char_at(text: &str, at: usize) -> Span {
    let start = floor(text, at);
    let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    Span::new(start, end)
}

/// The last character boundary of `text` up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// What is said of a NUL, which some parsers take for the end of the text and some
/// let through.
fn nul_problem(text: &str, span: Span) -> Option<Problem> {
    let at = memchr::memchr(0, span.of(text).as_bytes())? + span.start();
    Some(Problem::loss(char_at(text, at), "a NUL character: the file is damaged here, or is no text file"))
}

/// What is said of a key that its mapping has already.
fn twice(key: &Spanned<String>) -> Problem {
    Problem::new(key.span, format!("`{}` is given twice; the first is used", key.value))
}

/// What is said of nesting past [`MAX_DEPTH`].
const TOO_DEEP: &str = "lists and mappings stand in each other more than 64 deep here";

/// Finds keys that a mapping has already. Small mappings, which nearly all are, are
/// searched as they stand; large ones get a table, keyed against chosen collisions.
#[derive(Debug, Default)]
struct Keys {
    seen: Option<std::collections::HashSet<String>>,
}

impl Keys {
    /// Above this, a table is cheaper than looking at each field.
    const SMALL: usize = 12;

    /// Whether `fields` has `key` already. Asked of every key in turn.
    fn repeats(&mut self, fields: &[Field], key: &str) -> bool {
        if fields.len() <= Self::SMALL {
            return fields.iter().any(|field| field.key.value == key);
        }
        let seen =
            self.seen.get_or_insert_with(|| fields.iter().map(|field| field.key.value.clone()).collect());
        !seen.insert(key.to_owned())
    }
}
