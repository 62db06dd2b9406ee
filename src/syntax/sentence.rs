//! Sentences, quotations and words in clean prose: the text of one block, without
//! markup.
//!
//! Sentences are those of UAX #29, with what that leaves to the language: full stops
//! of abbreviations and German ordinals end nothing, nor does what stands between
//! quotation marks end the sentence around them. Two rules of the standard are left
//! out. A line end is white space, because Markdown breaks lines anywhere. And a full
//! stop before a number may end a sentence: the standard looks past the number for a
//! small letter, and "over. 28 people" would be one sentence.
//!
//! All of it in one pass from the front, looking at each byte a bounded number of
//! times; no table is asked about text between the marks that could end something.

mod quotes;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use quotes::{Mark, Role};
use words::Words;

/// Whether `word` is one that, with a capital, begins sentences of the language `lang` (a BCP
/// 47 tag), as far as its words are known.
#[must_use]
pub fn is_starter(word: &str, lang: &str) -> bool {
    words::of(lang).starters.binary_search(&word).is_ok()
}

/// The sentences of `text`, written in the language `lang` (a BCP 47 tag), each with
/// the white space after it: together they are the whole text, in order.
///
/// A sentence end inside an open quotation does not end the sentence around it:
/// `"It is over. We go," he said.` is one sentence. `"It is over." The crowd left.`
/// is two, because what follows the closing mark begins like a sentence.
#[must_use]
pub fn sentences(text: &str, lang: &str) -> Vec<Range<usize>> {
    let words = words::of(lang);
    let marks = quotes::marks(text);
    let mut quoted = Quoted { marks: &marks, next: 0, depth: 0 };
    let mut found = Vec::with_capacity(text.len() / 128 + 1);
    let (mut start, mut at) = (0, 0);
    let ascii = text.is_ascii();
    while let Some(terminator) = next_terminator(text, at, ascii) {
        let run = Run::read(text, terminator, &mut quoted);
        at = run.end;
        if run.end < text.len() && quoted.depth == 0 && ends_sentence(text, start, &run, words) {
            found.push(start..run.end);
            start = run.end;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// Words between double quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With the marks.
    pub outer: Range<usize>,
    /// Without them.
    pub inner: Range<usize>,
}

/// The stretches between double quotation marks of any national style, in order. A
/// quotation in a quotation is not listed, and a mark without its partner is none.
#[must_use]
pub fn quotations(text: &str) -> Vec<Quotation> {
    let marks = quotes::marks(text);
    let mut found: Vec<Quotation> = Vec::with_capacity(marks.len() / 2);
    for mark in &marks {
        let inside = found.last().is_some_and(|last| mark.at < last.outer.end);
        if let Role::Opens(closer) = mark.role
            && !inside
            && mark.is_double()
        {
            let closer = marks[closer];
            found.push(Quotation { outer: mark.at..closer.end, inner: mark.end..closer.at });
        }
    }
    found
}

/// How many words a text has, by UAX #29: `don't` is one, `1,500` is one, an ideograph
/// is one.
#[must_use]
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// The quotation marks of a text, walked along with it.
struct Quoted<'a> {
    marks: &'a [Mark],
    /// The first mark that was not passed.
    next: usize,
    /// How many quotations are open there.
    depth: usize,
}

impl Quoted<'_> {
    fn advance_to(&mut self, at: usize) {
        while self.marks.get(self.next).is_some_and(|mark| mark.at < at) {
            self.pass();
        }
    }

    /// The mark at that place, if the next one is there.
    fn mark_at(&self, at: usize) -> Option<Mark> {
        self.marks.get(self.next).copied().filter(|mark| mark.at == at)
    }

    fn pass(&mut self) {
        match self.marks.get(self.next).map(|mark| mark.role) {
            Some(Role::Opens(_)) => self.depth += 1,
            Some(Role::Closes) => self.depth = self.depth.saturating_sub(1),
            Some(Role::Stray) | None => {}
        }
        self.next += 1;
    }
}

/// Marks that may end a sentence, with the closing marks and the white space after.
struct Run {
    /// The first of the marks.
    start: usize,
    /// Where what follows it begins.
    end: usize,
    /// How many full stops or ellipses there are among them.
    stops: usize,
    /// Whether another mark than a full stop or an ellipsis is among them.
    firm: bool,
    /// Whether a mark is among them after which scripts leave no space, as `。`.
    wide: bool,
    /// Whether a quotation ends with it.
    unquotes: bool,
    /// Whether it has closing marks, of quotations or others.
    closes: bool,
    /// Whether white space stands at its end.
    spaced: bool,
}

impl Run {
    fn read(text: &str, start: usize, quoted: &mut Quoted) -> Run {
        quoted.advance_to(start);
        let mut run = Run {
            start,
            end: start,
            stops: 0,
            firm: false,
            wide: false,
            unquotes: false,
            closes: false,
            spaced: false,
        };
        while let Some(c) = text[run.end..].chars().next() {
            if let Some(mark) = quoted.mark_at(run.end) {
                // A stray mark right behind belongs to what it stands at.
                match mark.role {
                    Role::Opens(_) => break,
                    Role::Stray if run.spaced => break,
                    Role::Stray => {}
                    Role::Closes => run.unquotes = true,
                }
                quoted.pass();
                run.closes = true;
                run.spaced = false;
            } else if c.is_whitespace() {
                run.spaced = true;
            } else if let Some(kind) = terminator(c) {
                match kind {
                    Terminator::Stop => run.stops += 1,
                    Terminator::Ellipsis => run.stops += 3,
                    Terminator::Firm => run.firm = true,
                    Terminator::Wide => run.wide = true,
                }
                run.spaced = false;
            } else if !run.spaced && matches!(c, ')' | ']' | '}' | '\'' | '’' | '）' | '】' | '》' | '〉')
            {
                run.closes = true;
            } else {
                break;
            }
            run.end += c.len_utf8();
        }
        run
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Terminator {
    Stop,
    Ellipsis,
    Firm,
    Wide,
}

fn terminator(c: char) -> Option<Terminator> {
    Some(match c {
        '.' | '\u{FF0E}' | '\u{2024}' | '\u{FE52}' => Terminator::Stop,
        '…' => Terminator::Ellipsis,
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' => Terminator::Firm,
        // Armenian, Arabic, Urdu, Syriac; the dandas of India; Burmese, Ethiopic,
        // Khmer; Chinese and Japanese, wide and halfwidth.
        '։'
        | '؟'
        | '؞'
        | '۔'
        | '܀'..='܂'
        | '।'
        | '॥'
        | '၊'
        | '။'
        | '።'
        | '፧'
        | '፨'
        | '។'
        | '៕'
        | '。'
        | '｡'
        | '！'
        | '？' => Terminator::Wide,
        _ => return None,
    })
}

/// Where the next mark stands that may end a sentence.
fn next_terminator(text: &str, from: usize, ascii: bool) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    if ascii {
        return memchr::memchr3(b'.', b'!', b'?', rest).map(|at| from + at);
    }
    rest.iter().enumerate().find_map(|(at, &byte)| {
        let at = from + at;
        match byte {
            b'.' | b'!' | b'?' => Some(at),
            // The first bytes of the marks in `terminator`.
            0xD6 | 0xD8 | 0xDB | 0xDC | 0xE0..=0xE3 | 0xEF => {
                text[at..].chars().next().and_then(terminator).map(|_| at)
            }
            _ => None,
        }
    })
}

/// Whether the sentence that began at `start` ends with the run, something following.
fn ends_sentence(text: &str, start: usize, run: &Run, words: &Words) -> bool {
    let next = Next::after(text, run.end);
    match next.first {
        // Commas and dashes carry a sentence on; so does a small letter.
        Some(c) if c.is_lowercase() => return false,
        _ if next.continues => return false,
        _ => {}
    }
    if run.wide {
        return true;
    }
    if !run.spaced {
        return false;
    }
    if run.firm || run.closes {
        return run.unquotes || run.firm || run.stops != 1 || !is_numbering(&text[start..run.start]);
    }
    let before = &text[start..run.start];
    if run.stops > 1 {
        // "He left… Then" is an end; "He said … Then" leaves words out.
        return !before.ends_with(char::is_whitespace);
    }
    !is_abbreviation(before, &next, words)
}

/// What stands after a possible end.
struct Next<'a> {
    /// The first letter or digit.
    first: Option<char>,
    /// The word that it begins.
    word: &'a str,
    /// Whether a mark stands before it that carries a sentence on.
    continues: bool,
}

impl<'a> Next<'a> {
    fn after(text: &'a str, at: usize) -> Next<'a> {
        let rest = &text[at..];
        let continues = matches!(
            rest.chars().next(),
            Some(
                ',' | ';'
                    | ':'
                    | '-'
                    | '–'
                    | '—'
                    | '/'
                    | '、'
                    | '，'
                    | '：'
                    | '；'
                    | '،'
                    | '؛'
                    | ')'
                    | ']'
                    | '}'
            )
        );
        // Marks that open something, and no further than the next possible end, which
        // looks at what follows it in its turn.
        let skipped = |c: char| !c.is_alphanumeric() && terminator(c).is_none();
        let word = rest.trim_start_matches(skipped);
        let first = word.chars().next().filter(|c| c.is_alphanumeric());
        // No abbreviation is as long as that.
        let word = match word.char_indices().take(24).find(|(_, c)| !c.is_alphabetic()) {
            Some((end, _)) => &word[..end],
            None => word,
        };
        Next { first, word, continues }
    }
}

/// Whether the full stop after `before` is that of an abbreviation, an initial or an
/// ordinal number, and does not end the sentence, which goes on with a capital, a
/// digit or a letter without case.
fn is_abbreviation(before: &str, next: &Next, words: &Words) -> bool {
    let has = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    let token = last_token(before);
    if token.is_empty() {
        // A full stop on its own, or after something closed: an end.
        return false;
    }
    let starter_follows = || has(words.starters, next.word);
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_ordinal = words.dotted_ordinals && token.len() <= 3 && !starter_follows();
        return is_ordinal || is_numbering(before);
    }
    // Most sentences end with a word that is longer than what anybody abbreviates to.
    let is_short = token.len() <= words::LONGEST;
    if is_short && has(words.never_last, token) {
        return true;
    }
    if is_short && has(words.before_numbers, token) && next.first.is_some_and(char::is_numeric) {
        return true;
    }
    if is_short && has(words.often_last, token) {
        return has(words.followers, next.word);
    }
    let seldom_ends = is_short && has(words.seldom_last, token)
        || is_initials(token)
        || words.seldom_last_ends.iter().any(|end| token.ends_with(end))
        || words.dotted_ordinals && token.bytes().all(|byte| b"IVXL".contains(&byte));
    seldom_ends && !starter_follows()
}

/// The letters, digits and full stops at the end of a text; nothing where they are
/// more than any abbreviation has.
fn last_token(text: &str) -> &str {
    const LONGEST: usize = 16;
    let mut start = text.len();
    for (length, (at, c)) in text.char_indices().rev().enumerate() {
        if !(c.is_alphanumeric() || c == '.') {
            break;
        }
        if length == LONGEST {
            return "";
        }
        start = at;
    }
    text[start..].trim_start_matches('.')
}

/// Whether it is one capital, or single letters with full stops between them.
fn is_initials(token: &str) -> bool {
    let mut letters = 0;
    for part in token.split('.') {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    letters > 1 || token.chars().all(char::is_uppercase)
}

/// Whether a sentence would have nothing but a number: `28. July saw it`.
fn is_numbering(sentence: &str) -> bool {
    // White space before the number, however much, is not looked at again and again.
    const LONGEST: usize = 32;
    let digits = if sentence.len() <= LONGEST { sentence.trim() } else { return false };
    (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
