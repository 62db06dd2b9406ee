//! The marks of footnotes in a stored text: `word[1]`, `word[^2]`, `word[a]`, `word¹`.
//!
//! Whoever quotes the text leaves them out.

use memchr::memchr_iter;

/// What may stand in brackets behind a word: the number of a footnote, or its one letter.
const MOST_DIGITS: usize = 3;

/// Short words that a small figure behind them is a part of.
const UNITS: &[&str] = &["m", "km", "cm", "mm", "dm", "ft", "mi", "in", "yd", "s", "x", "R", "CO", "H"];

/// `text` with the marks of footnotes made of characters that nobody sees, byte for byte.
pub(super) fn hidden(text: String) -> String {
    let marks = in_brackets(&text).chain(raised(&text));
    let mut marks: Vec<(usize, usize)> = marks.collect();
    if marks.is_empty() {
        return text;
    }
    marks.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in marks {
        if start < done {
            continue;
        }
        out.push_str(&text[done..start]);
        // A soft hyphen has two bytes, a space without width three.
        let length = end - start;
        let (threes, twos) = if length % 2 == 0 { (0, length / 2) } else { (1, (length - 3) / 2) };
        out.extend(std::iter::repeat_n('\u{AD}', twos));
        out.extend(std::iter::repeat_n('\u{200B}', threes));
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

/// Whether words in brackets, or raised, are the mark of a footnote.
pub(super) fn is_mark(words: &str) -> bool {
    let words = words.strip_prefix('^').unwrap_or(words);
    let is_number =
        (1..=MOST_DIGITS).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = words.len() == 1 && words.bytes().all(|byte| byte.is_ascii_lowercase());
    is_number || is_letter
}

/// Whether a mark may stand behind these words: right behind one, or its punctuation.
pub(super) fn may_follow(before: &str) -> bool {
    let last = before.trim_end_matches([']', '\u{AD}', '\u{200B}']).chars().next_back();
    last.is_some_and(|c| !c.is_whitespace() && !matches!(c, '[' | '(' | '{' | '/' | '=' | '-'))
}

/// Whether a small figure behind these words is a part of them: "km²", "10³".
pub(super) fn is_power(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.ends_with(|c: char| c.is_ascii_digit()) || UNITS.contains(&word)
}

fn in_brackets(text: &str) -> impl Iterator<Item = (usize, usize)> {
    memchr_iter(b'[', text.as_bytes()).filter_map(|open| {
        let within = text.as_bytes().get(open + 1..)?;
        // With the sign before the digits, and the bracket after them.
        let close = within.iter().take(MOST_DIGITS + 2).position(|byte| *byte == b']')?;
        let words = text.get(open + 1..open + 1 + close)?;
        // `[W]e` is the beginning of a word.
        let end = open + close + 2;
        let goes_on = text[end..].starts_with(char::is_alphanumeric);
        (is_mark(words) && may_follow(&text[..open]) && !goes_on).then_some((open, end))
    })
}

fn raised(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let mut done = 0;
    // The first bytes of these characters.
    let starts = memchr::memchr2_iter(0xC2, 0xE2, text.as_bytes());
    starts.filter_map(move |at| {
        if at < done || !text[at..].starts_with(is_raised) {
            return None;
        }
        let end = at + (text[at..].len() - text[at..].trim_start_matches(is_raised).len());
        done = end;
        (may_follow(&text[..at]) && !is_power(&text[..at])).then_some((at, end))
    })
}
