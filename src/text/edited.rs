//! A text after edits.

use super::Span;

/// `text` with each of the stretches replaced. They are in order, and none reaches into another.
#[must_use]
pub fn edited<'e>(text: &str, edits: impl IntoIterator<Item = (Span, &'e str)>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (span, new) in edits {
        out.push_str(&text[at..span.start()]);
        out.push_str(new);
        at = span.end();
    }
    out.push_str(&text[at..]);
    out
}
