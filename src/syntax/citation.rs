//! Citation keys and locators.

use crate::text::Span;

use super::tree::CitedItem;

/// The end of the citation key that begins at `at`, and the key's own bytes.
///
/// As in Pandoc: letters, digits and `_`, with single `:.#$%&-+?<>~/` between them
/// (never at the end), or anything without spaces in braces.
pub(super) fn key(text: &str, at: usize, end: usize) -> Option<(Span, usize)> {
    let bytes = text.as_bytes();
    if at < end && bytes[at] == b'{' {
        return braced_key(text, at, end);
    }
    let is_regular = |c: char| c.is_alphanumeric() || c == '_';
    let mut chars = text[at..end].char_indices().peekable();
    let (_, first) = chars.next()?;
    if !(first.is_alphanumeric() || first == '_') {
        return None;
    }
    let mut to = first.len_utf8();
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inner = matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
            && next.is_some_and(is_regular);
        let doubled = matches!(c, ':' | '/') && next == Some('/');
        if !(is_regular(c) || inner || doubled) {
            break;
        }
        to = offset + c.len_utf8();
    }
    Some((Span::new(at, at + to), at + to))
}

/// `{key}`, braces balanced, no white space.
fn braced_key(text: &str, open: usize, end: usize) -> Option<(Span, usize)> {
    // Longer than any address that a browser takes; keeps failed attempts short.
    const LONGEST: usize = 2048;
    let mut depth = 0usize;
    for (offset, c) in text[open..end].char_indices().take(LONGEST) {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    let key = Span::new(open + 1, open + offset);
                    return (!key.is_empty()).then_some((key, open + offset + 1));
                }
            }
            _ if c.is_whitespace() => return None,
            _ => {}
        }
    }
    None
}

/// Words and abbreviations that begin a locator, from CSL's list of locator types
/// and the short forms that Pandoc reads.
const LABELS: &[&str] = &[
    "act",
    "appendix",
    "app",
    "art",
    "article",
    "bk",
    "bks",
    "book",
    "books",
    "canon",
    "ch",
    "chap",
    "chaps",
    "chapter",
    "chapters",
    "col",
    "cols",
    "column",
    "columns",
    "elocation",
    "equation",
    "fig",
    "figs",
    "figure",
    "figures",
    "fol",
    "fols",
    "folio",
    "folios",
    "l",
    "ll",
    "line",
    "lines",
    "loc",
    "min",
    "minute",
    "minutes",
    "n",
    "nn",
    "note",
    "notes",
    "no",
    "nos",
    "number",
    "op",
    "opp",
    "opus",
    "p",
    "page",
    "pages",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "part",
    "parts",
    "pp",
    "pt",
    "pts",
    "rule",
    "rules",
    "scene",
    "sec",
    "secs",
    "section",
    "sections",
    "slide",
    "slides",
    "s.v",
    "sub",
    "supplement",
    "table",
    "tables",
    "timestamp",
    "title",
    "v",
    "verse",
    "verses",
    "vol",
    "vols",
    "volume",
    "volumes",
    "vv",
    "¶",
    "¶¶",
    "§",
    "§§",
    "s",
    "bl",
    "abs",
    "kap",
    "min",
    "seite",
];

/// The locator in what follows a key: `, p. 33`, ` {00:12:31}`, `, 17-19`.
pub(super) fn locator(text: &str, suffix: Span) -> Option<Span> {
    let source = suffix.of(text);
    let body = source.trim_start().trim_start_matches(',').trim_start();
    let from = suffix.start() + (source.len() - body.len());
    if let Some(inner) = body.strip_prefix('{') {
        let to = inner.find('}')?;
        return Some(Span::new(from + 1, from + 1 + to));
    }
    // Numbers with their labels, up to the last one before anything else is said.
    let mut to = None;
    let mut labelled = false;
    let mut rest = body;
    loop {
        let word = rest.find(|c: char| c.is_whitespace() || c == ',').map_or(rest, |end| &rest[..end]);
        let bare = word.trim_end_matches(['.', ':']);
        let glued = bare.find(|c: char| c.is_numeric()).map_or("", |digit| &bare[..digit]);
        if bare.starts_with(char::is_numeric)
            || is_label(glued.trim_end_matches('.'))
            || (labelled && is_roman(bare))
        {
            to = Some(body.len() - rest.len() + bare.len());
        } else if is_label(bare) {
            labelled = true;
        } else if to.is_none() || !(bare.is_empty() || CONNECTIVES.contains(&bare)) {
            break;
        }
        let after = rest[word.len()..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if after.is_empty() {
            break;
        }
        rest = after;
    }
    to.map(|to| Span::new(from, from + to))
}

/// What may stand between two numbers of a place.
const CONNECTIVES: &[&str] = &["-", "–", "—", "&", "and", "to", "f", "ff", "et", "und", "bis", "à"];

fn is_label(word: &str) -> bool {
    // No label is longer; spares hostile texts the copy.
    const LONGEST: usize = 16;
    word.len() <= LONGEST && LABELS.contains(&word.to_lowercase().as_str())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| b"ivxlcdmIVXLCDM".contains(&byte))
}

/// How many words of `item` are neither its key nor a place in the source. A suffix
/// that begins like a place is one, however long: who can tell where it ends?
pub(super) fn words_outside_locator(text: &str, item: &CitedItem) -> usize {
    let words =
        |part: &str| part.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let suffix = item.suffix.of(text).trim_start();
    let is_place = item.locator.is_some() || suffix.starts_with([',', '[', '{', '§', '¶']);
    words(item.prefix.of(text)) + if is_place { 0 } else { words(suffix) }
}

/// Finds addresses: an `@` in one begins no citation.
///
/// Remembers how far it has looked, so that a line of at signs is looked at once.
#[derive(Default)]
pub(super) struct Addresses {
    looked_to: usize,
    /// Whether the word that `looked_to` stands in is an address so far.
    inside: bool,
}

impl Addresses {
    /// Whether the `@` at `at` can begin a citation: not in a word, an e-mail address
    /// or a URL. `from` is where the block begins.
    pub(super) fn at_sign_is_free(&mut self, text: &str, from: usize, at: usize) -> bool {
        let start = from.max(self.looked_to);
        if start == from {
            self.inside = false;
        }
        let fresh = &text[start..at];
        let ends_word = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<');
        let word = match fresh.rfind(ends_word) {
            Some(space) => {
                self.inside = false;
                &fresh[space..]
            }
            None => fresh,
        };
        self.inside |= word.contains("://") || word.contains("www.") || word.contains("mailto:");
        self.looked_to = at;
        let in_word = text[from..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        !(in_word || self.inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_ends_with_its_last_number() {
        for (suffix, expected) in [
            ("", None),
            (", p. 33", Some("p. 33")),
            (" p.33", Some("p.33")),
            (", pp. 33-35, 37 and 40, on the road", Some("pp. 33-35, 37 and 40")),
            (", pp. 33 to 35 and the rest", Some("pp. 33 to 35")),
            (", 17-19", Some("17-19")),
            (" {00:12:31}", Some("00:12:31")),
            (", {p. 3} and more", Some("p. 3")),
            (", ch. iv, §3", Some("ch. iv, §3")),
            (", chapter XII.", Some("chapter XII")),
            (" no one knows why he said so", None),
            (", see p. 3", None),
            (" I think", None),
            (", p.", None),
            (", S. 12 f.", Some("S. 12")),
        ] {
            let found = locator(suffix, Span::new(0, suffix.len()));
            assert_eq!(found.map(|span| span.of(suffix)), expected, "{suffix:?}");
        }
    }
}
