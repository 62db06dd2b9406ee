//! What of a claim's words is quoted, and what of that was really said.

use std::ops::Range;

use crate::text::Wording;

use super::sentence::{quotations, sentences};

/// The stretches of `text`, the clean text of a quote, that are given as somebody's words,
/// sentence by sentence: what stands between quotation marks, or all of it where there are
/// none. Nothing where a mark has no partner, so that nobody knows where the words end.
#[must_use]
pub fn quoted_stretches(text: &str, lang: &str) -> Vec<Range<usize>> {
    let double = quotations(text);
    let between: Vec<Range<usize>> = if !double.is_empty() {
        double.into_iter().map(|quotation| quotation.inner).collect()
    } else if text.contains(is_double) {
        return Vec::new();
    } else {
        // Without any mark, all of it.
        single(text).unwrap_or_else(|| std::iter::once(0..text.len()).collect())
    };
    let mut found = Vec::new();
    for part in between {
        for sentence in sentences(&text[part.clone()], lang) {
            let words = &text[part.start + sentence.start..part.start + sentence.end];
            let start = part.start + sentence.start + (words.len() - words.trim_start().len());
            let end = start + words.trim().len();
            if start < end {
                found.push(start..end);
            }
        }
    }
    found
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '\u{FF02}')
}

/// What stands between single marks, which look like apostrophes: from one that opens to the
/// last before the next that might close. `None` where none opens.
fn single(text: &str) -> Option<Vec<Range<usize>>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Where the words after the last mark that opened begin, and the last that might close it.
    let mut open: Option<(usize, Option<usize>)> = None;
    let mut any = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›') {
            let opens = !before.is_alphanumeric() && after.is_alphanumeric() && c != '’';
            if opens {
                any = true;
                found.extend(open.and_then(|(start, end)| Some(start..end?)));
                open = Some((at + c.len_utf8(), None));
            } else if !before.is_whitespace()
                && !after.is_alphanumeric()
                && let Some((_, end)) = &mut open
            {
                *end = Some(at);
            }
        }
        before = c;
    }
    found.extend(open.and_then(|(start, end)| Some(start..end?)));
    any.then_some(found)
}

/// The pieces of quoted words between what the writer left out, `…`, `...`, `[…]`, and put in,
/// `[the minister]`, `(the minister)`. A capital in brackets, `[W]e`, is of the word that it
/// begins.
fn pieces(words: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let end = match c {
            '…' => at + c.len_utf8(),
            '.' => match dots(&words[at..]) {
                Some(length) => at + length,
                None => {
                    at += 1;
                    continue;
                }
            },
            '[' | '(' => match words[at..].find(if c == '[' { ']' } else { ')' }) {
                Some(length) => at + length + 1,
                None => {
                    at += 1;
                    continue;
                }
            },
            c => {
                at += c.len_utf8();
                continue;
            }
        };
        let is_insertion = matches!(c, '[' | '(');
        let is_capital = is_insertion
            && words[at + 1..end - 1].chars().count() == 1
            && words[end..].starts_with(char::is_alphanumeric);
        if is_capital {
            at = end;
            continue;
        }
        // What is put in may end or begin a word, "want[ed]": then the word is not theirs.
        let (from, to) = match is_insertion {
            true => (word_start(words, at), word_end(words, end)),
            false => (at, end),
        };
        found.push(&words[start..from.max(start)]);
        start = to;
        at = to;
    }
    found.push(&words[start..]);
    found.retain(|piece| piece.contains(char::is_alphanumeric));
    found
}

/// Whether something was left out of the words or put into them.
#[must_use]
pub fn is_cut(words: &str) -> bool {
    words.contains('…')
        || words.contains('[')
        || words.contains('(')
        || words.contains("..")
        || words.contains(". .")
}

/// The length of three dots or more, with spaces between them or not.
fn dots(text: &str) -> Option<usize> {
    let (mut count, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '.' => (count, end) = (count + 1, at + 1),
            ' ' | '\u{a0}' => {}
            _ => break,
        }
    }
    (count >= 3).then_some(end)
}

fn word_start(words: &str, at: usize) -> usize {
    let before = words[..at].trim_end_matches(char::is_alphanumeric);
    before.len()
}

fn word_end(words: &str, at: usize) -> usize {
    at + (words[at..].len() - words[at..].trim_start_matches(char::is_alphanumeric).len())
}

/// The pieces of quoted words, one after the other, each with its text: what stands between
/// what the writer left out and put in. A capital in brackets is a letter.
#[must_use]
pub fn wordings(words: &str) -> Vec<(String, Wording)> {
    let bare = |piece: &str| piece.replace(['[', ']', '(', ')'], "");
    let pieces = pieces(words).into_iter().map(bare);
    pieces.map(|piece| (piece.clone(), Wording::new(&piece))).collect()
}

/// Other words for quoted ones, as they are put into an article in their place: with the
/// punctuation around those, their first letter as large, and nothing that is markup there.
#[must_use]
pub fn in_its_place(old: &str, new: &str) -> String {
    let is_letter = |c: char| c.is_alphanumeric();
    let lead = old.find(is_letter).unwrap_or(old.len());
    let tail =
        old.rfind(is_letter).map_or(old.len(), |at| at + old[at..].chars().next().map_or(0, char::len_utf8));
    let new = new.trim_matches(|c: char| !is_letter(c));
    let mut out = old[..lead].to_owned();
    let mut chars = new.chars();
    if let (Some(was), Some(first)) = (old[lead..].chars().next(), chars.next()) {
        match () {
            () if was.is_uppercase() => out.extend(first.to_uppercase()),
            // A name stays one; only what begins a sentence there does not begin one here.
            () if first.is_uppercase() && is_same_word(&old[lead..], new) => out.extend(first.to_lowercase()),
            () => out.push(first),
        }
    }
    for c in chars {
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' => out.push('\''),
            '\\' | '[' | ']' | '{' | '}' | '@' | '*' | '_' | '<' | '`' | '$' | '~' | '^' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.push_str(&old[tail..]);
    out
}

fn is_same_word(one: &str, other: &str) -> bool {
    let first = |text: &str| Wording::new(text.split_whitespace().next().unwrap_or_default());
    first(one).letters() == first(other).letters()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quoted_stretches(text, "en").into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_is_quoted_stands_between_marks() {
        assert_eq!(quoted("The zone \"makes hostages\" of us"), ["makes hostages"]);
        assert_eq!(
            quoted("“We saw no lorries. That is what we saw.”"),
            ["We saw no lorries.", "That is what we saw."]
        );
        assert_eq!(quoted("Level at noon 412.0. Gates shut."), ["Level at noon 412.0.", "Gates shut."]);
        assert_eq!(quoted("It \"was\" and \"will be\""), ["was", "will be"]);
        assert_eq!(quoted("He said \"we go"), Vec::<&str>::new(), "nobody knows where it ends");
        assert_eq!(quoted("The drivers' camp 'is no one's home', he said"), ["is no one's home"]);
        assert_eq!(
            quoted("‘We’re the drivers’ friends,’ it ‘said’"),
            ["We’re the drivers’ friends,", "said"]
        );
        assert_eq!(quoted("We're the drivers' friends"), ["We're the drivers' friends"]);
        assert_eq!(quoted("He said ’tis so"), ["He said ’tis so"]);
        assert_eq!(quoted(""), Vec::<&str>::new());
    }

    #[test]
    fn what_was_left_out_or_put_in_parts_the_pieces() {
        for (words, expected) in [
            ("we go … and stay", &["we go ", " and stay"][..]),
            ("we go ... and stay", &["we go ", " and stay"]),
            ("we go . . . and", &["we go ", " and"]),
            ("we […] stay", &["we ", " stay"]),
            ("we [...] stay", &["we ", " stay"]),
            ("said [the minister] would", &["said ", " would"]),
            ("said (the minister) would", &["said ", " would"]),
            ("we want[ed] it", &["we ", " it"]),
            ("[W]e go", &["[W]e go"]),
            ("[They] go", &[" go"]),
            ("1.5 km. It is", &["1.5 km. It is"]),
            ("a [b", &["a [b"]),
            ("…", &[]),
        ] {
            assert_eq!(pieces(words), expected, "{words}");
        }
        assert_eq!(wordings("[W]e go")[0].1.letters(), "wego");
    }

    #[test]
    fn other_words_take_the_place_of_quoted_ones() {
        for (old, new, expected) in [
            ("nobody is held,", "Nobody is still held.", "nobody is still held,"),
            ("Nobody is held.", "nobody is \"still\" held", "Nobody is 'still' held."),
            ("we met her", "Anna met her", "Anna met her"),
            ("… it is so", "It was *so* [all] day", "… it was \\*so\\* \\[all\\] day"),
        ] {
            assert_eq!(in_its_place(old, new), expected);
        }
    }

    #[test]
    fn nothing_fails() {
        for words in ["[]", "()", "[", "]", "[…", "a[]b", "[é]à", "....", ". . ", "[a]…[b](c"] {
            let _ = (pieces(words), wordings(words), quoted(words));
            let _ = (in_its_place(words, "A"), in_its_place("A", words));
        }
    }
}
