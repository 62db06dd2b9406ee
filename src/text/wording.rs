//! The words of a text as quotations are compared by.
//!
//! A quotation passes through many hands that may change how it looks and nothing of what
//! it says: typographic marks, dashes, spaces, line ends, capitals, the way in which a word
//! is divided. So texts are compared by their letters and digits alone, one word after the
//! other: case folded, NFC, without anything between them. Where a word begins is known, so
//! that what is found is made of whole words.

use caseless::Caseless;
use rustc_hash::FxHasher;
use smallvec::SmallVec;
use std::hash::Hasher;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Span;

/// How many words in a row make a shingle, by which texts with words in common are found.
pub const SHINGLE: usize = 3;

/// How many shingles a text is looked up by at most: of two texts of twenty words that
/// differ in two, each keeps one that the other keeps, too, in ninety-nine cases of a hundred.
pub const MOST_SHINGLES: usize = 8;

/// A text taken apart into words.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    letters: String,
    words: Vec<Word>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    /// Where its letters begin.
    letters: u32,
    /// Where it stands in the text.
    text: Span,
}

impl Wording {
    /// The words of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut wording = Wording { letters: String::with_capacity(text.len()), words: Vec::new() };
        let mut at = 0;
        while let Some((start, end)) = next_word(text, at) {
            wording.push(&text[start..end], Span::new(start, end));
            at = end;
        }
        wording
    }

    fn push(&mut self, word: &str, span: Span) {
        let before = self.letters.len();
        push_letters(word, &mut self.letters);
        if self.letters.len() == before {
            return;
        }
        self.words.push(Word { letters: before as u32, text: span });
        if let Some((stem, rest, cut)) = taken_apart(&self.letters[before..]) {
            // Both words stand in the one that is written.
            let written = match cut {
                Cut::Letters(count) => span.end() - count,
                Cut::Apostrophe(before) => {
                    let at = word.rfind(is_apostrophe).unwrap_or(word.len());
                    span.start() + at.saturating_sub(before)
                }
            };
            self.letters.truncate(before);
            self.letters.push_str(&stem);
            self.words.pop();
            self.words.push(Word { letters: before as u32, text: Span::new(span.start(), written) });
            self.words
                .push(Word { letters: self.letters.len() as u32, text: Span::new(written, span.end()) });
            self.letters.push_str(rest);
        }
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All letters, with nothing between the words.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Where the letters of a word begin; of the one after the last, where they all end.
    #[must_use]
    pub fn start_of(&self, word: usize) -> usize {
        self.words.get(word).map_or(self.letters.len(), |word| word.letters as usize)
    }

    /// The letters of some words.
    #[must_use]
    pub fn letters_of(&self, words: Range<usize>) -> &str {
        &self.letters[self.start_of(words.start)..self.start_of(words.end)]
    }

    /// The letters of one word.
    #[must_use]
    pub fn word(&self, number: usize) -> &str {
        self.letters_of(number..number + 1)
    }

    /// The word that begins with the letter at that offset; one past the last for the end of
    /// the letters. `None` inside a word.
    #[must_use]
    pub fn word_at(&self, letter: usize) -> Option<usize> {
        if letter == self.letters.len() {
            return Some(self.words.len());
        }
        self.words.binary_search_by_key(&(letter as u32), |word| word.letters).ok()
    }

    /// Where a word stands in the text.
    #[must_use]
    pub fn span(&self, word: usize) -> Span {
        self.words.get(word).map_or(Span::default(), |word| word.text)
    }

    /// What tells it from other texts. Texts of the same words have the same.
    #[must_use]
    pub fn key(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for word in 0..self.len() {
            hasher.write(self.word(word).as_bytes());
            hasher.write_u8(b' ');
        }
        // The lowest bits of this hash are poor, and tables look at them.
        let hash = hasher.finish();
        hash ^ hash >> 32
    }

    /// Some of its shingles, as hashes: those with the lowest, so that texts with many in
    /// common keep the same.
    #[must_use]
    pub fn shingles(&self) -> SmallVec<[u32; MOST_SHINGLES]> {
        let mut lowest: SmallVec<[u32; MOST_SHINGLES]> = SmallVec::new();
        for first in 0..(self.len() + 1).saturating_sub(SHINGLE) {
            let hash = hash(self.letters_of(first..first + SHINGLE).as_bytes());
            let at = match lowest.binary_search(&hash) {
                Err(at) if at < MOST_SHINGLES => at,
                _ => continue,
            };
            lowest.truncate(MOST_SHINGLES - 1);
            lowest.insert(at, hash);
        }
        lowest
    }
}

/// Where a word that is two was cut.
enum Cut {
    /// So many letters before its end.
    Letters(usize),
    /// So many before its apostrophe.
    Apostrophe(usize),
}

/// The two words that a short form of English stands for: "don't" is "do not". Who writes down
/// what was said may write either.
fn taken_apart(letters: &str) -> Option<(String, &'static str, Cut)> {
    if letters == "cannot" {
        return Some(("can".to_owned(), "not", Cut::Letters(3)));
    }
    let apostrophe = letters.rfind('\'').filter(|at| *at > 0)?;
    if let Some(stem) = letters.strip_suffix("n't").filter(|stem| !stem.is_empty()) {
        let stem = match stem {
            "wo" => "will",
            "ca" => "can",
            "sha" => "shall",
            stem => stem,
        };
        return Some((stem.to_owned(), "not", Cut::Apostrophe(1)));
    }
    let rest = match &letters[apostrophe + 1..] {
        "re" => "are",
        "ll" => "will",
        "ve" => "have",
        "m" => "am",
        _ => return None,
    };
    Some((letters[..apostrophe].to_owned(), rest, Cut::Apostrophe(0)))
}

/// A hash of bytes, as good in its upper bits as in its lower.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    (hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

/// The next word at or after `at`, from where to where.
fn next_word(text: &str, at: usize) -> Option<(usize, usize)> {
    let start = at + text[at..].char_indices().find(|(_, c)| is_letter(*c))?.0;
    let mut last = ' ';
    let mut end = start;
    for (offset, c) in text[start..].char_indices() {
        let goes_on = offset == 0
            || is_within(c)
            || is_letter(c) && !is_word(c) && !is_word(last) && last != '%' && c != '%'
            // Parts of one word or number, if there is more of it.
            || joins(last, c, text[start + offset + c.len_utf8()..].chars().next());
        if !goes_on {
            break;
        }
        if !is_within(c) {
            last = c;
        }
        end = start + offset + c.len_utf8();
    }
    Some((start, end))
}

/// Whether words are made of it.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '%'
}

/// What is part of the word before it, whatever that is: accents, and what nobody sees.
fn is_within(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || is_unseen(c))
}

/// Whether nobody sees it: soft hyphens and joiners.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether it is a word of its own: scripts that write no spaces between words.
fn is_word(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a mark between two characters makes one word of them: "don't", "1,500", "1.5".
fn joins(before: char, mark: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    match mark {
        ',' | '.' => before.is_numeric() && after.is_numeric(),
        _ => is_apostrophe(mark) && before.is_alphanumeric() && after.is_alphanumeric(),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' | '\u{B4}' | '`' | '\u{FF07}')
}

fn push_letters(word: &str, out: &mut String) {
    if word.is_ascii() {
        for (at, byte) in word.bytes().enumerate() {
            match byte {
                b'%' => out.push_str("percent"),
                b'`' => out.push('\''),
                // "1,500" is "1500"; in "1,5" the comma means something.
                b',' if is_thousand(&word.as_bytes()[at + 1..]) => {}
                _ => out.push(byte.to_ascii_lowercase() as char),
            }
        }
        return;
    }
    let seen = word.chars().filter(|c| !is_unseen(*c));
    let plain = seen.map(|c| if is_apostrophe(c) { '\'' } else { c });
    out.extend(plain.nfd().default_case_fold().nfc());
}

fn is_thousand(after: &[u8]) -> bool {
    let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let wording = Wording::new(text);
        (0..wording.len()).map(|number| wording.word(number).to_owned()).collect()
    }

    #[test]
    fn what_looks_otherwise_is_the_same() {
        for (one, other) in [
            ("We won't go — not now.", "we won’t go, not now"),
            ("a long-term plan", "a long term plan"),
            ("we don't, we can’t, we'll, I'm", "We do not; we cannot. We will. I am"),
            ("you can not", "you cannot"),
            ("contin-\nued", "continued"),
            ("con\u{AD}tinued", "continued"),
            ("1,500 people", "1500 people"),
            ("1\u{202F}500 people", "1,500 people"),
            ("55% of them", "55 per cent of them"),
            ("Ame\u{301}lie ÉTAIT là", "Amélie était là"),
            ("the ﬁrst", "the first"),
            ("« Non », dit-il", "\"Non\", dit-il"),
            ("今日は、良い", "今日は良い"),
        ] {
            assert_eq!(Wording::new(one).letters(), Wording::new(other).letters(), "{one}");
        }
        assert_eq!(Wording::new("We won't go").key(), Wording::new("we won’t: go…").key());
        for (one, other) in [("1.5", "15"), ("1,5", "15"), ("we're", "were"), ("not now", "now")] {
            assert_ne!(Wording::new(one).letters(), Wording::new(other).letters(), "{one}");
        }
    }

    #[test]
    fn words_are_told_apart() {
        assert_eq!(words("“We won’t go,” 1.5 km 1,500!"), ["we", "will", "not", "go", "1.5", "km", "1500"]);
        assert_eq!(words("今日は"), ["今", "日", "は"]);
        assert_eq!(words("'tis the drivers' 5%."), ["tis", "the", "drivers", "5", "percent"]);
        assert_eq!(words("… – \" "), Vec::<String>::new());
    }

    #[test]
    fn near_texts_share_shingles() {
        let one = Wording::new("from now on nobody is held in the camp at the end of the road").shingles();
        let other =
            Wording::new("from now on nobody is still held in the camp at the end of the road").shingles();
        assert!(one.iter().filter(|hash| other.contains(hash)).count() >= 3);
        assert!(Wording::new("two words").shingles().is_empty());
    }

    proptest! {
        #[test]
        fn normal_forms_and_case_do_not_matter(text in "[ -~\u{A1}-\u{586}\u{2010}-\u{2040}]{0,60}") {
            let apart: String = text.nfd().collect();
            let (one, other) = (Wording::new(&text), Wording::new(&apart));
            prop_assert_eq!(one.letters(), other.letters());
        }

        #[test]
        fn words_cover_the_letters_in_order(text in any::<String>()) {
            let wording = Wording::new(&text);
            let mut end = 0;
            for number in 0..wording.len() {
                let span = wording.span(number);
                prop_assert!(span.start() >= end && !wording.word(number).is_empty());
                prop_assert_eq!(wording.word_at(wording.start_of(number)), Some(number));
                end = span.end();
            }
            prop_assert!(end <= text.len());
        }
    }
}
