//! The shown text of a block: the source with its markup cut out.

use crate::text::Span;

use super::attributes::skip_line_prefix;
use super::tree::{Block, Plain, Run};

/// Bytes of the source that are not shown as they stand.
pub(super) struct Cut {
    pub(super) span: Span,
    pub(super) shown: Shown,
}

/// What is shown instead of bytes that are cut.
pub(super) enum Shown {
    Nothing,
    /// Nothing, and the white space before goes too.
    NothingNorSpaceBefore,
    Text(Box<str>),
}

/// Adds what `block` shows to `plain`; returns its stretch there.
///
/// Cuts may come in any order. Where they overlap, the one that begins first wins.
pub(super) fn append(plain: &mut Plain, source: &str, block: &Block, cuts: &mut [Cut]) -> Span {
    // Nearly sorted already: only opening brackets come late.
    cuts.sort_by_key(|cut| (cut.span.start, std::cmp::Reverse(cut.span.end)));
    let before = plain.text.len();
    if before > 0 {
        plain.text.push(' ');
    }
    let mut writer = Writer { start: plain.text.len(), plain, source, quotes: block.quotes };
    let end = block.span.end();
    let mut at = block.span.start();
    for cut in cuts.iter() {
        if cut.span.start() >= at {
            writer.copy(at, cut.span.start().min(end));
            match &cut.shown {
                Shown::Nothing => {}
                Shown::NothingNorSpaceBefore => writer.drop_space(),
                Shown::Text(text) => writer.push(text, cut.span),
            }
        }
        at = at.max(cut.span.end()).min(end);
    }
    writer.copy(at, end);
    writer.drop_space();
    let start = writer.start;
    if plain.text.len() == start {
        // No second space for a block that shows nothing.
        plain.text.truncate(before);
        return Span::at(before);
    }
    Span::new(start, plain.text.len())
}

struct Writer<'a> {
    plain: &'a mut Plain,
    source: &'a str,
    /// Where the block's text begins.
    start: usize,
    /// How many block quotes are around it.
    quotes: u32,
}

impl Writer<'_> {
    /// Shows `text` for `source`.
    fn push(&mut self, text: &str, source: Span) {
        let replaced = text.len() != source.end() - source.start();
        self.plain.runs.push(Run { at: self.plain.text.len() as u32, source, replaced });
        self.plain.text.push_str(text);
    }

    /// Takes back the space at the end.
    fn drop_space(&mut self) {
        if self.plain.text.len() > self.start && self.plain.text.ends_with(' ') {
            self.plain.text.pop();
        }
    }

    /// Copies bytes of the source, white space as single spaces.
    fn copy(&mut self, from: usize, to: usize) {
        let mut at = from;
        loop {
            if self.plain.text.len() == self.start || self.plain.text.ends_with(' ') {
                at = self.skip_space(at, to);
            }
            if at >= to {
                return;
            }
            let run = at + run_length(&self.source[at..to]);
            if run > at {
                self.push(&self.source[at..run], Span::new(at, run));
                at = run;
                continue;
            }
            if self.source.as_bytes()[at] == 0 {
                self.push("\u{fffd}", Span::new(at, at + 1));
                at += 1;
                continue;
            }
            let space = Span::new(at, self.skip_space(at, to));
            self.push(" ", space);
            at = space.end();
        }
    }

    fn skip_space(&self, mut at: usize, to: usize) -> usize {
        // Overlapping cuts may leave nothing between them.
        while let Some(c) = self.source[at..to.max(at)].chars().next().filter(|c| c.is_whitespace()) {
            at += c.len_utf8();
            if matches!(c, '\n' | '\r') {
                at = skip_line_prefix(self.source.as_bytes(), at, to, self.quotes);
            }
        }
        at
    }
}

/// The length of the text that can be copied as it is: up to NUL or white space that
/// is more than one space.
fn run_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].first_chunk().is_some_and(is_prose) {
            at += CHUNK;
            continue;
        }
        // At least as far as that chunk reaches.
        let chunk_end = (at + CHUNK).min(bytes.len());
        while at < chunk_end {
            let ends = match bytes[at] {
                b'\0' | b'\t'..=b'\r' => true,
                b' ' => bytes.get(at + 1).is_none_or(|&next| match next {
                    0..=b' ' => true,
                    0xc2 | 0xe1 | 0xe2 | 0xe3 => text[at + 1..].starts_with(char::is_whitespace),
                    _ => false,
                }),
                // The first bytes of white space beyond ASCII.
                0xc2 | 0xe1 | 0xe2 | 0xe3 => text[at..].starts_with(char::is_whitespace),
                _ => false,
            };
            if ends {
                return at;
            }
            at += 1;
        }
    }
    at
}

/// How many bytes are looked at together, by what the compiler makes vectors of.
const CHUNK: usize = 32;

/// Whether the bytes, but for the last one, are plain words with single spaces.
fn is_prose(bytes: &[u8; CHUNK + 1]) -> bool {
    let is_plain = |byte: u8| byte.wrapping_sub(b'!') < 0x80 - b'!';
    let mut odd = 0;
    for at in 0..CHUNK {
        let (byte, next) = (bytes[at], bytes[at + 1]);
        odd |= u8::from(!(is_plain(byte) | ((byte == b' ') & is_plain(next))));
    }
    odd == 0
}
