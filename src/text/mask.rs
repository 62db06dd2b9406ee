//! Entries and names of sources that are not on record, made unreadable.

use super::Span;

/// The text with every letter and digit of `entries` dotted out, but for their keys, which may
/// be empty. No character changes its length, so that every place stays where it is.
///
/// Each entry comes with its key's bytes; they are in order.
#[must_use]
pub fn masked(text: &str, entries: &[(Span, Span)]) -> String {
    let mut next = 0;
    let mut hidden = |at: usize| {
        while entries.get(next).is_some_and(|(entry, _)| entry.end() <= at) {
            next += 1;
        }
        entries.get(next).is_some_and(|(entry, key)| entry.contains_offset(at) && !key.contains_offset(at))
    };
    let dotted = |(at, c): (usize, char)| match c.len_utf8() {
        _ if !c.is_alphanumeric() || !hidden(at) => c,
        1 => '.',
        2 => '·',
        3 => '…',
        _ => '\u{10102}',
    };
    text.char_indices().map(dotted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_dotted_out_but_for_its_key() {
        let text = "@misc{a}\n@misc{tip, author = {Né 字}}";
        let entry = text.find("@misc{tip").expect("it is there");
        let key = text.find("tip").expect("it is there");
        let entries = [(Span::new(entry, text.len()), Span::new(key, key + 3))];
        let shown = masked(text, &entries);
        assert_eq!(shown, "@misc{a}\n@....{tip, ...... = {.· …}}");
        assert_eq!(shown.len(), text.len());
    }
}
