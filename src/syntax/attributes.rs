//! `{#id .class key=value}`: reading attribute blocks as Pandoc does.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

use super::tree::{Attribute, AttributeKind, Attributes};

/// Why a block is none, and where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// The byte that cannot stand there, or the end of the text looked at.
    pub(super) at: usize,
    pub(super) reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// No `}` before the block's end.
    Unclosed,
    /// A quotation mark without its partner.
    UnclosedQuote(char),
    /// A quoted value that begins with white space.
    SpaceAfterQuote,
    /// Typographic quotation marks around words with a space between.
    TypographicQuotes,
    /// A class or key that begins with something else than a letter.
    BadName,
    /// White space around `=`.
    SpaceAroundEquals,
    /// A comma between items.
    Comma,
    /// A no-break or other space that separates nothing.
    OddSpace,
    /// A combining mark that stands alone, as in text that is not in NFC.
    LooseMark,
    /// Anything else.
    Unexpected,
}

/// Reads attribute blocks of one text.
///
/// A failed attempt may have looked at everything up to the block's end, and the
/// next `{` may stand inside what it looked at. So that many failures together
/// stay linear, the reader remembers at which points between items an attempt
/// came to nothing, and where values end.
pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Points between two items from which no block can be finished.
    dead: FxHashMap<usize, Failure>,
    /// The last unquoted value's reach: anything that begins in it ends where it ends.
    unquoted: Option<Span>,
    /// For `"` and `'`: the stretch looked at last, and where the mark was found in it.
    quotes: [Option<(usize, usize, Option<usize>)>; 2],
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Reader {
            text,
            bytes: text.as_bytes(),
            dead: FxHashMap::default(),
            unquoted: None,
            quotes: [None, None],
        }
    }

    /// The attribute block that begins with the `{` at `open` and ends before `end`,
    /// inside `quotes` block quotes.
    pub(super) fn read(&mut self, open: usize, end: usize, quotes: u32) -> Result<Attributes, Failure> {
        debug_assert_eq!(self.bytes[open], b'{');
        let mut items: Vec<Attribute> = Vec::new();
        let mut visited = Vec::new();
        let mut at = open + 1;
        let failure = loop {
            at = self.skip_space(at, end, quotes);
            if let Some(&known) = self.dead.get(&at) {
                break known;
            }
            visited.push(at);
            match self.bytes.get(at).copied().filter(|_| at < end) {
                None => break Failure { at: end, reason: Reason::Unclosed },
                Some(b'}') => {
                    // Only now: many attempts may look at one value, and one copies it.
                    for item in &mut items {
                        item.text = self.said(item, quotes);
                    }
                    return Ok(Attributes { span: Span::new(open, at + 1), items });
                }
                Some(_) => match self.item(at, end, quotes) {
                    Ok(item) => {
                        at = item.span.end();
                        items.push(item);
                    }
                    Err(failure) => break failure,
                },
            }
        };
        for at in visited {
            self.dead.insert(at, failure);
        }
        Err(failure)
    }

    fn item(&mut self, at: usize, end: usize, quotes: u32) -> Result<Attribute, Failure> {
        let fail = |at, reason| Err(Failure { at, reason });
        let first = self.char_at(at);
        match first {
            '#' => {
                let to = self.name_end(at + 1, end);
                if to == at + 1 {
                    return fail(at + 1, Reason::BadName);
                }
                Ok(self.bare(at, to, AttributeKind::Id))
            }
            '.' => {
                let to = self.name_end(at + 1, end);
                if to == at + 1 || !self.char_at(at + 1).is_alphabetic() {
                    return fail(at + 1, Reason::BadName);
                }
                Ok(self.bare(at, to, AttributeKind::Class))
            }
            // Pandoc's short form of `.unnumbered`.
            '-' => Ok(Attribute {
                span: Span::new(at, at + 1),
                name: Span::new(at, at + 1),
                value: None,
                text: Box::default(),
                kind: AttributeKind::Class,
            }),
            _ if first.is_alphabetic() => self.pair(at, end, quotes),
            ',' => fail(at, Reason::Comma),
            '=' => fail(at, Reason::SpaceAroundEquals),
            _ if first.is_whitespace() || is_invisible(first) => fail(at, Reason::OddSpace),
            _ if is_typographic_quote(first) => fail(at, Reason::TypographicQuotes),
            _ if is_combining_mark(first) => fail(at, Reason::LooseMark),
            _ => fail(at, Reason::Unexpected),
        }
    }

    fn bare(&self, at: usize, to: usize, kind: AttributeKind) -> Attribute {
        let name = Span::new(at + 1, to);
        Attribute { span: Span::new(at, to), name, value: None, text: Box::default(), kind }
    }

    fn pair(&mut self, at: usize, end: usize, quotes: u32) -> Result<Attribute, Failure> {
        let key_end = self.name_end(at, end);
        let value_at = key_end + 1;
        if key_end >= end || self.bytes[key_end] != b'=' {
            let next = if key_end < end { self.char_at(key_end) } else { '}' };
            let reason = match next {
                ' ' | '\t' if self.bytes.get(self.skip_space(key_end, end, quotes)) == Some(&b'=') => {
                    Reason::SpaceAroundEquals
                }
                ',' => Reason::Comma,
                _ if is_typographic_quote(next) => Reason::TypographicQuotes,
                _ if is_combining_mark(next) => Reason::LooseMark,
                _ => Reason::Unexpected,
            };
            return Err(Failure { at: key_end.min(end), reason });
        }
        let key = Span::new(at, key_end);
        let (value, item_end) = match self.bytes.get(value_at).filter(|_| value_at < end) {
            Some(&quote @ (b'"' | b'\'')) => {
                let from = value_at + 1;
                if self.bytes.get(from).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
                    return Err(Failure { at: from, reason: Reason::SpaceAfterQuote });
                }
                let Some(to) = self.closing_quote(from, end, quote) else {
                    return Err(Failure { at: value_at, reason: Reason::UnclosedQuote(quote as char) });
                };
                (Span::new(from, to), to + 1)
            }
            _ => {
                let to = self.unquoted_end(value_at, end);
                (Span::new(value_at, to), to)
            }
        };
        let kind = match key.of(self.text) {
            "id" => AttributeKind::Id,
            "class" => AttributeKind::Class,
            _ => AttributeKind::Pair,
        };
        Ok(Attribute {
            span: Span::new(at, item_end),
            name: key,
            value: Some(value),
            text: Box::default(),
            kind,
        })
    }

    /// What an item says: the id, the class, or the value with escapes resolved.
    fn said(&self, item: &Attribute, quotes: u32) -> Box<str> {
        let written = item.value.unwrap_or(item.name).of(self.text);
        match item.value {
            None if written == "-" => "unnumbered".into(),
            Some(value) if item.span.end > value.end => {
                self.decoded(value.start(), value.end(), quotes).into()
            }
            Some(_) if written.contains('\\') => unescape(written).into(),
            _ => written.into(),
        }
    }

    /// The end of the letters, digits and `_-.:` that begin at `at`.
    fn name_end(&self, at: usize, end: usize) -> usize {
        self.text[at..end]
            .char_indices()
            .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))
            .map_or(end, |(offset, _)| at + offset)
    }

    /// The end of the unquoted value that begins at `at`.
    fn unquoted_end(&mut self, at: usize, end: usize) -> usize {
        if let Some(known) = self.unquoted
            && known.contains_offset(at)
            && known.end() <= end
        {
            return known.end();
        }
        let mut to = at;
        while to < end {
            match self.bytes[to] {
                b' ' | b'\t' | b'\n' | b'\r' | b'}' => break,
                b'\\' if to + 1 < end && is_escapable(self.bytes[to + 1]) => to += 2,
                _ => to += 1,
            }
        }
        self.unquoted = Some(Span::new(at, to));
        to
    }

    /// The quotation mark that closes the value which begins at `from`.
    fn closing_quote(&mut self, from: usize, end: usize, quote: u8) -> Option<usize> {
        let cached = &mut self.quotes[usize::from(quote == b'\'')];
        if let Some((start, stop, found)) = *cached
            && start <= from
            && stop == end
            && found.is_none_or(|at| from <= at)
        {
            return found;
        }
        let mut at = from;
        let found = loop {
            match memchr::memchr2(quote, b'\\', &self.bytes[at..end]) {
                None => break None,
                Some(offset) if self.bytes[at + offset] == quote => break Some(at + offset),
                Some(offset) => {
                    let next = at + offset + 1;
                    at = if next < end && is_escapable(self.bytes[next]) { next + 1 } else { next };
                }
            }
        };
        *cached = Some((from, end, found));
        found
    }

    /// A quoted value with escapes and character references resolved, line ends as spaces.
    fn decoded(&self, from: usize, to: usize, quotes: u32) -> String {
        let raw = &self.text[from..to];
        if !raw.contains(['\\', '&', '\n', '\r']) {
            return raw.to_owned();
        }
        let mut joined = String::with_capacity(raw.len());
        let mut at = from;
        while at < to {
            match self.bytes[at] {
                b'\n' | b'\r' => {
                    joined.push(' ');
                    at = self.skip_line_end(at, to, quotes);
                }
                _ => {
                    let c = self.char_at(at);
                    joined.push(c);
                    at += c.len_utf8();
                }
            }
        }
        decode_references(&unescape(&joined))
    }

    /// Skips spaces and tabs, and at most one line end with what belongs to the
    /// block quotes around it.
    fn skip_space(&self, mut at: usize, end: usize, quotes: u32) -> usize {
        let blanks = |mut at: usize| {
            while at < end && matches!(self.bytes[at], b' ' | b'\t') {
                at += 1;
            }
            at
        };
        at = blanks(at);
        if at < end && matches!(self.bytes[at], b'\n' | b'\r') {
            at = blanks(self.skip_line_end(at, end, quotes));
        }
        at
    }

    fn skip_line_end(&self, mut at: usize, end: usize, quotes: u32) -> usize {
        if self.bytes[at] == b'\r' && self.bytes.get(at + 1) == Some(&b'\n') {
            at += 1;
        }
        skip_line_prefix(self.bytes, (at + 1).min(end), end, quotes)
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or('\0')
    }
}

/// Skips what stands before the text of a continuation line: indentation, and the
/// marks of at most `quotes` block quotes.
pub(super) fn skip_line_prefix(bytes: &[u8], mut at: usize, end: usize, quotes: u32) -> usize {
    let mut left = quotes;
    loop {
        while at < end && matches!(bytes[at], b' ' | b'\t') {
            at += 1;
        }
        if left > 0 && at < end && bytes[at] == b'>' {
            left -= 1;
            at += 1;
        } else {
            return at;
        }
    }
}

/// Whether a backslash before this byte makes it plain text. As in Pandoc, every
/// byte of ASCII that is neither a letter, a digit nor a line end.
pub(super) fn is_escapable(byte: u8) -> bool {
    byte.is_ascii_punctuation() || byte == b' '
}

/// `value` as it is written after `key=`: in quotation marks where it needs them.
#[must_use]
pub fn attribute_value(value: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if !value.is_empty() && value.chars().all(is_plain) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&next) if c == '\\' && next.is_ascii() && is_escapable(next as u8) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Resolves numeric character references and the five that XML has, which are the
/// ones that content systems write into attributes.
fn decode_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest reference read here is `&#x10FFFF;`.
        let decoded = rest.char_indices().take(12).find(|&(_, c)| c == ';').and_then(|(to, _)| {
            let name = &rest[1..to];
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16),
                        None => number.parse(),
                    };
                    char::from_u32(code.ok()?)?
                }
            };
            Some((c, to + 1))
        });
        let (c, used) = decoded.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

pub(super) fn is_typographic_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

/// Characters that show nothing or turn the direction of what follows: zero-width
/// spaces and joiners, soft hyphens, bidirectional controls, the byte order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
    )
}
