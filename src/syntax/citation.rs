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
    let first = body.split_whitespace().next()?;
    let label = first.trim_end_matches(['.', ':']).trim_end_matches(|c: char| c.is_ascii_digit());
    let is_label = LABELS.contains(&label.to_lowercase().as_str()) && first.len() < body.trim_end().len();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_numeric());
    if !(is_label || is_number(first) || (label.len() < first.len() && LABELS.contains(&label))) {
        return None;
    }
    // The locator goes on over commas as long as numbers or labels follow them.
    let mut to = 0;
    for (index, part) in body.split(',').enumerate() {
        let word = part.split_whitespace().next().unwrap_or("");
        let goes_on = index == 0 || is_number(word) || LABELS.contains(&word.trim_end_matches('.'));
        if !goes_on {
            break;
        }
        to += part.len() + usize::from(index > 0);
    }
    // Words after the last number are prose, not a place in the source.
    let located = &body[..to];
    let last_number = located.rfind(|c: char| c.is_numeric() || matches!(c, 'i' | 'v' | 'x' | 'l'))?;
    let cut = located[last_number..].find(char::is_whitespace).map_or(to, |space| last_number + space);
    Some(Span::new(from, from + located[..cut].trim_end().len()))
}

/// How many words of `item` are neither its key nor a place in the source. A suffix
/// that begins like a place is one, however long: who can tell where it ends?
pub(super) fn words_outside_locator(text: &str, item: &CitedItem) -> usize {
    let words =
        |part: &str| part.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let suffix = item.suffix.of(text).trim_start();
    let label = suffix.find(|c: char| !c.is_alphabetic()).map_or(suffix, |to| &suffix[..to]);
    let after = suffix[label.len()..].trim_start_matches('.').trim_start();
    let number = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    // "no. 3" is a place, "no one knows" is none.
    let is_number = number.starts_with(char::is_numeric)
        || (!number.is_empty() && number.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte)));
    let is_place = suffix.starts_with(|c: char| c.is_numeric() || matches!(c, ',' | '[' | '{' | '§' | '¶'))
        || (is_number && LABELS.contains(&label.to_lowercase().as_str()));
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
