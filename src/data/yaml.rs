//! YAML.
//!
//! The parser underneath stops at the first error. So a text that does not parse as
//! a whole is taken apart at its top-level entries and read entry by entry
//! (`recover`): what is broken costs the entry that it stands in.

mod build;
mod explain;
mod recover;

use std::borrow::Cow;

use super::{Parsed, Problem};
use crate::text::Span;

/// Reads the YAML at `span` of `text`; every place in the answer counts from the
/// start of `text`. One document is read, and `true` and `false` are the only
/// booleans, `null` and `~` the only words for nothing: `No` and `Null` are names.
#[must_use]
pub fn parse(text: &str, span: Span) -> Parsed {
    let mut anchors = build::Anchors::default();
    let mut problems = Vec::new();
    match build::build(text, span, &mut anchors, &mut problems) {
        Ok(root) => Parsed { root, problems },
        Err(problem) => recover::recover(text, span, problem),
    }
}

/// Reads a whole file, less a byte order mark.
#[must_use]
pub fn parse_file(text: &str) -> Parsed {
    parse(text, Span::new(0, text.len()))
}

/// `text` as a key or value: as it is where that reads as the same text everywhere, in
/// lists between brackets too, and otherwise in quotes.
#[must_use]
pub fn scalar(text: &str) -> Cow<'_, str> {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let starts_plain = text.chars().next().is_some_and(char::is_alphabetic);
    let ends_plain = text.chars().next_back().is_some_and(|c| !c.is_whitespace());
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '\'' | '’');
    let is_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    if starts_plain && ends_plain && text.chars().all(is_plain) && !is_word {
        return Cow::Borrowed(text);
    }
    // Every JSON text is a YAML one.
    Cow::Owned(serde_json::Value::from(text).to_string())
}

/// What came of one part: its tree, or the one problem that ended the reading of it.
type Part = Result<Option<super::Node>, Problem>;

#[cfg(test)]
mod tests;
